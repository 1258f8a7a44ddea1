/**
 * The worksheet of one encounter: what the coder accepted, in the order of the claim. Plain data that is stored
 * as it is, so it never holds a word of a note: codes, official titles, the coder's choices from fixed lists.
 */
import type { CodeRef } from "@/classification/model"
import type { PresentOnAdmission } from "@/engine/checks/types"

/** Present on admission: yes, no, unknown, clinically undetermined, 1 for exempt from reporting. */
export type Poa = PresentOnAdmission
export const POA_WORDS: Record<Poa, string> = {
  Y: "Yes, present on admission",
  N: "No, not present on admission",
  U: "Unknown: the documentation is insufficient",
  W: "Clinically undetermined",
  "1": "Exempt from reporting"
}

/** How a code came onto the sheet. */
export type Origin = "suggestion" | "overruled" | "look-up" | "typed" | "gap" | "form"

/** A check that the coder looked at and goes on with. The reason is one of a fixed list, never free words. */
export interface Override {
  check: string
  reason: OverrideReason
}

export const OVERRIDE_REASONS = {
  verified: "Verified in the record",
  "separate-conditions": "Two separate conditions, both documented",
  "payer-rule": "The payer asks for it",
  "facility-policy": "Facility policy",
  "provider-confirmed": "Confirmed by the provider",
  other: "Another reason"
} as const
export type OverrideReason = keyof typeof OVERRIDE_REASONS

export const DISMISS_REASONS = {
  "not-documented": "Not documented",
  "not-current": "Not current, or not treated here",
  "wrong-code": "Wrong code for these words",
  "coded-otherwise": "Already coded otherwise",
  "not-reportable": "Not reportable in this setting",
  other: "Another reason"
} as const
export type DismissReason = keyof typeof DISMISS_REASONS

/** The amount of a drug, in words of a dose: "60 mg". */
export interface DrugAmount {
  given: string
  /** Of a single-dose container; "" when nothing was discarded, undefined when nobody said. */
  discarded?: string
}

interface AnyLine extends CodeRef {
  /** Unique on the sheet, and the same for as long as the line is there. */
  id: string
  /** Official title; "" for a typed CPT number, whose text is not ours. */
  title: string
  /** False for a header, which cannot be billed. */
  billable: boolean
  origin: Origin
  overrides: readonly Override[]
}

export interface DiagnosisLine extends AnyLine {
  kind: "diagnosis"
  /** Inpatient only; never filled in beforehand. */
  poa?: Poa
}

export interface ProcedureLine extends AnyLine {
  kind: "procedure"
  /** Ids of diagnosis lines this line points to, the most important first. */
  pointers: readonly string[]
  units?: number
  modifiers: readonly string[]
  drug?: DrugAmount
}

export type SheetLine = DiagnosisLine | ProcedureLine

export interface Dismissal extends CodeRef {
  reason: DismissReason
}

export interface Sheet {
  diagnoses: readonly DiagnosisLine[]
  procedures: readonly ProcedureLine[]
  /** Suggestions that the coder put aside. */
  dismissed: readonly Dismissal[]
}

export const EMPTY_SHEET: Sheet = { diagnoses: [], procedures: [], dismissed: [] }

/** Item 24E of the CMS-1500 takes four letters, item 21 twelve diagnoses; 24D four modifiers. */
export const MOST_POINTERS = 4
export const MOST_LETTERS = 12
export const MOST_MODIFIERS = 4
export const MOST_UNITS = 999_999

/** Letter of a diagnosis by its place from 0: A to L; undefined beyond the twelfth. */
export function letterAt(place: number): string | undefined {
  return place >= 0 && place < MOST_LETTERS ? String.fromCharCode(65 + place) : undefined
}

/** Letters of a procedure line as the claim writes them; diagnoses beyond the twelfth have none. */
export function lettersOf(sheet: Sheet, line: ProcedureLine): string[] {
  return line.pointers.flatMap(
    (id) => letterAt(sheet.diagnoses.findIndex((diagnosis) => diagnosis.id === id)) ?? []
  )
}

export const kindOf = ({ system }: CodeRef): SheetLine["kind"] =>
  system === "ICD-10-CM" ? "diagnosis" : "procedure"

export const allLines = (sheet: Sheet): SheetLine[] => [...sheet.diagnoses, ...sheet.procedures]

export const lineById = (sheet: Sheet, id: string): SheetLine | undefined =>
  allLines(sheet).find((line) => line.id === id)

/** One name for a code whatever its dots and case: codes never travel without their system. */
export const codeKey = ({ system, code }: CodeRef) =>
  `${system} ${code.replaceAll(".", "").trim().toUpperCase()}`

/** Lines of a code: a procedure may stand there several times (other modifiers), a diagnosis once. */
export const linesOf = (sheet: Sheet, ref: CodeRef): SheetLine[] =>
  allLines(sheet).filter((line) => codeKey(line) === codeKey(ref))

export const dismissalOf = (sheet: Sheet, ref: CodeRef): Dismissal | undefined =>
  sheet.dismissed.find((each) => codeKey(each) === codeKey(ref))

export const isEmpty = (sheet: Sheet) =>
  sheet.diagnoses.length + sheet.procedures.length + sheet.dismissed.length === 0
