/**
 * A note as stretches of text that belong to a section: headings in capitals or not, with or without colon,
 * alone on a line, in front of text, or in the middle of a dictated paragraph.
 */
import { type HeadingTable, roleOf } from "../lexicon/headings"
import type { Heading, SectionId, SectionRole } from "../lexicon-types"
import {
  type Found,
  headingBefore,
  headingInTitleCase,
  headingLine,
  headingsInCapitals,
  isCapitals
} from "./heading-lines"
import { type Mark, type Marker, readMark } from "./marks"

export type { Marker } from "./marks"

export interface Stretch {
  /** UTF-16 offsets of the content: heading, list mark and outer blanks left out. */
  start: number
  end: number
  section: SectionId
  role: SectionRole
  /** The section around it: another one than `section` when a label of a list line speaks for its line only. */
  home: SectionId
  homeRole: SectionRole
  /** List mark in front, when the stretch begins its line. */
  marker: Marker
  /** Number of a numbered line, -1 otherwise. */
  number: number
  /** Begins its line. */
  lineStart: boolean
  /** Columns in front of the list mark or text. */
  indent: number
  /** Nothing but blanks on the line before. */
  afterBlank: boolean
  /** A heading stood right before. */
  afterHeading: boolean
}

/** Inside these a label names a body system or a test, not another section. */
const KEEPS_LABELS: ReadonlySet<SectionRole> = new Set<SectionRole>(["ros", "findings", "family", "social"])

/** What is listed in these may be worded like the heading of a part of the examination, a test or a procedure. */
const LISTS: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "assessed",
  "plan",
  "history",
  "orders",
  "medications"
])
const TESTS: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "findings",
  "procedure",
  "nursing",
  "orders",
  "ros"
])

/** These tell of the whole patient again wherever they come. */
const WHOLE_EXAM = /exam|physical|objective|o\/e|vital|lab|result|imag|review|ros\b/i

interface Place {
  section: SectionId
  role: SectionRole
  /** The line carries a bullet, or a number and an indent. */
  listed: boolean
  marker: Marker
}

/**
 * Whether what looks like a heading is a label inside the section that is being read: "Cardiovascular:" under a
 * review of systems, "CV:" under an assessment, "Echocardiogram" in a plan.
 */
function staysInside(place: Place, found: Found, roleFound: SectionRole, lineOnly: boolean): boolean {
  const { role } = place
  const { heading } = found
  if (lineOnly) return KEEPS_LABELS.has(role)
  if (heading.system && role !== "narrative" && role !== "symptom" && role !== "administrative") {
    // After a history or a list of medications "General:" and "Lungs:" begin an examination without a heading.
    if (role === "assessed" || role === "plan" || role === "findings" || role === "ros") return true
    return heading.section !== "exam" || /^(?:history|family|social)$/.test(role)
  }
  if (role === "ros") return roleFound === "findings" && !WHOLE_EXAM.test(heading.text)
  if (found.by === "line" && LISTS.has(role) && TESTS.has(roleFound)) return !isMain(heading)
  return false
}

/** Headings that nobody writes as an entry of a list. */
function isMain(heading: Heading): boolean {
  return /\b(?:exam|examination|objective|findings|results|data|orders|review of systems|ros|studies|vitals|vital signs|labs)\b/.test(
    heading.text
  )
}

class Reader {
  readonly stretches: Stretch[] = []
  private section: SectionId = ""
  private role: SectionRole = "narrative"
  private afterBlank = true
  private afterHeading = false
  /** Number of the last numbered line of this section, -1 when there is none. */
  private counted = -1
  private operative = false
  private colon = -1

  constructor(
    private readonly table: HeadingTable,
    private readonly text: string
  ) {}

  blank(): void {
    this.afterBlank = true
  }

