/** Codes that do not fit the patient of the request: age and sex groups of the Medicare Code Editor (rules.md B4). */
import type { AttributeList } from "@/classification/model"
import type { Suggestion } from "../types"

type Ages = Readonly<Record<string, readonly [from: number, to: number]>>

/** Ages in years, both inclusive, as the Medicare Code Editor groups them; for packs whose lists name none. */
const AGES: Ages = { newborn: [0, 0], pediatric: [0, 17], maternity: [9, 64], adult: [15, 124] }

/** No patient is older: the group has no end. */
const OLDEST = 120

/** The age groups of the lists that the pack's attributes came from, else those of the Medicare Code Editor. */
export function ageGroups(lists: readonly AttributeList[]): Ages {
  return lists.find(({ kind, ages }) => kind === "mce" && ages)?.ages ?? AGES
}

function inWords(flag: string, [from, to]: readonly [number, number]): string {
  if (flag === "newborn") return from === to ? `newborns (age ${from})` : `newborns (ages ${from} to ${to})`
  return to >= OLDEST ? `ages ${from} and over` : `ages ${from} to ${to}`
}

const SEXES = ["female", "male"] as const

export interface Patient {
  age?: number | undefined
  sex?: "female" | "male" | undefined
}

/** @param flags of the code, as its pack gives them; @returns why the code does not fit, undefined when it does */
export function misfit(
  flags: readonly string[] | undefined,
  patient: Patient,
  groups: Ages = AGES
): Suggestion["caution"] {
  for (const flag of flags ?? []) {
    const ages = groups[flag]
    if (ages && patient.age !== undefined && (patient.age < ages[0] || patient.age > ages[1]))
      return {
        rule: `conv.age-${flag}`,
        text: `This code is for ${inWords(flag, ages)}; the patient is ${patient.age}.`
      }
    const sex = SEXES.find((each) => each === flag)
    if (sex && patient.sex !== undefined && patient.sex !== sex)
      return { rule: "conv.sex", text: `This code is for ${sex} patients.` }
  }
  return undefined
}
