/**
 * What a set of files dropped by the user is: which code set and release, which parts are there, what is
 * missing. Told by content, not by name; only the year of files that do not say it is taken from the name.
 * `readRelease` then makes the code set of it.
 */
import type { CodeSetModel, Provenance, System } from "../model"
import { openArchive } from "./archive"
import { assembleHcpcs, assembleIcd10cm, type ReleaseIdentity } from "./assemble"
import { borrowFrom } from "./borrow"
import { looksLikeCpt } from "./cpt-files"
import { cptModel } from "./cpt-model"
import { ANWEB_RECORD, readHcpcs } from "./hcpcs-anweb"
import { readHcpcsWorkbook } from "./hcpcs-workbook"
import { readIndexXml } from "./index-xml"
import { readOrderFile } from "./order-file"
import { readPcsDefinitions, withDefinitionsAddenda } from "./pcs-definitions"
import { readPcsIndex } from "./pcs-index"
import { pcsModel } from "./pcs-model"
import { readPcsOrder } from "./pcs-order"
import { readPcsTables } from "./pcs-tables"
import { readPcsTablesAddenda } from "./pcs-tables-addenda"
import { ReaderError } from "./reader-error"
import { readTabularXml } from "./tabular-xml"
import type { SourceFile } from "./text"

export interface DroppedFile {
  name: string
  bytes: Uint8Array
}

export type ReleasePart =
  | "order"
  | "tabular"
  | "index"
  | "external"
  | "neoplasm"
  | "drug"
  | "tables"
  | "tablesAddenda"
  | "definitions"
  | "definitionsAddenda"
  | "records"
  | "workbook"
  | "descriptors"

export interface RecognisedPart {
  system: System
  part: ReleasePart
  /** Year of the files of the ICD-10 systems and CPT ("2026"), quarter of HCPCS ("2025-10"), when they tell it. */
  version?: string
  file: SourceFile & { content: Uint8Array }
}

export interface DetectedRelease {
  system: System
  /** "FY2026", "2025-10" (HCPCS), "2026" (CPT); missing when no file tells it: then the user must. */
  release?: string
  effective?: { from: string; to: string }
  parts: RecognisedPart[]
  /** Plain sentences on parts that would make it whole: "The Tabular List is missing: there will be no notes." */
  missing: string[]
  /** Names of files that belong to no code set this software reads, or not to this one. */
  ignored: string[]
}

/** Enough to tell any of the formats; a page of disclaimers and a licence banner fit. */
const HEAD_BYTES = 32_768

export type Opened = SourceFile & { content: Uint8Array }

/** Files inside zips, one level of zips inside zips too. A workbook is a file, although it is a zip. */
export function openAll(files: readonly DroppedFile[]): Opened[] {
  const opened: Opened[] = []
  const open = (file: { name: string; content: Uint8Array }, depth: number) => {
    if (/\.(?:pdf|docx?|xlsx?|png|gif|xsd|css|html?)$/i.test(file.name)) return opened.push(file)
    const members = openArchive(file)
    if (members.size === 1 && [...members.values()][0]!.content === file.content) return opened.push(file)
    for (const member of members.values()) {
      if (depth > 0) opened.push(member)
      else open(member, depth + 1)
    }
    return opened.length
  }
  for (const { name, bytes } of files) open({ name, content: bytes }, 0)
  return opened
}

function headOf({ content }: Opened): string {
  const head = content.subarray(0, HEAD_BYTES)
  const [first, second] = head
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(head)
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(head)
  return new TextDecoder("windows-1252").decode(head).replace(/^ï»¿/, "")
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1)
}

const MONTHS: Record<string, string> = { JAN: "01", APR: "04", JUL: "07", OCT: "10" }

/** "HCPC2025_OCT_ANWEB.txt" -> "2025-10"; a file for the whole year ("HCPC2019_CONTR_ANWEB.txt") -> January. */
function quarterOf(name: string): string | undefined {
  const match = /(20\d\d)(?:[_ -]?(JAN|APR|JUL|OCT)[A-Z]*)?/i.exec(name)
  if (!match) return undefined
  return `${match[1]}-${MONTHS[(match[2] ?? "JAN").toUpperCase()]}`
}

