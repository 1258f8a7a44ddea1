/** The axes of the classification over a few hand-typed titles, and over the whole release where it is built. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Axes, compileAxisWords } from "@/engine/axes"
import { compilePatterns } from "@/engine/lexicon/patterns"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole } from "../whole-set"
import { packOfTitles } from "./titles"

const lexicon = repositoryLexicon()
const words = compileAxisWords(lexicon.axes ?? [])
const entries = lexicon.axes ?? []

const pack = packOfTitles(`
M17|-|Osteoarthritis of knee
M170|+|Bilateral primary osteoarthritis of knee
M171|-|Unilateral primary osteoarthritis of knee
M1710|+|Unilateral primary osteoarthritis, unspecified knee
M1711|+|Unilateral primary osteoarthritis, right knee
M1712|+|Unilateral primary osteoarthritis, left knee
M172|+|Bilateral post-traumatic osteoarthritis of knee
M173|+|Unilateral post-traumatic osteoarthritis of knee
M179|+|Osteoarthritis of knee, unspecified
J44|-|Other chronic obstructive pulmonary disease
J440|+|Chronic obstructive pulmonary disease with (acute) lower respiratory infection
J441|+|Chronic obstructive pulmonary disease with (acute) exacerbation
J449|+|Chronic obstructive pulmonary disease, unspecified
N18|-|Chronic kidney disease (CKD)
N183|-|Chronic kidney disease, stage 3 (moderate)
N1830|+|Chronic kidney disease, stage 3 unspecified
N1831|+|Chronic kidney disease, stage 3a
N1832|+|Chronic kidney disease, stage 3b
N184|+|Chronic kidney disease, stage 4 (severe)
N186|+|End stage renal disease
N189|+|Chronic kidney disease, unspecified
S82|-|Fracture of lower leg
S822|-|Transverse fracture of shaft of tibia
S82221|-|Displaced transverse fracture of shaft of right tibia
S82221A|+|Displaced transverse fracture of shaft of right tibia, initial encounter for closed fracture
S82221B|+|Displaced transverse fracture of shaft of right tibia, initial encounter for open fracture type I or II
S82221D|+|Displaced transverse fracture of shaft of right tibia, subsequent encounter for closed fracture with routine healing
S82221S|+|Displaced transverse fracture of shaft of right tibia, sequela
S82223|+|Displaced transverse fracture of shaft of unspecified tibia
S82224|+|Nondisplaced transverse fracture of shaft of right tibia
S82226|+|Nondisplaced transverse fracture of shaft of unspecified tibia
`)
const axes = new Axes(pack, words)
const open = (code: string) =>
  axes
    .open(pack.find(code))
    .map(
      ({ axis, options }) =>
        `${axis}: ${options.map(({ value, row }) => `${value} ${pack.code(row)}`).join(", ")}`
    )
const axesAt = (code: string) => axes.level(pack.find(code)).axes

describe("axes of a level", () => {
  it("are two where the titles join two", () => {
    expect(axesAt("M17")).toEqual(["type", "laterality"])
    expect(axesAt("S82.2")).toEqual(["displacement", "laterality"])
    expect(axesAt("S82.221")).toEqual(["7th character", "fracture-type", "healing"])
    expect(axesAt("N18")).toEqual(["stage"])
  })

  it("are left open by the child that means unspecified, with what each value leads to", () => {
    expect(open("M17.9")).toEqual([
      "type: primary M17.0, post-traumatic M17.2",
      "laterality: bilateral M17.0, right M17.11, left M17.12"
    ])
    expect(open("M17.10")).toEqual(["laterality: right M17.11, left M17.12"])
    expect(open("N18.30")).toEqual(["stage: stage 3a N18.31, stage 3b N18.32"])
    expect(open("S82.223")).toEqual(["laterality: right S82.221"])
    expect(open("S82.221")).toEqual([
      "7th character: initial encounter S82.221A, subsequent encounter S82.221D, sequela S82.221S",
      "fracture-type: closed S82.221A, open type I or II S82.221B"
    ])
  })

  it("are closed by what a code says, and by silence that means 'not there'", () => {
    expect(open("M17.11")).toEqual([])
    expect(open("N18.6")).toEqual([])
    expect(open("J44.9")).toEqual([])
  })

  it("tell what a code answers and a sister leaves open", () => {
    const answered = axes.answered(pack.find("M17.11"))
    expect(answered.map(({ axis, value }) => `${axis} ${value}`)).toEqual([
      "type primary",
      "laterality unilateral",
      "laterality right"
    ])
  })

  it("never mix up children: every option leads to a child that says it, whatever the titles", () => {
    const word = fc.constantFrom(
      "right",
      "left",
      "acute",
      "chronic",
      "unspecified",
      "other",
      "with pain",
      "of hand",
      "stage 2",
      ","
    )
    const title = fc.array(word, { minLength: 1, maxLength: 6 }).map((parts) => `Disease ${parts.join(" ")}`)
    fc.assert(
      fc.property(fc.array(title, { minLength: 2, maxLength: 8 }), (titles) => {
        const lines = titles.map((each, i) => `A01${i}|+|${each}`)
        const made = packOfTitles(`A01|-|Disease\n${lines.join("\n")}`)
        const derived = new Axes(made, words)
        const level = derived.level(made.find("A01"))
        for (const shown of derived.axesAt(level.parent, level.parent)) {
          expect(new Set(shown.options.map(({ value }) => value)).size).toBe(shown.options.length)
          for (const { code } of shown.options) expect(made.parent(made.find(code ?? ""))).toBe(level.parent)
        }
        for (const child of level.children)
          for (const { options } of derived.open(child.row))
            for (const { row } of options) expect(row).not.toBe(child.row)
        expect(JSON.stringify(new Axes(made, words).open(level.parent))).toBe(
          JSON.stringify(derived.open(level.parent))
        )
      }),
      { numRuns: 60 }
    )
  })
})

describe("codesets/rules/gap-*.json", () => {
  it("names every axis once, and only axes that there are", () => {
    const names = entries.map(({ axis }) => axis)
    expect(new Set(names).size).toBe(names.length)
    for (const { id, axes: of = [] } of lexicon.gapGroups ?? [])
      for (const axis of of) expect(names, id).toContain(axis)
  })

  for (const { id, codes, examples } of lexicon.gapGroups ?? []) {
    it(`${id} covers its examples and no others`, () => {
      const set = compilePatterns(codes)
      expect(examples.fires.filter((code) => !set.has(code))).toEqual([])
      expect(examples.quiet.filter((code) => set.has(code))).toEqual([])
    })
  }
})

describe.skipIf(!whole)("the release", () => {
  const of = new Axes(whole!, words)
  const openIn = (code: string, axis: string) => of.open(whole!.find(code)).find((each) => each.axis === axis)

  for (const { id, axis, examples } of entries) {
    it(`${id}: its examples`, () => {
      for (const { code, options } of examples.fires) {
        const codes = openIn(code, axis)?.options.map(({ row }) => whole!.code(row)) ?? []
        expect(
          options.filter((each) => !codes.includes(each)),
          `${code} ${codes}`
        ).toEqual([])
      }
      for (const code of examples.quiet) {
        expect(whole!.find(code), code).toBeGreaterThan(-1)
        expect(openIn(code, axis), code).toBeUndefined()
      }
    })
  }

  it("is told apart by its axes almost everywhere", () => {
    let headers = 0
    let usable = 0
    for (let row = 0; row < whole!.size; row += 7) {
      if (whole!.billable(row) || whole!.children(row).length < 2) continue
      headers++
      if (of.axesAt(row, row).length > 0) usable++
    }
    expect(usable / headers).toBeGreaterThan(0.95)
  })
})
