/** Sentences written for this test, judged with the triggers that are shipped. The target stands in angle brackets. */
import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import { repositoryLexicon } from "../lexicon/read-files"

const engine = createEngine({ packs: [], lexicon: repositoryLexicon() })

function said(marked: string): string {
  const start = marked.indexOf("<")
  const end = marked.indexOf(">") - 1
  const text = marked.replace(/[<>]/g, "")
  const { negation, temporality, experiencer } = engine.assert({ text, span: [start, end] })
  if (experiencer === "other") return "other"
  return negation !== "affirmed" ? negation : temporality !== "recent" ? temporality : "affirmed"
}

const CASES: Record<string, string[]> = {
  negated: [
    "Cough: no, <fever>: no",
    "Diabetes - No, <asthma> - No",
    "<Fever> (-), cough (+)",
    "neg <fever>, pos cough",
    "Denies fever, chills, <nausea> except for mild cough.",
    "Negative for fever, chills or <cough>; positive for fatigue.",
    "He has neither fever nor <chills>.",
    "<MI> ruled out by enzymes.",
    "no c/o <chest pain>",
    "PROBLEMS\n[ ] <asthma>  [x] gout"
  ],
  affirmed: [
    "Not only diabetes but also <gout>.",
    "Not only <diabetes> but also gout.",
    "No evidence of pneumonia but <effusion> is seen.",
    "Negative for fever, chills or cough; positive for <fatigue>.",
    "No chest pain, + <dyspnea>.",
    "<HTN>: no medication changes",
    "Grandma states he has a <cough>.",
    "Accompanied by her stepfather, has <asthma>.",
    "History of ulcer, with <nausea> today",
    "A man with a history of gout who was admitted with <pneumonia>",
    "[ ] asthma  [x] <gout>"
  ],
  possible: [
    "? <pneumonia>",
    "Rule out <appendicitis>.",
    "<Gout> suspected.",
    "<TIA> vs. stroke",
    "TIA vs. <stroke>",
    "Could be due to <gout>.",
    "Differential diagnosis: <ACS>, PE."
  ],
  historical: [
    "s/p <cholecystectomy> 2010",
    "<Pneumonia>, resolved.",
    "PMHx significant for asthma, <gout>",
    "Denies pain. Stopped <tobacco use>.",
    "PROBLEM LIST\n<Gout>\t2015\tResolved"
  ],
  hypothetical: [
    "Should <bleeding> occur, call us.",
    "Seek care for worsening <shortness of breath>.",
    "Vaccine for <influenza> given."
  ],
  other: ["Grandma had <stroke>.", "Stepfather has <COPD>.", "FAMILY HISTORY\n<Colon cancer>\tFather\t60"]
}

describe("shipped triggers", () => {
  for (const [outcome, sentences] of Object.entries(CASES)) {
    it.each(sentences)(`${outcome}: %s`, (sentence) => {
      expect(said(sentence)).toBe(outcome)
    })
  }

  it("name the words and the rule that decided", () => {
    expect(engine.assert({ text: "Gout suspected.", span: [0, 4] }).trigger).toEqual({
      start: 5,
      end: 14,
      rule: "trig.suspected-after-closes",
      text: "suspected"
    })
  })
})
