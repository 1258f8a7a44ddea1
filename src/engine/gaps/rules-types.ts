/**
 * What a documentation rule says, as plain types: code that reads rules at run time imports only this file. The checks
 * are in rules-schema.ts (zod, build time and imports only); the guide for authors is
 * codesets/rules/documentation/README.md. A rule holds words and tables, never program text or expressions.
 */
import type { CodePattern } from "../lexicon-types"
import type { GapLevel, QueryTemplateId, Setting, Severity } from "../types"

/**
 * Words looked for: a phrase stands word by word in this order; a list of phrases asks for all of them in one
 * sentence, in any order.
 */
export type Wording = string | string[]

/** A figure of the chart: it opens a question, never a diagnosis. */
export interface Figure {
  /** What is measured: "sodium", "na". */
  of: string[]
  below?: number
  above?: number
}

/** Any entry of any list is enough. */
export interface Signs {
  /** Suggestions of tier *code*; of both tiers with `considered`. */
  codes?: CodePattern[]
  considered?: true
  /** Said of the patient, affirmed and current. */
  words?: Wording[]
  figures?: Figure[]
  /** Words count as well when they are doubted or past. */
  allows?: ("possible" | "historical")[]
}

export interface Opening extends Signs {
  /**
   * Where words and figures may open it: "assessed" (default) in assessment and plan, or anywhere told when the chart
   * has no assessment; "anywhere" in any section that tells of the patient now.
   */
  where?: "assessed" | "anywhere"
}

export interface Exceptions {
  /** Suggestions of any tier; for level diagnosis also those not suggested because they are denied or doubted. */
  codes?: CodePattern[]
  /** Beside the condition, whatever is said of them. */
  near?: Wording[]
  /** Anywhere in the chart, affirmed and about the patient. */
  chart?: Wording[]
}

export interface RuleValue {
  value: string
  /** Code or header it leads to; never for level diagnosis. */
  code?: string
  /** The code is what silence leads to as well, or is not enough: only words answer. */
  byWords?: true
  /** A suggestion with one of these codes carries the value. */
  codes?: CodePattern[]
  words?: Wording[]
  /** The words answer it when they are denied: "no exacerbation". */
  denied?: true
}

export interface RuleAxis {
  /** Axis id of the knowledge file. */
  id: string
  /** In a coder's words: "type", "organism". */
  name: string
  level?: GapLevel
  severity?: Severity
  /** Severity in one setting only. */
  severityIn?: Partial<Record<Setting, Severity>>
  /** Asked only when these are in the chart. */
  when?: Signs
  /** Not asked when the opening code is one of these. */
  answeredBy?: CodePattern[]
  /**
   * What words away from the condition count for: "named" (default) where their sentence names the condition,
   * "anywhere" when they speak for themselves ("hfref"), "never".
   */
  elsewhere?: "named" | "anywhere" | "never"
  /** Words elsewhere settle the axis instead of being pointed at. */
  settles?: true
  values: RuleValue[]
}

export interface RuleExample {
  text: string
  /** Axis that fires; of a quiet example: the axis that must not, when the rule may fire for another. */
  axis?: string
  /** The value that is found elsewhere in the chart. */
  elsewhere?: string
  setting?: Setting
  cdi?: true
  age?: number
  sex?: "female" | "male"
}

/**
 * Findings, figures, drugs or devices of the condition where no provider names it: opens a gap of level diagnosis,
 * "gap.<rule>.diagnosis", in a stay or for a CDI specialist.
 */
export interface Indicators {
  /** What was found, without naming a diagnosis: it may head a query. */
  title: string
  severity: Severity
  opens: Opening
  needs?: Signs[]
  care: Wording[]
  unless: Exceptions
  /** Words that name it or find it without significance, anywhere in the chart. */
  named: Wording[]
  why: string
  question: string
  template: QueryTemplateId
}

export interface DocumentationRule {
  /** Id of the knowledge file (rules.md A): shown to users, never given to another meaning. */
  id: string
  /** The condition in a coder's words: "Heart failure". */
  title: string
  level: GapLevel
  severity: Severity
  /** Missing: all. Level diagnosis is only ever asked in a stay or by a CDI specialist. */
  settings?: Setting[]
  guideline: string
  age?: { from?: number; to?: number }
  sex?: "female" | "male"
  /** What opens it. */
  opens: Opening
  /** Each of them must be in the chart as well. */
  needs?: Signs[]
  /** Level diagnosis: words of evaluation or treatment in this encounter. */
  care?: Wording[]
  unless?: Exceptions
  /** One gap for each category that opened it (default), for each code, or for all of them. */
  per?: "category" | "code" | "rule"
  axes: RuleAxis[]
  /** The code when nothing more is said. */
  missing?: string
  /** What it changes, in words of documentation. One sentence. */
  why: string
  /** Neutral question for a query to the provider. */
  question?: string
  /** Structure of that query (rules.md D2). */
  template: QueryTemplateId
  /** Never folds. */
  safety?: true
  indicators?: Indicators
  examples: { fires: RuleExample[]; quiet: RuleExample[] }
}

/**
 * Words of providers who cannot tell. "undetermined" beside the condition says that nothing more can be asked;
 * "unknown" does so beside the name of an axis ("type unknown").
 */
export interface DocumentationWords {
  id: string
  says: "undetermined" | "unknown"
  words: string[]
}
