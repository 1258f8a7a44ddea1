/**
 * `npm run bench [-- --json] [-- --packs DIR] [-- --suggest]`: sizes and times of packs, look-up and suggest (with
 * `--suggest` that alone) against the budgets of
 * design.md section 4, and against MiniSearch, FlexSearch and Fuse.js over the same rows and search texts in one
 * run. The others get samples: every 5th text, Fuse.js 20 in all (it needs seconds each); each is compared with our
 * time over the very texts it got. Some five minutes of processor time. Heap figures need `node --expose-gc`; the command
 * starts itself again with it.
 */
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { createLookup, expansionsOf } from "@/classification/lookup"
import { EngineShelf } from "../engine-shelf"
import { type GoldQuery, readSet } from "../eval/sets"
import { loadPacks, type PackShelf } from "../load-packs"
import { collect, measurePack, type PackFigures, quantile, summary, type Times, timesOf } from "./measure"
import { benchQueries } from "./queries"
import { type Budget, print, printSuggest } from "./report"
import { benchRows, flexSearch, fuse, miniSearch, type Rival } from "./rivals"
import { measureSuggest, type SuggestFigures } from "./suggest"

const DATE = "2026-01-15"
const SEED = 20260115
const QUERIES = 500
/** MiniSearch needs tens of milliseconds a text: of 500 every 5th says as much. */
const RIVAL_QUERIES = 100
const FUSE_QUERIES = 20
const LIMIT = 20
const RUNS = 2

export interface EngineFigures extends Times {
  name: string
  buildMs: number
  heapBytes?: number
  /** p50 of Chartside over the same texts. */
  oursP50: number
  /** Share of the emergency-department shorthand whose first result is right; missing without ../shared. */
  hitAt1?: number
  byKind?: Record<string, { p50: number; p95: number }>
  /** First search: nothing warmed, and after `warm()` was called until it had no more to do. */
  firstMs?: number
  firstWarmedMs?: number
  warmSlices?: { count: number; longestMs: number }
}

export interface BenchReport {
  packs: PackFigures[]
  rows: number
  engines: EngineFigures[]
  /** Missing without the notes of the evaluation. */
  suggest?: SuggestFigures
  budgets: Budget[]
}

type Search = (text: string, limit: number) => string[]

function hitAt1(search: Search): number | undefined {
  const gold = readSet<GoldQuery>("lookups/ed_shorthand.jsonl")
  if (!gold) return undefined
  const bare = (code: string): string => code.replace(".", "").toUpperCase()
  const right = gold.filter(({ query, codes }) => {
    const first = search(query, LIMIT)[0]
    return first !== undefined && codes.some((code) => bare(first).startsWith(bare(code)))
  })
  return right.length / gold.length
}

function withHits(figures: EngineFigures, search: Search): EngineFigures {
  const share = hitAt1(search)
  return share === undefined ? figures : { ...figures, hitAt1: share }
}

/** Texts of every pack, most of diagnoses: a third typed to the end, the others but for one or two letters. */
function benchTexts(shelf: PackShelf): { kind: string; text: string }[] {
  const { packs } = shelf.pick(DATE)
  const shorthand = expansionsOf(shelf.lexicon()).abbreviations.map((each) => each.abbr)
  const share = (system: string): number =>
    system === "ICD-10-CM" ? 0.6 : 0.4 / Math.max(1, packs.length - 1)
  return packs
    .flatMap((pack, n) =>
      benchQueries(pack, shorthand, Math.round(QUERIES * share(pack.info.system)), SEED + n)
    )
    .slice(0, QUERIES)
    .map(({ kind, text }, n) => ({ kind, text: text.slice(0, Math.max(1, text.length - (n % 3))) }))
}

function measureOurs(
  shelf: PackShelf,
  texts: readonly { kind: string; text: string }[]
): { ours: EngineFigures; times: number[] } {
  const { packs } = shelf.pick(DATE)
  const words = expansionsOf(shelf.lexicon())
  const fresh = createLookup(packs, words)
  const first = performance.now()
  fresh.search("fracture", { limit: LIMIT, date: DATE })
  const firstMs = performance.now() - first
  collect()
  const before = process.memoryUsage()
  const began = performance.now()
  const lookup = createLookup(packs, words)
  const buildMs = performance.now() - began
  const slices: number[] = []
  for (let more = true; more; ) {
    const start = performance.now()
    more = lookup.warm(DATE)
    slices.push(performance.now() - start)
  }
  const warmed = performance.now()
  lookup.search("fractur", { limit: LIMIT, date: DATE })
  const firstWarmedMs = performance.now() - warmed
  const run = (text: string) => lookup.search(text, { limit: LIMIT, date: DATE })
  for (const { text } of texts) run(text)
  const times = timesOf(
    texts.map((each) => each.text),
    RUNS,
    run
  )
  collect()
  const after = process.memoryUsage()
  const byKind: Record<string, { p50: number; p95: number }> = {}
  for (const kind of new Set(texts.map((each) => each.kind))) {
    const own = times.filter((_, n) => texts[n]!.kind === kind)
    byKind[kind] = { p50: quantile(own, 0.5), p95: quantile(own, 0.95) }
  }
  const ours = withHits(
    {
      name: "Chartside",
      buildMs,
      ...summary(times),
      oursP50: quantile(times, 0.5),
      heapBytes: after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers,
      byKind,
      firstMs,
      firstWarmedMs,
      warmSlices: { count: slices.length, longestMs: Math.max(...slices) }
    },
    (text, limit) => lookup.search(text, { limit, date: DATE }).results.map((hit) => hit.code)
  )
  return { ours, times }
}

