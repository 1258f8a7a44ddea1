/** Shorthand and other wordings by their folded words, longest first. */
import { contentWords, foldTokens, foldWord, isFunctionWord, tokenize } from "../words"
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

interface Entry {
  expansion: LookupExpansion
  factor: number
  shorthand: boolean
}

const LONGEST = 6
/** Shorthand that counts only in capitals, typed in small letters. */
const OTHER_CASE = 0.7
/** Shorthand with several meanings, none of them the usual one. */
const UNSURE = 0.85
/** What each further meaning is less likely. */
const NEXT = 0.94

/** Folded words of a phrase, with blanks between. */
function keyOf(phrase: string): string {
  // Most are one plain word, and there are thousands: no tokenizing for them.
  if (/^[A-Za-z0-9]+$/.test(phrase)) return foldWord(phrase)
  return foldTokens(phrase, tokenize(phrase)).join(" ")
}

export class PhraseBook {
  /** Entries, opened into readings when somebody types their phrase. */
  private readonly entries = new Map<string, Entry[]>()
  private readonly readings = new Map<string, readonly Reading[]>()
  private longest = 1

  /** @param base phrases that count too, of which this book keeps no copy */
  constructor(private readonly base?: PhraseBook) {}

  add(expansions: readonly LookupExpansion[], factor: number, shorthand: boolean): void {
    for (const expansion of expansions) {
      const key = keyOf(expansion.abbr)
      const length = key.split(" ").length
      if (key === "" || length > LONGEST) continue
      this.longest = Math.max(this.longest, length)
      const entry = { expansion, factor, shorthand }
      const known = this.entries.get(key)
      if (known) known.push(entry)
      else this.entries.set(key, [entry])
    }
  }

  /** The folded word is shorthand or another wording for something. */
  knows(folded: string): boolean {
    return folded !== "" && this.entries.has(folded)
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
      const all = [...(this.base?.readingsOf(key) ?? []), ...this.readingsOf(key)]
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

  private readingsOf(key: string): readonly Reading[] {
    const entries = this.entries.get(key)
    if (!entries) return []
    let readings = this.readings.get(key)
    if (!readings) {
      readings = read(entries, key)
      this.readings.set(key, readings)
    }
    return readings
  }
}

function read(entries: readonly Entry[], key: string): Reading[] {
  const readings: Reading[] = []
  for (const { expansion, factor, shorthand } of entries) {
    const { abbr, expansions, caseSensitive, unsure } = expansion
    for (const [n, text] of expansions.entries()) {
      const words = contentWords(text)
      const known = readings.some((reading) => reading.words.join(" ") === words.join(" "))
      if (words.length === 0 || words.join(" ") === key || known) continue
      readings.push({
        words,
        factor: unsure ? factor * UNSURE : factor * NEXT ** n,
        told: `${abbr} = ${text}`,
        shorthand,
        ...(caseSensitive ? { spelled: abbr } : {})
      })
    }
  }
  return readings
}
