/** Claims that would be wrong: half-denied wordings, doubts of a stay, what the chart takes back, the same said twice. */
import { describe, expect, it } from "vitest"
import { rememberedWords } from "@/classification/words"
import { createEngine } from "@/engine/index"
import { deniesAlike, signedWords } from "@/engine/match/polarity"
import type { ChartDocument, Findings, SuggestRequest } from "@/engine/types"
import { smallEngine, smallLexicon, smallPack } from "./small-parts"

const engine = smallEngine()

function suggest(chart: string | ChartDocument[], more: Partial<SuggestRequest> = {}): Findings {
  const documents = typeof chart === "string" ? [{ doc: "", text: chart }] : chart
  return engine.suggest({ documents, date: "2026-01-15", ...more })
}

const codes = (findings: Findings, tier?: "code" | "consider") =>
  findings.suggestions.filter((each) => tier === undefined || each.tier === tier).map((each) => each.code)
const why = (findings: Findings, code: string) => findings.suppressed.find((each) => each.code === code)

describe("words that are denied inside a wording", () => {
  it("do not satisfy a term", () => {
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia without obstruction."))).toEqual(["K42.9"])
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia, no obstruction seen."))).toEqual(["K42.9"])
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia with obstruction."))).toEqual(["K42.0"])
  })

  it("satisfy a term that denies the same", () => {
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia without obstruction or gangrene."))).toEqual(["K42.9"])
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia with obstruction, without gangrene."))).toEqual([
      "K42.0"
    ])
    expect(codes(suggest("ASSESSMENT\nUmbilical hernia with gangrene, without obstruction."))).toEqual([
      "K42.1"
    ])
  })

  it("keep their own denial: 'feet, no ulcer' is no ulcer of the foot", () => {
    const findings = suggest("EXAM\nFeet warm and dry, no ulcer.")
    expect(codes(findings)).toEqual([])
    expect(findings.suppressed.map((each) => each.reason)).toEqual(["negated"])
    expect(codes(suggest("ASSESSMENT\nUlcer of the foot."))).toEqual(["L97.5"])
  })

  it("are told apart in titles and notes", () => {
    expect(signedWords("Umbilical hernia with obstruction, without gangrene")).toEqual([
      "umbilical",
      "hernia",
      "obstruction",
      "-gangrene"
    ])
    expect(signedWords("Laceration without foreign body, right foot, initial encounter")).toEqual(
      expect.arrayContaining(["-foreign", "-body", "right", "initial", "encounter"])
    )
    const lower = "hernia without obstruction with gangrene".split(" ")
    const placed = ["hernia", "without", "obstruction", "gangrene"].map((word) => ({
      word,
      first: lower.indexOf(word)
    }))
    expect(deniesAlike(["hernia", "-obstruction", "gangrene"], placed, lower)).toBe(true)
    expect(deniesAlike(["hernia", "obstruction", "-gangrene"], placed, lower)).toBe(false)
  })
})

describe("words of another concept", () => {
  it("are not borrowed across a list", () => {
    const findings = suggest("ASSESSMENT\nObstructive sleep apnea on oxygen and esophagus reflux disease.")
    expect(codes(findings)).toContain("G47.33")
    expect(codes(findings)).not.toContain("K22.2")
    expect(codes(suggest("ASSESSMENT\nObstruction of the esophagus."))).toEqual(["K22.2"])
  })

  it("are not borrowed to refine", () => {
    const found = codes(suggest("HPI: Chronic obstructive pulmonary disease, three days of cough."))
    expect(found).toContain("J44.9")
    expect(found).not.toContain("R05.3")
    expect(codes(suggest("HPI: Chronic cough for months."))).toEqual(["R05.3"])
  })

  it("are no gloss: what stands in brackets belongs to its own word", () => {
    const found = codes(suggest("ASSESSMENT\nChronic kidney disease (esophagus)."))
    expect(found).toEqual(["N18.9"])
  })

  it("make no vague disease of another's name", () => {
    expect(codes(suggest("ASSESSMENT\nMetastatic disease near the esophagus."))).toEqual([])
    expect(codes(suggest("ASSESSMENT\nDisease of the esophagus."))).toEqual(["K22.9"])
  })

  it("are shared behind a link", () => {
    expect(codes(suggest("ASSESSMENT\nType 2 diabetes with hypertension and neuropathy."))).toContain(
      "E11.40"
    )
  })
})

