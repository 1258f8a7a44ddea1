/** ICD-10-PCS axis by axis, see compile-pcs.ts. A call reads one table, or the heads of a few. */
import type { PcsTable, PcsValue } from "../model"
import type { PcsBook } from "../pack-api"
import { type Numbers, PackDamaged, PCS_AXES } from "./format"
import type { Sections } from "./head"
import type { RecordList } from "./records"
import type { TextReader } from "./texts"

const HEADINGS = ["Section", "Body System", "Operation"] as const
const LENGTH = HEADINGS.length + PCS_AXES
/** A position has 34 characters to choose from (no I, no O). More would be damage. */
const MOST_VALUES = 36

export class PcsReader implements PcsBook {
  private readonly prefixes: Uint8Array
  private readonly count: number
  /** Values of the first three characters. */
  private readonly heads: readonly Numbers[]
  private readonly headings: Numbers
  private readonly rowStart: Numbers
  private readonly rowAxes: Numbers
  private readonly axes: RecordList
  private readonly characters: Numbers
  private readonly labels: Numbers
  private readonly definitions: Numbers
  private readonly explanations: Numbers
  private readonly includes: Numbers

  constructor(
    sections: Sections,
    private readonly texts: TextReader
  ) {
    this.prefixes = sections.raw("pcsPrefix")
    this.count = this.prefixes.length / 3
    if (!Number.isInteger(this.count)) throw new PackDamaged("the section pcsPrefix has a wrong length")
    const heads = ["pcsSection", "pcsBodySystem", "pcsOperation"] as const
    this.heads = heads.map((name) => sections.numbersOf(name, this.count))
    this.headings = sections.numbersOf("pcsHeadings", this.count)
    this.rowStart = sections.numbersOf("pcsRowStart", this.count + 1)
    this.rowAxes = sections.numbers("pcsRowAxes")
    this.axes = sections.records("pcsAxisAt", "pcsAxisBytes")
    this.characters = sections.numbers("pcsValueCharacter")
    const values = this.characters.length
    this.labels = sections.numbersOf("pcsValueLabel", values)
    this.definitions = sections.numbersOf("pcsValueDefinition", values)
    this.explanations = sections.numbersOf("pcsValueExplanation", values)
    this.includes = sections.numbersOf("pcsValueIncludes", values)
  }

  get empty(): boolean {
    return this.count === 0
  }

  next(prefix: string): { position: number; title: string; values: PcsValue[] } | undefined {
    const chosen = plain(prefix)
    if (chosen.length >= LENGTH) return undefined
    const position = chosen.length + 1
    if (chosen.length < HEADINGS.length) return this.nextHead(chosen, position)
    const table = this.tableAt(chosen)
    if (table < 0) return undefined
    const found = new Map<number, number>()
    let title: string | undefined
    for (const row of this.rowsOf(table, chosen)) {
      const axis = this.axis(row, chosen.length - HEADINGS.length)
      title ??= this.texts.get(axis.title)
      for (const value of axis.values) {
        const character = this.character(value)
        if (!found.has(character)) found.set(character, value)
      }
    }
    if (title === undefined) return undefined
    const ordered = [...found].sort((a, b) => a[0] - b[0])
    return { position, title, values: ordered.map(([, value]) => this.value(value)) }
  }

  /** Tables stand in the order of their prefixes: from one character the next is found by halving. */
  private nextHead(chosen: string, position: number) {
    const values: PcsValue[] = []
    let title = ""
    let table = this.lowerBound(chosen)
    while (table < this.count && this.prefix(table).startsWith(chosen)) {
      if (values.length === 0) title = this.heading(table, chosen.length)
      values.push(this.head(table, chosen.length))
      if (values.length > MOST_VALUES) throw new PackDamaged("the tables are damaged")
      const after = this.lowerBound(`${this.prefix(table).slice(0, position)}\u007f`)
      if (after <= table) throw new PackDamaged("the tables are out of order")
      table = after
    }
    return values.length > 0 ? { position, title, values } : undefined
  }

  table(prefix: string): PcsTable | undefined {
    const at = this.tableAt(plain(prefix))
    if (at < 0) return undefined
    const rows: PcsTable["rows"] = []
    const [from, to] = this.rowRange(at)
    for (let row = from; row < to; row++) {
      const axes = Array.from({ length: PCS_AXES }, (_, n) => {
        const { title, values } = this.axis(row, n)
        return { title: this.texts.get(title), values: values.map((value) => this.value(value)) }
      })
      rows.push({ axes })
    }
    const headings = this.headings[at]!
    return {
      prefix: this.prefix(at),
      section: this.head(at, 0),
      bodySystem: this.head(at, 1),
      operation: this.head(at, 2),
      rows,
      ...(headings > 0 ? { headings: this.texts.get(headings - 1).split("\n") } : {})
    }
  }

