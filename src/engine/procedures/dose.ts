/** Doses in notes and in titles of HCPCS, and how many units of a title a dose is. */

export type DoseUnit = "mg" | "unit" | "ml" | "meq" | "mci" | "cm2"

export interface Dose {
  amount: number
  unit: DoseUnit
  /** As written: "1 g". */
  text: string
}

/** Unit as written -> the unit counted in, and how many of it. */
const UNITS: Readonly<Record<string, readonly [DoseUnit, number]>> = {
  mg: ["mg", 1],
  milligram: ["mg", 1],
  milligrams: ["mg", 1],
  g: ["mg", 1000],
  gm: ["mg", 1000],
  gms: ["mg", 1000],
  gram: ["mg", 1000],
  grams: ["mg", 1000],
  mcg: ["mg", 0.001],
  ug: ["mg", 0.001],
  µg: ["mg", 0.001],
  μg: ["mg", 0.001],
  microgram: ["mg", 0.001],
  micrograms: ["mg", 0.001],
  unit: ["unit", 1],
  units: ["unit", 1],
  iu: ["unit", 1],
  "i.u.": ["unit", 1],
  ml: ["ml", 1],
  cc: ["ml", 1],
  meq: ["meq", 1],
  mci: ["mci", 1]
}

const DOSE =
  /(\d[\d,]*(?:\.\d+)?|\.\d+)\s*(million\s+)?(milligrams?|micrograms?|grams?|units?|i\.u\.|mcg|mci|meq|mg|gms?|ug|µg|μg|iu|ml|cc|g)(?![\w/])/gi

/** Doses of a text with their offsets, in order. "5 mg/kg" is a rate, "10 mg/mL" a concentration: neither. */
export function dosesIn(text: string): (Dose & { start: number; end: number })[] {
  const doses: (Dose & { start: number; end: number })[] = []
  for (const match of text.matchAll(DOSE)) {
    const before = text[match.index - 1]
    if (before && /[\w.,/]/.test(before)) continue
    const [unit, factor] = UNITS[match[3]!.toLowerCase()]!
    const number = Number(match[1]!.replaceAll(",", "")) * (match[2] ? 1_000_000 : 1)
    if (!(number > 0)) continue
    doses.push({
      amount: number * factor,
      unit,
      text: match[0].trim(),
      start: match.index,
      end: match.index + match[0].length
    })
  }
  return doses
}

/**
 * Units of a code that a dose is: a part of a unit counts as a whole one (HCPCS bills what was given, rounded up).
 * Undefined when title and dose are measured differently.
 */
export function unitsOf(dose: Dose, per: Dose): number | undefined {
  if (dose.unit !== per.unit) return undefined
  // 0.1 + 0.2: a hair above a whole number is that number.
  return Math.max(1, Math.ceil(dose.amount / per.amount - 1e-6))
}
