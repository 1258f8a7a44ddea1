/**
 * A code set as the official files say it, before it is compiled: what the readers make and the pack
 * compiler takes. Nothing here is searchable; it is one release of one system, whole, in memory.
 */

export type System = "ICD-10-CM" | "HCPCS" | "ICD-10-PCS" | "CPT"

/** A code never travels without its system: E1140 reads like HCPCS once the dot is gone. */
export interface CodeRef {
  system: System
  /** As the field writes it: dotted for ICD-10-CM ("E11.40"), plain for the others. */
  code: string
}

/** What a tabular note says. Texts keep the official wording without the lead-in ("Code first" etc.). */
export type NoteKind =
  | "inclusion" // inclusion term
  | "includes"
  | "excludes1"
  | "excludes2"
  | "codeFirst"
  | "useAdditional"
  | "codeAlso"
  | "note"
  | "seventhNote" // 7th-character note

export interface ModelNote {
  kind: NoteKind
  text: string
}

export interface SeventhCharacter {
  character: string
  text: string
  /** What the Tabular List prints below the character: "initial encounter for open fracture NOS". */
  includes?: string[]
}

export interface ModelCode {
  /** Without dot, upper case: "E1140". */
  code: string
  /** Official long title. */
  title: string
  billable: boolean
  /** True when the title was put together by us (7th-character codes of a source without order file). */
  derivedTitle?: boolean
  notes: ModelNote[]
  /** 7th-character definitions given AT this code (inheritance is worked out by the pack reader). */
  seventh?: SeventhCharacter[]
  /** HCPCS: ISO dates. A code whose `ended` lies before the date of service is not valid. */
  added?: string
  ended?: string
}

export interface ModelSection {
  kind: "chapter" | "block"
  /** Chapter "4", block "E08-E13". */
  id: string
  title: string
  /** First and last category (3 characters), inclusive, in official order. */
  first: string
  last: string
  notes: ModelNote[]
}

/** "pcs" is the Index of ICD-10-PCS with its body-part, device and substance keys. */
export type IndexSource = "disease" | "external" | "neoplasm" | "drug" | "pcs"

/** One line of the Alphabetic Index; the tree in depth-first order, `parent` = position in the same list. */
export interface ModelIndexEntry {
  source: IndexSource
  /** -1 for a main term. */
  parent: number
  /** Without nonessential modifiers: "Diabetes, diabetic". */
  title: string
  /** Words in parentheses, which may be there or not: ["mellitus", "sugar"]. */
  nonessential: string[]
  /** Code without dot, as printed without a trailing "-" ("E11" for "E11.-"). */
  code?: string
  /** The printed code ended in "-": more characters are needed. */
  incomplete?: boolean
  /** Second code in brackets (manifestation), without dot. */
  manifestation?: string
  see?: string
  seeAlso?: string
  /**
   * Neoplasm and drug tables: heading of the column ("Malignant Primary", "Poisoning Accidental ...").
   * Each cell is an entry of its own right behind its row: `parent` is the row, the title is "".
   */
  column?: string
  /**
   * A borrowed index only: the code it printed, without dot, which was deleted or divided since. Then there
   * is no `code`: the wording must not lead to the old code nor to its children ("index outdated").
   */
  outdated?: string
  /** PCS index: the value to use instead of these words ("Foot Muscle, Right"): a line of the keys. */
  use?: string
  /** PCS index: tables or beginnings of codes behind a reference ("0UT9"). */
  beginnings?: string[]
}

/**
 * What lists beside the classification say of a code. Every list has a version of its own, named in
 * `CodeSetModel.lists`; no mark is shown without it.
 */