/** The part that a file is, by its first lines; undefined when it is none. */
export function recognise(file: Opened): RecognisedPart | undefined {
  const base = baseName(file.name)
  if (/\.xlsx$/i.test(base)) {
    const version = quarterOf(file.name)
    return isHcpcsWorkbook(file)
      ? { system: "HCPCS", part: "workbook", ...(version ? { version } : {}), file }
      : undefined
  }
  if (/\.(?:pdf|docx?|xlsx?|png|gif|xsd|css|html?)$/i.test(base)) return undefined
  const head = headOf(file)
  const year = /20\d\d/.exec(base)?.[0]
  const version = /<version>\s*(20\d\d)\s*<\/version>/.exec(head)?.[1]
  const part = (system: System, name: ReleasePart, told: string | undefined): RecognisedPart => ({
    system,
    part: name,
    ...(told ? { version: told } : {}),
    file
  })
  const root = /<(ICD10(?:CM|PCS)\.\w+)/.exec(head)?.[1]
  if (root === "ICD10CM.tabular") return part("ICD-10-CM", "tabular", version)
  if (root === "ICD10CM.index") return part("ICD-10-CM", indexPart(head), version)
  if (root === "ICD10PCS.tabular") return part("ICD-10-PCS", "tables", version)
  if (root === "ICD10PCS.definitions") return part("ICD-10-PCS", "definitions", version)
  if (root === "ICD10PCS.index") return part("ICD-10-PCS", "index", version)
  const lines = head.split(/\r\n|\n|\r/)
  const first = lines.find((line) => line.trim() !== "") ?? ""
  if (/^\d{5} [A-Z][0-9A-Z]{2,6} +[01] /.test(first)) return part("ICD-10-CM", "order", year)
  if (/^\d{5} [0-9][0-9A-Z]{2,6} +[01] /.test(first)) return part("ICD-10-PCS", "order", year)
  if (/^(?:No change|FY20\d\d): table \S \S \S$/m.test(head.replace(/\r/g, ""))) {
    return part("ICD-10-PCS", "tablesAddenda", year)
  }
  if (/^Section \S\s/.test(first) && /^Axis \d/m.test(head)) {
    return part("ICD-10-PCS", "definitionsAddenda", year)
  }
  if (lines.some((line) => ANWEB_RECORD.test(line))) return part("HCPCS", "records", quarterOf(base))
  // The last line may be cut.
  if (looksLikeCpt(lines.slice(0, -1).length > 0 ? lines.slice(0, -1) : lines)) {
    return part("CPT", "descriptors", year)
  }
  return undefined
}

/** A workbook of anything else is no part: its strings tell, and a damaged one is not ours to refuse. */
function isHcpcsWorkbook(file: Opened): boolean {
  try {
    const strings = openArchive(file, (name) => name === "xl/sharedStrings.xml").get("xl/sharedStrings.xml")
    const text = new TextDecoder().decode(strings?.content)
    return [">HCPC<", ">RECID<", ">LONG DESCRIPTION<"].every((heading) => text.includes(heading))
  } catch (error) {
    if (error instanceof ReaderError) return false
    throw error
  }
}

function indexPart(head: string): ReleasePart {
  const first = /<head col="1">\s*([^<]*)/.exec(head)?.[1] ?? ""
  if (/^neoplasm/i.test(first)) return "neoplasm"
  if (/^substance/i.test(first)) return "drug"
  return /<title>[^<]*external cause/i.test(head) ? "external" : "index"
}

/** What a release needs, may have, and what lacks when it has not. */
const WISHES: Record<
  System,
  { needs: readonly ReleasePart[]; name: string; wants: readonly (readonly [ReleasePart, string])[] }
> = {
  "ICD-10-CM": {
    needs: ["order"],
    name: "the order file (icd10cm_order_YYYY.txt)",
    wants: [
      ["tabular", "The Tabular List is missing: there will be no notes."],
      ["index", "The Alphabetic Index is missing: codes are found by titles and inclusion terms."],
      ["external", "The External Cause Index is missing."],
      ["neoplasm", "The Table of Neoplasms is missing."],
      ["drug", "The Table of Drugs and Chemicals is missing."]
    ]
  },
  "ICD-10-PCS": {
    needs: ["order"],
    name: "the order file (icd10pcs_order_YYYY.txt)",
    wants: [
      ["tables", "The tables are missing: codes cannot be put together axis by axis."],
      ["definitions", "The definitions are missing: values have names only."],
      ["index", "The index is missing: codes are found by their titles."]
    ]
  },
  HCPCS: { needs: ["records", "workbook"], name: "the ANWEB text file or workbook", wants: [] },
  CPT: { needs: ["descriptors"], name: "a file of descriptors", wants: [] }
}

