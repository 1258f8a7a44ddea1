/** Gaps for the note of the fake clinic. */
import type { Findings, Gap } from "@/engine/types"
import { CLINIC_NOTE, clinicFindings, evidence } from "./fake-findings"

export function gapOf(doc: string, quote: string, change: Partial<Gap> = {}): Gap {
  const id = change.id ?? "gap.derived.laterality"
  return {
    id,
    key: `${id} ${quote}`,
    level: "specificity",
    severity: "medium",
    axis: "laterality",
    title: `${quote}: side`,
    text: "The code has a side; without it only an unspecified code is left.",
    options: [],
    evidence: [evidence(CLINIC_NOTE, doc, quote)],
    lookedIn: ["assessment-plan", "hpi", "exam"],
    folded: false,
    question: "Can the side be further specified?",
    ...change
  }
}

/** A few of every kind. */
export function clinicGaps(doc: string): Gap[] {
  const at = CLINIC_NOTE.indexOf("right wrist")
  return [
    gapOf(doc, "Possible pneumonia", {
      id: "gap.pneumonia.conflict",
      rule: "pneumonia",
      level: "link",
      severity: "high",
      axis: "conflict",
      safety: true,
      title: "Pneumonia: status at discharge",
      text: "Two statements differ; as they stand neither can be coded.",
      guideline: "II.H"
    }),
    gapOf(doc, "Distal radius fracture", {
      title: "Distal radius fracture: side",
      code: { system: "ICD-10-CM", code: "S52.50" },
      options: [
        { value: "right", code: "S52.501", title: "Unspecified fracture of the lower end of right radius" },
        { value: "left", code: "S52.502", title: "Unspecified fracture of the lower end of left radius" }
      ],
      foundElsewhere: { doc, start: at, end: at + 11, quote: "right wrist", section: "hpi", value: "right" }
    }),
    gapOf(doc, "Distal radius fracture", {
      id: "gap.fracture.open",
      rule: "fracture",
      axis: "open or closed",
      title: "Distal radius fracture: open or closed",
      text: "Open and closed fractures have codes of their own; closed is assumed when nothing is said.",
      code: { system: "ICD-10-CM", code: "S52.50" },
      options: [
        { value: "closed", code: "S52.50-" },
        { value: "open, type I or II" },
        { value: "open, type III" }
      ]
    }),
    ...["Hypertension", "diabetes", "insulin glargine"].map((quote) =>
      gapOf(doc, quote, {
        id: `gap.low.${quote.split(" ")[0]!.toLowerCase()}`,
        rule: `low-${quote.split(" ")[0]!.toLowerCase()}`,
        severity: "low",
        folded: true,
        axis: "type",
        title: `${quote}: further detail`
      })
    )
  ]
}

export function findingsWithGaps(doc: string): Findings {
  return { ...clinicFindings(doc), gaps: clinicGaps(doc) }
}
