import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readNoteReferences, refersTo } from "@/classification/note-references"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { smallModel } from "./small-model"

const names = (text: string) =>
  readNoteReferences(text).references.map(({ from, to, positions, allowed, endsWith }) =>
    [from, to, positions?.join("/"), allowed, endsWith].filter((each) => each !== undefined).join(" ")
  )

describe("references of a note", () => {
  it.each([
    ["tuberculous enteritis (A18.32)", ["A1832"], "tuberculous enteritis"],
    ["gestational diabetes (O24.4-)", ["O244"], "gestational diabetes"],
    ["leukemia (C91.-, C92.-)", ["C91", "C92"], "leukemia"],
    [
      "hypertensive disease complicating pregnancy (O10-O11, O13-O16)",
      ["O10 O11", "O13 O16"],
      "hypertensive disease complicating pregnancy"
    ],
    [
      "pancreatitis and other diseases of the pancreas (K85-K86.-)",
      ["K85 K86"],
      "pancreatitis and other diseases of the pancreas"
    ],
    ["occlusion of cerebral artery (I63.3-I63.5-)", ["I633 I635"], "occlusion of cerebral artery"],
    ["head injury (S00 - S09)", ["S00 S09"], "head injury"],
    ["adverse effect (T36-T50 with fifth or sixth character 5)", ["T36 T50 5/6 5"], "adverse effect"],
    ["poisoning (T36-T65 with fifth or sixth character 1-4)", ["T36 T65 5/6 1234"], "poisoning"],
    ["collision (V01-V09 with 5th character 9)", ["V01 V09 5 9"], "collision"],
    ["stuttering (I69. with final characters -23)", ["I69 23"], "stuttering"],
    ["conditions classified to A74.-", ["A74"], "conditions classified to A74.-"],
    [
      "gangrene of gallbladder (K82.A1), or perforation (K82.A2)",
      ["K82A1", "K82A2"],
      "gangrene of gallbladder , or perforation"
    ],
    ["deficiency of G6PD (glucose-6-phosphate)", [], "deficiency of G6PD (glucose-6-phosphate)"],
    ["associated wound", [], "associated wound"]
  ])("%s", (text, expected, words) => {
    expect(names(text)).toEqual(expected)
    expect(readNoteReferences(text).words).toBe(words)
  })

  it("keeps what only looks like a code in the wording", () => {
    expect(readNoteReferences("vitamin B12 deficiency (E53.8)").words).toBe("vitamin B12 deficiency")
  })

  it("never throws, and every reference stands where it says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.stringMatching(/^[A-Z]\d\d(\.\d)?-?$/), (noise, code) => {
        const text = `${noise} (${code})`
        const { references } = readNoteReferences(text)
        for (const { start, end, from } of references) {
          expect(
            text
              .slice(start, end)
              .replace(/[.\s-]/g, "")
              .startsWith(from)
          ).toBe(true)
        }
        expect(references.some((each) => each.from === code.replace(/[.-]/g, ""))).toBe(true)
      })
    )
  })
})

describe("what a reference covers", () => {
  const pack = openPack(compilePack(smallModel()))
  const covers = (text: string, code: string) =>
    readNoteReferences(text).references.some((each) => refersTo(pack, each, pack.find(code)))

  it("covers the code, what stands below it, and what lies in a range", () => {
    expect(covers("(E11.-)", "E11.22")).toBe(true)
    expect(covers("(E11.2-)", "E11.9")).toBe(false)
    expect(covers("(E11-I10)", "H66.91")).toBe(true)
    expect(covers("(I10-J18)", "E11.9")).toBe(false)
    expect(covers("(S52 with seventh character D)", "S52.501D")).toBe(true)
    expect(covers("(S52 with seventh character D)", "S52.501A")).toBe(false)
    expect(covers("(Z99.2)", "E11.9")).toBe(false)
  })
})
