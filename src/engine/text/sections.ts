/**
 * A note as stretches of text that belong to a section: headings in capitals or not, with or without colon,
 * alone on a line, in front of text, or in the middle of a dictated paragraph.
 */
import { findHeading, type HeadingTable, roleOf } from "../lexicon/headings"
import type { SectionId, SectionRole } from "../lexicon-types"

export type Marker = "" | "bullet" | "number"

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
  /** Begins its line. */
  lineStart: boolean
  /** Columns in front of the list mark or text. */
  indent: number
  /** Nothing but blanks on the line before. */
  afterBlank: boolean
  /** A heading stood right before. */
  afterHeading: boolean
}

const MARK =
  /^([ \t\u00a0]*)((?:[#>]*[ \t]*)(?:[*•·▪◦●○‣–—−→-]+[ \t\u00a0]+|•|\(?#?\d{1,2}(?:[.)](?!\d)|[ \t]+(?=[A-Z]))|[#]\d{1,2}[ \t:.)]|[#]+[ \t]*|[A-Za-z][.)][ \t]+)?)/

interface Mark {
  marker: Marker
  indent: number
  length: number
}

function readMark(line: string): Mark {
  const match = MARK.exec(line.length > 80 ? line.slice(0, 80) : line)
  const blanks = match?.[1]?.length ?? 0
  const mark = match?.[2] ?? ""
  const marker: Marker =
    mark.trim() === "" ? "" : /\d/.test(mark) || /^[A-Za-z#]/.test(mark.trim()) ? "number" : "bullet"
  return { marker, indent: blanks, length: blanks + mark.length }
}

const CAPITAL = /[A-ZÀ-Þ]/
const SMALL = /[a-zß-ÿ]/

export function isCapitals(text: string): boolean {
  return CAPITAL.test(text) && !SMALL.test(text)
}

const HEADING_MAX = 64

/** Where the words in front of a colon that can be a heading begin; -1 when they cannot be one. */
function headingStart(text: string, lineStart: number, colon: number): number {
  const floor = Math.max(lineStart, colon - HEADING_MAX)
  let at = colon
  while (at > floor) {
    const character = text[at - 1] ?? ""
    if (".,;:\t•|".includes(character)) break
    if (character === " " && text[at - 2] === " ") break
    at--
  }
  if (at === floor && floor > lineStart) return -1
  while (at < colon && /\s/.test(text[at] ?? "")) at++
  return at < colon ? at : -1
}

/** In running text without marks before it, a heading in capitals is the last words in capitals. */
function capitalsStart(text: string, from: number, colon: number): number {
  let best = -1
  let at = colon
  while (at > from) {
    let begin = at
    while (begin > from && text[begin - 1] !== " ") begin--
    const word = text.slice(begin, at)
    if (word !== "" && !isCapitals(word) && !/^(?:&|\/|-|AND|OF)$/.test(word)) break
    if (word !== "") best = begin
    at = begin
    while (at > from && text[at - 1] === " ") at--
  }
  return best
}

interface Found {
  start: number
  /** Past the colon or the heading's own end. */
  end: number
  section: SectionId
}

/** Inside these a label names a body system or a test, not another section. */
const KEEPS_LABELS: ReadonlySet<SectionRole> = new Set<SectionRole>(["ros", "findings", "family", "social"])

/** "Cardiovascular:" under a review of systems is part of it, though it also heads a part of an examination. */
function staysInside(role: SectionRole, wording: string, lineOnly: boolean, roleFound: SectionRole): boolean {
  if (lineOnly) return KEEPS_LABELS.has(role)
  return (
    role === "ros" &&
    roleFound === "findings" &&
    !/exam|physical|objective|o\/e|vital|lab|result|imag/i.test(wording)
  )
}

function headingBefore(
  table: HeadingTable,
  text: string,
  lineStart: number,
  colon: number
): Found | undefined {
  const start = headingStart(text, lineStart, colon)
  if (start < 0) return undefined
  const wording = text.slice(start, colon)
  if (!/^[A-ZÀ-Þ]/.test(wording)) {
    // "... with pain. pmh:" is no heading; at the start of a line small letters are accepted.
    if (text.slice(lineStart, start).trim() !== "") return undefined
  }
  const style = { colon: true, alone: false, capitals: isCapitals(wording) }
  const known = findHeading(table, wording, style, style.capitals)
  if (known) return { start, end: colon + 1, section: known.section }
  const capitals = capitalsStart(text, start, colon)
  if (capitals > start) {
    const tail = findHeading(table, text.slice(capitals, colon), {
      colon: true,
      alone: false,
      capitals: true
    })
    if (tail) return { start: capitals, end: colon + 1, section: tail.section }
  }
  return undefined
}

/** A heading that is the whole line, or stands before a spaced dash at its start. */
function headingLine(table: HeadingTable, text: string, start: number, end: number): Found | undefined {
  const line = text.slice(start, end).trimEnd()
  if (line.length === 0 || line.length > 80) return undefined
  const capitals = isCapitals(line)
  if (!capitals && !/^[A-ZÀ-Þ*_#=]/.test(line)) return undefined
  const alone = findHeading(
    table,
    line,
    { colon: false, alone: true, capitals },
    capitals && !line.endsWith(".")
  )
  if (alone && !/[.!?]$/.test(line)) return { start, end, section: alone.section }
  const dash = /\s[–—-]\s|[–—]/.exec(line)
  if (dash && dash.index > 0) {
    const before = line.slice(0, dash.index)
    const known = findHeading(table, before, { colon: true, alone: false, capitals: isCapitals(before) })
    if (known) {
      const rest = line.slice(dash.index + dash[0].length)
      // "Exam – MSK" names a part of the section; "Imp – BPPV, typical" goes on with text.
      const title = rest.trim().split(/\s+/).length <= 3 && known.section !== "assessment"
      return { start, end: title ? end : start + dash.index + dash[0].length, section: known.section }
    }
  }
  return undefined
}

/** Cuts `text` (up to `limit`) into stretches. Linear: every colon looks back at most 64 characters. */
export function findStretches(table: HeadingTable, text: string, limit = text.length): Stretch[] {
  const stretches: Stretch[] = []
  let section: SectionId = ""
  let role = "narrative" as SectionRole
  let afterBlank = true
  let afterHeading = false
  let lineStart = 0
  while (lineStart < limit) {
    let lineEnd = text.indexOf("\n", lineStart)
    if (lineEnd < 0 || lineEnd > limit) lineEnd = limit
    const mark = readMark(text.slice(lineStart, Math.min(lineEnd, lineStart + 80)))
    let from = lineStart + mark.length
    const blank = text.slice(lineStart, lineEnd).trim() === ""
    if (!blank) {
      const listed = mark.marker === "bullet" || (mark.marker === "number" && mark.indent > 0)
      let lineSection = section
      let lineRole = role
      let first = true
      const push = (start: number, end: number) => {
        while (start < end && /[\s,]/.test(text[start] ?? "")) start++
        while (end > start && /[\s,]/.test(text[end - 1] ?? "")) end--
        if (end > start) {
          stretches.push({
            start,
            end,
            section: lineSection,
            role: lineRole,
            home: section,
            homeRole: role,
            marker: first ? mark.marker : "",
            lineStart: first,
            indent: mark.indent,
            afterBlank: first && afterBlank,
            afterHeading
          })
          afterHeading = false
          first = false
        }
      }
      const whole = headingLine(table, text, from, lineEnd)
      let cursor = from
      const enter = (found: Found, lineOnly: boolean) => {
        const wording = text.slice(found.start, found.end)
        if (staysInside(role, wording, lineOnly, roleOf(table, found.section))) {
          cursor = found.end
          return
        }
        lineSection = found.section
        lineRole = roleOf(table, found.section)
        if (!lineOnly) {
          section = lineSection
          role = lineRole
          afterHeading = true
        }
        cursor = found.end
      }
      if (whole && !(listed && role === "assessed")) enter(whole, false)
      for (
        let colon = text.indexOf(":", cursor);
        colon >= 0 && colon < lineEnd;
        colon = text.indexOf(":", colon + 1)
      ) {
        const found = headingBefore(table, text, cursor, colon)
        if (!found) continue
        push(cursor, found.start)
        // A label of a list line ("- Plan: ...", "- Labs: ...") speaks for its own line only.
        enter(found, listed && found.start === from && section !== "")
      }
      push(cursor, lineEnd)
      afterBlank = false
    } else {
      afterBlank = true
    }
    lineStart = lineEnd + 1
    from = lineStart
  }
  return stretches
}
