/** `chartside suggest`: charts in, suggestions out, one JSON line each (design.md 3.1). */
import { readFileSync } from "node:fs"
import { checkPersonalWords, PersonalWordError } from "@/engine/lexicon/personal"
import type { PersonalWord } from "@/engine/types"
import { readChartRecord } from "./chart-record"
import { EngineShelf } from "./engine-shelf"
import { answerJsonLines, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"

/**
 * The coder's own words: a JSON list of {term, words}.
 * @throws UsageError when the file cannot be read or an entry cannot be used
 */
function readVocabulary(file: string): PersonalWord[] {
  let given: unknown
  try {
    given = JSON.parse(readFileSync(file, "utf8"))
  } catch {
    throw new UsageError(`${file} cannot be read as a JSON list of {"term", "words"}`)
  }
  try {
    return checkPersonalWords(given)
  } catch (error) {
    if (error instanceof PersonalWordError) throw new UsageError(`${file}: ${error.message}`)
    throw error
  }
}

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { switches: ["all-mentions", "em", "cdi"], values: ["vocabulary"] })
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const file = options.values.get("vocabulary")
  const personal = file === undefined ? undefined : readVocabulary(file)
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
      allMentions,
      ...(options.switches.has("em") ? { em: true } : {}),
      ...(options.switches.has("cdi") ? { cdi: true } : {}),
      ...(personal === undefined ? {} : { personal })
    })
    const suggestions =
      options.limit === undefined ? findings.suggestions : findings.suggestions.slice(0, options.limit)
    return { ...findings, suggestions }
  })
}
