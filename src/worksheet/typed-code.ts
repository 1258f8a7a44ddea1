/** What a coder types into the line of the worksheet: "E11.9", "J1885", "99213-25", "97110 GP 59 x2". Pure. */
import type { CodeRef, System } from "@/classification/model"
import { MOST_MODIFIERS, MOST_UNITS } from "./sheet"

export interface TypedCode {
  code: string
  modifiers: string[]
  units?: number
}

/** Code, then modifiers and units in the ways coders write them. Undefined when it is no code. */
export function readTyped(text: string): TypedCode | undefined {
  const [first = "", ...rest] = text
    .trim()
    .toUpperCase()
    .split(/[\s,;/-]+/)
    .filter(Boolean)
  if (!/^[A-Z0-9][A-Z0-9.]{1,7}$/.test(first) || !/\d/.test(first)) return undefined
  const modifiers: string[] = []
  let units: number | undefined
  for (const word of rest) {
    const count = /^(?:X|×)(\d{1,6})$/.exec(word)?.[1] ?? /^(\d{1,6})(?:X|×|U)$/.exec(word)?.[1]
    if (count) units = Number(count)
    else if (/^[A-Z0-9]{2}$/.test(word) && !modifiers.includes(word)) modifiers.push(word)
    else return undefined
  }
  if (modifiers.length > MOST_MODIFIERS) return undefined
  if (units !== undefined && (units < 1 || units > MOST_UNITS)) return undefined
  return { code: first, modifiers, ...(units === undefined ? {} : { units }) }
}

/**
 * A number in the form of CPT: five digits, or four and F, T, U or M. Nothing is known about it: the text of CPT
 * belongs to the American Medical Association, and is only there when the coder imported licensed files.
 */
export const looksLikeCpt = (code: string) => /^\d{4}[\dFTUM]$/.test(code)

export interface FoundCode extends CodeRef {
  title: string
  billable: boolean
}

/**
 * The codes that may be meant by what was typed. E1140 is a code of ICD-10-CM and one of HCPCS: then the coder
 * says which.
 * @param find in the installed code sets, by system
 */
export function candidatesOf(
  { code }: TypedCode,
  find: (ref: CodeRef) => FoundCode | undefined
): FoundCode[] {
  const systems: System[] = code.includes(".") ? ["ICD-10-CM"] : ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]
  const found = systems.flatMap((system) => find({ system, code }) ?? [])
  const cpt: FoundCode = { system: "CPT", code, title: "", billable: true }
  return found.length === 0 && looksLikeCpt(code) ? [cpt] : found
}
