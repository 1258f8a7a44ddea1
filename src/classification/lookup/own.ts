/** The coder's own codes break ties: of results as good as each other the one at hand comes first. */
import type { LookupHit } from "../pack-api"
import type { OwnCodes } from "./types"

/** Scores that differ by less than this part are as good as each other. */
const TIE = 0.03
const WORTH = { pin: 2, recent: 1, none: 0 } as const

type Kind = keyof typeof WORTH

function keys(list: readonly { system: string; code: string }[] | undefined): ReadonlySet<string> {
  return new Set(list?.map(({ system, code }) => `${system} ${code}`))
}

/**
 * Moves pins, then codes used lately, before results of the same kind (billable, header, ended) that are at most
 * 3 % better, never further. `own` says so on each that was moved.
 */
export function breakTies(results: readonly LookupHit[], own: OwnCodes | undefined): LookupHit[] {
  if (!own || results.length < 2) return [...results]
  const pins = keys(own.pins)
  const recents = keys(own.recents)
  if (pins.size + recents.size === 0) return [...results]
  const kindOf = ({ system, code }: LookupHit): Kind => {
    const key = `${system} ${code}`
    return pins.has(key) ? "pin" : recents.has(key) ? "recent" : "none"
  }
  const ordered: LookupHit[] = []
  for (const hit of results) {
    const kind = kindOf(hit)
    let at = ordered.length
    while (at > 0 && kind !== "none" && yields(ordered[at - 1]!, kindOf(ordered[at - 1]!), hit, kind)) at--
    if (at < ordered.length && kind !== "none") ordered.splice(at, 0, { ...hit, own: kind })
    else ordered.push(hit)
  }
  return ordered
}

function yields(before: LookupHit, beforeKind: Kind, hit: LookupHit, kind: Kind): boolean {
  return (
    WORTH[beforeKind] < WORTH[kind] &&
    before.billable === hit.billable &&
    Boolean(before.ended) === Boolean(hit.ended) &&
    before.score * (1 - TIE) <= hit.score
  )
}
