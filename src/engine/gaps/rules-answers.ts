/** Whether an axis of a rule is answered: by the code, beside the condition, or elsewhere in the chart. */
import type { PatternSet } from "../lexicon/patterns"
import type { Mention } from "../match/scan"
import type { FoundElsewhere } from "../types"
import { type RuleChart, saidOf } from "./rules-chart"
import type { CompiledAxis, CompiledValue } from "./rules-compile"
import type { ChartText, CompiledWording, Place } from "./rules-text"
import type { Suggested } from "./types"

/** One condition that opened a rule. */
export interface Condition {
  /** Suggestions of the condition; none when words opened the rule. */
  group: readonly Suggested[]
  /** Words that opened it. */
  places: readonly Place[]
  /** Codes of the condition's categories: sentences that mention one name the condition. */
  categories: ReadonlySet<string>
  opened: readonly CompiledWording[]
}

/** Words of providers who cannot tell. */
export interface CannotTell {
  undetermined: readonly CompiledWording[]
  unknown: readonly CompiledWording[]
}

export type Answer = { state: "answered" } | { state: "missing"; elsewhere?: FoundElsewhere }

const ANSWERED: Answer = { state: "answered" }

/** How far an answer may stand from the name of the condition elsewhere in the chart, in atoms. */
const NAMED_REACH = 8

/** How far "unknown" may stand from the name of the axis, in atoms. */
const UNKNOWN_REACH = 3

export class Answers {
  /** Sentences in which an answer stands beside the condition, by document. */
  private readonly near = new Map<ChartText, Set<number>>()
  private readonly mentions: Mention[]

  constructor(
    private readonly chart: RuleChart,
    private readonly condition: Condition,
    private readonly cannotTell: CannotTell
  ) {
    this.mentions = condition.group.flatMap(({ candidate }) =>
      candidate.mentions.map(({ mention }) => mention)
    )
    for (const text of chart.texts) {
      const own = new Set<number>()
      for (const { candidate } of condition.group)
        for (const each of candidate.mentions)
          if (each.chart === text.chart && each.mention.sentence.role !== "history")
            own.add(each.mention.sentenceAt)
      for (const place of condition.places) if (place.text === text) own.add(place.sentenceAt)
      this.near.set(text, around(text, own))
    }
  }

  isNear(place: Place): boolean {
    return this.near.get(place.text)?.has(place.sentenceAt) ?? false
  }

  /** Words beside the condition, whatever is said of them. */
  hasNear(wordings: readonly CompiledWording[]): boolean {
    return this.chart.find(wordings).some((place) => this.isNear(place))
  }

  /** The provider says that nothing more can be said. */
  isUndetermined(): boolean {
    return this.hasNear(this.cannotTell.undetermined)
  }

  of(axis: CompiledAxis): Answer {
    const { group } = this.condition
    const own = (codes: PatternSet) => group.some(({ suggestion }) => codes.has(suggestion.code))
    if (axis.answeredBy && own(axis.answeredBy)) return ANSWERED
    for (const { codes } of axis.values)
      if (codes && (own(codes) || this.chart.suggested(codes, false).length > 0)) return ANSWERED
    const settled = axis.values.some((value) => this.saidNear(value))
    if (settled || this.isUnknown(axis)) return ANSWERED
    const elsewhere = this.elsewhere(axis)
    if (elsewhere && axis.axis.settles) return ANSWERED
    return { state: "missing", ...(elsewhere ? { elsewhere } : {}) }
  }

  private saidNear({ value, words }: CompiledValue): boolean {
    // What the engine reads ("rt", "R", an expanded abbreviation) answers like the word itself.
    for (const wording of words) {
      const word = wording.length === 1 && wording[0]?.length === 1 ? wording[0][0] : undefined
      if (word === undefined) continue
      const said = value.denied ? `-${word}` : word
      if (this.mentions.some((mention) => mention.sentence.role !== "history" && mention.said.has(said)))
        return true
    }
    return this.chart.find(words).some((place) => {
      if (!this.isNear(place)) return false
      const said = saidOf(place.text.reasons(place))
      return value.denied ? said === "denied" : said !== "denied" && said !== "not"
    })
  }

  private isUnknown(axis: CompiledAxis): boolean {
    return this.chart.find(this.cannotTell.unknown).some((place) => {
      if (!this.isNear(place)) return false
      const { folded } = place.text.chart.read.atoms
      for (let at = place.first - UNKNOWN_REACH; at < place.last + UNKNOWN_REACH; at++)
        if (axis.name.has(folded[at] ?? "")) return true
      return false
    })
  }

  /** An answer away from the condition: a suggestion only to be considered, or words. */
  private elsewhere({ axis, values }: CompiledAxis): FoundElsewhere | undefined {
    if (axis.elsewhere === "never") return undefined
    for (const { value, codes } of values) {
      const found = codes && this.chart.suggested(codes, true)[0]?.suggestion.evidence[0]
      if (found) {
        const { doc, start, end, quote, section } = found
        return { ...(doc === undefined ? {} : { doc }), start, end, quote, section, value: value.value }
      }
    }
    for (const { value, words } of values) {
      if (value.denied) continue
      const place = this.chart
        .find(words)
        .find((each) => this.chart.isToldAt(each) && (axis.elsewhere === "anywhere" || this.names(each)))
      if (!place) continue
      const { doc, start, end, quote, section } = this.chart.evidence(place, "")
      return { ...(doc === undefined ? {} : { doc }), start, end, quote, section, value: value.value }
    }
    return undefined
  }

  /** The words of the place are said of the condition: their sentence names it near by. */
  private names({ text, sentenceAt, first, last }: Place): boolean {
    const { categories, opened } = this.condition
    const isNear = (from: number, to: number) => first - to <= NAMED_REACH && from - last <= NAMED_REACH
    return (
      text.chart.mentions.some(
        ({ match, sentenceAt: at, said }) =>
          at === sentenceAt &&
          categories.has(match.pack.code(match.row).slice(0, 3)) &&
          isNear(match.first, match.last) &&
          // A word that another condition of the sentence is made of says nothing of this one.
          (last - first > 1 || said.has(text.chart.read.atoms.folded[first] ?? ""))
      ) ||
      opened.some((wording) =>
        text.find(wording).some((place) => place.sentenceAt === sentenceAt && isNear(place.first, place.last))
      )
    )
  }
}

/** The sentences, what stands under the same problem, and outside problem lists their neighbours. */
function around(text: ChartText, own: ReadonlySet<number>): Set<number> {
  const { sentences } = text.chart.read
  const near = new Set(own)
  for (const at of own) {
    const { item, section } = sentences[at]!
    // A problem goes on over headings of its own ("Medical reasoning:").
    const belongs = (other: number) => {
      const sentence = sentences[other]
      return sentence !== undefined && sentence.item === item && (item >= 0 || sentence.section === section)
    }
    if (item < 0) {
      for (const beside of [at - 1, at + 1]) if (belongs(beside)) near.add(beside)
      continue
    }
    for (let up = at - 1; belongs(up); up--) near.add(up)
    for (let down = at + 1; belongs(down); down++) near.add(down)
  }
  return near
}
