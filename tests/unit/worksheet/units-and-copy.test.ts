import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { claimRows } from "@/worksheet/claim-rows"
import { copyables, copySheet, copyText } from "@/worksheet/copy-sheet"
import { drugUnits, modifiersFor } from "@/worksheet/drug-units"
import { EMPTY_SHEET, type Sheet } from "@/worksheet/sheet"
import { candidatesOf, type FoundCode, looksLikeCpt, readTyped } from "@/worksheet/typed-code"
import { diagnosis, procedure } from "./random-actions"

const KETOROLAC = "Injection, ketorolac tromethamine, per 15 mg"
const units = (title: string, given: string, discarded?: string) => {
  const answer = drugUnits(title, { given, ...(discarded === undefined ? {} : { discarded }) })
  return answer.ok ? answer.units : answer.why
}

describe("from a dose to units", () => {
  it.each([
    ["Injection, x, 10 mg", "60 mg", 6],
    [KETOROLAC, "60 mg", 4],
    [KETOROLAC, "50 mg", 4],
    [KETOROLAC, "1 g", 67],
    ["Injection, dexamethasone sodium phosphate, 1 mg", "0.5 mg", 1],
    ["Injection, epoetin alfa, 1000 units", "10,000 units", 10],
    [KETOROLAC, "30", 2]
  ])("%s, %s given: %i", (title, given, expected) => {
    expect(units(title, given)).toMatchObject({ given: expected, discarded: 0, none: false })
  })

  it("what was discarded of the container is told with JW, nothing with JZ", () => {
    expect(units("Injection, x, 10 mg", "60 mg", "40 mg")).toMatchObject({ given: 6, discarded: 4 })
    expect(units("Injection, x, 10 mg", "60 mg", "0")).toMatchObject({ discarded: 0, none: true })
    expect(units("Injection, x, 10 mg", "60 mg", "0 mg")).toMatchObject({ none: true })
    expect(units("Injection, x, 10 mg", "60 mg", "")).toMatchObject({ none: true })
    // 7 mg used and 3 mg discarded of 10 mg are one unit: nothing is left to report.
    expect(units("Injection, x, 10 mg", "7 mg", "3 mg")).toMatchObject({
      given: 1,
      discarded: 0,
      none: false,
      sum: expect.stringContaining("nothing to report with JW")
    })
  })

  it("never reports more units than the container held", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (given, discarded) => {
        const found = units("Injection, x, 10 mg", `${given} mg`, `${discarded} mg`)
        if (typeof found === "string") throw new Error(found)
        expect(found.given).toBe(Math.ceil(given / 10))
        expect(found.given + found.discarded).toBe(Math.ceil((given + discarded) / 10))
      })
    )
  })

  it("says what is wrong instead of guessing", () => {
    expect(units("Crutches, underarm, wood, pair", "60 mg")).toMatch(/names no amount/)
    expect(units(KETOROLAC, "2 mL")).toMatch(/cannot be turned/)
    expect(units(KETOROLAC, "sixty")).toMatch(/60 mg/)
    expect(units(KETOROLAC, "60 mg", "some")).toMatch(/discarded/)
  })

  it("the modifiers follow the amount", () => {
    const said = drugUnits("Injection, x, 10 mg", { given: "10 mg", discarded: "" })
    if (!said.ok) throw new Error(said.why)
    expect(modifiersFor({ modifiers: ["59", "JW"] }, said.units)).toEqual(["59", "JZ"])
    expect(modifiersFor({ modifiers: ["JZ"] }, { ...said.units, none: false })).toEqual([])
  })
})

const SHEET: Sheet = {
  ...EMPTY_SHEET,
  diagnoses: [diagnosis("E11.42"), diagnosis("I10")],
  procedures: [
    procedure("99213", "visit", { modifiers: ["25"], pointers: ["E11.42", "I10"], units: 1 }),
    procedure("J1885", "drug", {
      title: KETOROLAC,
      pointers: ["I10"],
      units: 4,
      drug: { given: "60 mg", discarded: "30 mg" }
    })
  ]
}

