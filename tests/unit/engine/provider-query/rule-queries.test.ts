/**
 * Every documentation rule's own examples: the query drafted for the gap passes its own linter. All examples of a rule:
 * EXAMPLES=all npx vitest run tests/unit/engine/provider-query/rule-queries.test.ts
 */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { DocumentationRule } from "@/engine/gaps/rules-types"
import { createQueryDesk, type QueryDesk } from "@/engine/provider-query"
import { firstChoice, writeQuery } from "@/engine/provider-query/write"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole, wholeEngine } from "../whole-set"
import { DATE } from "./desk"

const FOLDER = "codesets/rules/documentation"
const most = process.env.EXAMPLES === "all" ? Number.POSITIVE_INFINITY : 1

const rules = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map(
    (name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as { kind: string; entries: unknown[] }
  )
  .filter(({ kind }) => kind === "documentation-rules")
  .flatMap(({ entries }) => entries as DocumentationRule[])

let desk: QueryDesk | undefined

describe.skipIf(!whole)("queries for the gaps of documentation rules", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
    const engine = wholeEngine()
    desk ??= createQueryDesk({ lexicon: repositoryLexicon(), engine, date: DATE })
    const wrong: string[] = []
    for (const example of rule.examples.fires.slice(0, most)) {
      const { text, cdi, age, sex } = example
      const setting =
        example.setting ?? rule.settings?.[0] ?? (rule.level === "diagnosis" ? "inpatient" : "outpatient")
      const chart = {
        documents: [{ doc: "", text }],
        date: DATE,
        setting,
        ...(cdi ? { cdi } : {}),
        ...(age === undefined ? {} : { age }),
        ...(sex ? { sex } : {})
      }
      const { gaps, suggestions } = engine.suggest(chart)
      for (const gap of gaps) {
        const material = desk.prepare({ ...chart, gap, suggestions })
        const draft = writeQuery(material, firstChoice(material))
        for (const { id, level, text: why } of desk.lint({ ...draft, reviewed: true }))
          if (level === "F") wrong.push(`${gap.id} ${id} ${why}\n${draft.title}\n${draft.text}`)
        if (gap.rule === rule.id && rule.question && material.question !== rule.question && process.env.SHOW)
          console.log(`${rule.id}: ${rule.question} -> ${material.question}`)
      }
    }
    expect(wrong.join("\n\n")).toBe("")
  })
})
