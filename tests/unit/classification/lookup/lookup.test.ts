import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createLookup, expansionsOf } from "@/classification/lookup"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { LookupAnswer } from "@/classification/pack-api"
import { smallHcpcs, smallModel } from "../small-model"

const words = expansionsOf({
  abbreviations: [
    { id: "abbr.dm2", abbr: "dm2", also: ["t2dm"], expansions: [{ words: "type 2 diabetes mellitus" }] },
    { id: "abbr.ckd", abbr: "ckd", expansions: [{ words: "chronic kidney disease" }] },
    { id: "abbr.copd", abbr: "copd", expansions: [{ words: "chronic obstructive pulmonary disease" }] },
    { id: "abbr.fx", abbr: "fx", expansions: [{ words: "fracture" }] },
    { id: "abbr.lt", abbr: "lt", expansions: [{ words: "left" }] },
    { id: "abbr.aom", abbr: "aom", expansions: [{ words: "acute otitis media" }] },
    { id: "abbr.on", abbr: "ON", caseSensitive: true, expansions: [{ words: "optic neuritis" }] }
  ],
  synonyms: [
    { id: "syn.distal", term: "distal", words: "lower end" },
    { id: "syn.lung", term: "pulmonary", words: "lung" }
  ]
})

const icd = openPack(compilePack(smallModel()))
const hcpcs = openPack(compilePack(smallHcpcs()))
const lookup = createLookup([icd, hcpcs], words)

function search(
  query: string,
  more: { limit?: number; system?: "ICD-10-CM" | "HCPCS"; date?: string } = {}
): LookupAnswer {
  return lookup.search(query, { limit: 20, ...more })
}

const codes = (query: string): string[] => search(query).results.map((result) => result.code)

describe("codes by their beginning", () => {
  it.each(["e11.65", "E1165", " e11.65 ", "e1165"])("%s gives the exact code", (query) => {
    expect(search(query).results).toMatchObject([
      { code: "E11.65", via: "code", billable: true, system: "ICD-10-CM" }
    ])
  })

  it("puts an exact header first, then billable codes in official order, then headers", () => {
    const answer = search("e11")
    expect(answer.results.map((result) => result.code)).toEqual([
      "E11",
      "E11.21",
      "E11.22",
      "E11.65",
      "E11.9",
      "E11.2",
      "E11.6"
    ])
    expect(answer.hint).toBe("E11 is a header, not billable: choose a code below it.")
  })

  it("never mixes systems: the first that has such codes answers, the hint names the other", () => {
    const answer = search("e1")
    expect(new Set(answer.results.map((result) => result.system))).toEqual(new Set(["ICD-10-CM"]))
    expect(search("e01").results.map((result) => [result.system, result.code])).toEqual([["HCPCS", "E0110"]])
    expect(search("j1").results.every((result) => result.system === "ICD-10-CM")).toBe(true)
    expect(search("j1").hint).toContain("HCPCS has codes that begin with J1 too")
    expect(search("j1", { system: "HCPCS" }).results.map((result) => result.code)).toEqual(["J1885"])
  })

  it("shows a whole code of another system that is typed alike, right behind the first", () => {
    const model = smallHcpcs()
    const [first] = model.codes
    const alike = openPack(compilePack({ ...model, codes: [{ ...first!, code: "E1165", title: "Alike" }] }))
    const both = createLookup([icd, alike], words)
    const answer = both.search("e1165", { limit: 20 })
    expect(answer.results.map(({ code, system }) => [code, system])).toEqual([
      ["E11.65", "ICD-10-CM"],
      ["E1165", "HCPCS"]
    ])
    expect(answer.hint).toBe("E11.65 (ICD-10-CM) and E1165 (HCPCS) are typed alike: check which is meant.")
    // Beginnings are not mixed, and a dot says which system is meant.
    expect(both.search("e11", { limit: 20 }).results.every(({ system }) => system === "ICD-10-CM")).toBe(true)
    expect(both.search("e11.65", { limit: 20 }).results).toHaveLength(1)
  })

  it("finds the same rows as a naive filter, whatever the beginning", () => {
    fc.assert(
      fc.property(
        fc.nat(icd.size - 1),
        fc.integer({ min: 2, max: 7 }),
        fc.boolean(),
        (row, length, dotted) => {
          const plain = icd.rows.plain(row).slice(0, length)
          const typed =
            dotted && plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain.toLowerCase()
          const naive = [...Array(icd.size).keys()].filter((each) => icd.rows.plain(each).startsWith(plain))
          const found = search(typed, { limit: 1000 }).results.map((result) => icd.find(result.code))
          expect([...found].sort((a, b) => a - b)).toEqual(naive)
        }
      )
    )
  })

  it("explains a code of ICD-9-CM", () => {
    expect(search("250.00")).toMatchObject({ results: [], hint: expect.stringContaining("ICD-9-CM") })
  })
})

