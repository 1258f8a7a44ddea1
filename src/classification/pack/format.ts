/**
 * The compiled pack: one code set of one release as one file, used through typed-array views. Nothing is
 * parsed at opening but the small information record; strings are decoded when somebody asks for them.
 *
 *   byte 0                                                          all numbers little-endian
 *   +--------------------------------------------------------------+
 *   | magic "CHSPACK1"                                     8 bytes |  \
 *   | format version u32 | file length u32                         |   |
 *   | number of sections u32 | length of the info record u32       |   |
 *   | CRC-32 of the head u32 (this field as 0) | 0 u32             |   |  the head: checked at every
 *   +--------------------------------------------------------------+   |  opening
 *   | section table, 20 bytes each, in file order:                 |   |
 *   |   id u16 | width u16 (bytes a number: 1, 2, 4)               |   |
 *   |   offset u32 | length in bytes u32 | CRC-32 u32 | 0 u32      |   |
 *   +--------------------------------------------------------------+   |
 *   | info record: PackInfo as JSON, UTF-8                         |  /
 *   +--------------------------------------------------------------+
 *   | 0 to 7 zero bytes                                            |
 *   | section | zero bytes to the next multiple of 8 | section ... |     checked by verify.ts
 *   +--------------------------------------------------------------+
 *
 * A section is an array of numbers as narrow as its greatest number allows, or raw bytes. Lists of records of
 * various lengths (texts, word lists, postings) take two sections, see records.ts. What each section holds is
 * said in SECTION below; in groups:
 *
 *   string pool  dictionary of text tokens, texts as token numbers                (texts.ts)
 *   tree         codes, order of codes, parents, subtree sizes, flags, titles as difference to another's
 *   sections     chapters and blocks
 *   notes        which rows and sections have notes, kinds, texts; 7th characters
 *   index        the Alphabetic Index as a tree, with what it points at
 *   book         main terms and their order, where references lead
 *   vocabulary   words, most frequent first; their alphabetical order; how many terms hold each
 *   terms        wordings that lead to rows: word lists; postings from words back to terms
 *   attributes   what other lists say of codes (POA, HCC, CC, MCE): facts, profiles of facts, profile of a row
 *   pcs          the tables of ICD-10-PCS: rows, axes, values
 *   history      since when a code exists or is a header, what it replaced; codes that are gone
 */

import type { AttributeList, CodeAttributes, IndexSource, NoteKind } from "../model"
import type { TermKind } from "../pack-api"

export const MAGIC = "CHSPACK1"
/** Raised whenever a reader of the old number could misread the new layout. */
export const PACK_FORMAT_VERSION = 2

export const HEADER_BYTES = 32
export const TABLE_ENTRY_BYTES = 20

