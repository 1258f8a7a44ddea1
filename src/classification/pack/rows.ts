/** Codes, their tree, flags, dates and titles. */
import type { System } from "../model"
import type { PackInfo } from "../pack-api"
import type { DayReader } from "./days"
import { type Numbers, PackDamaged } from "./format"
import type { Sections } from "./head"
import { RunReader } from "./runs"
import type { TextDecoderTable } from "./texts"
import { TitleReader } from "./titles"
import { plainCode, printedCode } from "./tree"

export class RowReader {
  readonly size: number
  private readonly system: System
  private readonly codes: Uint8Array
  private readonly width: number
  private readonly order: RunReader
  private readonly up: Numbers
  private readonly span: Numbers
  private readonly flags: Numbers
  private readonly added: Numbers
  private readonly ended: Numbers
  private readonly titles: TitleReader

  constructor(
    sections: Sections,
    info: PackInfo,
    texts: TextDecoderTable,
    private readonly days: DayReader
  ) {
    this.system = info.system
    this.codes = sections.raw("codes")
    this.size = info.codes
    this.width = this.size === 0 ? 1 : this.codes.length / this.size
    if (!Number.isInteger(this.width) || this.codes.length !== this.size * this.width) {
      throw new PackDamaged("the section codes has a wrong length")
    }
    this.order = new RunReader(sections.numbers("codeOrderAt"), sections.numbers("codeOrder"))
    this.up = sections.numbersOf("up", this.size)
    this.span = sections.numbersOf("span", this.size)
    this.flags = sections.numbersOf("rowFlags", this.size)
    this.added = sections.numbers("added")
    this.ended = sections.numbers("ended")
    const dated = this.added.length === 0 ? 0 : this.size
    if (this.added.length !== dated || this.ended.length !== dated) {
      throw new PackDamaged("the dates have a wrong length")
    }
    const records = sections.records("titleAt", "titleBytes", this.size)
    this.titles = new TitleReader(records, texts, (row) => this.parent(row))
  }

  /** @throws RangeError for a number that is no row: a mistake of the caller, not of the pack */
  check(row: number): void {
    if (!(row >= 0 && row < this.size && Number.isInteger(row))) throw new RangeError(`${row} is no row`)
  }

  /** Without dot. */
  plain(row: number): string {
    this.check(row)
    let code = ""
    for (let at = row * this.width; at < (row + 1) * this.width; at++) {
      const c = this.codes[at]!
      if (c === 0) break
      code += String.fromCharCode(c)
    }
    return code
  }

  code(row: number): string {
    return printedCode(this.system, this.plain(row))
  }

  /** Row at this place of the order of codes. */
  ordered(rank: number): number {
    const zigzag = this.order.at(rank)
    const row = rank + (zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2)
    if (!(row >= 0 && row < this.size)) throw new PackDamaged("the order of codes holds an unknown row")
    return row
  }

  /** First place in the order of codes whose code is not less than `code`. */
  lowerBound(code: string): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.plain(this.ordered(middle)) < code) low = middle + 1
      else high = middle
    }
    return low
  }

  find(code: string): number {
    const wanted = plainCode(code)
    if (wanted === "") return -1
    const rank = this.lowerBound(wanted)
    if (rank >= this.size) return -1
    const row = this.ordered(rank)
    return this.plain(row) === wanted ? row : -1
  }

  billable(row: number): boolean {
    this.check(row)
    return (this.flags[row]! & 1) !== 0
  }

  derivedTitle(row: number): boolean {
    this.check(row)
    return (this.flags[row]! & 2) !== 0
  }

  /** How the title leaves things open, without decoding it. */
  openness(row: number): { unspecified: boolean; other: boolean; times: number } {
    const flags = this.flags[row]!
    return { unspecified: (flags & 4) !== 0, other: (flags & 8) !== 0, times: (flags >>> 4) & 3 }
  }

  dates(row: number): { added?: string; ended?: string } {
    this.check(row)
    const dates: { added?: string; ended?: string } = {}
    const added = this.days.at(this.added[row] ?? 0)
    const ended = this.days.at(this.ended[row] ?? 0)
    if (added !== undefined) dates.added = added
    if (ended !== undefined) dates.ended = ended
    return dates
  }

  parent(row: number): number {
    this.check(row)
    const up = this.up[row]!
    if (up > row) throw new PackDamaged("a parent lies before the first row")
    return up === 0 ? -1 : row - up
  }

  subtreeEnd(row: number): number {
    this.check(row)
    const end = row + this.span[row]!
    if (end >= this.size) throw new PackDamaged("a subtree lies behind the last row")
    return end
  }

  children(row: number): number[] {
    const children: number[] = []
    const end = this.subtreeEnd(row)
    for (let child = row + 1; child <= end; child = this.subtreeEnd(child) + 1) children.push(child)
    return children
  }

  title(row: number): string {
    this.check(row)
    return this.titles.title(row)
  }
}
