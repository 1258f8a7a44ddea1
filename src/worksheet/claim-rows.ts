/** The worksheet as lines of a claim: what was given and what was discarded of a drug are lines of their own. Pure. */
import type { CodeRef } from "@/classification/model"
import { drugUnits } from "./drug-units"
import { lettersOf, type ProcedureLine, type Sheet } from "./sheet"

export interface ClaimRow extends CodeRef {
  /** Id of the line it comes of. */
  line: string
  title: string
  modifiers: string[]
  /** "A", "B" ... in the order they were chosen. */
  pointers: string[]
  /** undefined: the coder has not said; one is never made up. */
  units: number | undefined
}

export function claimRows(sheet: Sheet): ClaimRow[] {
  return sheet.procedures.flatMap((line) => {
    const row: ClaimRow = {
      line: line.id,
      system: line.system,
      code: line.code,
      title: line.title,
      modifiers: [...line.modifiers],
      pointers: lettersOf(sheet, line),
      units: line.units
    }
    const discarded = discardedUnits(line)
    if (discarded === 0) return [row]
    const kept = row.modifiers.filter((modifier) => modifier !== "JZ")
    return [
      { ...row, modifiers: kept },
      { ...row, modifiers: [...kept, "JW"], units: discarded }
    ]
  })
}

/** Units of the line with JW, 0 for none. */
export function discardedUnits({ system, title, drug }: ProcedureLine): number {
  if (system !== "HCPCS" || !drug) return 0
  const answer = drugUnits(title, drug)
  return answer.ok ? answer.units.discarded : 0
}
