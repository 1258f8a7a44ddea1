/** What becomes of one mention: assessed, only mentioned, or not suggested and why (rules.md C1, C3). */
import type { Reason } from "../assertion/decide"
import type { SupportPhrase } from "../lexicon-types"
import type { Mention } from "../match/scan"
import type { Setting, SuppressionReason, Tier } from "../types"
import type { CodeGroups } from "./code-groups"
import type { Statement } from "./contradicted"

export type Verdict =
  | { tier: Tier; doubt?: undefined }
  | { tier?: undefined; reason: SuppressionReason; rule: string; trigger?: Reason; by?: Statement }

function suppressed(reason: SuppressionReason, trigger: Reason, rule?: string): Verdict {
  return { reason, rule: rule ?? trigger.rule, ...(trigger.start === undefined ? {} : { trigger }) }
}

function first(reasons: readonly Reason[], ...categories: Reason["category"][]): Reason | undefined {
  return reasons.find((reason) => categories.includes(reason.category))
}

/** "AKI, resolved", not "history of AKI". */
function isOver({ rule, bySection }: Reason): boolean {
  return !bySection && /resol/.test(rule)
}

/** Where a provider tells what a stay was for. */
const OF_STAY: ReadonlySet<string> = new Set([
  "discharge-diagnosis",
  "hospital-course",
  "assessment",
  "assessment-plan",
  "diagnosis",
  "impression"
])

export interface JudgeOptions {
  groups: CodeGroups
  setting: Setting
  /** Any document of the chart has an assessment, impression or diagnosis. */
  hasAssessment: boolean
  /** The final diagnostic statement of the stay (II.H, III.C). */
  isFinal: boolean
  /** A postoperative diagnosis stands in the same document: the one before the operation is superseded. */
  hasPostoperative: boolean
  /** Stands in an unfilled part of a template. */
  templated: boolean
  /** A condition is named in front of the colon of this sentence: what stands behind it is said of that one. */
  nameHeld: boolean
  /** What the sentence shows of what it names: diagnosed, treated, evaluated, of a status. */
  shows: ReadonlySet<SupportPhrase["shows"]>
}

export function judge(mention: Mention, code: string, options: JudgeOptions): Verdict {
  const { reasons, sentence } = mention
  const { groups } = options
  const lane = groups.laneOf(code)
  if (options.templated) return { reason: "templated", rule: "template.unfilled" }
  const family = first(reasons, "family", "other-person")
  if (family) return groups.has("family-history", code) ? { tier: "consider" } : suppressed("family", family)
  const negated = first(reasons, "negated", "ruled-out")
  if (negated) return suppressed(negated.rule.startsWith("template.") ? "templated" : "negated", negated)
  const instructed = reasons.find((reason) => reason.category === "hypothetical" && reason.bySection)
  if (instructed) return suppressed("templated", instructed)
  const hypothetical = first(reasons, "hypothetical", "planned", "screening")
  if (hypothetical) return suppressed("hypothetical", hypothetical)
  const possible = first(reasons, "possible")
  if (possible) {
    // Facility claims of a stay alone, and only from how the provider left it (II.H, III.C; IV.H for the others).
    const established =
      options.setting === "inpatient" && options.isFinal && !groups.has("confirmed-only", code)
    if (!established) return suppressed("uncertain", possible)
  }
  if (sentence.section === "preop-diagnosis" && options.hasPostoperative)
    return { reason: "superseded", rule: "section.postop-diagnosis" }
  const allergy = first(reasons, "allergy")
  if (allergy) return lane === "allergy" ? { tier: "consider" } : suppressed("historical", allergy)
  // What is being done or was just done is no status yet (I.C.21.c.3): a joint replaced today is not "presence of".
  if (
    sentence.role === "procedure" &&
    (lane === "status" || lane === "history") &&
    groups.has("of-operation", code)
  )
    return { reason: "superseded", rule: "section.procedure" }
  const past = first(reasons, "historical")
  // Section III: what was treated in this stay counts, though it is over when the provider names it.
  if (past && isOver(past) && options.setting === "inpatient" && OF_STAY.has(sentence.section) && !lane)
    return { tier: tierOf(mention, code, options, false) }
  if (past && !lane) {
    // Section III: in a stay, chronic disease that is treated counts wherever the provider tells of it.
    const treated =
      options.setting === "inpatient" && groups.has("chronic", code) && options.shows.has("treated")
    if (past.bySection && treated) return { tier: "code" }
    // An acute event among the history is over; what it left is told by codes of history (I.C.21.c.4).
    if (past.bySection && groups.has("acute-event", code)) return suppressed("historical", past)
    if (past.bySection || groups.has("chronic", code)) return { tier: "consider" }
    return suppressed("historical", past)
  }
  return { tier: tierOf(mention, code, options, past !== undefined) }
}

/** Where no assessment says what a symptom comes to, it counts when the sentence diagnoses or treats it. */
function isToldSymptom(code: string, { groups, shows }: JudgeOptions): boolean {
  return groups.has("symptom", code) && !shows.has("diagnosed") && !shows.has("treated")
}

function tierOf(mention: Mention, code: string, options: JudgeOptions, past: boolean): Tier {
  const { sentence } = mention
  const { groups, shows } = options
  const inName = sentence.nameEnd >= 0 && mention.match.last <= sentence.nameEnd
  const behindName = sentence.nameEnd >= 0 && !inName && options.nameHeld
  const named = inName || (sentence.part === "problem" && !behindName)
  // Why the patient came or what was done (Z00-Z13, Z40-Z53, Z69-Z76) and external causes are told in passing
  // everywhere; they are assessed only where the provider lists them.
  if (groups.has("encounter", code) && !named) return "consider"
  if (mention.generic || groups.laneOf(code) === "external") return "consider"
  switch (sentence.role) {
    case "assessed":
      if (inName) return "code"
      if (sentence.part === "summary") return "consider"
      // Where problems are listed, the text under one tells its reasons: findings, risks, alternatives. A
      // diagnosis made there says so.
      if (sentence.part === "body" || behindName)
        return shows.has("diagnosed") && !groups.has("symptom", code) ? "code" : "consider"
      return "code"
    case "plan":
      if (named) return "code"
      if (!options.hasAssessment) return isToldSymptom(code, options) ? "consider" : "code"
      // Beside an assessment the plan names diagnoses when it treats them; what it only mentions (risks,
      // tests, advice) was not assessed.
      return shows.size > 0 && !groups.has("symptom", code) ? "code" : "consider"
    case "narrative":
    case "symptom":
    case "findings":
    case "procedure":
      if (options.setting === "inpatient" && groups.has("chronic", code) && shows.has("treated"))
        return "code"
      // Inpatient facility: what the stay treated or evaluated counts (Section III).
      if (options.setting === "inpatient" && sentence.section === "hospital-course" && shows.size > 0)
        return "code"
      if (options.hasAssessment || shows.size === 0 || past) return "consider"
      return isToldSymptom(code, options) ? "consider" : "code"
    default:
      return "consider"
  }
}
