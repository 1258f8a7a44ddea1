/** Sets of look-ups: shorthand as typed in an emergency department, and names of diseases. */
import { benchRows, fuse, miniSearch } from "../bench/rivals"
import type { PackShelf } from "../load-packs"
import { lookupOf } from "../lookup-shelf"
import { EVAL_DATE, type Line } from "./note-sets"
import { type GoldQuery, readSet, writeErrors } from "./sets"

export interface LookupFigures {
  queries: number
  /** Shares from 0 to 1. */
  hitAt1: number
  hitAt10: number
  p50: number
  p95: number
}

/** Codes best first. */
type Search = (query: string, limit: number) => string[]

/** Fuse.js needs seconds a search: it gets a fixed sample. */
const FUSE_QUERIES = 20
/** MiniSearch needs tens of milliseconds; of the 4,106 names every 8th says as much. */
const RIVAL_STEP = 8

const bare = (code: string): string => code.replace(".", "").toUpperCase()

function figuresOf(
  search: Search,
  queries: readonly GoldQuery[],
  isHit: (code: string, gold: string) => boolean,
  errors?: string
): LookupFigures {
  const times: number[] = []
  const missed: object[] = []
  let first = 0
  let ten = 0
  for (const { id, query, codes } of queries) {
    const began = performance.now()
    const found = search(query, 10)
    times.push(performance.now() - began)
    const at = found.findIndex((code) => codes.some((gold) => isHit(bare(code), bare(gold))))
    if (at === 0) first++
    if (at >= 0) ten++
    if (at !== 0) missed.push({ id, query, codes, at, results: found.slice(0, 3) })
  }
  times.sort((a, b) => a - b)
  if (errors !== undefined) writeErrors(errors, missed)
  return {
    queries: queries.length,
    hitAt1: first / queries.length,
    hitAt10: ten / queries.length,
    p50: times[Math.floor(times.length / 2)] ?? 0,
    p95: times[Math.floor(times.length * 0.95)] ?? 0
  }
}

/**
 * Two sets: shorthand as typed in an emergency department (a hit begins with the gold code) and names of diseases
 * (a hit shares the category of a gold code). Beside ours: MiniSearch and Fuse.js over the ICD-10-CM rows.
 * @returns lines to print; undefined when neither set is here
 */
export function evalLookups(parts: { shelf: PackShelf }): Line[] | undefined {
  const shorthand = readSet<GoldQuery>("lookups/ed_shorthand.jsonl")
  const names = readSet<GoldQuery>("lookups/disease_names.jsonl")
  if (!shorthand && !names) return undefined
  const lookup = lookupOf(parts.shelf)
  const ours: Search = (query, limit) =>
    lookup.search(query, { limit, date: EVAL_DATE }).results.map((hit) => hit.code)
  const rows = benchRows(parts.shelf.pick(EVAL_DATE).packs.filter((pack) => pack.info.system === "ICD-10-CM"))
  const mini = miniSearch(rows)
  const slow = fuse(rows)
  const lines: Line[] = []
  const percent = (value: number): string => (value * 100).toFixed(1)
  const add = (label: string, { queries, ...figures }: LookupFigures): void => {
    const { hitAt1, hitAt10, p50, p95 } = figures
    lines.push([
      `${label} (${queries})`,
      `hit@1 ${percent(hitAt1)}, hit@10 ${percent(hitAt10)}; ms p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)}`
    ])
  }
  const compare = (
    label: string,
    queries: readonly GoldQuery[],
    isHit: (code: string, gold: string) => boolean,
    errors: string,
    step: number
  ): void => {
    add(label, figuresOf(ours, queries, isHit, errors))
    const some = queries.filter((_, n) => n % step === 0)
    const few = queries
      .filter((_, n) => n % Math.floor(queries.length / FUSE_QUERIES) === 0)
      .slice(0, FUSE_QUERIES)
    if (step > 1) add("  Chartside on the sample of MiniSearch", figuresOf(ours, some, isHit))
    add("  MiniSearch", figuresOf(mini.search, some, isHit))
    add("  Chartside on the sample of Fuse.js", figuresOf(ours, few, isHit))
    add("  Fuse.js", figuresOf(slow.search, few, isHit))
  }
  const begins = (code: string, gold: string): boolean => code.startsWith(gold)
  const sameCategory = (code: string, gold: string): boolean => code.slice(0, 3) === gold.slice(0, 3)
  if (shorthand) compare("ed shorthand, code prefix", shorthand, begins, "lookups-shorthand", 1)
  if (names) compare("disease names, 3 characters", names, sameCategory, "lookups-names", RIVAL_STEP)
  return lines
}
