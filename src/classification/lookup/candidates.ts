/** Which terms may answer: those that hold words of the search text, taken from the postings. */
import type { CompiledPack } from "../pack/open"
import type { Slot } from "./query"

/** So many postings are followed, rarest words first; commoner words count at the scoring only. */
const MOST_POSTINGS = 15_000
/** At most so many terms are scored word by word. */
const MOST_SCORED = 280
/** What each word of a term costs, in units of rarity, when the promising ones are picked. */
const EXTRA_WORD = 0.4
const STEPS = 1024
const BESIDE = 0.6

interface Lead {
  id: number
  /** What a term is worth for holding the word. */
  worth: number
  /** Bits of the slots that the word alone answers. */
  alone: number
}

export class CandidateFinder {
  /** Worth found so far of each term, 0 for terms not touched. */
  private readonly worth: Float32Array
  /** Bits of the slots that some single word of the term answers. */
  private readonly alone: Uint16Array
  private readonly touched: Uint32Array
  private count = 0
  private whole = 1

  constructor(private readonly pack: CompiledPack) {
    this.worth = new Float32Array(pack.terms.count)
    this.alone = new Uint16Array(pack.terms.count)
    this.touched = new Uint32Array(pack.terms.count)
  }

  /** Slots that the term answers by one of its words, optional ones included. */
  slotsOf(term: number): number {
    return this.alone[term]!
  }

  /** Share of the search text that the words found in the term could answer. */
  hoped(term: number): number {
    return Math.min(1, this.worth[term]! / this.whole)
  }

  /** Terms worth scoring, the most promising ones when there are many. Valid until `clear`, then repeat. */
  find(slots: readonly Slot[]): number[] {
    let followed = 0
    for (const lead of this.leads(slots)) {
      const size = this.pack.vocabulary.frequency(lead.id) + 1
      if (followed > 0 && followed + size > MOST_POSTINGS) continue
      followed += size
      this.follow(lead)
    }
    this.whole = slots.reduce((sum, slot) => sum + slot.importance, 0)
    return this.best(this.whole)
  }

  /** Rarest first. A word that serves several slots serves each. */
  private leads(slots: readonly Slot[]): Lead[] {
    const leads = new Map<number, Lead>()
    for (const [n, slot] of slots.entries()) {
      const own = new Map<number, number>()
      for (const { needs, factor, rarity } of slot.alternatives) {
        for (const need of needs) {
          const part = (slot.importance * factor * need.rarity) / rarity
          for (const [id, quality] of need.match) {
            // A form beside the word itself adds little to it: "diabetic" in a term that says "diabetes".
            const worth = part * quality * (quality < 1 && need.exact ? BESIDE : 1)
            own.set(id, Math.max(own.get(id) ?? 0, worth))
            if (needs.length === 1) this.lead(leads, id).alone |= 1 << n
          }
        }
      }
      for (const [id, worth] of own) this.lead(leads, id).worth += worth
    }
    const { vocabulary } = this.pack
    return [...leads.values()].sort((a, b) => vocabulary.frequency(a.id) - vocabulary.frequency(b.id))
  }

  private lead(leads: Map<number, Lead>, id: number): Lead {
    let lead = leads.get(id)
    if (!lead) {
      lead = { id, worth: 0, alone: 0 }
      leads.set(id, lead)
    }
    return lead
  }

  private follow({ id, worth, alone }: Lead): void {
    for (const part of ["anchored", "others"] as const) {
      const terms = this.pack.terms.holdingShared(id, part)
      for (let i = 0; i < terms.length; i++) {
        const term = terms[i]!
        if (this.worth[term] === 0) this.touched[this.count++] = term
        this.worth[term]! += worth
        this.alone[term]! |= alone
      }
    }
  }

  private best(whole: number): number[] {
    if (this.count <= MOST_SCORED) return Array.from(this.touched.subarray(0, this.count))
    // Counted in steps, not sorted: there may be 15,000.
    const counts = new Uint32Array(STEPS + 1)
    const steps = new Uint16Array(this.count)
    for (let i = 0; i < this.count; i++) {
      const term = this.touched[i]!
      // Two forms of one word in a term are not worth more than the whole search text.
      const promise = Math.min(this.worth[term]!, whole) - EXTRA_WORD * this.pack.terms.wordCount(term)
      const step = Math.min(STEPS, Math.max(0, Math.floor((promise / whole) * STEPS)))
      steps[i] = step
      counts[step]!++
    }
    let least = STEPS
    for (let total = counts[STEPS]!; least > 0 && total < MOST_SCORED; ) total += counts[--least]!
    const found: number[] = []
    for (let i = 0; i < this.count; i++) if (steps[i]! > least) found.push(this.touched[i]!)
    for (let i = 0; i < this.count && found.length < MOST_SCORED; i++) {
      if (steps[i] === least) found.push(this.touched[i]!)
    }
    return found
  }

  clear(): void {
    for (let i = 0; i < this.count; i++) {
      this.worth[this.touched[i]!] = 0
      this.alone[this.touched[i]!] = 0
    }
    this.count = 0
  }
}
