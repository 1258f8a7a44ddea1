/** What titles say, worked out once a title: while a text is typed the same codes answer at every letter. */
import type { CompiledPack } from "../pack/open"
import { foldTokens, tokenize } from "../words"
import { wordsIn } from "./words-of-text"

/** A word of a title with its number in the vocabulary. */
interface TitleWord {
  start: number
  end: number
  id: number
}

const TITLES_KEPT = 3000
const ROWS_KEPT = 6000
const NOTHING: readonly number[] = []

/** "Without angina pectoris", "unspecified whether with hypoxia". */
export const DENIED =
  /\b(?:without|unspecified (?:whether(?: with)?|as to)|not(?: having achieved| specified as)?)\s+([^,;]*?)(?= of | with |,|;|$)/gi
/** One look at most titles tells that they deny nothing. */
const MAY_DENY = /without|unspecified |not/i

export class TitlesOfPack {
  private readonly found = new Map<string, readonly TitleWord[]>()
  private readonly denials = new Map<number, readonly number[]>()

  constructor(private readonly pack: CompiledPack) {}

  /** Words of a title that the pack holds, with their UTF-16 spans. */
  words(title: string): readonly TitleWord[] {
    const known = this.found.get(title)
    if (known) return known
    const tokens = tokenize(title)
    const folded = foldTokens(title, tokens)
    const words = tokens.flatMap(({ start, end }, n) => {
      const id = this.pack.vocabulary.id(folded[n]!)
      return id >= 0 ? [{ start, end, id }] : []
    })
    if (this.found.size >= TITLES_KEPT) this.found.clear()
    this.found.set(title, words)
    return words
  }

  /**
   * Words that the title denies or leaves open. What it says elsewhere too is not denied ("with ketoacidosis
   * without coma").
   */
  denied(row: number): readonly number[] {
    const known = this.denials.get(row)
    if (known) return known
    const denied = this.deniedBy(this.pack.title(row))
    if (this.denials.size >= ROWS_KEPT) this.denials.clear()
    this.denials.set(row, denied)
    return denied
  }

  private deniedBy(title: string): readonly number[] {
    if (!MAY_DENY.test(title)) return NOTHING
    const denied = [...title.matchAll(DENIED)]
    if (denied.length === 0) return NOTHING
    const said = new Set(wordsIn(title.replace(DENIED, " ")))
    return denied.flatMap((match) =>
      wordsIn(match[1]!)
        .filter((word) => !said.has(word))
        .map((word) => this.pack.vocabulary.id(word))
        .filter((id) => id >= 0)
    )
  }
}
