/** One document, sentence by sentence: what is said, what it may be coded to, and what modifies it. */
import type { CodePack, TermKind } from "@/classification/pack-api"
import { isParted, Reach, type Reason, reasonsFor } from "../assertion/decide"
import { findTriggers, type TriggerHit } from "../assertion/triggers"
import type { CompiledLexicon } from "../lexicon/compile"
import { holds } from "../lexicon/conditions"
import { goesOn, phrasesByForm } from "../lexicon/phrases"
import type { SectionRole } from "../lexicon-types"
import type { ReadDocument, Sentence } from "../text/document"
import { type Match, PackMatcher } from "./concepts"
import { genericKind } from "./generic"
import { trimesterSaid } from "./gestation"
import { type Occurrence, occurrencesOf, placeIn } from "./occurrences"
import { factsOf } from "./pack-facts"
import { denied } from "./polarity"
import { selectMatches, strength } from "./select"
import { isSide, withBothSides } from "./sides"
import { Speller } from "./spelling"
import { fitsSpread, placesOf, spreadsIn } from "./spread"

export interface Mention {
  match: Match
  sentence: Sentence
  /** Position among the document's sentences. */
  sentenceAt: number
  /** What modifies it, nearest first; empty when affirmed, current and the patient's own. */
  reasons: Reason[]
  /** A term of the stop list: names no condition well enough to be assessed by itself. */
  generic: boolean
  /** Folded words that may refine it: those of its sentence that no other mention takes, denied ones marked. */
  said: ReadonlySet<string>
}

/** @param skips kinds of terms that are not matched */
export function createMatchers(
  packs: readonly CodePack[],
  lexicon: CompiledLexicon,
  skips: readonly TermKind[] = []
): PackMatcher[] {
  return packs.map((pack) => {
    const speller = pack.info.system === "ICD-10-CM" ? new Speller(pack, lexicon.words) : undefined
    return new PackMatcher(pack, lexicon.optionalWords, speller, new Set(skips), lexicon.sites)
  })
}

/** A word that the sentence says and where: a modifier ("R", "lt") or what an abbreviation stands for, too. */
interface SaidWord {
  word: string
  first: number
  last: number
  /** Refines whatever the sentence names, whichever mention its words belong to. */
  ofAll?: true
}

/** A wording of a value of an axis ("lt", "new onset") and where the sentence has it. */
export interface ModifierHit {
  axis: string
  /** Folded words of the value as titles word it. */
  value: readonly string[]
  first: number
  last: number
}

/** Modifiers of a sentence, at every place the longest that holds there. */
export function modifiersIn(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence
): ModifierHit[] {
  const found: ModifierHit[] = []
  const { atoms } = document
  const starting = phrasesByForm(lexicon.modifiers, atoms)
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const phrase of starting[atoms.form[at]!]!) {
      if (!goesOn(atoms, at, phrase.tokens, sentence.last)) continue
      const last = at + phrase.tokens.length
      const { axis, spelled, when, value } = phrase.value
      if (spelled !== undefined && document.text.slice(atoms.start[at], atoms.end[last - 1]) !== spelled)
        continue
      if (!holds(when, placeIn(document, sentence, at, last))) continue
      found.push({ axis, value, first: at, last })
      break
    }
  }
  return found
}

/** Words the sentence says, synonyms and modifiers read. */
function wordsSaid(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence,
  occurrences: readonly Occurrence[]
): SaidWord[] {
  const said: SaidWord[] = [...occurrences]
  for (const occurrence of occurrences) {
    const trimester = trimesterSaid(occurrence)
    if (!trimester) continue
    const { first, last } = occurrence
    for (const word of [trimester, "trimester"]) said.push({ word, first, last, ofAll: true })
  }
  for (const { value, first, last } of modifiersIn(lexicon, document, sentence))
    for (const word of value) said.push({ word, first, last })
  return said
}

/**
 * What of the sentence may refine a mention. Words that another mention of the sentence is made of belong to
 * that one ("chronic" of a lung disease makes no cough chronic); denied words are marked as denied, doubted
 * ones left out.
 */
function saidOf(
  sentence: Sentence,
  said: readonly SaidWord[],
  reach: Reach,
  match: Match,
  owners: ReadonlyMap<number, Match>
): Set<string> {
  const own = new Set(match.atoms)
  const beside = reach.beside(match.first, match.last)
  const words = new Set<string>()
  for (const each of said) {
    let mine = false
    let others = false
    for (let at = each.first; at < each.last; at++) {
      if (own.has(at)) mine = true
      else {
        const owner = owners.get(at)
        others ||= owner !== undefined && (owner.first >= match.last || owner.last <= match.first)
      }
    }
    if (others && !mine && !each.ofAll) continue
    // "Right shoulder and left hip pain": the side behind the shoulder is the hip's.
    if (match.sharesNoun && !mine && each.first > match.first && isSide(each.word)) continue
    const by = mine ? [] : beside.filter(({ atoms }) => atoms[each.first - sentence.first] === 1)
    if (by.length === 0) words.add(each.word)
    else if (by.some(({ denies }) => denies)) words.add(denied(each.word))
  }
  return words
}

/** Drugs and supplies are named, not described: at least two words of their title, side by side, as printed. */
function isNamedOutright(match: Match): boolean {
  return match.size > 1 && match.missing === 0 && match.gap === 0 && match.via.length === 0
}