describe("words that a note may leave out", () => {
  it("go without saying only for the codes they are listed with", () => {
    const fracture = "ASSESSMENT: Fracture of the left distal radius."
    const optional = (codes: string[]) =>
      createEngine({
        packs: [smallPack()],
        lexicon: {
          ...smallLexicon,
          optionalWords: [{ id: "opt.lower", term: "lower", reason: "test", codes }],
          synonyms: [{ id: "syn.distal", term: "distal", words: "end", examples: { fires: [], quiet: [] } }]
        }
      }).suggest({ documents: [{ doc: "", text: fracture }], date: "2026-01-15" })
    expect(codes(optional(["S00-T88"]))).toEqual(["S52.502"])
    expect(codes(optional(["A00-B99"]))).toEqual([])
  })
})

describe("acronyms of the Index", () => {
  it("are no ordinary words", () => {
    expect(codes(suggest("ASSESSMENT\nEpisode of PAT."))).toEqual(["I47.19"])
    expect(codes(suggest("ASSESSMENT\nGive the wound a pat dry."))).toEqual([])
    expect(codes(suggest("ASSESSMENT\nPat Smith is well."))).toEqual([])
    expect(codes(suggest("ASSESSMENT\nGIVE THE WOUND A PAT DRY."))).toEqual([])
  })
})

describe("uncertain diagnoses", () => {
  const discharge = "DISCHARGE DIAGNOSIS: Probable pneumonia."

  it("count for the facility's claim of a stay, as the provider left it", () => {
    expect(codes(suggest(discharge, { setting: "inpatient" }), "code")).toEqual(["J18.9"])
    expect(
      codes(suggest("DISCHARGE SUMMARY\nASSESSMENT: Probable pneumonia.", { setting: "inpatient" }))
    ).toEqual(["J18.9"])
  })

  it("never count in a note on the way, nor for other claims", () => {
    const onTheWay = suggest("ASSESSMENT: Rule out pneumonia.", { setting: "inpatient" })
    expect(codes(onTheWay)).toEqual([])
    expect(why(onTheWay, "J18.9")?.reason).toBe("uncertain")
    expect(codes(suggest(discharge, { setting: "professional" }))).toEqual([])
    expect(codes(suggest(discharge))).toEqual([])
  })
})

describe("what the chart takes back", () => {
  const admission = {
    doc: "h",
    text: "ASSESSMENT\n1. Pulmonary embolism.\n2. Hypertension.",
    date: "2026-01-10"
  }
  const summary = {
    doc: "d",
    text: "DISCHARGE SUMMARY\nHOSPITAL COURSE: Pulmonary embolism was ruled out.",
    date: "2026-01-14"
  }

  it("is no longer suggested, and the words are shown", () => {
    for (const documents of [
      [admission, summary],
      [summary, admission]
    ]) {
      const findings = suggest(documents, { setting: "inpatient" })
      expect(codes(findings)).toEqual(["I10"])
      expect(why(findings, "I26.99")).toMatchObject({
        reason: "negated",
        rule: "conv.contradicted",
        trigger: { doc: "d", text: "was ruled out" }
      })
    }
  })

  it("stays when it is assessed after that, or only denied", () => {
    const text = "HPI: Pulmonary embolism was ruled out in spring.\nASSESSMENT: Pulmonary embolism."
    expect(codes(suggest(text))).toEqual(["I26.99"])
    const denied = [
      { doc: "a", text: "ASSESSMENT\nHypertension.", date: "2026-01-10" },
      { doc: "b", text: "ROS: Denies hypertension.", date: "2026-01-11" }
    ]
    expect(codes(suggest(denied))).toEqual(["I10"])
  })
})

