/**
 * What the children of one row of the Tabular List differ by. The titles of the children are the only source: phrases
 * that name a value of a known axis ("right", "initial encounter", "stage 3a") are taken out; what is left tells the
 * kinds apart. An axis counts when two children are alike but for its value; so "displaced, right" beside "nondisplaced,
 * left" gives two axes, and "acute appendicitis" beside "chronic gastritis" gives none of acuity.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { nameOfKinds } from "./kinds"
import { ACCOMPANIED, type RestWord, readTitle, restOf, type Title } from "./title"
import type { AxisWords } from "./words"

/** Titles that name two or more things: each child may be one of them. */
const SEVERAL = /\band\b|\bor\b|\bto\b/i

export interface LevelChild {
  row: Row
  title: Title
  /** What it says of each axis of the level; an axis that is missing here was not said. */
  values: ReadonlyMap<string, string>
  /** Words that set its kind apart, signed, as they stand in the title; and as a set. */
  rest: readonly RestWord[]
  kind: ReadonlySet<string>
  /** It says "unspecified" more often than its parent: some axis was not said. */
  unspecified: boolean
  other: boolean
}

export interface Level {
  parent: Row
  title: Title
  /** In the order in which the classification asks: kinds first, then values of known axes. */
  axes: string[]
  /** The axis that the kinds make, when they differ; one of `axes`. */
  kinds: string | undefined
  /** The children are one code with its 7th characters. */
  seventh: boolean
  children: LevelChild[]
  /** What the classification means when nothing is said. */
  silent: LevelChild | undefined
}

interface Draft {
  row: Row
  title: Title
  values: Map<string, string>
  rest: RestWord[]
  words: Set<string>
  unspecified: boolean
}

/** Values that the parent says already are none of the child's; a parent that names two of an axis says none. */
function ownValues(title: Title, parent: Title, axes: ReadonlySet<string>): Map<string, string> {
  const values = new Map<string, string>()
  for (const { axis, value } of title.hits) {
    if (!axes.has(axis)) continue
    const above = new Set(parent.hits.filter((hit) => hit.axis === axis).map((hit) => hit.value))
    if (value === "" || (above.has(value) && (above.size === 1 || axis === ACCOMPANIED))) continue
    // "Right eye ... left eye" in one title says no one side.
    values.set(
      axis,
      values.has(axis) && values.get(axis) !== value ? `${values.get(axis)} and ${value}` : value
    )
  }
  return values
}

function key(draft: Draft, axes: readonly string[]): string {
  return kindOf(draft) + axes.map((axis) => `|${draft.values.get(axis) ?? ""}`).join("")
}

/** The children are the same code with a 7th character: each title is that of the code with more behind it. */
function isSeventh(pack: CodePack, parent: Row, rows: readonly Row[]): boolean {
  const title = pack.title(parent)
  return rows.every(
    (row) => pack.code(row).replace(".", "").length === 7 && pack.title(row).startsWith(title)
  )
}

/** Two children that say the same of every axis are of different kinds. */
function hasKinds(drafts: readonly Draft[], axes: readonly string[]): boolean {
  const seen = new Map<string, Set<string>>()
  for (const draft of drafts) {
    const like = axes.map((axis) => draft.values.get(axis) ?? "").join("|")
    const kinds = seen.get(like) ?? new Set()
    kinds.add(kindOf(draft))
    seen.set(like, kinds)
    if (kinds.size > 1) return true
  }
  return false
}

function kindOf({ words }: Draft): string {
  return [...words].sort().join(" ")
}

/** Two children alike but for this axis: both say a value, or one of them says "unspecified". */
function isAxis(drafts: readonly Draft[], axis: string, axes: readonly string[]): boolean {
  const others = axes.filter((each) => each !== axis)
  const seen = new Map<string, Set<string>>()
  for (const draft of drafts) {
    const value = draft.values.get(axis)
    if (value === undefined && !draft.unspecified) continue
    const like = key(draft, others)
    const values = seen.get(like) ?? new Set()
    values.add(value ?? "")
    seen.set(like, values)
    if (values.size > 1) return true
  }
  return false
}