/** @param generic whether vague conditions of the stop list count everywhere (every mention is wanted) */
export function scan(
  lexicon: CompiledLexicon,
  matchers: readonly PackMatcher[],
  document: ReadDocument,
  generic: boolean
): Mention[] {
  const mentions: Mention[] = []
  const trimesters = new Set<string>()
  document.sentences.forEach((sentence, sentenceAt) => {
    if (sentence.role === "administrative") return
    const occurrences = occurrencesOf(lexicon.wordings, document, sentence)
    if (occurrences.length === 0) return
    if (sentence.role !== "history" && sentence.role !== "family")
      for (const each of occurrences) {
        const trimester = trimesterSaid(each)
        if (trimester) trimesters.add(trimester)
      }
    const spreads = spreadsIn(document, sentence)
    let said: SaidWord[] | undefined
    let hits: TriggerHit[] | undefined
    for (const matcher of matchers) {
      const found = matcher.find(
        document,
        occurrences,
        spreads.length > 0 ? { shared: placesOf(spreads) } : {}
      )
      // A provider who lists "Scar." or "Incontinence." as a problem means it; in running text it is a word.
      const open = generic || sentence.part === "problem"
      const usable = found.filter((match) => {
        if (!fitsSpread(spreads, document, match)) return false
        if (match.pack.info.system !== "ICD-10-CM" && !isNamedOutright(match)) return false
        match.generic = genericKind(lexicon, match)
        return match.generic === undefined || (open && match.generic === "condition")
      })
      // "Opioid use disorder" names no code, and "opioid use" inside it is not what was said.
      const names = found.filter((match) => match.generic === "word" && match.size > 2)
      const meant =
        names.length === 0
          ? usable
          : usable.filter(
              (match) => !names.some((name) => match.atoms.every((at) => name.atoms.includes(at)))
            )
      if (meant.length === 0) continue
      hits ??= findTriggers(lexicon.triggers, document.atoms, sentence)
      const triggers = hits
      const reach = new Reach(document, sentence, triggers)
      const chosen = selectMatches(
        triggers.length === 0 ? meant : meant.filter((each) => !isParted(document, triggers, each.atoms)),
        document
      )
      const owners = new Map<number, Match>()
      for (const match of chosen) for (const atom of match.atoms) owners.set(atom, match)
      for (const match of chosen) {
        said ??= wordsSaid(lexicon, document, sentence, occurrences)
        mentions.push({
          match,
          sentence,
          sentenceAt,
          reasons: reasonsFor(document, sentence, hits, match.first, match.last),
          said: withBothSides(document, match, saidOf(sentence, said, reach, match, owners)),
          generic: match.generic !== undefined
        })
      }
    }
  })
  return inTrimester(mentions, trimesters)
}

/** Chapter 15. */
const OBSTETRIC = /^O/

/** One pregnancy has one trimester at a visit: weeks told in one sentence count for what the others say of it. */
function inTrimester(mentions: Mention[], trimesters: ReadonlySet<string>): Mention[] {
  const [only, ...others] = trimesters
  if (only === undefined || others.length > 0) return mentions
  for (const mention of mentions) {
    const { pack, row } = mention.match
    if (!OBSTETRIC.test(pack.code(row)) || mention.said.has("trimester")) continue
    mention.said = new Set([...mention.said, only, "trimester"])
  }
  return mentions
}

/** Where it is told how an injury came about. */
const TELLS_CAUSES: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "assessed",
  "narrative",
  "symptom",
  "findings",
  "nursing"
])
/** A cause worded by one word alone ("fall") is the least that may be said; "fire", "water", "dog" say nothing. */
const ALONE: ReadonlySet<string> = new Set(["fall", "assault"])

/** Its index refers to some injuries too ("Inhalation, food"): those are no causes. */
function isCause(match: Match): boolean {
  return /^[V-Y]/.test(match.pack.code(match.row)) && saysHow(match)
}

function saysHow({ pack, term, size, missing }: Match): boolean {
  if (size - missing > 1) return true
  return factsOf(pack)
    .termWords(term)
    .some((word) => ALONE.has(word))
}

/**
 * External causes (Chapter 20), by the words of their own index: read only where the chart tells of an injury, since
 * ordinary words ("step", "water", "car") lead to them. The most telling one of a sentence.
 */
export function scanCauses(
  lexicon: CompiledLexicon,
  matchers: readonly PackMatcher[],
  document: ReadDocument
): Mention[] {
  const mentions: Mention[] = []
  document.sentences.forEach((sentence, sentenceAt) => {
    if (!TELLS_CAUSES.has(sentence.role)) return
    const occurrences = occurrencesOf(lexicon.wordings, document, sentence)
    if (occurrences.length === 0) return
    for (const matcher of matchers) {
      if (matcher.pack.info.system !== "ICD-10-CM") continue
      const usable = matcher.find(document, occurrences, { reading: "causes" }).filter(isCause)
      if (usable.length === 0) continue
      const hits = findTriggers(lexicon.triggers, document.atoms, sentence)
      const [match] = selectMatches(
        usable.filter((each) => !isParted(document, hits, each.atoms)),
        document
      ).sort((a, b) => strength(b) - strength(a))
      if (!match) continue
      const said = wordsSaid(lexicon, document, sentence, occurrences)
      mentions.push({
        match,
        sentence,
        sentenceAt,
        reasons: reasonsFor(document, sentence, hits, match.first, match.last),
        said: new Set(said.map((each) => each.word)),
        generic: false
      })
    }
  })
  return mentions
}
