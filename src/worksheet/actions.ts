/**
 * What can be done to a worksheet. Every action gives the next sheet and the actions that lead back exactly;
 * one that cannot be done gives a sentence and changes nothing. Pure.
 */
import type { CodeRef } from "@/classification/model"
import {
  codeKey,
  type DiagnosisLine,
  type Dismissal,
  lineById,
  linesOf,
  MOST_LETTERS,
  MOST_MODIFIERS,
  MOST_POINTERS,
  MOST_UNITS,
  type Override,
  type Poa,
  type ProcedureLine,
  type Sheet,
  type SheetLine
} from "./sheet"

/** What the coder may change on a line; a field that is `undefined` is taken away. */
export interface LineChange {
  poa?: Poa | undefined
  units?: number | undefined
  modifiers?: readonly string[]
  pointers?: readonly string[]
  drug?: ProcedureLine["drug"] | undefined
  overrides?: readonly Override[]
}

/** The code of a line: what a refined code replaces. */
export type CodeOfLine = CodeRef & Pick<SheetLine, "title" | "billable">

export type Action =
  /** `at`: place in the list of its kind; at the end without it. */
  | { do: "accept"; line: SheetLine; at?: number }
  | { do: "remove"; id: string }
  /** `to`: place from 0 in the list of its kind, kept inside of it. */
  | { do: "move"; id: string; to: number }
  | { do: "change"; id: string; change: LineChange }
  | { do: "replace"; id: string; by: CodeOfLine }
  | { do: "dismiss"; what: Dismissal; at?: number }
  | { do: "restore"; what: CodeRef }

export type Applied = { ok: true; sheet: Sheet; back: Action[] } | { ok: false; why: string }

export function apply(sheet: Sheet, action: Action): Applied {
  switch (action.do) {
    case "accept":
      return accept(sheet, action.line, action.at)
    case "remove":
      return remove(sheet, action.id)
    case "move":
      return move(sheet, action.id, action.to)
    case "change":
      return change(sheet, action.id, action.change)
    case "replace":
      return replace(sheet, action.id, action.by)
    case "dismiss":
      return dismiss(sheet, action.what, action.at)
    case "restore":
      return restore(sheet, action.what)
  }
}

/** All of them in order, or none. */
export function applyAll(sheet: Sheet, actions: readonly Action[]): Applied {
  let now = sheet
  let back: Action[] = []
  for (const action of actions) {
    const next = apply(now, action)
    if (!next.ok) return next
    now = next.sheet
    back = [...next.back, ...back]
  }
  return { ok: true, sheet: now, back }
}

const refuse = (why: string): Applied => ({ ok: false, why })
const GONE = "This line is no longer on the worksheet."

function accept(sheet: Sheet, line: SheetLine, at?: number): Applied {
  if (lineById(sheet, line.id)) return refuse("This line is on the worksheet already.")
  if (line.kind === "diagnosis") {
    if (linesOf(sheet, line).length > 0) return refuse(`${line.code} is on the worksheet already.`)
    const diagnoses = inserted(sheet.diagnoses, line, at)
    return { ok: true, sheet: { ...sheet, diagnoses }, back: [{ do: "remove", id: line.id }] }
  }
  const fault = faultOf(sheet, line)
  if (fault) return refuse(fault)
  const procedures = inserted(sheet.procedures, line, at)
  return { ok: true, sheet: { ...sheet, procedures }, back: [{ do: "remove", id: line.id }] }
}

/** A diagnosis takes the pointers to it along; the way back brings them again, each in its place. */
function remove(sheet: Sheet, id: string): Applied {
  const line = lineById(sheet, id)
  if (!line) return refuse(GONE)
  if (line.kind === "procedure") {
    const at = sheet.procedures.findIndex((each) => each.id === id)
    const procedures = sheet.procedures.filter((each) => each.id !== id)
    return { ok: true, sheet: { ...sheet, procedures }, back: [{ do: "accept", line, at }] }
  }
  const at = sheet.diagnoses.findIndex((each) => each.id === id)
  const pointing = sheet.procedures.filter(({ pointers }) => pointers.includes(id))
  return {
    ok: true,
    sheet: {
      ...sheet,
      diagnoses: sheet.diagnoses.filter((each) => each.id !== id),
      procedures: sheet.procedures.map((each) =>
        each.pointers.includes(id)
          ? { ...each, pointers: each.pointers.filter((pointer) => pointer !== id) }
          : each
      )
    },
    back: [
      { do: "accept", line, at },
      ...pointing.map(
        ({ id: procedure, pointers }): Action => ({ do: "change", id: procedure, change: { pointers } })
      )
    ]
  }
}

function move(sheet: Sheet, id: string, to: number): Applied {
  const line = lineById(sheet, id)
  if (!line) return refuse(GONE)
  const list: readonly SheetLine[] = line.kind === "diagnosis" ? sheet.diagnoses : sheet.procedures
  const from = list.findIndex((each) => each.id === id)
  const place = Math.min(Math.max(Math.trunc(to), 0), list.length - 1)
  const moved = inserted(
    list.filter((each) => each.id !== id),
    line,
    place
  )
  return {
    ok: true,
    sheet:
      line.kind === "diagnosis"
        ? { ...sheet, diagnoses: moved as DiagnosisLine[] }
        : { ...sheet, procedures: moved as ProcedureLine[] },
    back: [{ do: "move", id, to: from }]
  }
}

const OF_DIAGNOSES: readonly string[] = ["poa", "overrides"]
const OF_PROCEDURES: readonly string[] = ["units", "modifiers", "pointers", "drug", "overrides"]

