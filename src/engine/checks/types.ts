/**
 * Checks of a worksheet: what the classification demands of a list of codes (guidelines I and II, shared
 * knowledge/rules.md B). The notes of the release in force are read at run time; what the guidelines say in prose
 * stands as plain tables in codesets/rules/worksheet-checks.json.
 */
import type { CodeRef, System } from "@/classification/model"
import type { CodePack, Row } from "@/classification/pack-api"
import type { CodePattern } from "../lexicon-types"
import type { CodeSupport } from "../support/types"
import type { ChartDocument, Check, Setting } from "../types"

/** Present on admission as the coder chose it; "1" is the exempt mark of some claim forms. Never prefilled. */
export const POA_VALUES = ["Y", "N", "U", "W", "1"] as const
export type PresentOnAdmission = (typeof POA_VALUES)[number]

/** A code of the worksheet with what stands beside it on the claim. */
export interface CheckedCode extends CodeRef {
  /** Only asked of ICD-10-CM codes in the inpatient setting. */
  poa?: PresentOnAdmission
  /** HCPCS and CPT: "59", "XS", "LT". */
  modifiers?: string[]
  /** HCPCS and CPT: units of service; 1 when missing. */
  units?: number
}

/** The coder's answer to an objection: why the exception holds here (I.A.12.a: the two are unrelated). */
export interface Override {
  /** Id of the check: "conv.excludes1". */
  id: string
  /** Codes of the check, in any order. */
  codes: CodeRef[]
  /** The coder's words; an empty reason overrides nothing. */
  reason: string
}

export interface CheckRequest {
  /** In the order of the claim: the first is first-listed or principal. */
  codes: CheckedCode[]
  setting?: Setting
  /** ISO day that decides the release. */
  date?: string
  age?: number
  sex?: "female" | "male"
  overrides?: Override[]
}

/** What the panel asks the worker: checks of the worksheet, and with documents how the chart supports the codes. */
export interface WorksheetRequest extends CheckRequest {
  /** The chart: with it every code is graded against what is documented. Travels over the panel's port only. */
  documents?: ChartDocument[]
  /** Codes that stand on the page's billing form: graded instead of `codes`. */
  billed?: CodeRef[]
}

export interface WorksheetAnswer {
  /** Failures first, then warnings, what is not covered, and what passed. */
  checks: Check[]
  /** The worst of them: "pass" only when nothing is uncovered. */
  standing: Check["status"]
  /** One entry a code listed, then what is documented and not listed. Missing without documents. */
  support?: CodeSupport[]
}

/** One code of the worksheet, found in its release. */
export interface Line {
  ref: CheckedCode
  /** Place in the worksheet, from 0. */
  at: number
  pack: CodePack
  row: Row
  /** Without dot. */
  bare: string
  /** The release is in force on the day: only then may a release check pass. */
  exact: boolean
}

export interface Worksheet {
  lines: readonly Line[]
  /** Codes that no installed release of their system holds. */
  unknown: readonly { ref: CodeRef; at: number; pack?: CodePack }[]
  /** Codes of a system that is not installed. */
  missing: readonly CodeRef[]
  /** Codes without a line, as typed: edits of claims name codes whose code set is not here. */
  unlisted: readonly { ref: CheckedCode; at: number }[]
  setting: Setting
  request: CheckRequest
  /** Release of a system as it is named in results: "ICD-10-CM FY2026". */
  release(system: System): string
}

/** A table pattern: "E11", "I10-I1A"; covers what stands below. */
export interface TableEntry {
  id: string
  /** Id of the check it belongs to: "conv.combination". */
  check: string
  status: "fail" | "warn"
  text: string
  source: string
  /** Settings in which it counts; missing: all. */
  settings?: Setting[]
  /** The exception that the source itself names; the coder may record that it holds. */
  exception?: string
}

export interface PairEntry extends TableEntry {
  kind: "pair"
  /** Any of `codes` together with any of `with` (another code). */
  codes: CodePattern[]
  with: CodePattern[]
  /** Not when one of these is on the worksheet too. */
  unless?: CodePattern[]
}

export interface NeedEntry extends TableEntry {
  kind: "need"
  /** Any of `codes` without any of `needs`. */
  codes: CodePattern[]
  needs: CodePattern[]
  unless?: CodePattern[]
}

export interface PlaceEntry extends TableEntry {
  kind: "place"
  codes: CodePattern[]
  /** "first": may only be first-listed. "not-first": may never be. "alone": not the only code. */
  place: "first" | "not-first" | "not-alone"
  unless?: CodePattern[]
}

export interface OrderEntry extends TableEntry {
  kind: "order"
  /** Any of `codes` must stand before any of `before`. */
  codes: CodePattern[]
  before: CodePattern[]
  unless?: CodePattern[]
}

/** Codes of one sex by what they say; never more than a hint (the edit ended on 30 September 2024). */
export interface SexEntry extends TableEntry {
  kind: "sex"
  codes: CodePattern[]
  sex: "female" | "male"
  unless?: CodePattern[]
}

/** Codes of an age that the Medicare Code Editor does not list. */
export interface AgeEntry extends TableEntry {
  kind: "age"
  codes: CodePattern[]
  /** First and last year of age, both inclusive. */
  from: number
  to: number
  unless?: CodePattern[]
}

export type RuleEntry = (PairEntry | NeedEntry | PlaceEntry | OrderEntry | SexEntry | AgeEntry) & {
  examples: { fires: string[][]; quiet: string[][] }
}

export type { Check }
