/**
 * Gaps that the classification itself asks for: a suggested code that is a header, or means "unspecified", with the
 * axes it leaves open. Quiet by design: one gap a condition and axis, the most telling first, all others folded.
 */
import { axesFor, type OpenAxis } from "../axes"
import type { CompiledLexicon } from "../lexicon/compile"
import type { Lexicon } from "../lexicon-types"
import { factsOf } from "../match/pack-facts"
import { packOf, type ReadChart } from "../suggest/candidate"
import type { Gap, GapOption, Severity } from "../types"
import { Elsewhere, Sites } from "./elsewhere"
import { type AskedIn, Groups, Phrases } from "./quiet"
import type { GapFinder, GapInput, Suggested } from "./types"
import { conditionName, inSentence, withDash } from "./wording"

/** Axes of one condition that are told; what is asked beyond is noise. */
const MOST_AXES = 3
const MOST_OPTIONS = 24
const MOST_EVIDENCE = 3

export class DerivedGaps implements GapFinder {
  private readonly groups: Groups
  private readonly phrases: Phrases
  private readonly elsewhere: Elsewhere
  /** Axes in the order of how telling they are. */
  private readonly order: readonly string[]

  constructor(
    private readonly lexicon: CompiledLexicon,
    { gapGroups = [], gapPhrases = [], gapSites = [] }: Lexicon
  ) {
    this.groups = new Groups(gapGroups)
    this.phrases = new Phrases(gapPhrases)
    this.elsewhere = new Elsewhere(lexicon, new Sites(gapSites))
    this.order = [...lexicon.axisWords.entries.keys()]
  }

  find(input: GapInput): Gap[] {
    let result: boolean | undefined
    const asked: AskedIn = {
      setting: input.setting,
      hasResult: () => {
        result ??= this.hasResult(input.charts)
        return result
      }
    }
    return input.suggested
      .filter(
        ({ suggestion }) =>
          suggestion.tier === "code" && suggestion.system === "ICD-10-CM" && !suggestion.lane
      )
      .flatMap((each) => this.of(each, input, asked))
  }

  private of(suggested: Suggested, input: GapInput, asked: AskedIn): Gap[] {
    const { candidate } = suggested
    const axes = axesFor(packOf(candidate), this.lexicon.axisWords).open(candidate.row)
    const open = axes.filter(({ axis }) => !this.groups.isQuiet(candidate.code, axis, asked))
    if (open.length === 0) return []
    const rank = ({ axis }: OpenAxis) => {
      const place = this.order.indexOf(axis)
      return (this.severityOf(suggested, axis, asked) === "medium" ? 0 : 100) + (place < 0 ? 50 : place)
    }
    return open
      .filter(({ axis }) => !this.isUnknowable(suggested, axis))
      .sort((a, b) => rank(a) - rank(b))
      .slice(0, MOST_AXES)
      .map((axis, i) => this.toGap(suggested, axis, input, asked, i))
  }

  /** Medium where the classification asks for the detail itself (rules.md 0), never by payment. */
  private severityOf({ candidate }: Suggested, axis: string, asked: AskedIn): Severity {
    if (this.lexicon.axisWords.entries.get(axis)?.severity) return "medium"
    if (this.groups.isMedium(candidate.code, axis, asked)) return "medium"
    if (asked.setting !== "inpatient") return "low"
    return packOf(candidate).attributes(candidate.row).mce?.includes("unspecified") ? "medium" : "low"
  }

  /** The provider says that it cannot be told. */
  private isUnknowable({ candidate }: Suggested, axis: string): boolean {
    return candidate.mentions.some(({ mention, chart }) => {
      const { sentence, sentenceAt } = mention
      const { sentences } = chart.read
      // The sentences of the same problem, and the one behind it.
      const near = sentences.filter(
        (each, at) =>
          each === sentence ||
          (sentence.item >= 0 && each.item === sentence.item) ||
          (at === sentenceAt + 1 && each.section === sentence.section)
      )
      return near.some((each) =>
        this.phrases
          .in(chart.read, each)
          .some(({ says, axes }) => says === "unknown" && (axes === undefined || axes.includes(axis)))
      )
    })
  }

  private hasResult(charts: readonly ReadChart[]): boolean {
    return charts.some(({ read }) =>
      this.phrases.in(read, { first: 0, last: read.atoms.count }).some(({ says }) => says === "result")
    )
  }

  private toGap(suggested: Suggested, open: OpenAxis, input: GapInput, asked: AskedIn, place: number): Gap {
    const { suggestion, candidate } = suggested
    const pack = packOf(candidate)
    const { axis } = open
    const entry = this.lexicon.axisWords.entries.get(axis)
    const name = entry?.name ?? axis
    const condition = conditionName(suggestion.title)
    const severity = this.severityOf(suggested, axis, asked)
    const found = this.elsewhere.find(input.charts, suggested, open)
    const options = open.options.slice(0, MOST_OPTIONS).map(
      ({ value, row }): GapOption => ({
        value,
        code: withDash(pack.code(row), pack.billable(row)),
        title: factsOf(pack).title(row)
      })
    )
    const shown = withDash(suggestion.code, suggestion.billable)
    const text = suggestion.billable
      ? `Without the ${name}, ${shown} is the code that means it was not said.`
      : `Without the ${name} there is no billable code, only the header ${shown}.`
    return {
      id: `gap.derived.${axis.replaceAll(" ", "-")}`,
      key: `gap.derived.${axis.replaceAll(" ", "-")} ${suggestion.code}`,
      level: "specificity",
      severity,
      axis,
      title: `${condition}: ${name}`,
      text,
      code: { system: suggestion.system, code: suggestion.code },
      options,
      evidence: suggestion.evidence.slice(0, MOST_EVIDENCE),
      lookedIn: sectionsOf(input.charts),
      ...(found ? { foundElsewhere: found } : {}),
      folded: place > 0 || severity === "low",
      ...(entry?.guideline ? { guideline: entry.guideline } : {}),
      ...(entry?.coder
        ? {}
        : {
            question: `Please clarify the ${name} of the ${inSentence(condition)}, if it can be determined.`
          })
    }
  }
}

/** Canonical sections of the chart, in the order in which they come. */
function sectionsOf(charts: readonly ReadChart[]): string[] {
  const found = new Set<string>()
  for (const { read } of charts)
    for (const { section, role } of read.sentences)
      if (section !== "" && role !== "family" && role !== "administrative" && role !== "instructions")
        found.add(section)
  return [...found]
}
