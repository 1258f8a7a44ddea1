import { describe, expect, it } from "vitest"
import { compilePack, compilePackWithReport, ModelError } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { contentWords } from "@/classification/words"
import { smallHcpcs, smallModel } from "../small-model"
import { richModel } from "./rich-model"

const model = smallModel()
const pack = openPack(compilePack(model))
const row = (code: string): number => pack.find(code)

/** Terms of a row as sets of words. */
function wordings(code: string): string[] {
  const [from, to] = pack.terms.ofRow(row(code))
  const found: string[] = []
  for (let term = from; term < to; term++) {
    const words = Array.from(pack.terms.words(term), (id) => pack.vocabulary.word(id))
    found.push(`${pack.terms.kind(term)}: ${words.sort().join(" ")}`)
  }
  return found
}

describe("a compiled pack", () => {
  it("says what it is", () => {
    expect(pack.info).toMatchObject({
      id: "icd10cm-FY2026",
      system: "ICD-10-CM",
      release: "FY2026",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      complete: true,
      remarks: ["For tests."],
      codes: model.codes.length
    })
    expect(pack.info.bytes).toBe(compilePack(model).length)
  })

  it("gives the same bytes for the same model", () => {
    expect(compilePack(smallModel())).toEqual(compilePack(model))
  })

  it("holds every code, title, flag and note of the model, in order", () => {
    expect(pack.size).toBe(model.codes.length)
    for (const [at, code] of model.codes.entries()) {
      expect(pack.find(code.code)).toBe(at)
      expect(pack.code(at).replace(".", "")).toBe(code.code)
      expect(pack.title(at)).toBe(code.title)
      expect(pack.billable(at)).toBe(code.billable)
      expect(pack.notes(at).map(({ kind, text }) => ({ kind, text }))).toEqual(code.notes)
    }
  })

  it("finds codes with or without dot, in any case, with blanks around", () => {
    for (const text of ["E11.65", "e1165", " e11.65 ", "E1165"]) expect(pack.code(row(text))).toBe("E11.65")
    for (const text of ["", "E", "E11.6.5", "E116500", "ZZZ", "E11 65", "\u{1f600}"])
      expect(row(text)).toBe(-1)
  })

  it("knows the tree", () => {
    const codes = (rows: number[]): string[] => rows.map((each) => pack.code(each))
    expect(codes(pack.children(row("E11")))).toEqual(["E11.2", "E11.6", "E11.9"])
    expect(pack.code(pack.parent(row("S52502A")))).toBe("S52.502")
    expect(pack.parent(row("S52"))).toBe(-1)
    expect(pack.code(pack.subtreeEnd(row("S525")))).toBe("S52.502S")
    expect(pack.chapter(row("E1122"))).toEqual({
      id: "4",
      title: "Endocrine, nutritional and metabolic diseases"
    })
    expect(pack.block(row("E1122"))?.id).toBe("E08-E13")
    expect(pack.block(row("I10"))).toBeUndefined()
  })

  it("inherits notes from ancestors, block and chapter, saying where they stand", () => {
    expect(pack.notes(row("E1122"), true).map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "useAdditional E11.22",
      "includes E11",
      "useAdditional E11",
      "excludes1 Chapter 4"
    ])
    expect(pack.notes(row("S52502A"), true).map(({ kind, at }) => `${kind} ${at}`)).toEqual([
      "note S52",
      "excludes2 S50-S59"
    ])
  })

  it("inherits 7th characters", () => {
    expect(pack.seventh(row("S52502")).map((each) => each.character)).toEqual(["A", "B", "D", "S"])
    expect(pack.seventh(row("S52502"))[0]?.includes).toEqual(["initial encounter for fracture NOS"])
    expect(pack.seventh(row("E11"))).toEqual([])
  })

  it("gives index paths as printed", () => {
    expect(pack.indexPaths(row("S5250"))).toEqual(["Fracture, traumatic, radius, lower end"])
    expect(pack.indexPaths(row("E1165"))).toEqual(["Diabetes, diabetic, with, hyperglycemia"])
    expect(pack.indexPaths(row("R109"), 1)).toHaveLength(1)
    expect(pack.indexPaths(row("R109"))).toEqual(["Pain, abdominal", "Abdominalgia (see Pain, abdominal)"])
    // No line prints the 7th character: the one of S52.50- leads here.
    expect(pack.indexPaths(row("S52502A"))).toEqual(["Fracture, traumatic, radius, lower end"])
    expect(pack.indexPaths(row("H66"))).toEqual([])
    expect(pack.indexPaths(row("C3490"))).toContain("Neoplasm, neoplastic, lung, Malignant Primary")
  })

  it("leaves out index codes that the release does not have, and reports them", () => {
    const { report } = compilePackWithReport(model)
    expect(report.unknownCodes).toEqual([
      { path: "Fracture, traumatic", code: "T148" },
      { path: "Neoplasm, neoplastic, Malignant Primary", code: "C801" }
    ])
    expect(report.emptySections).toEqual(["E15-E16"])
  })

  it("refuses a model whose codes repeat", () => {
    const twice = smallModel()
    twice.codes.push(twice.codes[0]!)
    expect(() => compilePack(twice)).toThrow(ModelError)
  })
})

