/**
 * What a lexicon says, as plain types: code that reads a lexicon at run time imports only this file.
 * The checks are in lexicon-schema.ts (zod, build time and imports only); the field guide with examples is
 * codesets/lexicon/README.md. A lexicon holds words and tables, never program text or expressions.
 */

import type { AxisEntry } from "./axes/words"
import type { RuleEntry } from "./checks/types"
import type { EmTables } from "./em/types"
import type { GapGroup, GapPhrase, GapSite } from "./gaps/derived-types"
import type { DocumentationRule, DocumentationWords } from "./gaps/rules-types"
import type { ProcedureLexicon } from "./procedures/types"
import type { IndicatorEntry, QueryTemplate, QueryWording } from "./provider-query/composer-types"
import type { QueryCheck } from "./provider-query/types"

/** Canonical section of a note. Ids and default meanings stand in codesets/lexicon/sections.json. */
export type SectionId = string

/**
 * Default meaning of a section (rules.md C3).
 * - assessed: the provider's diagnoses, the main source of codes
 * - plan: what is done about them; names diagnoses too, but also future steps
 * - narrative: told history and course (HPI, hospital course): tense decides
 * - symptom: the patient's own words (chief complaint, reason for visit)
 * - history: past or status until confirmed elsewhere
 * - family, social, medications, allergies, ros: see rules.md C3
 * - findings: examination and results; support detail, no diagnosis of their own
 * - procedure: what was done; orders: what is asked for (the test's purpose is not a diagnosis)
 * - instructions: education and return precautions: nothing may be coded from them
 * - nursing: other clinicians' notes; administrative: signatures, identifiers
 */
export type SectionRole =
  | "assessed"
  | "plan"
  | "narrative"
  | "symptom"
  | "history"
  | "family"
  | "social"
  | "medications"
  | "allergies"
  | "ros"
  | "findings"
  | "procedure"
  | "orders"
  | "instructions"
  | "nursing"
  | "administrative"

/**
 * Where a wording has this meaning. Every part that is given must hold; inside one list any entry is enough.
 * To say "or" between parts, list the expansion twice.
 */
export interface Condition {
  /** The mention stands in one of these sections. */
  sections?: SectionId[]
  notSections?: SectionId[]
  /** One of these words or phrases stands in the same sentence, at most 8 words away on either side. */
  near?: string[]
  notNear?: string[]
  /** One of these words or phrases stands directly before (after) the mention; line start is "^", line end "$". */
  before?: string[]
  notBefore?: string[]
  after?: string[]
  notAfter?: string[]
}

export interface WordingExamples {
  /** In `text` the wording is read as `words`; `section` when the text is meant to stand in one. */
  fires: { text: string; words: string; section?: SectionId }[]
  /** In these texts the wording must not be read as any of its expansions (unresolved counts as quiet). */
  quiet: string[]
}

export interface Expansion {
  /** Lower-case words, never a code. */
  words: string
  /** Missing: the default, taken when no other expansion's condition holds. At most one default. */
  when?: Condition
}

export interface Abbreviation {
  /** "abbr.copd" */
  id: string
  /** Lower case unless `caseSensitive`; with its own punctuation: "s/p", "w/o". */
  abbr: string
  /** Other spellings of the same: ["c/o", "co"]. */
  also?: string[]
  /** In order: the first whose condition holds wins. */
  expansions: Expansion[]
  /** Unresolved (no condition holds, no default): flag abbrev.ambiguous, no code. */
  ambiguous?: boolean
  /** Matches only as spelled ("OR", "US", "AS": English words otherwise). */
  caseSensitive?: boolean
  examples: WordingExamples
}

export interface Synonym {
  /** "syn.heart-attack" */
  id: string
  /** One or more lower-case words; matches in this order, plural and inflection folded as `foldWord` does. */
  term: string
  /** The classification's words for it. */
  words: string
  /** `words` may not be read back as `term` (the term is vaguer or wider). */
  oneWay?: true
  when?: Condition
  examples: WordingExamples
}

