/** Which terms may answer: those that hold a word of the search text, taken from the postings. */
import type { CompiledPack } from "../pack/open"
import type { Slot } from "./query"

/** Words in more terms than this are not followed while a rarer one is there; they are still scored. */
const COMMON = 12_000
/** At most so many terms are scored word by word. */
const MOST_SCORED = 320
/** What each word of a term costs, in units of rarity, when the promising ones are picked. */
const EXTRA_WORD = 0.4
const STEPS = 1024

export class CandidateFinder {
  /** Bits of the slots that a term answers by some word; 0 for terms not touched. */
  private readonly mask: Uint16Array
  private readonly touched: Uint32Array
  private count = 0

  constructor(private readonly pack: CompiledPack) {
    this.mask = new Uint16Array(pack.terms.count)
    this.touched = new Uint32Array(pack.terms.count)
  }

  /** Slots that the term answers by any of its words, optional ones included. */
  slotsOf(term: number): number {
    return this.mask[term]!
  }

  /**
   * Terms worth scoring, the most promising ones when there are many. The masks stay until `clear`.
   */
  find(slots: readonly Slot[]): number[] {
    const ids = slots.map((slot) => wordIds(slot))
    const sizes = ids.map((list) => list.reduce((sum, id) => sum + this.pack.vocabulary.frequency(id) + 1, 0))
    const order = slots.map((_, n) => n).sort((a, b) => sizes[a]! - sizes[b]!)
    let followed = 0
    let skipped = 0
    for (const n of order) {
      if (sizes[n] === 0) continue
      if (followed > 0 && sizes[n]! > COMMON) {
        skipped |= 1 << n
        continue
      }
      for (const id of ids[n]!) this.follow(id, 1 << n)
      followed++
    }
    return this.best(slots, skipped)
  }

  private follow(id: number, bit: number): void {
    for (const part of ["anchored", "others"] as const) {
      for (const term of this.pack.terms.holdingShared(id, part)) {
        if (this.mask[term] === 0) this.touched[this.count++] = term
        this.mask[term]! |= bit
      }
    }
  }

  /** Ranks by how much of the search text is answered, then by how little else the term says. */
  private best(slots: readonly Slot[], skipped: number): number[] {
    if (this.count <= MOST_SCORED) return Array.from(this.touched.subarray(0, this.count))
    const worth = new Float32Array(1 << slots.length)
    for (let mask = 0; mask < worth.length; mask++) {
      let sum = 0
      for (const [n, slot] of slots.entries()) if (mask & (1 << n)) sum += slot.importance
      worth[mask] = sum
    }
    // Counted in steps, not sorted: there may be 50,000.
    const most = worth[worth.length - 1]!
    const counts = new Uint32Array(STEPS + 1)
    const steps = new Uint16Array(this.count)
    for (let i = 0; i < this.count; i++) {
      const term = this.touched[i]!
      const promise = worth[this.mask[term]! | skipped]! - EXTRA_WORD * this.pack.terms.wordCount(term)
      const step = Math.max(0, Math.floor((promise / most) * STEPS))
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
    for (let i = 0; i < this.count; i++) this.mask[this.touched[i]!] = 0
    this.count = 0
  }
}

function wordIds(slot: Slot): number[] {
  const ids = new Set<number>()
  for (const alternative of slot.alternatives) {
    for (const need of alternative.needs) for (const id of need.match.keys()) ids.add(id)
  }
  return [...ids]
}