describe("words", () => {
  it.each([
    ["diabetes", "E11.9"],
    ["diabetes mellitus", "E11.9"],
    ["hyperglycemia diabetes", "E11.65"],
    ["dm2 ckd", "E11.22"],
    ["ckd 3b", "N18.32"],
    ["copd exacerb", "J44.1"],
    ["exacerbation of COPD", "J44.1"],
    ["pneumon", "J18.9"],
    ["high blood pressure", "I10"],
    ["aom", "H66.90"],
    ["aom left", "H66.92"],
    ["left otitis media", "H66.92"],
    ["otitis media bilateral", "H66.93"],
    ["fracture distal radius left", "S52.502A"],
    ["lt dist rad fx", "S52.502A"],
    ["left distal radius fracture subsequent", "S52.502D"],
    ["left distal radius fracture sequela", "S52.502S"],
    ["right distal radius fracture D", "S52.501D"],
    ["fractured lower end of right radius", "S52.501A"],
    ["fracture of lower radius", "S52.502A"],
    ["dog bite", "W54.0XXA"],
    ["bitten by dog", "W54.0XXA"],
    ["abdominalgia", "R10.9"],
    ["lung adenocarcinoma", "C34.90"],
    ["pulmonary chondrosarcoma", "C34.90"],
    ["diabtes", "E11.9"],
    ["pnuemonia", "J18.9"],
    ["crutches", "E0110"]
  ])("%s -> %s", (query, code) => {
    const expected = query === "fracture of lower radius" ? ["S52.502A", "S52.501A"] : [code]
    expect(expected).toContain(codes(query)[0])
  })

  it("says why: index path, title, inclusion term, shorthand", () => {
    expect(search("diabetes").results[0]?.via).toBe("index: Diabetes, diabetic")
    expect(search("high blood pressure").results[0]?.via).toBe("includes: high blood pressure")
    expect(search("aom").results[0]?.via).toContain("aom = acute otitis media")
    expect(search("chronic kidney disease stage 3b").results[0]?.via).toBe("title")
  })

  it("says what was corrected, in the words of the search text", () => {
    expect(search("diabtes with hyperglycemia").corrected).toBe("diabetes with hyperglycemia")
    expect(search("diabetes").corrected).toBeUndefined()
    // Still being typed: no correction.
    expect(search("diabe").corrected).toBeUndefined()
  })

  it("keeps the side: left is never answered by right first", () => {
    for (const side of ["left", "right"]) {
      const first = search(`${side} radius fracture`).results[0]
      expect(first?.title).toContain(side)
    }
  })

  it("puts headers below codes that can be billed", () => {
    for (const query of ["fracture radius", "otitis media", "diabetes", "chronic kidney disease"]) {
      const billable = search(query).results.map((result) => result.billable)
      expect(billable.lastIndexOf(true)).toBeLessThan(billable.includes(false) ? billable.indexOf(false) : 99)
    }
  })

  it("reads capitals-only shorthand in capitals; a function word in small letters stays one", () => {
    expect(search("pain on breathing").results.every((result) => !result.via.includes("optic"))).toBe(true)
  })

  it("ranks ended codes last", () => {
    const answer = search("injection", { system: "HCPCS", date: "2025-11-01" })
    expect(answer.results.map((result) => result.code)).toEqual(["J1885", "J0120"])
  })

  it("points at the nearest index term when there is nothing", () => {
    expect(search("").results).toEqual([])
    const nothing = search("xqzzq")
    expect(nothing.results).toEqual([])
    expect(nothing.hint).toMatch(/^Nothing found\./)
    expect(search("hypertrophy zzz").hint).toBeDefined()
  })
})

describe("any text", () => {
  it("is answered: no error, no more than the limit, codes that exist, best first within a kind", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "fracture",
        "lt",
        "dm2",
        "E11",
        ".",
        "3b",
        "without",
        "of",
        "the",
        "\u0000",
        "ﬁ",
        "radius",
        "a",
        "A"
      )
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (pieces, limit) => {
        const { results } = search(pieces.join(" "), { limit })
        expect(results.length).toBeLessThanOrEqual(limit)
        expect(new Set(results.map((result) => `${result.system} ${result.code}`)).size).toBe(results.length)
        for (const result of results) {
          const pack = result.system === "HCPCS" ? hcpcs : icd
          const row = pack.find(result.code)
          expect(row).toBeGreaterThanOrEqual(0)
          expect(result.title).toBe(pack.title(row))
          expect(Number.isFinite(result.score)).toBe(true)
          expect(result.via).not.toBe("")
        }
      }),
      { numRuns: 300 }
    )
  })

  it("of great length is cut, not choked on", () => {
    for (const query of ["fracture ".repeat(5000), "x".repeat(100_000), "a b c d e f g h ".repeat(2000)]) {
      const began = performance.now()
      search(query)
      expect(performance.now() - began).toBeLessThan(1000)
    }
  })

  it("leaves nothing behind: a search between two equal ones changes neither", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("diabetes", "lt rad fx", "copd"),
        fc.string({ maxLength: 30 }),
        (query, other) => {
          const before = search(query)
          search(other)
          expect(search(query)).toEqual(before)
        }
      )
    )
  })
})