export interface Section {
  id: SectionId
  title: string
  role: SectionRole
  /** What may be coded from it, in a sentence (rules.md C3). */
  supports: string
  /** What is told in this section only, one or two words: a mention that ends so belongs there without a heading. */
  tells?: string[]
}

export interface Heading {
  /** "head.past-medical-history" */
  id: string
  /** Lower case, without colon. */
  text: string
  section: SectionId
  /** An everyday word or very short: a heading only with a colon, or alone on its line in capitals. */
  needs?: "colon" | "line"
  /** Names a body system: under a history, an assessment or a plan it is a label, not another section. */
  system?: true
  /** Section it opens in an operative report, once that has stated its diagnoses ("Operations:"). */
  operative?: SectionId
}

export type AssertionCategory =
  | "negated"
  | "possible"
  | "ruled-out"
  | "historical"
  | "family"
  | "other-person"
  | "hypothetical"
  | "planned"
  | "allergy"
  | "screening"

export type TriggerCategory = AssertionCategory | "pseudo" | "terminate"

export interface Trigger {
  /** "trig.no-evidence-of" */
  id: string
  /**
   * Lower-case tokens in this order. Placeholders: <number> (digits or number word), <year> (1900-2099),
   * <month>, <unit> (day, week, month, year and their plurals), <relative> (by blood), <companion> (others near).
   */
  text: string
  category: TriggerCategory
  /** Where its targets stand, seen from the trigger. */
  direction: "forward" | "backward" | "both"
  /** In tokens; missing: to the end of the clause or list. */
  maxScope?: number
  /** Nothing but a comma, a full stop or the end of the sentence follows ("Diabetes: no"). */
  closes?: true
  /** Something follows directly: "? gout" doubts the gout, "Pneumonia ?" nothing behind it. */
  opens?: true
  /** Must touch the target without a space ("?pneumonia"). */
  glued?: true
  /** A glued one that may stand apart from its target where nothing else follows ("Pneumonia ?"). */
  apartAtEnd?: true
  /** Pseudo: the conditions on its sides are not related ("anemia not due to kidney disease"): none is made of both. */
  unlinks?: true
  /** Backward: goes no further than a dash between blanks ("Arthritis - gout vs infection" names arthritis). */
  behindDash?: true
  /** Only in (not in) these sections. */
  sections?: SectionId[]
  notSections?: SectionId[]
  /** category "pseudo": inside its words no trigger of these categories counts. */
  shields?: AssertionCategory[]
  /** category "terminate": scopes of these categories stop here. */
  ends?: AssertionCategory[]
  examples: {
    /** `as`: what the target comes to; for pseudo and terminate mostly "affirmed". */
    fires: { text: string; target: string; as: AssertionCategory | "affirmed" }[]
    /** The trigger leaves the target alone: "affirmed" (also recent, the patient's own) unless `as` says else. */
    quiet: { text: string; target: string; as?: AssertionCategory | "affirmed" }[]
  }
}

export interface GenericTerm {
  id: string
  /** Folded words that must not suggest a code alone. */
  term: string
  reason: string
  /** A condition all the same, only vague: counts where a provider lists it as a problem, or every mention is wanted. */
  condition?: true
}

/** A code pattern: "R05" (it and everything below), "J12-J18" (range of categories or of deeper prefixes). */
export type CodePattern = string

export interface IntegralSymptoms {
  id: string
  diagnosis: CodePattern[]
  symptoms: CodePattern[]
  why: string
}

export interface Combination {
  id: string
  /** One code of each group must be there. */
  all: CodePattern[][]
  /** Code or header that says both. A header: go on to its children by the words of the note. */
  gives: string
  /** Replaced by `gives`. */
  drops: CodePattern[]
  /** Stay beside it, after it unless the tabular says otherwise. */
  keeps: CodePattern[]
  /** presumed: both documented is enough (I.A.15). documented: the note must link them in words. */
  link: "presumed" | "documented"
  /** Words that break the link ("not due to diabetes"), matched near either condition. */
  unless?: string[]
  /** Section of the Official Guidelines or place in the classification. */
  guideline: string
}

