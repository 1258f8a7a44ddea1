/** From a model to a pack: see format.ts for the layout and collect-terms.ts for what becomes a term. */
import type { CodeSetModel, ModelIndexEntry, ModelNote } from "../model"
import type { PackInfo } from "../pack-api"
import { TermCollector, type TermReport } from "./collect-terms"
import { writeAttributes } from "./compile-attributes"
import { writeBook } from "./compile-book"
import { writeHistory, writeRetired } from "./compile-history"
import { writeIndex } from "./compile-index"
import { writeNotes, writeSeventh } from "./compile-notes"
import { writePcs } from "./compile-pcs"
import { writeCodes, writeModifiers, writeSections } from "./compile-tree"
import { writeTerms } from "./compile-words"
import { DayPool } from "./days"
import { ModelError, PACK_FORMAT_VERSION } from "./format"
import { IndexTree } from "./index-tree"
import { packId } from "./pack-id"
import { SectionWriter } from "./section-writer"
import { MAX_TEXT_BYTES, TextEncoderTable, TextPool, writeTexts } from "./texts"
import { TitleCoder } from "./titles"
import { treeOf } from "./tree"

export { ModelError, PACK_FORMAT_VERSION }

export interface CompileReport extends TermReport {
  bytes: number
  /** Bytes by section. */
  sections: Record<string, number>
  /** Sections of the Tabular List that hold no code of this release. */
  emptySections: string[]
  /** Codes with attributes, or with a history, that this release does not hold. */
  unknownAttributes: string[]
  unknownHistory: string[]
}

/** The same model always gives the same bytes. @throws ModelError */
export function compilePack(model: CodeSetModel): Uint8Array {
  return compilePackWithReport(model).bytes
}

/** Also says what could not be used. @throws ModelError */
export function compilePackWithReport(model: CodeSetModel): { bytes: Uint8Array; report: CompileReport } {
  const rowOf = checkModel(model)
  const tree = treeOf(model.codes, model.system)
  const index = new IndexTree(model.index)
  const collected = new TermCollector(model, tree, rowOf, index).collect()
  const sections = new SectionWriter()
  const pool = new TextPool()
  const emptySections: string[] = []

  const days = new DayPool()
  writeCodes(sections, model, tree, days)
  const table = new TextEncoderTable()
  const titles = new TitleCoder(
    model.codes.map((code) => code.title),
    tree.parent,
    table
  )
  writeSections(sections, model, tree, rowOf, pool, emptySections)
  writeNotes(sections, model, pool)
  writeSeventh(sections, model, pool)
  writeIndex(sections, model, rowOf, pool)
  writeBook(sections, index, pool)
  writeModifiers(sections, model, pool)
  const unknownAttributes = writeAttributes(sections, model, rowOf, pool)
  const unknownHistory = writeHistory(sections, model, rowOf, pool, days)
  writeRetired(sections, model, rowOf, pool)
  sections.numbers("days", days.days)
  writePcs(sections, model, pool)
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
  writeTerms(sections, collected.terms, collected.words, model.codes.length, (term) =>
    term.text === undefined ? (term.entry ?? 0) : pool.add(term.text)
  )
  titles.count()
  const texts = pool.texts.map((text) => table.take(text))
  for (const tokens of texts) table.count(tokens)
  sections.records("tokenAt", "tokenBytes", table.close())
  sections.records("titleAt", "titleBytes", titles.write())
  sections.records("textAt", "textBytes", writeTexts(texts, table))

  const bytes = sections.finish({ ...infoOf(model) })
  return {
    bytes,
    report: {
      ...collected.report,
      bytes: bytes.length,
      sections: sections.sizes(),
      emptySections,
      unknownAttributes,
      unknownHistory
    }
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
  checkIndex(model.index)
  return rowOf
}

/** Depth first: a line stands behind its parent, and nothing but lines below the parent stands between. */
function checkIndex(entries: readonly ModelIndexEntry[]): void {
  const open: number[] = []
  for (const [at, { parent, column }] of entries.entries()) {
    while (open.length > 0 && open[open.length - 1] !== parent) open.pop()
    if (parent !== -1 && open.length === 0)
      throw new ModelError(`index entry ${at} stands apart from its parent`)
    if (column !== undefined && parent < 0) throw new ModelError(`index entry ${at} is a cell without a row`)
    open.push(at)
  }
}

function notesOfAll(model: CodeSetModel): ModelNote[] {
  return [...model.codes, ...model.sections].flatMap((owner) => owner.notes)
}
