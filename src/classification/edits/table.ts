/**
 * Claim edits as one binary that is used where it lies: magic, length of a JSON head (facts, codes, days, reasons),
 * the head, then columns of numbers. A table of pairs has some two million rows: as objects it would not fit.
 *
 *   pairs: first row of each column 1 code (u32, codes + 1), column 2 (u16), from (u16), to (u16), modifier (u8),
 *          reason (u8); sorted by both codes and day
 *   units: one row a code in the order of the head: units (u32), indicator (u8), reason (u8)
 */
import { PackDamaged } from "../pack/open"
import { ReaderError } from "../readers/reader-error"
import type { EditRows, EditTable, EditTableFacts, MueEdit, PtpEdit } from "./types"

export const EDITS_MAGIC = "CHSEDIT1"
/** Length of the head, after the magic. */
const HEAD_AT = 12
const NEVER = 0xffff
const MOST_CODES = 0xffff
const MOST_REASONS = 0xff

interface Head {
  facts: EditTableFacts
  codes: string[]
  days: string[]
  reasons: string[]
}

/** Bytes of each column for one row. */
const PAIR_BYTES = 8
const UNIT_BYTES = 6

class Numbering {
  readonly list: string[] = []
  private readonly known = new Map<string, number>()
  of(text: string): number {
    let at = this.known.get(text)
    if (at === undefined) {
      at = this.list.length
      this.list.push(text)
      this.known.set(text, at)
    }
    return at
  }
}

/** @throws ReaderError when there are more codes, days or reasons than the format holds */
export function compileEdits(facts: Omit<EditTableFacts, "rows">, edits: EditRows): Uint8Array<ArrayBuffer> {
  return edits.kind === "ptp" ? compilePairs(facts, edits.rows) : compileUnits(facts, edits.rows)
}

function begin(head: Head, body: number): { bytes: Uint8Array<ArrayBuffer>; at: number } {
  if (head.codes.length > MOST_CODES || head.days.length >= NEVER || head.reasons.length > MOST_REASONS)
    throw new ReaderError(
      head.facts.id,
      undefined,
      "a table of CMS",
      "far more codes or reasons than one has"
    )
  const json = new TextEncoder().encode(JSON.stringify(head))
  // Columns of four bytes begin on a multiple of four.
  const at = Math.ceil((HEAD_AT + json.length) / 4) * 4
  const bytes = new Uint8Array(at + body)
  for (let i = 0; i < EDITS_MAGIC.length; i++) bytes[i] = EDITS_MAGIC.charCodeAt(i)
  new DataView(bytes.buffer).setUint32(EDITS_MAGIC.length, json.length, true)
  bytes.set(json, HEAD_AT)
  return { bytes, at }
}

function compilePairs(
  facts: Omit<EditTableFacts, "rows">,
  given: readonly PtpEdit[]
): Uint8Array<ArrayBuffer> {
  const codes = [...new Set(given.flatMap(({ column1, column2 }) => [column1, column2]))].sort()
  const number = new Map(codes.map((code, i) => [code, i]))
  const days = [...new Set(given.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])))].sort()
  const day = new Map(days.map((each, i) => [each, i]))
  const reasons = new Numbering()
  const rows = [...given].sort(
    (a, b) =>
      number.get(a.column1)! - number.get(b.column1)! ||
      number.get(a.column2)! - number.get(b.column2)! ||
      (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)
  )
  for (const { reason } of rows) reasons.of(reason)
  const n = rows.length
  const head = { facts: { ...facts, rows: n }, codes, days, reasons: reasons.list }
  const { bytes, at } = begin(head, 4 * (codes.length + 1) + n * PAIR_BYTES)
  const view = columnsOfPairs(bytes, at, codes.length, n)
  let row = 0
  codes.forEach((code, i) => {
    view.first[i] = row
    while (row < n && rows[row]!.column1 === code) row++
  })
  view.first[codes.length] = n
  rows.forEach((edit, i) => {
    view.second[i] = number.get(edit.column2)!
    view.from[i] = day.get(edit.from)!
    view.to[i] = edit.to === undefined ? NEVER : day.get(edit.to)!
    view.modifier[i] = edit.modifier
    view.reason[i] = reasons.of(edit.reason)
  })
  return bytes
}

function columnsOfPairs(bytes: Uint8Array<ArrayBuffer>, begins: number, codes: number, n: number) {
  let at = bytes.byteOffset + begins
  const first = new Uint32Array(bytes.buffer, at, codes + 1)
  at += first.byteLength
  const short = () => {
    const column = new Uint16Array(bytes.buffer, at, n)
    at += column.byteLength
    return column
  }
  const [second, from, to] = [short(), short(), short()]
  const modifier = new Uint8Array(bytes.buffer, at, n)
  const reason = new Uint8Array(bytes.buffer, at + n, n)
  return { first, second, from, to, modifier, reason }
}

