/** Every row of an official code file stands in the pack, exactly once, with its title and its flag. */
import type { CodePack } from "@/classification/pack-api"
import type { CheckReport } from "./report"

export interface RawRow {
  code: string
  billable: boolean
  title: string
}

/** Fixed columns of the ICD-10-CM and ICD-10-PCS order files. */
export function rawOrder(text: string): RawRow[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "" && line !== "\u001A")
    .map((line) => ({
      code: line.slice(6, 13).trim(),
      billable: line[14] === "1",
      title: line.slice(77).trim()
    }))
}

/** HCPCS records: the parts of a long description one behind the other. */
export function rawHcpcs(text: string): RawRow[] {
  const rows: RawRow[] = []
  for (const line of text.split(/\r?\n/)) {
    const part = line.slice(11, 91).trim()
    const last = rows[rows.length - 1]
    if (line[10] === "3") rows.push({ code: line.slice(0, 5), billable: true, title: part })
    else if (line[10] === "4" && last && part !== "") last.title += ` ${part}`
  }
  return rows
}

/** @param also codes that the pack has beside those of the file, and why ("ended on 1 April") */
export function checkOrder(
  pack: CodePack,
  rows: readonly RawRow[],
  report: CheckReport,
  also: { reason: string; codes: ReadonlySet<string> } = { reason: "", codes: new Set() }
): void {
  const plain = (row: number) => pack.code(row).replace(".", "")
  const missing: string[] = []
  const titles: string[] = []
  const flags: string[] = []
  const seen = new Set<number>()
  const twice: string[] = []
  let inOrder = 0
  let before = -1
  for (const { code, billable, title } of rows) {
    const row = pack.find(code)
    if (row < 0 || plain(row) !== code) {
      missing.push(code)
      continue
    }
    if (seen.has(row)) twice.push(code)
    seen.add(row)
    if (pack.title(row) !== title) titles.push(code)
    if (pack.billable(row) !== billable) flags.push(code)
    if (row > before) inOrder++
    before = row
  }
  const beside: string[] = []
  const others: string[] = []
  for (let row = 0; row < pack.size; row++) {
    if (!seen.has(row)) (also.codes.has(plain(row)) ? beside : others).push(plain(row))
  }
  report.count(
    "rows of the code file in the pack, once, with title and flag",
    seen.size - titles.length - flags.length,
    rows.length
  )
  report.count("of these in the order of the file", inOrder, rows.length)
  report.different("not in the pack", missing)
  report.different("twice in the file", twice)
  report.different("another title", titles)
  report.different("another flag", flags)
  report.explained(also.reason, beside)
  report.different("in the pack and not in the file", others)
}
