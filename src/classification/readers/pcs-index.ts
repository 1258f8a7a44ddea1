/**
 * The index of ICD-10-PCS (icd10pcs_index_YYYY.xml). Below a main term stand a code (seven characters), a
 * beginning of codes (`codes`: four to six characters, `tab`: the three of a table), a reference to another
 * wording (`see`) or the value to use for these words (`use`: the keys of body parts, devices and substances).
 * References carry the beginning inside: <see>Resection, Uterus<codes>0UT9</codes></see>. Several references
 * of one main term are terms without a title.
 */
import type { ModelIndexEntry } from "../model"
import { readIndexTitle } from "./index-title"
import { PCS_CODE } from "./pcs-order"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"
import { elements, expectRoot, parseXml, textIn, versionOf, type XmlElement } from "./xml"

export interface PcsIndex {
  version: string
  entries: ModelIndexEntry[]
}

const BEGINNING = /^[0-9A-HJ-NP-Z]{3,6}$/

/** @throws ReaderError for damaged XML, an unknown element, or a text that is no code where one should be */
export function readPcsIndex(file: SourceFile): PcsIndex {
  const root = parseXml(file)
  expectRoot(root, "ICD10PCS.index", file.name)
  const version = versionOf(root, file.name)
  const entries: ModelIndexEntry[] = []
  for (const letter of elements(root)) {
    if (letter.name === "version" || letter.name === "title") continue
    if (letter.name !== "letter") refuse(letter, file.name)
    for (const element of elements(letter)) {
      if (element.name === "mainTerm") readTerm(element, -1, entries, file.name)
      else if (element.name !== "title") refuse(element, file.name)
    }
  }
  if (entries.length === 0) throw new ReaderError(file.name, root.line, "main terms", "none")
  return { version, entries }
}

function refuse(element: XmlElement, file: string): never {
  throw new ReaderError(file, element.line, "elements of the PCS index", `<${element.name}>`)
}

function readTerm(element: XmlElement, parent: number, entries: ModelIndexEntry[], file: string): void {
  const entry: ModelIndexEntry = { source: "pcs", parent, title: "", nonessential: [] }
  const position = entries.push(entry) - 1
  const below: XmlElement[] = []
  for (const each of elements(element)) {
    if (each.name === "title") {
      const { title, nonessential } = readIndexTitle(withMarks(textIn(each)))
      entry.title = title
      entry.nonessential = nonessential
    } else if (each.name === "code") entry.code = expectCode(each, textIn(each), PCS_CODE, file)
    else if (each.name === "codes" || each.name === "tab") beginning(entry, each, file)
    else if (each.name === "see" || each.name === "use") {
      entry[each.name] = withMarks(ownText(each))
      for (const inner of elements(each)) {
        if (inner.name !== "codes" && inner.name !== "tab") refuse(inner, file)
        beginning(entry, inner, file)
      }
    } else if (each.name === "term") below.push(each)
    else refuse(each, file)
  }
  if (parent === -1 && entry.title === "" && entry.nonessential.length === 0) {
    throw new ReaderError(file, element.line, "a title of the main term", "none")
  }
  for (const each of below) readTerm(each, position, entries, file)
}

function beginning(entry: ModelIndexEntry, element: XmlElement, file: string): void {
  const text = expectCode(element, textIn(element), BEGINNING, file)
  entry.beginnings = [...(entry.beginnings ?? []), text]
  entry.incomplete = true
}

function expectCode(element: XmlElement, text: string, form: RegExp, file: string): string {
  if (!form.test(text)) {
    throw new ReaderError(file, element.line, `a PCS code or its beginning in <${element.name}>`, text)
  }
  return text
}

/** "(R)" and "(tm)" are no words in parentheses. */
export function withMarks(text: string): string {
  return text.replace(/\((?:R|r)\)/g, "®").replace(/\((?:tm|TM)\)/g, "™")
}

/** "Stimulator Generator, Multiple Array in" before a table: the value is the words without "in". */
function ownText(element: XmlElement): string {
  const texts = element.content.filter((part): part is string => typeof part === "string")
  return texts
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/ in$/, (word) => (element.name === "use" ? "" : word))
}
