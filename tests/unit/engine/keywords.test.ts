import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { keywordsFrom } from "@/engine/text/keywords"

const listOf = (text: string) => text.slice(keywordsFrom(text))

describe("trailing lists of keywords", () => {
  it("begin behind the last sentence, glued to its full stop", () => {
    expect(listOf("IMPRESSION: Gout.nephrology, gout, kidney stone, renal colic, hematuria")).toBe(
      "nephrology, gout, kidney stone, renal colic, hematuria"
    )
  })

  it("end with a comma", () => {
    expect(
      listOf("Follow up in a week.\n\ncardiology, angina, chest pain, stress test, nuclear scan,\n")
    ).toBe("cardiology, angina, chest pain, stress test, nuclear scan,\n")
  })

  it.each([
    "ASSESSMENT\nasthma, gout, hypertension, type 2 diabetes, obesity",
    "Plan: rest. She has asthma, gout, hypertension, obesity, migraine.",
    "The patient denies fever, chills, nausea, vomiting, chest pain",
    "Plan: rest.She denies fever, chills, nausea, vomiting, chest pain",
    "Seen today.gout, asthma",
    "Seen today.the patient who came with the son said at length, and again, then, once more, now, here",
    "Seen today.\nimp: gout, asthma, htn, obesity, migraine,",
    "rested.gout, asthma, htn, obesity, migraine,",
    ""
  ])("are not seen in %j", (text) => {
    expect(keywordsFrom(text)).toBe(text.length)
  })

  it("are found whatever stands before them, and nowhere beyond the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const from = keywordsFrom(text)
        expect(from).toBeGreaterThanOrEqual(0)
        expect(from).toBeLessThanOrEqual(text.length)
        const with5 = `${text}\nRested.gout, asthma, angina, obesity, migraine`
        expect(with5.slice(keywordsFrom(with5))).toBe("gout, asthma, angina, obesity, migraine")
      })
    )
  })
})
