import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Phrases } from "@/engine/gaps/quiet"
import { conditionName, withDash } from "@/engine/gaps/wording"
import { createEngine, type Engine } from "@/engine/index"
import { compileLexicon } from "@/engine/lexicon/compile"
import { readDocument } from "@/engine/text/document"
import type { Gap, SuggestRequest } from "@/engine/types"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole } from "../whole-set"

let engine: Engine | undefined
const DATE = "2026-01-15"

function gapsOf(text: string, more: Partial<SuggestRequest> = {}): Gap[] {
  // Without documentation rules: where one speaks, the axis is silent.
  engine ??= createEngine({ packs: [whole!], lexicon: { ...repositoryLexicon(), documentationRules: [] } })
  return engine.suggest({ documents: [{ doc: "", text }], date: DATE, ...more }).gaps
}
const named = (gaps: Gap[]) => gaps.map(({ axis, code }) => `${code?.code} ${axis}`)

describe("names of conditions", () => {
  it("leave out what was not said", () => {
    expect(conditionName("Pain in unspecified knee")).toBe("Pain in knee")
    expect(conditionName("Heart failure, unspecified")).toBe("Heart failure")
    expect(conditionName("Malignant neoplasm of unspecified site of right female breast")).toBe(
      "Malignant neoplasm of right female breast"
    )
    expect(
      conditionName(
        "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"
      )
    ).toBe("Fracture of the lower end of right radius")
    expect(withDash("M17", false)).toBe("M17.-")
    expect(withDash("M17.1", false)).toBe("M17.1-")
  })
})

describe("wordings that close an axis or tell a result", () => {
  const { headings } = compileLexicon(repositoryLexicon())
  for (const phrase of repositoryLexicon().gapPhrases ?? []) {
    it(phrase.id, () => {
      const phrases = new Phrases([phrase])
      const holds = (text: string) => {
        const read = readDocument(text, headings)
        return phrases.in(read, { first: 0, last: read.atoms.count }).length > 0
      }
      for (const text of phrase.examples.fires) expect(holds(text), text).toBe(true)
      for (const text of phrase.examples.quiet) expect(holds(text), text).toBe(false)
    })
  }
})

describe.skipIf(!whole)("gaps of the classification", () => {
  it("name the axis, its values and what each leads to", () => {
    const [gap, ...others] = gapsOf("ASSESSMENT\nKnee osteoarthritis, primary.")
    expect(others).toEqual([])
    expect(gap).toMatchObject({ axis: "laterality", severity: "medium", folded: false, level: "specificity" })
    expect(gap?.options.map(({ code }) => code)).toEqual(expect.arrayContaining(["M17.11", "M17.12"]))
    expect(gap?.question).not.toMatch(/right|left/i)
  })

  it("are not there when the axis is answered", () => {
    for (const text of [
      "ASSESSMENT\nPrimary osteoarthritis of the right knee.",
      "ASSESSMENT\nChronic kidney disease stage 4.",
      "ASSESSMENT\nMild persistent asthma.",
      "ASSESSMENT\nParoxysmal atrial fibrillation."
    ])
      expect(named(gapsOf(text)), text).toEqual([])
    expect(named(gapsOf("ASSESSMENT\nAtrial fibrillation."))).toEqual(["I48.91 acuity"])
  })

  it("look through the chart first, and take no side from another place", () => {
    const found = (text: string) => gapsOf(text).find(({ axis }) => axis === "laterality")?.foundElsewhere
    const knee = "EXAM\nThe right knee is swollen.\nASSESSMENT\nKnee osteoarthritis, primary."
    const answer = found(knee)
    expect(answer).toMatchObject({ value: "right", section: "exam" })
    expect(knee.slice(answer?.start, answer?.end)).toBe(answer?.quote)
    expect(answer?.quote).toBe("right knee")
    expect(found("EXAM\nThe right ear is red.\nASSESSMENT\nKnee osteoarthritis, primary.")).toBeUndefined()
    expect(found("EXAM\nNo right knee effusion.\nASSESSMENT\nKnee osteoarthritis, primary.")).toBeUndefined()
    expect(
      found("EXAM\nRight knee and left knee are warm.\nASSESSMENT\nKnee osteoarthritis, primary.")
    ).toBeUndefined()
    expect(
      found("FAMILY HISTORY\nMother: right knee replaced.\nASSESSMENT\nKnee osteoarthritis, primary.")
    ).toBeUndefined()
  })

  it("are silent where nobody can know, and where no documentation would tell", () => {
    for (const text of [
      "ASSESSMENT\nKnee osteoarthritis, primary, side unknown.",
      "ASSESSMENT\nAtrial fibrillation, type unable to be determined.",
      "ASSESSMENT\nHypertension.",
      "ASSESSMENT\nViral upper respiratory infection.",
      "ASSESSMENT\nAbdominal pain.",
      "ASSESSMENT\nPneumonia.",
      "ASSESSMENT\nLong term use of insulin.",
      "ASSESSMENT\nCOPD."
    ])
      expect(named(gapsOf(text)), text).toEqual([])
  })

  it("are none where every mention is wanted", () => {
    expect(gapsOf("ASSESSMENT\nKnee pain.", { allMentions: true })).toEqual([])
  })

  it("ask for the 7th character of an injury whose encounter nothing tells", () => {
    const gaps = gapsOf("ASSESSMENT\nRight elbow contusion.")
    expect(named(gaps)).toEqual(["S50.01 7th character"])
    expect(gaps[0]?.options.map(({ code }) => code)).toEqual(["S50.01XA", "S50.01XD", "S50.01XS"])
    expect(gaps[0]?.question).toBeUndefined()
    expect(named(gapsOf("HPI: Fell yesterday.\nASSESSMENT\nRight elbow contusion."))).toEqual([])
  })

  it("fold all but the most telling axis of a condition, and stay few", () => {
    const gaps = gapsOf("ASSESSMENT\nDistal radius fracture.")
    expect(gaps.filter(({ folded }) => !folded)).toHaveLength(1)
    expect(gaps.length).toBeLessThanOrEqual(3)
    expect(gaps[0]).toMatchObject({ axis: "laterality", severity: "medium" })
  })

  it("quote what they rest on, have keys of their own and come out the same again, whatever the chart", () => {
    const line = fc.constantFrom(
      "ASSESSMENT",
      "PLAN",
      "EXAM",
      "HPI: left ankle swollen after a fall.",
      "Knee pain.",
      "Ankle sprain, initial encounter.",
      "Chronic kidney disease.",
      "Asthma, stage unknown.",
      "Atrial fibrillation.",
      "Right shoulder is tender. 😀",
      "Distal radius fracture.",
      "Foot ulcer.",
      "No left knee effusion.",
      "Depression, mild."
    )
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 9 }), (lines) => {
        const text = lines.join("\n")
        const gaps = gapsOf(text)
        for (const { evidence, foundElsewhere, options } of gaps) {
          for (const { start, end, quote } of evidence) expect(text.slice(start, end)).toBe(quote)
          if (foundElsewhere) {
            const { start, end, quote, value } = foundElsewhere
            expect(text.slice(start, end)).toBe(quote)
            expect(options.map((each) => each.value)).toContain(value)
          }
        }
        expect(new Set(gaps.map(({ key }) => key)).size).toBe(gaps.length)
        expect(gapsOf(text)).toEqual(gaps)
      }),
      { numRuns: 25 }
    )
  }, 60_000)
})
