/** Shorthand and other wordings by their folded words, longest first. */
import { contentWords, foldTokens, isFunctionWord, tokenize } from "../words"
import type { LookupExpansion } from "./types"

export interface Reading {
  /** Folded content words. */
  words: string[]
  /** From 0 to 1: how surely this is meant. */
  factor: number
  /** For `via`: "dm2 = type 2 diabetes mellitus". */
  told: string
  /** True for shorthand: the letters themselves are then a word only by accident. */
  shorthand: boolean
  /** Set when only this spelling counts. */
  spelled?: string
}

const LONGEST = 6
/** Shorthand that counts only in capitals, typed in small letters. */
const OTHER_CASE = 0.7
/** Shorthand with several meanings, none of them the usual one. */
const UNSURE = 0.85

export class PhraseBook {
  private readonly readings = new Map<string, Reading[]>()
  private longest = 1

  /** @param base phrases that count too, of which this book keeps no copy */
  constructor(private readonly base?: PhraseBook) {}

  add(entries: readonly LookupExpansion[], factor: number, shorthand: boolean): void {
    for (const { abbr, expansions, caseSensitive, unsure } of entries) {
      const tokens = tokenize(abbr)
      const key = foldTokens(abbr, tokens).join(" ")
      if (key === "" || tokens.length > LONGEST) continue
      this.longest = Math.max(this.longest, tokens.length)
      const list = this.readings.get(key) ?? []
      this.readings.set(key, list)
      for (const [n, expansion] of expansions.entries()) {
        const words = contentWords(expansion)
        const known = list.some((reading) => reading.words.join(" ") === words.join(" "))
        if (words.length === 0 || words.join(" ") === key || known) continue
        list.push({
          words,
          factor: unsure ? factor * UNSURE : factor * 0.94 ** n,
          told: `${abbr} = ${expansion}`,
          shorthand,
          ...(caseSensitive ? { spelled: abbr } : {})
        })
      }
    }
  }

  /**
   * The longest phrase that starts at word `from`, with how many words it takes.
   * @param spelled the words as typed, in step with `folded`
   */
  at(
    folded: readonly string[],
    from: number,
    spelled: readonly string[]
  ): { length: number; readings: readonly Reading[] } | undefined {
    const longest = Math.max(this.longest, this.base?.longest ?? 1)
    for (let length = Math.min(longest, folded.length - from); length > 0; length--) {
      const key = folded.slice(from, from + length).join(" ")
      const all = [...(this.base?.readings.get(key) ?? []), ...(this.readings.get(key) ?? [])]
      if (all.length === 0) continue
      const typed = spelled.slice(from, from + length).join(" ")
      const readings = all.flatMap((reading) => {
        if (reading.spelled === undefined || reading.spelled === typed) return [reading]
        // Who looks a code up types "ms" for MS, but means "or" and "on" when typing them.
        const word = length === 1 && isFunctionWord(folded[from]!)
        return word ? [] : [{ ...reading, factor: reading.factor * OTHER_CASE, shorthand: false }]
      })
      if (readings.length > 0) return { length, readings }
    }
    return undefined
  }
}
