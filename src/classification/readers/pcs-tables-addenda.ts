/**
 * Addenda to the tables of ICD-10-PCS (tables_addenda_YYYY.txt): every table that changed, printed whole in
 * sentences. "FY2026:" and "No change:" only say what is new; both print what is in force.
 *
 *     FY2026: Fifth panel of table 0 2 H
 *       Fourth character (Body Part) is value M: Ventricular Septum
 *       Sixth character (Device) has 2 choices.
 *         First choice is value J: Cardiac Lead, Pacemaker
 *         Second choice is value K: Cardiac Lead, Defibrillator
 */
import type { PcsTable, PcsValue } from "../model"
import { headingsOf } from "./pcs-tables"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

const STATE = "(?:No change|FY20\\d\\d)"
const TABLE = new RegExp(`^${STATE}: table (\\S) (\\S) (\\S)$`)
const PANEL = new RegExp(`^${STATE}: .* panel of table (\\S) (\\S) (\\S)$`)
const ONE = /^ {2}(\w+) character \(([^)]+)\) is value (\S): (.+)$/
const MANY = /^ {2}(\w+) character \(([^)]+)\) has (\d+) choices\.$/
const CHOICE = /^ {4}.* choice is value (\S): (.+)$/
const ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh"]

/** @throws ReaderError for a line of another form, positions out of step, or choices that do not add up */
export function readPcsTablesAddenda(file: SourceFile): PcsTable[] {
  return new AddendaReader(file).read()
}

class AddendaReader {
  private readonly tables: PcsTable[] = []
  /** Values of the characters 1 to 3 of the table that is open. */
  private heads: { prefix: string; values: PcsValue[]; titles: string[] } | undefined
  private axes: PcsTable["rows"][number]["axes"] | undefined
  private wanted = 0
  private line = 0

  constructor(private readonly file: SourceFile) {}

  read(): PcsTable[] {
    for (const [at, raw] of linesOf(this.file).entries()) {
      this.line = at + 1
      const line = raw.trimEnd()
      if (line !== "") this.take(line)
    }
    this.closePanel()
    this.closeTable()
    if (this.tables.length === 0) this.fail("tables", "none")
    return this.tables
  }

  private fail(expected: string, found: string): never {
    throw new ReaderError(this.file.name, this.line, expected, found)
  }

  private take(line: string): void {
    const table = TABLE.exec(line)
    const panel = PANEL.exec(line)
    if (table) {
      this.closePanel()
      this.closeTable()
      this.heads = { prefix: table.slice(1).join(""), values: [], titles: [] }
    } else if (panel) {
      this.closePanel()
      const prefix = panel.slice(1).join("")
      if (prefix !== this.heads?.prefix) this.fail(`a panel of table ${this.heads?.prefix ?? ""}`, prefix)
      if (!this.tables.some((each) => each.prefix === prefix)) this.openTable()
      this.axes = []
    } else this.character(line)
  }

  private character(line: string): void {
    const one = ONE.exec(line)
    const many = MANY.exec(line)
    const choice = CHOICE.exec(line)
    if (one) {
      this.expectPosition(one[1]!)
      const value: PcsValue = { value: one[3]!, label: one[4]! }
      if (this.axes) this.axes.push({ title: one[2]!, values: [value] })
      else {
        // The third character carries its definition behind the name of the operation.
        const [, label, definition] = /^([^:]+)(?:: (.+))?$/.exec(value.label)!
        this.heads!.titles.push(one[2]!)
        this.heads!.values.push({ value: value.value, label: label!, ...(definition ? { definition } : {}) })
      }
    } else if (many) {
      this.expectPosition(many[1]!)
      if (!this.axes) this.fail("one value for each of the first three characters", line)
      this.axes.push({ title: many[2]!, values: [] })
      this.wanted = Number(many[3])
    } else if (choice && this.axes && this.wanted > 0) {
      this.axes[this.axes.length - 1]!.values.push({ value: choice[1]!, label: choice[2]! })
      this.wanted--
    } else this.fail("a table, a panel, a character or a choice", line)
  }

  private expectPosition(ordinal: string): void {
    if (this.wanted > 0) this.fail(`${this.wanted} more choices`, `${ordinal} character`)
    const position = this.axes ? this.axes.length + 3 : (this.heads?.values.length ?? 9)
    if (ORDINALS[position] !== ordinal) this.fail(`${ORDINALS[position] ?? "no further"} character`, ordinal)
  }

  private openTable(): void {
    const { prefix, values, titles } = this.heads!
    const [section, bodySystem, operation] = values
    if (!section || !bodySystem || !operation) this.fail(`three characters of table ${prefix}`, "fewer")
    if (prefix !== section.value + bodySystem.value + operation.value) this.fail(prefix, "other characters")
    this.tables.push({ prefix, section, bodySystem, operation, rows: [], ...headingsOf(titles) })
  }

  private closePanel(): void {
    if (!this.axes) return
    if (this.wanted > 0 || this.axes.length !== 4) this.fail("a panel with the characters 4 to 7", "a part")
    this.tables[this.tables.length - 1]!.rows.push({ axes: this.axes })
    this.axes = undefined
  }

  private closeTable(): void {
    if (this.heads && this.tables[this.tables.length - 1]?.prefix !== this.heads.prefix) {
      this.fail(`panels of table ${this.heads.prefix}`, "none")
    }
    this.heads = undefined
  }
}

/** The tables with those of the addenda in place of their older form, new ones in the order of prefixes. */
export function withTablesAddenda(tables: readonly PcsTable[], addenda: readonly PcsTable[]): PcsTable[] {
  const newer = new Map(addenda.map((each) => [each.prefix, each]))
  const result = tables.map((each) => newer.get(each.prefix) ?? each)
  const known = new Set(tables.map(({ prefix }) => prefix))
  result.push(...addenda.filter(({ prefix }) => !known.has(prefix)))
  return result.sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
}
