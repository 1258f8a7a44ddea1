/** How well a term answers a search text: how much of the text it says, and how little else. */

import type { CompiledPack } from "../pack/open"
import type { TermKind } from "../pack-api"
import type { Slot } from "./query"
import {
  LESS_USUAL_WORD,
  NEGATION,
  NUMBER,
  OPPOSITE,
  PARTICULAR,
  REMAINDER_WORD,
  type WordKinds
} from "./word-kinds"

export interface TermScore {
  term: number
  /** For each slot how well it is answered, from 0 to 1. */
  answered: Float32Array
  /** For each slot the number of the alternative that answers it, 255 when none does. */
  by: Uint8Array
  /** Share of the term's words (by rarity) that the search text asked for. */
  covered: number
  /** Below 1 when the term says something against the search text: the other side, another stage. */
  agreement: number
  /** Below 1 when the term excludes something or names a remainder ("other") that nobody asked for. */
  surplus: number
  kind: TermKind
  /** Number of words. */
  length: number
}

/** Where the wording stands: the index leads, the tables of drugs follow. */
const KIND_FACTOR: Record<TermKind, number> = {
  index: 1.03,
  title: 1.02,
  inclusion: 1.01,
  neoplasm: 0.98,
  external: 0.96,
  drug: 0.88,
  pcs: 1
}

const NONE = 255
const ASKED_FOR = 0.8
/** "Fracture of femur" is a poor answer to "fracture of neck of femur". */
const PARTIAL = 2.5
/** What a word costs that makes the wording one of newborns, pregnancy, complications ..., asked by nobody. */
const PARTICULAR_UNASKED = 0.82
const LESS_USUAL_UNASKED = 0.97
/** Numbers that nobody asked for cost once: "stage 1 through stage 4" is not worse than "stage 5". */
const NUMBER_UNASKED = 0.7
/** What a word in parentheses is worth, compared with one that must be there. */
const NONESSENTIAL = 0.9

/**
 * The slots of one search in flat lists, so that thousands of terms can be scored a millisecond. One at a
 * time for each pack: call `release` before the next.
 */
export class PreparedSearch {
  private readonly pack: CompiledPack
  /** Needs of all alternatives of all slots, one after the other. */
  private readonly needRarity: number[] = []
  private readonly needQuality: Float32Array
  private readonly alternativeSlot: number[] = []
  private readonly alternativeEnd: number[] = []
  private readonly alternativeRarity: number[] = []
  private readonly alternativeFactor: number[] = []
  /** How far one word answers each slot: a nonessential modifier may; of a longer reading it proves little. */
  private readonly singles: Float32Array
  /** Hits of each asked word: need and quality in turn. */
  private readonly hits: number[][] = []
  private readonly askedIds: number[] = []
  /** Which side, stage or acuity the search text names; naming both opposes nothing. */
  private readonly named = new Map<number, Set<number>>()
  private numbered = false
  private negated = false
  private readonly shared: TermScore

  constructor(
    private readonly kinds: WordKinds,
    private readonly slots: readonly Slot[]
  ) {
    this.pack = kinds.pack
    this.singles = new Float32Array(slots.length)
    for (const [slot, { alternatives }] of slots.entries()) {
      for (const alternative of alternatives) {
        if (alternative.needs.length === 1) {
          this.singles[slot] = Math.max(this.singles[slot]!, alternative.factor)
        }
        for (const need of alternative.needs) {
          const number = this.needRarity.push(need.rarity) - 1
          for (const [id, quality] of need.match) this.ask(id, number, quality)
        }
        this.alternativeSlot.push(slot)
        this.alternativeEnd.push(this.needRarity.length)
        this.alternativeRarity.push(alternative.rarity)
        this.alternativeFactor.push(alternative.factor)
      }
    }
    this.needQuality = new Float32Array(this.needRarity.length)
    this.shared = {
      term: 0,
      answered: new Float32Array(slots.length),
      by: new Uint8Array(slots.length),
      covered: 0,
      agreement: 1,
      surplus: 1,
      kind: "title",
      length: 0
    }
  }

  private ask(id: number, need: number, quality: number): void {
    const { asked, opposites } = this.kinds
    const kind = this.kinds.kind(id)
    let place = asked[id]!
    if (place === 0) {
      place = this.hits.push([])
      asked[id] = place
      this.askedIds.push(id)
      if (kind & NEGATION) this.negated = true
    }
    this.hits[place - 1]!.push(need, quality)
    if (quality <= 0.9) return
    const opposite = opposites.get(id)
    if (opposite) {
      const places = this.named.get(opposite.group)
      if (places) places.add(opposite.place)
      else this.named.set(opposite.group, new Set([opposite.place]))
    }
    if (kind & NUMBER) this.numbered = true
  }

  /** A side that the search text does not name. */
  isUnaskedSide(id: number): boolean {
    return this.kinds.opposites.get(id)?.group === 0 && this.kinds.asked[id] === 0
  }

  /** "Without complications" where nobody asked for any. */
  isNegation(id: number): boolean {
    return (this.kinds.kinds[id]! & NEGATION) !== 0
  }

  /** "Other", "specified", asked by nobody. */
  isUnaskedRemainder(id: number): boolean {
    return (this.kinds.kinds[id]! & REMAINDER_WORD) !== 0 && this.kinds.asked[id] === 0
  }

  release(): void {
    for (const id of this.askedIds) this.kinds.asked[id] = 0
  }

