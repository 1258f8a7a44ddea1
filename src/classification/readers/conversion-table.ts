/**
 * The ICD-10-CM conversion table of NCHS (.xlsx), cumulative since 2016: each code that was new, since when,
 * and what was coded before. Columns: current code, effective, previous code(s). "Effective" is a year (then
 * 1 October is meant) or a day (as Excel counts them). The previous codes are alternatives between commas,
 * semicolons or blanks, or codes that were needed together ("C56.1 and C56.2"), ranges, words, or "None".
 */
import { dotted } from "./dotted"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { readWorkbook, type SheetRow } from "./xlsx"

export interface Conversion {
  /** Without dot. */
  code: string
  /** ISO day from which it exists. */
  since: string
  /**
   * Each an alternative, as printed: a code with its dot ("C50.911"), a range ("H35.20-H35.23"), codes that
   * were needed together ("C56.1 and C56.2"), or words ("Codes in Categories T15-T19").
   */
  previous: string[]
}

export interface ConversionTable {
  /** Release whose new codes are the last ones in it: "FY2026". */
  release: string
  /** Each code once, in the order of the table. */
  conversions: Conversion[]
}

/** With its dot, which a few rows forget; a digit tells it from a word in capitals. */
const CODE = "(?=[A-Z]*\\d)[A-Z][0-9A-Z]{2}(?:\\.?[0-9A-Z]{1,4})?"
const CODES_APART = new RegExp(`^${CODE}(?:\\s*-\\s*${CODE})?(?:[\\s,;]+${CODE}(?:\\s*-\\s*${CODE})?)*$`)
const DAY_MS = 86_400_000
/** Excel counts days from here (its day 60 is one that never was). */
const EXCEL_START = Date.UTC(1899, 11, 30)

/** @throws ReaderError for a workbook of another kind, or a row that is not as described above */
export function readConversionTable(file: { name: string; content: Uint8Array }): ConversionTable {
  const sheets = readWorkbook(file)
  for (const { rows } of sheets) {
    const headerAt = rows.slice(0, 10).findIndex(({ cells }) => isHeader(cells))
    if (headerAt < 0) continue
    const release = rows
      .slice(0, headerAt)
      .map(({ cells }) => /\bFY ?(20\d\d)\b/.exec(cells.get("A") ?? "")?.[1])
      .find((year) => year !== undefined)
    if (!release) throw new ReaderError(file.name, 1, "a title with a release such as FY 2026", "none")
    const conversions = conversionsOf(rows.slice(headerAt + 1), file.name)
    if (conversions.length === 0)
      throw new ReaderError(file.name, undefined, "codes below the header", "none")
    return { release: `FY${release}`, conversions }
  }
  throw new ReaderError(
    file.name,
    undefined,
    'a sheet with the columns "Current code assignment", "Effective", "Previous Code(s) Assignment"',
    sheets.map(({ name }) => name).join(", ")
  )
}

function isHeader(cells: ReadonlyMap<string, string>): boolean {
  return (
    /^current code/i.test(cells.get("A") ?? "") &&
    /^effective/i.test(cells.get("B") ?? "") &&
    /^previous code/i.test(cells.get("C") ?? "")
  )
}

function conversionsOf(rows: readonly SheetRow[], file: string): Conversion[] {
  const byCode = new Map<string, Conversion>()
  for (const { row, cells } of rows) {
    if (cells.size === 0) continue
    const printed = cells.get("A") ?? ""
    const code = printed.replace(".", "")
    if (!new RegExp(`^${CODE}$`).test(printed) || !ICD10CM_CODE.test(code)) {
      throw new ReaderError(file, row, "an ICD-10-CM code in column A", printed)
    }
    const since = effectiveDay(cells.get("B") ?? "", file, row)
    const previous = previousCodes(cells.get("C") ?? "", file, row)
    const known = byCode.get(code)
    // A few codes stand twice, with another previous code each.
    if (!known) byCode.set(code, { code, since, previous })
    else known.previous.push(...previous.filter((each) => !known.previous.includes(each)))
  }
  return [...byCode.values()]
}

function effectiveDay(text: string, file: string, row: number): string {
  const number = /^\d{4,5}$/.test(text) ? Number(text) : 0
  if (number >= 2015 && number < 2100) return `${number}-10-01`
  if (number >= 40_000 && number < 73_000) {
    return new Date(EXCEL_START + number * DAY_MS).toISOString().slice(0, 10)
  }
  throw new ReaderError(file, row, "a year or a day in column B", text)
}

function previousCodes(text: string, file: string, row: number): string[] {
  if (text === "") throw new ReaderError(file, row, "previous codes or None in column C", "")
  if (/^none$/i.test(text)) return []
  const together = text.replace(/\s+(?:and|&)\s+/gi, " and ")
  if (!CODES_APART.test(together)) return [together]
  const found = together.match(new RegExp(`${CODE}(?:\\s*-\\s*${CODE})?`, "g")) ?? []
  const withDots = found.map((each) => each.replace(/[\s.]/g, "").split("-").map(dotted).join("-"))
  return [...new Set(withDots)]
}
