/** Every example of codesets/rules/worksheet-checks.json: it must fire there, and must not here. */
import { describe, expect, it } from "vitest"
import { worksheetRule } from "@/engine/checks/schema"
import { compileTables } from "@/engine/checks/tables"
import type { Line, Worksheet } from "@/engine/checks/types"
import { repositoryLexicon } from "../../lexicon/read-files"

const rules = repositoryLexicon().worksheetChecks ?? []

function sheetOf(codes: readonly string[], setting: Worksheet["setting"]): Worksheet {
  const lines = codes.map((code, at) => ({
    ref: { system: "ICD-10-CM" as const, code },
    at,
    bare: code.replace(".", "")
  }))
  return {
    // The tables look at codes and places alone.
    lines: lines as unknown as Line[],
    unknown: [],
    missing: [],
    setting,
    request: { codes: lines.map((line) => line.ref) },

    release: (system) => system
  }
}

describe.each(rules)("$id", (rule) => {
  const check = compileTables([rule])
  const setting = rule.settings?.[0] ?? "outpatient"

  it("fires", () => {
    expect(rule.examples.fires.filter((codes) => check(sheetOf(codes, setting)).length === 0)).toEqual([])
  })

  it("is quiet", () => {
    expect(rule.examples.quiet.filter((codes) => check(sheetOf(codes, setting)).length > 0)).toEqual([])
  })

  it("has three examples of each", () => {
    expect(rule.examples.fires.length).toBeGreaterThanOrEqual(3)
    expect(rule.examples.quiet.length).toBeGreaterThanOrEqual(3)
  })
})

describe("the file of rules", () => {
  it("refuses what is no rule", () => {
    const first = rules[0]!
    expect(worksheetRule.safeParse(first).success).toBe(true)
    for (const wrong of [{ kind: "magic" }, { codes: ["diabetes"] }, { when: "codes.length > 2" }])
      expect(worksheetRule.safeParse({ ...first, ...wrong }).success).toBe(false)
  })
})
