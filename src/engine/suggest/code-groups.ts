/** Groups of ICD-10-CM codes that the Official Guidelines treat apart. Patterns, not titles. */
import { compilePatterns } from "../lexicon/patterns"
import type { Suggestion } from "../types"

/** I.C.21.c.4 personal and family history, absence of organs, past procedures. */
const HISTORY = compilePatterns(["Z80-Z87", "Z90", "Z92", "Z98"])
/** I.C.21.c.3 status, long-term drug therapy, dependence on devices. */
const STATUS = compilePatterns([
  "Z14-Z18",
  "Z21-Z22",
  "Z66-Z68",
  "Z73-Z74",
  "Z78-Z79",
  "Z89",
  "Z93-Z97",
  "Z99"
])
const ALLERGY = compilePatterns(["Z88", "Z91.0"])
const EXTERNAL = compilePatterns(["V00-Y99"])
const FAMILY = compilePatterns(["Z80-Z84"])
/** I.C.21.c.5-16 screening, observation, aftercare, follow-up, counselling, examinations, other encounters. */
const ENCOUNTER = compilePatterns(["Z00-Z13", "Z39-Z53", "Z69-Z76"])
/** Chapter 18, and the pain and finding codes of body-system chapters (I.B.4, I.B.5). */
const SYMPTOM = compilePatterns([
  "R00-R99",
  "M25.5",
  "M54.2",
  "M54.5-M54.6",
  "M54.9",
  "M79.1",
  "M79.6",
  "G89",
  "H57.1",
  "N64.4",
  "M25.4",
  "M25.6"
])
const INJURY = compilePatterns(["S00-T88"])
/** Never as if established, whatever the setting: I.C.1.a, I.C.1.g.1, I.C.1.f, I.C.10.c. */
const CONFIRMED_ONLY = compilePatterns(["B20", "Z21", "U07.1", "A92.5", "J09", "J10"])
/**
 * Conditions that do not end: worded "history of", they are present (Guidelines IV.J, I.C.21.c.4). Malignant
 * neoplasms, infections, injuries and acute events are left out: there "history of" means what it says.
 */
const CHRONIC = compilePatterns([
  "D50-D89",
  "E00-E90",
  "F01-F09",
  "F17",
  "F20-F89",
  "G10-G14",
  "G20-G47",
  "G50-G99",
  "H25-H28",
  "H34-H36",
  "H40-H42",
  "H52-H54",
  "H90-H95",
  "I05-I16",
  "I1A",
  "I20",
  "I25",
  "I27",
  "I34-I43",
  "I48-I51",
  "I70-I73",
  "I83-I87",
  "J30-J33",
  "J40-J47",
  "J60-J84",
  "J96",
  "K20-K31",
  "K50-K52",
  "K57-K59",
  "K70-K77",
  "K86",
  "K90",
  "L20-L30",
  "L40-L45",
  "L70-L74",
  "L80-L94",
  "M05-M14",
  "M15-M19",
  "M30-M36",
  "M40-M54",
  "M80-M81",
  "N18-N19",
  "N40",
  "N80",
  "Q00-Q99",
  "B18",
  "B20"
])

export const groups = {
  isFamilyHistory: (code: string) => FAMILY.has(code),
  isEncounter: (code: string) => ENCOUNTER.has(code),
  isSymptom: (code: string) => SYMPTOM.has(code),
  isInjury: (code: string) => INJURY.has(code),
  isConfirmedOnly: (code: string) => CONFIRMED_ONLY.has(code),
  isChronic: (code: string) => CHRONIC.has(code),
  isHistory: (code: string) => HISTORY.has(code),
  isStatus: (code: string) => STATUS.has(code)
}

export function laneOf(code: string): Suggestion["lane"] {
  if (!/^[V-Z]/.test(code)) return undefined
  if (ALLERGY.has(code)) return "allergy"
  if (EXTERNAL.has(code)) return "external"
  if (HISTORY.has(code)) return "history"
  return STATUS.has(code) ? "status" : undefined
}