describe("the same condition said twice", () => {
  it("goes by the diagnosis after the operation", () => {
    const text =
      "PREOPERATIVE DIAGNOSIS: Hypertension. Umbilical hernia.\nPOSTOPERATIVE DIAGNOSIS: Umbilical hernia."
    const findings = suggest(text)
    expect(codes(findings)).toEqual(["K42.9"])
    expect(why(findings, "I10")).toMatchObject({ reason: "superseded", rule: "section.postop-diagnosis" })
    expect(
      codes(suggest("PREOPERATIVE DIAGNOSIS: Umbilical hernia.\nPOSTOPERATIVE DIAGNOSIS: Same."))
    ).toEqual(["K42.9"])
  })

  it("drops what denies by default what is said elsewhere", () => {
    const findings = suggest(
      "HPI: Cholelithiasis.\nASSESSMENT: Calculus of gallbladder with chronic cholecystitis."
    )
    expect(codes(findings)).toEqual(["K80.10"])
    expect(why(findings, "K80.20")?.reason).toBe("superseded")
  })

  it("drops the unspecified beside its kind", () => {
    const kinds = suggest("ASSESSMENT\n1. Pneumonia.\n2. Aspiration pneumonia.")
    expect(codes(kinds)).toEqual(["J69.0"])
    expect(why(kinds, "J18.9")).toMatchObject({ reason: "superseded", rule: "conv.nec-nos" })
  })

  it("leaves what an Excludes1 note makes part of another to be considered, with the note", () => {
    for (const text of [
      "1. Heart failure.\n2. Acute pulmonary edema.",
      "1. Acute pulmonary edema.\n2. Heart failure."
    ]) {
      const excluded = suggest(`ASSESSMENT\n${text}`)
      expect(codes(excluded, "code")).toEqual(["I50.9"])
      expect(codes(excluded, "consider")).toEqual(["J81.0"])
      expect(excluded.suggestions[1]?.caution).toEqual({
        rule: "conv.excludes1",
        text: expect.stringContaining("pulmonary edema with heart failure")
      })
      expect(why(excluded, "J81.0")).toBeUndefined()
    }
  })

  it("is replaced by the code that says both, which names its rule", () => {
    const findings = suggest("ASSESSMENT\n1. Hypertension.\n2. Heart failure.")
    expect(codes(findings).sort()).toEqual(["I11.0", "I50.9"])
    expect(why(findings, "I10")).toMatchObject({ reason: "superseded", rule: "conv.combination" })
    const joined = findings.suggestions.find((each) => each.code === "I11.0")
    expect(joined?.evidence[0]?.via).toContain("comb.hypertension-heart-failure")
  })
})

describe("the phase of an injury", () => {
  const injury = "ASSESSMENT: Fracture of the left distal radius."

  it("is a choice as long as nothing tells it", () => {
    const [only] = suggest(injury).suggestions
    expect(only).toMatchObject({ code: "S52.502", billable: false })
    const axis = only?.axes.find((each) => each.axis === "7th character")
    expect(axis?.value).toBeUndefined()
    expect(axis?.options.map((each) => each.code)).toEqual(["S52.502A", "S52.502D"])
  })

  it("is A where the note tells of active treatment", () => {
    for (const told of [
      `HPI: Fell yesterday.\n${injury}`,
      `${injury} Splint applied.`,
      `EMERGENCY DEPARTMENT NOTE\n${injury}`
    ])
      expect(codes(suggest(told))).toEqual(["S52.502A"])
    expect(codes(suggest(`HPI: Fell yesterday.\n${injury}\nPLAN: Cast removal in four weeks.`))).toEqual([
      "S52.502A"
    ])
    expect(codes(suggest([{ doc: "", text: injury, kind: "emergency-note" }]))).toEqual(["S52.502A"])
    expect(codes(suggest(`HPI: Fell yesterday a year back.\n${injury} Healing.`))).toEqual(["S52.502D"])
  })
})

describe("the list", () => {
  it("keeps the provider's order among near ties and never rises in score", () => {
    for (const listed of [
      ["Hypertension", "Depression", "Heart failure"],
      ["Depression", "Umbilical hernia", "Chronic cough"]
    ]) {
      const { suggestions } = suggest(
        `ASSESSMENT\n${listed.map((each, i) => `${i + 1}. ${each}.`).join("\n")}`
      )
      const place = suggestions.map((each) => each.evidence[0]?.start ?? 0)
      expect(place).toEqual([...place].sort((a, b) => a - b))
      const scores = suggestions.map((each) => each.score)
      expect(scores).toEqual([...scores].sort((a, b) => b - a))
    }
  })

  it("speaks of another code set only with a code of it, and once of a missing date", () => {
    const hcpcs = smallPack()
    const other = { ...hcpcs, info: { ...hcpcs.info, id: "other", system: "HCPCS" as const } }
    const both = createEngine({
      packs: [smallPack(), Object.assign(Object.create(hcpcs), other)],
      lexicon: smallLexicon
    })
    const dateless = both.suggest({ documents: [{ doc: "", text: "ASSESSMENT: Depression." }] })
    expect(dateless.notices.filter((each) => each.startsWith("No date"))).toHaveLength(1)
    const late = both.suggest({ documents: [{ doc: "", text: "" }], date: "2020-01-01" })
    expect(late.notices.some((each) => each.includes("HCPCS"))).toBe(false)
  })
})

describe("memory", () => {
  it("holds no word of the note when the answer is out", () => {
    suggest("ASSESSMENT: Hypertension in Xantippa Quorumbly.")
    expect(rememberedWords()).toBe(0)
    engine.assert({ text: "No hypertension in Xantippa.", span: [3, 15] })
    expect(rememberedWords()).toBe(0)
  })
})
