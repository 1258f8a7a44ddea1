import { describe, expect, it } from "vitest"
import { axesOf, chooseRow, difference } from "@/ui/session/axes"
import { codeDetail, groupNotes } from "@/ui/session/code-detail"
import { shapeCode, shapeForField } from "@/worksheet/copy-shape"
import { DIABETES, fakePack, packInfo } from "./fake-pack"

const pack = fakePack(packInfo(), DIABETES)
const icd = (code: string) => ({ system: "ICD-10-CM" as const, code })

describe("the shape of a code", () => {
  it.each([
    ["E1142", "dot", "E11.42"],
    ["E11.42", "no-dot", "E1142"],
    ["I10", "dot", "I10"],
    ["S52.501A", "no-dot", "S52501A"]
  ] as const)("%s %s: %s", (code, shape, written) => {
    expect(shapeCode(icd(code), shape)).toBe(written)
  })

  it("never puts a dot into a code that reads like ICD-10-CM but is none", () => {
    expect(shapeCode({ system: "HCPCS", code: "E0607" }, "dot")).toBe("E0607")
  })

  it("follows the field where it tells, the coder's choice where it does not, and the room there is", () => {
    expect(shapeForField(icd("E11.42"), { dot: false }, "dot")).toBe("E1142")
    expect(shapeForField(icd("E11.42"), { dot: true }, "no-dot")).toBe("E11.42")
    expect(shapeForField(icd("E11.42"), {}, "no-dot")).toBe("E1142")
    expect(shapeForField(icd("S52.501A"), { maxLength: 7 }, "dot")).toBe("S52501A")
    expect(shapeForField(icd("S52.501A"), { maxLength: -1 }, "dot")).toBe("S52.501A")
  })
})

describe("one code in detail", () => {
  const detail = codeDetail(pack, pack.find("E11.42"))

  it("stands under chapter, block and parents, outermost first", () => {
    expect(detail.path.map(({ label }) => label)).toEqual(["Chapter 4", "E08-E13", "E11", "E11.4"])
  })

  it("has inherited notes with the place where they stand, its own first", () => {
    expect(detail.notes.map(({ label }) => label)).toEqual([
      "Inclusion terms",
      "Includes",
      "Excludes1: not coded here",
      "Use additional code"
    ])
    expect(detail.notes[0]).toMatchObject({
      own: ["Type 2 diabetes mellitus with diabetic neuralgia"],
      inherited: []
    })
    expect(detail.notes[2]).toMatchObject({
      own: [],
      inherited: [{ text: "type 1 diabetes mellitus (E10.-)", from: "E11" }, { from: "E11" }]
    })
  })

  it("notes at the code stand apart from inherited ones of the same kind", () => {
    const notes = [
      { kind: "excludes1" as const, text: "far", at: "Chapter 4" },
      { kind: "excludes1" as const, text: "near", at: "E11.42" }
    ]
    expect(groupNotes(notes, "E11.42")).toMatchObject([
      { own: ["near"], inherited: [{ text: "far", from: "Chapter 4" }] }
    ])
  })

  it("a header shows what is below it", () => {
    const header = codeDetail(pack, pack.find("S52.50"))
    expect(header.billable).toBe(false)
    expect(header.children.map(({ code }) => code)).toEqual(["S52.501", "S52.502"])
    expect(header.seventh.map(({ character }) => character)).toEqual(["A", "D", "S"])
  })
})

describe("the axes of a card", () => {
  const side = {
    axis: "laterality",
    options: [
      { value: "right", code: "S52.501" },
      { value: "left", code: "S52.502" }
    ]
  }
  const shown = (code: string) =>
    axesOf(pack, [side], pack.find(code)).map(({ name, options }) => [
      name,
      options.map(({ label, selected }) => (selected ? `[${label}]` : label)).join(" / ")
    ])

  it("name the codes of a level by what sets them apart", () => {
    expect(shown("S52.50")).toEqual([["Side", "right / left"]])
    expect(difference("Otitis media, unspecified", "Otitis media, unspecified, unspecified ear")).toBe(
      "unspecified ear"
    )
    expect(difference("Diabetes with retinopathy", "Diabetes with retinopathy without macular edema")).toBe(
      "without macular edema"
    )
    expect(difference("Gout", "Gout")).toBe("Gout")
  })

  it("go on below a chosen header, with 7th characters by their official meaning", () => {
    expect(shown("S52.501")).toEqual([
      ["Side", "[right] / left"],
      [
        "7th character",
        "A: initial encounter for closed fracture / D: subsequent encounter for fracture with routine healing"
      ]
    ])
    expect(shown("S52.501D")[1]![1]).toContain("[D: subsequent")
  })

  it("choosing keeps what was said further down where the other branch has the same", () => {
    const choose = (from: string, to: string) => pack.code(chooseRow(pack, pack.find(from), pack.find(to)))
    expect(choose("S52.501A", "S52.502")).toBe("S52.502A")
    expect(choose("S52.501D", "S52.502")).toBe("S52.502")
    expect(choose("S52.50", "S52.501")).toBe("S52.501")
    expect(choose("S52.501A", "S52.501D")).toBe("S52.501D")
  })

  it("stay as the engine gave them where the code set does not know their codes", () => {
    const unknown = [{ axis: "stage", value: "2", options: [{ value: "1", code: "X99.1" }, { value: "2" }] }]
    expect(axesOf(pack, unknown, pack.find("I10"))).toEqual([
      {
        name: "Stage",
        options: [
          { label: "1", code: "X99.1", selected: false },
          { label: "2", code: undefined, selected: true }
        ]
      }
    ])
    expect(axesOf(pack, [], pack.find("I10"))).toEqual([])
  })
})
