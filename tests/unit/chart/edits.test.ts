import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { singleEdit, VersionedText } from "@/chart/edits"

const short = fc.string({ maxLength: 12, unit: fc.constantFrom("a", "b", " ", "x") })

describe("a text with versions", () => {
  it("rises with every change and only then", () => {
    const text = new VersionedText()
    expect([text.update("a"), text.version]).toEqual([true, 1])
    expect([text.update("a"), text.version]).toEqual([false, 1])
    expect([text.update("b"), text.version]).toEqual([true, 2])
  })

  it("turns one version into the next by one edit", () => {
    fc.assert(
      fc.property(short, short, (before, after) => {
        const { start, removed, added } = singleEdit(before, after)
        expect(
          before.slice(0, start) + after.slice(start, start + added) + before.slice(start + removed)
        ).toBe(after)
      })
    )
  })

  it("finds a span exactly where an edit elsewhere has moved it", () => {
    // Unique words: wherever the quote stands in the new text is the right place.
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), short), { minLength: 1, maxLength: 6 }),
        short,
        short,
        (edits, left, right) => {
          const text = new VersionedText()
          let [head, tail] = [left, right]
          text.update(`${head}QUOTE${tail}`)
          const start = head.length
          for (const [front, words] of edits) {
            if (front) head = words
            else tail = words
            text.update(`${head}QUOTE${tail}`)
          }
          expect(text.locate(1, start, "QUOTE")).toBe(head.length)
        }
      )
    )
  })

  it("tells equal words apart by their place, and gives up where that cannot be told", () => {
    const text = new VersionedText()
    text.update("no asthma. has asthma.")
    text.update("Today: no asthma. has asthma.")
    expect(text.locate(1, 15, "asthma")).toBe(22)
    expect(text.locate(1, 3, "asthma")).toBe(10)
    expect(text.locate(1, 3, "gout")).toBeUndefined()
    expect(text.locate(1, 0, "")).toBeUndefined()

    const rewritten = new VersionedText()
    rewritten.update("mid asthma mid")
    rewritten.update("asthma zz asthma")
    expect(rewritten.locate(1, 4, "asthma")).toBeUndefined()
  })

  it("does not look for a quote far away", () => {
    const text = new VersionedText()
    text.update("asthma here")
    text.update(`gone ${"x".repeat(5_000)} asthma`)
    expect(text.locate(1, 0, "asthma")).toBeUndefined()
  })
})
