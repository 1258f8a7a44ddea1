/**
 * Which parts of a page are the note. Recall comes first: a part is left out only on evidence that it is
 * the application (a list of links, an empty footer), another patient (a worklist) or the patient header
 * (which tells who the chart is about and yields no codes).
 */

import { childCountOf, find, findAll, nodeTypeOf, parentOf } from "./dom"
import { type Look } from "./look"
import {
  clinicalScore,
  holdsNoteHeading,
  isNoteHeading,
  isPatientColumn,
  NOTE_SCORE,
  noteScore,
  readsLikeHeader
} from "./page-words"
import { Break, type Piece } from "./pieces"
import { EDITORS, PANE_ROLES, PANES } from "./tags"

export interface Region {
  element: Element | null
  kind: "root" | "layout" | "pane" | "table" | "list" | "banner"
  parent: Region | null
  /** Layout containers around it. */
  depth: number
  /** Its pieces, those of inner regions included: pieces[first] up to, not including, pieces[last]. */
  first: number
  last: number
  /** Number of links and characters in them, inner regions included. */
  links: number
  linkChars: number
  /** Left out of the text; what is inside goes with it. */
  dropped: boolean
}

/** Containers of the page's layout are looked at one by one down to here. */
const LAYOUT_DEPTH = 6
const LAYOUT_CHILDREN = 16
const BANNER_LIMIT = 1_500
const HEADER_LIMIT = 600
/** Characters of a region that are looked at. */
const SAMPLE = 20_000
const SCORED_REGIONS = 400

export function newRegion(kind: Region["kind"], element: Element | null, parent: Region | null): Region {
  const depth = kind === "layout" && parent ? parent.depth + 1 : (parent?.depth ?? 0)
  return { element, kind, parent, depth, first: 0, last: 0, links: 0, linkChars: 0, dropped: false }
}

/** What kind of region starts with this element, if any. Only asked for elements that break lines. */
export function regionKind(
  el: Element,
  tag: string,
  role: string | null,
  look: Look,
  parent: Region
): Region["kind"] | null {
  if (tag === "body") return "layout"
  if (look.purpose === "banner" || role === "banner") return "banner"
  if (tag === "table" || role === "grid" || role === "treegrid" || role === "table") return "table"
  if (tag === "ul" || tag === "ol" || role === "list") return "list"
  if (PANES.has(tag) || (role !== null && PANE_ROLES.has(role)) || look.scrolls) return "pane"
  const layout = parent.kind === "root" || parent.kind === "layout"
  const outer = parentOf(el)
  const few = outer !== null && nodeTypeOf(outer) === 1 && childCountOf(outer as Element) <= LAYOUT_CHILDREN
  return layout && few && parent.depth < LAYOUT_DEPTH ? "layout" : null
}

/** Text of a region, line by line, at most SAMPLE characters. */
export function regionText(pieces: readonly Piece[], first: number, last: number, limit = SAMPLE): string {
  const parts: string[] = []
  let left = limit
  for (let i = first; i < last && left > 0; i++) {
    const piece = pieces[i]
    if (!piece) break
    if (i > first) parts.push(piece.before >= Break.line ? "\n" : piece.before > Break.none ? " " : "")
    parts.push(piece.text.length > left ? piece.text.slice(0, left) : piece.text)
    left -= piece.text.length
  }
  return parts.join("")
}

function charsOf(pieces: readonly Piece[], region: Region, stopAt: number): number {
  let chars = 0
  for (let i = region.first; i < region.last && chars <= stopAt; i++) chars += pieces[i]?.text.length ?? 0
  return chars
}

/** A table whose columns name patients, with more than one row: it is about other people. */
export function isWorklist(table: Element): boolean {
  const rows = findAll(table, "tr, [role=row]")
  if (rows.length < 3) return false
  const titles = rows[0]?.querySelectorAll("th, td, [role=columnheader], [role=gridcell], [role=cell]") ?? []
  return Array.from(titles, (cell) => cell.textContent ?? "").some(
    (title) => title.length < 40 && isPatientColumn(title)
  )
}

/** Three or more links that make up nearly all of the text, each of them short: a menu, not a note. */
function isLinkList(pieces: readonly Piece[], region: Region): boolean {
  if (region.links < 3 || region.linkChars / region.links > 40) return false
  const chars = charsOf(pieces, region, 50_000)
  if (region.linkChars < 0.8 * chars) return false
  // Problem lists are made of links as well.
  const headed = isNoteHeading(pieces[region.first - 1]?.text.trim() ?? "")
  return !headed && clinicalScore(regionText(pieces, region.first, region.last)) < NOTE_SCORE
}

function isHeader(pieces: readonly Piece[], region: Region): boolean {
  const named = region.kind === "banner"
  const top = region.element?.localName === "header" && !region.element.closest("article, main, section")
  const limit = named || top ? BANNER_LIMIT : HEADER_LIMIT
  if (region.kind === "root" || charsOf(pieces, region, limit) > limit) return false
  const text = regionText(pieces, region.first, region.last)
  return named || (readsLikeHeader(text) && !holdsNoteHeading(text))
}

/**
 * Marks what is to be left out. Outer regions come before inner ones in `regions`.
 * @returns the regions that head the chart, and how much the rest reads like a note
 */
export function* chooseRegions(
  pieces: readonly Piece[],
  regions: readonly Region[]
): Generator<void, { headers: Region[]; score: number }> {
  const headers: Region[] = []
  const panes: { region: Region; score: number }[] = []
  for (const region of regions) {
    yield
    if (region.parent?.dropped) {
      region.dropped = true
    } else if (region.first === region.last) {
    } else if (isHeader(pieces, region)) {
      region.dropped = true
      headers.push(region)
    } else if (region.kind === "table" && region.element && isWorklist(region.element)) {
      region.dropped = true
    } else if (region.kind !== "root" && isLinkList(pieces, region)) {
      region.dropped = true
    } else if (region.kind === "pane" && panes.length < SCORED_REGIONS) {
      panes.push({ region, score: noteScore(regionText(pieces, region.first, region.last)) })
    }
  }
  // Beside a real note, a pane in which nothing is clinical is the application; an editor is where notes are written.
  if (panes.some((pane) => pane.score >= NOTE_SCORE)) {
    const notes = new Set(panes.filter((pane) => pane.score >= NOTE_SCORE).map((pane) => pane.region))
    for (const { region, score } of panes)
      if (score === 0 && !isWithin(region, notes) && !holdsEditor(region)) region.dropped = true
    for (const region of regions) if (region.parent?.dropped) region.dropped = true
  }
  const score = noteScore(keptSample(pieces))
  return { headers, score }
}

const holdsEditor = ({ element }: Region) =>
  element !== null && (element.closest(EDITORS) !== null || find(element, EDITORS) !== null)

function isWithin(region: Region, others: ReadonlySet<Region>): boolean {
  for (let outer = region.parent; outer; outer = outer.parent) if (others.has(outer)) return true
  return false
}

function keptSample(pieces: readonly Piece[]): string {
  const parts: string[] = []
  let left = SAMPLE
  for (const piece of pieces) {
    if (piece.region.dropped) continue
    parts.push(piece.before > Break.none ? `\n${piece.text}` : piece.text)
    left -= piece.text.length
    if (left < 0) break
  }
  return parts.join("")
}
