/** From a model to a pack: see format.ts for the layout and collect-terms.ts for what becomes a term. */
import type { CodeSetModel, ModelNote } from "../model"
import type { PackInfo } from "../pack-api"
import { TermCollector, type TermReport } from "./collect-terms"
import { writeTerms } from "./compile-words"
import { INDEX_SOURCES, NOTE_KINDS, PACK_FORMAT_VERSION, type SectionName } from "./format"
import { SectionWriter } from "./section-writer"
import { MAX_TEXT_BYTES, TextEncoderTable, TextPool, textTokens, writeTexts } from "./texts"
import { TitleCoder } from "./titles"
import { type Tree, treeOf } from "./tree"

export { PACK_FORMAT_VERSION }

export interface CompileReport extends TermReport {
  bytes: number
  /** Bytes by section. */
  sections: Record<string, number>
  /** Sections of the Tabular List that hold no code of this release. */
  emptySections: string[]
}

/** The model breaks a rule that the pack relies on; `message` says which and where. */
export class ModelError extends Error {
  override name = "ModelError"
}

const SYSTEM_IDS = { "ICD-10-CM": "icd10cm", HCPCS: "hcpcs", "ICD-10-PCS": "icd10pcs", CPT: "cpt" } as const

/** "icd10cm-FY2026", "hcpcs-2025-10"; a set that is not complete is the "starter" of its system. */
export function packId(model: Pick<CodeSetModel, "system" | "release" | "complete">): string {
  return `${SYSTEM_IDS[model.system]}-${model.complete ? model.release : "starter"}`
}

/** The same model always gives the same bytes. @throws ModelError */
export function compilePack(model: CodeSetModel): Uint8Array {
  return compilePackWithReport(model).bytes
}

/** Also says what could not be used. @throws ModelError */
export function compilePackWithReport(model: CodeSetModel): { bytes: Uint8Array; report: CompileReport } {
  const rowOf = checkModel(model)
  const tree = treeOf(model.codes, model.system)
  const collected = new TermCollector(model, tree, rowOf).collect()
  const sections = new SectionWriter()
  const pool = new TextPool()
  const emptySections: string[] = []

  writeCodes(sections, model, tree)
  const titles = new TitleCoder(
    model.codes.map((code) => code.title),
    tree.parent
  )
  writeSections(sections, model, tree, rowOf, pool, emptySections)
  writeNotes(sections, model, pool)
  writeSeventh(sections, model, pool)
  writeIndex(sections, model, rowOf, pool)
  writeModifiers(sections, model, pool)
  sections.numbers(
    "aliasEntry",
    collected.aliases.map((alias) => alias.entry)
  )
  sections.numbers(
    "aliasText",
    collected.aliases.map((alias) => pool.add(alias.text))
  )
  sections.numbers(
    "aliasAlso",
    collected.aliases.map((alias) => (alias.also ? 1 : 0))
  )
  writeTerms(sections, collected.terms, model.codes.length, (term) =>
    term.text === undefined ? (term.entry ?? 0) : pool.add(term.text)
  )
  const table = new TextEncoderTable()
  titles.count(table)
  for (const text of pool.texts) table.count(textTokens(text))
  sections.records("tokenAt", "tokenBytes", table.close())
  sections.records("titleAt", "titleBytes", titles.write(table))
  sections.records("textAt", "textBytes", writeTexts(pool.texts, table))

  const bytes = sections.finish({ ...infoOf(model) })
  return {
    bytes,
    report: { ...collected.report, bytes: bytes.length, sections: sections.sizes(), emptySections }
  }
}

function infoOf(model: CodeSetModel): Omit<PackInfo, "bytes"> {
  return {
    id: packId(model),
    system: model.system,
    release: model.release,
    effective: model.effective,
    complete: model.complete,
    remarks: model.remarks,
    ...(model.borrowedFrom === undefined ? {} : { borrowedFrom: model.borrowedFrom }),
    source: model.provenance.source,
    codes: model.codes.length,
    billable: model.codes.filter((code) => code.billable).length,
    sha256: ""
  }
}

/** Codes by their row. */
function checkModel(model: CodeSetModel): Map<string, number> {
  const rowOf = new Map<string, number>()
  for (const [row, { code, title }] of model.codes.entries()) {
    if (!/^[0-9A-Z]{1,8}$/.test(code))
      throw new ModelError(`code ${JSON.stringify(code)} is not 1 to 8 letters and digits`)
    if (rowOf.has(code)) throw new ModelError(`code ${code} is there twice`)
    if (title.length * 3 > MAX_TEXT_BYTES) throw new ModelError(`the title of ${code} is too long`)
    rowOf.set(code, row)
  }
  for (const note of notesOfAll(model)) {
    if (note.text.length * 3 > MAX_TEXT_BYTES) throw new ModelError("a note is too long")
  }
  for (const [at, entry] of model.index.entries()) {
    if (entry.parent >= at || entry.parent < -1)
      throw new ModelError(`index entry ${at} stands before its parent`)
  }
  return rowOf
}

