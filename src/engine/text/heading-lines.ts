/**
 * Where a line holds headings: in front of a colon or dash, alone on the line, in capitals in front of text or
 * in the middle of a dictated paragraph, as a single letter (S, O, A, P).
 */
import { findHeading, type HeadingTable, headOf } from "../lexicon/headings"
import type { Heading } from "../lexicon-types"

export interface Found {
  start: number
  /** Past the colon or the heading's own end. */
  end: number
  heading: Heading
  /** How it stands there. */
  by: "colon" | "line" | "dash" | "capitals" | "title"
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

/** "P: 72" is a pulse, "A: 1. Gout" an assessment. */
const MEASURED = /^[ \t]*\d+(?![.)]\s)/

/** A heading in front of the colon at `colon`. @param lineStart where the text of the line begins */
export function headingBefore(
  table: HeadingTable,
  text: string,
  lineStart: number,
  colon: number
): Found | undefined {
  const start = headingStart(text, lineStart, colon)
  if (start < 0) return undefined
  const wording = text.slice(start, colon)
  const inside = text.slice(lineStart, start).trim() !== ""
  // "... with pain. pmh:" is no heading; at the start of a line small letters are accepted.
  if (inside && !/^[A-ZÀ-Þ*_]/.test(wording)) return undefined
  if (wording.trim().length === 1 && MEASURED.test(text.slice(colon + 1, colon + 6))) return undefined
  const capitals = isCapitals(wording)
  const known = findHeading(table, wording, { colon: true, alone: false, capitals }, capitals)
  if (known) return { start, end: colon + 1, heading: known, by: "colon" }
  const from = capitalsStart(text, start, colon)
  if (from > start) {
    const tail = findHeading(table, text.slice(from, colon), { colon: true, alone: false, capitals: true })
    if (tail) return { start: from, end: colon + 1, heading: tail, by: "colon" }
  }
  return undefined
}

const CONNECTIVES: ReadonlySet<string> = new Set(
  "of and or for in on at to the with from per by prior during as this since a".split(" ")
)

/** Nothing but headings is written like this: "Current Outpatient Medications on File Prior to Visit". */
function isTitleCase(line: string): boolean {
  const words = line.split(/\s+/)
  return (
    words.length <= 9 &&
    words.every((word) => !/^[a-z]/.test(word) || CONNECTIVES.has(word)) &&
    !/[.!?;,\d]/.test(line)
  )
}

