import { describe, expect, it } from "vitest"
import { rankGaps } from "@/engine/gaps"
import type { Gap } from "@/engine/types"

function gap(key: string, more: Partial<Gap>): Gap {
  return {
    id: `gap.derived.${key}`,
    key,
    level: "specificity",
    severity: "low",
    axis: "type",
    title: key,
    text: key,
    options: [],
    evidence: [],
    lookedIn: [],
    folded: false,
    ...more
  }
}
const about = (code: string) => ({ code: { system: "ICD-10-CM" as const, code } })
const keys = (gaps: Gap[]) => gaps.map(({ key }) => key)

describe("order of gaps", () => {
  it("puts safety first, then severity, what begins folded last", () => {
    const list = rankGaps(
      [
        gap("safe", { rule: "s", safety: true }),
        gap("low", { rule: "l" }),
        gap("high", { rule: "h", severity: "high" })
      ],
      [gap("folded", { folded: true }), gap("open", {}), gap("medium", { severity: "medium" })]
    )
    expect(keys(list)).toEqual(["safe", "high", "medium", "low", "open", "folded"])
  })

  it("gives one gap a rule and condition, the graver one", () => {
    const list = rankGaps(
      [
        gap("a", { rule: "hf", ...about("I50.9") }),
        gap("b", { rule: "hf", ...about("I50.9"), severity: "medium" }),
        gap("c", { rule: "hf", ...about("E11.9") })
      ],
      []
    )
    expect(keys(list)).toEqual(["b", "c"])
  })
})

describe("a rule and an axis of the classification", () => {
  it("lets the rule speak when it asks for the same axis of the same condition", () => {
    const rule = gap("rule", { rule: "hf", ...about("I50.9") })
    const other = gap("other", { axis: "laterality", ...about("I50.9") })
    expect(keys(rankGaps([rule], [gap("axis", about("I50.9")), other]))).toEqual(["rule", "other"])
    expect(keys(rankGaps([rule], [gap("axis", about("J45.909"))]))).toEqual(["rule", "axis"])
  })

  it("sees by the codes they lead to that both ask the same", () => {
    const options = (...codes: string[]) => ({ options: codes.map((code) => ({ value: code, code })) })
    const rule = gap("rule", {
      rule: "hf",
      axis: "hf-type",
      ...about("I50.9"),
      ...options("I50.2-", "I50.3-")
    })
    const same = gap("axis", { ...about("I50.9"), ...options("I50.1", "I50.20", "I50.30") })
    const other = gap("axis", { ...about("I50.9"), ...options("I50.810", "I50.811") })
    expect(keys(rankGaps([rule], [same]))).toEqual(["rule"])
    expect(keys(rankGaps([rule], [other]))).toEqual(["rule", "axis"])
  })
})
