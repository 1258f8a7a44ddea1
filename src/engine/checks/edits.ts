/** Edits of the Medicare Code Editor that a list of codes shows: first-listed, age, sex, unspecified side. */
import type { AttributeList } from "@/classification/model"
import { ageGroups } from "../suggest/patient"
import { diagnosesOf, firstListed } from "./result"
import type { Check, Line, Worksheet } from "./types"

interface AgeGroup {
  flag: string
  name: string
  from: number
  to: number
}

/** Age groups of the editor in force, in years, ends included. */
function groupsOf(list: AttributeList): AgeGroup[] {
  return Object.entries(ageGroups([list])).map(([flag, [from, to]]) => ({
    flag,
    name:
      to === 0
        ? "newborns"
        : to >= OLDEST
          ? `patients from ${from} years`
          : `patients from ${from} to ${to} years`,
    from,
    to
  }))
}

/** No patient is older: the group has no end. */
const OLDEST = 120

export function checkEdits(sheet: Worksheet): Check[] {
  const lines = diagnosesOf(sheet)
  if (lines.length === 0) return []
  const list = lines[0]!.pack.lists().find((each) => each.kind === "mce")
  if (!list)
    return [
      {
        ...base(sheet, lines, "Medicare Code Editor"),
        id: "conv.mce",
        status: "not-covered",
        text: "The Medicare Code Editor's lists are not installed: first-listed and age edits are not checked."
      }
    ]
  const source = `${list.name}${list.borrowed ? ", made for another release" : ""}`
  return [
    ...checkFirst(sheet, lines, source),
    ...ages(sheet, lines, groupsOf(list), source),
    ...sexes(sheet, lines, source),
    ...unspecifiedSides(sheet, lines, source)
  ]
}

function checkFirst(sheet: Worksheet, lines: readonly Line[], source: string): Check[] {
  const first = firstListed(sheet)
  // A header is told as such; nothing more can be said of it.
  if (!first?.pack.billable(first.row)) return []
  const inpatient = sheet.setting === "inpatient"
  const found = (id: string, flag: string, text: string, status: "fail" | "warn"): Check[] =>
    has(first, flag) ? [{ ...base(sheet, [first], source), id, status, text }] : []
  const checks = [
    ...found(
      "conv.external-cause-first",
      "ecodepdx",
      `${first.ref.code} says how something happened: it is never first-listed (I.C.20.a.6).`,
      "fail"
    ),
    ...found(
      "conv.unacceptable-pdx",
      "unacceptable",
      inpatient
        ? `${first.ref.code} is not accepted as principal diagnosis.`
        : `${first.ref.code} rarely comes first: the Medicare Code Editor does not accept it as principal diagnosis.`,
      inpatient ? "fail" : "warn"
    ),
    ...(inpatient
      ? found(
          "conv.questionable-admission",
          "qadm",
          `${first.ref.code} rarely is a reason for admission: verify.`,
          "warn"
        )
      : []),
    ...(lines.length === 1
      ? found(
          "conv.pdx-needs-secondary",
          "reqsdx",
          `${first.ref.code} wants a second diagnosis beside it.`,
          "warn"
        )
      : [])
  ]
  if (checks.length > 0) return checks
  return [
    {
      ...base(sheet, [first], source),
      id: "conv.unacceptable-pdx",
      status: "pass",
      text: `${first.ref.code} may be first-listed.`
    }
  ]
}

function ages(
  sheet: Worksheet,
  lines: readonly Line[],
  ageGroups: readonly AgeGroup[],
  source: string
): Check[] {
  const { age } = sheet.request
  const bound = lines.filter((line) => ageGroups.some((group) => has(line, group.flag)))
  if (bound.length === 0) return []
  if (age === undefined)
    return [
      {
        ...base(sheet, bound, source),
        id: "conv.age",
        status: "not-covered",
        text: "These codes are bound to an age; the age is not known."
      }
    ]
  const wrong = bound.flatMap((line) => {
    const groups = ageGroups.filter((group) => has(line, group.flag))
    if (groups.some((group) => age >= group.from && age <= group.to)) return []
    const text = `${line.ref.code} is for ${groups.map((group) => group.name).join(" or ")}; the patient is ${age}.`
    return [{ ...base(sheet, [line], source), id: "conv.age", status: "fail" as const, text }]
  })
  if (wrong.length > 0) return wrong
  return [
    { ...base(sheet, bound, source), id: "conv.age", status: "pass", text: `Right for the age of ${age}.` }
  ]
}

/** The edit was ended on 1 October 2024: a hint for the coder, never an error. */
function sexes(sheet: Worksheet, lines: readonly Line[], source: string): Check[] {
  const { sex } = sheet.request
  if (sex === undefined) return []
  const other = sex === "female" ? "male" : "female"
  return lines
    .filter((line) => has(line, other) && !has(line, sex))
    .map((line) => ({
      ...base(sheet, [line], source),
      id: "conv.sex",
      status: "warn" as const,
      text: `${line.ref.code} is mostly of ${other} patients: verify. (The sex edit ended on 2024-09-30.)`
    }))
}

function unspecifiedSides(sheet: Worksheet, lines: readonly Line[], source: string): Check[] {
  if (sheet.setting !== "inpatient") return []
  return lines
    .filter((line) => has(line, "unspecified"))
    .map((line) => ({
      ...base(sheet, [line], source),
      id: "conv.mce-unspecified",
      status: "warn" as const,
      text: `${line.ref.code} leaves the side open: an inpatient claim wants a remark that it cannot be determined.`
    }))
}

function has(line: Line, flag: string): boolean {
  return line.pack.attributes(line.row).mce?.includes(flag) ?? false
}

function base(
  sheet: Worksheet,
  lines: readonly Line[],
  source: string
): Pick<Check, "codes" | "source" | "release"> {
  return { codes: lines.map((line) => line.ref), source, release: sheet.release(lines[0]!.ref.system) }
}
