import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { codePrefix, looksLikeIcd9 } from "@/classification/lookup/codes"
import { editDistance, nearestWords } from "@/classification/lookup/spelling"
import { stem } from "@/classification/lookup/stem"

describe("stem", () => {
  it.each([
    ["fracture", "fractured"],
    ["infection", "infectious"],
    ["diabetes", "diabetic"],
    ["radius", "radial"],
    ["sclerosis", "sclerotic"],
    ["ulcer", "ulcerated"],
    ["hemorrhage", "hemorrhagic"],
    ["hypertension", "hypertensive"]
  ])("%s and %s share their root", (a, b) => {
    expect(stem(a)).toBe(stem(b))
  })

  it.each([
    ["nephritis", "nephrosis"],
    ["hepatitis", "hepatic"],
    ["left", "right"],
    ["hypertension", "hypotension"],
    ["renal", "adrenal"]
  ])("%s and %s do not", (a, b) => {
    expect(stem(a)).not.toBe(stem(b))
  })
})

describe("spelling", () => {
  const vocabulary = [
    "contusion",
    "concussion",
    "fracture",
    "diabetes",
    "diarrhea",
    "pneumonia",
    "hypertension"
  ]
  const nearest = (word: string): string | undefined => nearestWords(word, vocabulary, () => 1)[0]

  it.each([
    ["contusoin", "contusion"],
    ["fracure", "fracture"],
    ["diabtes", "diabetes"],
    ["pnuemonia", "pneumonia"],
    ["diarhea", "diarrhea"],
    ["hypertention", "hypertension"]
  ])("%s -> %s", (typed, meant) => {
    expect(nearest(typed)).toBe(meant)
  })

  it("does not guess short or far words", () => {
    for (const word of ["abc", "xyzzy", "zzzzzzzz", "", "12345"]) expect(nearest(word)).toBeUndefined()
  })

  it("prefers the more frequent of equals", () => {
    const frequency = (word: string): number => (word === "beta" ? 9 : 1)
    expect(nearestWords("bexa", ["bela", "beta"], frequency)[0]).toBe("beta")
  })

  it("measures distance as the plain definition does", () => {
    const naive = (a: string, b: string): number => {
      if (a === "" || b === "") return a.length + b.length
      let least = Math.min(
        naive(a.slice(1), b) + 1,
        naive(a, b.slice(1)) + 1,
        naive(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1)
      )
      if (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0]) {
        least = Math.min(least, naive(a.slice(2), b.slice(2)) + 1)
      }
      return least
    }
    const word = fc.stringMatching(/^[abc]{0,5}$/)
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(naive(a, b))
        expect(Math.min(editDistance(a, b, 1), 2)).toBe(Math.min(naive(a, b), 2))
      })
    )
  })
})

describe("code shapes", () => {
  it.each([
    ["e11", "E11"],
    ["E11.", "E11"],
    ["e11.6", "E116"],
    ["S52.502A", "S52502A"],
    ["m1a.0", "M1A0"],
    ["c4a", "C4A"],
    [" e1165 ", "E1165"]
  ])("%s begins an ICD-10-CM code", (text, prefix) => {
    expect(codePrefix(text, "ICD-10-CM")).toBe(prefix)
  })

  it.each([
    "e",
    "ee1",
    "e11.65 diabetes",
    "250.00",
    "e11..6",
    "dm2",
    "",
    "é11",
    "e11.65432"
  ])("%s does not", (text) => {
    expect(codePrefix(text, "ICD-10-CM")).toBeUndefined()
  })

  it("tells the old numbers", () => {
    for (const text of ["250", "250.0", "401.9", "V45.81", "E880.9"]) expect(looksLikeIcd9(text)).toBe(true)
    for (const text of ["25", "E11.9", "2500", "V45", "abc"]) expect(looksLikeIcd9(text)).toBe(false)
  })
})
