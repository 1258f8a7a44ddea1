/**
 * HCPCS Level II in the official workbook (..._ANWEB.xlsx): notes, then a row of headings ("HCPC", "SEQNUM",
 * "RECID", "LONG DESCRIPTION" ...), then the records of the ANWEB layout, one a row.
 */
import { HcpcsBuilder, type HcpcsEdition } from "./hcpcs-edition"
import { HCPCS_FIELDS } from "./hcpcs-fields"
import { ReaderError } from "./reader-error"
import { isoFromCompact } from "./text"
import { readWorkbook, type SheetRow } from "./xlsx"

const NEEDED = ["HCPC", "RECID", "LONG DESCRIPTION", "ADD DT", "TERM DT"]

/** The row of headings: column letters by heading. */
function headingsOf({ cells }: SheetRow): Map<string, string> | undefined {
  const headings = new Map([...cells].map(([column, text]) => [text.trim().toUpperCase(), column]))
  return headings.has("HCPC") && headings.has("RECID") ? headings : undefined
}

/** @throws ReaderError when it is no workbook, has no such headings, or a record is broken */
export function readHcpcsWorkbook(file: { name: string; content: Uint8Array }): HcpcsEdition {
  for (const { name, rows } of readWorkbook(file)) {
    const start = rows.findIndex((row) => headingsOf(row) !== undefined)
    if (start < 0) continue
    return readRows(rows.slice(start + 1), headingsOf(rows[start]!)!, `${file.name}/${name}`)
  }
  throw new ReaderError(file.name, undefined, "a sheet with the headings HCPC and RECID", "none")
}

function readRows(
  rows: readonly SheetRow[],
  headings: ReadonlyMap<string, string>,
  name: string
): HcpcsEdition {
  for (const heading of NEEDED) {
    if (!headings.has(heading)) throw new ReaderError(name, undefined, `a column ${heading}`, "none")
  }
  const builder = new HcpcsBuilder(name)
  for (const { row, cells } of rows) {
    const cell = (heading: string) => cells.get(headings.get(heading) ?? "")?.trim() ?? ""
    const code = cell("HCPC")
    if (code === "") continue
    const added = isoFromCompact(cell("ADD DT"), name, row, "the date the code was added")
    const ended = isoFromCompact(cell("TERM DT"), name, row, "the date the code ended")
    const type = cell("RECID")
    const fields: Record<string, string> = {}
    if (type === "3" || type === "7") {
      for (const { name: field, headers, list, date, empty } of HCPCS_FIELDS) {
        const joined = headers
          .map(cell)
          .filter((part) => part !== "")
          .join(list ? ", " : "")
        const text = date ? (isoFromCompact(joined, name, row, field) ?? "") : joined
        if (text !== "" && text !== empty) fields[field] = text
      }
    }
    builder.add({
      line: row,
      code,
      type,
      part: cell("LONG DESCRIPTION"),
      ...(added ? { added } : {}),
      ...(ended ? { ended } : {}),
      fields
    })
  }
  return builder.finish()
}
