/** Where the coder is in the look-up tab, and the way there: back and forward as in a browser. Pure. */
import type { CodeRef, IndexSource, System } from "@/classification/model"

export type Place =
  | { kind: "search" }
  /** `card`: it was opened from this card of the chart; leaving it leads back there. */
  | { kind: "code"; ref: CodeRef; card?: string }
  /** `at`: the code that is unfolded to and stands out. */
  | { kind: "tabular"; system: System; at?: string }
  /** `at`: a reference as the Index prints it ("Neuropathy, peripheral"). */
  | { kind: "index"; source: IndexSource; at?: string }
  | { kind: "pcs"; prefix: string }
  /** What the newest releases change for the coder's pins. */
  | { kind: "changes" }

/** Never empty; the first place is the search. */
export interface Trail {
  places: readonly Place[]
  at: number
}

const LONGEST = 100
export const START: Trail = { places: [{ kind: "search" }], at: 0 }

export function placeOf(trail: Trail): Place {
  return trail.places[trail.at] ?? { kind: "search" }
}

/** A step to a new place; what lay ahead is forgotten. The same place twice is one step. */
export function stepTo(trail: Trail, place: Place): Trail {
  if (samePlace(placeOf(trail), place)) return trail
  const places = [...trail.places.slice(0, trail.at + 1), place]
  const [first, ...rest] = places
  const kept = places.length > LONGEST && first ? [first, ...rest.slice(-(LONGEST - 1))] : places
  return { places: kept, at: kept.length - 1 }
}

/** Another chart: the cards that codes were opened from are gone, the codes stay open. */
export function forgetCards(trail: Trail): Trail {
  const places = trail.places.map((place) =>
    place.kind === "code" ? { kind: place.kind, ref: place.ref } : place
  )
  return { ...trail, places }
}

export const canGoBack = (trail: Trail) => trail.at > 0
export const canGoForward = (trail: Trail) => trail.at < trail.places.length - 1

export function goBack(trail: Trail): Trail {
  return canGoBack(trail) ? { ...trail, at: trail.at - 1 } : trail
}

export function goForward(trail: Trail): Trail {
  return canGoForward(trail) ? { ...trail, at: trail.at + 1 } : trail
}

/**
 * Escape: out of the codes, to the list they were opened from.
 * @returns `card` when that was a card of the chart
 */
export function leave(trail: Trail): { trail: Trail; card?: string } {
  const here = placeOf(trail)
  if (here.kind !== "code") return { trail: stepTo(trail, { kind: "search" }) }
  for (let at = trail.at; at > 0; at--) {
    const place = trail.places[at]
    if (place?.kind !== "code") return { trail: { ...trail, at } }
    if (place.card !== undefined) return { trail: { ...trail, at: at - 1 }, card: place.card }
  }
  return { trail: { ...trail, at: 0 } }
}

export function samePlace(a: Place, b: Place): boolean {
  if (a.kind === "code" && b.kind === "code") return sameCode(a.ref, b.ref)
  if (a.kind === "tabular" && b.kind === "tabular") return a.system === b.system && a.at === b.at
  if (a.kind === "index" && b.kind === "index") return a.source === b.source && a.at === b.at
  if (a.kind === "pcs" && b.kind === "pcs") return a.prefix === b.prefix
  return a.kind === b.kind
}

export function sameCode(a: CodeRef, b: CodeRef): boolean {
  return a.system === b.system && a.code === b.code
}
