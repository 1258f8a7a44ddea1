import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CandidateFinder } from "@/classification/lookup/candidates"
import { createLookup } from "@/classification/lookup/lookup"
import { PhraseBook } from "@/classification/lookup/phrases"
import { QueryReader } from "@/classification/lookup/query"
import { WordsOfPack } from "@/classification/lookup/words-of-pack"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { wordingOf } from "@/classification/pack/wording"

const WORDS =
  "fracture radius ulna left right closed open acute chronic pain lung kidney disease distal tear".split(" ")

/** A small code set of made-up titles over few words, so that they overlap much. */
const model: fc.Arbitrary<CodeSetModel> = fc
  .uniqueArray(fc.array(fc.constantFrom(...WORDS, "(closed)", "(acute)"), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
    maxLength: 30,
    selector: (words) => [...words].sort().join(" ")
  })
  .map((titles) => ({
    system: "HCPCS" as const,
    release: "2025-10",
    effective: { from: "2025-10-01" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: titles.map((words, n) => ({
      code: `A${String(n).padStart(4, "0")}`,
      title: words.join(" "),
      billable: true,
      notes: []
    })),
    sections: [],
    index: []
  }))

const query = fc.array(fc.constantFrom(...WORDS, "frac", "dist", "rad"), { minLength: 1, maxLength: 4 })

describe("candidates", () => {
  it("are exactly the terms that hold a word of the search text, form or beginning of it", () => {
    fc.assert(
      fc.property(model, query, (given, typed) => {
        const pack = openPack(compilePack(given))
        const words = new WordsOfPack(pack)
        const finder = new CandidateFinder(pack)
        // A blank at the end: the last word is whole, so that beginnings come only from shortened words.
        const { slots } = new QueryReader(words, new PhraseBook()).read(`${typed.join(" ")} `)
        const found = finder.find(slots).map((term) => pack.code(pack.terms.row(term)))
        finder.clear()
        const naive = given.codes.filter(({ title }) => {
          const { required, optional } = wordingOf(title)
          return typed.some((word) =>
            [...required, ...optional].some(
              (each) => each === word || (!WORDS.includes(word) && each.startsWith(word))
            )
          )
        })
        const holds = new Set(found)
        for (const { code } of naive) expect(holds.has(code), `${typed.join(" ")} in ${code}`).toBe(true)
        // Nothing else but other forms of the same root, of which these words have none.
        for (const code of holds) expect(naive.some((each) => each.code === code)).toBe(true)
      }),
      { numRuns: 150 }
    )
  })

  it("of a whole title lead to its code first", () => {
    fc.assert(
      fc.property(model, fc.nat(), (given, pick) => {
        const code = given.codes[pick % given.codes.length]!
        const { results } = createLookup([openPack(compilePack(given))]).search(`${code.title} `, {
          limit: 50
        })
        const asked = [...wordingOf(code.title).required].sort().join(" ")
        // Another title may say the same words, with others in parentheses.
        const first = wordingOf(results[0]!.title)
        const said = [...first.required, ...first.optional]
        expect(results.map((result) => result.code)).toContain(code.code)
        for (const word of asked.split(" ")) expect(said).toContain(word)
      }),
      { numRuns: 100 }
    )
  })
})