/** Words that at least three of four titles say. */
function mostlySaid(titles: readonly Title[], axes: ReadonlySet<string>): string[] {
  const counts = new Map<string, number>()
  for (const title of titles)
    for (const word of new Set(restOf(title, axes).map((each) => each.word)))
      counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].filter(([, count]) => 4 * count >= 3 * titles.length && count > 2).map(([word]) => word)
}

function draftsOf(
  titles: readonly Title[],
  rows: readonly Row[],
  parent: Title,
  axes: ReadonlySet<string>
): Draft[] {
  const several = SEVERAL.test(parent.text)
  const own = restOf(parent, axes).map(({ word }) => word)
  const shared = new Set(several ? mostlySaid(titles, axes) : [])
  // Of a title that names several things, only what nearly all children repeat tells nothing apart.
  const above = new Set(several ? own.filter((word) => shared.has(word)) : own)
  const drafts = rows.map((row, i): Draft => {
    const title = titles[i]!
    const rest = restOf(title, axes).filter(({ word }) => !above.has(word))
    return {
      row,
      title,
      values: ownValues(title, parent, axes),
      rest,
      words: new Set(rest.map(({ word }) => word)),
      unspecified: title.unspecified > parent.definite
    }
  })
  const told = drafts.filter((each) => !each.unspecified && each.title.others <= parent.others)
  const common = new Set<string>()
  const [first, ...others] = told.length > 1 ? told : drafts
  for (const word of first?.words ?? []) if (others.every((each) => each.words.has(word))) common.add(word)
  const silent = silentOf(drafts)
  // What was not said tells nothing apart ("glaucoma, unspecified eye" beside "right eye").
  const one = silent && !/\band\b|\bor\b/i.test(silent.title.text)
  const vague = new Set(
    one ? silent.rest.filter(({ at }) => silent.title.unsaid.has(at)).map(({ word }) => word) : []
  )
  for (const draft of drafts) {
    draft.rest = draft.rest.filter(({ word }) => !common.has(word) && !vague.has(word))
    draft.words = new Set(draft.rest.map(({ word }) => word))
  }
  return drafts
}

/** Of those that say "unspecified", the one that says least else. */
function silentOf(drafts: readonly Draft[]): Draft | undefined {
  let best: Draft | undefined
  let least = Number.POSITIVE_INFINITY
  for (const draft of drafts) {
    if (!draft.unspecified) continue
    const size = 10 * draft.values.size + draft.words.size
    if (size >= least) continue
    best = draft
    least = size
  }
  return best
}

/** Derives the axes of the children of a row. Facts of the classification alone. */
export function readLevel(pack: CodePack, words: AxisWords, parent: Row): Level {
  const rows = pack.children(parent)
  const above = readTitle(words, pack.title(parent))
  const titles = rows.map((row) => readTitle(words, pack.title(row)))
  const seventh = isSeventh(pack, parent, rows)
  let axes = [...new Set(titles.flatMap((title) => title.hits.map(({ axis }) => axis)))]
  let drafts = draftsOf(titles, rows, above, new Set(axes))
  while (!seventh) {
    const fewer = axes.filter((axis) => isAxis(drafts, axis, axes))
    if (fewer.length === axes.length) break
    axes = fewer
    drafts = draftsOf(titles, rows, above, new Set(axes))
  }
  axes = axes.filter((axis) => drafts.some(({ values }) => values.has(axis)))
  let kinds: string | undefined
  if (hasKinds(drafts, axes)) {
    kinds = nameOfKinds(words, drafts, above)
    if (axes.includes(kinds)) kinds = "type"
  }
  const children = drafts.map(({ row, title, values, rest, words: own, unspecified }): LevelChild => {
    return { row, title, values, rest, kind: own, unspecified, other: title.others > above.others }
  })
  const silent = silentOf(drafts)
  return {
    parent,
    title: above,
    axes: kinds === undefined ? axes : [kinds, ...axes],
    kinds,
    seventh,
    children,
    silent: silent && children[drafts.indexOf(silent)]
  }
}