/** Of several code sets in one drop the one with the most bytes is meant; the others are named as ignored. */
function systemOf(parts: readonly RecognisedPart[]): System {
  const bytes = new Map<System, number>()
  for (const { system, file } of parts) bytes.set(system, (bytes.get(system) ?? 0) + file.content.length)
  return [...bytes].sort((a, b) => b[1] - a[1])[0]![0]
}

/** @param said what the user chose when the files do not tell */
function releaseOf(system: System, parts: readonly RecognisedPart[], said?: string): string | undefined {
  if (said !== undefined) {
    if (!RELEASE[system].test(said)) {
      throw new ReaderError(system, undefined, `a release such as ${RELEASE_EXAMPLE[system]}`, said)
    }
    return said
  }
  // The main file tells the release; an index may be older.
  const main = parts.filter(({ part }) => WISHES[system].needs.includes(part))
  const told = [...main, ...parts].find(({ version }) => version)?.version
  const prefix = system === "ICD-10-CM" || system === "ICD-10-PCS" ? "FY" : ""
  return told && prefix + told
}

const RELEASE: Record<System, RegExp> = {
  "ICD-10-CM": /^FY20\d\d$/,
  "ICD-10-PCS": /^FY20\d\d$/,
  HCPCS: /^20\d\d-(?:01|04|07|10)$/,
  CPT: /^20\d\d$/
}
const RELEASE_EXAMPLE: Record<System, string> = {
  "ICD-10-CM": "FY2026",
  "ICD-10-PCS": "FY2026",
  HCPCS: "2026-01",
  CPT: "2026"
}

function effectiveOf(release: string): { from: string; to: string } {
  const year = Number(/20\d\d/.exec(release)?.[0])
  if (release.startsWith("FY")) return { from: `${year - 1}-10-01`, to: `${year}-09-30` }
  const month = Number(/^20\d\d-(\d\d)$/.exec(release)?.[1] ?? 1)
  if (!release.includes("-")) return { from: `${year}-01-01`, to: `${year}-12-31` }
  const last = new Date(Date.UTC(year, month + 2, 0)).toISOString().slice(0, 10)
  return { from: `${release}-01`, to: last }
}

/**
 * @param said release that the user named, for files that do not tell theirs: "2026" for CPT
 * @throws ReaderError when nothing is recognised or the main file is missing
 */
export function detectRelease(files: readonly DroppedFile[], said?: string): DetectedRelease {
  const opened = openAll(files)
  const recognised = opened.map(recognise)
  const all = recognised.filter((part) => part !== undefined)
  const names = files.map(({ name }) => name).join(", ")
  if (all.length === 0) {
    throw new ReaderError(
      names || "no file",
      undefined,
      "official files of ICD-10-CM, ICD-10-PCS or HCPCS Level II, or licensed CPT files",
      opened.map(({ name }) => baseName(name)).join(", ")
    )
  }
  const system = systemOf(all)
  const parts = all.filter((part) => part.system === system)
  const ignored = opened.filter((file) => !parts.some((part) => part.file === file)).map(({ name }) => name)
  return { ...releaseOfParts(system, parts, names, said), ignored }
}

/**
 * The same for parts that are recognised and known to belong together.
 * @param names of what was dropped, for messages
 * @throws ReaderError when the main file is missing
 */
export function releaseOfParts(
  system: System,
  parts: RecognisedPart[],
  names: string,
  said?: string
): Omit<DetectedRelease, "ignored"> {
  const wishes = WISHES[system]
  if (!parts.some(({ part }) => wishes.needs.includes(part))) {
    const found = parts.map(({ file }) => baseName(file.name)).join(", ")
    throw new ReaderError(names, undefined, `${wishes.name} of ${system} among the files`, found)
  }
  const release = releaseOf(system, parts, said)
  return {
    system,
    ...(release ? { release, effective: effectiveOf(release) } : {}),
    parts,
    missing: wishes.wants.flatMap(([wanted, sentence]) =>
      parts.some(({ part }) => part === wanted) ? [] : [sentence]
    )
  }
}

