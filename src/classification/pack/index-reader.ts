/** The Alphabetic Index inside a pack. An *entry* is one printed line, by its position in depth-first order. */
import type { IndexSource } from "../model"
import { INDEX_SOURCES, type Numbers, PackDamaged } from "./format"
import type { Sections } from "./head"
import { placeOf } from "./note-reader"
import type { TextReader } from "./texts"

/** The index has nine levels; a deeper chain is damage. */
const MAX_LEVELS = 16

/** Something that only some entries have, by entry. */
class Attached {
  constructor(
    private readonly entries: Numbers,
    private readonly values: Numbers
  ) {
    if (entries.length !== values.length) throw new PackDamaged("a part of the index has a wrong length")
  }

  at(entry: number): number | undefined {
    const place = placeOf(this.entries, entry)
    return place < 0 ? undefined : this.values[place]
  }
}

interface ByRow {
  entries: Uint32Array
  /** Where the entries of a row start; one more than there are rows. */
  starts: Uint32Array
}

/** @param rows of the entries plus 1, 0 for none */
function sortedByRow(rows: Numbers, rowCount: number): ByRow {
  const starts = new Uint32Array(rowCount + 2)
  for (let entry = 0; entry < rows.length; entry++) {
    const row = rows[entry]!
    if (row > rowCount) throw new PackDamaged("an index entry points behind the last row")
    if (row > 0) starts[row + 1]!++
  }
  for (let row = 1; row < starts.length; row++) starts[row]! += starts[row - 1]!
  // Now starts[row + 1] is where the entries of `row` begin; filling moves it to where they end.
  const entries = new Uint32Array(starts[rowCount + 1]!)
  for (let entry = 0; entry < rows.length; entry++) {
    const row = rows[entry]!
    if (row > 0) entries[starts[row]!++] = entry
  }
  return { entries, starts }
}

export class IndexReader {
  readonly size: number
  private readonly up: Numbers
  private readonly titles: Numbers
  private readonly rows: Numbers
  private readonly flags: Numbers
  private readonly columns: Numbers
  private readonly nonessentials: Attached
  private readonly sees: Attached
  private readonly seeAlsos: Attached
  private readonly outdateds: Attached
  private readonly manifestations: Attached
  private readonly uses: Attached
  private readonly beginningTexts: Attached
  private readonly columnSources: Numbers
  private byRow: ByRow | undefined
  private readonly aliasEntry: Numbers
  private readonly aliasText: Numbers
  private readonly aliasAlso: Numbers

  constructor(
    sections: Sections,
    private readonly texts: TextReader,
    private readonly rowCount: number
  ) {
    this.up = sections.numbers("entryUp")
    this.size = this.up.length
    this.titles = sections.numbersOf("entryTitle", this.size)
    this.rows = sections.numbersOf("entryRow", this.size)
    this.flags = sections.numbersOf("entryFlags", this.size)
    this.columns = sections.numbers("columnText")
    this.columnSources = sections.numbersOf("columnSource", this.columns.length)
    this.nonessentials = new Attached(
      sections.numbers("nonessentialEntry"),
      sections.numbers("nonessentialText")
    )
    this.sees = new Attached(sections.numbers("seeEntry"), sections.numbers("seeText"))
    this.seeAlsos = new Attached(sections.numbers("seeAlsoEntry"), sections.numbers("seeAlsoText"))
    this.outdateds = new Attached(sections.numbers("outdatedEntry"), sections.numbers("outdatedText"))
    this.manifestations = new Attached(
      sections.numbers("manifestationEntry"),
      sections.numbers("manifestationRow")
    )
    this.uses = new Attached(sections.numbers("useEntry"), sections.numbers("useText"))
    this.beginningTexts = new Attached(
      sections.numbers("beginningsEntry"),
      sections.numbers("beginningsText")
    )
    this.aliasEntry = sections.numbers("aliasEntry")
    this.aliasText = sections.numbersOf("aliasText", this.aliasEntry.length)
    this.aliasAlso = sections.numbersOf("aliasAlso", this.aliasEntry.length)
  }

  private check(entry: number): void {
    if (!(entry >= 0 && entry < this.size)) throw new PackDamaged("an index entry is missing")
  }

  /** -1 for a main term. */
  parent(entry: number): number {
    this.check(entry)
    const up = this.up[entry]!
    if (up > entry) throw new PackDamaged("the index is damaged")
    return up === 0 ? -1 : entry - up
  }

  /** Without nonessential modifiers; "" for a cell of a table. */
  title(entry: number): string {
    this.check(entry)
    return this.texts.get(this.titles[entry]!)
  }

  /** Heading of the column for a cell of the neoplasm or drug table. */
  column(entry: number): string | undefined {
    const column = this.columnNumber(entry)
    return column === 0 ? undefined : this.columnTitle(column)
  }

