/**
 * Other search libraries over the same rows, for comparison only: code, title, and the shorthand of the lexicon
 * left to themselves, as a developer would set them up from their manuals.
 */
import FlexSearch from "flexsearch"
import Fuse from "fuse.js"
import MiniSearch from "minisearch"
import type { CodePack } from "@/classification/pack-api"

export interface BenchRow {
  id: number
  system: string
  code: string
  title: string
}

export interface Rival {
  name: string
  buildMs: number
  /** Codes best first. */
  search(text: string, limit: number): string[]
}

/** Billable rows only, as results should be. */
export function benchRows(packs: readonly CodePack[]): BenchRow[] {
  const rows: BenchRow[] = []
  for (const pack of packs) {
    for (let row = 0; row < pack.size; row++) {
      if (!pack.billable(row)) continue
      rows.push({ id: rows.length, system: pack.info.system, code: pack.code(row), title: pack.title(row) })
    }
  }
  return rows
}

function timed(name: string, build: () => (text: string, limit: number) => string[]): Rival {
  const began = performance.now()
  const search = build()
  return { name, buildMs: performance.now() - began, search }
}

export function miniSearch(rows: readonly BenchRow[]): Rival {
  return timed("MiniSearch", () => {
    const index = new MiniSearch<BenchRow>({
      fields: ["code", "title"],
      searchOptions: { prefix: true, fuzzy: 0.2, boost: { code: 2 } }
    })
    index.addAll(rows as BenchRow[])
    return (text, limit) =>
      index
        .search(text)
        .slice(0, limit)
        .map(({ id }) => rows[id as number]!.code)
  })
}

export function flexSearch(rows: readonly BenchRow[]): Rival {
  return timed("FlexSearch", () => {
    const index = new FlexSearch.Index({ tokenize: "forward" })
    for (const row of rows) index.add(row.id, `${row.code} ${row.title}`)
    return (text, limit) => index.search(text, { limit, suggest: true }).map((id) => rows[Number(id)]!.code)
  })
}

export function fuse(rows: readonly BenchRow[]): Rival {
  return timed("Fuse.js", () => {
    const index = new Fuse(rows as BenchRow[], {
      keys: ["code", "title"],
      includeScore: true,
      ignoreLocation: true
    })
    return (text, limit) => index.search(text, { limit }).map(({ item }) => item.code)
  })
}
