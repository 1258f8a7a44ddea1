/**
 * Addenda to the order file: what a release added, deleted and revised. Columns: 1-13 action, 14 flag,
 * 16-22 code, 24-83 short title, 85-end long title; then a blank line and a summary that is held against
 * what was read. A code that becomes a header stands there twice: `Delete: 1 X`, then `Add: 0 X`.
 */
import { ICD10CM_CODE, type OrderRow } from "./order-file"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

export interface OrderAddenda {
  file: string
  /** Release that they lead to: "FY2026". */
  release: string
  /** Its first day, ISO. */
  since: string
  /** What the order file of that release holds. */
  counts: { headers: number; billable: number }
  added: OrderRow[]
  deleted: OrderRow[]
  revised: { from: OrderRow; to: OrderRow }[]
}

const ACTIONS = ["Add:", "Delete:", "Revise from:", "Revise to:"]

/** @throws ReaderError for a broken line, an unpaired revision, or a summary that does not add up */
export function readOrderAddenda(file: SourceFile): OrderAddenda {
  const lines = linesOf(file)
  const read: Pick<OrderAddenda, "added" | "deleted" | "revised"> = { added: [], deleted: [], revised: [] }
  let pending: OrderRow | undefined
  let end = lines.findIndex((line) => line.trim() === "")
  if (end < 0) end = lines.length
  for (let at = 0; at < end; at++) {
    const line = lines[at]!
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    const action = line.slice(0, 13).trim()
    if (!ACTIONS.includes(action)) fail(`one of ${ACTIONS.join(" ")} in columns 1-13`, action)
    const flag = line[13]
    if (flag !== "0" && flag !== "1") fail("0 (header) or 1 (billable) in column 14", flag ?? "")
    const code = line.slice(15, 22).trimEnd()
    if (!ICD10CM_CODE.test(code)) fail("an ICD-10-CM code without dot in columns 16-22", code)
    const title = line.slice(84).trim()
    if (title === "") fail("a long title from column 85", line)
    const row = { code, billable: flag === "1", shortTitle: line.slice(23, 83).trim(), title }
    if (pending && action !== "Revise to:") fail("the line Revise to: of the revision before", action)
    if (action === "Add:") read.added.push(row)
    else if (action === "Delete:") read.deleted.push(row)
    else if (action === "Revise from:") pending = row
    else {
      if (!pending) throw new ReaderError(file.name, at + 1, "a line Revise from: before it", line)
      read.revised.push({ from: pending, to: row })
      pending = undefined
    }
  }
  if (pending) throw new ReaderError(file.name, end, "a line Revise to: at the end", "the end of the list")
  const summary = lines.slice(end)
  holdAgainstSummary(file.name, summary, end, read)
  return { file: file.name, ...releaseOf(file.name, summary, end), ...read }
}

/**
 * "74260 codes in icd10cm_order_2025.txt", "74719 codes in icd10cm_order_2026.txt", and the same for
 * headers: from which release to which, and how many rows there must be.
 */
function releaseOf(
  file: string,
  summary: readonly string[],
  offset: number
): Pick<OrderAddenda, "release" | "since" | "counts"> {
  const totals = { headers: new Map<number, number>(), codes: new Map<number, number>() }
  for (const line of summary) {
    const match = /^\s*(\d+) (headers|codes) in \S*?(20\d\d)\.txt\s*$/.exec(line)
    if (match) totals[match[2] as "headers" | "codes"].set(Number(match[3]), Number(match[1]))
  }
  const year = Math.max(...totals.codes.keys())
  const billable = totals.codes.get(year)
  const headers = totals.headers.get(year)
  if (billable === undefined || headers === undefined) {
    throw new ReaderError(
      file,
      offset + 1,
      "a summary with the number of headers and codes",
      "none (file cut off?)"
    )
  }
  return { release: `FY${year}`, since: `${year - 1}-10-01`, counts: { headers, billable } }
}

/** The summary counts headers and codes apart; both together must be what was read. */
function holdAgainstSummary(
  file: string,
  lines: readonly string[],
  offset: number,
  addenda: Pick<OrderAddenda, "added" | "deleted" | "revised">
): void {
  const told = new Map<string, number>()
  for (const line of lines) {
    const match = /^\s+(\d+) (additions|deletions|revisions)\s*$/.exec(line)
    if (match) told.set(match[2]!, (told.get(match[2]!) ?? 0) + Number(match[1]))
  }
  const read: [string, number][] = [
    ["additions", addenda.added.length],
    ["deletions", addenda.deleted.length],
    ["revisions", addenda.revised.length]
  ]
  for (const [what, count] of read) {
    const expected = told.get(what)
    if (expected === undefined) {
      throw new ReaderError(file, offset + 1, `a summary that counts the ${what}`, "none (file cut off?)")
    }
    if (expected !== count)
      throw new ReaderError(file, undefined, `${expected} ${what} as in its summary`, `${count}`)
  }
}