export interface Modifier {
  id: string
  /** "laterality", "acuity", "stage", "severity", "trimester", "encounter" ... */
  axis: string
  /** As official titles word it: "left", "acute on chronic", "initial encounter". */
  value: string
  /** Wordings of notes that say so, longest first. */
  words: string[]
  /** Only when spelled so ("R", "L"). */
  caseSensitive?: true
  when?: Condition
}

/** A word that terms of the classification carry and notes leave out ("traumatic", "stage", "personal"). */
export interface OptionalWord {
  id: string
  /** Folded. */
  term: string
  reason: string
  /** Only in terms that lead to these codes: "traumatic" goes without saying of a fracture, not of a cataract. */
  codes?: CodePattern[]
}

/**
 * A word of a title that silence means ("closed" of a fracture, "primary" of an osteoarthritis): the walk down the
 * tabular tree takes it without the note saying so.
 */
export interface DefaultWord {
  id: string
  /** Folded. */
  term: string
  /** Where the classification, the guidelines or Coding Clinic say so. */
  reason: string
  /** Only in titles of these codes. */
  codes?: CodePattern[]
}

/** Codes that the Official Guidelines treat apart. */
export type CodeGroupName =
  | "family-history"
  | "history"
  | "status"
  | "allergy"
  | "external-cause"
  | "encounter"
  | "symptom"
  | "injury"
  | "confirmed-only"
  | "chronic"
  | "acute-event"
  | "of-operation"

export interface CodeGroup {
  id: string
  group: CodeGroupName
  codes: CodePattern[]
  /** Section of the guidelines and what it treats apart. */
  why: string
  /** Codes that belong to it, and near ones that do not. */
  examples: { in: string[]; out: string[] }
}

/** A word for a part of the body: of several in a list each may share the noun behind the last. */
export interface BodySite {
  id: string
  term: string
}

/** Wording that shows a condition is dealt with in this encounter, where the note has no assessment. */
export interface SupportPhrase {
  id: string
  /** Lower-case words in this order. */
  text: string
  shows: "diagnosed" | "treated" | "evaluated" | "monitored" | "status"
}

/** Drugs, supplies and procedures are lists of their own room; a lexicon without them suggests none. */
export interface Lexicon extends Partial<ProcedureLexicon>, EmTables {
  abbreviations: Abbreviation[]
  synonyms: Synonym[]
  sections: Section[]
  headings: Heading[]
  triggers: Trigger[]
  genericTerms: GenericTerm[]
  integralSymptoms: IntegralSymptoms[]
  combinations: Combination[]
  modifiers: Modifier[]
  optionalWords: OptionalWord[]
  defaultWords: DefaultWord[]
  supportPhrases: SupportPhrase[]
  codeGroups: CodeGroup[]
  bodySites: BodySite[]
  searchWords: SearchWord[]
  /** Tables of the worksheet checks; [] or missing: the guidelines' prose is not checked. */
  worksheetChecks?: RuleEntry[]
  /** Read from codesets/rules; a lexicon without them asks only for the classification's own axes. */
  /** Axes of the classification and what is asked of them; without them no axis is told apart. */
  axes?: AxisEntry[]
  gapGroups?: GapGroup[]
  gapPhrases?: GapPhrase[]
  gapSites?: GapSite[]
  documentationRules?: DocumentationRule[]
  documentationWords?: DocumentationWords[]
  /** Read from codesets/rules too; without them no query can be drafted or checked. */
  queryChecks?: QueryCheck[]
  queryTemplates?: QueryTemplate[]
  queryIndicators?: IndicatorEntry[]
  /** One entry. */
  queryWording?: QueryWording[]
}

/** How coders and physicians type when they look a code up; no use in notes ("dm2", "fx", "z codes"). */
export interface SearchWord {
  id: string
  /** Lower case, as typed. */
  text: string
  also?: string[]
  /** What it means, likeliest first; [] when it says nothing in a search text ("c/o"). */
  words: string[]
  /** Search text -> beginning of the code that must come first on the full code set. */
  examples: Record<string, string>
}

/** One file as read: its name for messages and its parsed JSON, not yet checked. */
export interface LexiconFile {
  name: string
  data: unknown
}
