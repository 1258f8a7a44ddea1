/** Findings for a text written here, with spans found by the words themselves. */
import type { Assertion, Evidence, Findings, Suggestion, Suppressed } from "@/engine/types"
import { NO_FINDINGS } from "./fake-services"

const AFFIRMED: Assertion = { negation: "affirmed", temporality: "recent", experiencer: "patient" }

export const CLINIC_NOTE = `Date of service: 03/14/2026

HPI
Patient returns for follow-up of diabetes. Numbness in both feet since last autumn. Denies chest pain.
Fell on the ice yesterday and landed on her right wrist.

PMH
Hypertension. Mother had breast cancer.

Assessment and plan
1. Type 2 diabetes mellitus with peripheral neuropathy, gabapentin continued, A1c in three months.
2. Distal radius fracture, splinted today, orthopedics tomorrow.
3. Possible pneumonia at the left base, chest film ordered.
Continues insulin glargine 20 units nightly.
`

/** @param doc of the text; spans are those of the first place where `quote` stands */
export function evidence(text: string, doc: string, quote: string, change: Partial<Evidence> = {}): Evidence {
  const start = text.indexOf(quote)
  if (start < 0) throw new Error(`The text does not say "${quote}".`)
  return {
    doc,
    start,
    end: start + quote.length,
    quote,
    term: quote.toLowerCase(),
    via: "title",
    section: "assessment-plan",
    assertion: AFFIRMED,
    ...change
  }
}

export function suggestion(code: string, title: string, change: Partial<Suggestion> = {}): Suggestion {
  return {
    system: "ICD-10-CM",
    code,
    title,
    billable: true,
    tier: "code",
    score: 0.8,
    evidence: [],
    axes: [],
    ...change
  }
}

export function clinicFindings(doc: string, text = CLINIC_NOTE): Findings {
  const at = (quote: string, change: Partial<Evidence> = {}) => evidence(text, doc, quote, change)
  const suppressed = (change: Partial<Suppressed>): Suppressed => ({
    system: "ICD-10-CM",
    code: "",
    title: "",
    reason: "negated",
    rule: "",
    evidence: [],
    ...change
  })
  return {
    ...NO_FINDINGS,
    packs: [{ id: "icd10cm-FY2026", version: "FY2026", sha256: "5f2c" }],
    suggestions: [
      suggestion("E11.42", "Type 2 diabetes mellitus with diabetic polyneuropathy", {
        evidence: [
          at("Type 2 diabetes mellitus with peripheral neuropathy", {
            via: "index: Diabetes, type 2, with, polyneuropathy"
          }),
          at("Numbness in both feet", { via: "synonym: numbness", section: "hpi" }),
          at("diabetes", { section: "hpi" })
        ]
      }),
      suggestion("S52.50", "Unspecified fracture of the lower end of radius", {
        billable: false,
        evidence: [at("Distal radius fracture", { via: "index: Fracture, traumatic, radius, lower end" })],
        axes: [
          {
            axis: "laterality",
            options: [
              { value: "right", code: "S52.501" },
              { value: "left", code: "S52.502" }
            ]
          }
        ]
      }),
      suggestion("I10", "Essential (primary) hypertension", {
        tier: "consider",
        evidence: [at("Hypertension", { section: "pmh", via: "title" })]
      }),
      suggestion("Z79.4", "Long term (current) use of insulin", {
        lane: "status",
        evidence: [at("insulin glargine", { via: "rule: long-term drug" })]
      })
    ],
    suppressed: [
      suppressed({
        code: "J18.9",
        title: "Pneumonia, unspecified organism",
        reason: "uncertain",
        rule: "assertion.uncertain-outpatient",
        trigger: {
          doc,
          start: text.indexOf("Possible"),
          end: text.indexOf("Possible") + 8,
          text: "Possible"
        },
        evidence: [at("pneumonia")]
      }),
      suppressed({
        code: "R07.9",
        title: "Chest pain, unspecified",
        reason: "negated",
        rule: "assertion.negated",
        trigger: { doc, start: text.indexOf("Denies"), end: text.indexOf("Denies") + 6, text: "Denies" },
        evidence: [at("chest pain", { section: "hpi" })]
      }),
      suppressed({
        code: "C50.919",
        title: "Malignant neoplasm of unspecified site of unspecified female breast",
        reason: "family",
        rule: "assertion.family",
        trigger: { doc, start: text.indexOf("Mother"), end: text.indexOf("Mother") + 6, text: "Mother" },
        evidence: [at("breast cancer", { section: "pmh" })]
      })
    ]
  }
}
