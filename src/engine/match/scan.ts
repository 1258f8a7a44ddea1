/** One document, sentence by sentence: what is said, what it may be coded to, and what modifies it. */
import type { CodePack, TermKind } from "@/classification/pack-api"
import { type Reason, reasonsFor } from "../assertion/decide"
import { findTriggers, type TriggerHit } from "../assertion/triggers"
import type { CompiledLexicon } from "../lexicon/compile"
import { holds } from "../lexicon/conditions"
import type { ReadDocument, Sentence } from "../text/document"
import { type Match, PackMatcher } from "./concepts"
import { type Occurrence, occurrencesOf } from "./occurrences"
import { selectMatches } from "./select"

export interface Mention {
  match: Match
  sentence: Sentence
  /** Position among the document's sentences. */
  sentenceAt: number
  /** What modifies it, nearest first; empty when affirmed, current and the patient's own. */
  reasons: Reason[]
  /** A term of the stop list: names no condition well enough to be assessed by itself. */
  generic: boolean
  /** Folded words that may refine it: those of its sentence. */
  said: ReadonlySet<string>
}

/** Wordings that lead to codes: drugs and external causes only speak where something says so (not yet read). */
const KINDS: ReadonlySet<TermKind> = new Set<TermKind>(["title", "inclusion", "index", "neoplasm"])

export function createMatchers(packs: readonly CodePack[], lexicon: CompiledLexicon): PackMatcher[] {
  return packs.map((pack) => new PackMatcher(pack, lexicon.optionalWords, KINDS))
}

/** Words the sentence says, synonyms and modifiers ("R", "lt") read. */
function saidIn(
  lexicon: CompiledLexicon,
  document: ReadDocument,
  sentence: Sentence,
  occurrences: readonly Occurrence[]
): Set<string> {
  const said = new Set<string>()
  for (const occurrence of occurrences) said.add(occurrence.word)
  const { atoms } = document
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const phrase of lexicon.modifiers.startingWith(atoms.folded[at] ?? "")) {
      const last = at + phrase.tokens.length
      if (last > sentence.last) continue
      if (!phrase.tokens.every((token, i) => atoms.folded[at + i] === token)) continue
      const { spelled, when, value } = phrase.value
      if (spelled !== undefined && document.text.slice(atoms.start[at], atoms.end[last - 1]) !== spelled)
        continue
      const place = {
        atoms,
        first: at,
        last,
        from: sentence.first,
        to: sentence.last,
        section: sentence.section,
        lineStart: sentence.lineStart
      }
      if (!holds(when, place)) continue
      for (const word of value) said.add(word)
      break
    }
  }
  return said
}

/** Whether the term is on the stop list; "condition": it names one, only vaguely. */
function genericKind(lexicon: CompiledLexicon, match: Match): "condition" | "word" | undefined {
  const { pack, term } = match
  if (match.size > 3) return undefined
  const words = Array.from(pack.terms.words(term), (id) => pack.vocabulary.word(id))
  const entry = lexicon.generic.get(words.sort().join(" "))
  return entry && (entry.condition ? "condition" : "word")
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
  document.sentences.forEach((sentence, sentenceAt) => {
    if (sentence.role === "administrative") return
    const occurrences = occurrencesOf(lexicon.wordings, document, sentence)
    if (occurrences.length === 0) return
    let said: Set<string> | undefined
    let hits: TriggerHit[] | undefined
    for (const matcher of matchers) {
      const found = matcher.find(document, occurrences)
      // A provider who lists "Scar." or "Incontinence." as a problem means it; in running text it is a word.
      const open = generic || sentence.part === "problem"
      const usable = found.filter((match) => {
        if (match.pack.info.system !== "ICD-10-CM" && !isNamedOutright(match)) return false
        match.generic = genericKind(lexicon, match)
        return match.generic === undefined || (open && match.generic === "condition")
      })
      if (usable.length === 0) continue
      for (const match of selectMatches(usable)) {
        said ??= saidIn(lexicon, document, sentence, occurrences)
        hits ??= findTriggers(lexicon.triggers, document.atoms, sentence)
        const reasons = reasonsFor(document, sentence, hits, match.first, match.last)
        mentions.push({
          match,
          sentence,
          sentenceAt,
          reasons,
          said,
          generic: match.generic !== undefined
        })
      }
    }
  })
  return mentions
}
