/**
 * The Tabular List as XML: chapters, blocks and codes with all their notes. Note lists stay flat, as
 * printed: a note that ends in ":" governs those after it. Elements this reader does not know are refused,
 * because a note that is silently lost could turn a check green.
 */
import type { ModelNote, ModelSection, NoteKind, SeventhCharacter } from "../model"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { readSeventhCharacters } from "./seventh-characters"
import type { SourceFile } from "./text"
import { visualImpairmentNotes } from "./visual-impairment"
import { elements, expectRoot, parseXml, textIn, versionOf, type XmlElement } from "./xml"

export interface TabularDiagnosis {
  /** Without dot. */
  code: string
  title: string
  /** The XML marks codes that hold a placeholder X ("S06.0X"). */
  placeholder: boolean
  notes: ModelNote[]
  seventh?: SeventhCharacter[]
}

export interface TabularList {
  /** Year of the release: "2026". */
  version: string
  /** Chapters and blocks in printed order: a chapter before its blocks, a super-block before its parts. */
  sections: ModelSection[]
  /** In printed order, parents before children. */
  diagnoses: TabularDiagnosis[]
}

const NOTE_KINDS: Record<string, NoteKind> = {
  inclusionTerm: "inclusion",
  includes: "includes",
  excludes1: "excludes1",
  excludes2: "excludes2",
  codeFirst: "codeFirst",
  useAdditionalCode: "useAdditional",
  codeAlso: "codeAlso",
  notes: "note",
  sevenChrNote: "seventhNote"
}

/** Elements that are read elsewhere or say nothing about coding. */
const OTHER_ELEMENTS: Record<string, readonly string[]> = {
  chapter: ["name", "desc", "section", "sectionIndex"],
  section: ["name", "desc", "diag", "deactivated"],
  diag: ["name", "desc", "diag", "sevenChrDef", "visualImpairment"]
}

/** @throws ReaderError for XML that is damaged, of another root or version, or holds unknown elements */
export function readTabularXml(file: SourceFile): TabularList {
  const list: TabularList = { version: "", sections: [], diagnoses: [] }
  const seen = new Set<string>()
  // Chapter by chapter: the whole tree of the file would take ten times its size.
  const root = parseXml(file, (element, path, soFar) => {
    if (element.name !== "chapter" || path !== soFar.name) return false
    if (list.version === "") list.version = headOf(soFar, file.name)
    readChapter(element, file.name, list, seen)
    return true
  })
  list.version = headOf(root, file.name)
  for (const element of elements(root)) {
    if (!["version", "introduction", "title"].includes(element.name)) refuse(element, file.name)
  }
  if (list.diagnoses.length === 0) {
    throw new ReaderError(file.name, root.line, "chapters with codes", "none")
  }
  return list
}

/** The version; a wrong root or addenda are refused before anything is read. */
function headOf(root: XmlElement, file: string): string {
  expectRoot(root, "ICD10CM.tabular", file)
  return versionOf(root, file)
}

function refuse(element: XmlElement, file: string): never {
  throw new ReaderError(file, element.line, "elements of the Tabular List schema", `<${element.name}>`)
}

function child(element: XmlElement, name: string): XmlElement | undefined {
  return elements(element).find((each) => each.name === name)
}

function required(element: XmlElement, name: string, file: string): string {
  const found = child(element, name)
  const text = found ? textIn(found) : ""
  if (text === "") throw new ReaderError(file, element.line, `a <${name}> in <${element.name}>`, "none")
  return text
}

/** Notes of a chapter, block or code, in printed order. */
function notesOf(element: XmlElement, file: string): ModelNote[] {
  const notes: ModelNote[] = []
  for (const each of elements(element)) {
    const kind = Object.hasOwn(NOTE_KINDS, each.name) ? NOTE_KINDS[each.name] : undefined
    if (!kind) {
      if (!OTHER_ELEMENTS[element.name]?.includes(each.name)) refuse(each, file)
      continue
    }
    for (const note of elements(each)) {
      if (note.name !== "note") refuse(note, file)
      const text = textIn(note)
      if (text !== "") notes.push({ kind, text })
    }
  }
  return notes
}

