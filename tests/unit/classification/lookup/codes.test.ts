/** Texts that are codes, look like codes, or ask for modifiers (issue 3, "Search"). */
import { describe, expect, it } from "vitest"
import { createLookup, expansionsOf } from "@/classification/lookup"
import type { CodeHistory, RetiredCode } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { type CompiledPack, openPack } from "@/classification/pack/open"
import type { LookupAnswer } from "@/classification/pack-api"
import { smallHcpcs, smallModel } from "../small-model"

const words = expansionsOf({
  abbreviations: [{ id: "abbr.a1c", abbr: "e1a", expansions: [{ words: "pneumonia" }] }],
  synonyms: []
})

/** The pack as if earlier releases were known. */
function withHistory(
  pack: CompiledPack,
  headers: Record<string, CodeHistory>,
  retired: RetiredCode[]
): CompiledPack {
  return Object.assign(Object.create(pack) as CompiledPack, {
    history: (row: number): CodeHistory => headers[pack.code(row)] ?? {},
    retired: (code: string): RetiredCode | undefined =>
      retired.find((each) => each.code === code.replace(".", ""))
  })
}

const icd = withHistory(openPack(compilePack(smallModel())), { J44: { headerSince: "2025-10-01" } }, [
  { code: "J440", title: "Old lung disease", since: "2025-10-01", successors: ["J44.1", "N18.3-"] },
  { code: "J448", title: "Other old lung disease", since: "2025-10-01", successors: [] }
])
const hcpcs = openPack(
  compilePack({
    ...smallHcpcs(),
    modifiers: [
      { code: "LT", title: "Left side (used to identify procedures)", billable: false, notes: [] },
      { code: "E1", title: "Upper left, eyelid", billable: false, notes: [] },
      { code: "ZZ", title: "Left for ever", billable: false, notes: [], ended: "2020-01-01" }
    ]
  })
)
const lookup = createLookup([icd, hcpcs], words)
const search = (query: string, system?: "ICD-10-CM" | "HCPCS", limit = 20): LookupAnswer =>
  lookup.search(query, { limit, date: "2026-01-15", ...(system ? { system } : {}) })
const codes = (answer: LookupAnswer): string[] => answer.results.map((result) => result.code)

