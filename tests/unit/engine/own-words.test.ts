/** The coder's own shorthand, and misspelled names of conditions. */
import { describe, expect, it } from "vitest"
import { checkPersonalWords, PersonalWordError } from "@/engine/lexicon/personal"
import { Speller } from "@/engine/match/spelling"
import type { PersonalWord } from "@/engine/types"
import { smallEngine, smallPack } from "./small-parts"

const engine = smallEngine()

const suggest = (text: string, personal?: PersonalWord[]) =>
  engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15", ...(personal ? { personal } : {}) })

describe("the coder's own words", () => {
  const own: PersonalWord[] = [
    { term: "wob cold", words: "pneumonia" },
    { term: "ckd", words: "hypertension" }
  ]

  it("open into words, and the evidence names them", () => {
    const { suggestions } = suggest("ASSESSMENT\n1. Wob cold, better.", own)
    expect(suggestions.map((each) => each.code)).toEqual(["J18.9"])
    expect(suggestions[0]?.evidence[0]).toMatchObject({ quote: "Wob cold" })
    expect(suggestions[0]?.evidence[0]?.via).toContain("your word: wob cold")
    expect(suggest("ASSESSMENT\n1. Wob cold, better.").suggestions).toEqual([])
  })

  it("go before the lexicon's reading, for this request alone", () => {
    const codes = (personal?: PersonalWord[]) =>
      suggest("ASSESSMENT\n1. CKD.", personal).suggestions.map((each) => each.code)
    expect(codes(own)).toEqual(["I10"])
    expect(codes()).toEqual(["N18.9"])
  })

  it("are denied and doubted like any words", () => {
    expect(suggest("ASSESSMENT\n1. No wob cold.", own).suggestions).toEqual([])
  })

  it("that cannot be used are left out with a notice", () => {
    const { notices, suggestions } = suggest("ASSESSMENT\n1. Htn.", [
      { term: "xq", words: "E11.9" },
      { term: "", words: "cough" }
    ])
    expect(notices).toContain("2 of your own words cannot be used and were left out.")
    expect(suggestions.map((each) => each.code)).toEqual(["I10"])
  })

  it("are checked one by one", () => {
    expect(checkPersonalWords([{ term: " t2 ", words: " type 2 diabetes " }])).toEqual([
      { term: "t2", words: "type 2 diabetes" }
    ])
    for (const [given, message] of [
      [{}, /list/],
      [[{ term: "a" }], /short form/],
      [[{ term: "xq", words: "code J18.9" }], /not into a code/],
      [[{ term: "xq", words: "the of" }], /no word/],
      [[{ term: "the", words: "cough" }], /no word/],
      [[{ term: "x".repeat(61), words: "cough" }], /too long/],
      [[{ term: "a b c d e f g h i j", words: "cough" }], /too many words/],
      [Array.from({ length: 1001 }, () => ({ term: "a1", words: "cough" })), /More than/]
    ] as const) {
      expect(() => checkPersonalWords(given)).toThrow(PersonalWordError)
      expect(() => checkPersonalWords(given)).toThrow(message)
    }
  })
})

describe("misspelled names", () => {
  const speller = (others: string[] = []) => new Speller(smallPack(), new Set(others))

  it("are set right by one slip", () => {
    for (const word of ["pnuemonia", "pneumona", "pneumoniia", "pneumonea"])
      expect(speller().correct(word), word).toBe("pneumonia")
    expect(speller().correct("diabetis")).toBe("diabetes")
  })

  it("are left alone when they are short, known, other words, or two slips away", () => {
    for (const word of ["couph", "pneuminea", "xneumonia", "pneumoniq", "pneumonbia", "fracturing"])
      expect(speller().correct(word), word).toBeUndefined()
    expect(speller(["pnuemonia"]).correct("pnuemonia")).toBeUndefined()
  })

  it("keep the text as written in the evidence", () => {
    const { suggestions } = suggest("ASSESSMENT\n1. Diabetis.\n2. Pnuemonia.")
    expect(suggestions.map(({ code, evidence }) => [code, evidence[0]?.quote, evidence[0]?.via])).toEqual([
      ["E11.9", "Diabetis", "index: Diabetes, diabetic; spelling: diabetes"],
      ["J18.9", "Pnuemonia", "index: Pneumonia; spelling: pneumonia"]
    ])
  })
})
