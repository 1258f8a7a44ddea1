/** Writes what leafing through the Alphabetic Index needs beyond its lines: main terms, their order, references. */
import type { IndexSource, ModelIndexEntry } from "../model"
import { referenceKey, seekKey } from "./book-order"
import { INDEX_SOURCES } from "./format"
import type { IndexTree } from "./index-tree"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

/** The neoplasm table has one main term above all: its rows count as main terms beside it. */
function mainTermsOf(source: IndexSource, entries: readonly ModelIndexEntry[]): number[] {
  const mains: number[] = []
  for (const [at, entry] of entries.entries()) {
    if (entry.source !== source || entry.column !== undefined) continue
    const top = entry.parent < 0 || (source === "neoplasm" && entries[entry.parent]!.parent < 0)
    if (top) mains.push(at)
  }
  return mains
}

export function writeBook(sections: SectionWriter, index: IndexTree, pool: TextPool): void {
  const { entries } = index
  const starts: number[] = []
  const mains: number[] = []
  const order: number[] = []
  for (const source of INDEX_SOURCES) {
    starts.push(mains.length)
    const own = mainTermsOf(source, entries)
    mains.push(...own)
    // What stands above a whole table stands before its letters.
    const keys = own.map((at) =>
      source === "neoplasm" && entries[at]!.parent < 0 ? "" : seekKey(entries[at]!.title)
    )
    const sorted = own.map((_, n) => n).sort((a, b) => compare(keys[a]!, keys[b]!) || a - b)
    order.push(...sorted.map((place, rank) => zigzag(place - rank)))
  }
  starts.push(mains.length)
  sections.numbers("mainStart", starts)
  sections.numbers("mainEntry", mains)
  sections.numbers("mainOrder", order)

  const targets = referencesOf(index)
  const references = [...targets.keys()].sort(compare)
  sections.numbers(
    "referenceText",
    references.map((reference) => pool.add(reference))
  )
  sections.numbers(
    "referenceEntry",
    references.map((reference) => targets.get(reference)!)
  )
}

/** Every "see" and "see also" of the index that names a line of it, with that line. */
function referencesOf(index: IndexTree): Map<string, number> {
  const targets = new Map<string, number>()
  for (const { see, seeAlso, nonessential, source } of index.entries) {
    const inParentheses = nonessential.filter((text) => /^see\s/i.test(text))
    for (const printed of [see, seeAlso, ...inParentheses]) {
      if (printed === undefined) continue
      const reference = referenceKey(printed)
      const target = targets.has(reference) ? undefined : index.resolve(reference, source)
      if (target) targets.set(reference, target.entry)
    }
  }
  return targets
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function zigzag(difference: number): number {
  return difference >= 0 ? 2 * difference : -2 * difference - 1
}
