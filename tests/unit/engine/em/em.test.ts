/** The E/M estimate: every example of its tables, the mistakes of keyword matchers (rules.md E4), and any text. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { EM_LABEL } from "@/engine/em/estimate"
import { EM_LEVELS, type EmEstimate } from "@/engine/em/types"
import { compilePatterns } from "@/engine/lexicon/patterns"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole, wholeEngine } from "../whole-set"

const lexicon = repositoryLexicon()

describe("conditions of the estimate", () => {
  it.each(lexicon.emConditions ?? [])("$id", ({ codes, examples }) => {
    const patterns = compilePatterns(codes)
    expect(examples.fires.filter((code) => !patterns.has(code))).toEqual([])
    expect(examples.quiet.filter((code) => patterns.has(code))).toEqual([])
    if (whole)
      expect([...examples.fires, ...examples.quiet].filter((code) => whole!.find(code) < 0)).toEqual([])
  })

  it("have rising times", () => {
    for (const { minutes } of lexicon.emVisits ?? []) {
      const told = EM_LEVELS.map((level) => minutes[level]).filter((each) => each !== undefined)
      expect(told).toEqual([...told].sort((a, b) => a - b))
      expect(told.length).toBeGreaterThanOrEqual(3)
    }
  })
})

describe.skipIf(!whole)("the estimate", () => {
  const estimate = (text: string): EmEstimate =>
    wholeEngine().suggest({ documents: [{ doc: "", text }], date: "2026-01-15", em: true }).em!
  const plan = (text: string) => estimate(`ASSESSMENT AND PLAN: ${text}`)
  const of = (em: EmEstimate, name: "problems" | "data" | "risk") =>
    em.elements.find(({ element }) => element === name)!
  const rules = (em: EmEstimate) => em.elements.flatMap(({ items }) => items.map(({ rule }) => rule))

  /** Status words show in the kind of problem they make; the others by their own id. */
  const shows = (em: EmEstimate, id: string, category: string, element: string): boolean => {
    if (element === "data" || element === "risk") {
      const own = em.elements.find((each) => each.element === element)?.items ?? []
      return own.some(({ rule }) => rule === id || related(id, rule, category))
    }
    if (category === "total") return em.time !== undefined
    if (category === "half") return em.cautions.some(({ text }) => /share of the visit/.test(text))
    if (category === "staff") return em.cautions.some(({ text }) => /time of staff/.test(text))
    if (category === "procedure") return em.cautions.some(({ text }) => /procedure is documented/.test(text))
    if (category === "activity") return em.time?.activities === true
    return true
  }
  const phrases = lexicon.emPhrases ?? []
  const related = (id: string, rule: string, category: string) =>
    phrases.some((each) => each.id === rule && each.id !== id && each.category === category)

  const told = phrases.filter(({ element }) => element !== "problems")
  it.each(told)("$id", ({ id, category, element, examples }) => {
    expect(examples.fires.length).toBeGreaterThanOrEqual(3)
    expect(examples.quiet.length).toBeGreaterThanOrEqual(3)
    expect(examples.fires.filter((text) => !shows(plan(text), id, category, element))).toEqual([])
    const alone = (text: string) =>
      plan(text)
        .elements.flatMap(({ items }) => items.map(({ rule }) => rule))
        .includes(id)
    const quiet =
      element === "data" || element === "risk"
        ? alone
        : (text: string) => shows(plan(text), id, category, element)
    expect(examples.quiet.filter(quiet)).toEqual([])
  })

  it.each(lexicon.emTests ?? [])("$id", ({ id, examples }) => {
    expect(examples.fires.filter((text) => !rules(plan(text)).includes(id))).toEqual([])
    expect(examples.quiet.filter((text) => rules(plan(text)).includes(id))).toEqual([])
  })

  it.each([
    ["1. Hypertension, stable.", "em.problem-chronic", "low"],
    ["1. Hypertension, stable.\n2. Type 2 diabetes, stable.", "em.problem-chronic", "moderate"],
    ["1. Hypertension, uncontrolled.", "em.problem-not-stable", "moderate"],
    ["1. Type 2 diabetes, not at goal.", "em.problem-not-stable", "moderate"],
    ["1. Upper respiratory infection.", "em.problem-self-limited", "straightforward"],
    ["1. Abdominal pain of unclear etiology.", "em.problem-undiagnosed", "moderate"],
    ["1. Community-acquired pneumonia.", "em.problem-systemic", "moderate"],
    ["1. COPD with severe exacerbation.", "em.problem-severe", "high"]
  ])("%s", (text, rule, level) => {
    const problems = of(estimate(`ASSESSMENT AND PLAN:\n${text}`), "problems")
    expect(problems.items.map((each) => each.rule)).toContain(rule)
    expect(problems.level).toBe(level)
  })

  it("is off unless asked for, and labelled", () => {
    const documents = [{ doc: "", text: "ASSESSMENT: Hypertension, stable." }]
    expect(wholeEngine().suggest({ documents, date: "2026-01-15" }).em).toBeUndefined()
    expect(plan("Hypertension.").label).toBe(EM_LABEL)
  })

  it("makes none of the mistakes of keyword matchers", () => {
    // 1, 2: a history and a list of drugs are neither problems nor management.
    const lists = estimate(
      "PAST MEDICAL HISTORY: Diabetes, CHF, COPD.\nMEDICATIONS: Lisinopril 10 mg daily.\nASSESSMENT: Acute sinusitis."
    )
    expect(of(lists, "problems").items).toHaveLength(1)
    expect(of(lists, "risk").level).toBeUndefined()
    // 3: an order and its review are one.
    const twice = plan("Order CBC. CBC reviewed today.")
    expect(of(twice, "data").items.filter(({ rule }) => rule === "emtest.cbc")).toHaveLength(1)
    // 4, 6: shares of a visit, and others' minutes.
    expect(plan("Greater than 50% of the visit was spent in counseling.").time).toBeUndefined()
    expect(plan("Nurse spent 20 minutes on education.").time).toBeUndefined()
    // 5: an abnormal value is no threat.
    expect(of(plan("BP 190/110, heart rate 120."), "problems").level).toBeUndefined()
    // 7: one source once.
    const source = plan("Reviewed outside records from Mercy. Outside records reviewed from Mercy.")
    expect(of(source, "data").items).toHaveLength(1)
    // 9, 10: said beside the estimate.
    expect(
      plan("Procedure performed: knee injection.").cautions.some(({ text }) => /procedure/i.test(text))
    ).toBe(true)
  })

  it("takes two of three, and quotes what each rests on", () => {
    const text = `ASSESSMENT AND PLAN:
1. Type 2 diabetes, not at goal. Increase metformin to 1000 mg.
2. Hypertension, stable. Continue lisinopril 10 mg.
Total time today 45 minutes, including chart review.`
    const em = estimate(text)
    expect(em.level).toBe("moderate")
    expect(em.time).toMatchObject({ minutes: 45, activities: true })
    expect(em.time!.levels.find(({ visit }) => visit === "office, established patient")?.level).toBe("high")
    for (const { items } of em.elements)
      for (const { evidence } of items)
        for (const { start, end, quote } of evidence) expect(text.slice(start, end)).toBe(quote)
  })

  it("answers any text", () => {
    const word = fc.constantFrom(
      "total",
      "time",
      "45",
      "minutes",
      "start",
      "lisinopril",
      "10",
      "mg",
      ".",
      "\n",
      "Plan:",
      "no",
      "admit",
      "to",
      "ICU",
      "50%"
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(" "))
        ),
        (text) => {
          const em = estimate(text)
          expect(em.elements).toHaveLength(3)
          for (const { level, items } of em.elements) expect(level === undefined).toBe(items.length === 0)
        }
      ),
      { numRuns: 40 }
    )
  })
})
