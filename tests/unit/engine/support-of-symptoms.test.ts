/** What a symptom needs to be a code: an assessment, or a sentence that diagnoses or treats it. */
import { describe, expect, it } from "vitest"
import type { Tier } from "@/engine/types"
import { whole, wholeEngine } from "./whole-set"

function findings(text: string) {
  return wholeEngine().suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
}
const tierOf = (text: string, code: string): Tier | undefined =>
  findings(text).suggestions.find((each) => each.code === code)?.tier
const reasonOf = (text: string, code: string) =>
  findings(text).suppressed.find((each) => each.code === code)?.reason

describe.skipIf(!whole)("without an assessment", () => {
  it.each<[string, string, Tier]>([
    ["HPI\nExamination revealed dizziness.", "R42", "consider"],
    ["HPI\nThe nausea was treated with ondansetron.", "R11.0", "code"],
    ["HPI\nShe was diagnosed with gout.", "M10.9", "code"],
    ["PLAN\nHe keeps a diary of when he feels fatigue coming on and will bring it.", "R53.83", "consider"],
    ["PLAN\nStart meclizine for dizziness.", "R42", "code"]
  ])("%j: %s is %s", (text, code, tier) => {
    expect(tierOf(text, code)).toBe(tier)
  })
})

describe.skipIf(!whole)("a trailing list of keywords", () => {
  it("proves nothing", () => {
    const { suggestions, suppressed } = findings(
      "IMPRESSION: Gout.rheumatology, psoriasis, lupus, gout, uric acid, sarcoidosis"
    )
    expect(suggestions.map((each) => each.code)).toEqual(["M10.9"])
    expect(suppressed).toEqual([])
  })
})

describe.skipIf(!whole)("symptoms beside a diagnosis (I.B.5)", () => {
  it("stay when they are assessed and the diagnosis is only told of in the plan", () => {
    const text = "ASSESSMENT\n1. Shortness of breath\n\nPLAN\nContinue albuterol for asthma."
    expect(tierOf(text, "R06.02")).toBe("code")
  })

  it("go when the diagnosis is assessed too", () => {
    const text = "ASSESSMENT\n1. Asthma exacerbation\n2. Shortness of breath\n"
    expect(tierOf(text, "R06.02")).toBeUndefined()
    expect(reasonOf(text, "R06.02")).toBe("integral")
  })

  it("reflux does not explain dysphagia, esophagitis does", () => {
    expect(tierOf("ASSESSMENT\n1. GERD\n2. Dysphagia", "R13.10")).toBe("code")
    expect(reasonOf("ASSESSMENT\n1. Esophagitis\n2. Dysphagia", "R13.10")).toBe("integral")
  })
})

describe.skipIf(!whole)("alternatives behind a dash", () => {
  it("leave what was named before it", () => {
    const text = "ASSESSMENT\n1. Acute monoarthritis right knee - gout vs septic arthritis"
    expect(tierOf(text, "M13.161")).toBe("code")
    expect(reasonOf(text, "M10.9")).toBe("uncertain")
  })
})

describe.skipIf(!whole)("what is measured or stands deep in the list", () => {
  it("does not take the body mass index for a diagnosis", () => {
    expect(findings("ASSESSMENT\n1. Obesity, BMI 34").suggestions.map((each) => each.code)).toEqual(["E66.9"])
  })

  it("calls no kind a 7th character because its code has seven", () => {
    const [polyps] = findings("ASSESSMENT\n1. History of colon polyps").suggestions
    expect(polyps?.code).toBe("Z86.0100")
    expect(polyps?.axes.map((each) => each.axis)).toEqual(["type"])
  })
})
