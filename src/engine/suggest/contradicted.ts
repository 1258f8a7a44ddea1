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

/** Statements of one chart by one wording, and how far down the text they reach. */
interface Told {
  chart: ReadChart
  statements: { statement: Statement; order: number }[]
  /** For each of them the last place of those up to it: ascends, whatever their order. */
  furthest: number[]
}

/** What was ruled out: statements that say it of the same code by the same wording are asked about once. */
class RuledOut {
  private readonly byCategory = new Map<string, Map<string, Map<ReadChart, Told>>>()
  count = 0

  add(statement: Statement): void {
    const { chart, mention } = statement
    const { row, term, first } = mention.match
    const wordings = within(this.byCategory, categoryOf(mention), () => new Map())
    const charts = within(wordings, `${row} ${term}`, () => new Map<ReadChart, Told>())
    const told = within(charts, chart, (): Told => ({ chart, statements: [], furthest: [] }))
    told.statements.push({ statement, order: this.count++ })
    told.furthest.push(Math.max(first, told.furthest.at(-1) ?? 0))
  }

  /** The first statement that takes the mention back: further down in its chart, or in a later one. */
  against(mention: Mention, chart: ReadChart, isLater: (other: ReadChart) => boolean): Statement | undefined {
    let by: Told["statements"][number] | undefined
    for (const charts of this.byCategory.get(categoryOf(mention))?.values() ?? []) {
      let same: boolean | undefined
      for (const told of charts.values()) {
        const at =
          told.chart === chart
            ? firstBeyond(told.furthest, mention.match.first)
            : isLater(told.chart)
              ? 0
              : -1
        const found = told.statements[at]
        if (!found || (by && by.order < found.order)) continue
        same ??= isSameOrCase(mention, found.statement.mention)
        if (!same) break
        by = found
      }
    }
    return by?.statement
  }
}

function categoryOf({ match }: Mention): string {
  return `${match.pack.info.id} ${match.pack.code(match.row).slice(0, 3)}`
}

function within<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** Position of the first number above `least` in a list that never falls. */
function firstBeyond(numbers: readonly number[], least: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! <= least) low = middle + 1
    else high = middle
  }
  return low
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
  const ruledOut = new RuledOut()
  for (const chart of charts) {
    for (const mention of chart.mentions) {
      const reason = mention.reasons.find((each) => each.category === "ruled-out")
      if (reason && !mention.reasons.some((each) => each.category === "possible"))
        ruledOut.add({ chart, mention, reason })
    }
  }
  if (ruledOut.count === 0) return found
  const order = orderOf(charts)
  const at = (chart: ReadChart) => order.get(chart) ?? 0
  for (const chart of charts) {
    for (const mention of chart.mentions) {
      if (mention.reasons.some((each) => each.category === "ruled-out" || each.category === "negated"))
        continue
      const by = ruledOut.against(mention, chart, (other) => at(other) > at(chart))
      if (by) found.set(mention, by)
    }
  }
  return found
}
