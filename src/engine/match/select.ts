/** Of the matches that compete for the same words, the ones that say most. */
import type { TermKind } from "@/classification/pack-api"
import type { Match } from "./concepts"

/** Which wording speaks for the classification when several fit the same words: the Index names the default. */
const KIND_ORDER: Record<TermKind, number> = {
  index: 0,
  inclusion: 1,
  title: 2,
  neoplasm: 3,
  external: 4,
  drug: 5
}

const GAP_COST = 1.2
const MISSING_COST = 2

export function strength(match: Match): number {
  return match.weight - GAP_COST * match.gap - MISSING_COST * match.missing
}

function better(a: Match, b: Match): number {
  return (
    strength(b) - strength(a) ||
    b.atoms.length - a.atoms.length ||
    a.via.length - b.via.length ||
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    Number(b.pack.billable(b.row)) - Number(a.pack.billable(a.row)) ||
    a.row - b.row
  )
}

function shared(a: readonly number[], b: ReadonlySet<number>): number {
  let count = 0
  for (const atom of a) if (b.has(atom)) count++
  return count
}

/**
 * Longest and most specific first; a match whose words another one already accounts for is left out. Words
 * may be shared ("diabetes with neuropathy and retinopathy") as long as each match brings most of its own.
 * @returns the chosen matches in order of their place in the text
 */
export function selectMatches(matches: readonly Match[]): Match[] {
  const sorted = [...matches].sort(better)
  const chosen: { match: Match; atoms: Set<number> }[] = []
  for (const match of sorted) {
    if (strength(match) <= 0) continue
    let blocked = false
    for (const other of chosen) {
      if (match.last <= other.match.first || match.first >= other.match.last) continue
      const common = shared(match.atoms, other.atoms)
      if (common === match.atoms.length || common * 2 > match.atoms.length) {
        blocked = true
        break
      }
    }
    if (!blocked) chosen.push({ match, atoms: new Set(match.atoms) })
  }
  return chosen.map((each) => each.match).sort((a, b) => a.first - b.first || a.last - b.last)
}