/** Sections by name. Numbers are part of the format: never reuse one for another meaning. */
export const SECTION = {
  /** Dictionary of text tokens (records of UTF-8), most frequent first. */
  tokenAt: 1,
  tokenBytes: 2,
  /** Texts (records of token numbers): note texts, index titles, section titles ... each text once. */
  textAt: 3,
  textBytes: 4,

  /** Codes without dot, all as wide as the longest, padded with zero bytes. */
  codes: 10,
  /** Rows in the byte order of their codes, for find and for prefixes: row minus place, zigzag, in runs. */
  codeOrder: 11,
  codeOrderAt: 9,
  /** Row minus row of its parent, 0 at the top. */
  up: 12,
  /** Last row of the subtree minus row. */
  span: 13,
  /**
   * Bit 0 billable, bit 1 title put together by us; how the title leaves things open: bit 2 it begins or ends
   * with "unspecified", bit 3 it begins with "Other", bits 4-5 how often it says "unspecified" (at most 3).
   */
  rowFlags: 14,
  /**
   * Titles (records): tokens shared with another title at its start, doubled, plus 1 when that is the row before
   * and not the parent; tokens shared at its end; tokens between.
   */
  titleAt: 15,
  titleBytes: 16,
  /** Places in `days`, 0 for none; both sections empty when the system has no dates. */
  added: 17,
  ended: 18,
  /** Days that occur, as yyyymmdd; the first is 0, no day. */
  days: 19,

  /** Chapters and blocks: kind (0 chapter, 1 block), texts of id and title, first and last row. */
  sectionKind: 20,
  sectionId: 21,
  sectionTitle: 22,
  sectionFirst: 23,
  sectionLast: 24,

  /** Owners of notes, ascending: rows, then number of rows + section; start of their notes. */
  noteOwner: 30,
  noteStart: 31,
  noteKind: 32,
  noteText: 33,
  /** Rows at which 7th characters are defined; start of their definitions; character codes and texts. */
  seventhRow: 34,
  seventhStart: 35,
  seventhCharacter: 36,
  seventhText: 37,
  /** What is printed below a 7th character: text (lines joined) plus 1, 0 for none. */
  seventhIncludes: 38,

  /** Index entries, depth first: entry minus parent (0 main term), text of the title. */
  entryUp: 40,
  entryTitle: 41,
  /** Row that the entry points at plus 1, 0 for none. */
  entryRow: 42,
  /** Source in bits 0-2, "more characters needed" in bit 3, number of the table column above (0: none). */
  entryFlags: 43,
  /** Texts of the column headings, from number 1. */
  columnText: 45,
  /** Table that a column belongs to, as number of its source. */
  columnSource: 44,
  /** Entries that have one, ascending, and its text (nonessential modifiers, see, see also) or row. */
  nonessentialEntry: 46,
  nonessentialText: 47,
  seeEntry: 48,
  seeText: 49,
  seeAlsoEntry: 50,
  seeAlsoText: 51,
  manifestationEntry: 52,
  manifestationRow: 53,
  /** Entries of a borrowed index whose code was deleted or divided since, and the code they printed. */
  outdatedEntry: 56,
  outdatedText: 57,
  /** Main terms that the index equates with other words ("Adenocarcinoma" = malignant neoplasm). */
  aliasEntry: 54,
  aliasText: 55,
  /** 1 when the index only says "see also". */
  aliasAlso: 58,

  /** Words (records of UTF-8), in descending frequency; word numbers in byte order; terms that hold each. */
  wordAt: 60,
  wordBytes: 61,
  wordOrder: 62,
  wordTerms: 63,

  /** Terms stand in the order of their rows: how many a row has; first term of every 32nd row. */
  rowTermCount: 69,
  rowTermStart: 70,
  /** Kind in bits 0-2, "more characters needed" in bit 3, number of words (15: 15 or more) above. */
  termFlags: 71,
  /** What the wording is: 0 for a title, text for an inclusion term, index entry for the others. */
  termSource: 72,
  /** Records: numbers of the words that must be there, as ascending differences. */
  termWordsAt: 73,
  termWordsBytes: 74,
  /** For each word a record: the terms of which it is the rarest word. */
  anchorAt: 75,
  anchorBytes: 76,
  /** For each word a record: the other terms that hold it. */
  postingAt: 77,
  postingBytes: 78,

  /** HCPCS modifiers: texts of code and title, days as yyyymmdd. */
  modifierCode: 80,
  modifierTitle: 81,
  modifierAdded: 82,
  modifierEnded: 83,

  /** Profile of a row plus 1, 0 for none; empty when no row has one. Profiles (records): numbers of facts. */
  attributeProfile: 90,
  profileAt: 91,
  profileBytes: 92,
  /** Facts: kind, text of the model or field, text of the value. */
  factKind: 93,
  factName: 94,
  factValue: 95,
  /** Lists that gave attributes: kind in bits 0-2, borrowed in bit 3; text of the name; days. */
  listKind: 96,
  listName: 97,
  listFrom: 98,
  listTo: 99,
  /** What few lists have (labels, ages, the last day whose codes they know), as JSON; 0 for none. */
  listMore: 100,

  /** Rows that have a history, ascending; places of their days. */
  historyRow: 101,
  historyHeader: 102,
  historyAdded: 103,
  /** Text with the codes before (blanks between) plus 1, 0 for none. */
  historyPrevious: 104,
  /** Codes of earlier releases that are gone, sorted: texts of code and title, day, text of successors. */
  retiredCode: 105,
  retiredTitle: 106,
  retiredSince: 107,
  retiredSuccessors: 108,

  /** PCS index: entries with a value to use instead, and with beginnings of codes (blanks between). */
  useEntry: 110,
  useText: 111,
  beginningsEntry: 112,
  beginningsText: 113,
  /** Main terms by source, in printed order, and where each source starts; rank in the alphabet -> place, zigzag. */
  mainStart: 114,
  mainEntry: 115,
  mainOrder: 116,
  /** References that name a line, sorted as strings, and that line. */
  referenceText: 117,
  referenceEntry: 118,

  /** PCS tables, sorted: three characters, numbers of their values, headings (text plus 1) when not the usual. */
  pcsPrefix: 120,
  pcsSection: 121,
  pcsBodySystem: 122,
  pcsOperation: 123,
  pcsHeadings: 124,
  /** First row of each table; four axes a row. Axes (records): text of the title, numbers of the values. */
  pcsRowStart: 125,
  pcsRowAxes: 126,
  pcsAxisAt: 127,
  pcsAxisBytes: 128,
  /** Values: character, text of the label, further texts plus 1 (includes: lines joined), 0 for none. */
  pcsValueCharacter: 130,
  pcsValueLabel: 131,
  pcsValueDefinition: 132,
  pcsValueExplanation: 133,
  pcsValueIncludes: 134
} as const

export type SectionName = keyof typeof SECTION

/** The orders of these lists are part of the format. */
export const NOTE_KINDS: readonly NoteKind[] = [
  "inclusion",
  "includes",
  "excludes1",
  "excludes2",
  "codeFirst",
  "useAdditional",
  "codeAlso",
  "note",
  "seventhNote"
]

export const INDEX_SOURCES: readonly IndexSource[] = ["disease", "external", "neoplasm", "drug", "pcs"]

export type FactKind = keyof CodeAttributes
export const FACT_KINDS: readonly FactKind[] = ["poaExempt", "hcc", "cc", "mce", "hcpcs"]

/** A row of a PCS table says what may stand at positions 4 to 7. */
export const PCS_AXES = 4

/** No code has near as many; more would be damage. */
export const MAX_FACTS = 64

export const LIST_KINDS: readonly AttributeList["kind"][] = ["poa", "hcc", "cc", "mce", "hcpcs"]

/** Every so many rows the number of their first term is kept. */
export const ROWS_A_BLOCK = 32

export const TERM_KINDS: readonly TermKind[] = [
  "title",
  "inclusion",
  "index",
  "external",
  "neoplasm",
  "drug",
  "pcs"
]

/** The bytes are no pack, a pack of another format, or a pack that was altered. `message` says where. */
export class PackDamaged extends Error {
  override name = "PackDamaged"
}

/** The model breaks a rule that the pack relies on; `message` says which and where. */
export class ModelError extends Error {
  override name = "ModelError"
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

/** CRC-32 (IEEE) of the bytes; `seed` is the CRC of what stood before them. */
export function crc32(bytes: Uint8Array, seed = 0): number {
  let c = ~seed >>> 0
  for (let i = 0; i < bytes.length; i++) c = CRC_TABLE[(c ^ bytes[i]!) & 255]! ^ (c >>> 8)
  return ~c >>> 0
}

/** A section as numbers; which of the three it is depends on the greatest number in it. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array
