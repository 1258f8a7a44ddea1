/**
 * What a compiled pack answers. The engine, the look-up, the panel and the command line know a code set
 * only through this interface; the binary layout behind it is the business of `pack/`.
 *
 * A *row* is the position of a code in official order (headers included). A *term* is a wording that leads
 * to a row: a title, an inclusion term, an index path, a synonym.
 */
import type { CodeRef, NoteKind, SeventhCharacter, System } from "./model"

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

export type TermKind = "title" | "inclusion" | "index" | "external" | "neoplasm" | "drug"

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
  /** Index paths that lead to this row, as printed. */
  indexPaths(row: Row, limit?: number): string[]
  /**
   * Main terms that the Alphabetic Index equates with other words wherever they stand: "Adenocarcinoma" (see
   * also Neoplasm, malignant, by site) means "malignant neoplasm". `means` is folded words with blanks between.
   * `also`: the index only says "see also", so the two are related, not the same: good for a look-up alone.
   */
  aliases?(): { title: string; means: string; also: boolean }[]
  /** HCPCS modifiers ("LT"), which are no codes and are never suggested. */
  modifiers?(): { code: string; title: string; added?: string; ended?: string }[]
}

export interface LookupHit extends CodeRef {
  title: string
  billable: boolean
  /** Higher is better; only comparable inside one answer. */
  score: number
  /** "code", "title", "index: Fracture, traumatic, radius ...", "includes: ..." */
  via: string
  pack: string
}

export interface LookupAnswer {
  results: LookupHit[]
  /** The search text as it was understood, when a word was corrected: "fracture". */
  corrected?: string
  /** A sentence when there is nothing to show ("250.00 looks like ICD-9-CM ..."). */
  hint?: string
}
