/**
 * Whatever the text: a match is carried by words that stand where it says they do, and evidence quotes the text.
 * Over the whole classification and the repository's lexicon, when they are here; else over the small set.
 */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { foldWord } from "@/classification/words"
import { compileLexicon } from "@/engine/lexicon/compile"
import { occurrencesOf } from "@/engine/match/occurrences"
import { createMatchers } from "@/engine/match/scan"
import { readDocument } from "@/engine/text/document"
import { repositoryLexicon } from "../lexicon/read-files"
import { smallEngine, smallLexicon, smallPack } from "./small-parts"
import { whole, wholeEngine } from "./whole-set"

const pack = whole ?? smallPack()
const compiled = compileLexicon(whole ? repositoryLexicon() : smallLexicon)
const engine = whole ? wholeEngine() : smallEngine()
const [matcher] = createMatchers([pack], compiled)

const PHRASES = (
  "type 2 diabetes with neuropathy and retinopathy|HTN|CKD stage 3b|right and left knee OA|fracture of the left distal radius|" +
  "breast cancer|bone mets|metastatic to liver and lung|AF with RVR|COPD exacerbation|acute on chronic systolic heart failure|" +
  "denies chest pain, SOB|no evidence of pneumonia|pnuemonia|diabetis|s/p CABG|L4-L5 disc herniation|slipped on ice and fell|" +
  "history of breast cancer|seizure disorder|kidney disease, chronic, stage 4|pain in the right lower leg|mother had stroke|" +
  "?UTI|4th and 5th ribs|anaemia|haemorrhoids|GERD|low back pain|2/7 fever|BP 120/80|Hb 7.2|ESRD on HD|dog bite|PE|RA|MS"
).split("|")
const GLUE = [
  " ",
  ", ",
  " and ",
  " with ",
  ". ",
  "; ",
  "\n",
  "\n2. ",
  " (",
  ") ",
  " / ",
  " due to ",
  "\nASSESSMENT\n",
  "\nHPI: "
]

const texts = fc
  .array(fc.tuple(fc.constantFrom(...PHRASES), fc.constantFrom(...GLUE)), { minLength: 1, maxLength: 14 })
  .map((parts) => parts.flat().join(""))

describe("any match", () => {
  it.each(["conditions", "causes"] as const)("of %s is carried by the words it stands on", (reading) => {
    fc.assert(
      fc.property(texts, (text) => {
        const document = readDocument(text, compiled.headings)
        for (const sentence of document.sentences) {
          const occurrences = occurrencesOf(compiled.wordings, document, sentence)
          for (const { term, atoms, first, last, missing } of matcher!.find(document, occurrences, {
            reading
          })) {
            expect(atoms).toEqual([...new Set(atoms)].sort((a, b) => a - b))
            expect(first).toBe(atoms[0])
            expect(last).toBe(atoms[atoms.length - 1]! + 1)
            const inside = occurrences.filter((each) => {
              for (let at = each.first; at < each.last; at++)
                if (document.atoms.isWord[at] && !atoms.includes(at)) return false
              return true
            })
            const said = new Set(inside.map((each) => each.word))
            const unsaid = Array.from(pack.terms.words(term), (id) => pack.vocabulary.word(id)).filter(
              (word) => !said.has(word)
            )
            // Left out as the lexicon allows, or written with a slip.
            const slips = inside.filter((each) => each.via === "" && pack.vocabulary.id(each.word) < 0).length
            expect(unsaid.length).toBeLessThanOrEqual(missing + slips)
            expect(unsaid.filter((word) => !compiled.optionalWords.has(word)).length).toBeLessThanOrEqual(
              slips
            )
          }
        }
      }),
      { numRuns: 150 }
    )
  })
})

describe("any evidence", () => {
  it("is the text at its offsets, with a word of its own, and names its wording", () => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, allMentions) => {
        const findings = engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15", allMentions })
        for (const { evidence } of [...findings.suggestions, ...findings.suppressed]) {
          expect(evidence.length).toBeGreaterThan(0)
          for (const { start, end, quote, term, via } of evidence) {
            expect(quote).toBe(text.slice(start, end))
            expect(foldWord(quote)).not.toBe("")
            expect(term).not.toBe("")
            expect(via).not.toBe("")
          }
        }
      }),
      { numRuns: 100 }
    )
  })
})
