/** A document read once: sections, sentences, clauses, problem lines. Everything later works on this. */
import type { HeadingTable } from "../lexicon/headings"
import type { SectionId, SectionRole } from "../lexicon-types"
import { type Atoms, atomAt, atomize } from "./atoms"
import { findStretches, type Marker, type Stretch } from "./sections"
import { findSentences } from "./sentences"

/**
 * What a sentence is inside an assessment or plan.
 * - problem: names a problem ("1. Hypertension.", a short line with bullets under it, a line of a problem list)
 * - body: what is said under such a line
 * - summary: text before the first problem line, which tells who the patient is and repeats the history
 * - flat: text without problem lines
 */
export type Part = "problem" | "body" | "summary" | "flat"

export interface Sentence {
  /** Atom positions, `last` exclusive. */
  first: number
  last: number
  section: SectionId
  role: SectionRole
  part: Part
  /** Number of the problem it belongs to, -1 outside problem lists. */
  item: number
  marker: Marker
  /** First sentence on its line. */
  lineStart: boolean
}

export interface ReadDocument {
  text: string
  /** Characters read; less than `text.length` when the text was too long. */
  length: number
  atoms: Atoms
  stretches: Stretch[]
  sentences: Sentence[]
  /** For each atom the number of its clause; -1 outside sentences (headings, list marks). */
  clause: Int32Array
  /** For each atom its sentence, -1 outside. */
  sentenceOf: Int32Array
}

/** Words that begin a clause of their own: what is said before them does not reach over. */
const CLAUSE_WORDS: ReadonlySet<string> = new Set([
  "but",
  "however",
  "although",
  "though",
  "whereas",
  "while",
  "except",
  "because",
  "since"
])

const CLAUSE_MARKS: ReadonlySet<string> = new Set([";", ":", "•", "●", "▪", "|", "→", "!", "?"])

/** In atoms. */
const LONGEST_SENTENCE = 300

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

function isAssessed(role: SectionRole): boolean {
  return role === "assessed" || role === "plan"
}

/** Tells problem lines from the text under them, section by section. */
function markParts(
  document: { text: string; atoms: Atoms; stretches: Stretch[] },
  sentences: Sentence[],
  stretchOf: number[]
): void {
  let item = -1
  let section = ""
  let underLine = false
  let lastListed = -2
  let numberIndent = -1
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
    const listUnder = nextStretch !== undefined && next?.marker === "bullet" && next.lineStart
    let problem = false
    if (sentence.marker === "number") {
      problem = numberIndent < 0 || stretch.indent <= numberIndent || !underLine
      if (problem) numberIndent = stretch.indent
    } else if (sentence.marker === "bullet") {
      problem = !underLine && !stretch.afterHeading
      if (problem) {
        sentence.part = "problem"
        sentence.item = ++item
        continue
      }
    } else if (short && aloneOnLine && !stretch.afterHeading) {
      problem = listUnder || line.endsWithColon || (stretch.afterBlank && line.words <= 8)
    } else if (short && aloneOnLine && stretch.afterHeading) {
      problem = true
    }
    // One problem a line, nothing under them: "Knee sprain." "Diabetes." "Hypertension."
    if (!problem && lastListed === i - 1 && sentence.marker === "" && line.words <= 8 && aloneOnLine)
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
function markSummaries(sentences: Sentence[]): void {
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

/** Reads a document. @param limit characters to read at most */
export function readDocument(text: string, headings: HeadingTable, limit = text.length): ReadDocument {
  const length = Math.min(limit, text.length)
  const atoms = atomize(text, length)
  const stretches = findStretches(headings, text, length)
  const raw = findSentences(text, stretches)
  const clause = new Int32Array(atoms.count).fill(-1)
  const sentenceOf = new Int32Array(atoms.count).fill(-1)
  const sentences: Sentence[] = []
  const stretchOf: number[] = []
  let clauses = 0
  for (const each of raw) {
    const begin = atomAt(atoms, each.start)
    const end = atomAt(atoms, each.end)
    // Text without marks is cut by length: what belongs together stands nearer than that.
    for (let first = begin; first < end; first += LONGEST_SENTENCE) {
      const last = Math.min(end, first + LONGEST_SENTENCE)
      const stretch = stretches[each.stretch]!
      clauses++
      for (let at = first; at < last; at++) {
        const lower = atoms.lower[at] ?? ""
        if (at > first && (CLAUSE_MARKS.has(lower) || CLAUSE_WORDS.has(lower))) clauses++
        clause[at] = clauses
        sentenceOf[at] = sentences.length
      }
      sentences.push({
        first,
        last,
        section: stretch.section,
        role: stretch.role,
        part: "flat",
        item: -1,
        marker: first === begin ? each.marker : "",
        lineStart: first === begin && each.first && stretch.lineStart
      })
      stretchOf.push(each.stretch)
    }
  }
  const document = { text, length, atoms, stretches, sentences, clause, sentenceOf }
  markParts(document, sentences, stretchOf)
  markSummaries(sentences)
  return document
}
