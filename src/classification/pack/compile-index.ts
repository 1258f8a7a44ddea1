/** Writes the Alphabetic Index and its tables as a tree. */
import type { CodeSetModel, IndexSource, ModelIndexEntry } from "../model"
import { INDEX_SOURCES, ModelError, type SectionName } from "./format"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

export function writeIndex(
  sections: SectionWriter,
  model: CodeSetModel,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool
): void {
  const { index } = model
  const columns: { heading: string; source: IndexSource }[] = []
  const column = ({ column: heading, source }: ModelIndexEntry): number => {
    if (heading === undefined) return 0
    const known = columns.findIndex((each) => each.heading === heading && each.source === source)
    if (known >= 0) return known + 1
    if (columns.push({ heading, source }) > 15) throw new ModelError("more than 15 table columns")
    return columns.length
  }
  const row = (code: string | undefined): number => (code === undefined ? 0 : (rowOf.get(code) ?? -1) + 1)
  sections.numbers(
    "entryUp",
    index.map((entry, at) => (entry.parent < 0 ? 0 : at - entry.parent))
  )
  sections.numbers(
    "entryTitle",
    index.map((entry) => pool.add(entry.title))
  )
  sections.numbers(
    "entryRow",
    index.map((entry) => row(entry.code))
  )
  sections.numbers(
    "entryFlags",
    index.map(
      (entry) => INDEX_SOURCES.indexOf(entry.source) + (entry.incomplete ? 8 : 0) + 16 * column(entry)
    )
  )
  sections.numbers(
    "columnText",
    columns.map(({ heading }) => pool.add(heading))
  )
  sections.numbers(
    "columnSource",
    columns.map(({ source }) => INDEX_SOURCES.indexOf(source))
  )
  const attached = (
    names: [SectionName, SectionName],
    value: (entry: CodeSetModel["index"][number]) => number | undefined
  ): void => {
    const entries: number[] = []
    const values: number[] = []
    for (const [at, entry] of index.entries()) {
      const found = value(entry)
      if (found === undefined) continue
      entries.push(at)
      values.push(found)
    }
    sections.numbers(names[0], entries)
    sections.numbers(names[1], values)
  }
  const textOf = (text: string | undefined) => (text === undefined ? undefined : pool.add(text))
  attached(["nonessentialEntry", "nonessentialText"], (entry) =>
    entry.nonessential.length > 0 ? pool.add(entry.nonessential.join("\n")) : undefined
  )
  attached(["seeEntry", "seeText"], (entry) => textOf(entry.see))
  attached(["seeAlsoEntry", "seeAlsoText"], (entry) => textOf(entry.seeAlso))
  attached(["outdatedEntry", "outdatedText"], (entry) => textOf(entry.outdated))
  attached(["useEntry", "useText"], (entry) => textOf(entry.use))
  attached(["beginningsEntry", "beginningsText"], (entry) =>
    entry.beginnings && entry.beginnings.length > 0 ? pool.add(entry.beginnings.join(" ")) : undefined
  )
  attached(["manifestationEntry", "manifestationRow"], (entry) => {
    const manifestation = row(entry.manifestation)
    return manifestation > 0 ? manifestation - 1 : undefined
  })
}