  line(lineStart: number, lineEnd: number): void {
    const text = this.text
    const table = this.table
    const mark = readMark(text.slice(lineStart, Math.min(lineEnd, lineStart + 100)), this.counted)
    if (mark.number >= 0) this.counted = mark.number
    const from = lineStart + mark.length
    const listed = mark.marker === "bullet" || (mark.marker === "number" && mark.indent > 0)
    const line = new Line(this.section, this.role, mark, this.afterBlank)
    const place = (): Place => ({ section: this.section, role: this.role, listed, marker: mark.marker })
    let cursor = from
    const enter = (found: Found, lineOnly: boolean) => {
      const section = this.sectionOf(found.heading)
      const role = roleOf(table, section)
      cursor = found.end
      if (staysInside(place(), found, role, lineOnly)) return
      line.section = section
      line.role = role
      if (lineOnly) return
      if (section !== this.section) this.counted = -1
      this.section = section
      this.role = role
      this.operative ||= section === "preop-diagnosis" || section === "postop-diagnosis"
      this.afterHeading = true
    }
    const push = (start: number, end: number) => {
      const stretch = line.stretch(text, start, end, this.section, this.role, this.afterHeading)
      if (!stretch) return
      this.stretches.push(stretch)
      this.afterHeading = false
    }
    const assessing = this.role === "assessed" || this.role === "plan"
    const whole = headingLine(table, text, from, lineEnd, this.afterBlank && !assessing && mark.marker === "")
    // An entry of a list is no heading: "• Follow-up" among reasons, "1. Physical therapy" in a plan.
    const entry =
      (mark.marker === "bullet" && !isCapitals(text.slice(from, lineEnd))) ||
      (mark.marker !== "" && assessing && (listed || !this.assesses(whole)))
    if (whole && !entry) enter(whole, false)
    else if (mark.marker === "" && !assessing) {
      const title = headingInTitleCase(table, text, from, lineEnd)
      if (title && this.mayRunOn(title)) enter(title, false)
    }
    for (const found of this.inside(cursor, lineEnd)) {
      if (found.start < cursor) continue
      push(cursor, found.start)
      // A label of a list line ("- Plan: ...", "- Labs: ...") speaks for its own line only.
      const own = listed || (mark.marker === "number" && assessing && !this.assesses(found))
      enter(found, own && found.start === from && this.section !== "")
    }
    push(cursor, lineEnd)
    this.afterBlank = false
  }

  private sectionOf(heading: Heading): SectionId {
    return (this.operative ? heading.operative : undefined) ?? heading.section
  }

  private assesses(found: Found | undefined): boolean {
    if (!found) return false
    const role = roleOf(this.table, found.heading.section)
    return role === "assessed" || (role === "plan" && found.heading.section === "plan")
  }

  /** Sections of which the first words may follow on the line of a heading in small letters without a colon. */
  private mayRunOn(found: Found): boolean {
    const role = roleOf(this.table, found.heading.section)
    return !TESTS.has(role) || isMain(found.heading)
  }

  /** The next colon, looked for only when the one that is known lies behind: a text without any is read once. */
  private colonFrom(from: number): number {
    if (this.colon < from) {
      const found = this.text.indexOf(":", from)
      this.colon = found < 0 ? Number.POSITIVE_INFINITY : found
    }
    return this.colon
  }

  /** Headings in the rest of a line, in order. */
  private inside(from: number, to: number): Found[] {
    const text = this.text
    const table = this.table
    const found: Found[] = headingsInCapitals(table, text, from, to)
    let cursor = from
    for (let colon = this.colonFrom(from); colon < to; colon = this.colonFrom(colon + 1)) {
      const known = headingBefore(table, text, cursor, colon)
      if (!known) continue
      found.push(known)
      cursor = known.end
    }
    return found.sort((a, b) => a.start - b.start || b.end - a.end)
  }
}

/** One line while it is read. */
class Line {
  private first = true

  constructor(
    public section: SectionId,
    public role: SectionRole,
    private readonly mark: Mark,
    private readonly afterBlank: boolean
  ) {}

  stretch(
    text: string,
    from: number,
    to: number,
    home: SectionId,
    homeRole: SectionRole,
    afterHeading: boolean
  ): Stretch | undefined {
    let start = from
    let end = to
    while (start < end && /[\s,]/.test(text[start] ?? "")) start++
    while (end > start && /[\s,]/.test(text[end - 1] ?? "")) end--
    if (end <= start) return undefined
    const first = this.first
    const mark = this.mark
    this.first = false
    return {
      start,
      end,
      section: this.section,
      role: this.role,
      home,
      homeRole,
      marker: first ? mark.marker : "",
      number: first ? mark.number : -1,
      lineStart: first,
      indent: mark.indent,
      afterBlank: first && this.afterBlank,
      afterHeading
    }
  }
}

/** Cuts `text` (up to `limit`) into stretches. Linear: every colon looks back at most 64 characters. */
export function findStretches(table: HeadingTable, text: string, limit = text.length): Stretch[] {
  const reader = new Reader(table, text)
  let lineStart = 0
  while (lineStart < limit) {
    let lineEnd = text.indexOf("\n", lineStart)
    if (lineEnd < 0 || lineEnd > limit) lineEnd = limit
    if (isBlank(text, lineStart, lineEnd)) reader.blank()
    else reader.line(lineStart, lineEnd)
    lineStart = lineEnd + 1
  }
  return reader.stretches
}

/** Nothing but blanks, or a rule of dashes under a heading. */
function isBlank(text: string, from: number, to: number): boolean {
  return to - from > 200 ? text.slice(from, to).trim() === "" : /^[\s=_*~-]*$/.test(text.slice(from, to))
}
