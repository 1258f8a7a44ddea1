/** `chartside lookup`: search texts in, codes out, one JSON line each (design.md 3.1). */
import type { System } from "@/classification/model"
import { isIsoDate } from "@/classification/releases"
import { answerJsonLines, InputError, type JsonRecord, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"
import { lookupOf } from "./lookup-shelf"

const DEFAULT_LIMIT = 20
const SYSTEMS: readonly string[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]

function isSystem(value: unknown): value is System {
  return typeof value === "string" && SYSTEMS.includes(value)
}

/** Words on the command line are one search text; without any, JSON lines are read. */
export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { values: ["system"] })
  const system = options.values.get("system")
  if (system !== undefined && !isSystem(system)) {
    throw new UsageError(`--system must be one of ${SYSTEMS.join(", ")}, not "${system}"`)
  }
  const lookup = lookupOf(await loadPacks(options.packs))
  const limit = options.limit ?? DEFAULT_LIMIT
  const answer = (record: JsonRecord): object => {
    const query = readQuery(record)
    const wanted = record.system ?? system
    if (wanted !== undefined && !isSystem(wanted)) {
      throw new InputError(`"system" must be one of ${SYSTEMS.join(", ")}`)
    }
    const date = record.date ?? options.date
    if (date !== undefined && !isIsoDate(date))
      throw new InputError('"date" must be a day such as 2026-01-15')
    return lookup.search(query, {
      limit,
      ...(wanted === undefined ? {} : { system: wanted }),
      ...(date === undefined ? {} : { date: String(date) })
    })
  }
  if (options.words.length > 0) {
    const query = options.words.join(" ")
    process.stdout.write(`${JSON.stringify({ query, ...answer({ query }) })}\n`)
    return 0
  }
  return answerJsonLines(answer)
}

function readQuery(record: JsonRecord): string {
  if (typeof record.query !== "string") throw new InputError('"query" must be a text')
  return record.query
}
