/** `chartside suggest`: charts in, suggestions out, one JSON line each (design.md 3.1). */
import { readChartRecord } from "./chart-record"
import { EngineShelf } from "./engine-shelf"
import { answerJsonLines, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { switches: ["all-mentions"] })
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const engines = new EngineShelf(await loadPacks(options.packs))
  const allMentions = options.switches.has("all-mentions")
  return answerJsonLines((record) => {
    const chart = readChartRecord(record)
    const date = chart.date ?? options.date
    const { engine } = engines.forDate(date)
    const findings = engine.suggest({
      ...chart,
      setting: chart.setting ?? options.setting,
      ...(date === undefined ? {} : { date }),
      allMentions
    })
    const suggestions =
      options.limit === undefined ? findings.suggestions : findings.suggestions.slice(0, options.limit)
    return { ...findings, suggestions }
  })
}
