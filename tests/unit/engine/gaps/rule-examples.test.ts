/**
 * Every example of codesets/rules/documentation: it must fire there, for that axis, and must not here. One system
 * alone: RULES=circulatory npx vitest run tests/unit/engine/gaps/rule-examples.test.ts
 */
import { readdirSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import type { DocumentationRule, RuleExample } from "@/engine/gaps/rules-types"
import type { Findings } from "@/engine/types"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole, wholeEngine } from "../whole-set"

const FOLDER = "codesets/rules/documentation"
const only = process.env.RULES ?? ""

interface RuleFile {
  kind: string
  entries: DocumentationRule[]
}

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json") && name.includes(only))
  .map((name) => ({ name, file: JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as RuleFile }))
  .filter(({ file }) => file.kind === "documentation-rules")

function read(rule: DocumentationRule, { text, setting, cdi, age, sex, axis }: RuleExample): Findings {
  const undocumented = rule.level === "diagnosis" || (rule.indicators && axis === "diagnosis")
  return wholeEngine().suggest({
    documents: [{ doc: "", text }],
    date: "2026-01-15",
    setting: setting ?? (undocumented ? "inpatient" : (rule.settings?.[0] ?? "outpatient")),
    ...(cdi ? { cdi } : {}),
    ...(age === undefined ? {} : { age }),
    ...(sex ? { sex } : {})
  })
}

/** What an author needs to see when an example does otherwise than it should. */
function seen(example: RuleExample, { suggestions, gaps }: Findings): string {
  const codes = suggestions.map(({ code, tier }) => (tier === "code" ? code : `(${code})`)).join(" ")
  const found = gaps
    .filter((gap) => gap.rule !== undefined)
    .map(({ id, foundElsewhere }) => (foundElsewhere ? `${id} = ${foundElsewhere.value}` : id))
  return `${example.text}\n  codes: ${codes}\n  gaps: ${found.join(" ")}`
}

/** Every code and both ends of every range that a rule names, wherever. */
function codesNamed({ opens, needs, unless, axes }: DocumentationRule): string[] {
  const signs = [opens, ...(needs ?? []), ...axes.flatMap(({ when }) => when ?? [])]
  const answers = axes.flatMap(({ answeredBy, values }) => [
    ...(answeredBy ?? []),
    ...values.flatMap(({ codes }) => codes ?? [])
  ])
  const patterns = [...signs.flatMap(({ codes }) => codes ?? []), ...(unless?.codes ?? []), ...answers]
  return patterns.flatMap((pattern) => pattern.split("-"))
}

let prefixes: Set<string> | undefined

/** A code of the release begins with it. */
function isPrefix(code: string): boolean {
  if (!prefixes) {
    prefixes = new Set()
    for (let row = 0; row < whole!.info.codes; row++) {
      const full = whole!.code(row)
      for (let length = 3; length <= full.length; length++) prefixes.add(full.slice(0, length))
    }
  }
  return prefixes.has(code)
}

describe.skipIf(!whole).each(files)("$name", ({ file }) => {
  describe.each(file.entries)("$id", (rule) => {
    it("fires", () => {
      const wrong = rule.examples.fires.flatMap((example) => {
        const findings = read(rule, example)
        const gap = findings.gaps.find(({ id }) => id === `gap.${rule.id}.${example.axis}`)
        return gap && gap.foundElsewhere?.value === example.elsewhere ? [] : [seen(example, findings)]
      })
      expect(wrong.join("\n"), rule.id).toBe("")
    })

    it("is quiet", () => {
      const wrong = rule.examples.quiet.flatMap((example) => {
        const findings = read(rule, example)
        const fired = findings.gaps.some((gap) =>
          example.axis === undefined ? gap.rule === rule.id : gap.id === `gap.${rule.id}.${example.axis}`
        )
        return fired ? [seen(example, findings)] : []
      })
      expect(wrong.join("\n"), rule.id).toBe("")
    })

    it("offers codes that the release has", () => {
      const codes = rule.axes.flatMap(({ values }) => values.flatMap(({ code }) => code ?? []))
      const unknown = [...codes, ...(rule.missing ? [rule.missing] : [])].filter(
        (code) => whole!.find(code) < 0
      )
      expect(unknown).toEqual([])
    })

    it("names codes that the release has", () => {
      const unknown = codesNamed(rule).filter((code) => !isPrefix(code))
      expect(unknown).toEqual([])
    })

    it("tells its examples apart", () => {
      const texts = [...rule.examples.fires, ...rule.examples.quiet].map((each) => JSON.stringify(each))
      expect(new Set(texts).size).toBe(texts.length)
    })
  })
})

describe("the rules as packed", () => {
  it("are all read with the lexicon", () => {
    const entries = files.flatMap(({ file }) => file.entries.map(({ id }) => id))
    const known = new Set(repositoryLexicon().documentationRules?.map(({ id }) => id))
    expect(entries.filter((id) => !known.has(id))).toEqual([])
  })
})
