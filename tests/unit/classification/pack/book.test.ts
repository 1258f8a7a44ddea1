import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { CodeSetModel, IndexSource, ModelIndexEntry } from "@/classification/model"
import { compilePack, ModelError } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { smallHcpcs, smallModel } from "../small-model"

const pack = openPack(compilePack(smallModel()))
const book = pack.indexBook!
const titles = (lines: { title: string }[]): string[] => lines.map(({ title }) => title)

describe("the index as a book", () => {
  it("is there only when the pack has an index", () => {
    expect(openPack(compilePack(smallHcpcs())).indexBook).toBeUndefined()
  })

  it("has the main terms of each source in printed order, page by page", () => {
    expect(book.sources()).toEqual([
      { source: "disease", mainTerms: 11 },
      { source: "external", mainTerms: 1 },
      { source: "neoplasm", mainTerms: 2 },
      { source: "drug", mainTerms: 1 }
    ])
    expect(titles(book.mainTerms("disease", 0, 3))).toEqual(["Abdominalgia", "COPD", "Diabetes, diabetic"])
    expect(titles(book.mainTerms("disease", 2, 2))).toEqual(["Diabetes, diabetic", "Disease, diseased"])
    expect(titles(book.mainTerms("neoplasm", 0, 9))).toEqual(["Neoplasm, neoplastic", "lung"])
    expect(book.mainTerms("disease", 11, 5)).toEqual([])
    expect(book.mainTerms("pcs", 0, 5)).toEqual([])
  })

  it("opens at the letters", () => {
    const at = (letters: string): string | undefined =>
      book.mainTerms("disease", book.seek("disease", letters), 1)[0]?.title
    expect(at("")).toBe("Abdominalgia")
    expect(at("D")).toBe("Diabetes, diabetic")
    expect(at("diabetes-d")).toBe("Diabetes, diabetic")
    expect(at("frac")).toBe("Fracture, burst")
    expect(at("fracture, t")).toBe("Fracture, traumatic")
    expect(book.seek("disease", "zz")).toBe(11)
    expect(book.seek("pcs", "a")).toBe(0)
    expect(book.seek("neoplasm", "l")).toBe(1)
  })

  it("gives a line as printed", () => {
    const radius = book.children(book.mainTerms("disease", book.seek("disease", "fracture, t"), 1)[0]!.id)[0]!
    expect(radius).toMatchObject({ title: "radius", code: "S52.-", incomplete: true, children: 1 })
    expect(book.children(radius.id)[0]).toMatchObject({ title: "lower end", code: "S52.50-", children: 0 })
    expect(pack.code(radius.row!)).toBe("S52")
    const ckd = book.line(5)
    expect(ckd).toMatchObject({ title: "chronic kidney disease", code: "E11.22", manifestation: "N18" })
    expect(titles(book.path(ckd.id).map((id) => book.line(id)))).toEqual([
      "Diabetes, diabetic",
      "with",
      "chronic kidney disease"
    ])
    expect(book.line(0)).toEqual({
      id: 0,
      source: "disease",
      title: "Abdominalgia",
      nonessential: [],
      see: "Pain, abdominal",
      children: 0
    })
    // The release does not have T14.8: no code, and nothing to lead to.
    expect(book.line(11)).toMatchObject({ title: "Fracture, traumatic", children: 1 })
    expect(book.line(11).code).toBeUndefined()
    expect(book.mainTerms("disease", 10, 1)[0]).toMatchObject({ title: "Fasciitis", outdated: "M722" })
    expect(() => book.line(-1)).toThrow(RangeError)
    expect(() => book.children(9999)).toThrow(RangeError)
  })

  it("gives the tables row by row, with their cells in the columns", () => {
    expect(book.columns("disease")).toEqual([])
    expect(book.columns("neoplasm")).toEqual(["Malignant Primary", "Benign"])
    const lung = book.mainTerms("neoplasm", 1, 1)[0]!
    expect(lung).toMatchObject({ title: "lung", cells: ["C34.90", "D14.30"], children: 0 })
    const aspirin = book.mainTerms("drug", 0, 1)[0]!
    expect(book.columns("drug")).toEqual(["Poisoning Accidental (unintentional)", "Adverse effect"])
    expect(aspirin).toMatchObject({ title: "Aspirin", cells: ["T39.011A", "T39.015A"], children: 0 })
    // A term of the table leads to its cell: the line is the row.
    expect(book.line(aspirin.id + 1).id).toBe(aspirin.id)
  })

  it("names what is outdated in a cell", () => {
    const model = smallModel()
    const cell = model.index.findIndex((entry) => entry.column === "Benign")
    model.index = model.index.map((entry, at) => {
      if (at !== cell) return entry
      const { code: _, ...rest } = entry
      return { ...rest, outdated: "D1430" }
    })
    const lung = openPack(compilePack(model)).indexBook!.mainTerms("neoplasm", 1, 1)[0]!
    expect(lung).toMatchObject({ cells: ["C34.90", ""], outdated: "D1430" })
  })

  it("follows references", () => {
    const path = (reference: string): string[] =>
      book.follow(reference) < 0 ? [] : titles(book.path(book.follow(reference)).map((id) => book.line(id)))
    expect(path("Pain, abdominal")).toEqual(["Pain", "abdominal"])
    expect(path("Disease, lung, obstructive")).toEqual(["Disease, diseased", "lung", "obstructive"])
    expect(path("Neoplasm, lung, malignant")).toEqual(["Neoplasm, neoplastic", "lung"])
    expect(path("Neoplasm, malignant, by site")).toEqual(["Neoplasm, neoplastic"])
    expect(path("Fracture, traumatic, by site")).toEqual(["Fracture, traumatic"])
    expect(path("condition")).toEqual([])
    expect(path("")).toEqual([])
  })

  it("keeps the lines of the PCS index: use and beginnings", () => {
    const index: ModelIndexEntry[] = [
      { source: "pcs", parent: -1, title: "Abductor hallucis muscle", nonessential: [], use: "Foot Muscle" },
      { source: "pcs", parent: -1, title: "Bypass", nonessential: [], beginnings: ["0UT9", "0D1"] }
    ]
    const pcs = openPack(compilePack({ ...smallModel(), index })).indexBook!
    expect(pcs.mainTerms("pcs", 0, 2)).toMatchObject([
      { use: "Foot Muscle" },
      { beginnings: ["0UT9", "0D1"] }
    ])
  })

  it("is refused when it is no tree in depth-first order", () => {
    const entry = (parent: number): ModelIndexEntry => ({
      source: "disease",
      parent,
      title: "x",
      nonessential: []
    })
    const model = (index: ModelIndexEntry[]): CodeSetModel => ({ ...smallModel(), index })
    expect(() => compilePack(model([entry(-1), entry(0), entry(1), entry(0)]))).not.toThrow()
    expect(() => compilePack(model([entry(-1), entry(0), entry(-1), entry(0)]))).toThrow(ModelError)
    expect(() => compilePack(model([entry(1), entry(-1)]))).toThrow(ModelError)
    expect(() => compilePack(model([{ ...entry(-1), column: "Benign" }]))).toThrow(ModelError)
  })
})

