/**
 * "20YY Initial ICD-10-CM Mappings" of CMS risk adjustment: which payment category each diagnosis falls
 * into, for every model. A title, a line that names the code releases it covers, a header whose cells span
 * several lines, rows, and notes behind a blank row. A category counts when the payment column of the same
 * model says "Yes". A code of two categories stands in two rows, with dashes where a model has only one.
 */
import { type CsvRow, readCsv } from "./csv"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

export interface HccMapping {
  /** As printed beside the code. */
  title: string
  /** Categories by model, smallest number first: { V24: ["18"], V28: ["37", "298"], "ESRD V24": [...] }. */
  categories: Record<string, string[]>
}

export interface HccMappings {
  /** Releases whose codes the file covers: ["FY2024", "FY2025"]. Later codes are unknown to it. */
  covers: string[]
  models: string[]
  /** By code without dot; only codes with a category. */
  codes: Map<string, HccMapping>
}

const COVERS = /ICD-10 codes valid in (FY ?20\d\d)(?: and (FY ?20\d\d))?/i

/** @throws ReaderError for another header, a broken row, a category without its "Yes" or "No", or a cut file */
export function readHccMappings(file: SourceFile): HccMappings {
  const rows = readCsv(file)
  const headerAt = rows.slice(0, 12).findIndex(({ fields }) => /^diagnosis\s+code$/i.test(fields[0] ?? ""))
  if (headerAt < 0) {
    throw new ReaderError(
      file.name,
      undefined,
      'a header that begins with "Diagnosis Code"',
      rows[0]?.fields[0] ?? ""
    )
  }
  const covers = rows.slice(0, headerAt).flatMap(({ fields }) => {
    const named = COVERS.exec(fields[0] ?? "")
    return named ? named.slice(1).filter((each) => each !== undefined) : []
  })
  if (covers.length === 0) {
    throw new ReaderError(file.name, 1, 'a line "Includes ICD-10 codes valid in FY..."', "none")
  }
  const columns = columnsOf(rows[headerAt]!, file.name)
  const mappings: HccMappings = {
    covers: covers.map((each) => each.replace(" ", "").toUpperCase()),
    models: columns.map(({ model }) => model),
    codes: new Map()
  }
  let at = headerAt + 1
  for (; at < rows.length && !isBlank(rows[at]!); at++) addRow(rows[at]!, columns, mappings, file.name)
  // The notes behind the rows are the only sign that nothing was cut off.
  if (!rows.slice(at).some(({ fields }) => /^notes:?$/i.test((fields[0] ?? "").trim()))) {
    throw new ReaderError(
      file.name,
      rows[at - 1]?.line,
      "the notes behind the last code",
      "the end of the file"
    )
  }
  if (mappings.codes.size === 0) throw new ReaderError(file.name, undefined, "codes with a category", "none")
  return mappings
}

interface ModelColumns {
  model: string
  category: number
  payment: number
}

/** "CMS-HCC ESRD Model Category V24 for 2025 Payment Year" -> "ESRD V24". */
function modelName(header: string): string | undefined {
  const match = /^(CMS-HCC|RxHCC)( ESRD)? Model Category V(\d\d)/i.exec(header)
  if (!match) return undefined
  if (/^rx/i.test(match[1]!)) return "RxHCC"
  return `${match[2] ? "ESRD " : ""}V${match[3]}`
}

function columnsOf(header: CsvRow, file: string): ModelColumns[] {
  const names = header.fields.map((field) => field.replace(/\s+/g, " ").trim())
  const isPayment = (name: string) => /\bPayment Year\b/i.test(name)
  const columns: ModelColumns[] = []
  for (const [category, name] of names.entries()) {
    if (category < 2 || isPayment(name)) continue
    const model = modelName(name)
    if (!model) throw new ReaderError(file, header.line, "a column of a CMS-HCC or RxHCC model", name)
    const payment = names.findIndex((other) => isPayment(other) && modelName(other) === model)
    if (payment < 0) throw new ReaderError(file, header.line, `a payment-year column for ${model}`, "none")
    columns.push({ model, category, payment })
  }
  if (columns.length === 0) throw new ReaderError(file, header.line, "columns of models", "none")
  return columns
}

function isBlank({ fields }: CsvRow): boolean {
  return fields.every((field) => field.trim() === "")
}

function addRow(
  { line, fields }: CsvRow,
  columns: readonly ModelColumns[],
  mappings: HccMappings,
  file: string
): void {
  const code = (fields[0] ?? "").trim()
  if (!ICD10CM_CODE.test(code)) throw new ReaderError(file, line, "an ICD-10-CM code without dot", code)
  const title = (fields[1] ?? "").replace(/\s+/g, " ").trim()
  if (title === "") throw new ReaderError(file, line, "a description", "")
  const mapping = mappings.codes.get(code) ?? { title, categories: {} }
  for (const { model, category, payment } of columns) {
    const number = (fields[category] ?? "").trim()
    const pays = (fields[payment] ?? "").trim()
    if (!/^\d{0,3}$/.test(number)) throw new ReaderError(file, line, `a category number for ${model}`, number)
    if (!["Yes", "No", "--"].includes(pays)) {
      throw new ReaderError(file, line, `Yes, No or -- for ${model}`, pays)
    }
    if (pays !== "Yes") continue
    if (number === "") throw new ReaderError(file, line, `the category of ${model} that pays`, "")
    const known = mapping.categories[model] ?? []
    if (!known.includes(number)) {
      mapping.categories[model] = [...known, number].sort((a, b) => Number(a) - Number(b))
    }
  }
  if (Object.keys(mapping.categories).length > 0) mappings.codes.set(code, mapping)
}
