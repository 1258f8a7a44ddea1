/** Every example of every trigger, asked as `chartside assert` asks. */
import { describe, expect, it } from "vitest"
import { createEngine } from "@/engine/index"
import type { Trigger } from "@/engine/lexicon-types"
import type { AssertAnswer } from "@/engine/types"
import { repositoryLexicon } from "./read-files"

type Outcome = Trigger["examples"]["fires"][number]["as"]

/** What each outcome asks of the answer (README of the lexicon, "Categories and the answer of assert"). */
const ASKED: Record<Outcome, Partial<AssertAnswer>> = {
  affirmed: { negation: "affirmed", temporality: "recent", experiencer: "patient" },
  negated: { negation: "negated" },
  "ruled-out": { negation: "negated" },
  possible: { negation: "possible" },
  historical: { temporality: "historical" },
  hypothetical: { temporality: "hypothetical" },
  planned: { temporality: "hypothetical" },
  allergy: { temporality: "hypothetical" },
  screening: { temporality: "hypothetical" },
  family: { experiencer: "other" },
  "other-person": { experiencer: "other" }
}

const lexicon = repositoryLexicon()
const engine = createEngine({ packs: [], lexicon })

function complaint(id: string, text: string, target: string, outcome: Outcome): string | undefined {
  const start = text.indexOf(target)
  const answer = engine.assert({ text, span: [start, start + target.length] })
  const wrong = Object.entries(ASKED[outcome]).find(
    ([axis, value]) => answer[axis as keyof AssertAnswer] !== value
  )
  if (!wrong) return undefined
  return `${id} in "${text}": ${target} should be ${outcome}, is ${answer.negation}, ${answer.temporality}, ${answer.experiencer} (${answer.trigger?.rule ?? "no trigger"})`
}

describe("examples of triggers", () => {
  it("fire", () => {
    const wrong = lexicon.triggers.flatMap(({ id, examples }) =>
      examples.fires.flatMap(({ text, target, as }) => complaint(id, text, target, as) ?? [])
    )
    expect(wrong).toEqual([])
  })

  it("stay quiet", () => {
    const wrong = lexicon.triggers.flatMap(({ id, examples }) =>
      examples.quiet.flatMap(({ text, target, as }) => complaint(id, text, target, as ?? "affirmed") ?? [])
    )
    expect(wrong).toEqual([])
  })
})