  explain(prefix: string): { title: string; value: PcsValue }[] {
    const chosen = plain(prefix)
    if (chosen.length === 0 || chosen.length > LENGTH) return []
    const table = this.lowerBound(chosen.slice(0, HEADINGS.length))
    const begins = chosen.slice(0, HEADINGS.length)
    if (table >= this.count || !this.prefix(table).startsWith(begins)) return []
    const told = [...begins].map((_, n) => ({ title: this.heading(table, n), value: this.head(table, n) }))
    if (chosen.length <= HEADINGS.length) return told
    const row = this.rowsOf(table, chosen)[0]
    if (row === undefined) return []
    for (let at = HEADINGS.length; at < chosen.length; at++) {
      const axis = this.axis(row, at - HEADINGS.length)
      const value = axis.values.find((each) => this.character(each) === chosen.charCodeAt(at))
      if (value === undefined) return []
      told.push({ title: this.texts.get(axis.title), value: this.value(value) })
    }
    return told
  }

  valid(code: string): boolean {
    const chosen = plain(code)
    if (chosen.length !== LENGTH) return false
    const table = this.tableAt(chosen)
    return table >= 0 && this.rowsOf(table, chosen).length > 0
  }

  private prefix(table: number): string {
    const at = table * 3
    return String.fromCharCode(this.prefixes[at]!, this.prefixes[at + 1]!, this.prefixes[at + 2]!)
  }

  /** First table whose prefix is not less. */
  private lowerBound(prefix: string): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.prefix(middle) < prefix) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The table of the first three characters, or -1. */
  private tableAt(chosen: string): number {
    if (chosen.length < HEADINGS.length) return -1
    const prefix = chosen.slice(0, HEADINGS.length)
    const at = this.lowerBound(prefix)
    return at < this.count && this.prefix(at) === prefix ? at : -1
  }

  private rowRange(table: number): [number, number] {
    const from = this.rowStart[table]!
    const to = this.rowStart[table + 1]!
    if (from > to || to * PCS_AXES > this.rowAxes.length)
      throw new PackDamaged("the rows of a table are damaged")
    return [from, to]
  }

  /** Rows of the table that allow what was chosen behind its three characters. */
  private rowsOf(table: number, chosen: string): number[] {
    const [from, to] = this.rowRange(table)
    const rows: number[] = []
    for (let row = from; row < to; row++) {
      let allowed = true
      for (let at = HEADINGS.length; allowed && at < chosen.length; at++) {
        const wanted = chosen.charCodeAt(at)
        const { values } = this.axis(row, at - HEADINGS.length)
        allowed = values.some((value) => this.character(value) === wanted)
      }
      if (allowed) rows.push(row)
    }
    return rows
  }

  private axis(row: number, n: number): { title: number; values: number[] } {
    const reader = this.axes.seek(this.rowAxes[row * PCS_AXES + n]!)
    const title = reader.varint()
    const values: number[] = []
    while (reader.more) {
      values.push(reader.varint())
      if (values.length > MOST_VALUES) throw new PackDamaged("an axis has too many values")
    }
    return { title, values }
  }

  private character(value: number): number {
    const character = this.characters[value]
    if (character === undefined) throw new PackDamaged("a PCS value is missing")
    return character
  }

  private head(table: number, n: number): PcsValue {
    return this.value(this.heads[n]![table]!)
  }

  private heading(table: number, n: number): string {
    const headings = this.headings[table]!
    const own = headings > 0 ? this.texts.get(headings - 1).split("\n")[n] : undefined
    return own ?? HEADINGS[n]!
  }

  private value(number: number): PcsValue {
    const value: PcsValue = {
      value: String.fromCharCode(this.character(number)),
      label: this.texts.get(this.labels[number]!)
    }
    const definition = this.definitions[number]!
    const explanation = this.explanations[number]!
    const includes = this.includes[number]!
    if (definition > 0) value.definition = this.texts.get(definition - 1)
    if (explanation > 0) value.explanation = this.texts.get(explanation - 1)
    if (includes > 0) value.includes = this.texts.get(includes - 1).split("\n")
    return value
  }
}

function plain(prefix: string): string {
  return prefix.trim().toUpperCase()
}