  /** Number of the column of a table cell, from 1; 0 for a line. */
  columnNumber(entry: number): number {
    this.check(entry)
    return this.flags[entry]! >>> 4
  }

  columnTitle(column: number): string {
    const text = this.columns[column - 1]
    if (text === undefined) throw new PackDamaged("a table column is missing")
    return this.texts.get(text)
  }

  /** Numbers of the columns of a table, as printed; [] for what is no table. */
  columnsOf(source: IndexSource): number[] {
    const wanted = INDEX_SOURCES.indexOf(source)
    const found: number[] = []
    for (const [n, each] of this.columnSources.entries()) if (each === wanted) found.push(n + 1)
    return found
  }

  isCell(entry: number): boolean {
    return this.columnNumber(entry) !== 0
  }

  /** The cells of a table row, which stand right behind it. */
  cellsOf(entry: number): number[] {
    const cells: number[] = []
    for (let at = entry + 1; at < this.size && this.isCell(at) && this.parent(at) === entry; at++)
      cells.push(at)
    return cells
  }

  /** Subterms right below, without table cells. Goes through the subtree, which has 11,000 lines at most. */
  childrenOf(entry: number): number[] {
    this.check(entry)
    const children: number[] = []
    for (let at = entry + 1; at < this.size; at++) {
      const up = this.up[at]!
      const parent = at - up
      if (up === 0 || parent < entry) break
      if (parent === entry && !this.isCell(at)) children.push(at)
    }
    return children
  }

  source(entry: number): IndexSource {
    this.check(entry)
    const source = INDEX_SOURCES[this.flags[entry]! & 7]
    if (source === undefined) throw new PackDamaged("the index is damaged")
    return source
  }

  /** -1 when the entry has no code, or one that is not in this release. */
  row(entry: number): number {
    this.check(entry)
    const row = this.rows[entry]! - 1
    if (row >= this.rowCount) throw new PackDamaged("an index entry points behind the last row")
    return row
  }

  /**
   * Entries whose own code is this row, in printed order. The first call sorts the entries by their rows (2 ms,
   * 1 MB), which not every user of a pack needs.
   */
  entriesOf(row: number): Uint32Array {
    this.byRow ??= sortedByRow(this.rows, this.rowCount)
    const { entries, starts } = this.byRow
    return entries.subarray(starts[row]!, starts[row + 1]!)
  }

  /** The printed code ended in "-". */
  incomplete(entry: number): boolean {
    this.check(entry)
    return (this.flags[entry]! & 8) !== 0
  }

  nonessential(entry: number): string[] {
    const text = this.nonessentials.at(entry)
    return text === undefined ? [] : this.texts.get(text).split("\n")
  }

  see(entry: number): string | undefined {
    return this.optional(this.sees.at(entry))
  }

  seeAlso(entry: number): string | undefined {
    return this.optional(this.seeAlsos.at(entry))
  }

  /** Code that a borrowed index printed here and that was deleted or divided since. */
  outdated(entry: number): string | undefined {
    return this.optional(this.outdateds.at(entry))
  }

  /** PCS index: the value to use instead of these words. */
  use(entry: number): string | undefined {
    return this.optional(this.uses.at(entry))
  }

  /** PCS index: tables or beginnings of codes. */
  beginnings(entry: number): string[] {
    const text = this.beginningTexts.at(entry)
    return text === undefined ? [] : this.texts.get(text).split(" ")
  }

  private optional(text: number | undefined): string | undefined {
    return text === undefined ? undefined : this.texts.get(text)
  }

  /** Row of the second code in brackets, or -1. */
  manifestation(entry: number): number {
    const row = this.manifestations.at(entry) ?? -1
    if (row >= this.rowCount) throw new PackDamaged("an index entry points behind the last row")
    return row
  }

  /** From the main term down to the entry. */
  path(entry: number): number[] {
    const path: number[] = []
    for (let at = entry; at >= 0; at = this.parent(at)) {
      if (path.push(at) > MAX_LEVELS) throw new PackDamaged("the index is too deep")
    }
    return path.reverse()
  }

  /** "Fracture, traumatic, radius, lower end"; the column of a table last. */
  pathText(entry: number): string {
    return this.path(entry)
      .map((at) => this.title(at) || this.column(at) || "")
      .filter((part) => part !== "")
      .join(", ")
  }

  /** Main terms that may be read as other words wherever they stand: "Adenocarcinoma" as malignant neoplasm. */
  aliases(): { title: string; means: string; also: boolean }[] {
    return Array.from(this.aliasEntry, (entry, n) => ({
      title: this.title(entry),
      means: this.texts.get(this.aliasText[n]!),
      also: this.aliasAlso[n] === 1
    }))
  }
}
