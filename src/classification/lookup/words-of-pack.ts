/** Words of one pack as a search needs them: rarity, beginnings, kin, and the nearest spelling. */
import type { CompiledPack } from "../pack/open"
import { nearestWords } from "./spelling"
import { stem } from "./stem"

/** Word ids and how well each answers, from 0 to 1. */
type WordMatch = Map<number, number>

const PREFIX_LIMIT = 40
const MATCHES_KEPT = 400
const CORRECTIONS_KEPT = 100
/** How good a form of the same root is. */
const KIN = 0.85

const ROMAN = ["", "I", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]

export class WordsOfPack {
  /** Rarity of each word: natural logarithm of all terms over the terms that hold it. */
  readonly rarity: Float32Array
  private readonly matches = new Map<string, WordMatch>()
  private readonly corrections = new Map<string, string | undefined>()
  private readonly nears = new Map<string, string[]>()
  private readonly stems: (string | undefined)[] = []
  private readonly byLetter = new Map<string, string[]>()

  constructor(private readonly pack: CompiledPack) {
    const { vocabulary, terms } = pack
    this.rarity = Float32Array.from({ length: vocabulary.size }, (_, id) =>
      Math.log((terms.count + 1) / (vocabulary.frequency(id) + 1))
    )
  }

  exact(word: string): number {
    return this.pack.vocabulary.id(word)
  }

  /** The word itself, its other numeral, and forms of its root. Not to be changed. */
  known(word: string): ReadonlyMap<number, number> {
    const before = this.matches.get(word)
    if (before) return before
    const match = this.matchOf(word)
    // While a text is typed its first words are asked for again with every letter.
    if (this.matches.size >= MATCHES_KEPT) this.matches.clear()
    this.matches.set(word, match)
    return match
  }

  private matchOf(word: string): WordMatch {
    const match: WordMatch = new Map()
    const id = this.exact(word)
    if (id >= 0) match.set(id, 1)
    const numeral = ROMAN.indexOf(word) > 0 ? String(ROMAN.indexOf(word)) : (ROMAN[Number(word)] ?? "")
    if (numeral !== "") this.add(match, this.exact(numeral), 0.95)
    if (/^[a-z]{4,}$/.test(word)) this.kin(word, match)
    return match
  }

  private add(match: WordMatch, id: number, quality: number): void {
    if (id >= 0 && (match.get(id) ?? 0) < quality) match.set(id, quality)
  }

  private kin(word: string, match: WordMatch): void {
    const root = stem(word)
    const beginning = root.slice(0, Math.min(root.length, 5))
    const [from, to] = this.pack.vocabulary.prefixRange(beginning)
    // A beginning as common as "hyper" is no family; looking through it would cost too much.
    if (to - from > 400) return
    for (let rank = from; rank < to; rank++) {
      const id = this.pack.vocabulary.ordered(rank)
      this.stems[id] ??= stem(this.pack.vocabulary.word(id))
      if (this.stems[id] === root) this.add(match, id, KIN)
    }
  }

  /** Words that begin so, the most frequent ones when there are many. */
  beginning(prefix: string): Map<number, number> {
    const match: WordMatch = new Map()
    const [from, to] = this.pack.vocabulary.prefixRange(prefix)
    const ids = new Uint32Array(Math.max(0, to - from))
    for (let rank = from; rank < to; rank++) ids[rank - from] = this.pack.vocabulary.ordered(rank)
    // Small numbers are frequent words.
    ids.sort()
    const often = Math.log(this.pack.vocabulary.frequency(ids[0] ?? 0) + 2)
    for (const id of ids.subarray(0, PREFIX_LIMIT)) {
      const typed = prefix.length / this.pack.vocabulary.word(id).length
      const usual = Math.log(this.pack.vocabulary.frequency(id) + 2) / often
      match.set(id, 0.6 + 0.15 * typed + 0.2 * usual)
    }
    return match
  }

  /** The word that was probably meant, or undefined when none is near. */
  correction(word: string): string | undefined {
    if (this.corrections.has(word)) return this.corrections.get(word)
    const nearest = nearestWords(word, this.wordsLike(word), (each) => this.frequency(each))[0]
    // Asked for again with every further letter of the search text.
    if (this.corrections.size >= CORRECTIONS_KEPT) this.corrections.clear()
    this.corrections.set(word, nearest)
    return nearest
  }

  /** Words so near that a hint may name them, best first. */
  near(word: string): string[] {
    const known = this.nears.get(word)
    if (known) return known
    const near = nearestWords(word, this.wordsLike(word), (each) => this.frequency(each), true).slice(0, 3)
    if (this.nears.size >= CORRECTIONS_KEPT) this.nears.clear()
    this.nears.set(word, near)
    return near
  }

  private frequency(word: string): number {
    return this.pack.vocabulary.frequency(this.exact(word))
  }

  /** Words with the same first letter: who mistypes a word seldom mistypes its first letter. */
  private wordsLike(word: string): readonly string[] {
    const letter = word.slice(0, 1)
    let words = this.byLetter.get(letter)
    if (!words) {
      words = []
      const [from, to] = this.pack.vocabulary.prefixRange(letter)
      for (let rank = from; rank < to; rank++) {
        words.push(this.pack.vocabulary.word(this.pack.vocabulary.ordered(rank)))
      }
      this.byLetter.set(letter, words)
    }
    return words
  }
}
