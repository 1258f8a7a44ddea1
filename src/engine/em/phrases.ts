/** Finds the phrases of the E/M tables in the sentences of a chart. */
import { foldTokens, foldWord, tokenize } from "@/classification/words"
import { reasonsFor } from "../assertion/decide"
import { findTriggers, type TriggerTable } from "../assertion/triggers"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import { isDose } from "./drug-words"
import type { EmPhrase, EmQuote } from "./types"

export interface Found {
  phrase: EmPhrase
  chart: ReadChart
  sentence: Sentence
  /** Atom positions, `last` exclusive. */
  first: number
  last: number
}

interface Compiled {
  phrase: EmPhrase
  places: ReadonlySet<string>[]
  unless: string[][]
}

/** What takes a statement away: it is denied, past, or about somebody else. */
const TAKEN: ReadonlySet<string> = new Set(["negated", "ruled-out", "historical", "family", "other-person"])

export class PhraseFinder {
  private readonly compiled: Compiled[]

  constructor(
    phrases: readonly EmPhrase[],
    private readonly triggers: TriggerTable
  ) {
    this.compiled = phrases.map((phrase) => ({
      phrase,
      places: phrase.words.map((words) => new Set(words.flatMap((word) => [word, foldWord(word)]))),
      unless: (phrase.unless ?? []).map((words) => words.split(" "))
    }))
  }

  /** Everything found, in the order of the text; a phrase once a sentence. */
  find(charts: readonly ReadChart[], drugs: ReadonlySet<string>): Found[] {
    return charts.flatMap((chart) =>
      chart.read.sentences.flatMap((sentence) =>
        this.compiled.flatMap((each) => this.inSentence(each, chart, sentence, drugs) ?? [])
      )
    )
  }

  private inSentence(
    { phrase, places, unless }: Compiled,
    chart: ReadChart,
    sentence: Sentence,
    drugs: ReadonlySet<string>
  ): Found | undefined {
    const { role, first, last } = sentence
    if (phrase.roles && !phrase.roles.some((each) => each === role)) return undefined
    if (role === "instructions" || role === "family" || role === "administrative") return undefined
    const { lower, folded } = chart.read.atoms
    const at = (position: number, place: ReadonlySet<string>) => {
      const word = lower[position] ?? ""
      if (place.has(word) || place.has(folded[position] ?? "")) return true
      if (place.has("<number>") && /^\d+$/.test(word)) return true
      return place.has("<drug>") && (drugs.has(folded[position] ?? "") || isDose(word, lower[position - 1]))
    }
    for (let begin = first; begin < last; begin++) {
      if (!at(begin, places[0]!)) continue
      const end = this.rest(places, begin, Math.min(last, begin + phrase.within + 1), at)
      if (end === undefined) continue
      if (unless.some((words) => holds(lower, first, last, words))) return undefined
      if (this.isTaken(chart, sentence, begin, end)) continue
      return { phrase, chart, sentence, first: begin, last: end }
    }
    return undefined
  }

  /** The other places behind the first, in order; the nearest of each. */
  private rest(
    places: readonly ReadonlySet<string>[],
    begin: number,
    limit: number,
    at: (position: number, place: ReadonlySet<string>) => boolean
  ): number | undefined {
    let position = begin
    for (const place of places.slice(1)) {
      position++
      while (position < limit && !at(position, place)) position++
      if (position >= limit) return undefined
    }
    return position + 1
  }

  private isTaken(chart: ReadChart, sentence: Sentence, first: number, last: number): boolean {
    const hits = findTriggers(this.triggers, chart.read.atoms, sentence)
    return reasonsFor(chart.read, sentence, hits, first, last).some(
      ({ category, bySection }) => TAKEN.has(category) && !bySection
    )
  }
}

function holds(lower: readonly string[], first: number, last: number, words: readonly string[]): boolean {
  for (let at = first; at + words.length <= last; at++)
    if (words.every((word, i) => lower[at + i] === word)) return true
  return false
}

/** The words of a place in the chart. @param several documents: then it says which */
export function quoteOf(
  chart: ReadChart,
  sentence: Sentence,
  first: number,
  last: number,
  several: boolean
): EmQuote {
  const { atoms, text } = chart.read
  const start = atoms.start[first] ?? 0
  const end = atoms.end[last - 1] ?? start
  return {
    ...(several ? { doc: chart.given.doc } : {}),
    start,
    end,
    quote: text.slice(start, end),
    section: sentence.section
  }
}

/** Words as sentences hold them: "x-ray" is two of them or one, as the tokenizer says. */
export function wordsOf(text: string): string[] {
  return foldTokens(text, tokenize(text))
}
