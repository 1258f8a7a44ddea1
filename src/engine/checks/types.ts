/**
 * Checks of a worksheet: what the classification demands of a list of codes (guidelines I and II, shared
 * knowledge/rules.md B). The notes of the release in force are read at run time; what the guidelines say in prose
 * stands as plain tables in codesets/rules/worksheet-checks.json.
 */
import type { CodeRef, System } from "@/classification/model"
import type { CodePack, Row } from "@/classification/pack-api"
import type { CodePattern } from "../lexicon-types"
import type { Check, Setting } from "../types"

export interface CheckRequest {
  /** In the order of the claim: the first is first-listed or principal. */
  codes: readonly CodeRef[]
  setting?: Setting
  /** ISO day that decides the release. */
  date?: string
  age?: number
  sex?: "female" | "male"
}

/** One code of the worksheet, found in its release. */
export interface Line {
  ref: CodeRef
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

export type RuleEntry = (PairEntry | NeedEntry | PlaceEntry | OrderEntry) & {
  examples: { fires: string[][]; quiet: string[][] }
}

export type { Check }
