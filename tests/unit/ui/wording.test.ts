import { describe, expect, it } from "vitest"
import type { CodePack } from "@/classification/pack-api"
import { plainAxes } from "@/ui/session/axes"
import { codeFacts } from "@/ui/session/code-facts"
import { answerRows } from "@/ui/session/lookup-rows"
import { commonReadings, readingOf, sourceName, wayOf } from "@/ui/session/wording"
import { DIABETES, fakePack, packInfo } from "./fake-pack"

describe("the way to a code, in words", () => {
  it.each([
    ["title", "Title of the code"],
    ["includes; syn.tingling", "Inclusion term; synonym tingling"],
    [
      "title; syn.history-of-colon-polyps, syn.colon-polyp",
      "Title of the code; synonym history of colon polyps, colon polyp"
    ],
    [
      "index: Hypertension, hypertensive; comb.hypertension-and-kidney-disease",
      "Index: Hypertension, hypertensive; combined by convention: hypertension and kidney disease"
    ],
    ["brand name: brand.ketorolac", "Brand name: ketorolac"],
    ["supply.walker", "Supply: walker"]
  ])("%s", (via, said) => {
    expect(wayOf(via)).toBe(said)
  })

  it("of a result: shorthand apart, and nothing where the title says it", () => {
    expect(
      readingOf("title (ckd 3b = chronic kidney disease stage 3b; dm2 = type 2 diabetes mellitus)")
    ).toEqual({
      way: "",
      readings: ["ckd 3b = chronic kidney disease stage 3b", "dm2 = type 2 diabetes mellitus"]
    })
    expect(readingOf("index: Cyst (see Abscess)").way).toBe("via index: Cyst (see Abscess)")
    expect(readingOf("beside the first result").way).toBe("beside the first result")
  })

  it("shorthand that all results read alike is common; what is read in two ways stays with each", () => {
    const vias = [
      "title (ms = mitral stenosis; hx = history)",
      "title (ms = multiple sclerosis; hx = history)"
    ]
    expect(commonReadings(vias)).toEqual(["hx = history"])
    const hit = { system: "ICD-10-CM" as const, title: "", billable: true, score: 1, pack: "p" }
    const results = vias.map((via, n) => ({ ...hit, code: `A0${n}`, via }))
    const [group] = answerRows({ results }, { pins: [], recents: [] }, () => undefined)
    expect(group?.rows.map((row) => row.kind === "hit" && row.via)).toEqual([
      "ms = mitral stenosis",
      "ms = multiple sclerosis"
    ])
  })

  it("names sources, not their ids", () => {
    expect(sourceName("pypi:simple-icd-10-cm")).toBe("Python package simple-icd-10-cm")
    expect(sourceName("local-release")).not.toContain("local-release")
  })
})

describe("measures of a drug", () => {
  it("dose and units are shown as the note says them, and said to be missing where it does not", () => {
    const axes = [
      { axis: "dose given", value: "600 mg", options: [] },
      { axis: "units of 100 mg", options: [] }
    ]
    expect(plainAxes(axes, "J1741")).toEqual([
      { name: "Dose given", options: [{ label: "600 mg", code: undefined, selected: true }] },
      { name: "Units of 100 mg", options: [{ label: "not in the note", code: undefined, selected: false }] }
    ])
  })
})

describe("a HCPCS record", () => {
  it("is told in words, without fields that only a payment system reads", () => {
    const plain = fakePack(packInfo(), DIABETES)
    const pack: CodePack = {
      ...plain,
      find: plain.find,
      attributes: () => ({
        hcpcs: {
          short: "Ketorolac inj",
          pricing: "51",
          multiplePricing: "A",
          coverage: "D",
          actionEffective: "2025-01-01"
        }
      })
    }
    const texts = codeFacts(pack, 0).plain.map(({ text }) => text)
    expect(texts).toContain("Short description: Ketorolac inj")
    expect(texts).toContain("Pricing: 51, drugs")
    expect(texts).toContain("Coverage: D, special coverage instructions apply")
    expect(texts).toContain("Last changed on 1 January 2025")
    expect(texts.join()).not.toMatch(/multiplePricing/i)
  })
})