function notesOfAll(model: CodeSetModel): ModelNote[] {
  return [...model.codes, ...model.sections].flatMap((owner) => owner.notes)
}

function day(iso: string | undefined): number {
  return iso === undefined ? 0 : Number(iso.replaceAll("-", ""))
}

/** Flags of a row from its title, see SECTION.rowFlags. */
function openness(title: string): number {
  const whole = /^unspecified\b|\bunspecified$/i.test(title) ? 4 : 0
  const other = /^other\b/i.test(title) ? 8 : 0
  const times = Math.min(3, (title.match(/\bunspecified\b/gi) ?? []).length)
  return whole | other | (times << 4)
}

function writeCodes(sections: SectionWriter, model: CodeSetModel, tree: Tree): void {
  const { codes } = model
  const width = codes.reduce((widest, { code }) => Math.max(widest, code.length), 1)
  const bytes = new Uint8Array(codes.length * width)
  for (const [row, { code }] of codes.entries()) {
    for (let i = 0; i < code.length; i++) bytes[row * width + i] = code.charCodeAt(i)
  }
  sections.bytes("codes", bytes)
  const order = codes.map((_, row) => row).sort((a, b) => (codes[a]!.code < codes[b]!.code ? -1 : 1))
  sections.numbers(
    "codeOrder",
    order.map((row, rank) => (row >= rank ? 2 * (row - rank) : 2 * (rank - row) - 1))
  )
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
  sections.numbers("added", dated ? codes.map((code) => day(code.added)) : [])
  sections.numbers("ended", dated ? codes.map((code) => day(code.ended)) : [])
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

function writeSections(
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

function writeNotes(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const owner: number[] = []
  const start: number[] = []
  const kind: number[] = []
  const text: number[] = []
  for (const [at, { notes }] of [...model.codes, ...model.sections].entries()) {
    if (notes.length === 0) continue
    owner.push(at)
    start.push(kind.length)
    for (const note of notes) {
      kind.push(NOTE_KINDS.indexOf(note.kind))
      text.push(pool.add(note.text))
    }
  }
  start.push(kind.length)
  sections.numbers("noteOwner", owner)
  sections.numbers("noteStart", start)
  sections.numbers("noteKind", kind)
  sections.numbers("noteText", text)
}

function writeSeventh(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
  const rows: number[] = []
  const start: number[] = []
  const character: number[] = []
  const text: number[] = []
  const includes: number[] = []
  for (const [row, { seventh }] of model.codes.entries()) {
    if (!seventh || seventh.length === 0) continue
    rows.push(row)
    start.push(character.length)
    for (const each of seventh) {
      character.push(each.character.charCodeAt(0))
      text.push(pool.add(each.text))
      includes.push(each.includes ? pool.add(each.includes.join("\n")) + 1 : 0)
    }
  }
  start.push(character.length)
  sections.numbers("seventhRow", rows)
  sections.numbers("seventhStart", start)
  sections.numbers("seventhCharacter", character)
  sections.numbers("seventhText", text)
  sections.numbers("seventhIncludes", includes)
}

function writeIndex(
  sections: SectionWriter,
  model: CodeSetModel,
  rowOf: ReadonlyMap<string, number>,
  pool: TextPool
): void {
  const { index } = model
  const columns: string[] = []
  const column = (heading: string | undefined): number => {
    if (heading === undefined) return 0
    if (!columns.includes(heading) && columns.push(heading) > 15)
      throw new ModelError("more than 15 table columns")
    return columns.indexOf(heading) + 1
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
      (entry) => INDEX_SOURCES.indexOf(entry.source) + (entry.incomplete ? 8 : 0) + 16 * column(entry.column)
    )
  )
  sections.numbers(
    "columnText",
    columns.map((heading) => pool.add(heading))
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
  attached(["manifestationEntry", "manifestationRow"], (entry) => {
    const manifestation = row(entry.manifestation)
    return manifestation > 0 ? manifestation - 1 : undefined
  })
}

function writeModifiers(sections: SectionWriter, model: CodeSetModel, pool: TextPool): void {
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
    modifiers.map((modifier) => day(modifier.added))
  )
  sections.numbers(
    "modifierEnded",
    modifiers.map((modifier) => day(modifier.ended))
  )
}
