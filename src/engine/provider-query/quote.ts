/** Pieces of a note as they can be quoted: to the letter, not too long, never over a cut word. */
import type { ReadDocument, Sentence } from "../text/document"

/** Longer sentences are quoted in part. */
export const LONGEST_QUOTE = 180

export interface Piece {
  start: number
  end: number
  quote: string
}

/** UTF-16 offsets of a sentence. */
export function placeOf({ atoms }: ReadDocument, { first, last }: Sentence): { start: number; end: number } {
  return { start: atoms.start[first] ?? 0, end: atoms.end[last - 1] ?? 0 }
}

/** The sentence that holds an offset; undefined in headings and between sentences. */
export function sentenceAt(read: ReadDocument, offset: number): Sentence | undefined {
  const { atoms, sentenceOf, sentences } = read
  let low = 0
  let high = atoms.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((atoms.end[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return sentences[sentenceOf[low] ?? -1]
}

/**
 * Words from `from` to `to` with as much of their sentence as is worth quoting.
 *
 * @param within offsets of the sentence
 */
export function quoteAround(
  text: string,
  within: { start: number; end: number },
  from: number,
  to: number
): Piece {
  let { start, end } = { start: Math.min(within.start, from), end: Math.max(within.end, to) }
  if (end - start > LONGEST_QUOTE) {
    const room = Math.max(0, LONGEST_QUOTE - (to - from))
    // A value stands behind its name more often than before it.
    const left = Math.max(start, from - Math.floor(room / 3))
    const right = Math.min(end, to + (room - (from - left)))
    start = left === start ? start : nextWord(text, left, from)
    end = right === end ? end : lastWord(text, to, right)
  }
  while (start < end && /[\s,;:|]/.test(text[start] ?? "")) start++
  while (end > start && /[\s,;:|]/.test(text[end - 1] ?? "")) end--
  return { start, end, quote: text.slice(start, end) }
}

function nextWord(text: string, from: number, limit: number): number {
  const blank = text.slice(from, limit).search(/\s/)
  return blank < 0 ? limit : from + blank + 1
}

function lastWord(text: string, limit: number, to: number): number {
  const blank = text.slice(limit, to).search(/\s\S*$/)
  return blank < 0 ? limit : limit + blank
}

/** As it stands on one line of a query: line breaks of the page are not the author's. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}

/** "03/14/2026": how days are written in records of the United States. */
export function usDay(day: string): string {
  const [year, month, date] = day.split("-")
  return `${month}/${date}/${year}`
}
