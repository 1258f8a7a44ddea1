/** Opens a compiled pack: checks the head, sets views on the sections, decodes nothing. */
import type {
  AttributeList,
  CodeAttributes,
  CodeHistory,
  ModelCode,
  RetiredCode,
  SeventhCharacter
} from "../model"
import type { CodePack, PackInfo, PackNote, Row } from "../pack-api"
import { AttributeReader } from "./attribute-reader"
import { BookReader } from "./book-reader"
import { DayReader, isoDay } from "./days"
import { PackDamaged } from "./format"
import { readHead, Sections } from "./head"
import { HistoryReader } from "./history-reader"
import { IndexReader } from "./index-reader"
import { NoteReader } from "./note-reader"
import { PcsReader } from "./pcs-reader"
import { RowReader } from "./rows"
import { TermReader, WordReader } from "./term-reader"
import { TextDecoderTable, TextReader } from "./texts"

export { PackDamaged }

/** A pack as `openPack` gives it: what CodePack promises, and what the look-up and the index browser need. */
export class CompiledPack implements CodePack {
  readonly info: PackInfo
  readonly size: number
  readonly vocabulary: WordReader
  readonly terms: TermReader
  readonly index: IndexReader
  readonly rows: RowReader
  readonly indexBook?: BookReader
  readonly pcsBook?: PcsReader
  private readonly notesOf: NoteReader
  private readonly attributesOf: AttributeReader
  private readonly historyOf: HistoryReader
  private readonly sections: Sections
  private readonly texts: TextReader

  /** @param bytes must start at a multiple of 8 of their buffer; `openPack` sees to it */
  constructor(bytes: Uint8Array) {
    const head = readHead(bytes)
    const sections = new Sections(bytes, head)
    this.sections = sections
    this.info = head.info
    this.info.bytes = bytes.length
    const table = new TextDecoderTable(sections.records("tokenAt", "tokenBytes"))
    this.texts = new TextReader(sections.records("textAt", "textBytes"), table)
    const days = new DayReader(sections.numbers("days"))
    this.rows = new RowReader(sections, head.info, table, days)
    this.size = this.rows.size
    this.notesOf = new NoteReader(sections, this.rows, this.texts)
    this.index = new IndexReader(sections, this.texts, this.size)
    if (this.index.size > 0) this.indexBook = new BookReader(sections, this.index, this.rows, this.texts)
    const pcs = new PcsReader(sections, this.texts)
    if (!pcs.empty) this.pcsBook = pcs
    this.attributesOf = new AttributeReader(sections, this.texts, this.size)
    this.historyOf = new HistoryReader(sections, this.texts, days)
    this.vocabulary = new WordReader(sections)
    this.terms = new TermReader(sections, this.rows, this.index, this.texts, this.vocabulary.size)
  }

  find(code: string): Row {
    return this.rows.find(code)
  }

  code(row: Row): string {
    return this.rows.code(row)
  }

  title(row: Row): string {
    return this.rows.title(row)
  }

  billable(row: Row): boolean {
    return this.rows.billable(row)
  }

  derivedTitle(row: Row): boolean {
    return this.rows.derivedTitle(row)
  }

  dates(row: Row): { added?: string; ended?: string } {
    return this.rows.dates(row)
  }

  parent(row: Row): Row {
    return this.rows.parent(row)
  }

  children(row: Row): Row[] {
    return this.rows.children(row)
  }

  subtreeEnd(row: Row): Row {
    return this.rows.subtreeEnd(row)
  }

  chapter(row: Row): { id: string; title: string } | undefined {
    return this.notesOf.section(row, "chapter")
  }

  block(row: Row): { id: string; title: string } | undefined {
    return this.notesOf.section(row, "block")
  }

  notes(row: Row, inherited = false): PackNote[] {
    return this.notesOf.notes(row, inherited)
  }

  seventh(row: Row): SeventhCharacter[] {
    this.rows.check(row)
    return this.notesOf.seventh(row)
  }

  /** Rows with the same number share their 7th characters; -1 without any. */
  seventhPlace(row: Row): number {
    this.rows.check(row)
    return this.notesOf.seventhPlace(row)
  }

  /**
   * The lines of the Index that lead to the row, as printed; of a row without any, those of the nearest one above
   * it: "Fall, falling (accidental) W19.-" leads to W19.XXXA.
   */
  indexPaths(row: Row, limit = Number.POSITIVE_INFINITY): string[] {
    this.rows.check(row)
    for (let at = row; at >= 0; at = this.parent(at)) {
      const paths = this.ownIndexPaths(at, limit)
      if (paths.length > 0) return paths
    }
    return []
  }

  private ownIndexPaths(row: Row, limit: number): string[] {
    const paths = new Set<string>()
    for (const entry of this.index.entriesOf(row)) {
      if (paths.size >= limit) break
      paths.add(this.index.pathText(entry))
    }
    // What only refers to the row is found among its terms.
    const [from, to] = this.terms.ofRow(row)
    for (let term = from; term < to && paths.size < limit; term++) {
      const entry = this.terms.entry(term)
      if (entry >= 0 && this.index.row(entry) !== row) paths.add(this.terms.text(term))
    }
    return [...paths]
  }

  aliases(): { title: string; means: string; also: boolean }[] {
    return this.index.aliases()
  }

  attributes(row: Row): CodeAttributes {
    this.rows.check(row)
    return this.attributesOf.attributes(row)
  }

  lists(): AttributeList[] {
    return this.attributesOf.lists()
  }

  history(row: Row): CodeHistory {
    this.rows.check(row)
    return this.historyOf.history(row)
  }

  retired(code: string): RetiredCode | undefined {
    return this.historyOf.retired(code)
  }

  allRetired(): RetiredCode[] {
    return this.historyOf.allRetired()
  }

  /** HCPCS modifiers ("LT"), which are no codes. */
  modifiers(): Pick<ModelCode, "code" | "title" | "added" | "ended">[] {
    const codes = this.sections.numbers("modifierCode")
    const titles = this.sections.numbersOf("modifierTitle", codes.length)
    const added = this.sections.numbersOf("modifierAdded", codes.length)
    const ended = this.sections.numbersOf("modifierEnded", codes.length)
    return Array.from(codes, (code, n) => ({
      code: this.texts.get(code),
      title: this.texts.get(titles[n]!),
      ...(added[n]! > 0 ? { added: isoDay(added[n]!) } : {}),
      ...(ended[n]! > 0 ? { ended: isoDay(ended[n]!) } : {})
    }))
  }
}

/**
 * Opens a pack over its bytes, which must not be changed afterwards. Checks magic, format, length and the
 * checksum of the head; the rest is trusted until a decode fails (then PackDamaged too) or `verifyPack` ran.
 * @throws PackDamaged
 */
export function openPack(bytes: Uint8Array): CompiledPack {
  // Views of wider numbers need an even start; a Node Buffer may lie anywhere in a shared block.
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
  return new CompiledPack(aligned)
}
