import { describe, expect, it } from "vitest"
import { carriesCode, isCodeLike, isSameCode } from "@/form/codes"

describe("codes as forms write them", () => {
  it("are the same with and without dot, blanks and capitals, and nothing else is", () => {
    expect(isSameCode("E11.9", "e119")).toBe(true)
    expect(isSameCode("E11.9", " E11.9 ")).toBe(true)
    expect(isSameCode("E11.9", "E11.90")).toBe(false)
    expect(isSameCode("", "")).toBe(false)
  })

  it("are told from words", () => {
    for (const code of ["E11.9", "I10", "S72.001A", "J1885", "99213", "0DTJ4ZZ", "Z3A.20"])
      expect(isCodeLike(code)).toBe(true)
    for (const word of ["diabetes", "2", "E1", "type", ""]) expect(isCodeLike(word)).toBe(false)
  })

  it.each([
    ["E11.9 - Type 2 diabetes mellitus", "E11.9", true],
    ["E119 Type 2 diabetes", "E11.9", true],
    ["Type 2 diabetes mellitus (E11.9)", "E11.9", true],
    ["E11.90 - nearly", "E11.9", false],
    ["E11.65 (see also E11.9)", "E11.9", false],
    ["Type 2 diabetes", "E11.9", false],
    ["Hypertension", "hypertension", true],
    ["", "E11.9", false]
  ])("%j carries %s: %s", (entry, code, carries) => {
    expect(carriesCode(entry, code)).toBe(carries)
  })
})
