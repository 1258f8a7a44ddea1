import { describe, expect, it } from "vitest"
import { compileHeadings } from "@/engine/lexicon/headings"
import { type ReadDocument, readDocument } from "@/engine/text/document"
import { smallLexicon } from "./small-parts"

const headings = compileHeadings(smallLexicon)

function lines(text: string): [section: string, part: string, sentence: string][] {
  const read: ReadDocument = readDocument(text, headings)
  return read.sentences.map((each) => [
    each.section,
    each.part,
    text.slice(read.atoms.start[each.first], read.atoms.end[each.last - 1])
  ])
}

describe("sections", () => {
  it("reads headings in capitals, with colon, inline and alone on a line", () => {
    expect(
      lines(
        "CHIEF COMPLAINT\nKnee pain.\n\nHPI: Fell at home.\n\nExam\nSwollen knee.\nASSESSMENT: Sprain. PLAN: Rest."
      )
    ).toEqual([
      ["chief-complaint", "flat", "Knee pain."],
      ["hpi", "flat", "Fell at home."],
      ["exam", "flat", "Swollen knee."],
      ["assessment", "flat", "Sprain."],
      ["plan", "flat", "Rest."]
    ])
  })

  it("reads capitals with further words and headings in the middle of a dictated line", () => {
    expect(lines("PHYSICAL EXAMINATION FINDINGS\nClear lungs.").map(([section]) => section)).toEqual(["exam"])
    expect(lines("He is well.  PAST MEDICAL HISTORY:  Gout.  FAMILY HISTORY:  Cancer.")).toEqual([
      ["", "flat", "He is well."],
      ["pmh", "flat", "Gout."],
      ["family-history", "flat", "Cancer."]
    ])
  })

  it("leaves labels and words inside a sentence alone", () => {
    expect(lines("HPI: No plan: he waits. The exam was fine.").map(([section]) => section)).toEqual([
      "hpi",
      "hpi"
    ])
    expect(lines("Past medical history was reviewed with him.").map(([section]) => section)).toEqual([""])
    expect(lines("REVIEW OF SYSTEMS\n• Cardiovascular: Denies palpitations.")[0]?.[0]).toBe("ros")
  })

  it("tells problem lines from what stands under them, and from the summary before them", () => {
    const note = `ASSESSMENT AND PLAN

Jane is a 60-year-old with gout and asthma who comes for a check.

Hypertension.
• Reasoning: Well controlled at home.
• Treatment: Continue lisinopril.

Gout.
• Treatment: Start allopurinol. Recheck in a month.`
    expect(lines(note).map(([, part, sentence]) => `${part}: ${sentence.slice(0, 14)}`)).toEqual([
      "summary: Jane is a 60-y",
      "problem: Hypertension.",
      "body: Reasoning: Wel",
      "body: Treatment: Con",
      "problem: Gout.",
      "body: Treatment: Sta",
      "body: Recheck in a m"
    ])
  })

  it("reads one problem a line", () => {
    expect(
      lines("ASSESSMENT\n\nRight knee sprain.\nDiabetes.\nHypertension.").map(([, part]) => part)
    ).toEqual(["problem", "problem", "problem"])
  })

  it("reads numbered problems, inline ones too", () => {
    expect(lines("A/P\n1. COPD, stable.\n- continue inhaler\n2) Gout").map(([, part]) => part)).toEqual([
      "problem",
      "body",
      "problem"
    ])
    expect(lines("ASSESSMENT: 1. COPD. 2. Gout.").map(([, , sentence]) => sentence)).toEqual([
      "COPD.",
      "Gout."
    ])
  })

  it("lets a list label speak for its own line only", () => {
    const read = lines("ASSESSMENT AND PLAN\n1. COPD\n- Instructions: Return if worse.\n- Continue inhaler")
    expect(read.map(([section]) => section)).toEqual([
      "assessment-plan",
      "discharge-instructions",
      "assessment-plan"
    ])
  })
})

describe("sentences", () => {
  it("keeps titles, decimals and initials together and parts list items", () => {
    expect(lines("Seen by Dr. Smith for 2.5 cm mass. Benign.").map(([, , sentence]) => sentence)).toEqual([
      "Seen by Dr. Smith for 2.5 cm mass.",
      "Benign."
    ])
    expect(lines("- cough\n- fever").map(([, , sentence]) => sentence)).toEqual(["cough", "fever"])
  })

  it("joins wrapped lines and leaves short lines apart", () => {
    const wrapped = "The patient came in with a long story of pain in the left\nknee after a fall."
    expect(lines(wrapped)).toHaveLength(1)
    expect(lines("Hypertension\nGout\nAsthma")).toHaveLength(3)
  })
})
