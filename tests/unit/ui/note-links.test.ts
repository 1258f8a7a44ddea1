import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { noteParts } from "@/ui/session/note-links"

const CODES = new Set([
  "E11",
  "E11.22",
  "I10",
  "I1A",
  "N18.1",
  "N18.6",
  "O24.4",
  "T36.0X1",
  "C7A",
  "S52.501A"
])
const known = (code: string) => CODES.has(code)
const links = (text: string) =>
  noteParts(text, known).flatMap(({ code }) => (code === undefined ? [] : [code]))

describe("codes in notes", () => {
  it.each([
    ["type 2 diabetes mellitus (E11.-)", ["E11"]],
    ["hypertensive diseases (I10-I1A)", ["I10", "I1A"]],
    ["stage of chronic kidney disease (N18.1-N18.6)", ["N18.1", "N18.6"]],
    ["gestational diabetes (O24.4-), poisoning (T36.0X1-)", ["O24.4", "T36.0X1"]],
    ["malignant carcinoid tumors (C7A.-)", ["C7A"]],
    ["S52.501A, initial encounter", ["S52.501A"]],
    ["vitamin B12 and XE11.22 and E11.225", []],
    ["", []]
  ])("%s", (text, codes) => {
    expect(links(text)).toEqual(codes)
  })

  it("shows the dash of the print with the link", () => {
    expect(noteParts("(E11.-)", known)).toEqual([
      { text: "(" },
      { text: "E11.-", code: "E11" },
      { text: ")" }
    ])
  })

  it("loses and adds nothing of any text", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(...CODES, "E11.-", "I10-I1A", " ", "(")
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("")
        expect(
          noteParts(text, known)
            .map((part) => part.text)
            .join("")
        ).toBe(text)
      })
    )
  })
})
