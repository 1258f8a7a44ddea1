/** Codes that stand on a form, graded against the chart: on the whole code set, where it is built. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createChecker } from "@/engine/checks"
import { gradeSupport } from "@/engine/support/grade"
import { compareCodes } from "@/engine/support/specificity"
import { answerWorksheet, type WorksheetParts } from "@/engine/support/worksheet"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole, wholeEngine } from "../whole-set"

const NOTE = `PAST MEDICAL HISTORY: Hypertension.

HISTORY OF PRESENT ILLNESS: Cough for three days. No evidence of pneumonia. Father had colon cancer.

ASSESSMENT AND PLAN:
1. Type 2 diabetes with diabetic polyneuropathy, continue metformin.
2. Chronic kidney disease stage 3b, stable.
3. Osteoarthritis of the left knee, start naproxen.
4. Possible gout, check uric acid.`

describe.skipIf(!whole)("support of listed codes", () => {
  const lexicon = repositoryLexicon()
  const parts = (): WorksheetParts => ({
    engine: wholeEngine(),
    checker: createChecker({ packs: [whole!], lexicon }),
    packs: [whole!],
    lexicon
  })
  const grade = (codes: string[], text = NOTE) => {
    const { support } = answerWorksheet(parts(), {
      codes: codes.map((code) => ({ system: "ICD-10-CM", code })),
      documents: [{ doc: "", text }],
      date: "2026-01-15"
    })
    return new Map(support!.map((each) => [each.code, each]))
  }
  const graded = whole
    ? grade([
        "E11.42",
        "I10",
        "J18.9",
        "N18.30",
        "M17.11",
        "M10.9",
        "C50.911",
        "N18.4",
        "E11.4",
        "X99.99",
        "E11.42"
      ])
    : new Map<string, never>()

  it.each([
    ["E11.42", "supported", "keep"],
    ["I10", "history", "verify"],
    ["J18.9", "contradicted", "remove"],
    ["N18.30", "less-specific", "change"],
    ["M17.11", "contradicted", "change"],
    ["M10.9", "uncertain", "remove"],
    ["C50.911", "not-mentioned", "remove"],
    ["E11.4", "less-specific", "change"],
    ["X99.99", "not-graded", "verify"]
  ])("%s is %s: %s", (code, expected, action) => {
    const found = graded.get(code)
    expect([found?.grade, found?.action]).toEqual([expected, action])
  })

  it("quotes the words it rests on, and the words that deny", () => {
    for (const { evidence } of graded.values())
      for (const { start, end, quote } of evidence) expect(NOTE.slice(start, end)).toBe(quote)
    const trigger = graded.get("J18.9")?.trigger
    expect(NOTE.slice(trigger!.start, trigger!.end)).toBe(trigger!.text)
  })

  it("names the code that fits instead", () => {
    expect(graded.get("N18.30")?.instead?.code).toBe("N18.32")
    expect(graded.get("M17.11")?.instead?.code).toBe("M17.12")
  })

  it("adds what is assessed and not listed, and does not add what it names instead", () => {
    const added = [...grade(["I10"]).values()]
      .filter(({ action }) => action === "add")
      .map(({ code }) => code)
    expect(added).toContain("E11.42")
    expect(added).toContain("N18.32")
    expect(graded.get("N18.32")).toBeUndefined()
  })

  it("grades each code once, the billed ones where they are given, and misses additional codes only by the chart", () => {
    const answer = answerWorksheet(parts(), {
      codes: [{ system: "ICD-10-CM", code: "E11.22" }],
      billed: [
        { system: "ICD-10-CM", code: "I10" },
        { system: "ICD-10-CM", code: "I10" }
      ],
      documents: [{ doc: "", text: NOTE }],
      date: "2026-01-15"
    })
    expect(answer.support!.filter(({ action }) => action !== "add").map(({ code }) => code)).toEqual(["I10"])
    const asked = answer.checks.find(({ id }) => id === "conv.use-additional")
    expect(asked?.codes.map(({ code }) => code)).toEqual(["E11.22", "N18.32"])
    const blind = answerWorksheet(parts(), {
      codes: [{ system: "ICD-10-CM", code: "E11.22" }],
      date: "2026-01-15"
    })
    expect(blind.support).toBeUndefined()
    expect(blind.checks.some(({ id }) => id === "conv.use-additional")).toBe(false)
  })

  it("compares codes the same from both ends", () => {
    const turned = { less: "more", more: "less", sibling: "sibling" } as const
    const row = fc.integer({ min: 0, max: whole!.size - 1 })
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 40 }), (a, step) => {
        const b = Math.min(whole!.size - 1, a + step)
        const there = compareCodes(whole!, a, b)
        const back = compareCodes(whole!, b, a)
        expect(back).toBe(there === undefined ? undefined : turned[there])
      })
    )
  })

  it("answers any codes without any findings", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom("I10", "E11", "Z99.9")), { maxLength: 6 }),
        (codes) => {
          const support = gradeSupport({
            listed: codes.map((code) => ({ system: "ICD-10-CM", code })),
            findings: { suggestions: [], suppressed: [] },
            packOf: (system) => (system === "ICD-10-CM" ? whole : undefined),
            sections: [],
            seen: { anyOf: () => false }
          })
          expect(support.every(({ action }) => action === "remove" || action === "verify")).toBe(true)
        }
      ),
      { numRuns: 50 }
    )
  })
})