/** @param times ours, text by text */
function measureRivals(
  shelf: PackShelf,
  texts: readonly string[],
  times: readonly number[]
): { rows: number; engines: EngineFigures[] } {
  const rows = benchRows(shelf.pick(DATE).packs)
  const engines: EngineFigures[] = []
  const measure = (rival: Rival, queries: number, runs: number): EngineFigures => {
    const step = Math.max(1, Math.floor(texts.length / queries))
    const sampled = <T>(all: readonly T[]): T[] => all.filter((_, n) => n % step === 0).slice(0, queries)
    const sample = sampled(texts)
    // As ours: all texts once unmeasured, then the best of as many runs; what needs seconds is warm by itself.
    if (runs > 1) for (const text of sample) rival.search(text, LIMIT)
    const spent = timesOf(sample, runs, (text) => rival.search(text, LIMIT))
    process.stderr.write(`${rival.name} measured\n`)
    const { name, buildMs } = rival
    return { name, buildMs, ...summary(spent), oursP50: quantile(sampled(times), 0.5) }
  }
  for (const make of [miniSearch, flexSearch]) {
    const rival = make(rows)
    engines.push(withHits(measure(rival, RIVAL_QUERIES, RUNS), rival.search))
  }
  // On 41 texts it would take minutes more: no hit@1 of its own.
  engines.push(measure(fuse(rows), FUSE_QUERIES, 1))
  return { rows: rows.length, engines }
}

function budgetsOf(packs: readonly PackFigures[], engines: readonly EngineFigures[]): Budget[] {
  const icd = packs.filter((pack) => pack.id.startsWith("icd10cm"))
  const most = (of: (pack: PackFigures) => number): number => Math.max(...icd.map(of))
  const [ours, mini, , slow] = engines
  const budgets: Budget[] = [
    { what: "ICD-10-CM pack, MB", figure: most((pack) => pack.bytes) / 1e6, limit: 10, at: "most" },
    { what: "ICD-10-CM pack gzip, MB", figure: most((pack) => pack.gzip) / 1e6, limit: 4, at: "most" },
    {
      what: "ICD-10-CM from a Blob to ready, ms",
      figure: most((pack) => pack.loadMs),
      limit: 30,
      at: "most"
    },
    {
      what: "ICD-10-CM heap beyond its bytes, MB",
      figure: most((pack) => pack.heapBytes) / 1e6,
      limit: 5,
      at: "most"
    }
  ]
  if (ours) {
    budgets.push({ what: "look-up p95, ms", figure: ours.p95, limit: 2, at: "most" })
    if (mini)
      budgets.push({
        what: "times faster than MiniSearch (p50)",
        figure: mini.p50 / mini.oursP50,
        limit: 20,
        at: "least"
      })
    if (slow)
      budgets.push({
        what: "times faster than Fuse.js (p50)",
        figure: slow.p50 / slow.oursP50,
        limit: 1000,
        at: "least"
      })
    if (ours.hitAt1 !== undefined && mini?.hitAt1 !== undefined)
      budgets.push({
        what: "ED shorthand hit@1 above MiniSearch by",
        figure: ours.hitAt1 - mini.hitAt1,
        limit: 0,
        at: "least"
      })
  }
  return budgets
}

async function main(args: readonly string[]): Promise<number> {
  if (!globalThis.gc) {
    const again = ["--expose-gc", ...process.execArgv, process.argv[1]!, ...args]
    return spawnSync(process.execPath, again, { stdio: "inherit" }).status ?? 1
  }
  const at = args.indexOf("--packs")
  const shelf = await loadPacks(at < 0 ? undefined : args[at + 1])
  const suggest = measureSuggest(new EngineShelf(shelf).forDate(DATE).engine, DATE)
  if (args.includes("--suggest")) {
    process.stdout.write(args.includes("--json") ? `${JSON.stringify(suggest)}\n` : printSuggest(suggest))
    return 0
  }
  process.stderr.write("suggest measured\n")
  const packs: PackFigures[] = []
  for (const entry of shelf.codeSets) packs.push(await measurePack(join(shelf.dir, entry.file), entry.id))
  const texts = benchTexts(shelf)
  process.stderr.write("packs measured\n")
  const { ours, times } = measureOurs(shelf, texts)
  process.stderr.write(`look-up measured: p50 ${ours.p50.toFixed(2)}, p95 ${ours.p95.toFixed(2)} ms\n`)
  const { rows, engines } = measureRivals(
    shelf,
    texts.map((each) => each.text),
    times
  )
  const all = [ours, ...engines]
  const budgets = budgetsOf(packs, all)
  if (suggest)
    budgets.push(
      { what: "suggest, 10,000 characters, p95, ms", figure: suggest.processor.p95, limit: 25, at: "most" },
      { what: "suggest, 1 MB over its ten tenths", figure: suggest.growth / 10, limit: 1.25, at: "most" }
    )
  const report: BenchReport = { packs, rows, engines: all, ...(suggest ? { suggest } : {}), budgets }
  process.stdout.write(args.includes("--json") ? `${JSON.stringify(report, null, 2)}\n` : print(report))
  return 0
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
