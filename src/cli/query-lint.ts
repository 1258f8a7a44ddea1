/** `chartside query-lint`: a drafted query in, what is wrong with it out (design.md 3.1). */
import { isIsoDate } from "@/classification/releases"
import type { QueryDraft, QueryIndicator } from "@/engine/provider-query/types"
import { answerJsonLines, InputError, type JsonRecord, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"
import { QueryDesks } from "./query-desks"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const desks = new QueryDesks(await loadPacks(options.packs))
  return answerJsonLines((record) => {
    const draft = readDraft(record)
    return { findings: desks.forDate(draft.date ?? options.date).desk.lint(draft) }
  })
}

/** @throws InputError */
function readDraft(record: JsonRecord): QueryDraft {
  const { text, title, indicators, documented, date, generated, reviewed } = record
  if (typeof text !== "string") throw new InputError('no "text"')
  if (title !== undefined && typeof title !== "string") throw new InputError('"title" must be a text')
  if (date !== undefined && !isIsoDate(date)) throw new InputError('"date" must be a day such as 2026-01-15')
  return {
    text,
    ...(title === undefined ? {} : { title }),
    ...(indicators === undefined ? {} : { indicators: list(indicators, "indicators").map(readIndicator) }),
    ...(documented === undefined ? {} : { documented: list(documented, "documented").map(readWords) }),
    ...(date === undefined ? {} : { date }),
    ...(typeof generated === "boolean" ? { generated } : {}),
    ...(typeof reviewed === "boolean" ? { reviewed } : {})
  }
}

function list(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw new InputError(`"${name}" must be a list`)
  return value
}

function readWords(value: unknown): string {
  if (typeof value !== "string") throw new InputError('"documented" must be a list of texts')
  return value
}

/** A text, or an object with a quote. */
function readIndicator(value: unknown): QueryIndicator {
  if (typeof value === "string") return { quote: value }
  const indicator = value as QueryIndicator | null
  if (typeof indicator !== "object" || indicator === null || typeof indicator.quote !== "string")
    throw new InputError('each of "indicators" must be a text or have a "quote"')
  return indicator
}
