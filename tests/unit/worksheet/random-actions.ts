/** Any actions on any sheet, also such as cannot be done, for property tests. */
import fc from "fast-check"
import type { System } from "@/classification/model"
import type { Action } from "@/worksheet/actions"
import { allLines, type DiagnosisLine, type ProcedureLine, type Sheet } from "@/worksheet/sheet"

export const diagnosis = (code: string, id = code): DiagnosisLine => ({
  kind: "diagnosis",
  id,
  system: "ICD-10-CM",
  code,
  title: `Title of ${code}`,
  billable: true,
  origin: "suggestion",
  overrides: []
})

export const procedure = (code: string, id = code, more: Partial<ProcedureLine> = {}): ProcedureLine => ({
  kind: "procedure",
  id,
  system: /^\d/.test(code) ? "CPT" : "HCPCS",
  code,
  title: /^\d/.test(code) ? "" : `Title of ${code}`,
  billable: true,
  origin: "typed",
  overrides: [],
  pointers: [],
  modifiers: [],
  ...more
})

const DIAGNOSES = Array.from({ length: 16 }, (_, at) => `E${10 + at}.9`)
const PROCEDURES = ["J1885", "99213", "E0110", "A4253"]

/** A wish, turned into an action on whatever sheet there is then. */
export type Wish = (sheet: Sheet) => Action

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(1, list.length)]
const n = fc.nat({ max: 40 })

export const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.tuple(n, fc.option(n, { nil: undefined })).map(([which, at]): Wish => {
    return () => ({
      do: "accept",
      line: diagnosis(pick(DIAGNOSES, which)!, `d${which}`),
      ...(at === undefined ? {} : { at })
    })
  }),
  fc.tuple(n, fc.array(n, { maxLength: 5 })).map(([which, to]): Wish => {
    return (sheet) => ({
      do: "accept",
      line: procedure(pick(PROCEDURES, which)!, `p${which}`, {
        pointers: to.flatMap((at) => pick(sheet.diagnoses, at)?.id ?? [])
      })
    })
  }),
  n.map(
    (which): Wish =>
      (sheet) => ({ do: "remove", id: pick(allLines(sheet), which)?.id ?? "none" })
  ),
  fc.tuple(n, fc.integer({ min: -3, max: 40 })).map(([which, to]): Wish => {
    return (sheet) => ({ do: "move", id: pick(allLines(sheet), which)?.id ?? "none", to })
  }),
  fc
    .tuple(n, fc.constantFrom("poa", "units", "modifiers", "pointers", "drug", "overrides"), n, fc.boolean())
    .map(([which, field, value, none]): Wish => {
      return (sheet) => {
        const id = pick(allLines(sheet), which)?.id ?? "none"
        const change = {
          poa: { poa: none ? undefined : pick(["Y", "N", "U", "W"] as const, value) },
          units: { units: none ? undefined : value },
          modifiers: { modifiers: none ? [] : [pick(["25", "JW", "x"], value)!, "59"] },
          pointers: {
            pointers: none ? [] : [pick(sheet.diagnoses, value)?.id ?? "none", ...(value % 2 ? [] : ["none"])]
          },
          drug: { drug: none ? undefined : { given: value % 3 ? `${value} mg` : "some of it" } },
          overrides: { overrides: none ? [] : [{ check: `c${value}`, reason: "verified" as const }] }
        }[field]!
        return { do: "change", id, change }
      }
    }),
  fc.tuple(n, n).map(([which, code]): Wish => {
    return (sheet) => {
      const line = pick(allLines(sheet), which)
      const codes = line?.kind === "procedure" ? PROCEDURES : DIAGNOSES
      return {
        do: "replace",
        id: line?.id ?? "none",
        by: {
          system: line?.system ?? ("HCPCS" as System),
          code: pick(codes, code)!,
          title: "Refined",
          billable: code % 2 === 0
        }
      }
    }
  }),
  n.map((which): Wish => {
    const code = pick(DIAGNOSES, which)!
    return (sheet) =>
      sheet.dismissed.some((each) => each.code === code) && which % 2
        ? { do: "restore", what: { system: "ICD-10-CM", code } }
        : { do: "dismiss", what: { system: "ICD-10-CM", code, reason: "not-current" } }
  })
)
