import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import type { Findings, SuggestRequest } from "@/engine/types"
import { smallEngine, smallLexicon, smallPack } from "./small-parts"

const engine = smallEngine()

function suggest(text: string, more: Partial<SuggestRequest> = {}): Findings {
  return engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15", ...more })
}

const codes = (findings: Findings, tier?: "code" | "consider") =>
  findings.suggestions.filter((each) => tier === undefined || each.tier === tier).map((each) => each.code)

describe("suggest", () => {
  it("finds words apart, in any order, abbreviations and synonyms", () => {
    expect(codes(suggest("ASSESSMENT\n1. HTN.\n2. Kidney disease, chronic, stage 3b."))).toEqual(
      expect.arrayContaining(["I10", "N18.32"])
    )
    expect(codes(suggest("ASSESSMENT\nFracture of the left distal radius."))).toEqual(["S52.502"])
  })

  it("takes the Index default where the note says no more", () => {
    expect(codes(suggest("ASSESSMENT\nDiabetes."))).toEqual(["E11.9"])
    expect(codes(suggest("ASSESSMENT\nType 2 diabetes mellitus."))).toEqual(["E11.9"])
    expect(codes(suggest("ASSESSMENT\nDepression."))).toEqual(["F32.A"])
  })

  it("lets the longer wording win over what it contains", () => {
    expect(codes(suggest("ASSESSMENT\nType 2 diabetes with neuropathy."))).toEqual(["E11.40"])
  })

  it("walks down by the words of the clause, else stays unspecified and offers the axis", () => {
    expect(codes(suggest("ASSESSMENT\nLeft knee pain."))).toEqual(["M25.562"])
    expect(codes(suggest("ASSESSMENT\nPain in the L knee."))).toEqual(["M25.562"])
    const [only] = suggest("ASSESSMENT\nKnee pain.").suggestions
    expect(only?.code).toBe("M25.569")
    expect(only?.axes.at(-1)).toMatchObject({
      axis: "laterality",
      options: [{ value: "right", code: "M25.561" }, { value: "left", code: "M25.562" }, { code: "M25.569" }]
    })
    expect(only?.axes.at(-1)?.value).toBeUndefined()
  })

  it("codes both sides where there is no bilateral code", () => {
    expect(codes(suggest("ASSESSMENT\nBilateral knee pain.")).sort()).toEqual(["M25.561", "M25.562"])
    expect(codes(suggest("ASSESSMENT\nPain in both knees.")).sort()).toEqual(["M25.561", "M25.562"])
  })

  it("borrows the side from another affirmed mention of the chart", () => {
    expect(codes(suggest("HPI: Pain in the right knee.\nASSESSMENT\nKnee pain."), "code")).toEqual([
      "M25.561"
    ])
  })

  it("reads the phase of an injury from words", () => {
    expect(codes(suggest("ASSESSMENT\nLeft distal radius fracture, healing well."))).toEqual(["S52.502D"])
  })

  it("separates assessed from mentioned", () => {
    const findings = suggest("HPI: Depression.\nASSESSMENT\nHypertension.")
    expect(codes(findings, "code")).toEqual(["I10"])
    expect(codes(findings, "consider")).toEqual(["F32.A"])
    expect(findings.suggestions.map((each) => each.tier)).toEqual(["code", "consider"])
  })

  it("without an assessment takes what is said to be treated", () => {
    const findings = suggest("She is treated for pneumonia. Depression.")
    expect(codes(findings, "code")).toEqual(["J18.9"])
    expect(codes(findings, "consider")).toEqual(["F32.A"])
  })

  it.each([
    ["ASSESSMENT\nNo pneumonia.", "negated", "trig.no"],
    ["ASSESSMENT\nPneumonia was ruled out.", "negated", "trig.was-ruled-out"],
    ["ASSESSMENT\nLikely pneumonia.", "uncertain", "trig.likely"],
    ["FAMILY HISTORY: Depression.", "family", "section.family-history"],
    ["ASSESSMENT\nReturn if pneumonia.", "hypothetical", "trig.if"],
    ["INSTRUCTIONS\nPneumonia can be dangerous.", "templated", "section.discharge-instructions"],
    ["ASSESSMENT\nHistory of pneumonia.", "historical", "trig.history-of"]
  ])("does not suggest: %j", (text, reason, rule) => {
    const findings = suggest(text)
    expect(findings.suggestions).toEqual([])
    expect(findings.suppressed).toHaveLength(1)
    expect(findings.suppressed[0]).toMatchObject({ reason, rule })
  })

  it("treats doubt by setting", () => {
    const text = "DISCHARGE DIAGNOSIS: Likely pneumonia."
    expect(codes(suggest(text, { setting: "inpatient" }))).toEqual(["J18.9"])
    expect(codes(suggest(text, { setting: "outpatient" }))).toEqual([])
    expect(codes(suggest(text, { setting: "professional" }))).toEqual([])
  })

  it("offers a chronic condition worded as history, never as assessed", () => {
    const findings = suggest("ASSESSMENT\nHistory of hypertension.")
    expect(codes(findings, "code")).toEqual([])
    expect(codes(findings, "consider")).toEqual(["I10"])
  })

  it("joins what the classification joins and drops what a diagnosis explains", () => {
    const joined = suggest("ASSESSMENT\n1. Hypertension.\n2. Acute systolic heart failure.")
    expect(codes(joined).sort()).toEqual(["I11.0", "I50.21"])
    expect(joined.suppressed).toMatchObject([{ code: "I10", reason: "superseded" }])
    const explained = suggest("ASSESSMENT\n1. Pneumonia.\n2. Cough.")
    expect(codes(explained)).toEqual(["J18.9"])
    expect(explained.suppressed).toMatchObject([{ code: "R05.9", reason: "integral", rule: "int.cough" }])
  })

  it("does not join what the note keeps apart, or links only when it must be linked in words", () => {
    const apart = suggest("ASSESSMENT\n1. Hypertension.\n2. Heart failure, not due to hypertension.")
    expect(codes(apart).sort()).toEqual(["I10", "I50.9"])
    expect(codes(suggest("ASSESSMENT\n1. Cough due to pneumonia."))).toEqual(["J06.9"])
    expect(codes(suggest("ASSESSMENT\n1. Cough.\n2. Pneumonia."))).toEqual(["J18.9"])
  })

  it("keeps the less specific code of a category back", () => {
    const findings = suggest("ASSESSMENT\n1. Acute systolic heart failure.\n2. Heart failure.")
    expect(codes(findings)).toEqual(["I50.21"])
  })

  it("does not fire on a generic word, unless every mention is wanted", () => {
    expect(
      codes(suggest("ASSESSMENT\nShe says the pain is bad today and wants to go home, we talked."))
    ).toEqual([])
    expect(codes(suggest("HPI: Pain."))).toEqual([])
    expect(codes(suggest("ASSESSMENT\nPain."), "code")).toEqual([])
    expect(codes(suggest("Denies pain.", { allMentions: true }))).toEqual(["R52"])
  })

  it("leaves an ambiguous abbreviation alone until its neighbours tell", () => {
    expect(codes(suggest("ASSESSMENT\nPNA."))).toEqual([])
    expect(codes(suggest("ASSESSMENT\nLobar PNA."))).toEqual(["J18.9"])
  })

  it("puts status codes in a lane of their own", () => {
    expect(suggest("ASSESSMENT\nHistory of renal transplant.").suggestions).toMatchObject([
      { code: "Z94.0", lane: "status" }
    ])
  })

  it("says which document the evidence stands in when there are several", () => {
    const findings = engine.suggest({
      documents: [
        { doc: "a", text: "HPI: well." },
        { doc: "b", text: "ASSESSMENT: Hypertension." }
      ],
      date: "2026-01-15"
    })
    expect(findings.suggestions[0]?.evidence[0]).toMatchObject({
      doc: "b",
      start: 12,
      end: 24,
      quote: "Hypertension"
    })
  })

  it("picks the release by date and says when none fits", () => {
    const both = createEngine({
      packs: [smallPack("FY2026", "2025-10-01", "2026-09-30"), smallPack("FY2027", "2026-10-01")],
      lexicon: smallLexicon
    })
    const on = (date?: string) =>
      both.suggest({ documents: [{ doc: "", text: "ASSESSMENT\nHTN" }], ...(date ? { date } : {}) })
    expect(on("2026-01-15").packs.map((each) => each.version)).toEqual(["FY2026"])
    expect(on("2026-01-15").notices).toEqual([])
    expect(on("2026-11-15").packs.map((each) => each.version)).toEqual(["FY2027"])
    expect(on().notices.join()).toMatch(/No date/)
    expect(on("2020-01-15").notices.join()).toMatch(/2020-01-15/)
  })

  it("works without any pack and says so", () => {
    const none = createEngine({ packs: [], lexicon: smallLexicon })
    const findings = none.suggest({ documents: [{ doc: "", text: "Hypertension." }] })
    expect(findings.suggestions).toEqual([])
    expect(findings.notices).toEqual(["No code set is installed: nothing can be suggested."])
  })
})

describe("what a note says of itself", () => {
  it("reads the date that counts, discharge before service", () => {
    const text = "Date of service: 3/4/2026\nDischarge date: March 7, 2026"
    expect(engine.detectDate([{ doc: "", text }])).toMatchObject({ date: "2026-03-07", kind: "discharge" })
    const found = engine.detectDate([{ doc: "", text: "DOS: 03/04/26" }])
    expect(found).toMatchObject({ date: "2026-03-04", kind: "service", start: 5, end: 13 })
    expect(engine.detectDate([{ doc: "", text: "DOS: 13/45/2026" }])).toBeUndefined()
    expect(engine.detectDate([{ doc: "x", text: "well", date: "2026-02-01" }])).toMatchObject({
      date: "2026-02-01"
    })
  })

  it("takes a discharge summary for inpatient", () => {
    expect(engine.detectSetting([{ doc: "", text: "DISCHARGE SUMMARY\nWell." }])?.setting).toBe("inpatient")
    expect(engine.detectSetting([{ doc: "", text: "Office visit." }])).toBeUndefined()
  })
})
