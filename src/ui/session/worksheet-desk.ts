/** What the coder does with the worksheet, each with its receipt and its sentence. */
import type { CodeRef } from "@/classification/model"
import { dosesIn } from "@/engine/procedures/dose"
import type { Check, Evidence, Suggestion, Suppressed } from "@/engine/types"
import { type Action, type LineChange, plainPointers } from "@/worksheet/actions"
import { drugUnits, modifiersFor } from "@/worksheet/drug-units"
import type { ReceiptAction, ReceiptDraft } from "@/worksheet/receipts"
import {
  DISMISS_REASONS,
  type DismissReason,
  type DrugAmount,
  dismissalOf,
  kindOf,
  letterAt,
  lineById,
  linesOf,
  type Origin,
  OVERRIDE_REASONS,
  type OverrideReason,
  type ProcedureLine,
  type SheetLine
} from "@/worksheet/sheet"
import { checkKey } from "@/worksheet/status"
import { candidatesOf, type FoundCode, readTyped, type TypedCode } from "@/worksheet/typed-code"
import type { PanelServices } from "../services"
import type { Announcer } from "./announcer"
import type { LookupSession } from "./lookup-session"
import type { Draft, WorksheetSession } from "./worksheet-session"

/** What a code rests on: for the receipt, and for the units of a drug. */
export interface Grounds {
  evidence?: readonly Evidence[]
  rules?: readonly string[]
  /** Dose as the note says it. */
  dose?: string
}

/** What was typed may be codes of two systems: the coder says which. */
export type TypedAnswer = { typed: TypedCode; choices: FoundCode[] }

const MOST_EVIDENCE = 20

export class WorksheetDesk {
  #queueAt: { slot: string | undefined; at: number } = { slot: undefined, at: 0 }

  constructor(
    private readonly session: WorksheetSession,
    private readonly services: PanelServices,
    private readonly lookup: LookupSession,
    private readonly announcer: Announcer,
    /** Codes accepted are codes used lately. */
    private readonly used: (code: CodeRef) => void,
    /** What the first diagnosis is called in this setting. */
    private readonly first: () => string
  ) {}

  // -- accepting --------------------------------------------------------------------------------------

  acceptSuggestion(suggestion: Suggestion, instead: FoundCode | undefined): Promise<boolean> {
    return this.accept(instead ?? suggestion, "suggestion", groundsOf(suggestion))
  }

  /** A code that was not suggested: the coder knows better, and the receipt says which rule was overruled. */
  overrule(suppressed: Suppressed): Promise<boolean> {
    const found = this.#find(suppressed) ?? { ...suppressed, billable: true }
    return this.accept(found, "overruled", {
      evidence: suppressed.evidence,
      rules: [`overruled: ${suppressed.rule}`]
    })
  }

