/**
 * What a compiled pack answers. The engine, the look-up, the panel and the command line know a code set
 * only through this interface; the binary layout behind it is the business of `pack/`.
 *
 * A *row* is the position of a code in official order (headers included). A *term* is a wording that leads
 * to a row: a title, an inclusion term, an index path, a synonym.
 */
import type {
  AttributeList,
  CodeAttributes,
  CodeHistory,
  CodeRef,
  IndexSource,
  NoteKind,
  PcsTable,
  PcsValue,
  RetiredCode,
  SeventhCharacter,
  System
} from "./model"

export type Row = number

export interface PackInfo {
  /** "icd10cm-FY2026" */
  id: string
  system: System
  release: string
  effective: { from: string; to?: string }
  complete: boolean
  remarks: string[]
  borrowedFrom?: string
  source: string
  codes: number
  billable: number
  bytes: number
  /** SHA-256 of the pack file, hex. Filled in by whoever stored or read it; "" when not worked out yet. */
  sha256: string
}

export interface PackNote {
  kind: NoteKind
  text: string
  /** Where it stands: "E11", "E08-E13" (block) or "Chapter 4". Inherited when it is not the code itself. */
  at: string
}

export type TermKind = "title" | "inclusion" | "index" | "external" | "neoplasm" | "drug" | "pcs"

/** Wordings as sets of word ids. Built so that a matcher needs only the rarest word to start from. */
export interface TermTable {
  readonly count: number
  /** Distinct ids of the words that MUST be there, ascending. Function words and NOS/NEC are left out. */
  words(term: number): Uint32Array
  /** Terms whose rarest word is this one. */
  anchoredAt(word: number): Uint32Array
  row(term: number): Row
  kind(term: number): TermKind
  /** The wording as printed, for "via": index path "Fracture, traumatic, radius, lower end". */
  text(term: number): string
  /** The index wanted more characters than it printed (trailing "-"), or the target is a header. */
  incomplete(term: number): boolean
  /** Second code in brackets of the index ("[G63]"), or -1. */
  manifestation(term: number): Row
}

export interface Vocabulary {
  readonly size: number
  /** Id of a word as `foldWord` (words.ts) makes it, or -1. */
  id(word: string): number
  word(id: number): string
  /** In how many terms it stands: the measure of rarity. */
  frequency(id: number): number
}

export interface CodePack {
  readonly info: PackInfo
  readonly size: number
  readonly vocabulary: Vocabulary
  readonly terms: TermTable
  /** With or without dot, any case, spaces trimmed. -1 when it is no code of this release. */
  find(code: string): Row
  code(row: Row): string
  title(row: Row): string
  billable(row: Row): boolean
  derivedTitle(row: Row): boolean
  /** HCPCS only: ISO dates. */
  dates(row: Row): { added?: string; ended?: string }
  parent(row: Row): Row
  /** Direct children. */
  children(row: Row): Row[]
  /** Last row of the subtree (rows are contiguous): descendants are row+1 .. subtreeEnd(row). */
  subtreeEnd(row: Row): Row
  chapter(row: Row): { id: string; title: string } | undefined
  block(row: Row): { id: string; title: string } | undefined
  /** Notes printed at the row; with `inherited`, also those of its ancestors, block and chapter. */
  notes(row: Row, inherited?: boolean): PackNote[]
  /** Definitions that apply to this row, inherited from any ancestor; [] when none. */
  seventh(row: Row): SeventhCharacter[]
  /** Index paths that lead to this row, as printed; of a row without any, those of the nearest one above it. */
  indexPaths(row: Row, limit?: number): string[]
  /**
   * Main terms that the Alphabetic Index equates with other words wherever they stand: "Adenocarcinoma" (see
   * also Neoplasm, malignant, by site) means "malignant neoplasm". `means` is folded words with blanks between.
   * `also`: the index only says "see also", so the two are related, not the same: good for a look-up alone.
   */
  aliases?(): { title: string; means: string; also: boolean }[]
  /** HCPCS modifiers ("LT"), which are no codes and are never suggested. */
  modifiers?(): { code: string; title: string; added?: string; ended?: string }[]
  /** {} when no list names the code. The lists themselves: `lists()`. */
  attributes(row: Row): CodeAttributes
  lists(): AttributeList[]
  history(row: Row): CodeHistory
  /** Codes of earlier releases that are gone, by code; `undefined` when the code was never one we know of. */
  retired(code: string): RetiredCode | undefined
  /** All of them, for the difference between releases. */
  allRetired(): RetiredCode[]
  /** The Alphabetic Index to leaf through; undefined when the pack has none. */
  readonly indexBook?: IndexBook
  /** ICD-10-PCS only. */
  readonly pcsBook?: PcsBook
}

