/** What the setting, the patient and the other documents of a chart change. */
import { describe, expect, it } from "vitest"
import { ageGroups, misfit } from "@/engine/suggest/patient"
import type { SuggestRequest, Suppressed } from "@/engine/types"
import { smallEngine } from "./small-parts"

const engine = smallEngine()
const ask = (request: Omit<SuggestRequest, "date">) => engine.suggest({ date: "2026-01-15", ...request })
const one = (text: string, rest: Partial<SuggestRequest> = {}) =>
  ask({ documents: [{ doc: "", text }], ...rest })
const tierOf = (findings: ReturnType<typeof ask>, code: string) =>
  findings.suggestions.find((each) => each.code === code)?.tier
const reasonOf = (findings: ReturnType<typeof ask>, code: string): Suppressed["reason"] | undefined =>
  findings.suppressed.find((each) => each.code === code)?.reason

describe("copied forward", () => {
  const said = "The patient has hypertension and takes her tablets every day."
  it("keeps its tier and says where the text stood first", () => {
    const findings = ask({
      documents: [
        { doc: "a", date: "2026-01-10", text: `ASSESSMENT: ${said}` },
        { doc: "b", date: "2026-01-12", text: `ASSESSMENT: ${said}` }
      ]
    })
    const hypertension = findings.suggestions.find((each) => each.code === "I10")
    expect(hypertension?.tier).toBe("code")
    expect(hypertension?.copiedForward).toBeUndefined()
    expect(hypertension?.evidence.find((each) => each.doc === "b")?.copiedForward?.doc).toBe("a")
    expect(hypertension?.evidence.find((each) => each.doc === "a")?.copiedForward).toBeUndefined()
  })

  it("marks a suggestion of which everything says that it was carried over", () => {
    const [suggestion] = one("ASSESSMENT: Copied forward from the last visit. Hypertension.").suggestions
    expect(suggestion?.code).toBe("I10")
    expect(suggestion?.copiedForward).toBe(true)
  })

  it("is left out when it is dated to another visit", () => {
    const text =
      "ASSESSMENT: Copied forward from the last visit. 1/2/2026: Hypertension today, tablets given."
    const findings = ask({ documents: [{ doc: "a", date: "2026-01-10", text }] })
    expect(tierOf(findings, "I10")).toBeUndefined()
    expect(reasonOf(findings, "I10")).toBe("historical")
    expect(tierOf(ask({ documents: [{ doc: "a", date: "2026-01-02", text }] }), "I10")).toBe("code")
  })
})

describe("templates", () => {
  it("suggests nothing from choices and wildcards", () => {
    expect(reasonOf(one("ASSESSMENT: He has {hypertension/gout/none}."), "I10")).toBe("templated")
    expect(reasonOf(one("HPI: History of hypertension for *** years."), "I10")).toBe("templated")
    expect(tierOf(one("ASSESSMENT: Hypertension: ***"), "I10")).toBe("code")
  })

  it("suggests nothing from a box left open", () => {
    const findings = one("ASSESSMENT:\n[ ] hypertension\n[x] pneumonia")
    expect(reasonOf(findings, "I10")).toBe("templated")
    expect(tierOf(findings, "J18.9")).toBe("code")
  })
})

describe("settings", () => {
  const note = "DISCHARGE SUMMARY\nDISCHARGE DIAGNOSIS: Probable pneumonia."
  it("takes an uncertain diagnosis as established only for the facility, from the final statement", () => {
    expect(tierOf(one(note, { setting: "inpatient" }), "J18.9")).toBe("code")
    expect(reasonOf(one(note, { setting: "professional" }), "J18.9")).toBe("uncertain")
    expect(reasonOf(one(note), "J18.9")).toBe("uncertain")
    expect(reasonOf(one("PLAN: Probable pneumonia.", { setting: "inpatient" }), "J18.9")).toBe("uncertain")
  })

  it("shows monitoring, evaluation, assessment and treatment as a view, never as a filter", () => {
    const [treated] = one("ASSESSMENT: Treated for hypertension.").suggestions
    expect(treated?.evidence[0]?.meat).toContain("treat")
    const [bare] = one("ASSESSMENT: Hypertension.").suggestions
    expect(bare?.tier).toBe("code")
    expect(bare?.evidence[0]?.meat).toBeUndefined()
  })
})

describe("the patient", () => {
  it("cautions against codes of another age or sex", () => {
    expect(misfit(["newborn"], { age: 40 })).toEqual({
      rule: "conv.age-newborn",
      text: "This code is for newborns (age 0); the patient is 40."
    })
    expect(misfit(["maternity"], { age: 30 })).toBeUndefined()
    expect(misfit(["adult"], { age: 14 })?.rule).toBe("conv.age-adult")
    expect(misfit(["female"], { sex: "male" })?.rule).toBe("conv.sex")
    expect(misfit(["female"], {})).toBeUndefined()
    expect(misfit(undefined, { age: 1, sex: "male" })).toBeUndefined()

    const groups = ageGroups([{ kind: "mce", name: "Another editor", ages: { maternity: [12, 55] } }])
    expect(misfit(["maternity"], { age: 60 }, groups)?.text).toBe(
      "This code is for ages 12 to 55; the patient is 60."
    )
    expect(misfit(["maternity"], { age: 60 }, ageGroups([]))).toBeUndefined()
  })
})