/** Any tree of lines: each stands below one of those still open. */
const anyIndex: fc.Arbitrary<ModelIndexEntry[]> = fc
  .array(
    fc.record({
      up: fc.nat(6),
      source: fc.constantFrom<IndexSource>("disease", "external", "pcs"),
      title: fc.oneof(
        fc.string({ maxLength: 8 }),
        fc.constantFrom("Fall, falling", "Fallen on by", "Ärger", "1-a")
      )
    }),
    { maxLength: 40 }
  )
  .map((lines) => {
    const open: number[] = []
    const entries: ModelIndexEntry[] = []
    for (const [at, { up, source, title }] of lines.entries()) {
      open.length = Math.max(0, Math.min(open.length, up))
      const parent = open[open.length - 1] ?? -1
      const above = entries[parent]
      entries.push({ source: above?.source ?? source, parent, title, nonessential: [] })
      open.push(at)
    }
    return entries
  })

describe("any index", () => {
  it("is leafed through like its model", () => {
    fc.assert(
      fc.property(anyIndex, fc.string({ maxLength: 4 }), (index, letters) => {
        const read = openPack(compilePack({ ...smallModel(), index })).indexBook
        if (index.length === 0) {
          expect(read).toBeUndefined()
          return
        }
        for (const source of ["disease", "external", "pcs"] as const) {
          const mains = index.flatMap((e, at) => (e.source === source && e.parent < 0 ? [at] : []))
          expect(read!.mainTerms(source, 0, 99).map(({ id }) => id)).toEqual(mains)
          const found = read!.mainTerms(source, read!.seek(source, letters), 1)[0]
          const key = (text: string): string =>
            text
              .normalize("NFD")
              .replace(/\p{M}/gu, "")
              .toLowerCase()
              .replace(/[^\p{L}\p{N}]+/gu, " ")
              .trim()
          const notBefore = mains.filter((at) => key(index[at]!.title) >= key(letters))
          const first = notBefore.sort((a, b) =>
            key(index[a]!.title) < key(index[b]!.title)
              ? -1
              : key(index[a]!.title) > key(index[b]!.title)
                ? 1
                : a - b
          )[0]
          expect(found?.id).toBe(first)
        }
        for (const [at, entry] of index.entries()) {
          const children = index.flatMap((e, child) => (e.parent === at ? [child] : []))
          expect(read!.children(at).map(({ id }) => id)).toEqual(children)
          expect(read!.line(at)).toMatchObject({ title: entry.title, children: children.length })
          const path: number[] = []
          for (let e = at; e >= 0; e = index[e]!.parent) path.unshift(e)
          expect(read!.path(at)).toEqual(path)
        }
      }),
      { numRuns: 80 }
    )
  })
})
