/** Codes that do not fit the patient of the request: age and sex groups of the Medicare Code Editor (rules.md B4). */
import type { Suggestion } from "../types"

/** Ages in years, both inclusive, as the Medicare Code Editor groups them. */
const AGES: Record<string, { from: number; to: number; words: string }> = {
  newborn: { from: 0, to: 0, words: "newborns (age 0)" },
  pediatric: { from: 0, to: 17, words: "ages 0 to 17" },
  maternity: { from: 9, to: 64, words: "ages 9 to 64" },
  adult: { from: 15, to: 124, words: "ages 15 and over" }
}

const SEXES = ["female", "male"] as const

export interface Patient {
  age?: number | undefined
  sex?: "female" | "male" | undefined
}

/** @param flags of the code, as its pack gives them; @returns why the code does not fit, undefined when it does */
export function misfit(flags: readonly string[] | undefined, patient: Patient): Suggestion["caution"] {
  for (const flag of flags ?? []) {
    const ages = AGES[flag]
    if (ages && patient.age !== undefined && (patient.age < ages.from || patient.age > ages.to))
      return {
        rule: `conv.age-${flag}`,
        text: `This code is for ${ages.words}; the patient is ${patient.age}.`
      }
    const sex = SEXES.find((each) => each === flag)
    if (sex && patient.sex !== undefined && patient.sex !== sex)
      return { rule: "conv.sex", text: `This code is for ${sex} patients.` }
  }
  return undefined
}
