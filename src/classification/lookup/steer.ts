/**
 * From the row that a wording names to the code that the search text asks for: down from a header, or over to
 * a sibling ("Otitis media, unspecified ear" and "left"), by the words that the wording left unanswered.
 */
import type { CompiledPack } from "../pack/open"
import type { Slot } from "./query"
import { type PreparedSearch, shareAnswered, type TermScore } from "./score"
import { DENIED, type TitlesOfPack } from "./titles-of-pack"
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
const WELL_ANSWERED = 0.8
const MOST_CHILDREN = 64
/** Weight of saying again what the wording said: "stage 3" of the path chooses the child of stage 3. */
const REAFFIRMED = 0.1
/** ICD-10-CM has at most five levels below a category. */
const MOST_LEVELS = 8

/** "Other ligament" is not what "sprain of ankle" leaves open, whatever the number of its code. */
const REMAINDER_UNASKED = 0.9
/** Of "with" and "without", neither asked for, "without" is the default. */
const NEGATION_DEFAULT = 0.15
const CONTRADICTED = 0.6
/** Words of nearly all meanings of 7th characters: they choose none. */
const CHARACTER_WORDS: ReadonlySet<string> = new Set(["encounter", "fracture"])

interface TitleSays {
  term: number
  score: TermScore
  /** Whether the title says "without" or "not"; found out when first asked. */
  negates?: boolean
}

interface Says {
  row: number
  gain: number
  answered: Float32Array
  agreement: number
  /** Below 1 when the title excludes something: "vomiting without nausea" is no answer to "nausea". */
  surplus: number
}

/** For one search: what a row's title answers is worked out once. */
export class Steering {
  private readonly titles = new Map<number, TitleSays | undefined>()
  private findPreferred: () => ReadonlySet<number> = () => new Set()
  private preferred: ReadonlySet<number> | undefined
  /** What the search text wants without. */
  private readonly refused: readonly Slot[]
  private readonly shared: Says
  private readonly contradictions = new Map<number, number>()
  private readonly characters = new Map<number, ReadonlyMap<string, readonly string[]>>()

  constructor(
    private readonly pack: CompiledPack,
    private readonly slots: readonly Slot[],
    private readonly prepared: PreparedSearch,
    private readonly texts: TitlesOfPack
  ) {
    this.shared = { row: 0, gain: 0, answered: new Float32Array(slots.length), agreement: 1, surplus: 1 }
    this.refused = slots.filter((slot) => slot.refused)
  }

  /**
   * @param preferred words of the wording that led here, and of what it refers to: of children that answer
   *   alike the one that says more of them is meant ("Cellulitis, leg - see Cellulitis, lower limb")
   */
  steer(row: number, answered: Float32Array, preferred: () => ReadonlySet<number>): Steered {
    const steered = this.meant(row, answered, preferred)
    const against = this.contradiction(steered.row)
    return against === 1 ? steered : { ...steered, agreement: steered.agreement * against }
  }

  /** Below 1 when the title denies or leaves open what is asked. */
  private contradiction(row: number): number {
    let known = this.contradictions.get(row)
    if (known === undefined) {
      known = this.denies(row) ? CONTRADICTED : 1
      this.contradictions.set(row, known)
    }
    return known
  }

  private denies(row: number): boolean {
    if (this.refused.length > 0) {
      const said = wordsIn(this.pack.title(row).replace(DENIED, " "))
      // "Migraine without aura" asks for no code that says "with aura".
      if (this.refused.some((slot) => said.some((word) => slot.words.has(word)))) return true
    }
    return this.texts.denied(row).some((id) => this.prepared.asks(id))
  }

  /** How much of the search text the title itself says, of codes with 7th character that of the code without. */
  literalShare(row: number): number {
    for (let at = row; at >= 0; at = this.pack.parent(at)) {
      const title = this.titleScore(at)
      if (title) return shareAnswered(this.slots, title.score.answered)
    }
    return 0
  }

