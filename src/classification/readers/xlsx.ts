/** The cells of an Excel workbook (.xlsx): a zip of XML. Values only, as text; no styles, no formulas. */
import { openArchive } from "./archive"
import { ReaderError } from "./reader-error"
import { elements, parseXml, textIn, type XmlElement } from "./xml"

export interface SheetRow {
  /** 1-based, as Excel numbers it. */
  row: number
  /** By column letter; cells without value are missing. Numbers as written ("2025", "45017"). */
  cells: Map<string, string>
}

export interface Sheet {
  name: string
  rows: SheetRow[]
}

type Members = ReturnType<typeof openArchive>

/** @throws ReaderError when the file is no workbook, or a part of it is damaged */
export function readWorkbook(file: { name: string; content: Uint8Array }): Sheet[] {
  const members = openArchive(file, (name) => /^xl\/(?:[^/]+|worksheets\/[^/]+|_rels\/[^/]+)$/.test(name))
  const workbook = part(members, "xl/workbook.xml", file.name)
  const targets = new Map(
    elements(part(members, "xl/_rels/workbook.xml.rels", file.name)).map(({ attributes }) => [
      attributes.Id ?? "",
      attributes.Target ?? ""
    ])
  )
  const shared = sharedStrings(members)
  const list = elements(workbook).find(({ name }) => name === "sheets")
  return elements(list ?? { name: "", attributes: {}, content: [], line: 0 }).map((sheet) => {
    const target = targets.get(sheet.attributes["r:id"] ?? "") ?? ""
    const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`
    const name = sheet.attributes.name ?? ""
    return { name, rows: rowsOf(part(members, path, file.name), shared, `${file.name}/${path}`) }
  })
}

function part(members: Members, path: string, file: string): XmlElement {
  const member = members.get(path)
  if (!member) throw new ReaderError(file, undefined, `an Excel workbook with ${path}`, "none")
  return parseXml(member)
}

function sharedStrings(members: Members): string[] {
  const member = members.get("xl/sharedStrings.xml")
  if (!member) return []
  return elements(parseXml(member)).map(richText)
}

/** `<t>` or runs that hold one; a word may go on from run to run. `<rPh>` only tells how to pronounce. */
function richText(item: XmlElement): string {
  return textIn({
    ...item,
    content: item.content.filter((part) => typeof part === "string" || part.name !== "rPh")
  })
}

function rowsOf(sheet: XmlElement, shared: readonly string[], file: string): SheetRow[] {
  const data = elements(sheet).find(({ name }) => name === "sheetData")
  if (!data) throw new ReaderError(file, sheet.line, "a worksheet with rows", `<${sheet.name}>`)
  const rows: SheetRow[] = []
  for (const element of elements(data)) {
    const row = Number(element.attributes.r)
    if (!Number.isInteger(row) || row < 1) {
      throw new ReaderError(file, element.line, "the number of a row", element.attributes.r ?? "")
    }
    const cells = new Map<string, string>()
    for (const cell of elements(element)) {
      const column = /^[A-Z]{1,3}(?=\d)/.exec(cell.attributes.r ?? "")?.[0]
      if (!column) throw new ReaderError(file, cell.line, "a cell such as A1", cell.attributes.r ?? "")
      const text = cellText(cell, shared, file)
      if (text !== "") cells.set(column, text)
    }
    rows.push({ row, cells })
  }
  return rows
}

function cellText(cell: XmlElement, shared: readonly string[], file: string): string {
  const inline = elements(cell).find(({ name }) => name === "is")
  if (inline) return richText(inline)
  const value = elements(cell).find(({ name }) => name === "v")
  const text = value ? textIn(value) : ""
  if (cell.attributes.t !== "s" || text === "") return text
  const string = /^\d+$/.test(text) ? shared[Number(text)] : undefined
  if (string === undefined) throw new ReaderError(file, cell.line, "the number of a shared string", text)
  return string
}
