/** How final a document is, and which of two statements of a chart stands at the end (rules.md C5). */
import type { Mention } from "../match/scan"
import type { ReadChart } from "./candidate"

const DISCHARGE_KIND = /discharge/i
const DISCHARGE_TITLE = /\bdischarge summary\b/i
/** A title stands at the head of a note. */
const HEAD = 400

const known = new WeakMap<ReadChart, boolean>()

/** A discharge summary, by its kind, its title, or because it states the discharge diagnoses. */
export function isDischargeSummary(chart: ReadChart): boolean {
  // Asked for every mention of the chart.
  const is = known.get(chart) ?? statesDischarge(chart)
  known.set(chart, is)
  return is
}

function statesDischarge(chart: ReadChart): boolean {
  if (chart.given.kind !== undefined && DISCHARGE_KIND.test(chart.given.kind)) return true
  return (
    DISCHARGE_TITLE.test(chart.read.text.slice(0, HEAD)) ||
    chart.read.stretches.some((stretch) => stretch.section === "discharge-diagnosis")
  )
}

/** Sections of a discharge summary that state its diagnoses (II.H: "at the time of discharge"). */
const FINAL_SECTIONS: ReadonlySet<string> = new Set([
  "discharge-diagnosis",
  "diagnosis",
  "assessment",
  "assessment-plan",
  "impression"
])

/** The final diagnostic statement of an inpatient stay: there uncertain diagnoses count as established. */
export function isFinalStatement(chart: ReadChart, mention: Mention): boolean {
  return FINAL_SECTIONS.has(mention.sentence.section) && isDischargeSummary(chart)
}

/** Charts from the earliest to the last word: by date where both have one, discharge summaries last, else as given. */
export function orderOf(charts: readonly ReadChart[]): Map<ReadChart, number> {
  const final = new Map(charts.map((chart) => [chart, isDischargeSummary(chart)]))
  const sorted = charts
    .map((chart, given) => ({ chart, given }))
    .sort((a, b) => {
      const byKind = Number(final.get(a.chart)) - Number(final.get(b.chart))
      if (byKind !== 0) return byKind
      const [first, second] = [a.chart.given.date, b.chart.given.date]
      if (first && second && first !== second) return first < second ? -1 : 1
      return a.given - b.given
    })
  return new Map(sorted.map(({ chart }, at) => [chart, at]))
}
