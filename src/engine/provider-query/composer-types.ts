/**
 * Composing a query to the provider: the ten structures of rules.md D2 as data, and what a chart gives to fill one.
 * Everything that is quoted is quoted to the letter, with its place; nothing is inferred from it.
 */
import type { ChartDocument, Gap, QueryTemplateId, Setting, Suggestion } from "../types"
import type { QueryIndicator } from "./types"

/** Where the options of a template come from (see codesets/rules/query-templates.json). */
export type OptionSource = "values" | "statements" | "fixed"

/** The note, what the gap rests on in it, and what must come of it. */
export interface QueryTemplateExample {
  note: string
  statements: string[]
  axis: string
  values?: string[]
  title: string
  /** Beside the two ways out; empty: an open question. */
  options: string[]
}

export interface QueryTemplate {
  /** "query.specificity" */
  id: string
  template: QueryTemplateId
  /** With slots: "Further detail requested: {term}". */
  title: string
  /** When a slot cannot be filled neutrally. */
  plainTitle: string
  question: string
  /** When there is only one documented statement. */
  plainQuestion?: string
  choices: OptionSource
  fixed?: string[]
  /** Options beside those of `choices`, before the two ways out. */
  extra?: string[]
  /** Instead of the file's. */
  other?: string
  unable?: string
  /** Fewer indicators are worth a remark. */
  leastIndicators: number
  order: "alphabetical" | "given"
  examples: QueryTemplateExample[]
}

/** The one entry of codesets/rules/query-wording.json. */
export interface QueryWording {
  id: "query.wording"
  source: string
  headings: { documented: string; indicators: string; question: string }
  signOff: string
  other: string
  unable: string
  /** Kinds of documents that may be named in a query; a label that holds none of them may name the patient. */
  documents: string[]
  /** How axes are worded in a question. */
  axes: { axes: string[]; words: string }[]
}

export const INDICATOR_KINDS = ["measure", "imaging", "exam", "symptom", "drug", "procedure"] as const
export type IndicatorKind = (typeof INDICATOR_KINDS)[number]

/** Words by which a finding is recognised; which answer it means is never said. */
export interface IndicatorWords {
  kind: IndicatorKind
  /** Any case, whole words. */
  words?: string[]
  /** As spelled. */
  exact?: string[]
  /** Only in a sentence about the condition: words that stand everywhere. */
  near?: string[]
  /** Axes for which all values are open once such a finding is quoted. */
  bears?: string[]
}

export interface IndicatorEntry {
  id: string
  /** Beginnings of ICD-10-CM codes, with dot. */
  categories: string[]
  /** Documentation rules. */
  rules: string[]
  findings: IndicatorWords[]
  examples: { fires: string[]; quiet: string[] }
}

export interface OfferedIndicator extends QueryIndicator {
  quote: string
  doc: string
  start: number
  end: number
  section: string
  /** "answer": the words found elsewhere in the chart; "mention": another statement about the condition. */
  kind: IndicatorKind | "answer" | "mention"
  /** In the first draft. */
  preset: boolean
  /** Of an earlier day than the encounter: labelled with its date, and not in the first draft. */
  earlier?: true
}

export interface QuotedStatement extends QueryIndicator {
  quote: string
  doc: string
  start: number
  end: number
  section: string
}

export interface OfferedOption {
  text: string
  /** Positions of the indicators that make it an option; empty for those that need none. */
  support: number[]
}

/** What a query can be written of. Plain data: it crosses the port, and the panel writes with it. */
export interface QueryMaterial {
  template: QueryTemplateId
  /** Documentation rule, for the organisation's own log of queries. */
  rule?: string
  title: string
  question: string
  /** "Outpatient encounter, date of service 03/14/2026" */
  encounter: string
  headings: QueryWording["headings"]
  signOff: string
  statements: QuotedStatement[]
  indicators: OfferedIndicator[]
  /** In the order in which they are shown; the ways out are not among them. */
  options: OfferedOption[]
  /** Shown behind the options whenever there are options. */
  extra: string[]
  /** The two ways out. */
  ways: [other: string, unable: string]
  /** Words of the record that name conditions: for the linter. */
  documented: string[]
  /** Sentences for the coder: fewer indicators than such a query should rest on, for example. */
  remarks: string[]
  /** ISO day of the encounter. */
  date?: string
}

export interface QueryChoice {
  /** Positions in `indicators`. */
  indicators: readonly number[]
  /** Ask openly, without options. */
  open?: boolean
}

export interface ComposeRequest {
  documents: ChartDocument[]
  gap: Gap
  /** Of the same reading: other mentions of the condition are quoted from them. */
  suggestions?: readonly Suggestion[]
  setting?: Setting
  date?: string
  /** What the page calls a document; only a known kind of document is taken from it. */
  labels?: Readonly<Record<string, string>>
}
