/**
 * A query is a question to the provider. Whoever writes it, a coder or this software, it must not lead: the
 * checks here are those of the 2022 AHIMA/ACDIS practice brief "Guidelines for Achieving a Compliant Query
 * Practice" as told in shared/knowledge/rules.md D1. F = must not be shown or sent so, W = think again.
 */
import type { Span } from "../types"

/** A clinical indicator: what the record says, quoted, and where. */
export interface QueryIndicator extends Partial<Span> {
  quote: string
  /** "Progress note", "Laboratory". */
  source?: string
  /** ISO day of what is quoted. */
  date?: string
}

export interface QueryDraft {
  title?: string
  text: string
  /** Missing: they are looked for in the text itself. */
  indicators?: QueryIndicator[]
  /** Diagnoses that the provider has documented, in words; quoted passages of the text count too. */
  documented?: string[]
  /** ISO day of the encounter: an indicator of another day must be labelled with its date. */
  date?: string
  /** Written by software, this one or another. Then a person must have read it. */
  generated?: boolean
  reviewed?: boolean
}

export type QueryLevel = "F" | "W"

export interface QueryFinding {
  /** "q.no-impact" */
  id: string
  level: QueryLevel
  /** Which of the two texts the span counts in. */
  in: "title" | "text"
  /** UTF-16 offsets; 0, 0 when something is missing that should be there. */
  start: number
  end: number
  /** Why, in a sentence for the coder. */
  text: string
}

/** What a text names as a condition: found by the engine's own matcher. */
export interface NamedCondition {
  start: number
  end: number
  /** Category, 3 characters: two wordings of one condition share it. */
  category: string
  /** The text says that the patient does not have it: then nobody has documented it. */
  denied?: true
}

/** Tests that look at the build of a query; those without one only look for phrases. */
export const STRUCTURE_TESTS = [
  "indicators",
  "source",
  "prior-encounter",
  "neutral-title",
  "format",
  "options-supported",
  "options-complete",
  "single-option",
  "code",
  "one-issue",
  "new-information",
  "identifiers",
  "review"
] as const

export type StructureTest = (typeof STRUCTURE_TESTS)[number]

export interface QueryExample extends QueryDraft {
  /** Words the finding must cover; left out when something is missing. */
  at?: string
}

/** One entry of codesets/rules/query-checks.json. */
export interface QueryCheck {
  id: string
  level: QueryLevel
  title: string
  /** The sentence of the finding. */
  why: string
  source: string
  /** Words in a row, any case. */
  phrases?: string[]
  /** As spelled: "CC" is not "cc". */
  exact?: string[]
  /** A phrase does not count inside one of these: "quality of life". */
  except?: string[]
  test?: StructureTest
  examples: { fires: QueryExample[]; quiet: QueryExample[] }
}