describe("the terms", () => {
  it("take the words that must be there: no function words, no parentheses, no NOS", () => {
    expect(wordings("I10")).toEqual(["title: essential hypertension", "inclusion: blood high pressure"])
    expect(wordings("E119")[0]).toBe("title: 2 complication diabetes mellitus type without")
    expect(wordings("H669")).toContain("inclusion: acute media otitis")
  })

  it("read alternatives of a main term one by one", () => {
    expect(wordings("E1165")).toContain("index: diabetes hyperglycemia")
    expect(wordings("E1165")).toContain("index: diabetic hyperglycemia")
    expect(wordings("H669")).toContain("index: media otitis subacute")
  })

  it("do not ask for what the index prints and nobody says", () => {
    expect(wordings("S52")).toContain("index: fracture radius")
  })

  it("follow references", () => {
    expect(wordings("R109")).toContain("index: abdominalgia")
    expect(wordings("J449")).toContain("index: copd")
    expect(wordings("J441")).toContain("index: acute copd exacerbation")
    expect(wordings("C3490")).toContain("neoplasm: chondrosarcoma")
    expect(pack.aliases()).toContainEqual({
      title: "Adenocarcinoma",
      means: "malignant neoplasm",
      also: false
    })
  })

  it("name the column of a table in words", () => {
    expect(wordings("C3490")).toContain("neoplasm: lung malignant neoplasm")
    expect(wordings("D1430")).toContain("neoplasm: benign lung neoplasm")
    expect(wordings("T39015A")).toContain("drug: adverse aspirin effect")
    expect(wordings("W540XXA")).toEqual([
      "title: bitten dog encounter initial",
      "external: bite dog",
      "external: bitten dog"
    ])
  })

  it("have none for titles that only add the encounter", () => {
    expect(wordings("S52502A")).toEqual([])
    expect(wordings("S52502")).toEqual(["title: end fracture left lower radius"])
  })

  it("say when more characters are needed, and the manifestation", () => {
    const [from] = pack.terms.ofRow(row("S5250"))
    expect(pack.terms.incomplete(from)).toBe(true)
    const ckd = [...Array(pack.terms.count).keys()].find(
      (term) => pack.terms.text(term) === "Diabetes, diabetic, with, chronic kidney disease"
    )!
    expect(pack.code(pack.terms.manifestation(ckd))).toBe("N18")
    expect(pack.terms.manifestation(from)).toBe(-1)
  })

  it("stand at their rarest word, and every word of theirs is in the vocabulary", () => {
    const anchored = new Map<number, number>()
    for (let word = 0; word < pack.vocabulary.size; word++) {
      expect(pack.vocabulary.id(pack.vocabulary.word(word))).toBe(word)
      for (const term of pack.terms.anchoredAt(word)) anchored.set(term, word)
    }
    expect(anchored.size).toBe(pack.terms.count)
    for (let term = 0; term < pack.terms.count; term++) {
      const words = Array.from(pack.terms.words(term))
      const rarest = Math.min(...words.map((word) => pack.vocabulary.frequency(word)))
      expect(pack.vocabulary.frequency(anchored.get(term)!)).toBe(rarest)
      expect(words).toEqual([...new Set(words)].sort((a, b) => a - b))
      const [from, to] = pack.terms.ofRow(pack.terms.row(term))
      expect(from <= term && term < to).toBe(true)
    }
    expect(pack.vocabulary.id("notaword")).toBe(-1)
  })

  it("hold the words of every title that has a term", () => {
    for (let term = 0; term < pack.terms.count; term++) {
      if (pack.terms.kind(term) !== "title") continue
      const title = contentWords(pack.terms.text(term))
      for (const id of pack.terms.words(term)) expect(title).toContain(pack.vocabulary.word(id))
    }
  })
})