export interface ReadReleaseOptions {
  /** Release that the user named, where the files do not tell it. */
  release?: string
  /** A release whose notes and index are borrowed when an ICD-10-CM order file comes alone. */
  lender?: CodeSetModel
  /** SHA-256 by file name, when somebody worked it out. */
  sha256?: ReadonlyMap<string, string>
  /** Where the files came from; default "import". */
  source?: string
  /** Runs a reader over one file; whoever shows progress hands in its own. */
  read?: <T>(file: Opened, reader: (file: Opened) => T) => T
}

/** Detects and reads. @throws ReaderError naming file and line; nothing is half taken in then */
export function readRelease(files: readonly DroppedFile[], options: ReadReleaseOptions = {}): CodeSetModel {
  return readParts(detectRelease(files, options.release), options)
}

/** Reads parts that were detected. @throws ReaderError */
export function readParts(
  detected: Omit<DetectedRelease, "ignored">,
  options: ReadReleaseOptions = {}
): CodeSetModel {
  const { read = (file, reader) => reader(file) } = options
  const { system, release, effective, parts } = detected
  if (!release || !effective) {
    const main = baseName(parts[0]!.file.name)
    throw new ReaderError(main, undefined, `the release to be named (${RELEASE_EXAMPLE[system]})`, "no year")
  }
  const provenance: Provenance = {
    source: options.source ?? (system === "CPT" ? "licensed-files" : "import"),
    files: parts.map(({ file }) => ({
      name: baseName(file.name),
      sha256: options.sha256?.get(file.name) ?? "",
      bytes: file.content.length
    }))
  }
  const identity = { release, effective, provenance }
  const one = (part: ReleasePart) => onlyOne(parts, part)
  if (system === "HCPCS") {
    // CMS publishes both side by side with the same content.
    const records = one("records")
    const edition = records ? read(records, readHcpcs) : read(one("workbook")!, readHcpcsWorkbook)
    return assembleHcpcs(edition, identity)
  }
  if (system === "CPT")
    return cptModel(
      parts.map(({ file }) => file),
      release,
      provenance
    )
  if (system === "ICD-10-PCS") return pcsRelease(parts, identity, read)
  const order = read(one("order")!, readOrderFile)
  const tabular = one("tabular")
  if (!tabular && options.lender) return borrowFrom(options.lender, { ...identity, order })
  const indexes = (["index", "external", "neoplasm", "drug"] as const).flatMap((part) => one(part) ?? [])
  return assembleIcd10cm({
    ...identity,
    order,
    ...(tabular ? { tabular: read(tabular, readTabularXml) } : {}),
    indexes: indexes.map((file) => read(file, readIndexXml))
  })
}

function onlyOne(parts: readonly RecognisedPart[], wanted: ReleasePart): Opened | undefined {
  const [first, second] = parts.filter(({ part }) => part === wanted)
  if (first && second) {
    throw new ReaderError(
      baseName(second.file.name),
      undefined,
      "the files of one release",
      `two of the same kind (${baseName(first.file.name)} too)`
    )
  }
  return first?.file
}

/** The update of April repeats the order file under the same name: the longer one is the later one. */
function pcsRelease(
  parts: readonly RecognisedPart[],
  identity: ReleaseIdentity & { effective: { to: string } },
  reading: NonNullable<ReadReleaseOptions["read"]>
): CodeSetModel {
  const orders = parts
    .filter(({ part }) => part === "order")
    .map(({ file }) => reading(file, readPcsOrder))
    .sort((a, b) => b.length - a.length)
  if (orders.length > 2)
    throw new ReaderError(identity.release, undefined, "at most two order files", `${orders.length}`)
  const [order, before] = orders
  const read = <T>(part: ReleasePart, reader: (file: Opened) => T): T | undefined => {
    const file = onlyOne(parts, part)
    return file && reading(file, reader)
  }
  const tables = read("tables", readPcsTables)
  const tablesAddenda = read("tablesAddenda", readPcsTablesAddenda)
  const printed = read("definitions", readPcsDefinitions)
  const changed = onlyOne(parts, "definitionsAddenda")
  const definitions = printed && changed ? withDefinitionsAddenda(printed, changed) : printed
  const index = read("index", readPcsIndex)
  const april = `${identity.effective.to.slice(0, 4)}-04-01`
  return pcsModel({
    ...identity,
    order: order!,
    ...(before ? { before: { order: before, until: april } } : {}),
    ...(tables ? { tables } : {}),
    ...(tablesAddenda ? { tablesAddenda } : {}),
    ...(definitions ? { definitions } : {}),
    ...(index ? { index } : {})
  })
}
