/**
 * Documents in, findings out. Plain data only: it crosses ports, workers and the command line as it is.
 * Every span counts UTF-16 units of the text as given, never of a normalised copy.
 */
import type { CodeRef } from "@/classification/model"
import type { EmEstimate } from "./em/types"

export type Setting = "outpatient" | "inpatient" | "professional"

export interface ChartDocument {
  /** Unique within the chart; "" when there is only one. */
  doc: string
  text: string
  /** "progress-note", "discharge-summary", "operative-report" ... as far as the page tells. */
  kind?: string
  /** ISO date. */
  date?: string
  authorRole?: string
  signed?: boolean
}

/** Shorthand of the coder: "dmt2" stands for "type 2 diabetes mellitus". Words, never codes. */
export interface PersonalWord {
  term: string
  words: string
}

export interface SuggestRequest {
  documents: ChartDocument[]
  setting?: Setting
  /** ISO date that picks the release: date of service, inpatient facility: date of discharge. */
  date?: string
  age?: number
  sex?: "female" | "male"
  /** A clinical documentation specialist reads: indicators without a diagnosis are asked about in any setting. */
  cdi?: boolean
  /** Every mention's code, whatever its assertion or section (corpora coded that way). */
  allMentions?: boolean
  /** The coder's own shorthand; entries that cannot be used are left out with a notice. */
  personal?: PersonalWord[]
  /** Also estimate the E/M level (off unless asked for). */
  em?: boolean
}

export interface Span {
  doc?: string
  start: number
  end: number
}

export type Negation = "affirmed" | "negated" | "possible"
export type Temporality = "recent" | "historical" | "hypothetical"
export type Experiencer = "patient" | "other"

export interface Assertion {
  negation: Negation
  temporality: Temporality
  experiencer: Experiencer
  /** Words that decided, and the id of their rule in codesets/lexicon. */
  trigger?: Span & { rule: string; text: string }
}

export interface Evidence extends Span {
  /** Equals text.slice(start, end). */
  quote: string
  /** The wording of the classification it was matched to. */
  term: string
  /** "title", "includes", "index: Diabetes, type 2, with, neuropathy", "synonym: htn" */
  via: string
  /** Canonical section id ("assessment", "hpi", ...; "" when the document has none). */
  section: string
  assertion: Assertion
  /** Which of monitor, evaluate, assess, treat the words about it show: a view for risk adjustment, never a filter. */
  meat?: Meat[]
  /** The sentence was carried over: where it stood first, or the words that say so. */
  copiedForward?: Span
}

export type Meat = "monitor" | "evaluate" | "assess" | "treat"

export interface Axis {
  /** "laterality", "stage", "7th character" ... */
  axis: string
  /** What the note already answers. */
  value?: string
  options: { value: string; code?: string }[]
}

export type Tier = "code" | "consider"

export interface Suggestion extends CodeRef {
  title: string
  billable: boolean
  tier: Tier
  /** 0..1, for ranking only. */
  score: number
  evidence: Evidence[]
  axes: Axis[]
  /** Lane of its own: status, history, allergy, external cause. */
  lane?: "status" | "history" | "allergy" | "external"
  /** All its evidence was carried over from earlier documents. */
  copiedForward?: true
  /** Why it is only to be considered: it does not fit the patient's age or sex, or an Excludes1 note stands against it. */
  caution?: { rule: string; text: string }
}

export type SuppressionReason =
  | "negated"
  | "family"
  | "historical"
  | "uncertain"
  | "hypothetical"
  | "templated"
  | "integral"
  | "superseded"

export interface Suppressed extends CodeRef {
  title: string
  reason: SuppressionReason
  trigger?: Span & { text: string }
  /** Id of the rule (rules.md: assertion.*, conv.*; or the trigger's id). */
  rule: string
  evidence: Evidence[]
}

/** A value that the axis of a gap may take, and what it leads to. */
export interface GapOption {
  value: string
  code?: string
  title?: string
}

/** Where the answer to a gap stands in the chart, away from the diagnosis. */
export interface FoundElsewhere extends Span {
  quote: string
  section: string
  /** The option that these words answer. */
  value: string
}

export type GapLevel = "specificity" | "diagnosis" | "link"
export type Severity = "high" | "medium" | "low"

/** The ten structures of a query (rules.md D2, codesets/rules/query-templates.json). */
export const QUERY_TEMPLATES = [
  "specificity",
  "treatment",
  "undocumented",
  "link",
  "conflict",
  "validation",
  "present-on-admission",
  "history-or-current",
  "injury",
  "not-assessed"
] as const
export type QueryTemplateId = (typeof QUERY_TEMPLATES)[number]

/** What the documentation lacks for one condition: one gap a rule and condition. */
export interface Gap {
  /** "gap.<rule>.<axis>": of a documentation rule, or "gap.derived.<axis>" of the classification itself. */
  id: string
  /** Unique in the findings and the same at the next reading of the same chart: id and the code or words it is about. */
  key: string
  /** Documentation rule it comes of; missing when the classification's own structure asks. */
  rule?: string
  level: GapLevel
  /** From validity, conflict and documentation, never from payment (rules.md 0). */
  severity: Severity
  /** "laterality", "stage", "7th character" ... */
  axis: string
  /** What it is about, in a coder's words: "Heart failure: type". */
  title: string
  /** What it changes, in one sentence. */
  text: string
  /** The suggestion it stands beside; missing when no diagnosis is named (level diagnosis). */
  code?: CodeRef
  options: GapOption[]
  /** Words that opened it. */
  evidence: Evidence[]
  /** Sections (canonical ids) in which an answer was looked for. */
  lookedIn: string[]
  foundElsewhere?: FoundElsewhere
  /** Begins folded: worth a line, not a card. */
  folded: boolean
  /** Never folded by measured precision or by dismissals. */
  safety?: true
  /** Section of the Official Guidelines: "I.C.9.a". */
  guideline?: string
  /** Neutral question for a query to the provider; missing when a query is no way to answer it. */
  question?: string
  /** Structure of that query; without it level and axis decide. */
  template?: QueryTemplateId
}

export interface Check {
  id: string
  codes: CodeRef[]
  status: "pass" | "fail" | "warn" | "not-covered"
  text: string
  /** Table or guideline it rests on. */
  source: string
  release: string
  /** The words of the table it rests on, as printed. */
  quote?: string
  /** The exception that the coder may record with a reason: "The two conditions are unrelated (I.A.12.a)." */
  exception?: string
  /** The coder's recorded reason; the check then warns and stays visible. */
  overridden?: string
}

export interface Findings {
  packs: { id: string; version: string; sha256: string }[]
  /** Best first; all of tier "code" before all of "consider". */
  suggestions: Suggestion[]
  suppressed: Suppressed[]
  gaps: Gap[]
  checks: Check[]
  /** Only when asked for: an estimate, no billing decision. */
  em?: EmEstimate
  /** Plain sentences: no date given, fallback release, part of the text not read ... */
  notices: string[]
  ms: number
}

export interface AssertAnswer {
  negation: Negation
  temporality: Temporality
  experiencer: Experiencer
  trigger?: Span & { rule: string; text: string }
}
