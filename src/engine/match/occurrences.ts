/** Which words a sentence holds, said or meant: each with the atoms that carry it. */
import { isFunctionWord } from "@/classification/words"
import { holds, type Place } from "../lexicon/conditions"
import { goesOn, type Phrase, phrasesByForm } from "../lexicon/phrases"
import type { Wording, WordingTable } from "../lexicon/wordings"
import type { ReadDocument, Sentence } from "../text/document"
import { weeksOfGestation } from "./gestation"

export interface Occurrence {
  word: string
  /** Atoms that carry the word, `last` exclusive. */
  first: number
  last: number
  clause: number
  /** Id of the abbreviation or synonym; "" when the word itself stands there. */
  via: string
  /** Words of the reading in all; missing when the word itself stands there. */
  of?: number
  /** Two readings away from what stands there: a synonym of an expansion. Says less than the words themselves. */
  derived?: true
}

function spelledAs(document: ReadDocument, first: number, last: number, spelled: string): boolean {
  const { atoms, text } = document
  return text.slice(atoms.start[first], atoms.end[last - 1]) === spelled
}

/** Where a run of atoms stands, for the conditions of the lexicon. */
export function placeIn(
  { atoms }: ReadDocument,
  { first: from, last: to, section, lineStart }: Sentence,
  first: number,
  last: number
): Place {
  return { atoms, first, last, from, to, section, lineStart }
}

const NONE: never[] = []

/** The wordings that begin at `at`, longest first. Abbreviations hide shorter ones, synonyms do not. */
function wordingsAt(
  starting: readonly Phrase<Wording>[],
  document: ReadDocument,
  sentence: Sentence,
  at: number
): { wording: Wording; last: number }[] {
  if (starting.length === 0) return NONE
  const { atoms } = document
  const found: { wording: Wording; last: number }[] = []
  for (const phrase of starting) {
    if (!goesOn(atoms, at, phrase.tokens, sentence.last)) continue
    const last = at + phrase.tokens.length
    if (phrase.value.spelled !== undefined && !spelledAs(document, at, last, phrase.value.spelled)) continue
    found.push({ wording: phrase.value, last })
  }
  return found
}

/** What the sentence says, word by word, with readings of abbreviations and synonyms at the same atoms. */
export function occurrencesOf(
  table: WordingTable,
  document: ReadDocument,
  sentence: Sentence,
  ambiguous?: (wording: Wording, first: number, last: number) => void
): Occurrence[] {
  const { atoms, clause } = document
  const starting = phrasesByForm(table.phrases, atoms)
  const occurrences: Occurrence[] = []
  let coveredTo = sentence.first
  /** The last abbreviation of several words. */
  let phraseFrom = sentence.first
  let phraseTo = sentence.first
  for (let at = sentence.first; at < sentence.last; at++) {
    const folded = atoms.folded[at] ?? ""
    const clauseHere = clause[at] ?? 0
    // "Secondary to" says a cause; "secondary hypertension" is a kind.
    if (folded === "secondary" && atoms.folded[at + 1] === "to") continue
    // A mark can begin a wording ("#NOF", "+ve") but is no word of its own.
    let ownWord = atoms.isWord[at] === 1 && at >= coveredTo && folded !== "" && !isFunctionWord(folded)
    for (const { wording, last } of wordingsAt(starting[atoms.form[at]!]!, document, sentence, at)) {
      // Inside a phrase of the lexicon ("Glasgow coma scale") no shorter wording stands for itself.
      if (wording.kind !== "synonym" ? at < coveredTo : last <= phraseTo && last - at < phraseTo - phraseFrom)
        continue
      const place = placeIn(document, sentence, at, last)
      const reading = wording.readings.find((each) => holds(each.when, place))
      if (!reading) {
        if (wording.kind === "abbreviation") ambiguous?.(wording, at, last)
        continue
      }
      const add = (word: string) =>
        occurrences.push({
          word,
          first: at,
          last,
          clause: clauseHere,
          via: wording.id,
          of: reading.words.length
        })
      for (const word of reading.words) add(word)
      for (const words of table.also(reading.words))
        for (const word of words)
          occurrences.push({
            word,
            first: at,
            last,
            clause: clauseHere,
            via: wording.id,
            ...(reading.words.includes(word) ? {} : { derived: true })
          })
      if (wording.kind !== "synonym") {
        coveredTo = Math.max(coveredTo, last)
        if (last - at > 1) {
          phraseFrom = at
          phraseTo = last
        }
        // A resolved abbreviation is no word of its own, unless the classification prints it too ("COPD").
        // The coder's own shorthand stands for what the coder says and nothing else.
        ownWord =
          wording.kind === "abbreviation" && atoms.isWord[at] === 1 && folded !== "" && last - at === 1
      }
    }
    if (ownWord) occurrences.push({ word: folded, first: at, last: at + 1, clause: clauseHere, via: "" })
  }
  const weeks = weeksOfGestation(document, sentence)
  return weeks.length > 0 ? [...occurrences, ...weeks] : occurrences
}
