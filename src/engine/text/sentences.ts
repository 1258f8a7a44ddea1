/** Stretches as sentences: wrapped lines joined, list items apart, inline numbering ("1. ... 2. ...") taken apart. */
import type { Marker, Stretch } from "./sections"

export interface RawSentence {
  start: number
  end: number
  /** Position of the stretch it begins in. */
  stretch: number
  /** A list mark or number stands in front of it. */
  marker: Marker
  /** First sentence of its stretch. */
  first: boolean
}

/** Lines that were wrapped by a machine end between these columns; shorter or longer ones are lines of their own. */
const WRAP_FROM = 60
const WRAP_TO = 100

const TITLES = /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|no|approx|e\.g|i\.e|etc|fig|jr|sr|pt|[A-Z])\.$/i

/** Two stretches are one text when the line was only wrapped. */
function wraps(text: string, before: Stretch, after: Stretch): boolean {
  if (after.marker !== "" || !after.lineStart || after.afterBlank || after.afterHeading) return false
  if (before.section !== after.section) return false
  const last = text[before.end - 1] ?? ""
  if (/[.!?:;]/.test(last)) return false
  // Two blanks before the break are a break that was meant (Markdown).
  if (/^ {2,}\r?\n/.test(text.slice(before.end, before.end + 8))) return false
  const next = text[after.start] ?? ""
  const length = before.end - before.start
  if (last === "," || (/[a-z(&]/.test(next) && length >= 24)) return true
  return length >= WRAP_FROM && length <= WRAP_TO && after.indent === before.indent && before.marker === ""
}

/** Ends of sentences inside one text, exclusive; the last is `end`. */
function cuts(text: string, start: number, end: number): { at: number; marker: Marker }[] {
  const found: { at: number; marker: Marker }[] = []
  const pattern =
    /[.!?](?=["')\]]*(?:\s|$|,\s*\d{1,2}[.)]))|\t|\s[•●▪]\s|\s\|\s|(?<=[:;,.]\s?)\(?\d{1,2}[.)]\s+(?=[A-Za-z])|\n/g
  pattern.lastIndex = start
  for (let match = pattern.exec(text); match && match.index < end; match = pattern.exec(text)) {
    const mark = match[0]
    const after = match.index + mark.length
    if (mark === "\n") continue
    if (/^[.!?]$/.test(mark)) {
      if (mark === "." && TITLES.test(text.slice(Math.max(start, match.index - 8), after))) continue
      // "approx. 3 cm", "no. 5": a small letter goes on with the sentence.
      const rest = text.slice(after, after + 12).trimStart()
      if (/^[a-z]/.test(rest) && mark === "." && !/^\s*\n/.test(text.slice(after, after + 2))) {
        if (text.slice(after, after + 2) !== "  ") continue
      }
      found.push({ at: after, marker: "" })
    } else if (/\d/.test(mark)) {
      found.push({ at: match.index, marker: "number" })
    } else {
      found.push({ at: match.index, marker: /[•●▪]/.test(mark) ? "bullet" : "" })
    }
  }
  return found
}

const INLINE_NUMBER = /^\(?#?\d{1,2}[.)]\s+(?=\S)/

function trimmed(text: string, start: number, end: number): [number, number] {
  while (start < end && /[\s,•●▪|]/.test(text[start] ?? "")) start++
  while (end > start && /[\s,|]/.test(text[end - 1] ?? "")) end--
  return [start, end]
}

/** @returns sentences in order, as offsets into `text`; none is empty */
export function findSentences(text: string, stretches: readonly Stretch[]): RawSentence[] {
  const sentences: RawSentence[] = []
  let at = 0
  while (at < stretches.length) {
    const head = at
    const stretch = stretches[at]!
    let end = stretch.end
    while (at + 1 < stretches.length && wraps(text, stretches[at]!, stretches[at + 1]!)) {
      at++
      end = stretches[at]!.end
    }
    at++
    let from = stretch.start
    let marker: Marker = stretch.marker
    let first = true
    const push = (to: number) => {
      let [start, stop] = trimmed(text, from, to)
      const number = INLINE_NUMBER.exec(text.slice(start, Math.min(stop, start + 8)))
      if (number) {
        marker = "number"
        start += number[0].length
      }
      if (stop > start) {
        sentences.push({ start, end: stop, stretch: head, marker, first })
        first = false
      }
      marker = ""
      from = to
    }
    for (const cut of cuts(text, stretch.start, end)) {
      push(cut.at)
      if (cut.marker !== "") marker = cut.marker
    }
    push(end)
  }
  return sentences
}
