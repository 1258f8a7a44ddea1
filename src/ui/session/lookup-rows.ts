/** What stands below the search field, as rows that the arrows walk through. Pure. */
import type { CodeRef } from "@/classification/model"
import type { CodePack, LookupAnswer, LookupHit } from "@/classification/pack-api"
import type { OwnCodes } from "../services"
import { type BrowsePlace, browsePlaces } from "./browse-places"
import { type CodeLineData, lineOf } from "./code-detail"
import type { ReleaseChanges } from "./pin-changes"
import type { Place } from "./places"
import { commonReadings, dayName, readingOf } from "./wording"

export type LookupRow =
  | { kind: "hit"; key: string; hit: LookupHit; via: string; own?: "pin" | "recent" }
  /** Below a header that used to be billable. */
  | { kind: "child"; key: string; line: CodeLineData }
  /** A pin or a code used lately; `missing` when the release of the day does not hold it. */
  | { kind: "own"; key: string; line: CodeLineData; missing: boolean }
  /** Words to search for. */
  | { kind: "term"; key: string; text: string; hint?: string }
  | { kind: "place"; key: string; label: string; hint: string; place: Place }

export interface RowGroup {
  title?: string
  rows: LookupRow[]
}

const CHILDREN = 12
const RECENTS = 8
const PINS = 40

const EXAMPLES: [string, string][] = [
  ["e1142", "a code, with or without dot, whole or its beginning"],
  ["dm2 ckd 3b", "short forms, as you would write them"],
  ["lt dist rad fx", "side, site and kind, in any order"],
  ["diabetis neuropthy", "mistyped words are understood"]
]

const keyOf = ({ system, code }: CodeRef) => `${system} ${code}`

/** Looks a code up in the packs that are open. */
export type Find = (ref: CodeRef) => { pack: CodePack; row: number } | undefined

/** How shorthand was read, where all results read it alike. */
export const readingsOf = (answer: LookupAnswer) => commonReadings(answer.results.map(({ via }) => via))

function viaOf({ via }: LookupHit, common: ReadonlySet<string>): string {
  const { way, readings } = readingOf(via)
  const own = readings.filter((reading) => !common.has(reading)).join("; ")
  return [way, own].filter(Boolean).join("; ")
}

/** Rows of an answer: hits, the children of a header that was billable once, nearest terms. */
export function answerRows(answer: LookupAnswer, own: OwnCodes, find: Find): RowGroup[] {
  const pins = new Set(own.pins.map(keyOf))
  const found = new Set(answer.results.map(keyOf))
  const common = new Set(readingsOf(answer))
  const rows = answer.results.flatMap((hit): LookupRow[] => {
    const mark = pins.has(keyOf(hit)) ? "pin" : hit.own
    const row: LookupRow = {
      kind: "hit",
      key: keyOf(hit),
      hit,
      via: viaOf(hit, common),
      ...(mark ? { own: mark } : {})
    }
    const below = hit.headerSince ? (hit.children ?? []) : []
    const children = below.filter((child) => !found.has(keyOf(child))).slice(0, CHILDREN)
    const lines = children.flatMap((child) => {
      const place = find(child)
      return place ? [lineOf(place.pack, place.row)] : []
    })
    return [
      row,
      ...lines.map((line): LookupRow => ({ kind: "child", key: `${keyOf(hit)} > ${keyOf(line)}`, line }))
    ]
  })
  const nearest = (answer.nearest ?? []).map((text): LookupRow => ({ kind: "term", key: `~ ${text}`, text }))
  return [
    ...(rows.length > 0 ? [{ rows }] : []),
    ...(nearest.length > 0 ? [{ title: "Nearest terms of the Index", rows: nearest }] : [])
  ]
}

/** Rows of the empty field: what is the coder's own, what one can type, and where one can leaf. */
export function startRows(
  own: OwnCodes,
  packs: CodePack[],
  find: Find,
  changed: ReleaseChanges[] = [],
  today = new Date().toISOString().slice(0, 10)
): RowGroup[] {
  const line = (ref: CodeRef): LookupRow => {
    const place = find(ref)
    if (place) return { kind: "own", key: keyOf(ref), line: lineOf(place.pack, place.row), missing: false }
    const title = packs.find(({ info }) => info.system === ref.system)?.retired(ref.code)?.title ?? ""
    const { system, code } = ref
    return { kind: "own", key: keyOf(ref), line: { system, code, title, billable: false }, missing: true }
  }
  const pins = [...own.pins].sort((a, b) => b.pinnedAt - a.pinnedAt).slice(0, PINS)
  const pinned = new Set(own.pins.map(keyOf))
  const recents = own.recents.filter((recent) => !pinned.has(keyOf(recent))).slice(0, RECENTS)
  const groups: RowGroup[] = [
    { title: "New releases", rows: changed.map((each) => changedRow(each, today)) },
    { title: "Pinned", rows: pins.map(line) },
    { title: "Used lately", rows: recents.map(line) },
    {
      title: "Ways to type",
      rows: EXAMPLES.map(([text, hint]) => ({ kind: "term", key: `example ${text}`, text, hint }))
    },
    { title: "Leaf through", rows: browsePlaces(packs).map(placeRow) }
  ]
  return groups.filter(({ rows }) => rows.length > 0)
}

function changedRow({ system, release, from, changes }: ReleaseChanges, today: string): LookupRow {
  const count = changes.length
  const one = count === 1
  const verb = from <= today ? "changed" : one ? "changes" : "change"
  const label = `${count} of your pins ${verb} on ${dayName(from)}`
  return {
    kind: "place",
    key: `changes ${system} ${release}`,
    label,
    hint: `${system} ${release}: what took their place`,
    place: { kind: "changes" }
  }
}

function placeRow({ label, hint, place }: BrowsePlace): LookupRow {
  return { kind: "place", key: label, label, hint, place }
}
