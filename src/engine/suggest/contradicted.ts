/**
 * Conditions that the chart itself takes back: "Pulmonary embolism was ruled out by CT" further down or in a later
 * or more final document. A mere denial ("no cough" in a review of systems) takes nothing back.
 */
import type { Reason } from "../assertion/decide"
import type { Mention } from "../match/scan"
import type { ReadChart } from "./candidate"
import { orderOf } from "./finality"

/** Where and by which words a condition was taken back. */
export interface Statement {
  chart: ReadChart
  mention: Mention
  reason: Reason
}

function wordsOf({ match }: Mention): Uint32Array {
  return match.pack.terms.words(match.term)
}

/** The same condition, or a case of it: all words that were ruled out stand in the mention's term. */
function isSameOrCase(mention: Mention, ruledOut: Mention): boolean {
  const { pack, row } = mention.match
  if (pack !== ruledOut.match.pack) return false
  if (row === ruledOut.match.row) return true
  if (pack.code(row).slice(0, 3) !== pack.code(ruledOut.match.row).slice(0, 3)) return false
  const words = new Set(wordsOf(mention))
  return wordsOf(ruledOut).every((word) => words.has(word))
}

/** For each mention that the chart takes back later: where, and by which words. */
export function takenBack(charts: readonly ReadChart[]): Map<Mention, Statement> {
  const found = new Map<Mention, Statement>()
  const ruledOut: Statement[] = []
  for (const chart of charts) {
    for (const mention of chart.mentions) {
      const reason = mention.reasons.find((each) => each.category === "ruled-out")
      if (reason && !mention.reasons.some((each) => each.category === "possible"))
        ruledOut.push({ chart, mention, reason })
    }
  }
  if (ruledOut.length === 0) return found
  const order = orderOf(charts)
  const at = (chart: ReadChart) => order.get(chart) ?? 0
  for (const chart of charts) {
    for (const mention of chart.mentions) {
      if (mention.reasons.some((each) => each.category === "ruled-out" || each.category === "negated"))
        continue
      const by = ruledOut.find(
        (each) =>
          (each.chart === chart
            ? each.mention.match.first > mention.match.first
            : at(each.chart) > at(chart)) && isSameOrCase(mention, each.mention)
      )
      if (by) found.set(mention, by)
    }
  }
  return found
}
