/** Reasons as the answer of `assert` (design.md 3.1). */
import type { AssertionCategory, SectionRole } from "../lexicon-types"
import type { Assertion, Experiencer, Negation, Temporality } from "../types"
import type { Reason } from "./decide"

const NEGATION: Partial<Record<AssertionCategory, Negation>> = {
  negated: "negated",
  "ruled-out": "negated",
  possible: "possible"
}
const TEMPORALITY: Partial<Record<AssertionCategory, Temporality>> = {
  historical: "historical",
  hypothetical: "hypothetical",
  planned: "hypothetical",
  allergy: "hypothetical",
  screening: "hypothetical"
}
const EXPERIENCER: Partial<Record<AssertionCategory, Experiencer>> = {
  family: "other",
  "other-person": "other"
}

/** Sections that tell of the patient's background: what stands there is not news of this visit. */
const BACKGROUND: ReadonlySet<SectionRole> = new Set<SectionRole>(["history", "social", "allergies"])

/**
 * @param text the document, for the trigger's words
 * @param doc put into the trigger's span when the chart has several documents
 */
export function toAssertion(
  reasons: readonly Reason[],
  role: SectionRole,
  text: string,
  doc?: string
): Assertion {
  let negation: Negation = "affirmed"
  let temporality: Temporality = "recent"
  let experiencer: Experiencer = "patient"
  let decided: Reason | undefined
  const take = (reason: Reason) => {
    if (reason.start !== undefined && !decided) decided = reason
  }
  for (const reason of reasons) {
    const n = NEGATION[reason.category]
    if (n && (negation === "affirmed" || (n === "negated" && negation === "possible"))) {
      negation = n
      take(reason)
    }
    // A section's list of allergies is background; "allergic to" in running text is no present reaction.
    const t = reason.bySection && reason.category === "allergy" ? "historical" : TEMPORALITY[reason.category]
    if (t && temporality === "recent") {
      temporality = t
      take(reason)
    }
    const e = EXPERIENCER[reason.category]
    if (e) {
      experiencer = e
      take(reason)
    }
  }
  if (temporality === "recent" && BACKGROUND.has(role)) temporality = "historical"
  const assertion: Assertion = { negation, temporality, experiencer }
  if (decided?.start !== undefined && decided.end !== undefined) {
    assertion.trigger = {
      ...(doc ? { doc } : {}),
      start: decided.start,
      end: decided.end,
      rule: decided.rule,
      text: text.slice(decided.start, decided.end)
    }
  }
  return assertion
}
