/**
 * Addenda to the order file: what a release added, deleted and revised. Columns: 1-13 action, 14 flag,
 * 16-22 code, 24-83 short title, 85-end long title; then a blank line and a summary that is held against
 * what was read. A code that becomes a header stands there twice: `Delete: 1 X`, then `Add: 0 X`.
 */
import { ICD10CM_CODE, type OrderRow } from "./order-file"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

export interface OrderAddenda {
  added: OrderRow[]
  deleted: OrderRow[]
  revised: { from: OrderRow; to: OrderRow }[]
}

const ACTIONS = ["Add:", "Delete:", "Revise from:", "Revise to:"]

/** @throws ReaderError for a broken line, an unpaired revision, or a summary that does not add up */
export function readOrderAddenda(file: SourceFile): OrderAddenda {
  const lines = linesOf(file)
  const addenda: OrderAddenda = { added: [], deleted: [], revised: [] }
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
    if (action === "Add:") addenda.added.push(row)
    else if (action === "Delete:") addenda.deleted.push(row)
    else if (action === "Revise from:") pending = row
    else {
      if (!pending) throw new ReaderError(file.name, at + 1, "a line Revise from: before it", line)
      addenda.revised.push({ from: pending, to: row })
      pending = undefined
    }
  }
  if (pending) throw new ReaderError(file.name, end, "a line Revise to: at the end", "the end of the list")
  holdAgainstSummary(file.name, lines.slice(end), end, addenda)
  return addenda
}

/** The summary counts headers and codes apart; both together must be what was read. */
function holdAgainstSummary(file: string, lines: string[], offset: number, addenda: OrderAddenda): void {
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