/** A heading that is the whole line, or stands before a spaced dash at its start. */
export function headingLine(
  table: HeadingTable,
  text: string,
  start: number,
  end: number,
  loose: boolean
): Found | undefined {
  const line = text.slice(start, end).trimEnd()
  if (line.length === 0 || line.length > 80) return undefined
  const capitals = isCapitals(line)
  if (!capitals && !/^[A-ZÀ-Þ*_#=[]/.test(line)) return undefined
  // "S", "O", "A", "P" alone on their lines.
  const letter = /^[SOAP]$/.test(line)
    ? findHeading(table, line, { colon: true, alone: true, capitals })
    : undefined
  if (letter) return { start, end, heading: letter, by: "line" }
  if (!/[.!?]$/.test(line)) {
    const style = { colon: false, alone: true, capitals }
    const alone =
      findHeading(table, line, style, capitals) ??
      (loose && !capitals && isTitleCase(line) ? headOf(table, line) : undefined)
    if (alone) return { start, end, heading: alone, by: "line" }
  }
  const dash = /\s[–—-]\s|[–—]/.exec(line)
  if (dash && dash.index > 0) {
    const before = line.slice(0, dash.index)
    const known = findHeading(table, before, { colon: true, alone: false, capitals: isCapitals(before) })
    if (known) {
      const rest = line.slice(dash.index + dash[0].length)
      // "Exam – MSK" names a part of the section; "Imp – BPPV, typical" goes on with text.
      const title = rest.trim().split(/\s+/).length <= 3 && known.section !== "assessment"
      return { start, end: title ? end : start + dash.index + dash[0].length, heading: known, by: "dash" }
    }
  }
  return undefined
}

/** Capitals at the start of a line or behind the end of a sentence, as far as the run goes. */
const CAPITALS_RUN =
  /(?:^|[.!?;]["')]?[ \t]+|[.!?;],[ \t]*)([A-Z][A-Z&'-]*(?:[ \t]*[/,][ \t]*[A-Z][A-Z&'-]*|[ \t]+[A-Z&][A-Z&'-]*)*)(?=[ \t,]+\S|[ \t]*,?$)/g

/** Words that make a clause of what stands before them: "PLAN OF CARE WAS DISCUSSED", "Medical history is long". */
const GOES_ON = /^(?:of|that|for|to|from|in|on|by|with)\b/i

const SAYS_MORE =
  /^(?:is|was|are|were|will|has|had|and|made|discussed|reviewed|as|at|includes?|including|plan)\b/i
const CONCLUDES: ReadonlySet<string> = new Set([
  "assessment",
  "assessment-plan",
  "impression",
  "diagnosis",
  "discharge-diagnosis",
  "plan"
])

/**
 * Headings in capitals without a colon. In a line that goes on in small letters they may stand anywhere behind the
 * end of a sentence; where all is in capitals only at the start of the line, and of two words or more.
 */
export function headingsInCapitals(table: HeadingTable, text: string, start: number, end: number): Found[] {
  const line = text.slice(start, end)
  if (!/^[A-Z]|[.!?;]["')]?,?[ \t]*[A-Z]{4}/.test(line)) return []
  const all = !SMALL.test(line)
  const found: Found[] = []
  for (const match of line.matchAll(CAPITALS_RUN)) {
    const run = match[1] ?? ""
    const at = match.index + match[0].length - run.length
    if (run.length < 4) continue
    const words = [...run.matchAll(/[^ \t]+/g)]
    for (let keep = Math.min(words.length, 7); keep > 0; keep--) {
      const last = words[keep - 1]!
      const length = last.index + last[0].length
      const wording = run.slice(0, length)
      const heading = findHeading(table, wording, {
        colon: false,
        alone: keep === words.length,
        capitals: true
      })
      if (!heading || heading.needs || wording.length < 4) continue
      const rest = line.slice(at + length).replace(/^[ \t,]+/, "")
      if (rest === "" && at === 0) break
      // Dictated in capitals throughout: what the provider concludes begins anew ("ASSESSMENT DIABETES").
      const concludes = CONCLUDES.has(heading.section)
      if (all && ((keep < 2 && !concludes) || (at > 0 && !concludes))) break
      if (all && (GOES_ON.test(rest) || SAYS_MORE.test(rest))) break
      // What follows begins anew: "IMPRESSION Acute bronchitis", not "PLAN was made".
      if (!all && rest !== "" && !/^(?:[A-ZÀ-Þ\d([#*•-]|$)/.test(rest)) break
      found.push({ start: start + at, end: start + at + length, heading, by: "capitals" })
      break
    }
  }
  return found
}

/** "Past Medical History Hypertension, gout": a heading of two or more capitalised words runs into its text. */
export function headingInTitleCase(
  table: HeadingTable,
  text: string,
  start: number,
  end: number
): Found | undefined {
  const line = text.slice(start, Math.min(end, start + 90))
  const run = /^(?:[A-Z][a-z]+(?:[ \t]+(?:of|and|&)(?=[ \t]))?[ \t]+){2,5}(?=[A-Z\d])/.exec(line)?.[0]
  if (!run) return undefined
  const words = [...run.matchAll(/[^ \t]+/g)]
  for (let keep = words.length; keep > 1; keep--) {
    const last = words[keep - 1]!
    const length = last.index + last[0].length
    const heading = findHeading(table, run.slice(0, length), { colon: false, alone: false, capitals: false })
    if (!heading || heading.needs) continue
    const rest = line.slice(length).trimStart()
    if (!/^[A-Z\d]/.test(rest) || GOES_ON.test(rest)) return undefined
    return { start, end: start + length, heading, by: "title" }
  }
  return undefined
}
