/** Writes codes, tree, chapters and blocks, and HCPCS modifiers. */
import type { CodeSetModel } from "../model"
import { type DayPool, dayNumber } from "./days"
import { runsOf } from "./runs"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"
import type { Tree } from "./tree"

/** Flags of a row from its title, see SECTION.rowFlags. */
function openness(title: string): number {
  const whole = /^unspecified\b|\bunspecified$/i.test(title) ? 4 : 0
  const other = /^other\b/i.test(title) ? 8 : 0
  const times = Math.min(3, (title.match(/\bunspecified\b/gi) ?? []).length)
  return whole | other | (times << 4)
}

export function writeCodes(sections: SectionWriter, model: CodeSetModel, tree: Tree, days: DayPool): void {
  const { codes } = model
  const width = codes.reduce((widest, { code }) => Math.max(widest, code.length), 1)
  const bytes = new Uint8Array(codes.length * width)
  for (const [row, { code }] of codes.entries()) {
    for (let i = 0; i < code.length; i++) bytes[row * width + i] = code.charCodeAt(i)
  }
  sections.bytes("codes", bytes)
  const order = codes.map((_, row) => row).sort((a, b) => (codes[a]!.code < codes[b]!.code ? -1 : 1))
  // The official order is that of the codes but for a few ("C4A" stands behind "C43"): long runs of one difference.
  const moved = runsOf(order.map((row, rank) => (row >= rank ? 2 * (row - rank) : 2 * (rank - row) - 1)))
  sections.numbers("codeOrderAt", moved.starts)
  sections.numbers("codeOrder", moved.values)
  sections.numbers(
    "up",
    codes.map((_, row) => (tree.parent[row]! < 0 ? 0 : row - tree.parent[row]!))
  )
  sections.numbers(
    "span",
    codes.map((_, row) => tree.last[row]! - row)
  )
  sections.numbers(
    "rowFlags",
    codes.map((code) => (code.billable ? 1 : 0) | (code.derivedTitle ? 2 : 0) | openness(code.title))
  )
  const dated = codes.some((code) => code.added !== undefined || code.ended !== undefined)
  sections.numbers("added", dated ? codes.map((code) => days.add(code.added)) : [])
  sections.numbers("ended", dated ? codes.map((code) => days.add(code.ended)) : [])
}

/** Rows from the first to the last category; where an end is missing (starter set), by the order of codes. */
function rowsBetween(
  first: string,
  last: string,
  model: CodeSetModel,
  tree: Tree,
  rowOf: ReadonlyMap<string, number>
): [number, number] | undefined {
  let from = rowOf.get(first)
  const lastRow = rowOf.get(last)
  let to = lastRow === undefined ? undefined : tree.last[lastRow]
  for (const [row, { code }] of model.codes.entries()) {
    if (from !== undefined && to !== undefined) break
    const category = code.slice(0, 3)
    if (category < first || category > last) continue
    if (rowOf.get(first) === undefined) from = Math.min(from ?? row, row)
    if (lastRow === undefined) to = Math.max(to ?? row, tree.last[row]!)
  }
  return from === undefined || to === undefined || from > to ? undefined : [from, to]
}

export function writeSections(
  sections: SectionWriter,
  model: CodeSetModel,
  tree: Tree,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool,
  empty: string[]
): void {
  const first: number[] = []
  const last: number[] = []
  for (const section of model.sections) {
    const range = rowsBetween(section.first, section.last, model, tree, rowOf)
    if (!range) empty.push(section.id)
    // An empty section starts behind its end, so that no row lies in it.
    first.push(range ? range[0] : 1)
    last.push(range ? range[1] : 0)
  }
  sections.numbers(
    "sectionKind",
    model.sections.map((section) => (section.kind === "chapter" ? 0 : 1))
  )
  sections.numbers(
    "sectionId",
    model.sections.map((section) => pool.add(section.id))
  )
  sections.numbers(
    "sectionTitle",
    model.sections.map((section) => pool.add(section.title))
  )
  sections.numbers("sectionFirst", first)
  sections.numbers("sectionLast", last)
}

export function writeModifiers(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const modifiers = model.modifiers ?? []
  sections.numbers(
    "modifierCode",
    modifiers.map((modifier) => pool.add(modifier.code))
  )
  sections.numbers(
    "modifierTitle",
    modifiers.map((modifier) => pool.add(modifier.title))
  )
  sections.numbers(
    "modifierAdded",
    modifiers.map((modifier) => dayNumber(modifier.added))
  )
  sections.numbers(
    "modifierEnded",
    modifiers.map((modifier) => dayNumber(modifier.ended))
  )
}