  private meant(row: number, answered: Float32Array, preferred: () => ReadonlySet<number>): Steered {
    this.findPreferred = preferred
    this.preferred = undefined
    // The row's own title counts first: what all its children repeat chooses none of them.
    const own = this.says(row, answered)
    const said = own.agreement * own.surplus === 1 ? own.answered.slice() : answered
    const start: Steered = { row, answered: said, agreement: 1, chosen: true }
    if (!this.pack.billable(row)) return this.descend(start)
    return this.open(said) ? this.sibling(start) : start
  }

  private open(answered: Float32Array): boolean {
    for (let n = 0; n < answered.length; n++) if (answered[n]! < ANSWERED) return true
    return false
  }

  /** A code says nothing of a word that a sibling says: then the sibling is meant. */
  private sibling(start: Steered): Steered {
    const parent = this.pack.parent(start.row)
    if (parent < 0) return start
    const siblings = this.pack.children(parent)
    if (siblings.length > MOST_CHILDREN) return start
    let best = kept(this.says(start.row, start.answered))
    for (const sibling of siblings) {
      if (sibling === start.row) continue
      const says = this.says(sibling, start.answered)
      // It must not only say more, but say nothing against: "left" is no reason for "right".
      if (says.gain > best.gain && says.agreement * says.surplus === 1) best = kept(says)
    }
    if (best.row === start.row) return start
    const over: Steered = { row: best.row, answered: best.answered, agreement: 1, chosen: true }
    return this.pack.billable(best.row) ? over : this.descend(over)
  }

  private descend(start: Steered): Steered {
    let at = start
    for (let level = 0; level < MOST_LEVELS && !this.pack.billable(at.row); level++) {
      const children = this.pack.children(at.row)
      if (children.length === 0) break
      at = this.child(at, children)
    }
    return at
  }

  /** The child that says most of what is asked; of equals the one for "not said", else the first. */
  private child(above: Steered, children: readonly number[]): Steered {
    const choose = children.length > 1 || this.open(above.answered)
    if (!choose) return { ...above, row: children[0]! }
    let best: Says | undefined
    let bestWorth = Number.NEGATIVE_INFINITY
    let bestRank = 0
    for (const row of children) {
      const says = this.says(row, above.answered)
      // "Severe without psychotic features" only speaks against a text that asks for them.
      const surplus = this.negates(row) ? this.contradiction(row) : says.surplus
      const worth = says.gain * surplus + says.agreement + REAFFIRMED * this.reaffirms(row, above.row)
      if (worth < bestWorth - 1e-6) continue
      const rank = this.defaultRank(row) + this.preference(row)
      if (worth < bestWorth + 1e-6 && rank <= bestRank) continue
      best = kept(says)
      bestWorth = worth
      bestRank = rank
    }
    if (!best) return above
    return {
      row: best.row,
      answered: best.answered,
      agreement:
        above.agreement * best.agreement * (best.gain > 0 && !this.negates(best.row) ? best.surplus : 1),
      chosen: above.chosen && (children.length === 1 || best.gain > 0)
    }
  }

  private negates(row: number): boolean {
    const title = this.titleScore(row)
    if (!title) return false
    title.negates ??= this.pack.terms.wordsShared(title.term).some((id) => this.prepared.isNegation(id))
    return title.negates
  }

  /** What the child's title says of the search text beyond its parent's, answered before or not. */
  private reaffirms(row: number, parent: number): number {
    const own = this.titleScore(row)?.score.answered
    if (!own) return 0
    const above = this.titleScore(parent)?.score.answered
    let sum = 0
    for (let n = 0; n < own.length; n++) {
      sum += Math.max(0, own[n]! - (above?.[n] ?? 0)) * this.slots[n]!.importance
    }
    return sum
  }

