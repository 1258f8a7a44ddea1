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
  /** By medical decision making: two of three elements. Missing when fewer than two were found. */
  level?: EmLevel
  elements: EmElement[]
  time?: EmTime
  /** What to verify: copied-forward text, a time that does not count, a preventive visit beside it. */
  cautions: { text: string; evidence?: EmQuote }[]
}
