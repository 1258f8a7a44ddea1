/** Every example of every abbreviation and synonym, read as the engine reads a note. */
import { describe, expect, it } from "vitest"
import { contentWords } from "@/classification/words"
import { compileLexicon } from "@/engine/lexicon/compile"
import { occurrencesOf } from "@/engine/match/occurrences"
import { readDocument } from "@/engine/text/document"
import { repositoryLexicon } from "./read-files"

const lexicon = repositoryLexicon()
const compiled = compileLexicon(lexicon)

/** Words that entry `id` reads into the text. */
function readings(text: string, id: string, section?: string): Set<string> {
  const document = readDocument(text, compiled.headings)
  const words = new Set<string>()
  for (const sentence of document.sentences) {
    const placed = section ? { ...sentence, section } : sentence
    for (const occurrence of occurrencesOf(compiled.wordings, document, placed)) {
      if (occurrence.via === id) words.add(occurrence.word)
    }
  }
  return words
}

describe.each([
  ["abbreviations", lexicon.abbreviations],
  ["synonyms", lexicon.synonyms]
] as const)("examples of %s", (_kind, entries) => {
  it("are read where they must be", () => {
    const wrong: string[] = []
    for (const { id, examples } of entries) {
      for (const { text, words, section } of examples.fires) {
        const read = readings(text, id, section)
        const missing = contentWords(words).filter((word) => !read.has(word))
        if (missing.length > 0) wrong.push(`${id} in "${text}": no ${missing.join(", ")}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it("are not read where they must not be", () => {
    const wrong: string[] = []
    for (const { id, examples } of entries) {
      for (const text of examples.quiet) {
        const read = readings(text, id)
        if (read.size > 0) wrong.push(`${id} in "${text}": ${[...read].join(" ")}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
