import { describe, expect, it } from "vitest"
import { LexiconError, parseLexicon } from "@/engine/lexicon-schema"

const sections = {
  kind: "sections",
  version: 1,
  about: "One section.",
  entries: [{ id: "exam", title: "Examination", role: "findings", supports: "detail" }]
}

function file(kind: string, ...entries: object[]) {
  return { name: `${kind}.json`, data: { kind, version: 1, about: "A test.", entries } }
}

const roomAir = {
  id: "abbr.ra",
  abbr: "ra",
  expansions: [{ words: "room air" }],
  examples: { fires: [{ text: "97% on RA", words: "room air" }], quiet: [] }
}

const denies = {
  id: "trig.denies",
  text: "denies",
  category: "negated",
  direction: "forward",
  examples: {
    fires: [{ text: "Denies cough.", target: "cough", as: "negated" }],
    quiet: [{ text: "Cough, denies fever.", target: "Cough" }]
  }
}

function problem(...files: { name: string; data: unknown }[]): LexiconError {
  try {
    parseLexicon(files)
  } catch (error) {
    if (error instanceof LexiconError) return error
    throw error
  }
  throw new Error("the lexicon was accepted")
}

describe("parseLexicon", () => {
  it("puts the files of every kind together", () => {
    const lexicon = parseLexicon([
      { name: "sections.json", data: sections },
      file("abbreviations", roomAir),
      file("abbreviations", { ...roomAir, id: "abbr.other", abbr: "r.a." }),
      file("triggers", denies)
    ])
    expect(lexicon.abbreviations.map((entry) => entry.id)).toEqual(["abbr.ra", "abbr.other"])
    expect(lexicon.sections).toHaveLength(1)
    expect(lexicon.triggers[0]?.examples.fires[0]?.as).toBe("negated")
    expect(lexicon.synonyms).toEqual([])
  })

  it("names file, entry and problem", () => {
    const error = problem(file("abbreviations", { ...roomAir, abbr: 5 }))
    expect(error.file).toBe("abbreviations.json")
    expect(error.entry).toBe("abbr.ra")
    expect(error.problem).toContain("abbr")
    expect(error.message).toContain("abbreviations.json, abbr.ra: ")
  })

  it("names an entry without id by its place", () => {
    expect(problem(file("synonyms", { term: "x" })).entry).toBe("entries[0]")
  })

  it.each([
    ["no object", 5],
    ["an unknown kind", { kind: "rules", version: 1, about: "A test.", entries: [] }],
    ["another version", { kind: "synonyms", version: 2, about: "A test.", entries: [] }],
    ["an unknown key", { kind: "synonyms", version: 1, about: "A test.", entries: [], code: "x" }]
  ])("refuses a file that is %s", (_name, data) => {
    const error = problem({ name: "bad.json", data })
    expect([error.file, error.entry]).toEqual(["bad.json", ""])
  })

  it("refuses an id that is used twice, also across files", () => {
    expect(problem(file("abbreviations", roomAir), file("abbreviations", roomAir)).problem).toContain(
      "already used"
    )
  })

  it("refuses a section that does not exist", () => {
    const entry = { ...roomAir, expansions: [{ words: "room air", when: { sections: ["vital"] } }] }
    const quiet = { ...entry, examples: { ...roomAir.examples, quiet: ["RA"] } }
    expect(problem(file("abbreviations", quiet)).problem).toBe('no section "vital"')
    const heading = { id: "head.exam", text: "exam", section: "exams" }
    expect(problem({ name: "s.json", data: sections }, file("headings", heading)).entry).toBe("head.exam")
  })

  it.each([
    ["a code in an expansion", { expansions: [{ words: "e11.9" }] }],
    ["a code without dot", { expansions: [{ words: "type 2 diabetes e119a j18" }] }],
    ["capital letters", { expansions: [{ words: "Room air" }] }],
    ["two defaults", { expansions: [{ words: "room air" }, { words: "rheumatoid arthritis" }] }],
    ["a default before a condition", { expansions: [{ words: "a" }, { words: "b", when: { near: ["c"] } }] }],
    ["ambiguity without conditions", { ambiguous: true }],
    ["a case-sensitive wording without quiet example", { caseSensitive: true }],
    ["an empty condition", { expansions: [{ words: "room air", when: {} }] }],
    ["an unknown key", { code: "J18.9" }],
    ["no firing example", { examples: { fires: [], quiet: [] } }],
    [
      "a firing example of other words",
      { examples: { fires: [{ text: "RA", words: "right arm" }], quiet: [] } }
    ]
  ])("refuses an abbreviation with %s", (_name, change) => {
    expect(problem(file("abbreviations", { ...roomAir, ...change })).entry).toBe("abbr.ra")
  })

  it("takes vitamins and vertebrae for words", () => {
    const words = "vitamin b12 deficiency at t11-t12"
    const examples = { fires: [{ text: "RA", words }], quiet: [] }
    expect(() =>
      parseLexicon([file("abbreviations", { ...roomAir, expansions: [{ words }], examples })])
    ).not.toThrow()
  })

  it.each([
    ["a pseudo-trigger that shields nothing", { category: "pseudo" }],
    ["a trigger that shields", { shields: ["negated"] }],
    ["a terminator that ends nothing", { category: "terminate" }],
    ["a scope of none", { maxScope: 0 }],
    ["no quiet example", { examples: { ...denies.examples, quiet: [] } }],
    [
      "a target that is not in its text",
      { examples: { ...denies.examples, quiet: [{ text: "Fever.", target: "cough" }] } }
    ],
    [
      "no example of its own category",
      { examples: { ...denies.examples, fires: [{ text: "Cough.", target: "Cough", as: "affirmed" }] } }
    ]
  ])("refuses %s", (_name, change) => {
    expect(problem(file("triggers", { ...denies, ...change })).entry).toBe("trig.denies")
  })

  it("refuses a conditional synonym without quiet example and a code pattern that is none", () => {
    const synonym = {
      id: "syn.cold",
      term: "cold",
      words: "nasopharyngitis",
      when: { before: ["a"] },
      examples: { fires: [{ text: "a cold", words: "nasopharyngitis" }], quiet: [] }
    }
    expect(problem(file("synonyms", synonym)).problem).toContain("quiet")
    const integral = { id: "int.j18", diagnosis: ["pneumonia"], symptoms: ["R05"], why: "Cough." }
    expect(problem(file("integral-symptoms", integral)).problem).toContain("diagnosis.0")
  })
})