function change(sheet: Sheet, id: string, wanted: LineChange): Applied {
  const line = lineById(sheet, id)
  if (!line) return refuse(GONE)
  const fields = Object.keys(wanted) as (keyof LineChange)[]
  const known = line.kind === "diagnosis" ? OF_DIAGNOSES : OF_PROCEDURES
  if (fields.some((field) => !known.includes(field))) return refuse("This line has no such field.")
  const next = withChange(line, wanted)
  if (next.kind === "procedure") {
    const fault = faultOf(sheet, next)
    if (fault) return refuse(fault)
  }
  const before = Object.fromEntries(fields.map((field) => [field, (line as LineChange)[field]]))
  return { ok: true, sheet: withLine(sheet, next), back: [{ do: "change", id, change: before }] }
}

function withChange(line: SheetLine, wanted: LineChange): SheetLine {
  const next = { ...line, ...wanted } as Record<string, unknown>
  for (const [field, value] of Object.entries(wanted)) if (value === undefined) delete next[field]
  return next as unknown as SheetLine
}

/** A number and a unit, nothing else: what is stored must never hold words of a note. */
const AMOUNT = /^(?:[\d.,]+\s*(?:million )?[A-Za-zµμ.]{0,12})?$/

/** Why a procedure line cannot be as it is. */
function faultOf(sheet: Sheet, { pointers, units, modifiers, drug }: ProcedureLine): string | undefined {
  if (new Set(pointers).size < pointers.length) return "A line points to each diagnosis once."
  if (pointers.length > MOST_POINTERS)
    return `A line takes ${MOST_POINTERS} pointers (CMS-1500 item 24E). Take one away first.`
  const places = pointers.map((id) => sheet.diagnoses.findIndex((line) => line.id === id))
  if (places.includes(-1)) return "A pointer leads to a diagnosis that is on the worksheet."
  if (units !== undefined && !(Number.isInteger(units) && units >= 1 && units <= MOST_UNITS))
    return "Units are a whole number, 1 or more."
  if (modifiers.length > MOST_MODIFIERS) return `A line takes ${MOST_MODIFIERS} modifiers.`
  if (modifiers.some((modifier) => !/^[A-Z0-9]{2}$/.test(modifier)))
    return "A modifier has two letters or digits."
  if (new Set(modifiers).size < modifiers.length) return "A modifier stands once on a line."
  if (drug && [drug.given, drug.discarded ?? ""].some((amount) => !AMOUNT.test(amount)))
    return "An amount is a number and its unit: 60 mg."
  return undefined
}

function replace(sheet: Sheet, id: string, { system, code, title, billable }: CodeOfLine): Applied {
  const line = lineById(sheet, id)
  if (!line) return refuse(GONE)
  if (system !== line.system) return refuse("A code is replaced by one of its own system.")
  const other = linesOf(sheet, { system, code }).find((each) => each.id !== id)
  if (other && line.kind === "diagnosis") return refuse(`${other.code} is on the worksheet already.`)
  return {
    ok: true,
    sheet: withLine(sheet, { ...line, system, code, title, billable }),
    back: [
      {
        do: "replace",
        id,
        by: { system: line.system, code: line.code, title: line.title, billable: line.billable }
      }
    ]
  }
}

function dismiss(sheet: Sheet, what: Dismissal, at?: number): Applied {
  if (sheet.dismissed.some((each) => codeKey(each) === codeKey(what)))
    return refuse(`${what.code} is dismissed already.`)
  return {
    ok: true,
    sheet: { ...sheet, dismissed: inserted(sheet.dismissed, what, at) },
    back: [{ do: "restore", what: { system: what.system, code: what.code } }]
  }
}

function restore(sheet: Sheet, what: CodeRef): Applied {
  const at = sheet.dismissed.findIndex((each) => codeKey(each) === codeKey(what))
  const known = sheet.dismissed[at]
  if (!known) return refuse(`${what.code} is not dismissed.`)
  return {
    ok: true,
    sheet: { ...sheet, dismissed: sheet.dismissed.filter((each) => each !== known) },
    back: [{ do: "dismiss", what: known, at }]
  }
}

function withLine(sheet: Sheet, line: SheetLine): Sheet {
  const swap = <T extends SheetLine>(list: readonly T[]) =>
    list.map((each) => (each.id === line.id ? (line as T) : each))
  return line.kind === "diagnosis"
    ? { ...sheet, diagnoses: swap(sheet.diagnoses) }
    : { ...sheet, procedures: swap(sheet.procedures) }
}

function inserted<T>(list: readonly T[], item: T, at = list.length): T[] {
  const place = Math.min(Math.max(Math.trunc(at), 0), list.length)
  return [...list.slice(0, place), item, ...list.slice(place)]
}

/**
 * Pointers that a new procedure line may take by itself: the only diagnosis, when there is no more than one.
 * With more the coder says which; a wrong pointer is a wrong claim.
 */
export function plainPointers(sheet: Sheet): string[] {
  const [only, another] = sheet.diagnoses
  return only && !another ? [only.id] : []
}

/** Points to a diagnosis, or no longer. The order in which they were chosen is the order of the claim. */
export function toggledPointer(line: ProcedureLine, id: string): string[] {
  return line.pointers.includes(id)
    ? line.pointers.filter((pointer) => pointer !== id)
    : [...line.pointers, id]
}

/** Diagnoses that a line may point to: those with a letter. */
export const pointable = (sheet: Sheet) => sheet.diagnoses.slice(0, MOST_LETTERS)
