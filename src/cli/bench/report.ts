/** The bench as a table. */
import type { BenchReport } from "./main"
import type { SuggestFigures } from "./suggest"

export interface Budget {
  what: string
  figure: number
  limit: number
  at: "most" | "least"
}

export function met({ figure, limit, at }: Budget): boolean {
  return at === "most" ? figure <= limit : figure >= limit
}

export function printSuggest(figures: SuggestFigures | undefined): string {
  if (!figures) return "suggest: the notes of the evaluation are not on this machine, nothing measured\n"
  const { notes, characters, clock, processor, charactersASecond, growth } = figures
  const ms = ({ p50, p95 }: { p50: number; p95: number }): string =>
    `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms`
  return [
    `suggest, ${notes} notes of ${characters} characters, warm`,
    `  clock      ${ms(clock)}`,
    `  processor  ${ms(processor)}; ${Math.round(charactersASecond)} characters a second`,
    `  1 MB: ${growth.toFixed(1)} times a tenth of it (10 is linear)`,
    ""
  ].join("\n")
}

export function print({ packs, rows, engines, suggest, budgets }: BenchReport): string {
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(2)
  const ms = (value: number): string => (value < 100 ? value.toFixed(2) : value.toFixed(0))
  const lines = ["pack              MB    gzip MB  load ms  heap MB  full check ms"]
  for (const pack of packs) {
    lines.push(
      `${pack.id.padEnd(16)} ${mb(pack.bytes).padStart(5)} ${mb(pack.gzip).padStart(8)} ${ms(pack.loadMs).padStart(8)} ${mb(pack.heapBytes).padStart(8)} ${ms(pack.verifyMs).padStart(9)}`
    )
  }
  const ours = engines[0]
  lines.push("", `look-up over ${rows} billable rows`)
  lines.push(
    "once unmeasured, then the best of 2 runs (Fuse.js one); ratio: its p50 over ours on the texts it got"
  )
  lines.push("engine       texts   build ms      p50      p95    worst    ratio  ED hit@1")
  for (const engine of engines) {
    const ratio = engine.p50 / engine.oursP50
    const hits = engine.hitAt1 === undefined ? "-" : (engine.hitAt1 * 100).toFixed(1)
    lines.push(
      `${engine.name.padEnd(12)} ${String(engine.queries).padStart(5)} ${ms(engine.buildMs).padStart(10)} ${ms(engine.p50).padStart(8)} ${ms(engine.p95).padStart(8)} ${ms(engine.worst).padStart(8)} ${ratio.toFixed(1).padStart(8)} ${hits.padStart(9)}`
    )
  }
  for (const [kind, { p50, p95 }] of Object.entries(ours?.byKind ?? {}))
    lines.push(`  ${kind.padEnd(12)} p50 ${ms(p50)}, p95 ${ms(p95)}`)
  if (ours?.firstMs !== undefined && ours.firstWarmedMs !== undefined && ours.warmSlices) {
    const { count, longestMs } = ours.warmSlices
    lines.push(
      `first search ${ms(ours.firstMs)} ms; after ${count} idle slices (longest ${ms(longestMs)} ms) ${ms(ours.firstWarmedMs)} ms; tables ${mb(ours.heapBytes ?? 0)} MB`
    )
  }
  lines.push("", printSuggest(suggest).trimEnd(), "", "budgets")
  for (const budget of budgets) {
    const limit = `${budget.at} ${budget.limit}`
    lines.push(
      `  ${met(budget) ? "met   " : "MISSED"} ${budget.what.padEnd(40)} ${budget.figure.toFixed(2).padStart(9)}  (${limit})`
    )
  }
  return `${lines.join("\n")}\n`
}