  async accept(code: FoundCode, origin: Origin, grounds: Grounds = {}, typed?: TypedCode): Promise<boolean> {
    const { sheet } = this.session
    const known = linesOf(sheet, code)[0]
    if (known?.kind === "diagnosis") {
      this.announcer.say(`${code.code} is on the worksheet already, as ${this.#place(known)}.`)
      return false
    }
    const line = this.#lineOf(code, origin, grounds, typed)
    const actions: Action[] = [
      ...(dismissalOf(sheet, code) ? [{ do: "restore", what: refOf(code) } as const] : []),
      { do: "accept", line }
    ]
    const at = line.kind === "diagnosis" ? sheet.diagnoses.length : sheet.procedures.length
    const header = code.billable ? "" : " It is a header and cannot be billed: choose a code below it."
    const done = await this.session.do(
      `Accept ${code.code}`,
      actions,
      [this.#draft("accept", code, { from: origin, place: at + 1 }, grounds)],
      `Accepted: ${code.code}${at === 0 && line.kind === "diagnosis" ? `, ${this.first()}` : ""}.${header}`
    )
    if (done) this.used(refOf(code))
    return done
  }

  /** @returns choices when several codes may be meant; undefined when it is done or was refused */
  async type(text: string): Promise<TypedAnswer | undefined> {
    const typed = readTyped(text)
    if (!typed) {
      this.announcer.say("Type one code, with modifiers and units behind it: 99213-25 or J1885 x4.", "warn")
      return undefined
    }
    const choices = candidatesOf(typed, (ref) => this.#find(ref))
    const [only, another] = choices
    if (another) return { typed, choices }
    if (!only) {
      this.announcer.say(`${typed.code} is in none of the installed code sets.`, "warn")
      return undefined
    }
    await this.accept(only, "typed", {}, typed)
    return undefined
  }

  #lineOf(code: FoundCode, origin: Origin, grounds: Grounds, typed: TypedCode | undefined): SheetLine {
    const { system, title, billable } = code
    const base = { id: crypto.randomUUID(), system, code: code.code, title, billable, origin, overrides: [] }
    if (kindOf(code) === "diagnosis") return { ...base, kind: "diagnosis" }
    const pointers = system === "ICD-10-PCS" ? [] : plainPointers(this.session.sheet)
    const line: ProcedureLine = {
      ...base,
      kind: "procedure",
      pointers,
      modifiers: typed?.modifiers ?? [],
      ...(typed?.units === undefined ? {} : { units: typed.units })
    }
    const drug = grounds.dose === undefined ? undefined : { given: grounds.dose }
    const units = drug && drugUnits(title, drug)
    return units?.ok ? { ...line, drug, units: units.units.given } : line
  }

  /** A code that a check named. */
  async acceptRef(ref: CodeRef, rules: readonly string[]): Promise<boolean> {
    const found = this.#find(ref)
    if (found) return this.accept(found, "look-up", { rules })
    this.announcer.say(`${ref.code} is in none of the installed code sets.`, "warn")
    return false
  }

  // -- putting aside ----------------------------------------------------------------------------------

  dismiss(code: CodeRef, reason: DismissReason, grounds: Grounds = {}): Promise<boolean> {
    return this.session.do(
      `Dismiss ${code.code}`,
      [{ do: "dismiss", what: { ...refOf(code), reason } }],
      [this.#draft("dismiss", code, { reason }, grounds)],
      `Dismissed: ${code.code}, ${lower(DISMISS_REASONS[reason])}.`
    )
  }

  restore(code: CodeRef): Promise<boolean> {
    return this.session.do(
      `Restore ${code.code}`,
      [{ do: "restore", what: refOf(code) }],
      [this.#draft("restore", code)],
      `${code.code} is no longer dismissed.`
    )
  }

  // -- lines ------------------------------------------------------------------------------------------

  /** @param by places up (negative) or down */
  moveBy(id: string, by: number): Promise<boolean> {
    const line = lineById(this.session.sheet, id)
    return line ? this.moveTo(id, this.#index(line) + by) : Promise.resolve(false)
  }

  async moveTo(id: string, to: number): Promise<boolean> {
    const { sheet } = this.session
    const line = lineById(sheet, id)
    if (!line) return false
    const count = line.kind === "diagnosis" ? sheet.diagnoses.length : sheet.procedures.length
    const place = Math.min(Math.max(to, 0), count - 1)
    if (place === this.#index(line)) return false
    const first = line.kind === "diagnosis" && place === 0 ? `, ${this.first()} now` : ` of ${count}`
    return this.session.do(
      `Move ${line.code}`,
      [{ do: "move", id, to: place }],
      [this.#draft("move", line, { from: this.#index(line) + 1, to: place + 1 })],
      `${line.code} is ${place + 1}${first}.`
    )
  }

  remove(id: string): Promise<boolean> {
    const line = lineById(this.session.sheet, id)
    if (!line) return Promise.resolve(false)
    return this.session.do(
      `Remove ${line.code}`,
      [{ do: "remove", id }],
      [this.#draft("remove", line)],
      `${line.code} was removed from the worksheet.`
    )
  }

  replace(id: string, by: FoundCode): Promise<boolean> {
    const line = lineById(this.session.sheet, id)
    if (!line) return Promise.resolve(false)
    const { system, code, title, billable } = by
    return this.session.do(
      `Replace ${line.code}`,
      [{ do: "replace", id, by: { system, code, title, billable } }],
      [this.#draft("replace", by, { instead: line.code })],
      `${line.code} was replaced by ${code}.`
    )
  }

  change(id: string, change: LineChange, said?: string): Promise<boolean> {
    const line = lineById(this.session.sheet, id)
    if (!line) return Promise.resolve(false)
    const about = Object.fromEntries(
      Object.entries(change)
        .filter(([field]) => field !== "overrides" && field !== "drug")
        .map(([field, value]) => [
          field,
          Array.isArray(value) ? this.#told(field, value) : String(value ?? "")
        ])
    )
    const what = Object.keys(change)[0] ?? "line"
    return this.session.do(
      `Change ${line.code}: ${what}`,
      [{ do: "change", id, change }],
      [this.#draft("change", line, about)],
      said ?? `${line.code}: ${what} changed.`
    )
  }

  /** Amount of a drug: units and JZ follow; without an amount they stay as they are. */
  setDrug(line: ProcedureLine, amount: DrugAmount): Promise<boolean> {
    if (amount.given.trim() === "") return this.change(line.id, { drug: undefined })
    const answer = drugUnits(line.title, amount)
    if (!answer.ok) {
      this.announcer.say(answer.why, "warn")
      return Promise.resolve(false)
    }
    const { units } = answer
    const drug = {
      given: amount.given.trim(),
      ...(amount.discarded === undefined ? {} : { discarded: amount.discarded.trim() })
    }
    return this.change(
      line.id,
      { drug, units: units.given, modifiers: modifiersFor(line, units) },
      `${line.code}: ${units.sum}.`
    )
  }

  /** @param reason undefined takes the override back */
  override(line: SheetLine, check: Check, reason: OverrideReason | undefined): Promise<boolean> {
    const key = checkKey(check)
    const others = line.overrides.filter((each) => each.check !== key)
    const overrides = reason === undefined ? others : [...others, { check: key, reason }]
    return this.session.do(
      `${reason === undefined ? "Take back override of" : "Override"} ${check.id}`,
      [{ do: "change", id: line.id, change: { overrides } }],
      [
        this.#draft(
          "override",
          line,
          { reason: reason ?? "taken back", release: check.release },
          { rules: [check.id] }
        )
      ],
      reason === undefined
        ? `The check counts again for ${line.code}.`
        : `Overridden for ${line.code}: ${lower(OVERRIDE_REASONS[reason])}.`
    )
  }

  // -- the queue --------------------------------------------------------------------------------------

  /** Place of the next code to be copied among `count`, and one further; another worksheet starts at its first. */
  nextInQueue(count: number): number {
    const { slot } = this.session
    if (slot !== this.#queueAt.slot) this.#queueAt = { slot, at: 0 }
    const at = this.#queueAt.at % Math.max(1, count)
    this.#queueAt = { slot, at: at + 1 }
    return at
  }

  restartQueue(): void {
    this.#queueAt = { slot: this.session.slot, at: 0 }
  }

  // -- receipts ---------------------------------------------------------------------------------------

  /** Codes and outcomes of a fill of all lines; nothing of the page. */
  recordFill(action: "fill" | "undo-fill", counts: Record<string, number>): Promise<void> {
    return this.session.record(this.#draft(action, undefined, counts))
  }

  #draft(action: ReceiptAction, code?: CodeRef, about?: ReceiptDraft["about"], grounds: Grounds = {}): Draft {
    const time = new Date().toISOString()
    const pack = code && this.lookup.find(code)?.pack.info
    const evidence = (grounds.evidence ?? []).slice(0, MOST_EVIDENCE)
    const rules = [...new Set(grounds.rules ?? [])].map((rule) => rule.slice(0, 300)).slice(0, 50)
    return async () => ({
      time,
      action,
      ...(code ? { code: refOf(code) } : {}),
      ...(pack ? { release: { pack: pack.id, sha256: pack.sha256 } } : {}),
      ...(about && Object.keys(about).length > 0 ? { about } : {}),
      rules,
      evidence: await Promise.all(
        evidence.map(async ({ quote, start, end }) => ({
          mark: await this.services.sheets.mark(quote),
          start,
          end
        }))
      )
    })
  }

  #find(ref: CodeRef): FoundCode | undefined {
    const place = this.lookup.find(ref)
    if (!place) return undefined
    const { pack, row } = place
    return {
      system: pack.info.system,
      code: pack.code(row),
      title: pack.title(row),
      billable: pack.billable(row)
    }
  }

  #index(line: SheetLine): number {
    const { diagnoses, procedures } = this.session.sheet
    const list: readonly SheetLine[] = line.kind === "diagnosis" ? diagnoses : procedures
    return list.findIndex(({ id }) => id === line.id)
  }

  #place(line: SheetLine): string {
    return letterAt(this.#index(line)) ?? `number ${this.#index(line) + 1}`
  }

  /** Pointers by their letters: ids of lines mean nothing in a receipt. */
  #told(field: string, values: readonly unknown[]): string {
    if (field !== "pointers") return values.join(" ")
    const { diagnoses } = this.session.sheet
    return values.map((id) => letterAt(diagnoses.findIndex((line) => line.id === id)) ?? "-").join("")
  }
}

const refOf = ({ system, code }: CodeRef): CodeRef => ({ system, code })
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** Rules that led to a suggestion, and the dose that its axes carry. */
export function groundsOf({ evidence, axes, caution }: Suggestion): Grounds {
  const dose = axes.find(({ axis }) => axis === "dose given")?.value
  return {
    evidence,
    rules: [
      ...evidence.map(({ via }) => via),
      ...evidence.flatMap(({ assertion }) => assertion.trigger?.rule ?? []),
      ...(caution ? [caution.rule] : [])
    ],
    ...(dose !== undefined && dosesIn(dose).length === 1 ? { dose } : {})
  }
}
