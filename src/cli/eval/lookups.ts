/** Sets of look-ups: shorthand as typed in an emergency department, and names of diseases. */
import type { Lookup } from "@/classification/lookup"
import type { PackShelf } from "../load-packs"
import { lookupOf } from "../lookup-shelf"
import { EVAL_DATE, type Line } from "./note-sets"
import { readSet, writeErrors } from "./sets"

interface GoldQuery {
  id: string
  query: string
  codes: string[]
}

export interface LookupFigures {
  queries: number
  /** Shares from 0 to 1. */
  hitAt1: number
  hitAt10: number
  p50: number
  p95: number
}

export interface LookupReport {
  /** A hit begins with the gold code. */
  shorthand?: LookupFigures
  /** A hit shares the category (3 characters) of a gold code. */
  names?: LookupFigures
}

const bare = (code: string): string => code.replace(".", "").toUpperCase()

function figuresOf(
  lookup: Lookup,
  queries: readonly GoldQuery[],
  isHit: (code: string, gold: string) => boolean,
  errors: string
): LookupFigures {
  const times: number[] = []
  const missed: object[] = []
  let first = 0
  let ten = 0
  for (const { id, query, codes } of queries) {
    const began = performance.now()
    const { results } = lookup.search(query, { limit: 10, date: EVAL_DATE })
    times.push(performance.now() - began)
    const at = results.findIndex((result) => codes.some((gold) => isHit(bare(result.code), bare(gold))))
    if (at === 0) first++
    if (at >= 0) ten++
    if (at !== 0)
      missed.push({ id, query, codes, at, results: results.slice(0, 3).map((result) => result.code) })
  }
  times.sort((a, b) => a - b)
  writeErrors(errors, missed)
  return {
    queries: queries.length,
    hitAt1: first / queries.length,
    hitAt10: ten / queries.length,
    p50: times[Math.floor(times.length / 2)] ?? 0,
    p95: times[Math.floor(times.length * 0.95)] ?? 0
  }
}

/** Sets that are not on this machine are left out. */
export function reportLookups(shelf: PackShelf): LookupReport {
  const lookup = lookupOf(shelf)
  const report: LookupReport = {}
  const shorthand = readSet<GoldQuery>("lookups/ed_shorthand.jsonl")
  if (shorthand) {
    report.shorthand = figuresOf(
      lookup,
      shorthand,
      (code, gold) => code.startsWith(gold),
      "lookups-shorthand"
    )
  }
  const names = readSet<GoldQuery>("lookups/disease_names.jsonl")
  if (names) {
    report.names = figuresOf(
      lookup,
      names,
      (code, gold) => code.slice(0, 3) === gold.slice(0, 3),
      "lookups-names"
    )
  }
  return report
}

/** @returns lines to print; undefined when neither set is here */
export function evalLookups(parts: { shelf: PackShelf }): Line[] | undefined {
  const { shorthand, names } = reportLookups(parts.shelf)
  const lines: Line[] = []
  const percent = (value: number): string => (value * 100).toFixed(1)
  const add = (label: string, figures: LookupFigures): void => {
    lines.push([`${label}: queries`, String(figures.queries)])
    lines.push([`${label}: hit@1`, percent(figures.hitAt1)])
    lines.push([`${label}: hit@10`, percent(figures.hitAt10)])
    lines.push([`${label}: ms p50 / p95`, `${figures.p50.toFixed(2)} / ${figures.p95.toFixed(2)}`])
  }
  if (shorthand) add("ed shorthand, code prefix", shorthand)
  if (names) add("disease names, 3 characters", names)
  return lines.length > 0 ? lines : undefined
}
