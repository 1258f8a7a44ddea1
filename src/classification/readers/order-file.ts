/**
 * The order file of ICD-10-CM (icd10cm_order_YYYY.txt): every code and header of a release, in official order.
 * That of ICD-10-PCS has the same layout. Fixed width, 1-based columns: 1-5 order number,
 * 7-13 code without dot, 15 flag (1 billable, 0 header), 17-76 short title, 78-end long title.
 */
import { ReaderError } from "./reader-error"
import { eachLine, type SourceFile } from "./text"

export interface OrderRow {
  /** Without dot: "A000". */
  code: string
  billable: boolean
  shortTitle: string
  title: string
}

/** A category is letter, digit or letter (C4A, QA0), digit or letter; then up to four more characters. */
export const ICD10CM_CODE = /^[A-Z][0-9A-Z]{2,6}$/

/**
 * @param form what a code of this system looks like, and how to call it in a message
 * @throws ReaderError for a line that breaks the layout, a number out of step, or a code given twice
 */
export function readOrderFile(
  file: SourceFile,
  form: { pattern: RegExp; name: string } = {
    pattern: ICD10CM_CODE,
    name: "an ICD-10-CM code without dot"
  }
): OrderRow[] {
  const rows: OrderRow[] = []
  const seen = new Set<string>()
  let at = -1
  for (const line of eachLine(file)) {
    at++
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    const number = line.slice(0, 5)
    if (!/^\d{5}$/.test(number)) fail("an order number of five digits in columns 1-5", line)
    // The numbers run without a gap: a gap means that lines were lost.
    if (Number(number) !== at + 1) fail(`order number ${String(at + 1).padStart(5, "0")}`, number)
    const code = line.slice(6, 13).trimEnd()
    if (!form.pattern.test(code)) fail(`${form.name} in columns 7-13`, code)
    const flag = line[14]
    if (flag !== "0" && flag !== "1") fail("0 (header) or 1 (billable) in column 15", flag ?? "")
    if ((line[5] ?? "") + (line[13] ?? "") + (line[15] ?? "") + (line[76] ?? " ") !== "    ") {
      fail("blanks in columns 6, 14, 16 and 77", line)
    }
    const shortTitle = line.slice(16, 76).trim()
    const title = line.slice(77).trim()
    if (title === "") fail("a long title from column 78", line)
    if (seen.has(code)) fail("each code once", `${code} again`)
    seen.add(code)
    rows.push({ code, billable: flag === "1", shortTitle, title })
  }
  return rows
}