/** "Diabetes mellitus (E08-E13)" -> title and range; the range repeats what `id` says. */
const RANGE_BEHIND_TITLE = /\s*\(([A-Z][0-9A-Z]{2})(?:\s*-\s*([A-Z][0-9A-Z]{2}))?\)\s*$/

function readChapter(element: XmlElement, file: string, list: TabularList, seen: Set<string>): void {
  const id = required(element, "name", file)
  if (!/^\d{1,2}$/.test(id)) throw new ReaderError(file, element.line, "a chapter number", id)
  const desc = required(element, "desc", file)
  const range = RANGE_BEHIND_TITLE.exec(desc)
  if (!range)
    throw new ReaderError(file, element.line, "a range such as (A00-B99) behind the chapter title", desc)
  const chapter: ModelSection = {
    kind: "chapter",
    id,
    title: desc.slice(0, range.index),
    first: range[1]!,
    last: range[2] ?? range[1]!,
    notes: notesOf(element, file)
  }
  list.sections.push(chapter)
  const before = list.diagnoses.length
  for (const each of elements(element)) if (each.name === "section") readBlock(each, file, list, seen)
  limitToContent(chapter, list, before)
}

function readBlock(element: XmlElement, file: string, list: TabularList, seen: Set<string>): void {
  const id = element.attributes.id ?? ""
  const range = /^([A-Z][0-9A-Z]{2})(?:-([A-Z][0-9A-Z]{2}))?$/.exec(id)
  if (!range) throw new ReaderError(file, element.line, 'a block id such as "A00-A09"', id)
  const block: ModelSection = {
    kind: "block",
    id,
    title: required(element, "desc", file).replace(RANGE_BEHIND_TITLE, ""),
    first: range[1]!,
    last: range[2] ?? range[1]!,
    notes: notesOf(element, file)
  }
  list.sections.push(block)
  const before = list.diagnoses.length
  for (const each of elements(element))
    if (each.name === "diag") readDiagnosis(each, undefined, file, list, seen)
  limitToContent(block, list, before)
}

/**
 * Printed ranges name ends that may not exist (chapter 22 is U00-U85) and letters that break the alphabet;
 * what stands inside the element is certain. A super-block (C00-C96) holds nothing: its range stays.
 */
function limitToContent(section: ModelSection, list: TabularList, from: number): void {
  const first = list.diagnoses[from]
  const last = list.diagnoses[list.diagnoses.length - 1]
  if (!first || !last) return
  section.first = first.code.slice(0, 3)
  section.last = last.code.slice(0, 3)
}

function readDiagnosis(
  element: XmlElement,
  parent: string | undefined,
  file: string,
  list: TabularList,
  seen: Set<string>
): void {
  const name = required(element, "name", file)
  const code = name.replace(".", "")
  if (!ICD10CM_CODE.test(code)) throw new ReaderError(file, element.line, "an ICD-10-CM code", name)
  // Not "begins with its parent": the official file prints H54.512A below H54.511.
  const category = parent?.slice(0, 3)
  if (category === undefined ? code.length !== 3 : !(code.length > 3 && code.startsWith(category))) {
    throw new ReaderError(file, element.line, category ? `a code below ${category}` : "a category", name)
  }
  if (seen.has(code)) throw new ReaderError(file, element.line, "each code once", `${name} again`)
  seen.add(code)
  const diagnosis: TabularDiagnosis = {
    code,
    title: required(element, "desc", file),
    placeholder: element.attributes.placeholder === "true",
    notes: notesOf(element, file)
  }
  const definition = child(element, "sevenChrDef")
  if (definition) {
    const read = readSeventhCharacters(definition, file)
    diagnosis.seventh = read.characters
    diagnosis.notes.push(...read.notes)
  }
  const impairment = child(element, "visualImpairment")
  if (impairment) diagnosis.notes.push(...visualImpairmentNotes(impairment))
  list.diagnoses.push(diagnosis)
  for (const each of elements(element)) if (each.name === "diag") readDiagnosis(each, code, file, list, seen)
}