export interface CodeAttributes {
  /** Exempt from present-on-admission reporting. */
  poaExempt?: boolean
  /** Payment categories by model: { V24: "18", V28: "37, 298", RxHCC: "30", "ESRD V24": "18" }. */
  hcc?: Record<string, string>
  cc?: "CC" | "MCC"
  /** Flags of the Medicare Code Editor as published: "unacceptable", "manifestation", "maternity" ... */
  mce?: string[]
  /** HCPCS: coverage code, type of service, BETOS, pricing, as published. */
  hcpcs?: Record<string, string>
}

/** What earlier releases tell about a code; only what a file says, never guessed. */
export interface CodeHistory {
  /** ISO day from which the code is a header and no longer billable ("G35": 2025-10-01). */
  headerSince?: string
  /** ISO day from which the code exists, when later than the first release known. */
  addedSince?: string
  /**
   * What was coded before this code existed (NCHS conversion table). Each an alternative as printed: "C50.911",
   * or codes that were needed together "C56.1 and C56.2", a range, words.
   */
  previous?: string[]
}

/** A code of an earlier release that this release does not hold, and what took its place. */
export interface RetiredCode {
  /** Without dot. */
  code: string
  title: string
  /** ISO day of the first release without it. */
  since: string
  /** Dotted codes that took its place, where a file or the titles tell; [] when nothing tells. */
  successors: string[]
}

/** A list that gave attributes. */
export interface AttributeList {
  kind: "poa" | "hcc" | "cc" | "mce" | "hcpcs"
  /** "CMS-HCC PY2026 initial", "Medicare Code Editor 43.1". */
  name: string
  effective?: { from: string; to?: string }
  /** Made for another release than the pack's own. */
  borrowed?: boolean
  /**
   * Last day (ISO) whose codes the list knows. Of codes added later, or changed since, it says nothing: that
   * is "unknown", not "none".
   */
  knowsUntil?: string
  /** Categories in words, by model and category: { V28: { "37": "Diabetes with Chronic Complications" } }. */
  labels?: Record<string, Record<string, string>>
  /** MCE: first and last age in years of its groups: { maternity: [9, 64] }. */
  ages?: Record<string, [number, number]>
}

export interface PcsValue {
  /** One character of a PCS code. */
  value: string
  label: string
  definition?: string
  explanation?: string
  includes?: string[]
}

/** One table of ICD-10-PCS: the first three characters, and rows of what may be combined behind them. */
export interface PcsTable {
  /** "0DB" */
  prefix: string
  section: PcsValue
  bodySystem: PcsValue
  operation: PcsValue
  /** Titles of the first three axes where they are not "Section", "Body System", "Operation". */
  headings?: string[]
  /** Each row: the values allowed at positions 4, 5, 6 and 7. Any combination inside one row is a code. */
  rows: { axes: { title: string; values: PcsValue[] }[] }[]
}

export interface Provenance {
  /** "local-release" | "official-download" | "pypi:simple-icd-10-cm" | "starter" ... */
  source: string
  files: { name: string; sha256: string; bytes: number }[]
}

export interface CodeSetModel {
  system: System
  /** Release as the field names it: "FY2026", "2025-10". */
  release: string
  /** ISO dates; `to` inclusive, missing while it is not known. */
  effective: { from: string; to?: string }
  /** False for the starter set: then no check may be all green and the panel says so at all times. */
  complete: boolean
  /** Plain sentences for the user: "Notes and index are those of FY2026." */
  remarks: string[]
  /** Release whose notes and index were borrowed, if any. */
  borrowedFrom?: string
  provenance: Provenance
  /** In official (order-file) order; headers included; every subtree is contiguous. */
  codes: ModelCode[]
  sections: ModelSection[]
  index: ModelIndexEntry[]
  /** HCPCS: the two-character modifiers ("LT"). Not codes: never suggested, never in `codes`. */
  modifiers?: ModelCode[]
  /** By code without dot; only codes that have any. */
  attributes?: Map<string, CodeAttributes>
  lists?: AttributeList[]
  history?: Map<string, CodeHistory>
  retired?: RetiredCode[]
  pcsTables?: PcsTable[]
}
