/** Every example of codesets/rules/worksheet-checks.json: it must fire there, and must not here. */
import { describe, expect, it } from "vitest"
import { worksheetRule } from "@/engine/checks/schema"
import { compileTables } from "@/engine/checks/tables"
import type { Line, RuleEntry, Worksheet } from "@/engine/checks/types"
import { repositoryLexicon } from "../../lexicon/read-files"

const rules = repositoryLexicon().worksheetChecks ?? []

/** A patient whom the rule does not fit. */
function patientFor(rule: RuleEntry): { age?: number; sex?: "female" | "male" } {
  if (rule.kind === "sex") return { sex: rule.sex === "female" ? "male" : "female" }
  if (rule.kind === "age") return { age: rule.from > 0 ? rule.from - 1 : rule.to + 1 }
  return {}
}

function sheetOf(
  codes: readonly string[],
  setting: Worksheet["setting"],
  patient: ReturnType<typeof patientFor> = {}
): Worksheet {
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
    unlisted: [],
    setting,
    request: { codes: lines.map((line) => line.ref), ...patient },
    release: (system) => system
  }
}

describe.each(rules)("$id", (rule) => {
  const check = compileTables([rule])
  const setting = rule.settings?.[0] ?? "outpatient"

  it("fires", () => {
    expect(
      rule.examples.fires.filter((codes) => check(sheetOf(codes, setting, patientFor(rule))).length === 0)
    ).toEqual([])
  })

  it("is quiet", () => {
    expect(
      rule.examples.quiet.filter((codes) => check(sheetOf(codes, setting, patientFor(rule))).length > 0)
    ).toEqual([])
  })

  it("fits the patients it is for", () => {
    if (rule.kind !== "sex" && rule.kind !== "age") return
    const patient = rule.kind === "sex" ? { sex: rule.sex } : { age: rule.from }
    expect(rule.examples.fires.filter((codes) => check(sheetOf(codes, setting, patient)).length > 0)).toEqual(
      []
    )
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
