/**
 * HCPCS Level II in the ANWEB record layout. Fixed width (293 in 2025, 320 in 2019, which starts with a page
 * of disclaimers). 1-based columns: 1-5 code (a modifier stands in 4-5), 6-10 sequence, 11 record type
 * (3 first line of a code, 4 continuation, 7 first line of a modifier, 8 continuation), 12-91 part of the
 * long description, 269-276 added, 285-292 ended; the others stand in `hcpcs-fields.ts`.
 */
import { HcpcsBuilder, type HcpcsEdition } from "./hcpcs-edition"
import { HCPCS_FIELDS } from "./hcpcs-fields"
import { ReaderError } from "./reader-error"
import { isoFromCompact, linesOf, type SourceFile } from "./text"

export type { HcpcsEdition } from "./hcpcs-edition"

/** A record of either kind; the first one ends the page of disclaimers. */
export const ANWEB_RECORD = /^(?:[A-V]\d{4}| {3}[0-9A-Z]{2})\d{5}[3478]/

/** @throws ReaderError for a broken record, a continuation without its first line, or a code given twice */
export function readHcpcs(file: SourceFile): HcpcsEdition {
  const lines = linesOf(file)
  const start = lines.findIndex((line) => ANWEB_RECORD.test(line))
  if (start < 0) {
    throw new ReaderError(file.name, undefined, "records of the HCPCS ANWEB layout", lines[0] ?? "")
  }
  const builder = new HcpcsBuilder(file.name)
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!
    if (line.trim() === "") continue
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    if (!ANWEB_RECORD.test(line)) {
      fail("a HCPCS record (code, sequence, record type 3, 4, 7 or 8)", line.slice(0, 40))
    }
    const type = line[10]!
    const first = type === "3" || type === "7"
    if (first && line.length < 293) fail("a record of at least 293 columns", `${line.length} columns`)
    const day = (from: number, what: string) =>
      first ? isoFromCompact(line.slice(from - 1, from + 7), file.name, at + 1, what) : undefined
    const added = day(269, "the date the code was added")
    const ended = day(285, "the date the code ended")
    builder.add({
      line: at + 1,
      code: line.slice(0, 5).trim(),
      type,
      part: line.slice(11, 91).trim(),
      ...(added ? { added } : {}),
      ...(ended ? { ended } : {}),
      fields: first ? fieldsOf(line, file.name, at + 1) : {}
    })
  }
  return builder.finish()
}

function fieldsOf(line: string, file: string, at: number): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { name, columns, list, date, empty } of HCPCS_FIELDS) {
    const parts = columns.map(([from, to]) => line.slice(from - 1, to).trim()).filter((part) => part !== "")
    const joined = parts.join(list ? ", " : "")
    const text = date ? (isoFromCompact(joined, file, at, name) ?? "") : joined
    if (text !== "" && text !== empty) fields[name] = text
  }
  return fields
}
