/**
 * The tables of ICD-10-PCS (icd10pcs_tables_YYYY.xml). A table is its first three characters with their
 * meaning; a row allows any combination of its values at positions 4 to 7. `values` and `codes` count what
 * follows, and both are held against what was read.
 */
import type { PcsTable, PcsValue } from "../model"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"
import { elements, expectRoot, parseXml, textIn, versionOf, type XmlElement } from "./xml"

export interface PcsTables {
  /** Year of the release: "2026". */
  version: string
  tables: PcsTable[]
}

interface Axis {
  position: number
  title: string
  values: PcsValue[]
}

const CHARACTER = /^[0-9A-HJ-NP-Z]$/

/** @throws ReaderError for damaged XML, an unknown element, or counts that do not add up */
export function readPcsTables(file: SourceFile): PcsTables {
  const root = parseXml(file)
  expectRoot(root, "ICD10PCS.tabular", file.name)
  const version = versionOf(root, file.name)
  const tables: PcsTable[] = []
  const seen = new Set<string>()
  for (const element of elements(root)) {
    if (element.name === "version" || element.name === "title") continue
    if (element.name !== "pcsTable") refuse(element, file.name)
    const table = readTable(element, file.name)
    if (seen.has(table.prefix)) {
      throw new ReaderError(file.name, element.line, "each table once", `${table.prefix} again`)
    }
    seen.add(table.prefix)
    tables.push(table)
  }
  if (tables.length === 0) throw new ReaderError(file.name, root.line, "tables", "none")
  return { version, tables }
}

function refuse(element: XmlElement, file: string): never {
  throw new ReaderError(file, element.line, "elements of the PCS tables", `<${element.name}>`)
}

function readTable(element: XmlElement, file: string): PcsTable {
  const heads: PcsValue[] = []
  const titles: string[] = []
  const rows: PcsTable["rows"] = []
  for (const each of elements(element)) {
    if (each.name === "axis") {
      const axis = readAxis(each, heads.length + 1, file)
      if (axis.values.length !== 1 || axis.position > 3 || rows.length > 0) {
        throw new ReaderError(file, each.line, "one value for each of the positions 1 to 3", axis.title)
      }
      heads.push(axis.values[0]!)
      titles.push(axis.title)
    } else if (each.name === "pcsRow") rows.push(readRow(each, file))
    else refuse(each, file)
  }
  const [section, bodySystem, operation] = heads
  if (!section || !bodySystem || !operation || rows.length === 0) {
    throw new ReaderError(file, element.line, "a table with three characters and rows", `${heads.length}`)
  }
  const prefix = section.value + bodySystem.value + operation.value
  return { prefix, section, bodySystem, operation, rows, ...headingsOf(titles) }
}

/** Nothing for the three that most tables have; "Section Qualifier", "Modality" and "Type" are said. */
export function headingsOf(titles: string[]): Pick<PcsTable, "headings"> {
  return titles.join() === "Section,Body System,Operation" || titles.includes("") ? {} : { headings: titles }
}

function readRow(element: XmlElement, file: string): PcsTable["rows"][number] {
  const axes: Axis[] = []
  for (const each of elements(element)) {
    if (each.name !== "axis") refuse(each, file)
    axes.push(readAxis(each, axes.length + 4, file))
  }
  if (axes.length !== 4) throw new ReaderError(file, element.line, "positions 4 to 7", `${axes.length} axes`)
  const codes = axes.reduce((product, { values }) => product * values.length, 1)
  if (element.attributes.codes !== String(codes)) {
    throw new ReaderError(
      file,
      element.line,
      `codes="${element.attributes.codes ?? ""}" in this row`,
      `${codes} combinations`
    )
  }
  return { axes: axes.map(({ title, values }) => ({ title, values })) }
}

function readAxis(element: XmlElement, position: number, file: string): Axis {
  if (element.attributes.pos !== String(position)) {
    throw new ReaderError(file, element.line, `pos="${position}"`, `pos="${element.attributes.pos ?? ""}"`)
  }
  let title = ""
  const values: PcsValue[] = []
  const seen = new Set<string>()
  for (const each of elements(element)) {
    const text = textIn(each)
    if (each.name === "title") title = text
    else if (each.name === "label") {
      const value = each.attributes.code ?? ""
      if (!CHARACTER.test(value) || text === "" || seen.has(value)) {
        throw new ReaderError(file, each.line, "a label with a character of its own", `${value} ${text}`)
      }
      seen.add(value)
      values.push({ value, label: text })
    } else if (each.name === "definition") {
      const last = values[values.length - 1]
      if (!last) throw new ReaderError(file, each.line, "a label before its definition", text)
      last.definition = text
    } else refuse(each, file)
  }
  if (title === "" || String(values.length) !== element.attributes.values) {
    throw new ReaderError(
      file,
      element.line,
      `a title and ${element.attributes.values ?? "some"} values`,
      `${values.length} values`
    )
  }
  return { position, title, values }
}

/** Every code that the tables allow, by table and row in printed order. */
export function* codesOfTables(tables: readonly PcsTable[]): Generator<string> {
  for (const { prefix, rows } of tables) {
    for (const { axes } of rows) {
      const walk = function* (at: number, code: string): Generator<string> {
        const axis = axes[at]
        if (!axis) yield code
        else for (const { value } of axis.values) yield* walk(at + 1, code + value)
      }
      yield* walk(0, prefix)
    }
  }
}