  /** What the row's own wording adds to what is answered. Valid until the next call: see `kept`. */
  private says(row: number, before: Float32Array): Says {
    const title = this.titleScore(row)
    const character = this.open(before) ? this.characterWords(row) : undefined
    const says = this.shared
    const { answered } = says
    answered.set(before)
    says.row = row
    says.gain = 0
    says.agreement = title?.score.agreement ?? 1
    says.surplus = title?.score.surplus ?? 1
    if (!title && !character) return says
    if (title) {
      const own = title.score.answered
      for (let n = 0; n < answered.length; n++) if (own[n]! > answered[n]!) answered[n] = own[n]!
    }
    if (character) this.byCharacter(character, answered)
    let gain = 0
    for (let n = 0; n < answered.length; n++) {
      // What a nonessential word answered already is not answered better by being said again.
      if (before[n]! < WELL_ANSWERED) gain += (answered[n]! - before[n]!) * this.slots[n]!.importance
    }
    says.gain = gain
    return says
  }

  private titleScore(row: number): TitleSays | undefined {
    if (this.titles.has(row)) return this.titles.get(row)
    const [from, to] = this.pack.terms.ofRow(row)
    const has = from < to && this.pack.terms.kind(from) === "title"
    const says = has ? { term: from, score: this.prepared.score(from, 0) } : undefined
    this.titles.set(row, says)
    return says
  }

  /** In units of `defaultRank`: more of the preferred words, and no side that nobody named. */
  private preference(row: number): number {
    const title = this.titleScore(row)
    if (!title) return 0
    this.preferred ??= this.findPreferred()
    let preference = 0
    for (const id of this.pack.terms.wordsShared(title.term)) {
      if (this.preferred.has(id)) preference += 0.25
      else if (this.prepared.isUnaskedSide(id)) preference -= 0.5
      else if (this.prepared.isUnaskedRemainder(id)) preference -= REMAINDER_UNASKED
      else if (this.prepared.isNegation(id)) preference += NEGATION_DEFAULT
    }
    return preference
  }

  /** Words of the 7th character's meaning, or the character itself, answer what is still open. */
  private byCharacter(character: { letter: string; words: readonly string[] }, answered: Float32Array): void {
    for (const [n, slot] of this.slots.entries()) {
      if (answered[n]! >= ANSWERED) continue
      const said =
        slot.text.toUpperCase() === character.letter ||
        character.words.some((word) => !CHARACTER_WORDS.has(word) && slot.words.has(word))
      if (said) answered[n] = 0.9
    }
  }

  /** The 7th character of a code that has one, with the words of its meaning. */
  private characterWords(row: number): { letter: string; words: readonly string[] } | undefined {
    if (this.pack.info.system !== "ICD-10-CM") return undefined
    const letter = this.pack.rows.plain(row)[6]
    if (letter === undefined) return undefined
    const place = this.pack.seventhPlace(row)
    if (place < 0) return undefined
    let words = this.characters.get(place)
    if (!words) {
      words = new Map(this.pack.seventh(row).map((each) => [each.character, wordsIn(each.text)]))
      this.characters.set(place, words)
    }
    return { letter, words: words.get(letter) ?? [] }
  }

  /** The code for "not said": its title says unspecified, or it is numbered 9 or 0. */
  private defaultRank(row: number): number {
    const code = this.pack.rows.plain(row)
    // 7th characters: the first is the initial encounter, the first fetus, "unspecified".
    if (code.length === 7 && this.pack.info.system === "ICD-10-CM") return 0
    const { unspecified, other, times } = this.pack.rows.openness(row)
    const open = (unspecified ? 1 : 0) + 0.3 * times
    if (other) return open - 0.3
    const last = code[code.length - 1]
    return open + (last === "9" ? 0.6 : last === "0" ? 0.2 : 0)
  }
}

/** Hundreds of rows are weighed and few are kept. */
function kept(says: Says): Says {
  return { ...says, answered: says.answered.slice() }
}
