/** Drugs and supplies that a note says were given here. All texts are our own. */
import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import { dosesIn, unitsOf } from "@/engine/procedures/dose"
import { readDrugTitle } from "@/engine/procedures/drug-codes"
import type { Setting } from "@/engine/types"
import { repositoryLexicon } from "../../lexicon/read-files"
import { hcpcsPack } from "./hcpcs-pack"

const lexicon = repositoryLexicon()
const engine = createEngine({ packs: [hcpcsPack()], lexicon })

function suggestions(text: string, setting: Setting = "outpatient", date = "2026-01-15") {
  return engine
    .suggest({ documents: [{ doc: "", text }], setting, date })
    .suggestions.filter(({ system }) => system === "HCPCS")
}

/** "J0696 code 4": code, tier, units. */
const found = (text: string, setting?: Setting) =>
  suggestions(text, setting).map(({ code, tier, axes }) =>
    [code, tier, axes.find(({ axis }) => axis.startsWith("units"))?.value].filter(Boolean).join(" ")
  )

describe("drugs given", () => {
  it.each([
    ["Ceftriaxone 1 g IM given in the left gluteus.", ["J0696 code 4"]],
    ["The right knee was injected with 40 mg triamcinolone (Kenalog).", ["J3301 code 4"]],
    ["Toradol 60 mg IM administered.", ["J1885 code 4"]],
    ["She received 30 mg of IV Toradol and 4 mg IV Zofran.", ["J1885 code 2", "J2405 code 4"]],
    ["Bicillin L-A 1.2 million units IM was given.", ["J0561 code 12"]],
    ["B12 1000 mcg IM administered today.", ["J3420 code 1"]],
    ["Haldol decanoate 100 mg IM given.", ["J1631 code 2"]],
    ["Haldol 5 mg IM given.", ["J1630 code 1"]],
    ["Depo-Medrol 80 mg was injected into the bursa.", ["J1010 code 80"]],
    ["Medications given in ED: Rocephin 500 mg IM, Zofran 4 mg IV.", ["J0696 code 2", "J2405 code 4"]],
    ["Botox 155 units injected per protocol.", ["J0585 code 155"]]
  ])("%s", (text, expected) => {
    expect(found(text).sort()).toEqual(expected)
  })

  it("are to be verified when the dose is missing or the drug was only ordered", () => {
    expect(found("Toradol IM given.")).toEqual(["J1885 consider"])
    expect(found("Ordered Rocephin 1 g IM.")).toEqual(["J0696 consider 4"])
  })

  it("are to be verified when the drug is taken by mouth as well and no route is told", () => {
    expect(found("Zofran 4 mg given.")).toEqual(["J2405 consider 4"])
    expect(suggestions("Zofran 4 mg given.")[0]?.axes).toContainEqual({ axis: "route", options: [] })
    expect(found("Rocephin 1 g given.")).toEqual(["J0696 code 4"])
  })

  it.each([
    "Medications: Humira 40 mg every 2 weeks. Prolia 60 mg every 6 months.",
    "Prescription for prednisone 20 mg sent to pharmacy.",
    "Zofran 4 mg ODT given.",
    "Zofran 4 mg by mouth was given.",
    "She takes Toradol 10 mg at home.",
    "Will inject Kenalog 40 mg at the next visit.",
    "No Toradol was given.",
    "Allergies: ceftriaxone.",
    "Past medical history: Kenalog 40 mg injection given in 2019.",
    "Was given a prescription for Zofran.",
    "The subcutaneous injection site looks well; 60 mg.",
    // Numbing the place is a part of the procedure; so is the epinephrine in it.
    "The wound was injected with 5 mL of 1% lidocaine with epinephrine.",
    "1% lidocaine with 1:100,000 epinephrine was injected.",
    // Told of another time, with neither a way nor a dose.
    "History of present illness: Her neighbor says she was given ketorolac.",
    "History of present illness: He was given oral antibiotics, cipro and ceftriaxone.",
    // A combination by mouth is not one of its parts.
    "Exam: He does well on the Vicodin that he was given last night.",
    "Percocet 325 mg given."
  ])("not: %s", (text) => {
    expect(found(text)).toEqual([])
  })

  it("are not on a facility's claim for a stay", () => {
    expect(found("Ceftriaxone 1 g IV given.", "inpatient")).toEqual([])
    expect(found("Ceftriaxone 1 g IV given.", "professional")).toEqual(["J0696 code 4"])
  })

  it("only by a code in force on the day", () => {
    const [drug] = suggestions("Depo-Medrol 40 mg was injected.", "outpatient", "2026-01-15")
    expect(drug).toMatchObject({ code: "J1010" })
  })

  it("quote the words they rest on", () => {
    const text = "After prep the knee was injected with 40 mg triamcinolone (Kenalog)."
    const [drug] = suggestions(text)
    expect(drug?.evidence.map(({ quote }) => quote)).toEqual(["triamcinolone", "Kenalog"])
    for (const { start, end, quote } of drug?.evidence ?? []) expect(text.slice(start, end)).toBe(quote)
    expect(drug?.evidence[1]?.via).toBe("brand name: brand.triamcinolone")
  })
})

