/**
 * An estimate of the E/M level by medical decision making or time (shared knowledge/rules.md E): levels and times
 * only, no text of CPT. Plain data; detection only, never a proposal to document more.
 */
import type { Span } from "../types"

export const EM_LEVELS = ["straightforward", "low", "moderate", "high"] as const
export type EmLevel = (typeof EM_LEVELS)[number]

/** Words of the chart that something rests on. */
export interface EmQuote extends Span {
  /** Equals text.slice(start, end). */
  quote: string
  section: string
}

/** One thing that counts towards an element: "chronic illness, not at goal". */
export interface EmItem {
  /** Id of the table entry in codesets/rules/em-*.json. */
  rule: string
  /** What it counts as, in a few words. */
  text: string
  level: EmLevel
  evidence: EmQuote[]
}

export interface EmElement {
  element: "problems" | "data" | "risk"
  /** Missing when nothing was found for it. */
  level?: EmLevel
  items: EmItem[]
  /** What the next higher level would have to rest on; a description, never advice to document. */
  next?: string
}

/** A stated time, and the level it meets for each kind of visit. */
export interface EmTime {
  minutes: number
  evidence: EmQuote
  /** Counts only with what was done in that time: false when no activity is stated. */
  activities: boolean
  levels: { visit: string; level: EmLevel; from: number }[]
}

export interface EmEstimate {
  /** Always the same words: estimate, not a billing decision. */
  label: string
  /** By medical decision making: two of three elements; of which nothing was found is minimal. Missing without a problem. */
  level?: EmLevel
  elements: EmElement[]
  time?: EmTime
  /** What to verify: copied-forward text, a time that does not count, a preventive visit beside it. */
  cautions: { text: string; evidence?: EmQuote }[]
}

/** Words that count towards an element, in this order in one sentence. */
export interface EmPhrase {
  id: string
  element: "problems" | "data" | "risk" | "time" | "caution"
  /** What it is within the element: "external-note", "prescription", "not-stable" ... */
  category: string
  /** Risk: the level it stands for. */
  level?: EmLevel
  text: string
  /** Each place holds alternatives; "<drug>" is a drug, "<number>" a number. */
  words: string[][]
  /** Words between the first and the last place, at most. */
  within: number
  /** Only in sentences of these roles. */
  roles?: ("assessed" | "plan")[]
  /** Not when one of these stands in the same sentence. */
  unless?: string[]
  examples: { fires: string[]; quiet: string[] }
}

export interface EmTest {
  id: string
  name: string
  /** As notes write it, lower case. */
  words: string[]
  examples: { fires: string[]; quiet: string[] }
}

export type EmClass = "chronic" | "self-limited" | "systemic" | "threat" | "complicated-injury" | "symptom"

export interface EmCondition {
  id: string
  class: EmClass
  codes: string[]
  reason: string
  /** Codes. */
  examples: { fires: string[]; quiet: string[] }
}

export interface EmVisit {
  id: string
  visit: string
  minutes: { [level in EmLevel]?: number }
}

/** What the estimate knows, as it is packed with the lexicon. */
export interface EmTables {
  emPhrases?: EmPhrase[]
  emTests?: EmTest[]
  emConditions?: EmCondition[]
  emVisits?: EmVisit[]
}
