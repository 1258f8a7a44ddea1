/**
 * The files of the National Correct Coding Initiative as CMS publishes them each quarter: pairs of procedures (PTP)
 * as tab-separated text or workbook in several parts, medically unlikely edits (MUE) as csv or workbook. Above the
 * data stand a copyright line and column headings over one or more lines; what a file is, its headings tell.
 */
import type { EditAudience, EditRows, EditTableFacts, MueEdit, PtpEdit } from "../edits/types"
import { openArchive } from "./archive"
import { readCsv } from "./csv"
import type { Opened } from "./detect-release"
import { ReaderError } from "./reader-error"
import { eachLine, isoFromCompact } from "./text"
import { readWorkbook } from "./xlsx"

export interface EditsPart {
  kind: "ptp" | "mue"
  audience: EditAudience
  /** Quarter when the name tells it: "2026-01". */
  release?: string
  file: Opened
}

const CODE = /^[0-9A-Z]{5}$/
/** Lines in which the headings must have come. */
const MOST_HEAD_LINES = 40
const HEAD_BYTES = 16_384

const baseName = (name: string) => name.slice(name.lastIndexOf("/") + 1)
const isWorkbook = ({ name }: Opened) => /\.xlsx$/i.test(name)

/** The table a file belongs to; undefined for any other file. Never throws. */
export function recogniseEdits(file: Opened): EditsPart | undefined {
  let head: string
  try {
    head = isWorkbook(file)
      ? workbookHead(file)
      : new TextDecoder("windows-1252").decode(file.content.subarray(0, HEAD_BYTES))
  } catch (error) {
    if (error instanceof ReaderError) return undefined
    throw error
  }
  const plain = head.toLowerCase().replace(/["\s]+/g, " ")
  const name = baseName(file.name)
  const release = quarterOf(name)
  const part = (kind: "ptp" | "mue", audience: EditAudience): EditsPart => ({
    kind,
    audience,
    ...(release ? { release } : {}),
    file
  })
  if (
    plain.includes("column 1") &&
    plain.includes("column 2") &&
    plain.includes("effective") &&
    plain.includes("modifier")
  )
    return part("ptp", audienceOfPairs(name, plain))
  if (!plain.includes("mue values") || !plain.includes("mue adjudication indicator")) return undefined
  if (plain.includes("practitioner services mue values")) return part("mue", "practitioner")
  if (plain.includes("outpatient hospital services mue values")) return part("mue", "hospital")
  if (plain.includes("supplier services mue values")) return part("mue", "supplier")
  return undefined
}

/** A workbook without shared strings that is larger than this is not looked into. */
const MOST_INLINE_BYTES = 2_000_000

function workbookHead(file: Opened): string {
  const strings = openArchive(file, (name) => name === "xl/sharedStrings.xml").get("xl/sharedStrings.xml")
  // The headings stand among them; to read all rows of a table of pairs takes long.
  if (strings) return new TextDecoder().decode(strings.content).replace(/<[^>]*>/g, " ")
  if (file.content.length > MOST_INLINE_BYTES) return ""
  const rows = readWorkbook(file).flatMap((sheet) => sheet.rows.slice(0, MOST_HEAD_LINES))
  return rows.map(({ cells }) => [...cells.values()].join("\t")).join("\n")
}

/** "ccioph" are the pairs of outpatient hospitals, "ccipra" those of practitioners; the headings do not say it. */
function audienceOfPairs(name: string, head: string): EditAudience {
  return /oph|hospital/i.test(name) || head.includes("outpatient hospital") ? "hospital" : "practitioner"
}

/** NCCI counts its versions from 1994: v320 is the first quarter of 2026, v321 the second. */
const VERSION = /v(\d\d)([0-3])(?!\d)/i
const FIRST_YEAR = 1994

/** "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv", "ccipra-v320r0-f1.txt", "... 2026Q1 ...": "2026-01". */
export function quarterOf(name: string): string | undefined {
  const day = /(0[1-9]|1[0-2])[-_](?:0[1-9]|[12]\d|3[01])[-_](20\d\d)/.exec(name)
  if (day) return quarter(Number(day[2]), Number(day[1]))
  const told = /(20\d\d)[-_ ]?q([1-4])/i.exec(name) ?? undefined
  if (told) return quarter(Number(told[1]), Number(told[2]) * 3)
  const version = VERSION.exec(name)
  return version ? quarter(FIRST_YEAR + Number(version[1]), Number(version[2]) * 3 + 1) : undefined
}

function quarter(year: number, month: number): string {
  return `${year}-${String(Math.floor((month - 1) / 3) * 3 + 1).padStart(2, "0")}`
}

/**
 * Parts of one table, read and put together.
 * @throws ReaderError naming file and line; nothing is half taken in then
 */
export function readEdits(parts: readonly EditsPart[]): {
  facts: Omit<EditTableFacts, "rows">
  edits: EditRows
} {
  const [first] = parts
  if (!first) throw new ReaderError("no file", undefined, "a file of CMS claim edits", "none")
  const { kind, audience } = first
  const edits: EditRows =
    kind === "ptp"
      ? { kind, rows: once(parts.flatMap(({ file }) => readPairs(file))) }
      : { kind, rows: onceACode(parts.flatMap(({ file }) => readUnits(file))) }
  if (edits.rows.length === 0)
    throw new ReaderError(baseName(first.file.name), undefined, "rows of edits below the headings", "none")
  const release = parts.find((part) => part.release)?.release ?? newestQuarter(edits, first.file)
  return {
    facts: { id: `ncci-${kind}-${audience}-${release}`, kind, audience, release, effective: days(release) },
    edits
  }
}

function days(release: string): { from: string; to: string } {
  const [year = 0, month = 1] = release.split("-").map(Number)
  const to = new Date(Date.UTC(year, month + 2, 0)).toISOString().slice(0, 10)
  return { from: `${release}-01`, to }
}

/** The pairs say from when they count; a table of units says nothing. */
function newestQuarter(edits: EditRows, file: Opened): string {
  const newest =
    edits.kind === "ptp" ? edits.rows.reduce((day, { from }) => (from > day ? from : day), "") : ""
  if (newest === "")
    throw new ReaderError(
      baseName(file.name),
      undefined,
      "a name with its quarter (..._Eff_01-01-2026.csv)",
      "none"
    )
  return quarter(Number(newest.slice(0, 4)), Number(newest.slice(5, 7)))
}

interface Row {
  line: number
  fields: string[]
}

/** Rows of any of the three shapes, without the lines above the data. */
function* dataRows(file: Opened): Generator<Row> {
  let begun = false
  for (const row of rowsOf(file)) {
    const fields = row.fields.map((field) => field.trim())
    if (fields.every((field) => field === "")) continue
    begun ||= CODE.test(fields[0] ?? "") && fields.length > 2
    if (begun) yield { line: row.line, fields }
    else if (row.line > MOST_HEAD_LINES)
      throw new ReaderError(baseName(file.name), row.line, "a code of five characters", fields[0] ?? "")
  }
}

function* rowsOf(file: Opened): Generator<Row> {
  if (isWorkbook(file)) {
    for (const sheet of readWorkbook(file))
      for (const { row, cells } of sheet.rows)
        yield {
          line: row,
          fields: ["A", "B", "C", "D", "E", "F", "G"].map((column) => cells.get(column) ?? "")
        }
    return
  }
  if (/\.csv$/i.test(file.name)) {
    yield* readCsv(file)
    return
  }
  let line = 0
  for (const text of eachLine(file)) yield { line: ++line, fields: text.split("\t") }
}

/** "Column 1, Column 2, in existence prior to 1996, effective, deletion (* none), modifier, rationale". */
export function readPairs(file: Opened): PtpEdit[] {
  const name = baseName(file.name)
  const edits: PtpEdit[] = []
  for (const { line, fields } of dataRows(file)) {
    const [column1 = "", column2 = "", , effective = "", deletion = "", modifier = "", reason = ""] = fields
    if (!CODE.test(column1) || !CODE.test(column2))
      throw new ReaderError(name, line, "two codes of five characters", `${column1} ${column2}`)
    const from = isoFromCompact(effective, name, line, "an effective date")
    if (!from) throw new ReaderError(name, line, "an effective date as YYYYMMDD", "none")
    const to = deletion === "*" ? undefined : isoFromCompact(deletion, name, line, "a deletion date or *")
    if (modifier !== "0" && modifier !== "1" && modifier !== "9")
      throw new ReaderError(name, line, "a modifier indicator 0, 1 or 9", modifier)
    edits.push({
      column1,
      column2,
      from,
      ...(to ? { to } : {}),
      modifier: Number(modifier) as PtpEdit["modifier"],
      reason
    })
  }
  return edits
}

/** "Code, MUE value, adjudication indicator (3 Date of Service Edit: Clinical), rationale". */
export function readUnits(file: Opened): MueEdit[] {
  const name = baseName(file.name)
  const edits: MueEdit[] = []
  for (const { line, fields } of dataRows(file)) {
    const [code = "", units = "", adjudication = "", reason = ""] = fields
    if (!CODE.test(code)) throw new ReaderError(name, line, "a code of five characters", code)
    if (!/^\d{1,6}$/.test(units)) throw new ReaderError(name, line, "a number of units", units)
    const indicator = /^([123])\b/.exec(adjudication)?.[1]
    if (!indicator) throw new ReaderError(name, line, "an adjudication indicator 1, 2 or 3", adjudication)
    edits.push({ code, units: Number(units), indicator: Number(indicator) as MueEdit["indicator"], reason })
  }
  return edits
}

/** The text and the workbook of one part hold the same rows. */
function once(edits: readonly PtpEdit[]): PtpEdit[] {
  const seen = new Set<string>()
  return edits.filter(({ column1, column2, from, to }) => {
    const key = `${column1}${column2}${from}${to ?? ""}`
    return !seen.has(key) && seen.add(key)
  })
}

function onceACode(edits: readonly MueEdit[]): MueEdit[] {
  return [...new Map(edits.map((edit) => [edit.code, edit])).values()]
}

/** Parts of one table belong together; a workbook beside the text of the same part is left out. */
export function groupEdits(parts: readonly EditsPart[]): EditsPart[][] {
  const stem = ({ file }: EditsPart) =>
    baseName(file.name)
      .replace(/\.\w+$/, "")
      .toLowerCase()
  const texts = new Set(parts.filter(({ file }) => !isWorkbook(file)).map(stem))
  const groups = new Map<string, EditsPart[]>()
  for (const part of parts) {
    if (isWorkbook(part.file) && texts.has(stem(part))) continue
    const key = `${part.kind} ${part.audience} ${part.release ?? ""}`
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()]
}
