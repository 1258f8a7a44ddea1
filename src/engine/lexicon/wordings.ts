/**
 * Abbreviations and synonyms, ready for reading: what a run of words in a note may also be read as.
 * Expansions are words of the classification, never codes.
 */
import { contentWords, isFunctionWord } from "@/classification/words"
import type { Abbreviation, Synonym } from "../lexicon-types"
import { atomize } from "../text/atoms"
import { type CompiledCondition, compileCondition } from "./conditions"
import { type PhraseSource, PhraseTable } from "./phrases"

export interface Reading {
  /** Folded content words. */
  words: string[]
  when?: CompiledCondition
}

export interface Wording {
  /** "abbr.copd", "syn.heart-attack" */
  id: string
  kind: "abbreviation" | "synonym" | "personal"
  /** As spelled, when only that spelling counts. */
  spelled?: string
  /** Abbreviations: the first reading whose condition holds. Synonyms: one. */
  readings: Reading[]
}

export interface WordingTable {
  phrases: PhraseSource<Wording>
  /** For folded words of a reading: further readings of parts of them ("kidney" -> "renal"). */
  also(words: readonly string[]): readonly string[][]
}

function foldedAtoms(text: string): string[] {
  return atomize(text).folded
}

interface AbbreviationKey {
  tokens: string[]
  spelled?: string
  /** Not written so in the lexicon: an abbreviation of its own with these letters goes first. */
  plural?: true
}

function abbreviationKeys(abbreviation: Abbreviation): AbbreviationKey[] {
  const keys: AbbreviationKey[] = []
  for (const spelling of [abbreviation.abbr, ...(abbreviation.also ?? [])]) {
    const spelled = abbreviation.caseSensitive ? spelling : undefined
    keys.push({ tokens: foldedAtoms(spelling), spelled })
    if (/^[a-z]{2,}$/i.test(spelling)) {
      // "ICDs", "COPDs": a plural s is the reader's business; folding leaves three-letter words alone.
      const plural = foldedAtoms(`${spelling}s`)
      // "HA", "DOE": their plural would be an English word.
      if (!isFunctionWord(plural[0] ?? "") && plural[0] !== keys[keys.length - 1]!.tokens[0]) {
        keys.push({ tokens: plural, spelled: spelled && `${spelled}s`, plural: true })
      }
    }
  }
  return keys
}

export function compileWordings(lexicon: {
  abbreviations: readonly Abbreviation[]
  synonyms: readonly Synonym[]
}): WordingTable {
  const phrases = new PhraseTable<Wording>()
  const free = new PhraseTable<string[]>()
  const plurals: (() => void)[] = []
  for (const abbreviation of lexicon.abbreviations) {
    const readings = abbreviation.expansions.map((expansion) => ({
      words: contentWords(expansion.words),
      when: compileCondition(expansion.when)
    }))
    for (const { tokens, spelled, plural } of abbreviationKeys(abbreviation)) {
      const add = () => phrases.add(tokens, { id: abbreviation.id, kind: "abbreviation", spelled, readings })
      if (plural) plurals.push(add)
      else add()
    }
  }
  // "PCOS" is an abbreviation before it is the plural of "PCO".
  for (const add of plurals) add()
  const addSynonym = (id: string, from: string, to: string, when: CompiledCondition | undefined) => {
    const words = contentWords(to)
    const tokens = foldedAtoms(from)
    if (words.length === 0 || tokens.length === 0) return
    phrases.add(tokens, { id, kind: "synonym", readings: [{ words, when }] })
    if (!when) free.add(contentWords(from), words)
  }
  for (const synonym of lexicon.synonyms) {
    const when = compileCondition(synonym.when)
    addSynonym(synonym.id, synonym.term, synonym.words, when)
    if (!synonym.oneWay) addSynonym(synonym.id, synonym.words, synonym.term, when)
  }
  const known = new Map<string, readonly string[][]>()
  const also = (words: readonly string[]): readonly string[][] => {
    const key = words.join(" ")
    let readings = known.get(key)
    if (!readings) {
      readings = []
      for (let at = 0; at < words.length; at++) {
        for (const phrase of free.startingWith(words[at] ?? "")) {
          if (phrase.tokens.every((token, i) => words[at + i] === token))
            (readings as string[][]).push(phrase.value)
        }
      }
      known.set(key, readings)
    }
    return readings
  }
  return { phrases, also }
}
