/** What the checks say about each line, and what that sums up to. Pure. */
import type { Check } from "@/engine/types"
import { allLines, codeKey, type Sheet, type SheetLine } from "./sheet"

/** "overridden": everything that failed or warned was looked at and overridden by the coder. */
export type LineStatus = "fail" | "warn" | "overridden" | "not-covered" | "pass" | "unchecked"

export const STATUS_WORDS: Record<LineStatus, string> = {
  fail: "fails a check",
  warn: "to verify",
  overridden: "overridden",
  "not-covered": "not covered",
  pass: "passes",
  unchecked: "not checked"
}

/** One result beside the line that it concerns. */
export interface LineCheck {
  check: Check
  /** Key of the override: the rule and the codes it is about. */
  key: string
  overridden: boolean
}

/** The same objection to the same codes, whatever the order of the sheet. */
export const checkKey = ({ id, codes }: Check) => [id, ...codes.map(codeKey).sort()].join("|")

/** Failures and warnings that name the line. An objection to two codes stands under the later one of the two. */
export function checksOf(sheet: Sheet, line: SheetLine, checks: readonly Check[]): LineCheck[] {
  const order = allLines(sheet)
  const at = order.findIndex(({ id }) => id === line.id)
  return checks
    .filter(({ status }) => status === "fail" || status === "warn")
    .filter((check) => {
      const places = check.codes.flatMap((ref) => {
        const place = order.findLastIndex((each) => codeKey(each) === codeKey(ref))
        return place < 0 ? [] : [place]
      })
      return places.length > 0 && Math.max(...places) === at
    })
    .map((check) => {
      const key = checkKey(check)
      return { check, key, overridden: line.overrides.some((override) => override.check === key) }
    })
}

/** Results that concern no single line: "no principal diagnosis", a system that is not installed. */
export function checksOfSheet(sheet: Sheet, checks: readonly Check[]): Check[] {
  const known = new Set(allLines(sheet).map(codeKey))
  return checks.filter(
    ({ status, codes }) =>
      (status === "fail" || status === "warn") && !codes.some((ref) => known.has(codeKey(ref)))
  )
}

export const notCovered = (checks: readonly Check[]) =>
  checks.filter(({ status }) => status === "not-covered")

/** @param checks undefined: not checked yet, or the order changed since */
export function statusOf(sheet: Sheet, line: SheetLine, checks: readonly Check[] | undefined): LineStatus {
  // Nothing is known about a number of CPT that was typed.
  if (line.system === "CPT" && line.title === "") return "not-covered"
  if (!checks) return "unchecked"
  const own = checksOf(sheet, line, checks)
  const open = own.filter(({ overridden }) => !overridden)
  if (open.some(({ check }) => check.status === "fail")) return "fail"
  if (open.length > 0) return "warn"
  if (own.length > 0) return "overridden"
  const uncovered = notCovered(checks).some(({ codes }) =>
    codes.some((ref) => codeKey(ref) === codeKey(line))
  )
  return uncovered ? "not-covered" : "pass"
}

export type Totals = Record<LineStatus, number>

export interface Verdict {
  totals: Totals
  /** True only when every line passes, no result of the sheet stands open and nothing is uncovered. */
  allGreen: boolean
}

export function verdictOf(
  sheet: Sheet,
  checks: readonly Check[] | undefined,
  /** False while only the starter set is installed: no check is all green then. */
  complete: boolean
): Verdict {
  const totals: Totals = { fail: 0, warn: 0, overridden: 0, "not-covered": 0, pass: 0, unchecked: 0 }
  const lines = allLines(sheet)
  for (const line of lines) totals[statusOf(sheet, line, checks)]++
  const green =
    complete &&
    checks !== undefined &&
    lines.length > 0 &&
    totals.pass === lines.length &&
    checksOfSheet(sheet, checks).length === 0 &&
    notCovered(checks).length === 0
  return { totals, allGreen: green }
}
