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
  /** Spelled otherwise than written down: "ms" for "MS". */
  otherCase?: boolean
}

export interface Phrase {
  /** How many words it takes. */
  length: number
  readings: readonly Reading[]
  /** Says nothing in a search text: "c/o". */
  silent: boolean
}

interface Entry {
  expansion: LookupExpansion
  factor: number
  shorthand: boolean
}

const LONGEST = 6
/** Shorthand with several meanings, none of them the usual one. */
const UNSURE = 0.85
/** What each further meaning is less likely. */
const NEXT = 0.94
/** What search texts mean by it stands before what notes may mean by it. */
const NOTES_MEAN = 0.85
/** A wording reached by way of another one. */
const CHAINED = 0.97
const MOST_CHAINED = 3
const READINGS_KEPT = 2000

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
  /** "nv" for "n/v", where nothing is written down for the letters alone. */
  private readonly compact = new Map<string, string>()
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
      if (shorthand && key.includes("/")) this.compact.set(key.replaceAll("/", ""), key)
    }
  }

  /** The folded word is shorthand or another wording for something. */
  knows(folded: string): boolean {
    return folded !== "" && (this.entries.has(folded) || this.compact.has(folded))
  }

  /**
   * The longest phrase that starts at word `from`.
   * @param spelled the words as typed, in step with `folded`
   */
  at(folded: readonly string[], from: number, spelled: readonly string[]): Phrase | undefined {
    const longest = Math.max(this.longest, this.base?.longest ?? 1)
    for (let length = Math.min(longest, folded.length - from); length > 0; length--) {
      const key = folded.slice(from, from + length).join(" ")
      let all = this.all(key)
      // "s/p appy" is written down as "status post appendectomy", "colon ca" as "colon cancer".
      if (all.length === 0 && length > 1) all = this.all(this.opened(folded.slice(from, from + length)))
      if (all.length === 0) continue
      if (all.every((reading) => reading.words.length === 0)) return { length, readings: [], silent: true }
      const typed = spelled.slice(from, from + length).join(" ")
      const readings = all.flatMap((reading) => {
        if (reading.spelled === undefined || reading.spelled === typed) return [reading]
        // Who looks a code up types "ms" for MS, but means "or" and "on" when typing them.
        const word = length === 1 && isFunctionWord(folded[from]!)
        return word ? [] : [{ ...reading, otherCase: true }]
      })
      if (readings.length > 0) return { length, readings, silent: false }
    }
    return undefined
  }

  /** Each word that is shorthand in full, as it is usually meant; "" when none is. */
  private opened(words: readonly string[]): string {
    let any = false
    const opened = words.map((word) => {
      const usual = isFunctionWord(word) ? undefined : this.all(word).find((reading) => reading.shorthand)
      if (!usual || usual.spelled !== undefined || usual.words.length === 0) return word
      any = true
      return usual.words.join(" ")
    })
    return any ? opened.join(" ") : ""
  }

  /** Readings of this book and its base, and what those are other wordings for. */
  private all(key: string): readonly Reading[] {
    if (key === "") return []
    const known = this.readings.get(key)
    if (known) return known
    const own = this.ownReadings(key)
    const all = this.base ? [...this.base.all(key), ...own] : own
    const chained: Reading[] = []
    for (const reading of all) {
      if (!reading.shorthand || chained.length >= MOST_CHAINED) continue
      for (const next of this.farther(reading, key)) {
        if (![...all, ...chained].some((each) => sameWords(each, next))) chained.push(next)
      }
    }
    const result = chained.length > 0 ? [...all, ...chained] : all
    if (this.readings.size >= READINGS_KEPT) this.readings.clear()
    this.readings.set(key, result)
    return result
  }

  private farther(reading: Reading, key: string): Reading[] {
    const further = reading.words.join(" ")
    if (further === key) return []
    const found = [...this.ownReadings(further), ...(this.base?.ownReadings(further) ?? [])]
    return found
      .filter((next) => next.words.length > 0)
      .slice(0, MOST_CHAINED)
      .map((next) => ({ ...reading, words: next.words, factor: reading.factor * next.factor * CHAINED }))
  }

  private ownReadings(key: string): readonly Reading[] {
    const entries = this.entries.get(key)
    if (entries) return read(entries, key)
    const full = this.compact.get(key)
    return full === undefined ? [] : read(this.entries.get(full) ?? [], full)
  }
}

function sameWords(a: Reading, b: Reading): boolean {
  return a.words.length === b.words.length && a.words.every((word, n) => word === b.words[n])
}

function read(entries: readonly Entry[], key: string): Reading[] {
  const readings: Reading[] = []
  // What search texts mean by it first, whatever was added first.
  const ordered = [...entries].sort(
    (a, b) => Number(b.expansion.search ?? 0) - Number(a.expansion.search ?? 0)
  )
  const meant = ordered[0]?.expansion.search === true
  for (const { expansion, factor, shorthand } of ordered) {
    const { abbr, expansions, caseSensitive, unsure, search } = expansion
    if (meant && expansions.length === 0) return [{ words: [], factor: 1, told: "", shorthand: true }]
    const usual = meant && search !== true ? factor * NOTES_MEAN : factor
    for (const [n, text] of expansions.entries()) {
      const words = contentWords(text)
      const known = readings.some((reading) => reading.words.join(" ") === words.join(" "))
      if (words.length === 0 || words.join(" ") === key || known) continue
      readings.push({
        words,
        factor: unsure ? usual * UNSURE : usual * NEXT ** n,
        told: `${abbr} = ${text}`,
        shorthand,
        ...(caseSensitive ? { spelled: abbr } : {})
      })
    }
  }
  return readings
}
