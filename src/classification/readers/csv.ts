/** Comma-separated values as in RFC 4180: quoted fields may hold commas, doubled quotes and line ends. */
import { ReaderError } from "./reader-error"
import { type SourceFile, textOf } from "./text"

export interface CsvRow {
  /** 1-based line of the file on which the row begins. */
  line: number
  fields: string[]
}

/** @throws ReaderError for a quote that never closes, or text behind a closing quote */
export function readCsv(file: SourceFile): CsvRow[] {
  const text = textOf(file)
  const rows: CsvRow[] = []
  let row: CsvRow = { line: 1, fields: [] }
  let line = 1
  let at = 0
  while (at < text.length) {
    let field: string
    if (text[at] === '"') {
      const start = line
      let end = at + 1
      for (; ; end++) {
        end = text.indexOf('"', end)
        if (end < 0) {
          throw new ReaderError(file.name, start, "a closing quote", "the end of the file")
        }
        if (text[end + 1] !== '"') break
        end++
      }
      field = text.slice(at + 1, end)
      line += count(field, "\n")
      field = field.replaceAll('""', '"')
      at = end + 1
      if (at < text.length && !/[,\r\n]/.test(text[at]!)) {
        throw new ReaderError(
          file.name,
          line,
          "a comma or a line end behind a quote",
          text.slice(at, at + 20)
        )
      }
    } else {
      let end = at
      while (end < text.length && text[end] !== "," && text[end] !== "\n") end++
      field = text.slice(at, end)
      if (text[end] === "\n" || end === text.length) field = field.replace(/\r$/, "")
      at = end
    }
    row.fields.push(field)
    if (text[at] === ",") {
      at++
      // A comma at the very end of a line or file stands before an empty field.
      if (at < text.length && text[at] !== "\r" && text[at] !== "\n") continue
      row.fields.push("")
    }
    if (text[at] === "\r") at++
    if (text[at] === "\n") at++
    rows.push(row)
    line++
    row = { line, fields: [] }
  }
  return rows
}

/**
 * Rows below a header that must be exactly these columns.
 * @throws ReaderError for another header or a row with another number of fields
 */
export function csvTable(file: SourceFile, columns: readonly string[]): CsvRow[] {
  const [header, ...rows] = readCsv(file)
  if (header?.fields.join(",") !== columns.join(",")) {
    throw new ReaderError(file.name, 1, `the columns ${columns.join(", ")}`, header?.fields.join(",") ?? "")
  }
  for (const { line, fields } of rows) {
    if (fields.length !== columns.length) {
      throw new ReaderError(file.name, line, `${columns.length} fields`, `${fields.length}`)
    }
  }
  return rows
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}