function compileUnits(
  facts: Omit<EditTableFacts, "rows">,
  given: readonly MueEdit[]
): Uint8Array<ArrayBuffer> {
  const rows = [...given].sort((a, b) => (a.code < b.code ? -1 : 1))
  const reasons = new Numbering()
  for (const { reason } of rows) reasons.of(reason)
  const n = rows.length
  const codes = rows.map(({ code }) => code)
  const head = { facts: { ...facts, rows: n }, codes, days: [], reasons: reasons.list }
  const { bytes, at } = begin(head, n * UNIT_BYTES)
  const view = columnsOfUnits(bytes, at, n)
  rows.forEach((edit, i) => {
    view.units[i] = edit.units
    view.indicator[i] = edit.indicator
    view.reason[i] = reasons.of(edit.reason)
  })
  return bytes
}

function columnsOfUnits(bytes: Uint8Array<ArrayBuffer>, begins: number, n: number) {
  const at = bytes.byteOffset + begins
  return {
    units: new Uint32Array(bytes.buffer, at, n),
    indicator: new Uint8Array(bytes.buffer, at + 4 * n, n),
    reason: new Uint8Array(bytes.buffer, at + 5 * n, n)
  }
}

/** @throws PackDamaged when the bytes are no whole table */
export function openEdits(given: Uint8Array<ArrayBuffer>): EditTable {
  // The columns want to begin on a multiple of four.
  const bytes = given.byteOffset % 4 === 0 ? given : given.slice()
  const head = readHead(bytes)
  const { facts, codes } = head
  const at = Math.ceil((HEAD_AT + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)) / 4) * 4
  const body =
    facts.kind === "ptp" ? 4 * (codes.length + 1) + facts.rows * PAIR_BYTES : facts.rows * UNIT_BYTES
  if (bytes.length !== at + body) throw new PackDamaged("claim edits are cut short")
  const number = new Map(codes.map((code, i) => [code, i]))
  return facts.kind === "ptp"
    ? openPairs(head, number, columnsOfPairs(bytes, at, codes.length, facts.rows))
    : openUnits(head, number, columnsOfUnits(bytes, at, facts.rows))
}

function readHead(bytes: Uint8Array<ArrayBuffer>): Head {
  const damaged = () => new PackDamaged("no claim edits")
  if (bytes.length < HEAD_AT || !isEdits(bytes)) throw damaged()
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(EDITS_MAGIC.length, true)
  if (HEAD_AT + length > bytes.length) throw damaged()
  let head: Head
  try {
    head = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(HEAD_AT, HEAD_AT + length))
    )
  } catch {
    throw damaged()
  }
  const { facts, codes, days, reasons } = head
  const lists = [codes, days, reasons].every(
    (list) => Array.isArray(list) && list.every((x) => typeof x === "string")
  )
  const whole = lists && (facts?.kind === "ptp" || facts?.kind === "mue") && Number.isSafeInteger(facts.rows)
  if (!whole || facts.rows < 0 || typeof facts.id !== "string") throw damaged()
  return head
}

export function isEdits(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, EDITS_MAGIC.length)) === EDITS_MAGIC
}

function openPairs(
  { facts, codes, days, reasons }: Head,
  number: ReadonlyMap<string, number>,
  columns: ReturnType<typeof columnsOfPairs>
): EditTable {
  const { first, second } = columns
  return {
    facts,
    units: () => undefined,
    pairs(column1, column2) {
      const one = number.get(column1)
      const two = number.get(column2)
      if (one === undefined || two === undefined) return []
      let low = first[one]!
      const end = Math.min(first[one + 1]!, second.length)
      let high = end
      while (low < high) {
        const middle = (low + high) >> 1
        if (second[middle]! < two) low = middle + 1
        else high = middle
      }
      const found: PtpEdit[] = []
      for (let row = low; row < end && second[row] === two; row++) {
        const to = columns.to[row]!
        const modifier = columns.modifier[row]
        found.push({
          column1: codes[one]!,
          column2: codes[two]!,
          from: days[columns.from[row]!] ?? "",
          ...(to === NEVER ? {} : { to: days[to] ?? "" }),
          modifier: modifier === 0 || modifier === 1 ? modifier : 9,
          reason: reasons[columns.reason[row]!] ?? ""
        })
      }
      return found
    }
  }
}

function openUnits(
  { facts, codes, reasons }: Head,
  number: ReadonlyMap<string, number>,
  columns: ReturnType<typeof columnsOfUnits>
): EditTable {
  return {
    facts,
    pairs: () => [],
    units(code) {
      const row = number.get(code)
      if (row === undefined) return undefined
      const indicator = columns.indicator[row]
      return {
        code: codes[row]!,
        units: columns.units[row]!,
        indicator: indicator === 1 || indicator === 2 ? indicator : 3,
        reason: reasons[columns.reason[row]!] ?? ""
      }
    }
  }
}