  /**
   * @param alone bits of slots that a single word of the term answers, nonessential ones included
   * @param nonessential words of the term in parentheses, where they are known
   */
  score(term: number, alone: number, nonessential?: readonly number[]): TermScore {
    const score = this.measure(term, alone, nonessential)
    return { ...score, answered: score.answered.slice(), by: score.by.slice() }
  }

  /**
   * The order of results as one number, without keeping the answers.
   * @param hoped share of the search text that the postings promise, nonessential words included
   */
  total(term: number, alone: number, hoped: number): number {
    const score = this.measure(term, alone)
    return combined(Math.max(shareAnswered(this.slots, score.answered), 0.9 * hoped), score)
  }

  /** As `score`, but valid only until the next call. */
  private measure(term: number, alone: number, nonessential?: readonly number[]): TermScore {
    const { asked, weights } = this.kinds
    const quality = this.needQuality
    quality.fill(0)
    let whole = 0
    let covered = 0
    let agreement = 1
    let surplus = 1
    let otherNumber = false
    let particular = false
    const words = this.pack.terms.wordsShared(term)
    for (let i = 0; i < words.length; i++) {
      const id = words[i]!
      const weight = weights[id]!
      whole += weight
      const place = asked[id]!
      if (place === 0) {
        const kind = this.kinds.kind(id)
        if (kind & OPPOSITE) agreement *= this.against(id)
        else if (kind & NUMBER && this.numbered) otherNumber = true
        if (kind & PARTICULAR) particular = true
        if (kind & LESS_USUAL_WORD) surplus *= LESS_USUAL_UNASKED
        if (kind & REMAINDER_WORD) surplus *= 0.9
        else if (kind & NEGATION && !this.negated) surplus *= 0.8
        continue
      }
      const hits = this.hits[place - 1]!
      let best = 0
      for (let h = 0; h < hits.length; h += 2) {
        const need = hits[h]!
        const value = hits[h + 1]!
        if (quality[need]! < value) quality[need] = value
        if (value > best) best = value
      }
      covered += weight * best
    }
    if (otherNumber) agreement *= NUMBER_UNASKED
    if (particular) surplus *= PARTICULAR_UNASKED
    for (const id of nonessential ?? []) this.raise(asked[id]!, NONESSENTIAL)
    const score = this.shared
    score.term = term
    score.covered = whole > 0 ? covered / whole : 0
    score.agreement = agreement
    score.surplus = surplus
    score.kind = this.pack.terms.kind(term)
    score.length = words.length
    this.answer(score, alone)
    return score
  }

  private raise(place: number, factor: number): void {
    if (place === 0) return
    const hits = this.hits[place - 1]!
    for (let h = 0; h < hits.length; h += 2) {
      const value = hits[h + 1]! * factor
      if (this.needQuality[hits[h]!]! < value) this.needQuality[hits[h]!] = value
    }
  }

  private answer({ answered, by }: TermScore, alone: number): void {
    for (let n = 0; n < answered.length; n++) {
      answered[n] = alone & (1 << n) ? NONESSENTIAL * this.singles[n]! : 0
      by[n] = NONE
    }
    let need = 0
    let slotBefore = -1
    let number = 0
    for (let a = 0; a < this.alternativeSlot.length; a++) {
      let sum = 0
      for (const end = this.alternativeEnd[a]!; need < end; need++) {
        sum += this.needRarity[need]! * this.needQuality[need]!
      }
      const slot = this.alternativeSlot[a]!
      number = slot === slotBefore ? number + 1 : 0
      slotBefore = slot
      if (sum === 0) continue
      const share = sum / this.alternativeRarity[a]!
      // Part of what shorthand stands for is worth less than its share.
      const value = this.alternativeFactor[a]! * (share > 0.94 ? share : share ** PARTIAL)
      if (value <= answered[slot]!) continue
      answered[slot] = value
      by[slot] = number
    }
  }

  /** Below 1 when a word that nobody asked for speaks against the search text: the other side, another stage. */
  private against(id: number): number {
    const { group, place } = this.kinds.opposites.get(id)!
    const named = this.named.get(group)
    return named && !named.has(place) ? (group === 0 ? 0.3 : 0.7) : 1
  }

  /** The search text asks for the word itself or a form of it, and denies nothing. */
  asks(id: number): boolean {
    const place = this.kinds.asked[id] ?? 0
    if (place === 0 || this.negated) return false
    const hits = this.hits[place - 1]!
    for (let h = 1; h < hits.length; h += 2) if (hits[h]! >= ASKED_FOR) return true
    return false
  }
}

/** Share of the search text that is answered, by the importance of its slots. */
export function shareAnswered(slots: readonly Slot[], answered: Float32Array): number {
  let whole = 0
  let sum = 0
  for (let n = 0; n < slots.length; n++) {
    const { importance } = slots[n]!
    whole += importance
    sum += importance * answered[n]!
  }
  return whole > 0 ? sum / whole : 0
}

/** One number for the order of results. The search text counts more than what else the wording says. */
export function combined(share: number, score: TermScore): number {
  const brevity = 1 - 0.005 * Math.max(0, score.length - score.answered.length)
  return (
    share ** 1.5 *
    (0.4 + 0.6 * score.covered) *
    score.agreement *
    score.surplus *
    KIND_FACTOR[score.kind] *
    brevity
  )
}
