/** The borrowed index: entries whose code changed are led to a new title or marked outdated (see borrow.ts). */
import type { ModelIndexEntry } from "../model"
import { type ReleaseChanges, theOne } from "./release-changes"
import { matchIndex, TitleMatcher } from "./title-match"

export interface MovedIndex {
  index: ModelIndexEntry[]
  retargeted: number
  outdated: number
}

export function moveIndex(entries: readonly ModelIndexEntry[], changes: ReleaseChanges): MovedIndex {
  const matches = matchIndex(entries, changes.added)
  const moved: MovedIndex = { index: [], retargeted: 0, outdated: 0 }
  /** Cells of the neoplasm table that were led elsewhere: "row|column" -> from, to. */
  const cells = new Map<string, { from: string; to: string }>()
  for (const [at, printed] of entries.entries()) {
    const entry = { ...printed }
    moved.index.push(entry)
    if (entry.manifestation && changes.stale.has(entry.manifestation)) delete entry.manifestation
    if (entry.code === undefined) continue
    const target = targetOf(entry, at, entries, matches.get(at) ?? [], changes, cells)
    if (target === entry.code) {
      // Divided, and the wording is its own title: a header now.
      if (changes.stale.has(target)) entry.incomplete = true
      continue
    }
    if (target === undefined) {
      entry.outdated = entry.code
      delete entry.code
      delete entry.incomplete
      delete entry.manifestation
      moved.outdated++
      continue
    }
    if (entry.column) cells.set(`${entry.parent}|${entry.column}`, { from: entry.code, to: target })
    entry.code = target
    delete entry.incomplete
    if (!changes.codes.get(target)?.billable) entry.incomplete = true
    moved.retargeted++
  }
  return moved
}

function targetOf(
  entry: ModelIndexEntry,
  at: number,
  entries: readonly ModelIndexEntry[],
  matched: readonly string[],
  changes: ReleaseChanges,
  cells: ReadonlyMap<string, { from: string; to: string }>
): string | undefined {
  const code = entry.code!
  const isStale = changes.stale.has(code)
  const now = changes.codes.get(code)
  if (matched.length > 0) {
    const one = theOne(matched, changes.codes)
    if (one) return one
    return isStale ? undefined : code
  }
  if (entry.source === "neoplasm" && entry.column) {
    const bySite = secondaryOfSite(at, entries, changes)
    if (bySite) return bySite
    // A site below a site goes where that one went: what is below the oral cavity went with it.
    for (let row = entries[entry.parent]?.parent ?? -1; row >= 0; row = entries[row]!.parent) {
      const above = cells.get(`${row}|${entry.column}`)
      if (above?.from === code) return above.to
    }
  }
  if (!isStale) return code
  if (!now) return undefined
  return saysTitle(at, entries, now.title) ? code : undefined
}

/**
 * The vocal cords are told to belong to the larynx by their primary code (C32.0, C32 "Malignant neoplasm of
 * larynx"): a new code "Secondary malignant neoplasm of larynx" is theirs too.
 */
function secondaryOfSite(
  at: number,
  entries: readonly ModelIndexEntry[],
  changes: ReleaseChanges
): string | undefined {
  const primary = entries[at - 1]
  if (entries[at]?.column !== "Malignant Secondary" || primary?.column !== "Malignant Primary")
    return undefined
  if (primary.parent !== entries[at]?.parent || !primary.code) return undefined
  const site = changes.codes.get(primary.code.slice(0, 3))?.title
  if (!site || !/^Malignant neoplasm of /.test(site)) return undefined
  return theOne(changes.added.matchText(`Secondary ${site}`), changes.codes)
}

/** The wording of the entry, with all it hangs below, is the title itself. */
function saysTitle(at: number, entries: readonly ModelIndexEntry[], title: string): boolean {
  const path: ModelIndexEntry[] = []
  for (let position = at; position >= 0; position = entries[position]!.parent)
    path.unshift(entries[position]!)
  const alone = path.map((entry, depth) => ({ ...entry, parent: depth - 1 }))
  return matchIndex(alone, new TitleMatcher([{ code: "-", title }])).has(path.length - 1)
}