describe("a code", () => {
  it("without its 7th character is explained, its codes follow", () => {
    const answer = search("s52501")
    expect(codes(answer)).toEqual(["S52.501", "S52.501A", "S52.501D"])
    expect(answer.hint).toBe("S52.501 is not billable: it needs a 7th character (A, B, D, S).")
  })

  it("with a 7th character that is not given there names those that are", () => {
    const answer = search("S52.501Z")
    expect(codes(answer)).toEqual(["S52.501A", "S52.501D", "S52.501"])
    expect(answer.hint).toBe('"Z" is no 7th character of S52.501; there are A, B, D, S.')
  })

  it.each(["w540a", "W54.0A", "W540XA"])("%s lacks placeholders", (typed) => {
    const answer = search(typed)
    expect(codes(answer)).toEqual(["W54.0XXA"])
    expect(answer.hint).toContain("lacks")
    expect(answer.hint).toContain("W54.0XXA")
  })

  it("with a character too many is complete without it", () => {
    const answer = search("E11.65X")
    expect(codes(answer)).toEqual(["E11.65"])
    expect(answer.hint).toContain("complete")
  })

  it("with letters for digits is read", () => {
    expect(codes(search("E11.2I"))).toEqual(["E11.21"])
    expect(codes(search("IIO"))).toEqual([])
    expect(codes(search("I1O"))).toEqual(["I10"])
    expect(search("I1O").hint).toContain("letters O and I")
  })

  it("that does not exist shows those with the longest common beginning", () => {
    const answer = search("E11.69")
    expect(codes(answer)).toEqual(["E11.6", "E11.65"])
    expect(answer.hint).toContain("has no code E11.69")
    expect(answer.results.every((result) => result.via === "nearest code")).toBe(true)
  })

  it("of another system than the one asked for is named", () => {
    expect(search("J1885", "ICD-10-CM").hint).toMatch(/^J1885 is a code of HCPCS: /)
    expect(search("E11.65", "HCPCS").hint).toMatch(/^E11.65 is a code of ICD-10-CM: /)
  })

  it("of ICD-9-CM or CPT is explained", () => {
    for (const typed of ["250", "250.00", "V58.61", "E880.1"])
      expect(search(typed).hint).toContain("ICD-9-CM")
    expect(search("99213").hint).toContain("CPT")
  })

  it("that became a header says since when, and lists its children", () => {
    const [first] = search("J44").results
    expect(first).toMatchObject({
      code: "J44",
      billable: false,
      headerSince: "2025-10-01",
      children: [
        { system: "ICD-10-CM", code: "J44.1" },
        { system: "ICD-10-CM", code: "J44.9" }
      ]
    })
    expect(search("J44").hint).toContain("header since 1 October 2025")
    // Found by words too.
    const byWords = search("other chronic obstructive pulmonary disease").results.find(
      (hit) => hit.code === "J44"
    )
    expect(byWords === undefined || byWords.headerSince === "2025-10-01").toBe(true)
  })

  it("that was retired answers with its successors, those of a header included", () => {
    const answer = search("j44.0")
    expect(codes(answer)).toEqual(["J44.1", "N18.30", "N18.32", "N18.3"])
    expect(answer.results.every((result) => result.replaces === "J44.0")).toBe(true)
    expect(answer.hint).toContain("ended with the release of 1 October 2025")
  })

  it("that was retired without successor says so, and shows what stands near", () => {
    const answer = search("J44.8")
    expect(answer.hint).toContain("No official file names a successor")
    expect(codes(answer)).toContain("J44.9")
    expect(answer.results.every((result) => result.replaces === undefined)).toBe(true)
  })

  it("of which there are more than fit shows one step of the tree in official order", () => {
    expect(codes(search("E11", undefined, 4))).toEqual(["E11", "E11.2", "E11.6", "E11.9"])
    expect(codes(search("S5", undefined, 3))).toEqual(["S52"])
  })

  it("with the dash of the Index is its beginning", () => {
    expect(codes(search("H66.9-"))[0]).toBe("H66.9")
  })

  it("ended before the date says when and ranks last", () => {
    const dates = lookup.search("injection", { limit: 20, system: "HCPCS", date: "2026-01-15" }).results
    const first = dates.findIndex((hit) => hit.ended !== undefined)
    expect(first).toBeGreaterThan(0)
    expect(dates.slice(first).every((hit) => hit.ended !== undefined)).toBe(true)
    const ended = search("J0120", "HCPCS")
    expect(ended.results[0]).toMatchObject({
      code: "J0120",
      ended: expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
    })
    expect(ended.hint).toContain("ended on")
  })
})

describe("letter, digit, letter that is also shorthand", () => {
  it("is searched by words", () => {
    const [first] = search("e1a").results
    expect(first?.code).toBe("J18.9")
  })
})

describe("modifiers", () => {
  it.each(["modifier LT", "LT modifier", "mod lt", "hcpcs modifier lt", "modifier -LT"])("%s", (query) => {
    expect(search(query).results[0]).toMatchObject({ code: "LT", modifier: true, billable: false })
  })

  it("are found by words of their meaning, ended ones last", () => {
    expect(codes(search("modifier left"))).toEqual(["LT", "E1", "ZZ"])
    expect(search("modifier left").results[2]?.ended).toBe("2020-01-01")
    expect(codes(search("modifier eyelid"))).toEqual(["E1"])
  })

  it("of CPT are explained", () => {
    expect(search("modifier 25").hint).toContain("25 is a CPT modifier")
    expect(search("modifier 25").results).toEqual([])
  })

  it("are never mixed into other results; in capitals alone they are pointed at", () => {
    expect(search("left").results.some((result) => result.modifier)).toBe(false)
    expect(search("LT").results.some((result) => result.modifier)).toBe(false)
    expect(search("LT").hint).toContain("is also a HCPCS modifier")
  })

  it("that do not exist are said not to", () => {
    expect(search("modifier qqq")).toEqual({ results: [], hint: "No modifier qqq." })
  })
})
