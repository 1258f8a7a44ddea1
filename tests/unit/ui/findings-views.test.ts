import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { quoteInContext } from "@/ui/session/context"
import { allItems, countChanges, groupFindings, sameLayout } from "@/ui/session/groups"
import { nextShown, type Shown } from "@/ui/session/held"
import { paintPlan } from "@/ui/session/paint-plan"
import { CLINIC_NOTE, clinicFindings } from "./fake-findings"

const findings = clinicFindings("d1:main")
const groups = groupFindings(findings)
const without = (code: string) =>
  groupFindings({ ...findings, suggestions: findings.suggestions.filter((entry) => entry.code !== code) })

describe("groups", () => {
  it("sorts findings into code, consider, a lane of their own, and not suggested, in the engine's order", () => {
    expect(groups.code.map(({ suggestion }) => suggestion.code)).toEqual(["E11.42", "S52.50"])
    expect(groups.consider.map(({ suggestion }) => suggestion.code)).toEqual(["I10"])
    expect(groups.lane.map(({ suggestion }) => suggestion.code)).toEqual(["Z79.4"])
    expect(groups.suppressed).toHaveLength(3)
  })

  it("gives every card a key of its own, also when the engine names a code twice", () => {
    const twice = groupFindings({ ...findings, suppressed: [...findings.suppressed, ...findings.suppressed] })
    const keys = allItems(twice).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe("nothing moves under the pointer", () => {
  const shown: Shown = { groups, epoch: 1, waiting: 0 }

  it("new findings wait while the list is used, and say how many changes there are", () => {
    const held = nextShown(shown, without("E11.42"), 1, true)
    expect(held).toEqual({ groups, epoch: 1, waiting: 1 })
    expect(nextShown(held, without("E11.42"), 1, true)).toBe(held)
    expect(nextShown(held, without("E11.42"), 1, false)).toMatchObject({ waiting: 0 })
  })

  it("what moves nothing is shown at once", () => {
    const same = groupFindings(structuredClone(findings))
    expect(nextShown(shown, same, 1, true)).toEqual({ groups: same, epoch: 1, waiting: 0 })
  })

  it("another chart never waits, nor does a first answer", () => {
    expect(nextShown(shown, without("I10"), 2, true)).toEqual({
      groups: without("I10"),
      epoch: 2,
      waiting: 0
    })
    const nothing = nextShown({ groups: groupFindings(undefined), epoch: 1, waiting: 0 }, groups, 1, true)
    expect(nothing.groups).toBe(groups)
  })

  it("a card that turns from consider to code is a change; further mentions are none", () => {
    const raised = groupFindings({
      ...findings,
      suggestions: findings.suggestions.map((entry) =>
        entry.code === "I10" ? { ...entry, tier: "code" } : entry
      )
    })
    expect(countChanges(groups, raised)).toBe(1)
    expect(sameLayout(groups, raised, 2)).toBe(false)
    const [first] = findings.suggestions
    const longer = { ...first!, evidence: [...first!.evidence, first!.evidence[0]!] }
    const mentioned = groupFindings({ ...findings, suggestions: [longer, ...findings.suggestions.slice(1)] })
    expect(sameLayout(groups, mentioned, 2)).toBe(true)
  })
})

describe("marks in the page", () => {
  const anchors = new Map([["d1:main", { documentId: "d1", source: "main", version: 7 }]])

  it("marks suggestions by tier on the version they rest on, and leaves out what was not suggested", () => {
    const marks = paintPlan(groups, anchors).get("d1")!
    expect(marks.active).toEqual([])
    expect(marks.spans.map(({ quote, tier }) => [quote, tier])).toContainEqual(["Hypertension", "consider"])
    expect(marks.spans.map(({ quote }) => quote)).not.toContain("breast cancer")
    for (const span of marks.spans) {
      expect(span).toMatchObject({ source: "main", version: 7 })
      expect(CLINIC_NOTE.slice(span.start, span.end)).toBe(span.quote)
    }
  })

  it("lights up the words and the trigger of what is looked at", () => {
    const pneumonia = groups.suppressed[0]!
    const { active } = paintPlan(groups, anchors, pneumonia).get("d1")!
    expect(active.map(({ quote, tier }) => [quote, tier])).toEqual([
      ["pneumonia", "suppressed"],
      ["Possible", "suppressed"]
    ])
  })

  it("plans nothing for texts that are not on the page, and clears documents without marks", () => {
    const other = new Map([["d9:main", { documentId: "d9", source: "main", version: 1 }]])
    expect(paintPlan(groups, other)).toEqual(new Map([["d9", { spans: [], active: [] }]]))
  })
})

describe("a quote in its sentence", () => {
  it("shows words around it, cut between words, never over a line", () => {
    const start = CLINIC_NOTE.indexOf("peripheral")
    const quote = { start, end: start + "peripheral neuropathy".length, quote: "peripheral neuropathy" }
    expect(quoteInContext(CLINIC_NOTE, quote, 30)).toEqual({
      before: "… 2 diabetes mellitus with ",
      quote: "peripheral neuropathy",
      after: ", gabapentin continued, A1c …"
    })
  })

  it("shows the bare quote when the text says something else now", () => {
    expect(quoteInContext("Another text", { start: 0, end: 4, quote: "gout" })).toEqual({
      before: "",
      quote: "gout",
      after: ""
    })
    expect(quoteInContext(undefined, { start: 0, end: 4, quote: "gout" }).quote).toBe("gout")
  })

  it("always has the quote, and only text that stands around it", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.integer({ min: 0, max: 20 }),
        (a, q, b, reach) => {
          const text = a + q + b
          const shown = quoteInContext(text, { start: a.length, end: a.length + q.length, quote: q }, reach)
          const flat = (words: string) => words.replace(/\s+/g, " ")
          expect(shown.quote).toBe(flat(q))
          expect(flat(a)).toContain(shown.before.replace(/^… ?/, "").trim())
          expect(flat(b)).toContain(shown.after.replace(/ ?…$/, "").trim())
        }
      )
    )
  })
})
