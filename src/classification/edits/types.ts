/**
 * Claim edits of CMS for HCPCS and CPT codes: pairs of procedures (NCCI PTP) and medically unlikely units (MUE). The
 * coder imports the files of CMS; nothing of them is shipped. Codes, dates, indicators and the reasons that CMS prints
 * are kept; the files hold no descriptors.
 */

/** For whose claims a table is made. */
export type EditAudience = "practitioner" | "hospital" | "supplier"

export interface EditTableFacts {
  /** "ncci-ptp-practitioner-2026-01" */
  id: string
  kind: "ptp" | "mue"
  audience: EditAudience
  /** Quarter by its first month: "2026-01". */
  release: string
  /** ISO days of the quarter, both inclusive. */
  effective: { from: string; to: string }
  /** Pairs or codes. */
  rows: number
}

/** Column 2 is not reported beside column 1 while the edit is in force. */
export interface PtpEdit {
  column1: string
  column2: string
  /** ISO days, both inclusive; no `to`: in force. */
  from: string
  to?: string
  /** 0: no modifier separates the two; 1: one may; 9: not applicable. */
  modifier: 0 | 1 | 9
  /** As printed: "Misuse of column two code with column one code". */
  reason: string
}

export interface MueEdit {
  code: string
  units: number
  /** MUE adjudication indicator: 1 by line, 2 by day (policy), 3 by day (clinical). */
  indicator: 1 | 2 | 3
  reason: string
}

export interface EditTable {
  readonly facts: EditTableFacts
  /** Edits of this pair in this order, oldest first; [] for a table of units. */
  pairs(column1: string, column2: string): PtpEdit[]
  /** undefined when the table does not name the code. */
  units(code: string): MueEdit | undefined
}

/** Tables in the making: what the readers give. */
export type EditRows = { kind: "ptp"; rows: PtpEdit[] } | { kind: "mue"; rows: MueEdit[] }

const AUDIENCES: Record<EditAudience, string> = {
  practitioner: "practitioners",
  hospital: "outpatient hospitals",
  supplier: "suppliers"
}

/** "NCCI PTP edits for practitioners" */
export function editsName({ kind, audience }: Pick<EditTableFacts, "kind" | "audience">): string {
  return `${kind === "ptp" ? "NCCI PTP" : "MUE"} edits for ${AUDIENCES[audience]}`
}
