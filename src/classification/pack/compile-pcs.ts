/**
 * Writes the tables of ICD-10-PCS. Values and axes repeat from row to row and from table to table ("Open",
 * "No Device", the whole list of approaches), so each value is written once, each axis once, and a row is four
 * numbers of axes.
 */
import type { CodeSetModel, PcsTable, PcsValue } from "../model"
import { ByteWriter } from "./bytes"
import { ModelError, PCS_AXES } from "./format"
import { Numbered } from "./numbered"
import { RecordWriter } from "./records"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

/** @throws ModelError for a table that is there twice, or a row that is not positions 4 to 7 */
export function writePcs(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const tables = [...(model.pcsTables ?? [])].sort((a, b) => (a.prefix < b.prefix ? -1 : 1))
  const values = new Numbered<PcsValue>()
  const axes = new Numbered<{ title: string; values: number[] }>()
  const value = (each: PcsValue): number => {
    if (!/^[0-9A-Z]$/.test(each.value)) throw new ModelError(`${JSON.stringify(each.value)} is no PCS value`)
    const { value: character, label, definition, explanation, includes } = each
    return values.add(JSON.stringify([character, label, definition, explanation, includes]), each)
  }
  const rowStart: number[] = []
  const rowAxes: number[] = []
  for (const [n, table] of tables.entries()) {
    if (tables[n - 1]?.prefix === table.prefix) throw new ModelError(`table ${table.prefix} is there twice`)
    rowStart.push(rowAxes.length / PCS_AXES)
    for (const row of table.rows) {
      if (row.axes.length !== PCS_AXES)
        throw new ModelError(`a row of table ${table.prefix} is not four axes`)
      for (const axis of row.axes) {
        if (axis.values.length === 0) throw new ModelError(`an axis of table ${table.prefix} has no value`)
        const numbers = axis.values.map(value)
        rowAxes.push(axes.add(JSON.stringify([axis.title, numbers]), { title: axis.title, values: numbers }))
      }
    }
  }
  rowStart.push(rowAxes.length / PCS_AXES)
  sections.bytes("pcsPrefix", prefixBytes(tables))
  const head = (read: (table: PcsTable) => PcsValue): number[] => tables.map((table) => value(read(table)))
  sections.numbers(
    "pcsSection",
    head((table) => table.section)
  )
  sections.numbers(
    "pcsBodySystem",
    head((table) => table.bodySystem)
  )
  sections.numbers(
    "pcsOperation",
    head((table) => table.operation)
  )
  sections.numbers(
    "pcsHeadings",
    tables.map(({ headings }) => (headings === undefined ? 0 : pool.add(headings.join("\n")) + 1))
  )
  sections.numbers("pcsRowStart", rowStart)
  sections.numbers("pcsRowAxes", rowAxes)
  const records = new RecordWriter()
  const out = new ByteWriter()
  for (const axis of axes.items) {
    out.clear()
    out.varint(pool.add(axis.title))
    for (const number of axis.values) out.varint(number)
    records.add(out.take())
  }
  sections.records("pcsAxisAt", "pcsAxisBytes", records)
  writeValues(sections, values.items, pool)
}

function prefixBytes(tables: readonly PcsTable[]): Uint8Array {
  const bytes = new Uint8Array(tables.length * 3)
  for (const [n, { prefix, section, bodySystem, operation }] of tables.entries()) {
    if (prefix !== section.value + bodySystem.value + operation.value) {
      throw new ModelError(`table ${JSON.stringify(prefix)} does not begin as its values say`)
    }
    for (let i = 0; i < 3; i++) bytes[n * 3 + i] = prefix.charCodeAt(i)
  }
  return bytes
}

function writeValues(sections: SectionWriter, values: readonly PcsValue[], pool: TextPool): void {
  const optional = (text: string | undefined): number => (text === undefined ? 0 : pool.add(text) + 1)
  sections.numbers(
    "pcsValueCharacter",
    values.map(({ value }) => value.charCodeAt(0))
  )
  sections.numbers(
    "pcsValueLabel",
    values.map(({ label }) => pool.add(label))
  )
  sections.numbers(
    "pcsValueDefinition",
    values.map(({ definition }) => optional(definition))
  )
  sections.numbers(
    "pcsValueExplanation",
    values.map(({ explanation }) => optional(explanation))
  )
  sections.numbers(
    "pcsValueIncludes",
    values.map(({ includes }) => optional(includes && includes.length > 0 ? includes.join("\n") : undefined))
  )
}
