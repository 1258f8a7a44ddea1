/**
 * Whether the rest of the chart answers an open axis: a mention of the same condition that says a value, or a side that
 * is said of the same place of the body. What is denied, doubted, past or another person's is no answer, and where the
 * chart says two different things there is none.
 */
import { reasonsFor } from "../assertion/decide"
import { findTriggers } from "../assertion/triggers"
import type { LevelOption } from "../axes"
import { titleTokens } from "../axes/words"
import type { CompiledLexicon } from "../lexicon/compile"
import type { SectionRole } from "../lexicon-types"
import { signedWords } from "../match/polarity"
import { type Mention, modifiersIn } from "../match/scan"
import type { ReadChart } from "../suggest/candidate"
import { packOf } from "../suggest/candidate"
import { atomize } from "../text/atoms"
import type { Sentence } from "../text/document"
import type { FoundElsewhere } from "../types"
import type { GapSite } from "./derived-types"
import type { Suggested } from "./types"

/** Nothing about the patient's condition is taken from these. */
const SILENT: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "family",
  "instructions",
  "administrative",
  "orders"
])

/** How far a side may stand from the place it is said of, in atoms. */
const SIDE_REACH = 3

/** Every word of a site, folded, with the words that name the same place. */
export class Sites {
  private readonly groups: readonly ReadonlySet<string>[]

  constructor(sites: readonly GapSite[]) {
    this.groups = sites.map(({ words }) => new Set(words.flatMap((word) => atomize(word).folded)))
  }

  has(word: string): boolean {
    return this.groups.some((group) => group.has(word))
  }

  /** Words of the places that these words name; empty when they name none. */
  around(words: Iterable<string>): Set<string> {
    const found = new Set<string>()
    for (const word of words)
      for (const group of this.groups) if (group.has(word)) for (const each of group) found.add(each)
    return found
  }
}

interface Answer {
  option: LevelOption
  chart: ReadChart
  sentence: Sentence
  first: number
  last: number
}

export interface Asked {
  axis: string
  options: readonly LevelOption[]
}

export class Elsewhere {
  constructor(
    private readonly lexicon: CompiledLexicon,
    private readonly sites: Sites
  ) {}

  find(charts: readonly ReadChart[], of: Suggested, asked: Asked): FoundElsewhere | undefined {
    const answers = this.byMentions(charts, of, asked)
    if (answers.length === 0 && asked.axis === "laterality") answers.push(...this.bySides(charts, of, asked))
    const [first] = answers
    if (!first || answers.some(({ option }) => option.value !== first.option.value)) return undefined
    return toFound(first, charts.length > 1)
  }

  /** Mentions of the same category: by the code they lead to, or by the words around them. */
  private byMentions(charts: readonly ReadChart[], of: Suggested, { axis, options }: Asked): Answer[] {
    const pack = packOf(of.candidate)
    const category = of.candidate.code.slice(0, 3)
    const words = options.map((option) => ({ option, words: wordsOf(option, axis, of) }))
    const found: Answer[] = []
    for (const chart of charts) {
      for (const mention of chart.mentions) {
        const { match, sentence } = mention
        const { row } = match
        if (SILENT.has(sentence.role) || mention.reasons.length > 0 || match.pack !== pack) continue
        const same = pack.code(row).startsWith(category)
        if (!same && !(axis === "trimester" && mention.said.has("trimester"))) continue
        const told = words.filter(
          ({ option, words }) =>
            (row >= option.row && row <= pack.subtreeEnd(option.row)) || says(mention, words)
        )
        const best = told.sort((a, b) => b.words.length - a.words.length)[0]
        if (best) found.push({ option: best.option, chart, sentence, first: match.first, last: match.last })
      }
    }
    return found
  }

  /** "Right knee" in another section answers the side of a knee's arthritis, "right" of another place does not. */
  private bySides(charts: readonly ReadChart[], of: Suggested, { options }: Asked): Answer[] {
    const title = signedWords(of.suggestion.title)
    const quoted = of.suggestion.evidence.flatMap(({ quote }) => atomize(quote).folded)
    const places = this.sites.around([...title, ...quoted])
    if (places.size === 0) return []
    const found: Answer[] = []
    for (const chart of charts) {
      const { atoms, sentences, clause } = chart.read
      for (const sentence of sentences) {
        if (SILENT.has(sentence.role) || !names(chart, sentence, places)) continue
        const sides = modifiersIn(this.lexicon, chart.read, sentence).filter(
          (hit) => hit.axis === "laterality"
        )
        if (sides.length === 0) continue
        const hits = findTriggers(this.lexicon.triggers, atoms, sentence)
        for (const side of sides) {
          const option = options.find(({ value }) => value === side.value.join(" "))
          const place = this.placeBeside(chart, sentence, side, places)
          if (!option || place < 0 || clause[place] !== clause[side.first]) continue
          const first = Math.min(place, side.first)
          const last = Math.max(place + 1, side.last)
          if (reasonsFor(chart.read, sentence, hits, first, last).length > 0) continue
          found.push({ option, chart, sentence, first, last })
        }
      }
    }
    return found
  }

  /** The nearest word for a place of the body beside a side, when it is one of `places`; else -1. */
  private placeBeside(
    { read: { atoms } }: ReadChart,
    sentence: Sentence,
    side: { first: number; last: number },
    places: ReadonlySet<string>
  ): number {
    // "Bilateral knees" holds its place itself; "right" takes what stands behind it before what stands in front.
    for (let at = side.first; at < Math.min(sentence.last, side.last + SIDE_REACH); at++) {
      const word = atoms.folded[at] ?? ""
      if (this.sites.has(word)) return places.has(word) ? at : -1
    }
    for (let at = side.first - 1; at >= Math.max(sentence.first, side.first - SIDE_REACH); at--) {
      const word = atoms.folded[at] ?? ""
      if (this.sites.has(word)) return places.has(word) ? at : -1
    }
    return -1
  }
}

function names({ read: { atoms } }: ReadChart, sentence: Sentence, places: ReadonlySet<string>): boolean {
  for (let at = sentence.first; at < sentence.last; at++) if (places.has(atoms.folded[at] ?? "")) return true
  return false
}

/** Words that the value adds to what the suggestion says, signed. */
function wordsOf(option: LevelOption, axis: string, of: Suggested): string[] {
  const own = new Set(signedWords(of.suggestion.title))
  const said = axis === "7th character" ? titleTokens(option.value) : signedWords(option.value)
  return said.filter((word) => !own.has(word))
}

function says({ said }: Mention, words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => said.has(word))
}

function toFound({ option, chart, sentence, first, last }: Answer, several: boolean): FoundElsewhere {
  const { read, given } = chart
  const start = read.atoms.start[first] ?? 0
  const end = read.atoms.end[last - 1] ?? start
  return {
    ...(several ? { doc: given.doc } : {}),
    start,
    end,
    quote: read.text.slice(start, end),
    section: sentence.section,
    value: option.value
  }
}
