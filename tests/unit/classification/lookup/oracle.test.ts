/** The search against a naive one that reads every title of a small random code set. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createLookup } from "@/classification/lookup"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { contentWords } from "@/classification/words"

/** No word is a form or a beginning of another, so that the naive search needs to know nothing of forms. */
const WORDS =
  "fracture radius ulna humerus sprain burn chronic kidney tumor jaw gland cyst nerve tendon".split(" ")

const models: fc.Arbitrary<CodeSetModel> = fc
  .uniqueArray(fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 40,
    selector: (words) => [...words].sort().join(" ")
  })
  .chain((titles) =>
    fc.record({
      titles: fc.constant(titles),
      billable: fc.array(fc.boolean(), { minLength: titles.length, maxLength: titles.length })
    })
  )
  .map(({ titles, billable }) => ({
    system: "HCPCS" as const,
    release: "2025-10",
    effective: { from: "2025-10-01" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: titles.map((words, n) => ({
      code: `A${String(n).padStart(4, "0")}`,
      title: words.join(" "),
      billable: billable[n]!,
      notes: []
    })),
    sections: [],
    index: []
  }))

/** Words of a search text, the last one perhaps half typed. */
const texts = fc
  .record({
    words: fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }),
    cut: fc.nat(3)
  })
  .map(({ words, cut }) => {
    const last = words[words.length - 1]!
    const typed = last.slice(0, Math.max(3, last.length - cut))
    return { whole: words.slice(0, -1), typed, text: [...words.slice(0, -1), typed].join(" ") }
  })

type Text = { whole: string[]; typed: string; text: string }

/** Which words of the search text a title says. */
function said(title: string, { whole, typed }: Text): number {
  const own = contentWords(title)
  const count = whole.filter((word) => own.includes(word)).length
  return count + (own.some((word) => word.startsWith(typed)) ? 1 : 0)
}

describe("search on random code sets", () => {
  it("finds every title that says all, puts those first, and returns nothing that says none", () => {
    fc.assert(
      fc.property(models, texts, (model, text) => {
        const lookup = createLookup([openPack(compilePack(model))])
        const { results } = lookup.search(text.text, { limit: 200 })
        const asked = text.whole.length + 1
        const naive = model.codes.filter(({ title }) => said(title, text) === asked).map(({ code }) => code)
        const found = results.map(({ code }) => code)
        for (const code of naive) expect(found, `${text.text}: ${code}`).toContain(code)
        for (const { title, via } of results) {
          expect(said(title, text) > 0 || /beside|header of/.test(via), `${text.text}: ${title}`).toBe(true)
        }
        // Among codes that can be billed, one that says all stands before all that say less.
        const order = results
          .filter(({ billable }) => billable)
          .map(({ title }) => said(title, text) === asked)
        if (order.includes(true)) expect(order[0]).toBe(true)
      }),
      { numRuns: 200 }
    )
  })

  it("keeps billable codes before headers, and the order agrees with the scores", () => {
    fc.assert(
      fc.property(models, texts, fc.integer({ min: 1, max: 12 }), (model, { text }, limit) => {
        const { results } = createLookup([openPack(compilePack(model))]).search(text, { limit })
        expect(results.length).toBeLessThanOrEqual(limit)
        for (const [n, hit] of results.entries()) {
          const next = results[n + 1]
          if (!next) continue
          expect(Number(hit.billable)).toBeGreaterThanOrEqual(Number(next.billable))
          if (hit.billable === next.billable) expect(hit.score).toBeGreaterThanOrEqual(next.score)
        }
      }),
      { numRuns: 150 }
    )
  })

  it("asks in any order of the words with the same first score", () => {
    fc.assert(
      fc.property(
        models,
        fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 2, maxLength: 3 }),
        (model, words) => {
          const lookup = createLookup([openPack(compilePack(model))])
          // A blank at the end: no word is half typed.
          const one = lookup.search(`${words.join(" ")} `, { limit: 50 }).results
          const other = lookup.search(`${[...words].reverse().join(" ")} `, { limit: 50 }).results
          expect(other[0]?.score).toBe(one[0]?.score)
          expect(other.map(({ code }) => code).sort()).toEqual(one.map(({ code }) => code).sort())
        }
      ),
      { numRuns: 100 }
    )
  })

  it("warms in slices that end, and answers the same before and after", () => {
    fc.assert(
      fc.property(models, texts, (model, { text }) => {
        const pack = openPack(compilePack(model))
        const cold = createLookup([pack]).search(text, { limit: 20 })
        const lookup = createLookup([pack])
        let slices = 0
        while (lookup.warm()) slices++
        expect(slices).toBeGreaterThan(0)
        expect(slices).toBeLessThan(100)
        expect(lookup.warm()).toBe(false)
        expect(lookup.search(text, { limit: 20 })).toEqual(cold)
      }),
      { numRuns: 30 }
    )
  })
})
