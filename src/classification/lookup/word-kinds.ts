/** What the words of a pack are to a ranking: rare or common, sides and stages, numbers, negations. */
import type { CompiledPack } from "../pack/open"
import type { WordsOfPack } from "./words-of-pack"

/** Words that titles print and nobody types: they weigh little when they are missing. */
const UNTYPED: ReadonlySet<string> = new Set([
  "site",
  "organism",
  "mellitus",
  "stage",
  "primary",
  "essential",
  "current",
  "type",
  "episode",
  "complication",
  "uncomplicated",
  "disorder",
  "disease",
  "condition",
  "poisoning",
  "part"
])
const UNTYPED_WEIGHT = 0.4
/** Wordings for "none of those above" are not what a search text means unless it says so. */
const REMAINDER: ReadonlySet<string> = new Set(["other", "specified"])

/**
 * Words that make a wording one of few patients or of a mishap: "uti" asks for no newborn and no pregnancy,
 * "chemotherapy" for no complication of it.
 */
const PARTICULARS =
  "newborn neonatal fetal fetus obstetric obstetrical puerperal puerperium pregnancy postpartum childbirth " +
  "labor congenital tuberculous tuberculosis syphilitic gonococcal psychogenic hysterical family complication " +
  "complicating maternal pediatric infantile pathological stress birth screening contact exposure carrier neoplastic assault undetermined underdosing"

/** Of two wordings as good as each other the one without these is meant. */
const LESS_USUAL = "chronic recurrent subsequent sequela old partial"

const OPPOSITES: readonly (readonly string[])[] = [
  ["left", "right", "bilateral"],
  ["acute", "chronic"],
  ["upper", "lower"],
  ["open", "closed"],
  ["primary", "secondary"],
  ["benign", "malignant"],
  ["male", "female"],
  ["personal", "family"],
  ["with", "without"]
]

/** What a word is, one bit each: looked at for every word of every scored term. */
export const NEGATION = 1
export const REMAINDER_WORD = 2
export const OPPOSITE = 4
export const NUMBER = 8
const NUMBER_KNOWN = 16
export const PARTICULAR = 32
export const LESS_USUAL_WORD = 64

/** What is known about the words of a pack before any search. */
export class WordKinds {
  /** Bits of each word. */
  readonly kinds: Uint8Array
  /** Rarity of each word, less for words that nobody types. */
  readonly weights: Float32Array
  /** Word -> group of opposites and place in it. */
  readonly opposites = new Map<number, { group: number; place: number }>()
  /** Per word: number of its hits in the search at hand plus 1, 0 when it is not asked for. */
  readonly asked: Int32Array

  constructor(
    readonly pack: CompiledPack,
    words: WordsOfPack
  ) {
    this.asked = new Int32Array(pack.vocabulary.size)
    this.kinds = new Uint8Array(pack.vocabulary.size)
    this.weights = words.rarity.slice()
    const mark = (word: string, bit: number): number => {
      const id = words.exact(word)
      if (id >= 0) this.kinds[id]! |= bit
      return id
    }
    for (const word of UNTYPED) {
      const id = words.exact(word)
      if (id >= 0) this.weights[id]! *= UNTYPED_WEIGHT
    }
    for (const word of REMAINDER) mark(word, REMAINDER_WORD)
    for (const word of PARTICULARS.split(" ")) mark(word, PARTICULAR)
    for (const word of LESS_USUAL.split(" ")) mark(word, LESS_USUAL_WORD)
    for (const word of ["without", "no", "not"]) mark(word, NEGATION)
    for (const [group, opposite] of OPPOSITES.entries()) {
      for (const [place, word] of opposite.entries()) {
        const id = mark(word, OPPOSITE)
        if (id >= 0) this.opposites.set(id, { group, place })
      }
    }
  }

  /** Bits of a word; whether it is a number is found out when first asked. */
  kind(id: number): number {
    const known = this.kinds[id]!
    if (known & NUMBER_KNOWN) return known
    const number = /^(?:\d|[ivx]+$|[AI]$)/.test(this.pack.vocabulary.word(id)) ? NUMBER : 0
    this.kinds[id] = known | NUMBER_KNOWN | number
    return this.kinds[id]!
  }
}
