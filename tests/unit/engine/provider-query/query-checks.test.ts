/** Every example of every check of a query, over the starter set, and the linter on any text. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { LexiconError, parseLexicon } from "@/engine/lexicon-schema"
import { createQueryDesk, NoQueryRulesError } from "@/engine/provider-query"
import type { QueryExample, QueryFinding } from "@/engine/provider-query/types"
import { smallLexicon } from "../small-parts"
import { checks, desk, engine } from "./desk"

const linter = desk

function findingsOf(id: string, example: QueryExample): QueryFinding[] {
  return linter.lint(example).filter((finding) => finding.id === id)
}

function covers(example: QueryExample, finding: QueryFinding): boolean {
  if (example.at === undefined) return true
  const text = finding.in === "title" ? (example.title ?? "") : example.text
  const said = text.slice(finding.start, finding.end)
  return said.includes(example.at) || example.at.includes(said)
}

describe.each(checks)("$id", ({ id, level, examples }) => {
  it("fires where it must, at the words it objects to", () => {
    const silent = examples.fires.filter(
      (example) => !findingsOf(id, example).some((each) => each.level === level && covers(example, each))
    )
    expect(silent).toEqual([])
  })

  it("is quiet where it must be", () => {
    const loud = examples.quiet.filter((example) => findingsOf(id, example).length > 0)
    expect(loud).toEqual([])
  })
})

describe("a query as a coder should send it", () => {
  it("has no finding at all", () => {
    const text = [
      '"Anemia" is documented in the progress note of 01/14/2026.',
      "Indicators:",
      "- Hgb 7.9 g/dL on 01/14/2026 (laboratory), 11.2 on 01/10/2026",
      "- two units of red cells given on 01/14/2026",
      "Based on your clinical judgement, can the type and acuity of the anemia be further specified?",
      "- Acute blood loss anemia",
      "- Chronic anemia",
      "- Other (please specify)",
      "- Unable to determine"
    ].join("\n")
    expect(linter.lint({ title: "Further detail requested: anemia", text, date: "2026-01-14" })).toEqual([])
  })

  it("loses that as soon as it speaks of payment", () => {
    const findings = linter.lint({
      text: 'Note 01/14: "anemia". Specify the type, it is a CC and affects the DRG.'
    })
    expect(findings.map((each) => each.id)).toContain("q.no-impact")
  })
})

describe("on any text", () => {
  it("never throws, and every span lies inside its text", () => {
    const words = checks.flatMap((each) => [...(each.phrases ?? []), ...(each.exact ?? [])])
    const piece = fc.oneof(
      fc.constantFrom(
        ...words,
        "\n- ",
        "\n[x] ",
        "?",
        ": ",
        '"',
        "Other",
        "Unable to determine",
        "sepsis",
        "01/02"
      ),
      fc.string({ unit: "grapheme", maxLength: 12 })
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.option(fc.string(), { nil: undefined }),
        (parts, title) => {
          const text = parts.join(" ")
          for (const finding of linter.lint({ text, ...(title === undefined ? {} : { title }) })) {
            const inside = finding.in === "title" ? (title ?? "") : text
            expect(finding.start).toBeGreaterThanOrEqual(0)
            expect(finding.end).toBeGreaterThanOrEqual(finding.start)
            expect(finding.end).toBeLessThanOrEqual(inside.length)
          }
        }
      ),
      { numRuns: 150 }
    )
  })

  it("finds a phrase wherever it stands between other words", () => {
    const plain = fc.stringMatching(/^[b-y]{3,8}$/)
    const phrase = fc.constantFrom(...(checks.find((each) => each.id === "q.no-impact")?.phrases ?? []))
    fc.assert(
      fc.property(fc.array(plain, { maxLength: 6 }), phrase, fc.array(plain, { maxLength: 6 }), (a, p, b) => {
        const text = [...a, p.toUpperCase(), ...b].join(" ")
        const at = text.indexOf(p.toUpperCase())
        const found = linter.lint({ text }).filter((each) => each.id === "q.no-impact")
        expect(found.some((each) => each.start <= at && each.end >= at + p.length)).toBe(true)
      }),
      { numRuns: 60 }
    )
  })
})

describe("the file of checks", () => {
  it("refuses a check that is no check, or stands twice", () => {
    const first = checks[0]!
    const read = (...entries: object[]) =>
      parseLexicon([
        { name: "query-checks.json", data: { kind: "query-checks", version: 1, about: "test", entries } }
      ])
    expect(read(first).queryChecks).toHaveLength(1)
    expect(() => read(first, first)).toThrow(LexiconError)
    expect(() => read({ ...first, test: "nothing" })).toThrow(LexiconError)
    expect(() => read({ ...first, level: "X" })).toThrow(/level/)
  })

  it("a lexicon without queries makes no desk", () => {
    expect(() => createQueryDesk({ lexicon: smallLexicon, engine })).toThrow(NoQueryRulesError)
  })
})
