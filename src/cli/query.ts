/** `chartside query`: charts in, drafted queries to the provider out, each with what its own linter says of it. */

import type { QueryDesk } from "@/engine/provider-query"
import type { ComposeRequest } from "@/engine/provider-query/composer-types"
import { asPlainText, firstChoice, optionsFor, writeQuery } from "@/engine/provider-query/write"
import type { Gap } from "@/engine/types"
import { readChartRecord } from "./chart-record"
import { answerJsonLines, InputError, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"
import { QueryDesks } from "./query-desks"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const desks = new QueryDesks(await loadPacks(options.packs))
  return answerJsonLines((record) => {
    const wanted = record.gap
    if (wanted !== undefined && typeof wanted !== "string")
      throw new InputError('"gap" must be the id or key of a gap')
    const chart = readChartRecord(record)
    const date = chart.date ?? options.date
    const setting = chart.setting ?? options.setting
    const { desk, engine } = desks.forDate(date)
    const { gaps, suggestions } = engine.suggest({
      ...chart,
      setting,
      ...(date === undefined ? {} : { date })
    })
    const asked = gaps.filter(({ id, key }) => wanted === undefined || wanted === id || wanted === key)
    if (wanted !== undefined && asked.length === 0) throw new InputError("this chart has no such gap")
    return {
      queries: asked.map((gap) =>
        draft(desk, {
          documents: chart.documents,
          gap,
          suggestions,
          setting,
          ...(date === undefined ? {} : { date })
        })
      )
    }
  })
}

/** `findings` are those of the linter once a person has read the text: [] when nothing is wrong with it. */
function draft(desk: QueryDesk, request: ComposeRequest & { gap: Gap }) {
  const material = desk.prepare(request)
  const choice = firstChoice(material)
  const query = writeQuery(material, choice)
  return {
    gap: request.gap.key,
    template: material.template,
    ...(material.rule === undefined ? {} : { rule: material.rule }),
    title: query.title,
    text: asPlainText(query),
    indicators: query.indicators,
    options: optionsFor(material, choice).map(({ text }) => text),
    remarks: material.remarks,
    findings: desk.lint({ ...query, reviewed: true })
  }
}
