/**
 * Stretches as sentences: wrapped lines joined, list items apart, inline numbering ("1. ... 2. ...") taken apart,
 * cells of tables and entries with tick boxes each for itself.
 */
import { BOX, isTicked, type Marker } from "./marks"
import type { Stretch } from "./sections"

export type Box = "ticked" | "open"

export interface RawSentence {
  start: number
  end: number
  /** Position of the stretch it begins in. */
  stretch: number
  /** A list mark or number stands in front of it. */
  marker: Marker
  /** First sentence of its stretch. */
  first: boolean
  /** A cell of a table row behind another cell. */
  cell: boolean
  /** The tick box it belongs to. */
  box?: Box
}

/** Lines that were wrapped by a machine end between these columns; shorter or longer ones are lines of their own. */
const WRAP_FROM = 60
const WRAP_TO = 100
/** Shorter lines are joined too when the next begins small; shorter than this they are entries of a list. */
const SHORT_LINE = 24

const TITLES =
  /(?:^|[\s(])(?:dr|drs|mr|mrs|ms|prof|st|vs|no|nos|approx|e\.g|i\.e|etc|fig|jr|sr|pt|dept|est|resp|temp|wt|ht|hr|hrs|min|mins|yr|yrs|mo|mos|wk|wks|tab|tabs|cap|caps|inj|a\.m|p\.m|b\.i\.d|t\.i\.d|q\.i\.d|p\.o|p\.r\.n|q\.d|h\.s|c\.c|[A-Z])\.$/i
/** After these a capital letter begins a new sentence all the same: "at 8 p.m. She left", "20 mg p.o. Follow up". */
const MAY_END =
  /(?:etc|a\.m|p\.m|b\.i\.d|t\.i\.d|q\.i\.d|p\.o|p\.r\.n|q\.d|h\.s|hr|hrs|min|mins|yr|yrs|mo|mos|wk|wks|tab|tabs|cap|caps|wt|ht|temp|resp|pt)\.$/i

/** Words that never end a line of their own: the next line goes on. */
const OPEN_END =
  /(?:^|\s)(?:a|an|the|of|and|or|with|without|to|for|in|on|by|from|at|no|not|her|his|their|is|was|were|has|had|have|that|which|who|than|as|due|denies|received)$/i
/** What is said of them follows in the same cell. */
const OPEN_CELL =
  /(?:^|\s)(?:any|denied|evidence|negative|positive|history|acute|chronic|mild|severe|left|right|possible|likely|status|post)$/i

/** Two stretches are one text when the line was only wrapped. */
function wraps(text: string, before: Stretch, after: Stretch): boolean {
  if (after.marker !== "" || !after.lineStart || after.afterBlank || after.afterHeading) return false
  if (before.section !== after.section) return false
  const last = text[before.end - 1] ?? ""
  if (/[.!?:;]/.test(last)) return false
  const gap = text.slice(before.end, before.end + 12)
  // Two blanks before the break are a break that was meant (Markdown); so are cells of a table.
  if (/^ {2,}\r?\n/.test(gap) || gap[0] === "\t") return false
  if (/^(?:\[[ xX]?\]|[☐☑☒□])/.test(text.slice(after.start, after.start + 3))) return false
  const next = text[after.start] ?? ""
  const length = before.end - before.start
  const tail = text.slice(Math.max(before.start, before.end - 12), before.end)
  if (last === "," || OPEN_END.test(tail)) return true
  if (/[a-z(&]/.test(next) && length >= SHORT_LINE) return true
  // "... and received⏎2 L of fluid."
  if (/\d/.test(next) && length >= SHORT_LINE + 16) return true
  const column = length + before.indent
  return column >= WRAP_FROM && column <= WRAP_TO && after.indent === before.indent && before.marker === ""
}

interface Cut {
  at: number
  marker: Marker
  cell?: true
  box?: Box
}

/** Tried only where `mayCut` says that it may hold: a search through the text would run past its end. */
const CUTS =
  /(?:[.!?](?=["')\]]*(?:\s|$|,\s*\d{1,2}[.)]|,[ \t]*[A-Z]))|\t+|(?=[ \u00a0]{3})(?<=\S)[ \u00a0]{3,}(?=\S)|\s[•●▪]\s|\s\|\s|\|(?=\S)|(?=[(#\d])(?<=[^\d\s][:;,.]|[:;,.]\s)\(?#?\d{1,2}[.)]\s+(?=[A-Za-z])|\s\(?#?(\d{1,2})[.)]\s*(?=[A-Za-z])|\[[ xX✓✔*]?\](?!\()|\([ xX]\)|[☐☑☒□■])/y

/** By character of ASCII: 1 may begin a cut, 2 a blank, which does before some characters, 3 a digit or #, behind some. */
const BEGINS = new Uint8Array(128)
for (const mark of ".!?|[(\t") BEGINS[mark.charCodeAt(0)] = 1
for (const blank of " \n\r\v\f") BEGINS[blank.charCodeAt(0)] = 2
for (const digit of "#0123456789") BEGINS[digit.charCodeAt(0)] = 3
const BEHIND_BLANK = /[\s•●▪|(#\d]/
const BEFORE_NUMBER = /[\s:;,.]/

/** False where no cut can begin: decided by one or two characters, for nearly all of a text. */
function mayCut(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code > 127) return true
  const kind = BEGINS[code]
  if (kind === 0 || kind === undefined) return false
  if (kind === 1) return true
  return kind === 2 ? BEHIND_BLANK.test(text[at + 1] ?? "") : BEFORE_NUMBER.test(text[at - 1] ?? "")
}

/** The first cut that begins at `from` or behind it, before `end`. */
function nextCut(text: string, from: number, end: number): RegExpExecArray | undefined {
  for (let at = from; at < end; at++) {
    if (!mayCut(text, at)) continue
    CUTS.lastIndex = at
    const match = CUTS.exec(text)
    if (match) return match
  }
  return undefined
}

/** Whether the boxes of a text stand behind their entries: "chest pain [ ]  palpitations [x]". */
function boxesBehind(text: string): boolean {
  const boxes = [...text.matchAll(BOX)]
  const first = boxes[0]
  const last = boxes[boxes.length - 1]
  if (!first || !last) return false
  const before = text.slice(0, first.index).trim()
  return before !== "" && !before.endsWith(":") && text.slice(last.index + last[0].length).trim() === ""
}

/** A cell of a table set with blanks is shorter than this. */
const CELL = 45
const ANSWER = /[:?]\s*(?:y|n|yes|no|none|neg|pos)$/i

/** Blanks between columns, not those left over where a wrapped line was pasted into one. */
function isColumnGap(text: string, start: number, from: number, to: number): boolean {
  const cell = text.slice(Math.max(start, from - CELL), from)
  const line = cell.slice(cell.lastIndexOf("\n") + 1)
  if (ANSWER.test(line)) return true
  if (line.length === CELL || OPEN_END.test(line) || OPEN_CELL.test(line) || /[,;]$/.test(line)) return false
  return /[A-Z\d([☐☑☒]/.test(text[to] ?? "")
}

/** Ends of sentences inside one text, exclusive; the last is `end`. @param counted number in front of the text, or -1 */
function cuts(text: string, start: number, end: number, number: number): Cut[] {
  const found: Cut[] = []
  let counted = number
  let behind: boolean | undefined
  let next = start
  for (let match = nextCut(text, next, end); match; match = nextCut(text, next, end)) {
    const mark = match[0]
    const after = match.index + mark.length
    next = after
    if (mark === "." || mark === "!" || mark === "?") {
      // "? pneumonia" and "pneumonia ?" doubt, they end nothing.
      if (mark === "?" && /^$|[\s(]/.test(match.index > start ? (text[match.index - 1] ?? "") : "")) continue
      const rest = text.slice(after, after + 12)
      if (mark === "." && TITLES.test(text.slice(Math.max(start, match.index - 8), after))) {
        const word = text.slice(Math.max(start, match.index - 8), after)
        if (!MAY_END.test(word) || !/^[\s,]+[A-Z][a-z]/.test(rest)) continue
      }
      // "approx. 3 cm", "no. 5": a small letter goes on with the sentence.
      if (mark === "." && /^[a-z]/.test(rest.trimStart()) && !/^\s?\n/.test(rest) && !rest.startsWith("  "))
        continue
      found.push({ at: after, marker: "" })
    } else if (/^[ \u00a0]+$/.test(mark)) {
      if (!isColumnGap(text, start, match.index, after)) continue
      found.push({ at: match.index, marker: "", cell: true })
    } else if (/^\t+$/.test(mark)) {
      found.push({ at: match.index, marker: "", cell: true })
    } else if (mark.includes("|")) {
      found.push({ at: match.index, marker: "", cell: true })
    } else if (/^(?:\[|\([ xX]\)|[☐☑☒□■])/.test(mark)) {
      behind ??= boxesBehind(text.slice(start, end))
      const box: Box = isTicked(mark) ? "ticked" : "open"
      if (behind) found.push({ at: after, marker: "", box })
      else found.push({ at: match.index, marker: "", box })
    } else if (/\d/.test(mark)) {
      const value = Number(/\d+/.exec(mark)?.[0])
      // Without a mark before it, a number only begins an entry when it goes on counting: "1) HTN 2) gout".
      if (match[1] !== undefined && value !== counted + 1) {
        next = match.index + 1
        continue
      }
      counted = value
      found.push({ at: match.index, marker: "number" })
    } else {
      found.push({ at: match.index, marker: "bullet" })
    }
  }
  // A box behind its entry ticks what stands before it.
  if (behind) {
    for (let i = 0; i < found.length; i++) {
      const { box, at, marker } = found[i]!
      if (box) found[i] = { at, marker }
      if (box)
        found.splice(i, 0, { at: Math.max(start, i === 0 ? start : found[i - 1]!.at), marker: "", box })
      if (box) i++
    }
  }
  return found
}

const INLINE_NUMBER = /^\(?#?(\d{1,2})[.)]\s*(?=[A-Za-z])/
const INLINE_BOX = /^(?:\[[ xX✓✔*]?\]|\([ xX]\)|[☐☑☒□■])\s*/
const BOX_BEHIND = /\s*(?:\[[ xX✓✔*]?\]|\([ xX]\)|[☐☑☒□■])$/

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
    let box: Box | undefined
    let cell = false
    let first = true
    const push = (to: number) => {
      let [start, stop] = trimmed(text, from, to)
      const number = INLINE_NUMBER.exec(text.slice(start, Math.min(stop, start + 8)))
      if (number) {
        marker = "number"
        start += number[0].length
      }
      start += INLINE_BOX.exec(text.slice(start, Math.min(stop, start + 6)))?.[0].length ?? 0
      stop -= BOX_BEHIND.exec(text.slice(Math.max(start, stop - 6), stop))?.[0].length ?? 0
      if (stop > start) {
        sentences.push({ start, end: stop, stretch: head, marker, first, cell, ...(box ? { box } : {}) })
        first = false
        box = undefined
        cell = false
        marker = ""
      }
      from = to
    }
    for (const cut of cuts(text, stretch.start, end, stretch.number)) {
      push(cut.at)
      if (cut.marker !== "") marker = cut.marker
      if (cut.box) box = cut.box
      cell = cut.cell === true
    }
    push(end)
  }
  return sentences
}
