/**
 * The Official Guidelines for Coding and Reporting as a book of sections. A section begins with a paragraph
 * that is numbered as guidelines are cited: "Section I." > "C." > "4." > "a." > "3)" > "(a)" > "(i)" is
 * I.C.4.a.3.a.i. A number only counts when it is the next of its row, so that a list inside the text is no
 * section. The table of contents is not part of the book, but every line of it must be found in the book.
 */
import type { GuidelineBook, GuidelineSection } from "../guidelines-api"
import { codesNamed } from "./guideline-codes"
import { ReaderError } from "./reader-error"

/** A paragraph as the print has it: several on a page, none across two. */
export interface PrintedParagraph {
  page: number
  text: string
}

interface Heading {
  /** 0 for "Section I.", 6 for "(iv)". */
  level: number
  value: string
  title: string
}

const STYLES: readonly RegExp[] = [
  /^Section ([IVX]+)\.\s*(.+)$/,
  /^([A-Z])\.\s+(.+)$/,
  /^(\d{1,2})\.\s+(.+)$/,
  /^([a-z])\.\s+(.+)$/,
  /^(\d{1,2})\)\s*(.+)$/,
  /^\(([a-z])\)\s*(.+)$/,
  /^\(([ivx]+)\)\s*(.+)$/
]

const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]

const FOOTER = /^(?:ICD-10-CM Official Guidelines for Coding and Reporting|FY 20\d\d|Page \d+ of \d+)$/
const LEADERS = /\.{4,}\s*\d+$/
const APPENDIX = /^Appendix ([IVX]+)$/

/**
 * @param source told in the book: "local-release"
 * @throws ReaderError when it is another document, or a line of the table of contents has no section
 */
export function readGuidelines(
  paragraphs: readonly PrintedParagraph[],
  file: string,
  source: string
): GuidelineBook {
  const identity = identityOf(paragraphs, file)
  const printed = paragraphs.filter(({ text }) => !FOOTER.test(text))
  const contentsAt = printed.findIndex(({ text }) => LEADERS.test(text))
  const lastLeader = printed.findLastIndex(({ text }) => LEADERS.test(text))
  const bodyAt = printed.findIndex(({ text }, at) => at > lastLeader && STYLES[0]!.test(text))
  if (contentsAt < 0 || bodyAt < 0) {
    throw new ReaderError(file, undefined, "a table of contents and sections behind it", "none")
  }
  const writer = new BookWriter()
  const firstSentence = printed.findIndex(({ text }) => text.length > 200)
  writer.introduction(printed.slice(Math.min(Math.max(firstSentence, 0), contentsAt), contentsAt))
  for (const [at, { page, text }] of printed.slice(bodyAt).entries()) {
    const before = printed[bodyAt + at - 1]
    writer.paragraph(text, at > 0 && before !== undefined && before.page !== page)
  }
  const sections = writer.finish()
  expectContents(printed.slice(contentsAt, bodyAt), sections, file)
  return { ...identity, system: "ICD-10-CM", source, sections }
}

function identityOf(
  paragraphs: readonly PrintedParagraph[],
  file: string
): Pick<GuidelineBook, "release" | "effective"> {
  const first = paragraphs.slice(0, 8).map(({ text }) => text)
  const release = first.map((text) => /^FY (20\d\d)\b/.exec(text)?.[1]).find(Boolean)
  const span = first
    .map((text) => /^\(([A-Z][a-z]+ \d+, 20\d\d) - ([A-Z][a-z]+ \d+, 20\d\d)\)$/.exec(text))
    .find(Boolean)
  if (!release || !span || !/Official Guidelines/i.test(first.join(" "))) {
    throw new ReaderError(
      file,
      undefined,
      "the Official Guidelines with a release and its first and last day",
      first[0] ?? ""
    )
  }
  return { release: `FY${release}`, effective: { from: isoDay(span[1]!), to: isoDay(span[2]!) } }
}

/** "October 1, 2025" -> "2025-10-01" */
function isoDay(text: string): string {
  return new Date(`${text} UTC`).toISOString().slice(0, 10)
}

