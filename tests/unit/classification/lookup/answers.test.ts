/** What results say of themselves: matched words, ties broken by the coder's own codes, nearest terms. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createLookup, expansionsOf } from "@/classification/lookup"
import { breakTies } from "@/classification/lookup/own"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { LookupHit } from "@/classification/pack-api"
import { smallHcpcs, smallModel } from "../small-model"

const words = expansionsOf({
  abbreviations: [{ id: "abbr.fx", abbr: "fx", expansions: [{ words: "fracture" }] }],
  synonyms: []
})
const packs = [openPack(compilePack(smallModel())), openPack(compilePack(smallHcpcs()))]
const lookup = createLookup(packs, words)

describe("matched words of the title", () => {
  const marked = (query: string): string[] => {
    const [first] = lookup.search(query, { limit: 5 }).results
    return (first?.matched ?? []).map(({ start, end }) => first!.title.slice(start, end))
  }

  it("are those that the search text accounts for: shorthand, forms and beginnings too", () => {
    expect(marked("lower radius fx right")).toEqual(["fracture", "lower", "right", "radius", "fracture"])
    expect(marked("pneumo")).toEqual(["Pneumonia"])
    expect(marked("diabetic hyperglycemia")).toContain("hyperglycemia")
  })

  it("ascend, do not overlap and lie inside the title", () => {
    const piece = fc.constantFrom(
      "left",
      "fx",
      "radius",
      "otitis",
      "media",
      "diab",
      "kidney",
      "3b",
      "of",
      "pain"
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), (pieces) => {
        for (const { title, matched } of lookup.search(pieces.join(" "), { limit: 20 }).results) {
          let end = 0
          for (const span of matched ?? []) {
            expect(span.start).toBeGreaterThanOrEqual(end)
            expect(span.end).toBeGreaterThan(span.start)
            end = span.end
          }
          expect(end).toBeLessThanOrEqual(title.length)
        }
      })
    )
  })
})

describe("the coder's own codes", () => {
  const pin = { pins: [{ system: "ICD-10-CM" as const, code: "S52.501A" }] }

  it("come first among results that are as good", () => {
    const plain = lookup.search("fracture lower end radius", { limit: 5 }).results
    const [first, second] = lookup.search("fracture lower end radius", { limit: 5, own: pin }).results
    expect(first).toMatchObject({ code: "S52.501A" })
    if (plain[0]?.code !== "S52.501A") expect(first?.own).toBe("pin")
    expect(second).toBeDefined()
  })

  it("given at the start count unless a search brings its own", () => {
    const own = createLookup(packs, { ...words, own: pin })
    expect(own.search("fracture lower end radius", { limit: 5 }).results[0]?.code).toBe("S52.501A")
    const other = own.search("fracture lower end radius", { limit: 5, own: {} }).results
    expect(other.every((hit) => hit.own === undefined)).toBe(true)
  })

  it("never override what was typed", () => {
    const results = lookup.search("fracture lower end left radius", { limit: 5, own: pin }).results
    expect(results[0]?.code).toBe("S52.502A")
    expect(results.every((hit) => hit.own === undefined)).toBe(true)
  })

  const hits = fc.array(
    fc.record({ score: fc.constantFrom(1, 0.99, 0.98, 0.9, 0.5), billable: fc.boolean() }),
    {
      maxLength: 12
    }
  )

  it("only ever pass results of their kind that are at most 3 % better", () => {
    fc.assert(
      fc.property(hits, fc.array(fc.nat(11)), fc.array(fc.nat(11)), (some, pinned, recent) => {
        const results = some
          .map(
            (each, n): LookupHit => ({
              ...each,
              system: "HCPCS",
              code: String(n),
              title: "",
              via: "",
              pack: ""
            })
          )
          .sort((a, b) => Number(b.billable) - Number(a.billable) || b.score - a.score)
        const refs = (list: number[]) => list.map((n) => ({ system: "HCPCS" as const, code: String(n) }))
        const ordered = breakTies(results, { pins: refs(pinned), recents: refs(recent) })
        expect(ordered.map((hit) => hit.code).sort()).toEqual(results.map((hit) => hit.code).sort())
        for (const [at, hit] of ordered.entries()) {
          for (const after of ordered.slice(at + 1)) {
            const passed =
              results.findIndex((each) => each.code === after.code) <
              results.findIndex((each) => each.code === hit.code)
            if (!passed) continue
            expect(hit.own).toBeDefined()
            expect(after.billable).toBe(hit.billable)
            expect(after.score * 0.97).toBeLessThanOrEqual(hit.score)
          }
        }
      })
    )
  })
})

describe("nothing found", () => {
  it("offers the nearest terms of the Index", () => {
    const answer = lookup.search("hyperglybla", { limit: 5 })
    expect(answer.results).toEqual([])
    expect(answer.nearest?.[0]).toBe("Diabetes, diabetic, with, hyperglycemia")
    expect(answer.hint).toContain("Nearest index term")
  })

  it("offers none when no word is anywhere near", () => {
    expect(lookup.search("xqzzq", { limit: 5 })).toEqual({ results: [], hint: "Nothing found." })
  })
})
