import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { wordEnd } from "@/chart/cut"

describe("wordEnd", () => {
  it("never leaves half a word", () => {
    expect("The patient".slice(0, wordEnd("The patient", 0, 7))).toBe("The ")
    expect("The patient".slice(0, wordEnd("The patient", 0, 3))).toBe("The")
    expect("The patient".slice(4, wordEnd("The patient", 4, 99))).toBe("patient")
  })

  it("cuts an endless word where the limit is", () => {
    expect(wordEnd("x".repeat(5000), 0, 1000)).toBe(1000)
  })

  it("keeps at most the limit and never goes back before the start", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(50), fc.nat(50), (text, from, limit) => {
        fc.pre(from <= text.length)
        const end = wordEnd(text, from, limit)
        expect(end).toBeGreaterThanOrEqual(from)
        expect(end).toBeLessThanOrEqual(Math.min(text.length, from + limit))
      })
    )
  })
})
