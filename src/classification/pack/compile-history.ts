/** Writes what earlier releases tell: since when a code exists or is a header, and the codes that are gone. */
import type { CodeSetModel, RetiredCode } from "../model"
import { type DayPool, dayNumber } from "./days"
import { ModelError } from "./format"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

/** @returns codes with a history that this release does not hold */
export function writeHistory(
  sections: SectionWriter,
  model: CodeSetModel,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool,
  days: DayPool
): string[] {
  const unknown: string[] = []
  const known: { row: number; header: number; added: number; previous: number }[] = []
  for (const [code, history] of model.history ?? []) {
    const row = rowOf.get(code)
    if (row === undefined) {
      unknown.push(code)
      continue
    }
    const previous = history.previous === undefined ? 0 : pool.add(phraseLine(history.previous)) + 1
    known.push({ row, header: days.add(history.headerSince), added: days.add(history.addedSince), previous })
  }
  known.sort((a, b) => a.row - b.row)
  const column = (read: (each: (typeof known)[number]) => number): number[] => known.map(read)
  sections.numbers(
    "historyRow",
    column((each) => each.row)
  )
  sections.numbers(
    "historyHeader",
    column((each) => each.header)
  )
  sections.numbers(
    "historyAdded",
    column((each) => each.added)
  )
  sections.numbers(
    "historyPrevious",
    column((each) => each.previous)
  )
  return unknown
}

/** Sorted by code, for the search. @throws ModelError for a code that is there twice or not retired at all */
export function writeRetired(
  sections: SectionWriter,
  model: CodeSetModel,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool
): void {
  const sorted = [...(model.retired ?? [])].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
  for (const [n, { code }] of sorted.entries()) {
    if (!/^[0-9A-Z]{1,8}$/.test(code)) throw new ModelError(`retired code ${JSON.stringify(code)} is no code`)
    if (rowOf.has(code)) throw new ModelError(`code ${code} is retired and in the release`)
    if (sorted[n - 1]?.code === code) throw new ModelError(`code ${code} is retired twice`)
  }
  const column = (read: (each: RetiredCode) => number): number[] => sorted.map(read)
  sections.numbers(
    "retiredCode",
    column((each) => pool.add(each.code))
  )
  sections.numbers(
    "retiredTitle",
    column((each) => pool.add(each.title))
  )
  sections.numbers(
    "retiredSince",
    column((each) => dayNumber(each.since))
  )
  sections.numbers(
    "retiredSuccessors",
    column((each) => pool.add(codeLine(each.successors)))
  )
}

/** Alternatives in one text; each may be several codes that were needed together ("C56.1 and C56.2"). */
function phraseLine(phrases: readonly string[]): string {
  for (const phrase of phrases) {
    if (phrase === "" || phrase.includes(";"))
      throw new ModelError(`${JSON.stringify(phrase)} is no alternative`)
  }
  return phrases.join(";")
}

/** Codes in one text, a blank between. */
function codeLine(codes: readonly string[]): string {
  for (const code of codes) {
    if (code === "" || /\s/.test(code)) throw new ModelError(`${JSON.stringify(code)} is no code`)
  }
  return codes.join(" ")
}
