import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { contentWords } from "@/classification/words"
import { MOST_TEXT } from "@/engine/index"
import type { Findings, SuggestRequest } from "@/engine/types"
import { smallEngine } from "./small-parts"

const engine = smallEngine()

const WORDS = (
  "hypertension HTN type 2 diabetes neuropathy left right knee pain fracture of the distal radius no denies if " +
  "history pneumonia cough CKD stage 3b kidney heart failure acute systolic likely ? mother and , . ; : \n \n\n " +
  "ASSESSMENT PLAN: HPI: 1. - • FAMILY HISTORY: renal transplant depression but 3 years ago lobar PNA"
).split(" ")

const notes = fc
  .array(fc.constantFrom(...WORDS), { maxLength: 120 })
  .map((words) => words.join(" ").replaceAll(" \n", "\n").replaceAll("\n ", "\n"))

function check(text: string, findings: Findings): void {
  let considered = false
  for (const each of findings.suggestions) {
    if (each.tier === "consider") considered = true
    else expect(considered).toBe(false)
    expect(each.score).toBeGreaterThanOrEqual(0)
    expect(each.score).toBeLessThanOrEqual(1)
    expect(each.evidence.length).toBeGreaterThan(0)
  }
  for (const { evidence } of [...findings.suggestions, ...findings.suppressed]) {
    for (const { start, end, quote } of evidence) expect(quote).toBe(text.slice(start, end))
  }
  const codes = findings.suggestions.map((each) => each.code)
  expect(new Set(codes).size).toBe(codes.length)
}

/** Words a quote can stand for in these notes: its own, and those of the small lexicon. */
const READ_AS: Record<string, string> = {
  htn: "hypertension",
  ckd: "chronic kidney disease",
  pna: "pneumonia",
  distal: "lower end",
  renal: "kidney",
  kidney: "renal"
}

describe("for any note", () => {
  it("quotes are slices of the text, tiers are ordered, codes are not repeated", () => {
    fc.assert(
      fc.property(notes, fc.boolean(), (text, allMentions) => {
        check(text, engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15", allMentions }))
      }),
      { numRuns: 300 }
    )
  })

  it("the words of a quote account for the term it was matched to", () => {
    fc.assert(
      fc.property(notes, (text) => {
        const { suggestions } = engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
        for (const { quote, term } of suggestions.flatMap((each) => each.evidence)) {
          const own = contentWords(quote)
          const said = new Set([...own, ...own.flatMap((word) => contentWords(READ_AS[word] ?? ""))])
          const wanted = contentWords(term.replace(/\([^)]*\)|unspecified \w+/g, " "))
          // Words the classification prints and nobody says, and other forms of the main term.
          const free = new Set([
            "stage",
            "mellitus",
            "traumatic",
            "failed",
            "hypertensive",
            "diabetic",
            "with",
            "transplant"
          ])
          for (const word of wanted) if (!free.has(word)) expect([...said]).toContain(word)
        }
      }),
      { numRuns: 300 }
    )
  })

  it("never throws, whatever the text holds", () => {
    const any = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 300 }), notes)
    fc.assert(
      fc.property(any, (text) => {
        check(text, engine.suggest({ documents: [{ doc: "", text }] }))
        if (text.length > 0) engine.assert({ text, span: [0, Math.min(5, text.length)] })
      }),
      { numRuns: 400 }
    )
  })
})

describe("long charts", () => {
  const paragraph =
    "HPI: The patient denies cough and has pain in the left knee, 3 years ago hypertension and type 2 diabetes. " +
    "ASSESSMENT: 1. HTN. 2. CKD stage 3b, stable.\nPLAN: continue; return if pneumonia.\n"

  /** Each could meet itself again for every line: what is taken back, copied, told in lists, or never marked. */
  const shapes: [name: string, text: string][] = [
    ["an ordinary note", paragraph],
    [
      "the same condition ruled out at every line",
      "Impression: pneumonia, hypertension. Pneumonia was ruled out.\n"
    ],
    ["one word a line", paragraph.replace(/[^a-z]+/gi, "\n")],
    ["one line without end", paragraph.replaceAll("\n", " ")],
    ["words without marks", paragraph.replace(/[^a-z\n]+/gi, " ")],
    ["open braces", "He has {hypertension, knee pain and *** pneumonia "]
  ]

  const processorTime = (request: SuggestRequest) => {
    const before = process.cpuUsage()
    engine.suggest(request)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }

  const isLinear = (request: (characters: number) => SuggestRequest) => {
    const least = (characters: number) => {
      const times = [1, 2].map(() => processorTime(request(characters)))
      return Math.min(...times)
    }
    processorTime(request(20_000))
    // Ten times the text: quadratic growth would be a hundred times. Collecting garbage takes its share.
    expect(least(150_000) / least(15_000)).toBeLessThan(25)
  }

  it.each(shapes)("read in linear time: %s", (_, text) => {
    isLinear((characters) => ({
      documents: [{ doc: "", text: text.repeat(Math.ceil(characters / text.length)) }],
      date: "2026-01-15"
    }))
  })

  it("read in linear time: many notes with copied text", () => {
    isLinear((characters) => ({
      documents: Array.from({ length: Math.ceil(characters / 1000) }, (_, n) => ({
        doc: `note ${n}`,
        text: `${paragraph.repeat(5)}Pneumonia resolved.`,
        date: `2026-01-${String((n % 28) + 1).padStart(2, "0")}`
      })),
      date: "2026-01-15"
    }))
  })

  it("are read up to a megabyte, and the rest is told", () => {
    const text = `${paragraph.repeat(Math.ceil(MOST_TEXT / paragraph.length))}ASSESSMENT: Depression.`
    const findings = engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
    expect(findings.notices.join()).toMatch(/not read/)
    expect(findings.suggestions.map((each) => each.code)).not.toContain("F32.A")
  })

  it("survive a line without end, blanks and colons only", () => {
    const time = (text: string) => {
      const begun = performance.now()
      engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
      return performance.now() - begun
    }
    // Measured against ordinary text of the same length in the same run: a loaded machine slows both.
    const ordinary = time(paragraph.repeat(Math.ceil(900_000 / paragraph.length)))
    for (const text of [
      "a".repeat(300_000),
      ": ".repeat(150_000),
      " \t".repeat(150_000),
      "A".repeat(300_000),
      "1. ".repeat(100_000),
      "hypertension knee pain ".repeat(40_000),
      "no if likely ".repeat(70_000)
    ]) {
      expect(time(text) / ordinary).toBeLessThan(10)
    }
  })
})
