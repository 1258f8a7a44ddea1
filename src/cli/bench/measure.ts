/** Times and sizes of packs and of search engines. */
import { readFileSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { openPack } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"

export interface PackFigures {
  id: string
  bytes: number
  gzip: number
  /** From a Blob to ready, as the panel does it. */
  loadMs: number
  /** Beyond the pack's own bytes. */
  heapBytes: number
  verifyMs: number
}

export interface Times {
  queries: number
  p50: number
  p95: number
  worst: number
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}

export function collect(): void {
  globalThis.gc?.()
}

export async function measurePack(path: string, id: string): Promise<PackFigures> {
  const file = readFileSync(path)
  const blob = new Blob([file])
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const began = performance.now()
    openPack(new Uint8Array(await blob.arrayBuffer()))
    times.push(performance.now() - began)
  }
  const bytes = new Uint8Array(await blob.arrayBuffer())
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
    gzip: gzipSync(file, { level: 9 }).length,
    loadMs: quantile(times, 0.5),
    // Array buffers are left out: the bytes of earlier packs are given back at any time in between.
    heapBytes: after.heapUsed - before.heapUsed,
    verifyMs
  }
}

/** Best of so many runs: what other programs take from a shared core is no property of an engine. */
export function timesOf(texts: readonly string[], runs: number, search: (text: string) => unknown): number[] {
  return texts.map((text) => {
    let best = Number.POSITIVE_INFINITY
    for (let n = 0; n < runs; n++) {
      const began = performance.now()
      search(text)
      best = Math.min(best, performance.now() - began)
    }
    return best
  })
}

export function summary(times: readonly number[]): Times {
  return {
    queries: times.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    worst: Math.max(...times)
  }
}
