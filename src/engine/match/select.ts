/** Of the matches that compete for the same words, the ones that say most. */
import type { TermKind } from "@/classification/pack-api"
import type { ReadDocument } from "../text/document"
import { LINKS } from "./coherence"
import type { Match } from "./concepts"
import { saysWeeksAlone } from "./gestation"
import { factsOf } from "./pack-facts"

/** Which wording speaks for the classification when several fit the same words: the Index names the default. */
const KIND_ORDER: Record<TermKind, number> = {
  index: 0,
  inclusion: 1,
  title: 2,
  neoplasm: 3,
  external: 4,
  drug: 5,
  pcs: 6
}

const GAP_COST = 1.2
const MISSING_COST = 2
/** Of a word that the note means rather than says. */
const READING_COST = 0.75

export function strength(match: Match): number {
  return match.weight - GAP_COST * match.gap - MISSING_COST * match.missing - READING_COST * match.via.length
}

function better(a: Match, b: Match): number {
  return (
    strength(b) - strength(a) ||
    b.atoms.length - a.atoms.length ||
    a.via.length - b.via.length ||
    factsOf(a.pack).distanceFromDefault(a.term) - factsOf(b.pack).distanceFromDefault(b.term) ||
    KIND_ORDER[a.kind] - KIND_ORDER[b.kind] ||
    Number(b.pack.billable(b.row)) - Number(a.pack.billable(a.row)) ||
    factsOf(a.pack).text(a.term).length - factsOf(b.pack).text(b.term).length ||
    a.row - b.row
  )
}

function shared(a: readonly number[], b: ReadonlySet<number>): number {
  let count = 0
  for (const atom of a) if (b.has(atom)) count++
  return count
}

/**
 * A title that leads to a header says the category; which of its codes is meant when no more is said, the
 * Index tells by a shorter wording inside the same words ("type 2 diabetes mellitus" -> Diabetes, type 2).
 */
function withDefault(match: Match, atoms: ReadonlySet<number>, sorted: readonly Match[]): Match {
  const { pack, row } = match
  if (match.kind === "index" || pack.billable(row)) return match
  const end = pack.subtreeEnd(row)
  const named = sorted.find(
    (other) =>
      other.pack === pack &&
      other.kind === "index" &&
      other.row > row &&
      other.row <= end &&
      shared(other.atoms, atoms) === other.atoms.length
  )
  return named ? { ...match, row: named.row } : match
}

const APART: ReadonlySet<string> = new Set([",", "/", "(", ")", "+", "and", "or", "&"])

function has(document: ReadDocument, words: ReadonlySet<string>, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (words.has(document.atoms.lower[at] ?? "")) return true
  return false
}

/**
 * A match with words or marks between takes none of them from another concept: in "obstructive sleep apnea on
 * oxygen, esophageal pain" the first word belongs to the apnea, in "valve disease (stroke)" the disease to the
 * valve. Behind a link a list shares what stands before it ("diabetes with neuropathy and retinopathy").
 */
function borrows(match: Match, whole: readonly Match[], document: ReadDocument): boolean {
  if (match.bound || match.sharesNoun) return false
  const apart = has(document, APART, match.first, match.last)
  if (match.gap === 0 && !apart) return false
  const own = new Set(match.atoms)
  return whole.some((other) => {
    if (other.pack !== match.pack || other.last <= match.first || other.first >= match.last) return false
    if (other.gap > 0 && other.gap >= match.gap) return false
    let common = -1
    let foreign = false
    for (const atom of other.atoms) {
      if (own.has(atom)) common = atom
      else if (apart || (atom > match.first && atom < match.last)) foreign = true
    }
    if (common < 0 || !foreign) return false
    // What the match has beyond the other concept, and whether a list behind a link leads there.
    const beyond = match.atoms.filter((atom) => atom < other.first || atom >= other.last)
    if (beyond.length === 0) return false
    const from = Math.min(common, ...beyond)
    const to = Math.max(common, ...beyond)
    if (!has(document, LINKS, from, to)) return true
    const [edge, next] =
      beyond[0]! >= other.last ? [other.last, beyond[0]!] : [beyond[beyond.length - 1]! + 1, other.first]
    return !has(document, APART, edge, next) && !has(document, LINKS, edge, next)
  })
}

/** One of them says the weeks of gestation alone, the other something else of the pregnancy. */
function tellWeeksApart(a: Match, b: Match): boolean {
  if (saysWeeksAlone(a.via) === saysWeeksAlone(b.via)) return false
  return a.pack.code(a.row).slice(0, 3) !== b.pack.code(b.row).slice(0, 3)
}

function placeOf({ pack, atoms }: Match): string {
  return `${pack.info.id} ${atoms.join(" ")}`
}

/**
 * Longest and most specific first; a match whose words another one already accounts for is left out. Words
 * may be shared ("diabetes with neuropathy and retinopathy") as long as each match brings most of its own.
 * @returns the chosen matches in order of their place in the text
 */
export function selectMatches(matches: readonly Match[], document: ReadDocument): Match[] {
  const whole = matches.filter(
    (match) => match.gap <= 1 && match.atoms.length > 1 && !has(document, APART, match.first, match.last)
  )
  const literal = new Set(
    matches.filter((match) => match.via.length === 0 && match.missing === 0).map(placeOf)
  )
  const sorted = matches
    .filter((match) => !(match.reworded && literal.has(placeOf(match))) && !borrows(match, whole, document))
    .sort(better)
  const chosen: { match: Match; atoms: Set<number> }[] = []
  for (const match of sorted) {
    if (strength(match) <= 0) continue
    let blocked = false
    for (const other of chosen) {
      if (match.last <= other.match.first || match.first >= other.match.last) continue
      if (tellWeeksApart(match, other.match)) continue
      const common = shared(match.atoms, other.atoms)
      // The same code once more with a word of something else says nothing new.
      const again = common > 0 && match.row === other.match.row && match.pack === other.match.pack
      const places = match.bound && other.match.bound
      const whole = common === match.atoms.length
      const most = common * 2 > match.atoms.length && !match.sharesNoun && !other.match.sharesNoun
      if (again || (!places && (whole || most))) {
        blocked = true
        break
      }
    }
    if (!blocked) chosen.push({ match, atoms: new Set(match.atoms) })
  }
  return chosen
    .map(({ match, atoms }) => withDefault(match, atoms, sorted))
    .sort((a, b) => a.first - b.first || a.last - b.last)
}
