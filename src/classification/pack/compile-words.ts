/** Numbers the words, and writes the word lists of the terms and the postings from words back to terms. */

import { compareUtf8 } from "./bytes"
import { ROWS_A_BLOCK, TERM_KINDS } from "./format"
import { RecordWriter } from "./records"
import { ByteWriter, type SectionWriter, writeAscending } from "./section-writer"
import type { RawTerm } from "./term-list"

const utf8 = new TextEncoder()

/** How many terms require each word, by its number. */
function countTerms(terms: readonly RawTerm[], words: number): Uint32Array {
  const counts = new Uint32Array(words)
  for (const term of terms) for (const word of term.required) counts[word]!++
  return counts
}

function asRecord(values: readonly number[], out: ByteWriter): Uint8Array {
  out.clear()
  writeAscending(values, out)
  return out.view()
}

/** Terms must stand in the order of their rows; `said` are their words. `sourceOf` gives what is kept as the source of a term. */
export function writeTerms(
  sections: SectionWriter,
  terms: readonly RawTerm[],
  said: readonly string[],
  rows: number,
  sourceOf: (term: RawTerm) => number
): void {
  const counts = countTerms(terms, said.length)
  // Most frequent first: frequent words get small numbers, and the rarest word of a term is its greatest.
  const order = said
    .map((_, n) => n)
    .sort((a, b) => counts[b]! - counts[a]! || (said[a]! < said[b]! ? -1 : 1))
  const words = order.map((n) => said[n]!)
  const numbers = new Uint32Array(said.length)
  for (const [number, n] of order.entries()) numbers[n] = number
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
    order.map((n) => counts[n]!)
  )

  const out = new ByteWriter()
  const wordLists = new RecordWriter()
  const anchored: number[][] = words.map(() => [])
  const others: number[][] = words.map(() => [])
  for (const [n, term] of terms.entries()) {
    const required = ascending(term.required.map((word) => numbers[word]!))
    wordLists.add(asRecord(required, out))
    anchored[required[required.length - 1]!]!.push(n)
    for (let i = 0; i < required.length - 1; i++) others[required[i]!]!.push(n)
    for (const word of term.optional) others[numbers[word]!]!.push(n)
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

/** A handful of numbers, in place: the comparing sort of the language costs more than the work itself. */
function ascending(numbers: number[]): number[] {
  for (let i = 1; i < numbers.length; i++) {
    const number = numbers[i]!
    let at = i
    for (; at > 0 && numbers[at - 1]! > number; at--) numbers[at] = numbers[at - 1]!
    numbers[at] = number
  }
  return numbers
}
