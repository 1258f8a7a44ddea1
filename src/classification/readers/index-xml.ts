/**
 * The Alphabetic Index, the External Cause index, and the tables of neoplasms and of drugs: four files with
 * one root. The tree comes out depth first; a table row is one entry without code, followed by one entry for
 * each cell that holds a code.
 */
import type { IndexSource, ModelIndexEntry } from "../model"
import { readIndexTitle } from "./index-title"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"
import { elements, expectRoot, parseXml, textIn, versionOf, type XmlElement } from "./xml"

export interface AlphabeticIndex {
  /** Year of the release: "2026". */
  version: string
  source: IndexSource
  entries: ModelIndexEntry[]
}

interface PrintedCode {
  code: string
  incomplete: boolean
}

/** "H18.89-" -> H1889, more characters needed. Undefined when it is no code. */
function printedCode(text: string): PrintedCode | undefined {
  const match = /^([A-Z][0-9A-Z]{2})\.?([0-9A-Z]{0,4})\.?(-?)$/.exec(text)
  if (!match) return undefined
  const code = match[1]! + match[2]!
  return ICD10CM_CODE.test(code) ? { code, incomplete: match[3] === "-" } : undefined
}

/** What `<letter>`, `<mainTerm>` and `<term>` may hold. */
const TERM_ELEMENTS = [
  "title",
  "nemod",
  "see",
  "seeAlso",
  "code",
  "seecat",
  "subcat",
  "manif",
  "warning",
  "cell",
  "term"
]

/** @throws ReaderError for XML that is damaged, of another root or version, or holds unknown elements */
export function readIndexXml(file: SourceFile): AlphabeticIndex {
  let begun: { head: IndexHead; reader: TermReader } | undefined
  const begin = (root: XmlElement) => {
    const head = headOf(root, file.name)
    begun ??= { head, reader: new TermReader(file.name, head.source, head.headings) }
    return begun
  }
  // Main terms one by one: the head stands before them.
  const root = parseXml(file, (element, path, soFar) => {
    if (element.name !== "mainTerm" || path !== `${soFar.name}/letter`) return false
    const { reader } = begun ?? begin(soFar)
    reader.term(element, -1)
    return true
  })
  const { head, reader } = begun ?? begin(root)
  for (const element of elements(root)) {
    if (element.name === "letter") {
      for (const each of elements(element)) if (each.name !== "title") refuse(each, file.name)
    } else if (!["version", "title", "indexHeading"].includes(element.name)) refuse(element, file.name)
  }
  if (reader.entries.length === 0) throw new ReaderError(file.name, root.line, "main terms", "none")
  return { version: head.version, source: head.source, entries: reader.entries }
}

interface IndexHead {
  version: string
  source: IndexSource
  headings: ReadonlyMap<string, string>
}

function headOf(root: XmlElement, file: string): IndexHead {
  expectRoot(root, "ICD10CM.index", file)
  const version = versionOf(root, file)
  const headings = new Map<string, string>()
  let title = ""
  for (const element of elements(root)) {
    if (element.name === "title") title = textIn(element)
    else if (element.name === "indexHeading") {
      for (const head of elements(element)) headings.set(head.attributes.col ?? "", textIn(head))
    }
  }
  return { version, headings, source: sourceOf(title, headings, root, file) }
}

function refuse(element: XmlElement, file: string): never {
  throw new ReaderError(file, element.line, "elements of the index schema", `<${element.name}>`)
}

/** The tables have headings and no title; the two indexes tell which they are by their title. */
function sourceOf(title: string, headings: Map<string, string>, root: XmlElement, file: string): IndexSource {
  const first = headings.get("1") ?? ""
  if (/^neoplasm/i.test(first)) return "neoplasm"
  if (/^substance/i.test(first)) return "drug"
  if (headings.size > 0) {
    throw new ReaderError(file, root.line, 'a first column "Neoplasm" or "Substance"', first)
  }
  if (/external cause/i.test(title)) return "external"
  if (/diseases/i.test(title)) return "disease"
  throw new ReaderError(file, root.line, "the title of the disease or of the external cause index", title)
}

class TermReader {
  readonly entries: ModelIndexEntry[] = []

  constructor(
    private readonly file: string,
    private readonly source: IndexSource,
    private readonly headings: ReadonlyMap<string, string>
  ) {}

  term(element: XmlElement, parent: number): void {
    const entry: ModelIndexEntry = { source: this.source, parent, title: "", nonessential: [] }
    const position = this.entries.push(entry) - 1
    const below: XmlElement[] = []
    let printedTitle = ""
    for (const each of elements(element)) {
      if (!TERM_ELEMENTS.includes(each.name)) refuse(each, this.file)
      if (each.name === "term") {
        below.push(each)
        continue
      }
      if (each.name === "title") {
        printedTitle = titleText(each)
        continue
      }
      const text = textIn(each)
      if (each.name === "nemod") printedTitle += ` ${text}`
      else if (each.name === "cell") this.cell(each, text, position)
      else if (each.name === "see") entry.see = text
      else if (each.name === "seeAlso") entry.seeAlso = text
      else if (text !== "") this.codes(each, text, entry)
    }
    const title = readIndexTitle(printedTitle)
    if (title.title === "" && title.nonessential.length === 0 && parent === -1) {
      throw new ReaderError(this.file, element.line, "a title of the main term", "none")
    }
    entry.title = title.title
    entry.nonessential.push(...title.nonessential)
    if (title.see && !entry.see) entry.see = title.see
    for (const each of below) this.term(each, position)
  }

  /** `<code>`, `<manif>`, and `<subcat>`/`<seecat>`, which point at a header to choose below. */
  private codes(element: XmlElement, text: string, entry: ModelIndexEntry): void {
    if (element.name === "warning") return
    const printed = printedCode(text)
    if (!printed) {
      // The neoplasm table has one bracket with words in it: they explain the line, as a modifier does.
      if (element.name === "manif") entry.nonessential.push(text)
      else throw new ReaderError(this.file, element.line, `a code in <${element.name}>`, text)
      return
    }
    if (element.name === "manif") entry.manifestation = printed.code
    else if (element.name === "code" || entry.code === undefined) {
      entry.code = printed.code
      if (printed.incomplete || element.name !== "code") entry.incomplete = true
      else delete entry.incomplete
    }
  }

  private cell(element: XmlElement, text: string, row: number): void {
    if (/^-*$/.test(text)) return
    const column = this.headings.get(element.attributes.col ?? "")
    if (!column) {
      throw new ReaderError(
        this.file,
        element.line,
        "a column with a heading",
        `col="${element.attributes.col ?? ""}"`
      )
    }
    const printed = printedCode(text)
    if (!printed) throw new ReaderError(this.file, element.line, "a code or - in <cell>", text)
    this.entries.push({
      source: this.source,
      parent: row,
      title: "",
      nonessential: [],
      code: printed.code,
      ...(printed.incomplete ? { incomplete: true } : {}),
      column
    })
  }
}

/** `<title>Abasia<nemod>(-astasia)</nemod> NEC</title>`: blanks at the ends of the parts count. */
function titleText(title: XmlElement): string {
  return title.content.map((part) => (typeof part === "string" ? part : textIn(part))).join("")
}
