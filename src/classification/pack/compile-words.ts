/** Numbers the words, and writes the word lists of the terms and the postings from words back to terms. */

import { compareUtf8 } from "./bytes"
import type { RawTerm } from "./collect-terms"
import { ROWS_A_BLOCK, TERM_KINDS } from "./format"
import { RecordWriter } from "./records"
import { ByteWriter, type SectionWriter, writeAscending } from "./section-writer"

const utf8 = new TextEncoder()

function countTerms(terms: readonly RawTerm[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) {
    for (const word of term.required) counts.set(word, (counts.get(word) ?? 0) + 1)
    for (const word of term.optional) if (!counts.has(word)) counts.set(word, 0)
  }
  return counts
}

function asRecord(values: readonly number[], out: ByteWriter): Uint8Array {
  out.clear()
  writeAscending(values, out)
  return out.take()
}

/** Terms must stand in the order of their rows. `sourceOf` gives what is kept as the source of a term. */
export function writeTerms(
  sections: SectionWriter,
  terms: readonly RawTerm[],
  rows: number,
  sourceOf: (term: RawTerm) => number
): void {
  const counts = countTerms(terms)
  // Most frequent first: frequent words get small numbers, and the rarest word of a term is its greatest.
  const words = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
  const numbers = new Map(words.map((word, n) => [word, n]))
  const encoded = words.map((word) => utf8.encode(word))
  const wordRecords = new RecordWriter()
  for (const bytes of encoded) wordRecords.add(bytes)
  sections.records("wordAt", "wordBytes", wordRecords)
  sections.numbers(
    "wordOrder",
    words.map((_, n) => n).sort((a, b) => compareUtf8(encoded[a]!, encoded[b]!))
  )
  sections.numbers(
    "wordTerms",
    words.map((word) => counts.get(word)!)
  )

  const out = new ByteWriter()
  const wordLists = new RecordWriter()
  const anchored: number[][] = words.map(() => [])
  const others: number[][] = words.map(() => [])
  for (const [n, term] of terms.entries()) {
    const required = term.required.map((word) => numbers.get(word)!).sort((a, b) => a - b)
    wordLists.add(asRecord(required, out))
    anchored[required[required.length - 1]!]!.push(n)
    for (const id of required.slice(0, -1)) others[id]!.push(n)
    for (const word of term.optional) others[numbers.get(word)!]!.push(n)
  }
  sections.records("termWordsAt", "termWordsBytes", wordLists)
  const anchors = new RecordWriter()
  for (const list of anchored) anchors.add(asRecord(list, out))
  sections.records("anchorAt", "anchorBytes", anchors)
  const postings = new RecordWriter()
  for (const list of others) postings.add(asRecord(list, out))
  sections.records("postingAt", "postingBytes", postings)

  const perRow = new Uint32Array(rows)
  for (const term of terms) perRow[term.row]!++
  const starts: number[] = []
  let before = 0
  for (let row = 0; row < rows; row++) {
    if (row % ROWS_A_BLOCK === 0) starts.push(before)
    before += perRow[row]!
  }
  sections.numbers("rowTermCount", perRow)
  sections.numbers("rowTermStart", starts)
  sections.numbers(
    "termFlags",
    terms.map(
      (term) =>
        TERM_KINDS.indexOf(term.kind) | (term.incomplete ? 8 : 0) | (Math.min(15, term.required.length) << 4)
    )
  )
  sections.numbers("termSource", terms.map(sourceOf))
}
