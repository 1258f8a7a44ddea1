/** What a child of a level says of an axis, and where the other values of that axis lead from it. */
import type { Row } from "@/classification/pack-api"
import { isFunctionWord } from "@/classification/words"
import type { Level, LevelChild } from "./level"
import type { AxisWords } from "./words"

/** What stands in front of the first word of a kind and belongs to it. */
const LINKS: ReadonlySet<string> = new Set([
  "with",
  "without",
  "due",
  "to",
  "in",
  "no",
  "not",
  "at",
  "from",
  "other"
])

/** The words of a title that set its kind apart, as printed: "with macular edema", "other specified". */
export function kindText(level: Level, child: LevelChild): string {
  const { title, rest } = child
  const places = rest.map(({ at }) => at)
  if (places.length === 0) return child.unspecified ? "unspecified" : child.other ? "other" : ""
  const own = new Set(places)
  let first = places[0]!
  while (first > 0 && LINKS.has(title.tokens[first - 1]!.folded)) first--
  const last = places.at(-1)!
  const values = title.hits.filter(({ axis }) => level.axes.includes(axis))
  const taken = new Set(values.flatMap((hit) => range(hit.first, hit.last)))
  const text: string[] = []
  for (let at = first; at <= last; at++) {
    const { start, end } = title.tokens[at]!
    if (own.has(at) || at < places[0]! || !taken.has(at)) text.push(title.text.slice(start, end))
  }
  const words = text.join(" ")
  const other = /^other\b/i.test(title.text) && !/^other\b/i.test(level.title.text)
  return other && !/\bother\b/i.test(words) ? `other ${words}` : words
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first }, (_, i) => first + i)
}

/** The value of the axis that the child says; undefined when it says none. */
export function valueIn(level: Level, child: LevelChild, axis: string): string | undefined {
  if (axis !== level.kinds) return child.values.get(axis)
  if (child.unspecified && (child.kind.size === 0 || level.children.some((each) => isKindOf(child, each))))
    return undefined
  return kindText(level, child) || undefined
}

/** Words of the value: signed folded words of a kind, "" for a known value. */
function isWider(wide: ReadonlySet<string>, narrow: ReadonlySet<string>): boolean {
  for (const word of wide) if (!narrow.has(word)) return false
  return true
}

/** The child stays what it is but for the axis: it says nothing else that `from` does not say, or says more of it. */
function differsOnlyIn(level: Level, from: LevelChild, to: LevelChild, axis: string): boolean {
  for (const other of level.axes) {
    if (other === axis || other === level.kinds) continue
    const said = from.values.get(other)
    if (said !== undefined && said !== to.values.get(other)) return false
  }
  return axis === level.kinds || level.kinds === undefined || isWider(from.kind, to.kind)
}

/** How much `to` says beyond `from` in other axes: the plainest child with a value stands for it. */
function extras(level: Level, from: LevelChild, to: LevelChild, axis: string): number {
  let more = to.unspecified ? -0.5 : 0
  for (const other of level.axes) {
    if (other === axis || other === level.kinds) continue
    if (from.values.get(other) !== to.values.get(other)) more++
  }
  if (axis === level.kinds || level.kinds === undefined) return more
  for (const word of to.kind) if (!from.kind.has(word)) more++
  return more
}

export interface LevelOption {
  value: string
  row: Row
  /** The child says "other ...": no value that a note could be asked for. */
  other: boolean
}

/**
 * Values of an axis with the child each leads to when all else stays as `from` says it.
 * @param from the child taken; undefined: none is taken yet, and every value counts
 */
export function optionsOf(level: Level, from: LevelChild | undefined, axis: string): LevelOption[] {
  const best = new Map<string, { option: LevelOption; more: number }>()
  for (const child of level.children) {
    const value = valueIn(level, child, axis)
    if (value === undefined) continue
    if (from && child !== from && !differsOnlyIn(level, from, child, axis)) continue
    if (from && axis === level.kinds && from.unspecified && !isWider(from.kind, child.kind)) continue
    const more = from ? extras(level, from, child, axis) : 0
    const known = best.get(value)
    if (known && known.more <= more) continue
    best.set(value, { option: { value, row: child.row, other: child.other }, more })
  }
  return [...best.values()].map(({ option }) => option)
}

/** Kinds of one condition share a word of its name: "perioral dermatitis" is no kind of rosacea, wherever it is listed. */
function isNamedAlike(a: LevelChild, b: LevelChild): boolean {
  const own = new Set(a.title.tokens.map(({ folded }) => folded))
  return b.title.tokens.some(
    ({ folded }) => own.has(folded) && !isFunctionWord(folded) && folded !== "unspecified"
  )
}

function isKindOf(wide: LevelChild, narrow: LevelChild): boolean {
  return wide.kind.size < narrow.kind.size && isWider(wide.kind, narrow.kind)
}

/** Titles under which unlike things are gathered: their children are no kinds of one condition. */
const GATHERS = /\bother\b(?! and unspecified)|\bnot elsewhere classified\b/i

/**
 * The classification has an answer to this axis that the child does not say: it means "unspecified" here, and at least
 * one sister says more.
 */
export function isOpen(words: AxisWords, level: Level, child: LevelChild, axis: string): boolean {
  if (!child.unspecified || child.values.has(axis)) return false
  const asked = child.title.asks.includes(axis)
  // Silence that means "not there" asks for nothing.
  if (words.entries.get(axis)?.absence && !asked) return false
  if (axis === level.kinds && !asked && GATHERS.test(level.title.text)) return false
  return answersTo(level, child, axis).length > 0
}

/** Values that would close an axis the child leaves open. */
export function answersTo(level: Level, child: LevelChild, axis: string): LevelOption[] {
  return optionsOf(level, child, axis)
    .filter(({ row }) => row !== child.row)
    .filter(({ row }) => {
      const to = level.children.find((each) => each.row === row)!
      if (axis !== level.kinds) return true
      return isKindOf(child, to) && (axis !== "type" || isNamedAlike(child, to))
    })
}
