/** A document read once: sections, sentences, clauses, problem lines. Everything later works on this. */
import type { HeadingTable } from "../lexicon/headings"
import type { SectionId, SectionRole } from "../lexicon-types"
import { type Atoms, atomAt, atomize } from "./atoms"
import type { Marker } from "./marks"
import { markParts, markSummaries } from "./parts"
import { markAnswers } from "./rows"
import { findStretches, type Stretch } from "./sections"
import { type Box, findSentences } from "./sentences"

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
  /** Atom position of the colon behind the name of a problem ("Hypertension: at goal"), -1 without one. */
  nameEnd: number
  /** The tick box in front of it or behind it. */
  box?: Box
  /** Atom positions of the short cells or ticked answers behind it in its row: "Gout | 2015 | Resolved". */
  answers?: { first: number; last: number }[]
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
  /** For each sentence the number of its table row. */
  const rows: number[] = []
  let row = -1
  for (const each of raw) {
    if (!each.cell && !each.box) row++
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
        lineStart: first === begin && each.first && stretch.lineStart,
        nameEnd: -1,
        ...(each.box ? { box: each.box } : {})
      })
      rows.push(row)
      stretchOf.push(each.stretch)
    }
  }
  const document = { text, length, atoms, stretches, sentences, clause, sentenceOf }
  markParts(document, sentences, stretchOf)
  markSummaries(sentences)
  markAnswers(atoms, sentences, rows)
  return document
}
