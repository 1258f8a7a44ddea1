/** The lexicon as a whole: what no single entry can promise. */
import { describe, expect, it } from "vitest"
import { compilePatterns } from "@/engine/lexicon/patterns"
import { CodeGroups } from "@/engine/suggest/code-groups"
import { readFiles, repositoryLexicon } from "./read-files"

const lexicon = repositoryLexicon()

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.filter((value) => seen.size === seen.add(value).size)
}

describe("the lexicon's files", () => {
  it("hold every kind", () => {
    const kinds = new Set(readFiles().map((file) => (file.data as { kind: string }).kind))
    for (const kind of ["abbreviations", "synonyms", "headings", "triggers", "generic-terms", "modifiers"])
      expect(kinds).toContain(kind)
    for (const list of Object.values(lexicon)) expect(list.length).toBeGreaterThan(0)
  })

  it("spell every abbreviation once", () => {
    const spellings = lexicon.abbreviations.flatMap((entry) => [entry.abbr, ...(entry.also ?? [])])
    expect(repeated(spellings)).toEqual([])
  })

  it("give every heading one section", () => {
    expect(repeated(lexicon.headings.map((entry) => entry.text))).toEqual([])
  })

  it("word every unconditional synonym once", () => {
    const terms = lexicon.synonyms.filter((entry) => !entry.when).map((entry) => entry.term)
    expect(repeated(terms)).toEqual([])
  })

  it("give every trigger one meaning for a direction", () => {
    const meanings = lexicon.triggers.map((entry) => `${entry.text} ${entry.category} ${entry.direction}`)
    expect(repeated(meanings)).toEqual([])
  })

  it("resolve every abbreviation that rules.md C2 guards by more than its letters", () => {
    const guarded = "pe ra ms cp rom cva dm rf cf od os as pt bs lad pnd ppd si hs".split(" ")
    for (const abbr of guarded) {
      const entry = lexicon.abbreviations.find((each) => each.abbr.toLowerCase() === abbr)
      expect(
        entry?.expansions.some((expansion) => expansion.when),
        abbr
      ).toBe(true)
    }
  })

  it("never call a symptom integral to itself", () => {
    for (const { id, diagnosis, symptoms } of lexicon.integralSymptoms) {
      const of = compilePatterns(diagnosis)
      for (const symptom of symptoms)
        expect(of.has(symptom.split("-")[0] ?? ""), `${id} ${symptom}`).toBe(false)
    }
  })

  it("put the examples of every code group in it and keep the others out", () => {
    expect(repeated(lexicon.codeGroups.map((entry) => entry.group))).toEqual([])
    const groups = new CodeGroups(lexicon.codeGroups)
    for (const { group, examples } of lexicon.codeGroups) {
      for (const code of examples.in) expect(groups.has(group, code), `${group} ${code}`).toBe(true)
      for (const code of examples.out) expect(groups.has(group, code), `${group} ${code}`).toBe(false)
    }
  })

  it("never let a combination drop what it gives or keeps", () => {
    for (const { id, gives, drops, keeps } of lexicon.combinations) {
      const dropped = compilePatterns(drops)
      expect(dropped.has(gives), id).toBe(false)
      for (const kept of keeps) expect(drops.includes(kept), `${id} ${kept}`).toBe(false)
    }
  })
})
