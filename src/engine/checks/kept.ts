/** Families of checks that nothing objected to: what was looked at and found right, so that silence is no pass. */
import { diagnosesOf, result } from "./result"
import type { Check, Worksheet } from "./types"

interface Family {
  id: string
  /** Ids whose objections count against it. */
  of: readonly string[]
  text: string
  source: string
  /** Codes it takes to look at it at all. */
  from: number
  /** Rests on the notes of the Tabular List, which a release may have borrowed. */
  notes?: true
}

const FAMILIES: readonly Family[] = [
  {
    id: "conv.code-first",
    of: ["conv.code-first", "conv.use-additional", "conv.code-also"],
    text: "The order follows the notes: code first, use additional code.",
    source: "Tabular List; Guidelines I.A.13, I.A.17",
    from: 1,
    notes: true
  },
  {
    id: "conv.duplicate",
    of: ["conv.duplicate", "conv.redundant"],
    text: "Nothing is said twice.",
    source: "Guidelines I.B.12, I.B.13",
    from: 2
  },
  {
    id: "conv.combination",
    of: ["conv.combination", "conv.integral-symptom"],
    text: "No code stands for two of these together.",
    source: "Guidelines I.A.15, I.B.5, I.B.9",
    from: 2
  },
  {
    id: "conv.conflict",
    of: ["conv.conflict", "conv.needs", "conv.aftercare"],
    text: "No two of these contradict each other, and none wants another beside it, by the tables of the guidelines.",
    source: "Guidelines I.C",
    from: 1
  },
  {
    id: "conv.etiology-first",
    of: [
      "conv.etiology-first",
      "conv.acute-chronic",
      "conv.sequela",
      "conv.z-first-only",
      "conv.z-secondary-only",
      "conv.external-cause-first",
      "conv.organism-first"
    ],
    text: "The order follows the tables of the guidelines.",
    source: "Guidelines I.B, I.C, II, IV",
    from: 1
  }
]

export function kept(sheet: Worksheet, told: readonly Check[]): Check[] {
  const lines = diagnosesOf(sheet)
  const pack = lines[0]?.pack
  // A starter set knows too little to call anything right.
  if (!pack?.info.complete) return []
  const objected = new Set(told.filter(({ status }) => status !== "pass").map(({ id }) => id))
  return FAMILIES.filter(({ from, of }) => lines.length >= from && !of.some((id) => objected.has(id))).map(
    (family) => {
      const borrowed = family.notes ? pack.info.borrowedFrom : undefined
      const check = result(sheet, lines, {
        id: family.id,
        status: borrowed ? "warn" : "pass",
        text: borrowed
          ? `${family.text} The notes are those of ${borrowed}: verify in the Tabular List.`
          : family.text,
        source: family.source
      })
      return borrowed ? { ...check, release: borrowed } : check
    }
  )
}