describe("the sheet as a claim and on the clipboard", () => {
  it("what was discarded is a line of its own", () => {
    expect(
      claimRows(SHEET).map(({ code, modifiers, units, pointers }) => [code, modifiers, pointers, units])
    ).toEqual([
      ["99213", ["25"], ["A", "B"], 1],
      ["J1885", [], ["B"], 4],
      ["J1885", ["JW"], ["B"], 2]
    ])
  })

  it("has every shape", () => {
    expect(copySheet(SHEET, { style: "lines", shape: "dot" })).toBe("E11.42\nI10\n99213-25\nJ1885\nJ1885-JW")
    expect(copySheet(SHEET, { style: "comma", shape: "no-dot" })).toBe(
      "E1142, I10, 99213-25, J1885, J1885-JW"
    )
    expect(copySheet(SHEET, { style: "row", shape: "dot" })).toBe("E11.42\tI10\t99213-25\tJ1885\tJ1885-JW")
    expect(copySheet(SHEET, { style: "titles", shape: "dot" }).split("\n").slice(0, 3)).toEqual([
      "E11.42 Title of E11.42",
      "I10 Title of I10",
      "99213-25"
    ])
    expect(copySheet(SHEET, { style: "cms1500", shape: "dot" })).toBe(
      "A. E1142\tB. I10\n99213\t25\tAB\t1\nJ1885\t\tB\t4\nJ1885\tJW\tB\t2"
    )
    expect(copySheet(EMPTY_SHEET, { style: "cms1500", shape: "dot" })).toBe("")
  })

  it("CMS-1500 has twelve letters; the others are named", () => {
    const codes = Array.from({ length: 13 }, (_, at) => `E${10 + at}.9`)
    const sheet = { ...EMPTY_SHEET, diagnoses: codes.map((code) => diagnosis(code)) }
    const text = copySheet(sheet, { style: "cms1500", shape: "dot" })
    expect(text.split("\n")).toHaveLength(4)
    expect(text).toContain("L. E219")
    expect(text).toContain("Not on this claim (beyond L): E229")
  })

  it("one by one for the queue, in the order of the claim", () => {
    expect(copyables(SHEET).map((each) => copyText(each, "dot"))).toEqual([
      "E11.42",
      "I10",
      "99213-25",
      "J1885",
      "J1885-JW"
    ])
  })
})

describe("a code that is typed", () => {
  it.each([
    ["e11.9", { code: "E11.9", modifiers: [] }],
    ["99213-25", { code: "99213", modifiers: ["25"] }],
    ["97110 gp 59 x2", { code: "97110", modifiers: ["GP", "59"], units: 2 }],
    ["J1885, JZ, 4u", { code: "J1885", modifiers: ["JZ"], units: 4 }]
  ])("%s", (text, expected) => {
    expect(readTyped(text)).toEqual(expected)
  })

  it.each([
    "",
    "diabetes",
    "E11.9 and more",
    "99213 x0",
    "99213 1 2 3 4 5",
    "type 2"
  ])("%s is no code", (text) => {
    expect(readTyped(text)).toBeUndefined()
  })

  it("may be a code of two systems; a number that no set has is an opaque line of CPT", () => {
    const known: FoundCode[] = [
      { system: "ICD-10-CM", code: "E11.40", title: "Neuropathy", billable: true },
      { system: "HCPCS", code: "E1140", title: "Wheelchair", billable: true }
    ]
    const find = ({ system, code }: { system: string; code: string }) =>
      known.find((each) => each.system === system && each.code.replace(".", "") === code.replace(".", ""))
    const systems = (text: string) => candidatesOf(readTyped(text)!, find).map(({ system }) => system)
    expect(systems("e1140")).toEqual(["ICD-10-CM", "HCPCS"])
    expect(systems("e11.40")).toEqual(["ICD-10-CM"])
    expect(candidatesOf(readTyped("99213")!, find)).toEqual([
      { system: "CPT", code: "99213", title: "", billable: true }
    ])
    expect(systems("Q9999")).toEqual([])
    expect(looksLikeCpt("0001U")).toBe(true)
    expect(looksLikeCpt("J1885")).toBe(false)
  })
})
