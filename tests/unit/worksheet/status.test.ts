import { describe, expect, it } from "vitest"
import type { Check } from "@/engine/types"
import { EMPTY_SHEET, type Sheet } from "@/worksheet/sheet"
import { checkKey, checksOf, checksOfSheet, statusOf, verdictOf } from "@/worksheet/status"
import { diagnosis, procedure } from "./random-actions"

const cm = (code: string) => ({ system: "ICD-10-CM" as const, code })
const check = (status: Check["status"], id: string, ...codes: string[]): Check => ({
  id,
  codes: codes.map(cm),
  status,
  text: "",
  source: "",
  release: ""
})
const sheet: Sheet = { ...EMPTY_SHEET, diagnoses: [diagnosis("E11.9"), diagnosis("E10.9"), diagnosis("I10")] }
const [first, second, third] = sheet.diagnoses as [
  Sheet["diagnoses"][number],
  Sheet["diagnoses"][number],
  Sheet["diagnoses"][number]
]

describe("the status of a line", () => {
  const clash = check("fail", "conv.excludes1", "E11.9", "E10.9")

  it("an objection to two codes stands once, under the later one, wherever that is", () => {
    expect(checksOf(sheet, first, [clash])).toEqual([])
    expect(checksOf(sheet, second, [clash])).toHaveLength(1)
    const turned = { ...sheet, diagnoses: [second, first, third] }
    expect(checksOf(turned, first, [clash])).toHaveLength(1)
    expect(statusOf(turned, second, [clash])).toBe("pass")
  })

  it("an override answers this objection to these codes, and no other", () => {
    const answered = {
      ...second,
      overrides: [
        { check: checkKey({ ...clash, codes: [...clash.codes].reverse() }), reason: "verified" as const }
      ]
    }
    const now = { ...sheet, diagnoses: [first, answered, third] }
    expect(statusOf(now, answered, [clash])).toBe("overridden")
    const other = check("warn", "conv.excludes1", "E11.9", "E10.9", "I10")
    expect(statusOf(now, third, [clash, other])).toBe("warn")
    expect(verdictOf(now, [clash], true)).toMatchObject({
      allGreen: false,
      totals: { overridden: 1, pass: 2 }
    })
  })

  it("all is green only when every line passes, nothing is uncovered, and the code set is whole", () => {
    const passes = [check("pass", "conv.valid", "E11.9")]
    expect(verdictOf(sheet, passes, true).allGreen).toBe(true)
    expect(verdictOf(sheet, passes, false).allGreen).toBe(false)
    expect(verdictOf(sheet, undefined, true)).toMatchObject({ allGreen: false, totals: { unchecked: 3 } })
    expect(verdictOf(sheet, [...passes, check("not-covered", "edit.ncci")], true).allGreen).toBe(false)
    expect(verdictOf(sheet, [...passes, check("warn", "conv.principal")], true).allGreen).toBe(false)
    expect(verdictOf(EMPTY_SHEET, [], true).allGreen).toBe(false)
    const cpt = { ...sheet, procedures: [procedure("99213")] }
    expect(verdictOf(cpt, passes, true)).toMatchObject({ allGreen: false, totals: { "not-covered": 1 } })
  })

  it("what names no code of the sheet is told for the sheet", () => {
    expect(checksOfSheet(sheet, [check("warn", "conv.principal"), clash])).toHaveLength(1)
  })
})
