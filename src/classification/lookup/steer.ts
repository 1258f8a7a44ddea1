/**
 * From the row that a wording names to the code that the search text asks for: down from a header, or over to
 * a sibling ("Otitis media, unspecified ear" and "left"), by the words that the wording left unanswered.
 */

import type { CompiledPack } from "../pack/open"
import type { Slot } from "./query"
import type { PreparedSearch } from "./score"
import { wordsIn } from "./words-of-text"

export interface Steered {
  row: number
  /** Answers with those that the row's own title added. */
  answered: Float32Array
  agreement: number
  /** False when a header was left by default only, nothing in the search text choosing among its children. */
  chosen: boolean
}

/** Below this an answer does not count as given. */
const ANSWERED = 0.5
const MOST_CHILDREN = 64

export class Steering {
  constructor(
    private readonly pack: CompiledPack,
    private readonly slots: readonly Slot[],
    private readonly prepared: PreparedSearch
  ) {}

  steer(row: number, answered: Float32Array): Steered {
    const start: Steered = { row, answered, agreement: 1, chosen: true }
    if (!this.pack.billable(row)) return this.descend(start)
    if (!this.open(answered)) return start
    return this.sibling(start)
  }

  private open(answered: Float32Array): boolean {
    return answered.some((value) => value < ANSWERED)
  }

  /** A code says nothing of a word that a sibling says: then the sibling is meant. */
  private sibling(start: Steered): Steered {
    const parent = this.pack.parent(start.row)
    if (parent < 0) return start
    const siblings = this.pack.children(parent)
    if (siblings.length > MOST_CHILDREN) return start
    const own = this.says(start.row, start.answered)
    let best = start
    let bestGain = own.gain
    for (const sibling of siblings) {
      if (sibling === start.row) continue
      const says = this.says(sibling, start.answered)
      // It must not only say more, but say nothing against: "left" is no reason for "right".
      if (says.gain <= bestGain || says.agreement < 1) continue
      bestGain = says.gain
      best = { row: sibling, answered: says.answered, agreement: 1, chosen: true }
    }
    return this.pack.billable(best.row) ? best : this.descend(best)
  }

  private descend(start: Steered): Steered {
    let at = start
    // ICD-10-CM has at most five levels below a category.
    for (let level = 0; level < 8 && !this.pack.billable(at.row); level++) {
      const children = this.pack.children(at.row)
      if (children.length === 0) break
      at = this.child(at, children)
    }
    return at
  }

  private child(above: Steered, children: readonly number[]): Steered {
    let best: Steered | undefined
    let bestGain = Number.NEGATIVE_INFINITY
    const only = children.length === 1
    for (const [n, child] of children.entries()) {
      const says = this.says(child, above.answered)
      // Ties go to the child that stands for "not said", else to the first.
      const gain = says.gain * 100 + (says.agreement - 1) * 100 + this.defaultRank(child) - n * 0.001
      if (gain <= bestGain) continue
      bestGain = gain
      best = {
        row: child,
        answered: says.answered,
        agreement: above.agreement * says.agreement,
        chosen: above.chosen && (only || says.gain > 0)
      }
    }
    return best ?? above
  }

  /** What the row's own wording adds to what is answered. */
  private says(
    row: number,
    before: Float32Array
  ): { gain: number; answered: Float32Array; agreement: number } {
    const answered = before.slice()
    let agreement = 1
    const [from, to] = this.pack.terms.ofRow(row)
    if (from < to && this.pack.terms.kind(from) === "title") {
      const score = this.prepared.score(from, 0)
      agreement = score.agreement
      for (let n = 0; n < answered.length; n++) {
        if (score.answered[n]! > answered[n]!) answered[n] = score.answered[n]!
      }
    }
    const character = this.character(row)
    if (character) this.byCharacter(character, answered)
    let gain = 0
    for (let n = 0; n < answered.length; n++) gain += (answered[n]! - before[n]!) * this.slots[n]!.importance
    return { gain, answered, agreement }
  }

  /** Words of the 7th character's meaning, or the character itself, answer what is still open. */
  private byCharacter(character: { character: string; text: string }, answered: Float32Array): void {
    const said = wordsIn(character.text)
    for (const [n, slot] of this.slots.entries()) {
      if (answered[n]! >= ANSWERED) continue
      const letter = slot.text.toLowerCase() === character.character.toLowerCase()
      if (letter || said.some((word) => slot.words.has(word))) answered[n] = 0.9
    }
  }

  /** The 7th character of a code that has one, with its meaning. */
  private character(row: number): { character: string; text: string } | undefined {
    if (this.pack.info.system !== "ICD-10-CM") return undefined
    const code = this.pack.code(row)
    if (code.length !== 8) return undefined
    return this.pack.seventh(row).find((each) => each.character === code[7])
  }

  /** The code for "not said": its title says unspecified, or it is numbered 9 or 0. */
  private defaultRank(row: number): number {
    const code = this.pack.code(row)
    // 7th characters: the first is the initial encounter, the first fetus, "unspecified".
    if (code.length === 8 && this.pack.info.system === "ICD-10-CM") return 0
    const unspecified = (this.pack.title(row).match(/\bunspecified\b|\bNOS\b/gi) ?? []).length
    const last = code[code.length - 1]
    return unspecified + (last === "9" ? 0.5 : last === "0" ? 0.2 : 0)
  }
}
