import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import { smallLexicon } from "./small-parts"

const engine = createEngine({ packs: [], lexicon: smallLexicon })

function ask(text: string, target: string, section?: string) {
  const start = text.indexOf(target)
  return engine.assert({ text, span: [start, start + target.length], ...(section ? { section } : {}) })
}

describe("assert", () => {
  it("carries a denial through a list and stops at a terminator", () => {
    const text = "He denies cough, fever or chills but has chest pain; wheezing noted."
    for (const target of ["cough", "fever", "chills"]) expect(ask(text, target).negation).toBe("negated")
    expect(ask(text, "chest pain").negation).toBe("affirmed")
    expect(ask(text, "wheezing").negation).toBe("affirmed")
  })

  it("names the trigger words and their rule", () => {
    const answer = ask("She denies fever.", "fever")
    expect(answer.trigger).toEqual({ start: 4, end: 10, rule: "trig.denies", text: "denies" })
  })

  it("reads triggers that stand behind their target", () => {
    expect(ask("Pneumonia was ruled out.", "Pneumonia").negation).toBe("negated")
    expect(ask("Stroke 3 years ago, gout.", "Stroke").temporality).toBe("historical")
  })

  it("needs a glued mark to touch", () => {
    expect(ask("?pneumonia", "pneumonia").negation).toBe("possible")
    expect(ask("What now? Pneumonia.", "Pneumonia").negation).toBe("affirmed")
  })

  it("lets a pseudo trigger shield what it names, and nothing else", () => {
    expect(ask("There is no increase in edema.", "edema").negation).toBe("affirmed")
    expect(ask("There is no edema.", "edema").negation).toBe("negated")
  })

  it("does not let a trigger modify words it overlaps", () => {
    expect(ask("Patient denies smoking.", "denies smoking").negation).toBe("affirmed")
  })

  it("takes the section's meaning, written or given, unless words say more", () => {
    expect(ask("FAMILY HISTORY: Diabetes.", "Diabetes").experiencer).toBe("other")
    expect(ask("PAST MEDICAL HISTORY: Gout.", "Gout").temporality).toBe("historical")
    expect(ask("Gout.", "Gout", "pmh").temporality).toBe("historical")
    expect(ask("Gout.", "Gout").temporality).toBe("recent")
    expect(ask("Return if fever.", "fever").temporality).toBe("hypothetical")
    expect(ask("Mother with gout.", "gout").experiencer).toBe("other")
  })

  it("refuses spans outside the text", () => {
    for (const span of [
      [0, 99],
      [-1, 2],
      [3, 3],
      [0.5, 2]
    ] as [number, number][]) {
      expect(() => engine.assert({ text: "cough", span })).toThrow(RangeError)
    }
  })
})