/** The next number of a row: "c" after "b", "10" after "9", "iv" after "iii". */
function follows(level: number, value: string, before: string | undefined): boolean {
  const order = (each: string): number => {
    if (level === 0) return ROMAN.indexOf(each.toLowerCase())
    if (level === 6) return ROMAN.indexOf(each)
    if (level === 2 || level === 4) return Number(each) - 1
    return each.toLowerCase().charCodeAt(0) - 97
  }
  return order(value) === (before === undefined ? 0 : order(before) + 1)
}

/** The path of numbers a section stands at: value by level; levels may be skipped (II.I.1). */
type Path = (string | undefined)[]

function headingIn(text: string, path: Path): Heading | undefined {
  const deepest = path.findLastIndex((value) => value !== undefined)
  let first: Heading | undefined
  for (const [level, style] of STYLES.entries()) {
    const [, value, title] = style.exec(text) ?? []
    if (value === undefined || title === undefined) continue
    const before = path[level]
    // The next of a row that was begun goes before the first of a new one: "(i)" behind "(h)" is a letter.
    if (before !== undefined && follows(level, value, before)) return { level, value, title }
    if (before === undefined && level > deepest && follows(level, value, undefined))
      first ??= { level, value, title }
  }
  return first
}

function idOf(path: Path): string {
  return path.filter((value) => value !== undefined).join(".")
}

class BookWriter {
  private readonly sections: GuidelineSection[] = []
  private path: Path = []
  private current: GuidelineSection | undefined
  /** In the appendix nothing is numbered. */
  private inAppendix = false

  introduction(paragraphs: readonly PrintedParagraph[]): void {
    this.open("Introduction", "", "Introduction")
    for (const { text } of paragraphs) this.add(text, false)
  }

  paragraph(text: string, firstOfPage: boolean): void {
    const appendix = APPENDIX.exec(text)
    if (appendix) {
      this.inAppendix = true
      this.path = []
      this.open(text, "", "")
      return
    }
    if (this.inAppendix && this.current?.title === "") {
      this.current.title = text
      return
    }
    const heading = this.inAppendix ? undefined : headingIn(text, this.path)
    if (!heading) {
      this.add(text, firstOfPage)
      return
    }
    const above = this.path.slice(0, heading.level)
    this.path = [...above, ...Array<undefined>(heading.level - above.length).fill(undefined), heading.value]
    this.open(idOf(this.path), idOf(above), heading.title)
  }

  finish(): GuidelineSection[] {
    for (const section of this.sections) {
      section.codes = codesNamed([section.title, ...section.paragraphs].join("\n"))
    }
    return this.sections
  }

  private open(id: string, parent: string, title: string): void {
    this.current = { id, parent, title, paragraphs: [], codes: [] }
    this.sections.push(this.current)
  }

  private add(text: string, firstOfPage: boolean): void {
    const paragraphs = this.current?.paragraphs ?? []
    const before = paragraphs[paragraphs.length - 1]
    if (firstOfPage && before !== undefined && goesOn(before, text)) {
      paragraphs[paragraphs.length - 1] = `${before}${/\w-$/.test(before) ? "" : " "}${text}`
    } else {
      paragraphs.push(text)
    }
  }
}

/** Does a paragraph that a page breaks off go on with this one? Lines of a list of codes do not. */
function goesOn(before: string, text: string): boolean {
  if (/^[A-Z]\d[0-9A-Z](?:\.|-|,|\s)/.test(text)) return false
  return /^[a-z(]/.test(text) || !/[.:;?!”"’)\]]$/.test(before)
}

/** Every line of the contents must be a section, down to "a." (deeper ones are not listed there). */
function expectContents(
  lines: readonly PrintedParagraph[],
  sections: readonly GuidelineSection[],
  file: string
): void {
  const ids = new Set(sections.map(({ id }) => id))
  let path: Path = []
  let listed = 0
  for (const { text } of lines) {
    const heading = headingIn(text.replace(LEADERS, "").trim(), path)
    if (!heading) continue
    path = [...path.slice(0, heading.level)]
    path[heading.level] = heading.value
    listed++
    if (!ids.has(idOf(path))) {
      throw new ReaderError(file, undefined, `a section ${idOf(path)}, as in the table of contents`, "none")
    }
  }
  if (listed < 4) throw new ReaderError(file, undefined, "a table of contents", `${listed} lines of it`)
}
