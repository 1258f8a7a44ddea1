/**
 * Writes what lists beside the classification say of codes. Most codes that have anything share it with their
 * neighbours ("exempt from POA", "HCC V28 37"), so a *fact* is written once, a *profile* (the facts of a code)
 * once, and a row only names its profile.
 */
import type { AttributeList, CodeAttributes, CodeSetModel } from "../model"
import { ByteWriter } from "./bytes"
import { dayNumber } from "./days"
import { FACT_KINDS, type FactKind, LIST_KINDS, MAX_FACTS, ModelError } from "./format"
import { Numbered } from "./numbered"
import { RecordWriter } from "./records"
import type { SectionWriter } from "./section-writer"
import type { TextPool } from "./texts"

/** [kind, name of the model or field, value] */
type Fact = readonly [FactKind, string, string]

/** One reader for each attribute: an attribute that the model gets and this does not know fails to compile. */
const FACTS_OF: { [K in keyof Required<CodeAttributes>]: (value: NonNullable<CodeAttributes[K]>) => Fact[] } =
  {
    poaExempt: (exempt) => (exempt ? [["poaExempt", "", ""]] : []),
    hcc: (categories) => Object.entries(categories).map(([model, category]) => ["hcc", model, category]),
    cc: (level) => [["cc", "", level]],
    mce: (flags) => flags.map((flag) => ["mce", "", flag]),
    hcpcs: (fields) => Object.entries(fields).map(([field, value]) => ["hcpcs", field, value])
  }

function factsOf(attributes: CodeAttributes): Fact[] {
  const facts: Fact[] = []
  const add = <K extends keyof CodeAttributes>(name: K, value: CodeAttributes[K]): void => {
    const read = FACTS_OF[name] as ((value: NonNullable<CodeAttributes[K]>) => Fact[]) | undefined
    if (!read) throw new ModelError(`the attribute ${String(name)} is unknown`)
    if (value !== undefined) facts.push(...read(value as NonNullable<CodeAttributes[K]>))
  }
  for (const name of Object.keys(attributes) as (keyof CodeAttributes)[]) add(name, attributes[name])
  return facts
}

/** @returns codes with attributes that this release does not hold: the lists may be those of another one */
export function writeAttributes(
  sections: SectionWriter,
  model: CodeSetModel,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool
): string[] {
  const unknown: string[] = []
  const facts = new Numbered<Fact>()
  const profiles = new Numbered<number[]>()
  const ofRow = new Uint32Array(model.codes.length)
  for (const [code, attributes] of model.attributes ?? []) {
    const row = rowOf.get(code)
    if (row === undefined) {
      unknown.push(code)
      continue
    }
    const own = factsOf(attributes).map((fact) => facts.add(JSON.stringify(fact), fact))
    if (own.length > MAX_FACTS) throw new ModelError(`code ${code} has more than ${MAX_FACTS} attributes`)
    if (own.length > 0) ofRow[row] = profiles.add(own.join(), own) + 1
  }
  sections.numbers("attributeProfile", profiles.items.length > 0 ? ofRow : [])
  const records = new RecordWriter()
  const out = new ByteWriter()
  for (const profile of profiles.items) {
    out.clear()
    for (const fact of profile) out.varint(fact)
    records.add(out.take())
  }
  sections.records("profileAt", "profileBytes", records)
  sections.numbers(
    "factKind",
    facts.items.map(([kind]) => FACT_KINDS.indexOf(kind))
  )
  sections.numbers(
    "factName",
    facts.items.map(([, name]) => pool.add(name))
  )
  sections.numbers(
    "factValue",
    facts.items.map(([, , value]) => pool.add(value))
  )
  writeLists(sections, model.lists ?? [], pool)
  return unknown
}

function writeLists(sections: SectionWriter, lists: readonly AttributeList[], pool: TextPool): void {
  sections.numbers(
    "listKind",
    lists.map((list) => LIST_KINDS.indexOf(list.kind) + (list.borrowed ? 8 : 0))
  )
  sections.numbers(
    "listName",
    lists.map((list) => pool.add(list.name))
  )
  sections.numbers(
    "listFrom",
    lists.map((list) => dayNumber(list.effective?.from))
  )
  sections.numbers(
    "listTo",
    lists.map((list) => dayNumber(list.effective?.to))
  )
  sections.numbers(
    "listMore",
    lists.map(({ knowsUntil, labels, ages }) => {
      const more = JSON.stringify({ knowsUntil, labels, ages })
      return more === "{}" ? 0 : pool.add(more) + 1
    })
  )
}