describe("what stands beside the classification", () => {
  const rich = openPack(compilePack(richModel()))

  it("is told of the codes that have any, with the lists it comes from", () => {
    expect(rich.attributes(rich.find("E11.22"))).toEqual({ hcc: { V24: "18", V28: "37" }, cc: "CC" })
    expect(rich.attributes(rich.find("W54.0XXA"))).toEqual({
      poaExempt: true,
      mce: ["external cause", "unacceptable"]
    })
    expect(rich.attributes(rich.find("I10"))).toEqual({})
    expect(rich.lists()).toEqual(richModel().lists)
    expect(pack.lists()).toEqual([])
    expect(pack.attributes(0)).toEqual({})
  })

  it("remembers since when, and what is gone", () => {
    expect(rich.history(rich.find("E11"))).toEqual({ headerSince: "2015-10-01" })
    expect(rich.history(rich.find("N18.32"))).toEqual({ addedSince: "2020-10-01", previous: ["N18.3"] })
    expect(rich.history(rich.find("I10"))).toEqual({})
    expect(rich.retired("m72.2")).toMatchObject({ since: "2026-10-01", successors: ["M67.A0"] })
    expect(rich.retired("I10")).toBeUndefined()
    expect(rich.allRetired().map(({ code }) => code)).toEqual(["E140", "M722"])
  })

  it("reports what it names and the release does not hold", () => {
    const { report } = compilePackWithReport(richModel())
    expect(report.unknownAttributes).toEqual(["Z999"])
    expect(report.unknownHistory).toEqual([])
  })

  it("is refused when it cannot be true", () => {
    const gone = { code: "I10", title: "x", since: "2026-10-01", successors: [] }
    expect(() => compilePack({ ...smallModel(), retired: [gone] })).toThrow(ModelError)
    expect(() =>
      compilePack({ ...smallModel(), retired: [{ ...gone, code: "I99", since: "2026" }] })
    ).toThrow(ModelError)
    const twice = { ...gone, code: "I99" }
    expect(() => compilePack({ ...smallModel(), retired: [twice, twice] })).toThrow(ModelError)
  })
})

describe("a pack without levels", () => {
  const hcpcs = openPack(compilePack(smallHcpcs()))

  it("keeps dates, modifiers and plain codes", () => {
    expect(hcpcs.info.id).toBe("hcpcs-2025-10")
    expect(hcpcs.code(hcpcs.find("e0110"))).toBe("E0110")
    expect(hcpcs.parent(hcpcs.find("E0110"))).toBe(-1)
    expect(hcpcs.dates(hcpcs.find("J0120"))).toEqual({ added: "1982-01-01", ended: "2019-12-31" })
    expect(hcpcs.dates(hcpcs.find("J1885"))).toEqual({ added: "1995-01-01" })
    expect(hcpcs.modifiers()).toEqual([{ code: "LT", title: "Left side", added: "1984-01-01" }])
  })
})

describe("lists longer than the reader's first buffer", () => {
  it("are whole at the very first call", () => {
    const many = smallHcpcs()
    many.codes = Array.from({ length: 3000 }, (_, n) => ({
      code: `A${String(n).padStart(4, "0")}`,
      title: `Wheelchair part number${n}`,
      billable: true,
      notes: []
    }))
    const bytes = compilePack(many)
    const wheelchair = openPack(bytes).vocabulary.id("wheelchair")
    expect(openPack(bytes).terms.othersAt(wheelchair)).toHaveLength(3000)
    expect(openPack(bytes).terms.holdingShared(wheelchair, "others")).toHaveLength(3000)
  })
})
