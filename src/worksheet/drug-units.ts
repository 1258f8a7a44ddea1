/**
 * From the amount of a drug to units of its HCPCS code, and what was discarded of a single-dose container
 * (Medicare Claims Processing Manual, chapter 17, 40: JW for discarded amounts, JZ when there were none). Pure.
 */
import { type Dose, dosesIn, unitsOf } from "@/engine/procedures/dose"
import type { DrugAmount, ProcedureLine } from "./sheet"

export interface DrugUnits {
  /** Of what was given, a part of a unit counted as a whole one. */
  given: number
  /** What a unit of the code is: "10 mg". */
  per: string
  /** Units of the line with JW; 0 when what was discarded lies within the last unit given. */
  discarded: number
  /** JZ may stand: the coder said that nothing was discarded. */
  none: boolean
  /** How it was worked out, for the coder: "60 mg at 10 mg a unit = 6 units". */
  sum: string
}

export type UnitsAnswer = { ok: true; units: DrugUnits } | { ok: false; why: string }

/** What one unit of the code is, by its title: "Injection, ketorolac tromethamine, per 15 mg". */
export function perUnit(title: string): Dose | undefined {
  return dosesIn(title).at(-1)
}

/** @param title official title of the HCPCS code */
export function drugUnits(title: string, amount: DrugAmount): UnitsAnswer {
  const per = perUnit(title)
  if (!per) return { ok: false, why: "The title of this code names no amount a unit." }
  const given = theDose(amount.given, per)
  if (!given) return { ok: false, why: `Write the amount given as ${example(per)}.` }
  const units = unitsOf(given, per)
  if (units === undefined) return { ok: false, why: measured(per) }
  const said = amount.discarded?.trim()
  const sum = `${given.text} at ${per.text} a unit = ${plural(units)}`
  if (!said) return { ok: true, units: { given: units, per: per.text, discarded: 0, none: said === "", sum } }
  if (/^0(?:\.0+)?\b/.test(said))
    return { ok: true, units: { given: units, per: per.text, discarded: 0, none: true, sum } }
  const waste = theDose(said, per)
  if (!waste) return { ok: false, why: `Write the amount discarded as ${example(per)}, or 0.` }
  if (waste.unit !== per.unit) return { ok: false, why: measured(per) }
  const whole = unitsOf({ ...given, amount: given.amount + waste.amount }, per) ?? units
  const discarded = whole - units
  return {
    ok: true,
    units: {
      given: units,
      per: per.text,
      discarded,
      none: false,
      sum:
        discarded > 0
          ? `${sum}, ${waste.text} discarded = ${plural(discarded)} with JW`
          : `${sum}; the ${waste.text} discarded lie within the last unit, so there is nothing to report with JW`
    }
  }
}

/** A number alone is meant in the unit of the code. */
function theDose(text: string, per: Dose): Dose | undefined {
  const trimmed = text.trim()
  const number = /^[\d.,]+$/.test(trimmed) ? `${trimmed} ${per.unit}` : trimmed
  const [dose, another] = dosesIn(number)
  return another ? undefined : dose
}

const plural = (units: number) => `${units} ${units === 1 ? "unit" : "units"}`
const example = (per: Dose) => `“60 ${per.unit === "unit" ? "units" : per.unit}”`
const measured = (per: Dose) =>
  `The code counts in ${per.text}; an amount measured otherwise cannot be turned into its units.`

/**
 * Modifiers after the amount changed: JZ when the coder said that nothing was discarded, JW never on the line of
 * what was given (it stands on a line of its own, see `claimRows`).
 */
export function modifiersFor(line: Pick<ProcedureLine, "modifiers">, units: DrugUnits): string[] {
  const others = line.modifiers.filter((modifier) => modifier !== "JW" && modifier !== "JZ")
  return units.none ? [...others, "JZ"] : others
}
