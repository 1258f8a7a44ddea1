/**
 * ICD-10-PCS: the order file (3-character headers, one for each table, and 7-character codes) and its
 * addenda. The order file has the layout of ICD-10-CM's; the addenda have no flag. Addenda, 1-based columns:
 * 1-13 action, 14-20 code, 22-81 short title, 83-end long title; then a summary in two parts.
 */
import { type OrderRow, readOrderFile } from "./order-file"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

/** No I and no O, which read like digits. */
const PCS_CHARACTER = "[0-9A-HJ-NP-Z]"
export const PCS_TABLE = new RegExp(`^${PCS_CHARACTER}{3}$`)
export const PCS_CODE = new RegExp(`^${PCS_CHARACTER}{7}$`)
const PCS_ROW = new RegExp(`^${PCS_CHARACTER}{3}(?:${PCS_CHARACTER}{4})?$`)

/** @throws ReaderError for a broken line, a header that is billable, or a code outside its table */
export function readPcsOrder(file: SourceFile): OrderRow[] {
  const rows = readOrderFile(file, {
    pattern: PCS_ROW,
    name: "an ICD-10-PCS table (3 characters) or code (7 characters)"
  })
  let table = ""
  for (const [at, { code, billable }] of rows.entries()) {
    if (billable !== (code.length === 7)) {
      throw new ReaderError(file.name, at + 1, "1 for seven characters and 0 for three in column 15", code)
    }
    if (code.length === 3) table = code
    else if (!code.startsWith(table) || table === "") {
      throw new ReaderError(file.name, at + 1, `a code of table ${table || "that stands before it"}`, code)
    }
  }
  return rows
}

export interface PcsOrderAddenda {
  added: OrderRow[]
  deleted: OrderRow[]
  revised: { from: OrderRow; to: OrderRow }[]
}

const ACTIONS = ["Add:", "Delete:", "Revise from:", "Revise to:"]

/** @throws ReaderError for a broken line, an unpaired revision, or a summary that does not add up */
export function readPcsOrderAddenda(file: SourceFile): PcsOrderAddenda {
  const lines = linesOf(file)
  const addenda: PcsOrderAddenda = { added: [], deleted: [], revised: [] }
  const blank = lines.findIndex((line) => line.trim() === "")
  const end = blank < 0 ? lines.length : blank
  let from: OrderRow | undefined
  for (let at = 0; at < end; at++) {
    const line = lines[at]!
    const action = line.slice(0, 13).trim()
    const code = line.slice(13, 20).trim()
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    if (!ACTIONS.includes(action)) fail(`one of ${ACTIONS.join(" ")} in columns 1-13`, action)
    if (!PCS_ROW.test(code)) fail("an ICD-10-PCS table or code in columns 14-20", code)
    const title = line.slice(82).trim()
    if (title === "") fail("a long title from column 83", line)
    if (from && action !== "Revise to:") fail("the line Revise to: of the revision before", action)
    const row = { code, billable: code.length === 7, shortTitle: line.slice(21, 81).trim(), title }
    if (action === "Add:") addenda.added.push(row)
    else if (action === "Delete:") addenda.deleted.push(row)
    else if (action === "Revise from:") from = row
    else {
      if (from?.code !== code) throw new ReaderError(file.name, at + 1, "a line Revise from: before it", line)
      addenda.revised.push({ from, to: row })
      from = undefined
    }
  }
  if (from) throw new ReaderError(file.name, end, "a line Revise to: at the end", "the end of the list")
  holdAgainstSummary(file.name, lines.slice(end), addenda)
  return addenda
}

/** The summary counts headers and codes apart; both together must be what was read. */
function holdAgainstSummary(file: string, lines: readonly string[], addenda: PcsOrderAddenda): void {
  const read: [string, number][] = [
    ["additions", addenda.added.length],
    ["deletions", addenda.deleted.length],
    ["revisions", addenda.revised.length]
  ]
  for (const [what, count] of read) {
    const told = lines.flatMap((line) => {
      const match = new RegExp(`^\\s+(\\d+) ${what}\\s*$`).exec(line)
      return match ? [Number(match[1])] : []
    })
    if (told.length === 0) {
      throw new ReaderError(file, undefined, `a summary that counts the ${what}`, "none (file cut off?)")
    }
    const sum = told.reduce((total, each) => total + each, 0)
    if (sum !== count) throw new ReaderError(file, undefined, `${sum} ${what} as in its summary`, `${count}`)
  }
}
