/** What a sentence is inside an assessment or plan: the name of a problem, what is said under it, a summary. */
import type { SectionRole } from "../lexicon-types"
import type { Atoms } from "./atoms"
import type { Sentence } from "./document"
import type { Stretch } from "./sections"

/** Most words of a line that can be the name of a problem. */
const PROBLEM_WORDS = 12

interface Line {
  words: number
  endsWithColon: boolean
}

function measure(document: { text: string; atoms: Atoms }, first: number, last: number): Line {
  let words = 0
  for (let at = first; at < last; at++) words += document.atoms.isWord[at] ?? 0
  return { words, endsWithColon: document.atoms.lower[last - 1] === ":" }
}

/**
 * Where the name of a problem ends in front of a colon ("Hypertension: at goal on lisinopril"), as an atom position;
 * -1 without one.
 */
function nameEnd(document: { atoms: Atoms }, sentence: Sentence): number {
  if (!sentence.lineStart && sentence.marker === "") return -1
  const { atoms } = document
  let words = 0
  for (let at = sentence.first; at < sentence.last && words <= PROBLEM_WORDS; at++) {
    if (atoms.isWord[at]) words++
    else if (atoms.lower[at] === ":") return words > 0 ? at : -1
  }
  return -1
}

/** The stretch begins behind a heading on the same line. */
function isInline(text: string, stretch: Stretch): boolean {
  const lineStart = text.lastIndexOf("\n", stretch.start - 1) + 1
  return stretch.marker === "" && text.slice(lineStart, stretch.start).trim() !== ""
}

/** A line set in bold by marks: "**Depression**". */
function isBold(document: { text: string; atoms: Atoms }, sentence: Sentence): boolean {
  if (!sentence.lineStart) return false
  const { atoms, text } = document
  const to = atoms.end[sentence.last - 1] ?? 0
  return /(?:\*\*|__):?$/.test(text.slice(Math.max(0, to - 3), to))
}

function isAssessed(role: SectionRole): boolean {
  return role === "assessed" || role === "plan"
}

/** Tells problem lines from the text under them, section by section. */
export function markParts(
  document: { text: string; atoms: Atoms; stretches: Stretch[] },
  sentences: Sentence[],
  stretchOf: number[]
): void {
  let item = -1
  let section = ""
  let underLine = false
  let lastListed = -2
  let numberIndent = -1
  let lettered = false
  for (let i = 0; i < sentences.length; i++) {
    const sentence = sentences[i]!
    const stretch = document.stretches[stretchOf[i] ?? 0]!
    if (!isAssessed(stretch.homeRole)) {
      section = stretch.home
      underLine = false
      continue
    }
    if (stretch.home !== section) {
      underLine = false
      numberIndent = -1
      section = stretch.home
    }
    if (stretch.section !== stretch.home) {
      // A label inside a problem ("Plan:", "Treatment:", "Education:") speaks of that problem.
      sentence.part = underLine ? "body" : "flat"
      sentence.item = underLine ? item : -1
      continue
    }
    sentence.nameEnd = nameEnd(document, sentence)
    if (stretch.afterHeading && sentence.lineStart && item >= 0 && isInline(document.text, stretch)) {
      // "Gout⏎Assessment & Plan: Colchicine.": the heading comes again inside a problem.
      const before = document.stretches[stretchOf[i - 1] ?? 0]
      if (before?.home === stretch.home && underLine) {
        sentence.part = "body"
        sentence.item = item
        continue
      }
    }
    const newLine = sentence.lineStart || sentence.marker === "number"
    if (!newLine) {
      sentence.part = item >= 0 && underLine ? "body" : "flat"
      sentence.item = underLine ? item : -1
      continue
    }
    const next = sentences[i + 1]
    const nextStretch = next ? document.stretches[stretchOf[i + 1] ?? 0] : undefined
    const line = measure(document, sentence.first, sentence.last)
    const short = line.words <= PROBLEM_WORDS
    const aloneOnLine = !next || next.lineStart || next.marker !== ""
    const listUnder =
      nextStretch !== undefined &&
      ((next?.marker === "bullet" && next.lineStart) ||
        (nextStretch.afterHeading &&
          nextStretch.home === stretch.home &&
          isInline(document.text, nextStretch)))
    let problem = false
    if (sentence.marker === "number") {
      const letter = sentence.lineStart && stretch.number < 0 && stretch.marker === "number"
      // "2. Gout⏎a. colchicine": letters under numbers, or numbers under letters, belong to the problem.
      problem =
        numberIndent < 0 ||
        !underLine ||
        stretch.indent < numberIndent ||
        (stretch.indent === numberIndent && letter === lettered)
      if (problem) {
        numberIndent = stretch.indent
        lettered = letter
      }
    } else if (isBold(document, sentence)) {
      problem = true
    } else if (sentence.marker === "bullet") {
      problem = !underLine && !stretch.afterHeading
      if (problem) {
        sentence.part = "problem"
        sentence.item = ++item
        continue
      }
    } else if (underLine && numberIndent >= 0 && (stretch.indent > numberIndent || !stretch.afterBlank)) {
      problem = false
    } else if (short && aloneOnLine && !stretch.afterHeading) {
      problem = listUnder || line.endsWithColon || (stretch.afterBlank && line.words <= 8)
    } else if (short && aloneOnLine && stretch.afterHeading) {
      problem = true
    }
    // One problem a line, nothing under them: "Knee sprain." "Diabetes." "Hypertension."
    if (
      !problem &&
      numberIndent < 0 &&
      lastListed === i - 1 &&
      sentence.marker === "" &&
      line.words <= 8 &&
      aloneOnLine
    )
      problem = true
    if (problem && sentence.marker === "") lastListed = i
    if (problem) {
      sentence.part = "problem"
      sentence.item = ++item
      underLine = true
    } else if (underLine && (sentence.marker === "bullet" || !stretch.afterBlank || stretch.indent > 0)) {
      sentence.part = "body"
      sentence.item = item
    } else if (underLine && numberIndent >= 0) {
      sentence.part = "body"
      sentence.item = item
    } else {
      sentence.part = "flat"
      underLine = false
    }
  }
}

/** In a section that lists problems, what stands before the first of them is a summary. */
export function markSummaries(sentences: Sentence[]): void {
  let from = 0
  while (from < sentences.length) {
    let to = from
    while (to < sentences.length && sentences[to]!.section === sentences[from]!.section) to++
    if (isAssessed(sentences[from]!.role)) {
      let firstProblem = from
      while (firstProblem < to && sentences[firstProblem]!.part !== "problem") firstProblem++
      if (firstProblem === to) firstProblem = from
      for (let i = from; i < firstProblem; i++)
        if (sentences[i]!.part === "flat") sentences[i]!.part = "summary"
    }
    from = to
  }
}
