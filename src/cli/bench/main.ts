/**
 * `npm run bench [-- --json] [-- --packs DIR]`: sizes and times of packs and look-up, against the budgets of
 * design.md section 4. Heap figures need `node --expose-gc`; the command starts itself again with it.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { createLookup, expansionsOf, type Lookup } from "@/classification/lookup"
import { openPack } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"
import { loadPacks, type PackShelf } from "../load-packs"
import { benchQueries } from "./queries"

const DATE = "2026-01-15"
const SEED = 20260115
const QUERIES = 500

interface PackFigures {
  id: string
  bytes: number
  gzip: number
  openMs: number
  heapBytes: number
  verifyMs: number
}

interface LookupFigures {
  pack: string
  firstMs: number
  heapBytes: number
  p50: number
  p95: number
  worst: number
  byKind: Record<string, { p50: number; p95: number }>
}

function collect(): void {
  globalThis.gc?.()
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}

function measurePack(path: string, id: string): PackFigures {
  const bytes = readFileSync(path)
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const began = performance.now()
    openPack(bytes)
    times.push(performance.now() - began)
  }
  collect()
  const before = process.memoryUsage()
  const pack = openPack(bytes)
  collect()
  const after = process.memoryUsage()
  const began = performance.now()
  verifyPack(bytes)
  const verifyMs = performance.now() - began
  return {
    id,
    bytes: pack.info.bytes,
    gzip: gzipSync(bytes, { level: 9 }).length,
    openMs: median(times),
    heapBytes: after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers,
    verifyMs
  }
}

/** Best of three: what other programs take from a shared core is no property of the engine. */
function timeOf(lookup: Lookup, text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let n = 0; n < 3; n++) {
    const start = performance.now()
    lookup.search(text, { limit: 20 })
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** Every letter of a search text is a keystroke: the last three prefixes of each text are searched. */
function measureLookup(shelf: PackShelf): LookupFigures[] {
  return shelf.pick(DATE).packs.map((pack) => {
    const words = expansionsOf(shelf.lexicon())
    collect()
    const before = process.memoryUsage()
    const lookup = createLookup([pack], words)
    const began = performance.now()
    lookup.search("fracture", { limit: 20 })
    const firstMs = performance.now() - began
    const shorthand = words.abbreviations.map((each) => each.abbr)
    const queries = benchQueries(pack, shorthand, QUERIES, SEED)
    // Once unmeasured: a panel is warm after the first letters.
    for (const { text } of queries) lookup.search(text, { limit: 20 })
    const times: number[] = []
    const byKind = new Map<string, number[]>()
    for (const { kind, text } of queries) {
      for (let cut = 2; cut >= 0; cut--) {
        const ms = timeOf(lookup, text.slice(0, Math.max(1, text.length - cut)))
        times.push(ms)
        byKind.set(kind, [...(byKind.get(kind) ?? []), ms])
      }
    }
    collect()
    const after = process.memoryUsage()
    return {
      pack: pack.info.id,
      firstMs,
      heapBytes: after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers,
      p50: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      worst: Math.max(...times),
      byKind: Object.fromEntries(
        [...byKind].map(([kind, list]) => [kind, { p50: quantile(list, 0.5), p95: quantile(list, 0.95) }])
      )
    }
  })
}

function print(packs: readonly PackFigures[], lookups: readonly LookupFigures[]): void {
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(2)
  const ms = (value: number): string => value.toFixed(2)
  const lines = ["pack              MB    gzip MB  open ms  heap MB  full check ms"]
  for (const p of packs) {
    lines.push(
      `${p.id.padEnd(16)} ${mb(p.bytes).padStart(5)} ${mb(p.gzip).padStart(8)} ${ms(p.openMs).padStart(8)} ${mb(p.heapBytes).padStart(8)} ${ms(p.verifyMs).padStart(9)}`
    )
  }
  lines.push("budget, ICD-10-CM 10.00     4.00    30.00     5.00", "")
  lines.push(`look-up, ${QUERIES} seeded texts, the last three keystrokes of each, best of 3 (seed ${SEED})`)
  for (const l of lookups) {
    lines.push(
      `${l.pack.padEnd(16)} first ${ms(l.firstMs)} ms, p50 ${ms(l.p50)}, p95 ${ms(l.p95)}, worst ${ms(l.worst)}; tables ${mb(l.heapBytes)} MB`
    )
    for (const [kind, { p50, p95 }] of Object.entries(l.byKind)) {
      lines.push(`  ${kind.padEnd(14)} p50 ${ms(p50)}, p95 ${ms(p95)}`)
    }
  }
  lines.push("budget            p95 2.00 ms")
  process.stdout.write(`${lines.join("\n")}\n`)
}

async function main(args: readonly string[]): Promise<number> {
  if (!globalThis.gc) {
    const again = ["--expose-gc", ...process.execArgv, process.argv[1]!, ...args]
    return spawnSync(process.execPath, again, { stdio: "inherit" }).status ?? 1
  }
  const at = args.indexOf("--packs")
  const shelf = await loadPacks(at < 0 ? undefined : args[at + 1])
  const packs = shelf.codeSets.map((entry) => measurePack(join(shelf.dir, entry.file), entry.id))
  const lookups = measureLookup(shelf)
  if (args.includes("--json")) process.stdout.write(`${JSON.stringify({ packs, lookups }, null, 2)}\n`)
  else print(packs, lookups)
  return 0
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
