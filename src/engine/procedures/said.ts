/** Phrases of the lexicon in a sentence, and what the sentence says happened. */

import { type Reason, reasonsFor } from "../assertion/decide"
import { findTriggers, type TriggerHit } from "../assertion/triggers"
import type { CompiledLexicon } from "../lexicon/compile"
import { goesOn, type PhraseTable, phrasesByForm } from "../lexicon/phrases"
import { atomize } from "../text/atoms"
import type { ReadDocument, Sentence } from "../text/document"
import type { ServicePhrase } from "./types"

/** Folded words of a phrase, as a document has them. */
export function foldedWords(text: string): string[] {
  return atomize(text).folded
}

export interface Hit<T> {
  /** Atom positions, `last` exclusive. */
  first: number
  last: number
  value: T
}

/** Phrases of the table in `first` .. `last`; at one place the longest, all that are equally long. */
export function phrasesIn<T>(
  table: PhraseTable<T>,
  { atoms }: ReadDocument,
  first: number,
  last: number
): Hit<T>[] {
  const hits: Hit<T>[] = []
  const starting = phrasesByForm(table, atoms)
  for (let at = first; at < last; at++) {
    let length = 0
    for (const { tokens, value } of starting[atoms.form[at]!]!) {
      if (tokens.length < length) break
      if (!goesOn(atoms, at, tokens, last)) continue
      length = tokens.length
      hits.push({ first: at, last: at + length, value })
    }
  }
  return hits
}

/** Hits that lie in no longer one: "heart catheterization" in "right and left heart catheterization" is a part of it. */
export function outermost<T>(hits: readonly Hit<T>[]): Hit<T>[] {
  return hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.first <= hit.first &&
          other.last >= hit.last &&
          other.last - other.first > hit.last - hit.first
      )
  )
}

export type Says = ServicePhrase["says"]

/** What the sentence says of what it names. Where phrases overlap, the longer one counts. */
export function saysOf(table: PhraseTable<Says>, document: ReadDocument, sentence: Sentence): Set<Says> {
  const hits = phrasesIn(table, document, sentence.first, sentence.last)
  const counting = hits.filter(
    (hit) =>
      !hits.some(
        (other) =>
          other.first < hit.last && other.last > hit.first && other.last - other.first > hit.last - hit.first
      )
  )
  return new Set(counting.map(({ value }) => value))
}

const NOT_HERE: ReadonlySet<string> = new Set([
  "negated",
  "ruled-out",
  "possible",
  "historical",
  "family",
  "other-person",
  "hypothetical",
  "planned",
  "allergy"
])

/** Reads the triggers of a sentence once, and only when something in it is asked about. */
export class SentenceReasons {
  private hits: TriggerHit[] | undefined

  constructor(
    private readonly lexicon: CompiledLexicon,
    private readonly document: ReadDocument,
    private readonly sentence: Sentence
  ) {}

  /** What modifies the words, as `reasonsFor`. */
  of(first: number, last: number): Reason[] {
    this.hits ??= findTriggers(this.lexicon.triggers, this.document.atoms, this.sentence)
    return reasonsFor(this.document, this.sentence, this.hits, first, last)
  }

  /** True when the words are denied, past, planned, conditional or another person's. */
  isElsewhere(first: number, last: number): boolean {
    return this.of(first, last).some(({ category }) => NOT_HERE.has(category))
  }
}
