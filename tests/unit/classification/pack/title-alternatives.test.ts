import { describe, expect, it } from "vitest"
import type { ModelIndexEntry } from "@/classification/model"
import { IndexTree } from "@/classification/pack/index-tree"
import { titleAlternatives } from "@/classification/pack/title-alternatives"

const ways = (title: string): string =>
  titleAlternatives(title)
    .map((set) => set.join(" "))
    .join(" | ")

describe("the ways in which a title says the same", () => {
  it.each([
    ["Diabetes, diabetic", "diabetes | diabetic"],
    ["Fall, falling", "fall | falling"],
    ["Bite, bitten by", "bite | bitten"],
    ["Tear, torn", "tear | torn"],
    ["Discitis, diskitis", "discitis | diskitis"],
    ["acute or subacute", "acute | subacute"],
    ["due to ice or snow", "ice | snow"],
    ["Adams-Stokes disease or syndrome", "adam stoke disease | adam stoke syndrome"],
    ["Reiter's disease, syndrome, or urethritis", "reiter disease | reiter syndrome | reiter urethritis"],
    ["Carotid body or sinus syndrome", "carotid body syndrome | carotid sinus syndrome"],
    ["Biting, cheek or lip", "biting cheek | biting lip"],
    ["Anaphylactic shock, anaphylaxis", "anaphylactic shock | anaphylaxis"],
    ["Mottled, mottling, teeth", "mottled tooth | mottling tooth"],
    ["Electric current, electricity, effects", "electric current effect | electricity effect"],
    ["Klumpke palsy, paralysis", "klumpke palsy | klumpke paralysis"],
    ["with or without", ""],
    ["due to", ""]
  ])("%s", (title, wanted) => {
    expect(ways(title)).toBe(wanted)
  })

  it.each([
    ["laryngeal nerve, recurrent", "laryngeal nerve recurrent"],
    ["Fracture, pathological", "fracture pathological"],
    ["Hypercalcemia, hypocalciuric, familial", "hypercalcemia hypocalciuric familial"],
    ["leg, lower", "leg lower"]
  ])("%s needs all its words: the comma inverts", (title, wanted) => {
    expect(ways(title)).toBe(wanted)
  })
})

/** Lines as "  title (modifier) = code", two blanks a level. */
function tree(text: string, source: ModelIndexEntry["source"] = "disease"): ModelIndexEntry[] {
  const open: number[] = []
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, at) => {
      const level = line.search(/\S/) / 2
      open.length = level
      const nonessential = [...line.matchAll(/\(([^)]*)\)/g)].map((match) => match[1]!)
      const title = line.replace(/\([^)]*\)/g, "").trim()
      const entry: ModelIndexEntry = { source, parent: open[level - 1] ?? -1, title, nonessential }
      open[level] = at
      return entry
    })
}

describe("references of the index", () => {
  const lines = tree(`
Abuse
  drug NEC
    sedative, hypnotic or anxiolytic
Abscess
  limb
    upper
    lower
Burn
  abdomen, abdominal (wall)
  canthus (eye)
  eye and adnexa
Diabetes, diabetic
  with
    cataract
Syndrome
  irritable
    bowel
Dystrophy, dystrophia
  retinal
Tear, torn
  meniscus
Exposure (to)
  cold NEC
`)
  const index = new IndexTree([
    ...lines,
    ...tree("Exposure (to)\n  fire, flames (accidental)\n", "external").map((entry) => ({
      ...entry,
      parent: entry.parent < 0 ? -1 : entry.parent + lines.length
    }))
  ])
  const path = (reference: string, from?: ModelIndexEntry["source"]): string | undefined => {
    const target = index.resolve(reference, from)
    return (
      target &&
      index
        .path(target.entry)
        .map((at) => index.entries[at]!.title)
        .join(" / ")
    )
  }

  it.each([
    ["Abuse, drug, sedative", "Abuse / drug NEC / sedative, hypnotic or anxiolytic"],
    ["Abscess, upper limb", "Abscess / limb / upper"],
    ["Burn, abdominal wall", "Burn / abdomen, abdominal"],
    ["Burn, eye", "Burn / eye and adnexa"],
    ["Diabetes, cataract", "Diabetes, diabetic / with / cataract"],
    ["Syndrome, irritable bowel", "Syndrome / irritable / bowel"],
    ["Dystrophy, retina", "Dystrophy, dystrophia / retinal"],
    ["Tear, meniscus", "Tear, torn / meniscus"],
    ["Index to Diseases and Injuries, Diabetes, with cataract", "Diabetes, diabetic / with / cataract"]
  ])("%s", (reference, wanted) => {
    expect(path(reference)).toBe(wanted)
  })

  it("stay in their own index when both have the term", () => {
    expect(path("Exposure, fire", "external")).toBe("Exposure / fire, flames")
    expect(path("Exposure, cold", "disease")).toBe("Exposure / cold NEC")
    expect(path("Exposure", "external")).toBe("Exposure")
    expect(index.resolve("Exposure", "external")?.entry).toBe(lines.length)
    expect(index.resolve("Exposure", "disease")?.entry).toBeLessThan(lines.length)
  })

  it.each([
    "condition",
    "Sprain, ankle",
    "Burn, knee",
    "Abuse, drug, opioid",
    ""
  ])("%s leads nowhere", (reference) => {
    expect(path(reference)).toBeUndefined()
  })
})
