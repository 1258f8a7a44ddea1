/** What a rule asks of a chart: which codes are suggested, which words and figures stand there for the patient. */
import { toAssertion } from "../assertion/answer"
import type { Reason } from "../assertion/decide"
import type { TriggerTable } from "../assertion/triggers"
import type { PatternSet } from "../lexicon/patterns"
import type { SectionRole } from "../lexicon-types"
import type { Evidence } from "../types"
import type { CompiledSigns } from "./rules-compile"
import { ChartText, type CompiledWording, type Place } from "./rules-text"
import type { Figure, Opening } from "./rules-types"
import type { GapInput, Suggested } from "./types"

/** Sections that tell nothing of the patient's present state. */
const SILENT: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "family",
  "instructions",
  "administrative",
  "allergies"
])
/** What is only listed from earlier days. */
const PAST: ReadonlySet<SectionRole> = new Set<SectionRole>(["history", "social", "ros"])
const ASSESSED: ReadonlySet<SectionRole> = new Set<SectionRole>(["assessed", "plan"])
/** Evaluation and treatment are told or ordered; a list of home drugs is neither. */
const CARE: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "assessed",
  "plan",
  "narrative",
  "procedure",
  "orders",
  "nursing"
])

export type Said = "affirmed" | "denied" | "possible" | "past" | "planned" | "not"

/**
 * What the reasons come to: "planned" beside a test or a plan ("at 24 weeks, glucose test tomorrow"), "not" of another
 * person, conditional or an allergy.
 */
export function saidOf(reasons: readonly Reason[]): Said {
  const categories = new Set(reasons.map(({ category }) => category))
  const has = (...any: Reason["category"][]) => any.some((category) => categories.has(category))
  if (has("family", "other-person", "hypothetical", "allergy")) return "not"
  if (has("negated", "ruled-out")) return "denied"
  if (has("planned", "screening")) return "planned"
  if (has("possible")) return "possible"
  return has("historical") ? "past" : "affirmed"
}

const MEASURED: ReadonlySet<Said> = new Set<Said>(["affirmed", "denied", "possible", "past"])

export class RuleChart {
  readonly texts: readonly ChartText[]
  private readonly several: boolean
  private readonly hasAssessment: boolean

  constructor(
    readonly input: GapInput,
    triggers: TriggerTable
  ) {
    this.texts = input.charts.map((chart) => new ChartText(chart, triggers))
    this.several = input.charts.length > 1
    this.hasAssessment = input.charts.some(({ read }) =>
      read.sentences.some(({ role }) => role === "assessed")
    )
  }

  find(wordings: readonly CompiledWording[]): Place[] {
    return this.texts.flatMap((text) => wordings.flatMap((wording) => text.find(wording)))
  }

  evidence(place: Place, via: string): Evidence {
    const { chart } = place.text
    const { atoms, text } = chart.read
    const sentence = place.text.sentence(place.sentenceAt)
    const start = atoms.start[place.first] ?? 0
    const end = atoms.end[place.last - 1] ?? start
    const doc = this.several ? chart.given.doc : undefined
    const quote = text.slice(start, end)
    return {
      ...(doc === undefined ? {} : { doc }),
      start,
      end,
      quote,
      term: quote,
      via,
      section: sentence.section,
      assertion: toAssertion(place.text.reasons(place), sentence.role, text, doc)
    }
  }

  /** Suggestions with such a code, best first. */
  suggested(codes: PatternSet, considered: boolean): Suggested[] {
    return this.input.suggested.filter(
      ({ suggestion }) => (considered || suggestion.tier === "code") && codes.has(suggestion.code)
    )
  }

  /** The provider has spoken of it: suggested, or denied or doubted. */
  spokenOf(codes: PatternSet, alsoSuppressed: boolean): boolean {
    return (
      this.input.suggested.some(({ suggestion }) => codes.has(suggestion.code)) ||
      (alsoSuppressed &&
        this.input.suppressed.some(
          ({ reason, code }) => (reason === "negated" || reason === "uncertain") && codes.has(code)
        ))
    )
  }

  /** Places where the words or figures hold of the patient. */
  places({ signs, words, figures }: CompiledSigns, where: Opening["where"]): Place[] {
    const allowed = new Set<Said>(["affirmed"])
    if (signs.allows?.includes("possible")) allowed.add("possible")
    if (signs.allows?.includes("historical")) allowed.add("past")
    const said = this.find(words).filter(
      (place) =>
        this.tells(place, where, allowed.has("past")) && allowed.has(saidOf(place.text.reasons(place)))
    )
    const measured = figures.flatMap(({ of, figure }) =>
      this.find(of).flatMap((place) => {
        if (!this.tells(place, "anywhere", false) || !MEASURED.has(saidOf(place.text.reasons(place))))
          return []
        const last = figureEnd(place, figure)
        return last === undefined ? [] : [{ ...place, last }]
      })
    )
    return [...said, ...measured]
  }

  private tells(place: Place, where: Opening["where"], past: boolean): boolean {
    const { role } = place.text.sentence(place.sentenceAt)
    if (SILENT.has(role)) return false
    if (PAST.has(role)) return past && where !== "assessed"
    return where === "anywhere" || ASSESSED.has(role) || !this.hasAssessment
  }

  /** Evidence that the signs hold anywhere in the chart; undefined when they do not. */
  holds(compiled: CompiledSigns, via: string): Evidence[] | undefined {
    const coded = compiled.codes ? this.suggested(compiled.codes, compiled.signs.considered === true) : []
    const first = coded[0]?.suggestion.evidence[0]
    if (first) return [first]
    const place = this.places(compiled, "anywhere")[0]
    if (place) return [this.evidence(place, via)]
    return coded.length > 0 ? [] : undefined
  }

  /** Words of evaluation or treatment in this encounter. */
  care(wordings: readonly CompiledWording[], via: string): Evidence[] | undefined {
    const place = this.find(wordings).find((each) => {
      if (!CARE.has(each.text.sentence(each.sentenceAt).role)) return false
      const reasons = each.text.reasons(each).filter(({ category }) => category !== "planned")
      return saidOf(reasons) === "affirmed"
    })
    return place && [this.evidence(place, via)]
  }

  /** Affirmed or doubted of the patient, now or before. */
  isTold(wordings: readonly CompiledWording[]): boolean {
    return this.find(wordings).some((place) => this.isToldAt(place))
  }

  isToldAt(place: Place): boolean {
    if (SILENT.has(place.text.sentence(place.sentenceAt).role)) return false
    const said = saidOf(place.text.reasons(place))
    return said === "affirmed" || said === "past" || said === "possible"
  }
}

/** Words and marks between what is measured and its figure: "sodium was low at 121", "Na: 121". */
const BETWEEN: ReadonlySet<string> = new Set(
  ": = ( - , of was is at to level low high now today down up initial repeat serum value result l h".split(
    " "
  )
)

/** End of the figure behind the words when it is below or above what the rule says. */
function figureEnd(place: Place, { below, above }: Figure): number | undefined {
  const { atoms } = place.text.chart.read
  const { last: to } = place.text.sentence(place.sentenceAt)
  for (let at = place.last; at < to && at < place.last + 6; at++) {
    const word = atoms.lower[at] ?? ""
    if (/^\d+(?:,\d{3})*(?:\.\d+)?$/.test(word)) {
      const value = Number(word.replaceAll(",", ""))
      const out = (below !== undefined && value < below) || (above !== undefined && value > above)
      return out ? at + 1 : undefined
    }
    if (!BETWEEN.has(word)) return undefined
  }
  return undefined
}