/** A line of the Alphabetic Index as printed. `id` is only good inside one pack. */
export interface IndexLine {
  id: number
  source: IndexSource
  title: string
  nonessential: string[]
  /** As the field writes it, with the dash: "E11.4-" when more characters are needed. */
  code?: string
  row?: Row
  incomplete?: boolean
  manifestation?: string
  see?: string
  seeAlso?: string
  outdated?: string
  use?: string
  beginnings?: string[]
  /** Neoplasm and drug tables: the columns of this row, in the order of `columns(source)`; "" for none. */
  cells?: string[]
  /** Subterms below (table cells not counted). */
  children: number
}

/** The Alphabetic Index as a book: main terms in order, subterms on demand. All calls are cheap. */
export interface IndexBook {
  sources(): { source: IndexSource; mainTerms: number }[]
  /** Column headings of the neoplasm and drug tables, [] for the others. */
  columns(source: IndexSource): string[]
  /** Main terms in printed order from position `from`; the neoplasm table's rows count as main terms. */
  mainTerms(source: IndexSource, from: number, limit: number): IndexLine[]
  /** Position of the first main term that does not sort before these letters. */
  seek(source: IndexSource, letters: string): number
  children(id: number): IndexLine[]
  line(id: number): IndexLine
  /** Ids from the main term down to the line itself. */
  path(id: number): number[]
  /** Where a "see" or "see also" leads, or -1. */
  follow(reference: string): number
}

/** ICD-10-PCS by axes. A prefix is the characters chosen so far, 0 to 7 of them. */
export interface PcsBook {
  /** What may stand at the next position behind the prefix; undefined when nothing may. */
  next(prefix: string): { position: number; title: string; values: PcsValue[] } | undefined
  /** The table of a prefix of three or more characters. */
  table(prefix: string): PcsTable | undefined
  /** Each character of a prefix in words: [{title: "Section", value: {…}}, …]; [] when the prefix is no beginning of a code. */
  explain(prefix: string): { title: string; value: PcsValue }[]
  /** True for the seven characters that a table row allows. */
  valid(code: string): boolean
}

export interface LookupHit extends CodeRef {
  title: string
  billable: boolean
  /** Higher is better; only comparable inside one answer. */
  score: number
  /** "code", "title", "index: Fracture, traumatic, radius ...", "includes: ..." */
  via: string
  pack: string
  /** UTF-16 spans of the title that the search text accounts for, ascending, never overlapping. */
  matched?: { start: number; end: number }[]
  /** ISO day: HCPCS code that was ended before the date of service. Such hits rank last. */
  ended?: string
  /** A header that used to be billable: since when, and what stands below it. */
  headerSince?: string
  children?: CodeRef[]
  /** Asked for by a code of an earlier release that this one replaced. */
  replaces?: string
  /** The coder's own pin or a code used lately broke a tie here. */
  own?: "pin" | "recent"
  /** A modifier ("LT"), which is no code: asked for by the word "modifier". No row of the pack stands behind it. */
  modifier?: true
}

export interface LookupAnswer {
  results: LookupHit[]
  /** The search text as it was understood, when a word was corrected: "fracture". */
  corrected?: string
  /** A sentence when there is nothing to show ("250.00 looks like ICD-9-CM ..."). */
  hint?: string
  /** Nothing fits all words: nearest terms of the Index that do exist, to be searched for instead. */
  nearest?: string[]
}
