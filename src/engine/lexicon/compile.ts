/** A lexicon made ready once: tables and tries that every document is read with. */
import { type CompiledTrigger, compileTriggers, type TriggerTable } from "../assertion/triggers"
import { type AxisWords, compileAxisWords } from "../axes/words"
import type { Combination, IntegralSymptoms, Lexicon, SupportPhrase } from "../lexicon-types"
import { CodeGroups } from "../suggest/code-groups"
import { atomize } from "../text/atoms"
import { type CompiledCondition, compileCondition } from "./conditions"
import { compileHeadings, type HeadingTable } from "./headings"
import { compilePatterns, type PatternSet } from "./patterns"
import { PhraseTable } from "./phrases"
import { compileWordings, type WordingTable } from "./wordings"

export interface CompiledModifier {
  id: string
  axis: string
  /** Folded words of the value as titles word it. */
  value: string[]
  /** As spelled, when only that spelling counts. */
  spelled?: string
  when?: CompiledCondition
}

export interface CompiledIntegral {
  rule: IntegralSymptoms
  diagnosis: PatternSet
  symptoms: PatternSet
}

export interface CompiledCombination {
  rule: Combination
  all: PatternSet[]
  drops: PatternSet
  keeps: PatternSet
  unless: string[][]
}

export interface CompiledLexicon {
  headings: HeadingTable
  wordings: WordingTable
  triggers: TriggerTable
  /** Folded words of each generic term, joined by blanks in alphabetical order. */
  generic: ReadonlyMap<string, { condition: boolean }>
  groups: CodeGroups
  /** Folded words for parts of the body. */
  sites: ReadonlySet<string>
  /** Folded words that say that two conditions are not related. */
  unlinks: readonly string[][]
  integral: CompiledIntegral[]
  combinations: CompiledCombination[]
  modifiers: PhraseTable<CompiledModifier>
  /** Folded words, with the codes they may be left out for; undefined: all. */
  optionalWords: WordsByCode
  /** Folded words that silence means, with the codes in whose titles; undefined: all. */
  defaultWords: WordsByCode
  support: PhraseTable<SupportPhrase>
  /** What titles say of the axes of the classification. */
  axisWords: AxisWords
  /** Every folded word the lexicon uses: real words, however the classification spells its own. */
  words: ReadonlySet<string>
}

/** Folded words, with the codes they count for; undefined: all. */
export type WordsByCode = ReadonlyMap<string, PatternSet | undefined>

export type { CompiledTrigger }

function words(text: string): string[] {
  return atomize(text).folded
}

function wordsUsed(lexicon: Lexicon): Set<string> {
  const used = new Set<string>()
  const add = (text: string) => {
    for (const word of words(text)) used.add(word)
  }
  for (const { abbr, also, expansions } of lexicon.abbreviations) {
    for (const text of [abbr, ...(also ?? []), ...expansions.map((each) => each.words)]) add(text)
  }
  for (const { term, words: meant } of lexicon.synonyms) {
    add(term)
    add(meant)
  }
  for (const { words: wordings } of lexicon.modifiers) for (const text of wordings) add(text)
  for (const { term } of lexicon.genericTerms) add(term)
  for (const list of [lexicon.headings, lexicon.triggers, lexicon.supportPhrases])
    for (const { text } of list) add(text)
  return used
}

function wordsByCode(entries: readonly { term: string; codes?: string[] }[]): WordsByCode {
  return new Map(
    entries.flatMap(({ term, codes }) =>
      words(term).map((word) => [word, codes && compilePatterns(codes)] as const)
    )
  )
}

export function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const modifiers = new PhraseTable<CompiledModifier>()
  for (const { id, axis, value, words: wordings, caseSensitive, when } of lexicon.modifiers) {
    const folded = words(value)
    const compiled = { id, axis, value: folded, when: compileCondition(when) }
    for (const wording of [value, ...wordings]) {
      modifiers.add(
        words(wording),
        caseSensitive && wording !== value ? { ...compiled, spelled: wording } : compiled
      )
    }
  }
  const support = new PhraseTable<SupportPhrase>()
  for (const phrase of lexicon.supportPhrases) support.add(words(phrase.text), phrase)
  return {
    headings: compileHeadings(lexicon),
    wordings: compileWordings(lexicon),
    triggers: compileTriggers(lexicon.triggers),
    generic: new Map(
      lexicon.genericTerms.map((entry) => [
        words(entry.term).sort().join(" "),
        { condition: entry.condition === true }
      ])
    ),
    sites: new Set((lexicon.bodySites ?? []).flatMap(({ term }) => words(term))),
    groups: new CodeGroups(lexicon.codeGroups ?? []),
    unlinks: lexicon.triggers.filter((each) => each.unlinks).map((each) => words(each.text)),
    integral: lexicon.integralSymptoms.map((rule) => ({
      rule,
      diagnosis: compilePatterns(rule.diagnosis),
      symptoms: compilePatterns(rule.symptoms)
    })),
    combinations: lexicon.combinations.map((rule) => ({
      rule,
      all: rule.all.map(compilePatterns),
      drops: compilePatterns(rule.drops),
      keeps: compilePatterns(rule.keeps),
      unless: (rule.unless ?? []).map(words)
    })),
    modifiers,
    optionalWords: wordsByCode(lexicon.optionalWords),
    defaultWords: wordsByCode(lexicon.defaultWords),
    support,
    axisWords: compileAxisWords(lexicon.axes ?? []),
    words: wordsUsed(lexicon)
  }
}
