/**
 * The hand-typed starter set: tab-separated columns `code`, `billable` (1 or 0), `title`, one header line.
 * ICD-10-CM codes carry their dot. Rows stand in official order.
 */
import type { ModelCode, System } from "../model"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

const HEADER = "code\tbillable\ttitle"

const SYNTAX: Partial<Record<System, RegExp>> = {
  "ICD-10-CM": /^[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?$/,
  HCPCS: /^[A-V]\d{4}$/
}

/** @throws ReaderError for another header, a broken row, or a code given twice */
export function readStarterTsv(file: SourceFile, system: System): ModelCode[] {
  const syntax = SYNTAX[system]
  if (!syntax) throw new ReaderError(file.name, undefined, "a starter set of ICD-10-CM or HCPCS", system)
  const lines = linesOf(file)
  if (lines[0] !== HEADER) {
    throw new ReaderError(
      file.name,
      1,
      'the columns "code", "billable", "title" between tabs',
      lines[0] ?? ""
    )
  }
  const codes: ModelCode[] = []
  const seen = new Set<string>()
  for (let at = 1; at < lines.length; at++) {
    const columns = lines[at]!.split("\t")
    const [code = "", billable = "", title = ""] = columns
    if (columns.length !== 3 || title.trim() === "") {
      throw new ReaderError(file.name, at + 1, "three columns between tabs", lines[at]!)
    }
    if (!syntax.test(code)) throw new ReaderError(file.name, at + 1, `a code of ${system}`, code)
    if (billable !== "0" && billable !== "1") {
      throw new ReaderError(file.name, at + 1, "0 or 1 in the column billable", billable)
    }
    if (seen.has(code)) throw new ReaderError(file.name, at + 1, "each code once", `${code} again`)
    seen.add(code)
    codes.push({ code: code.replace(".", ""), title: title.trim(), billable: billable === "1", notes: [] })
  }
  if (codes.length === 0) throw new ReaderError(file.name, undefined, "at least one code", "none")
  return codes
}