describe("doses", () => {
  it.each([
    ["1 g", 1000, "mg"],
    ["0.5mg", 0.5, "mg"],
    ["1,000 mcg", 1, "mg"],
    ["1.2 million units", 1_200_000, "unit"],
    [".25 mg", 0.25, "mg"],
    ["4 cc", 4, "ml"]
  ])("reads %s", (text, amount, unit) => {
    const [dose] = dosesIn(`give ${text} now`)
    expect(dose?.unit).toBe(unit)
    expect(dose?.amount).toBeCloseTo(amount, 9)
    expect(dose?.text).toBe(text)
  })

  it("knows rates, concentrations and numbers of other things", () => {
    for (const text of ["5 mg/kg", "10 mg/mL", "A1C 7.2", "room 4g2", "2 grapes"])
      expect(dosesIn(text)).toEqual([])
  })

  it("counts a part of a unit as a whole one, and no rounding error", () => {
    const [per] = dosesIn("0.1 mg")
    expect(unitsOf(dosesIn("0.3 mg")[0]!, per!)).toBe(3)
    expect(unitsOf(dosesIn("0.31 mg")[0]!, per!)).toBe(4)
    expect(unitsOf(dosesIn("5 ml")[0]!, per!)).toBeUndefined()
  })
})

describe("titles of drugs", () => {
  it("take a way of giving or a formulation for no other name", () => {
    expect(readDrugTitle("Injection, risankizumab-rzaa, intravenous, 1 mg")?.alias).toBeUndefined()
    expect(readDrugTitle("Injection, doxorubicin hydrochloride, liposomal, 10 mg")).toMatchObject({
      name: ["doxorubicin"],
      narrows: ["liposomal"]
    })
  })

  it("are read into name, salts, what narrows them, and the unit", () => {
    expect(readDrugTitle("Injection, triamcinolone acetonide, preservative free, 1 mg")).toMatchObject({
      name: ["triamcinolone"],
      salts: ["acetonide"],
      narrows: ["preservative", "free"],
      per: { amount: 1, unit: "mg" }
    })
    expect(readDrugTitle("Injection, adrenalin, epinephrine, 0.1 mg")).toMatchObject({
      name: ["adrenalin"],
      alias: "epinephrine"
    })
    expect(readDrugTitle("Capecitabine, oral, 150 mg")).toBeUndefined()
  })
})

describe("the lexicon", () => {
  it.each(lexicon.supplies ?? [])("$id reads its examples", ({ examples }) => {
    for (const { text, code } of examples.fires)
      expect([text, found(text).map((each) => each.slice(0, 5))]).toEqual([text, [code]])
    for (const text of examples.quiet) expect([text, found(text)]).toEqual([text, []])
  })

  it("names each brand once, never as another drug's generic", () => {
    const seen = new Map<string, string>()
    const twice: string[] = []
    const generics = new Set((lexicon.drugBrands ?? []).map(({ generic }) => generic))
    for (const { id, brands } of lexicon.drugBrands ?? []) {
      for (const brand of brands) {
        if (seen.has(brand)) twice.push(`${brand}: ${seen.get(brand)} and ${id}`)
        if (generics.has(brand)) twice.push(`${brand} is a generic name`)
        seen.set(brand, id)
      }
    }
    expect(twice).toEqual([])
    console.log(`${generics.size} drugs, ${seen.size} brand names`)
    expect(seen.size).toBeGreaterThan(1000)
  })
})
