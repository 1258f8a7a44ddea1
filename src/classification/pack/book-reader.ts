/** The Alphabetic Index as a book. Nothing is built at opening: a call reads the lines it gives and no others. */
import type { IndexSource } from "../model"
import type { IndexBook, IndexLine } from "../pack-api"
import { referenceKey, seekKey } from "./book-order"
import { INDEX_SOURCES, type Numbers, PackDamaged } from "./format"
import type { Sections } from "./head"
import type { IndexReader } from "./index-reader"
import type { RowReader } from "./rows"
import type { TextReader } from "./texts"

export class BookReader implements IndexBook {
  private readonly starts: Numbers
  private readonly mains: Numbers
  private readonly order: Numbers
  private readonly references: Numbers
  private readonly referenceEntries: Numbers

  constructor(
    sections: Sections,
    private readonly index: IndexReader,
    private readonly rows: RowReader,
    private readonly texts: TextReader
  ) {
    this.starts = sections.numbersOf("mainStart", INDEX_SOURCES.length + 1)
    this.mains = sections.numbers("mainEntry")
    this.order = sections.numbersOf("mainOrder", this.mains.length)
    this.references = sections.numbers("referenceText")
    this.referenceEntries = sections.numbersOf("referenceEntry", this.references.length)
  }

  /** Main terms of a source: place of the first, and how many. */
  private range(source: IndexSource): { first: number; count: number } {
    const n = INDEX_SOURCES.indexOf(source)
    const first = this.starts[n]
    const end = this.starts[n + 1]
    if (first === undefined || end === undefined) return { first: 0, count: 0 }
    if (first > end || end > this.mains.length) throw new PackDamaged("the main terms are damaged")
    return { first, count: end - first }
  }

  /** Only the sources that have any. */
  sources(): { source: IndexSource; mainTerms: number }[] {
    const all = INDEX_SOURCES.map((source) => ({ source, mainTerms: this.range(source).count }))
    return all.filter(({ mainTerms }) => mainTerms > 0)
  }

  columns(source: IndexSource): string[] {
    return this.index.columnsOf(source).map((column) => this.index.columnTitle(column))
  }

  mainTerms(source: IndexSource, from: number, limit: number): IndexLine[] {
    const { first, count } = this.range(source)
    const lines: IndexLine[] = []
    const start = Math.max(0, Math.trunc(from) || 0)
    for (let place = start; place < count && lines.length < limit; place++) {
      lines.push(this.read(this.mains[first + place]!))
    }
    return lines
  }

  /** A position that may be the number of main terms: nothing sorts behind these letters. */
  seek(source: IndexSource, letters: string): number {
    const { first, count } = this.range(source)
    const wanted = seekKey(letters)
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.keyAt(source, first, this.placeOf(first, count, middle)) < wanted) low = middle + 1
      else high = middle
    }
    return low < count ? this.placeOf(first, count, low) : count
  }

  /** Place, from the first main term of the source, of the one at this rank of the alphabet. */
  private placeOf(first: number, count: number, rank: number): number {
    const zigzag = this.order[first + rank]!
    const place = rank + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2)
    if (!(place >= 0 && place < count)) throw new PackDamaged("the order of main terms is damaged")
    return place
  }

  private keyAt(source: IndexSource, first: number, place: number): string {
    const entry = this.mains[first + place]!
    if (source === "neoplasm" && this.index.parent(entry) < 0) return ""
    return seekKey(this.index.title(entry))
  }

  /** @param id of a line; that of a table cell stands for its row. @throws RangeError when it is neither */
  private known(id: number): number {
    if (!(Number.isInteger(id) && id >= 0 && id < this.index.size)) throw new RangeError(`${id} is no line`)
    return this.index.isCell(id) ? Math.max(0, this.index.parent(id)) : id
  }

  children(id: number): IndexLine[] {
    return this.index.childrenOf(this.known(id)).map((child) => this.read(child))
  }

  line(id: number): IndexLine {
    return this.read(this.known(id))
  }

  private read(entry: number): IndexLine {
    const { index } = this
    const source = index.source(entry)
    const line: IndexLine = {
      id: entry,
      source,
      title: index.title(entry),
      nonessential: index.nonessential(entry),
      children: index.childrenOf(entry).length
    }
    const row = index.row(entry)
    if (row >= 0) {
      line.row = row
      line.code = this.printed(entry, row)
      if (index.incomplete(entry)) line.incomplete = true
    }
    const manifestation = index.manifestation(entry)
    if (manifestation >= 0) line.manifestation = this.rows.code(manifestation)
    const see = index.see(entry)
    if (see !== undefined) line.see = see
    const seeAlso = index.seeAlso(entry)
    if (seeAlso !== undefined) line.seeAlso = seeAlso
    const use = index.use(entry)
    if (use !== undefined) line.use = use
    const beginnings = index.beginnings(entry)
    if (beginnings.length > 0) line.beginnings = beginnings
    const outdated = index.outdated(entry)
    if (outdated !== undefined) line.outdated = outdated
    this.addCells(line, entry, source)
    return line
  }

  /** Codes of the cells; those that are outdated are named in the line, for they lead nowhere. */
  private addCells(line: IndexLine, entry: number, source: IndexSource): void {
    const columns = this.index.columnsOf(source)
    if (columns.length === 0) return
    const cells = columns.map(() => "")
    const outdated: string[] = []
    for (const cell of this.index.cellsOf(entry)) {
      const place = columns.indexOf(this.index.columnNumber(cell))
      if (place < 0) throw new PackDamaged("a table cell stands in no column")
      const row = this.index.row(cell)
      if (row >= 0) cells[place] = this.printed(cell, row)
      const gone = this.index.outdated(cell)
      if (gone !== undefined) outdated.push(gone)
    }
    line.cells = cells
    if (line.outdated === undefined && outdated.length > 0) line.outdated = [...new Set(outdated)].join(", ")
  }

  /** "E11.-", "H66.9-": the dash stands for the characters that are missing. */
  private printed(entry: number, row: number): string {
    const code = this.rows.code(row)
    if (!this.index.incomplete(entry)) return code
    return code.length === 3 ? `${code}.-` : `${code}-`
  }

  path(id: number): number[] {
    return this.index.path(this.known(id))
  }

  follow(reference: string): number {
    const wanted = referenceKey(reference)
    let low = 0
    let high = this.references.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.texts.get(this.references[middle]!) < wanted) low = middle + 1
      else high = middle
    }
    if (low >= this.references.length || this.texts.get(this.references[low]!) !== wanted) return -1
    const entry = this.referenceEntries[low]!
    if (entry >= this.index.size) throw new PackDamaged("a reference leads behind the index")
    return entry
  }
}
