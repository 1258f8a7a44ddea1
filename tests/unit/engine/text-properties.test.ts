/** Whatever the text holds: sections cover it, offsets are exact, simple sentences are judged as anyone would. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import { compileHeadings } from "@/engine/lexicon/headings"
import { readDocument } from "@/engine/text/document"
import { repositoryLexicon } from "../lexicon/read-files"

const lexicon = repositoryLexicon()
const headings = compileHeadings(lexicon)
const engine = createEngine({ packs: [], lexicon })

const PIECES = [
  "HPI:",
  "ASSESSMENT",
  "Plan:",
  "A:",
  "P: 72",
  "1. gout",
  "2) asthma",
  "• cough",
  "[ ] fever",
  "[x] rash",
  "☐ pain",
  "Gout | 2015 | Resolved",
  "fever   cough",
  "no fever.",
  "? gout",
  "2 L of oxygen",
  "PAST MEDICAL HISTORY Gout",
  "**Gout**",
  "***",
  "{a/b}",
  "\r\n",
  "\n",
  "\n\n",
  "\t",
  "\u00a0",
  "\u200b",
  "\u2028",
  "\ud83d\ude00",
  "\ud83d",
  "e\u0301",
  "ﬁ"
]
const texts = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 40 })
  .map((pieces) => pieces.join(" "))

describe("for any text", () => {
  it("stretches and sentences stand in order, apart, inside the text, and every atom is the text at its place", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { stretches, sentences, atoms, sentenceOf } = readDocument(text, headings)
        let end = 0
        for (const stretch of stretches) {
          expect(stretch.start).toBeGreaterThanOrEqual(end)
          expect(stretch.end).toBeGreaterThan(stretch.start)
          end = stretch.end
        }
        expect(end).toBeLessThanOrEqual(text.length)
        let last = 0
        sentences.forEach((sentence, i) => {
          expect(sentence.first).toBeGreaterThanOrEqual(last)
          expect(sentence.last).toBeGreaterThan(sentence.first)
          for (let at = sentence.first; at < sentence.last; at++) expect(sentenceOf[at]).toBe(i)
          last = sentence.last
        })
        for (let at = 0; at < atoms.count; at++) {
          const said = text.slice(atoms.start[at], atoms.end[at])
          expect(said.toLowerCase().replaceAll("\u2019", "'")).toBe(atoms.lower[at])
        }
      }),
      { numRuns: 300 }
    )
  })

  it("a text is read the same whatever was read before", () => {
    fc.assert(
      fc.property(texts, texts, (before, text) => {
        const alone = readDocument(text, headings).sentences
        readDocument(before, headings)
        expect(readDocument(text, headings).sentences).toEqual(alone)
      }),
      { numRuns: 100 }
    )
  })
})

const CONDITIONS = ["asthma", "gout", "pneumonia", "diabetes", "heart failure", "migraine"]
const FRAMES: { text: (a: string, b: string) => string; a: string; b?: string }[] = [
  { text: (a) => `No ${a}.`, a: "negated" },
  { text: (a, b) => `Has ${a}, no ${b}.`, a: "affirmed", b: "negated" },
  { text: (a, b) => `Denies ${a} or ${b}.`, a: "negated", b: "negated" },
  { text: (a, b) => `No ${a} but has ${b}.`, a: "negated", b: "affirmed" },
  { text: (a, b) => `${a}; no ${b}`, a: "affirmed", b: "negated" },
  { text: (a) => `Family history of ${a}.`, a: "other" },
  { text: (a) => `Her mother has ${a}.`, a: "other" },
  { text: (a) => `History of ${a}.`, a: "historical" },
  { text: (a) => `Possible ${a}.`, a: "possible" },
  { text: (a) => `? ${a}`, a: "possible" },
  { text: (a) => `${a} was ruled out.`, a: "negated" },
  { text: (a) => `At risk for ${a}.`, a: "hypothetical" },
  { text: (a, b) => `Negative for ${a}; positive for ${b}.`, a: "negated", b: "affirmed" },
  { text: (a, b) => `${a}: no, ${b}: no`, a: "negated", b: "negated" }
]

describe("generated sentences", () => {
  it("are judged as their frame says", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FRAMES),
        fc.uniqueArray(fc.constantFrom(...CONDITIONS), { minLength: 2, maxLength: 2 }),
        fc.constantFrom("", "The lungs are clear. ", "HPI: ", "He walks daily.\n"),
        (frame, [a = "", b = ""], lead) => {
          const text = lead + frame.text(a, b)
          const outcome = (target: string): string => {
            const start = text.indexOf(target, lead.length)
            const said = engine.assert({ text, span: [start, start + target.length] })
            if (said.experiencer === "other") return "other"
            return said.negation !== "affirmed"
              ? said.negation
              : said.temporality !== "recent"
                ? said.temporality
                : "affirmed"
          }
          expect(`${text}: ${outcome(a)}`).toBe(`${text}: ${frame.a}`)
          if (frame.b) expect(`${text}: ${outcome(b)}`).toBe(`${text}: ${frame.b}`)
        }
      ),
      { numRuns: 300 }
    )
  })
})

describe("without a component", () => {
  it("leaves out what it names and nothing else", () => {
    const bare = createEngine({ packs: [], lexicon, without: ["assertion"] })
    expect(engine.assert({ text: "No gout.", span: [3, 7] }).negation).toBe("negated")
    expect(bare.assert({ text: "No gout.", span: [3, 7] }).negation).toBe("affirmed")
    expect(bare.assert({ text: "FAMILY HISTORY: Gout.", span: [16, 20] }).experiencer).toBe("other")
    const flat = createEngine({ packs: [], lexicon, without: ["sections"] })
    expect(flat.assert({ text: "FAMILY HISTORY: Gout.", span: [16, 20] }).experiencer).toBe("patient")
    expect(flat.assert({ text: "No gout.", span: [3, 7] }).negation).toBe("negated")
  })
})
