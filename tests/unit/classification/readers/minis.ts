/** More official layouts in miniature: attribute lists, addenda, the conversion table, typed by hand. */
import { strToU8, zipSync } from "fflate"

/** Columns of the CMS-HCC mappings; header cells span lines in the official file too. */
const HCC_MODELS = [
  "CMS-HCC\nESRD\nModel\nCategory\nV24",
  "CMS-HCC\nModel\nCategory\nV28",
  "RxHCC\nModel\nCategory\nV08"
]

export function hccCsv(
  rows: readonly (readonly [string, string, ...string[]])[],
  covers = "FY2024 and FY2025"
): string {
  const payment = HCC_MODELS.map((name) => `${name} for 2025\nPayment Year`)
  const header = ["Diagnosis\nCode", "Description", ...HCC_MODELS, ...payment]
  const quoted = (field: string) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)
  const line = (fields: readonly string[]) => fields.map(quoted).join(",")
  return [
    line(["ICD-10-CM Codes, ESRD, CMS-HCC and RxHCC Models", ...Array<string>(7).fill("")]),
    line([`Includes ICD-10 codes valid in ${covers}`, ...Array<string>(7).fill("")]),
    ",,,,,,,",
    line(header),
    ...rows.map(line),
    ",,,,,,,",
    line(["Notes:", ...Array<string>(7).fill("")]),
    line(["1. A code of two categories, if any, repeats.", ...Array<string>(7).fill("")])
  ].join("\r\n")
}

export function poaText(rows: readonly (readonly [number, string, string])[], year = "26"): string {
  const lines = rows.map(([order, code, title]) => `${String(order).padStart(5, "0")}\t${code}\t${title}`)
  return [`Order${year}\tPOAexemptCode\tDescription`, ...lines].map((line) => `${line}\r\n`).join("")
}

export function addendaLine(action: string, code: string, billable: boolean, title: string): string {
  const short = title.slice(0, 60).padEnd(60)
  return `${action.padEnd(13)}${billable ? 1 : 0} ${code.padEnd(7)} ${short} ${title}`
}

/** Addenda with their summary, from lines as `addendaLine` makes them. */
export function addendaText(
  lines: readonly string[],
  { year = 2026, headers = 0, billable = 0 }: { year?: number; headers?: number; billable?: number } = {}
): string {
  const count = (action: string, flag: string) =>
    lines.filter((line) => line.startsWith(action) && line[13] === flag).length
  const part = (what: string, flag: string, total: number) => [
    what === "headers" ? "Headers" : "Codes",
    `  ${total} ${what} in icd10cm_order_${year - 1}.txt`,
    `  ${total} ${what} in icd10cm_order_${year}.txt`,
    `    ${count("Add:", flag)} additions`,
    `      ${count("Delete:", flag)} deletions`,
    `      ${count("Revise to:", flag)} revisions`
  ]
  return [...lines, "", ...part("headers", "0", headers), "", ...part("codes", "1", billable), ""].join(
    "\r\n"
  )
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")

/** A workbook of one sheet; strings are shared, as Excel writes them, numbers stand in the cell. */
export function workbook(rows: readonly (readonly (string | number)[])[], sheet = "Table"): Uint8Array {
  const strings: string[] = []
  const cells = (row: readonly (string | number)[], at: number) =>
    row
      .map((value, column) => {
        if (value === "") return ""
        const reference = `${"ABCDEFGH"[column]}${at + 1}`
        if (typeof value === "number") return `<c r="${reference}"><v>${value}</v></c>`
        strings.push(value)
        return `<c r="${reference}" t="s"><v>${strings.length - 1}</v></c>`
      })
      .join("")
  const body = rows.map((row, at) => `<row r="${at + 1}">${cells(row, at)}</row>`).join("")
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  return zipSync({
    "xl/workbook.xml": strToU8(
      `${head}<workbook ${main} xmlns:r="urn:r"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`
    ),
    "xl/_rels/workbook.xml.rels": strToU8(
      `${head}<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`
    ),
    "xl/worksheets/sheet1.xml": strToU8(
      `${head}<worksheet ${main}><sheetData>${body}</sheetData></worksheet>`
    ),
    "xl/sharedStrings.xml": strToU8(
      `${head}<sst ${main}>${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("")}</sst>`
    )
  })
}

/** The title NCHS gives its conversion table, its header, then rows. */
export function conversionWorkbook(
  rows: readonly (readonly (string | number)[])[],
  title = "This FY 2026 (October 1, 2025 Update) Conversion Table includes the new ICD-10-CM codes."
): Uint8Array {
  return workbook([[title], ["Current code assignment", "Effective", "Previous Code(s) Assignment"], ...rows])
}
