/**
 * Sequelae, poisonings and what belongs to injuries (guidelines I.B.10, I.C.19.e.5, I.C.20): the classification
 * says in its own titles which codes are which, so no code is listed here.
 */
import { diagnosesOf, firstListed, result } from "./result"
import type { Check, Line, Worksheet } from "./types"

const POISONING = /^Poisoning by\b/
const ADVERSE = /^Adverse effect of\b/
const UNDERDOSING = /^Underdosing of\b/
const EXTERNAL = /^[V-Y]/
/** Place, activity and status: told once, at the first encounter. */
const ONCE = /^Y9(?:2|3|9)/

export function checkInjuries(sheet: Worksheet): Check[] {
  const lines = diagnosesOf(sheet)
  if (lines.length === 0) return []
  return [
    ...sequelae(sheet),
    ...poisonings(sheet, lines),
    ...adverseEffects(sheet, lines),
    ...toldOnce(sheet, lines)
  ]
}

const title = (line: Line) => line.pack.title(line.row)
/** A disease or symptom: chapters 1 to 18. */
const isDisease = (line: Line) => /^[A-R]/.test(line.bare)
/** I69 says the residual condition and its cause in one. */
const isSequela = (line: Line) => /\bsequelae?\b/i.test(title(line)) && !/^(?:I69|[V-Z])/.test(line.bare)

function sequelae(sheet: Worksheet): Check[] {
  const first = firstListed(sheet)
  if (!first || !isSequela(first)) return []
  return [
    result(sheet, [first], {
      id: "conv.sequela",
      status: "warn",
      text: `${first.ref.code} says what the condition is left over from: the condition itself comes first.`,
      source: "Guidelines I.B.10",
      quote: title(first)
    })
  ]
}

function poisonings(sheet: Worksheet, lines: readonly Line[]): Check[] {
  const poison = lines.find((line) => POISONING.test(title(line)))
  if (!poison) return []
  const early = lines.filter((line) => line.at < poison.at && isDisease(line))
  if (early.length === 0) return []
  return [
    result(sheet, [poison, ...early], {
      id: "conv.etiology-first",
      status: "warn",
      text: `The poisoning (${poison.ref.code}) comes first, what it did to the patient behind it.`,
      source: "Guidelines I.C.19.e.5.b",
      exception: "What stands before it has nothing to do with the poisoning."
    })
  ]
}

function adverseEffects(sheet: Worksheet, lines: readonly Line[]): Check[] {
  return lines.flatMap((line) => {
    const underdosing = UNDERDOSING.test(title(line))
    if (!underdosing && !ADVERSE.test(title(line))) return []
    if (lines.some((other) => other.at < line.at && !EXTERNAL.test(other.bare) && !isDrug(other))) return []
    return [
      result(sheet, [line], {
        id: "conv.etiology-first",
        status: underdosing ? "fail" : "warn",
        text: underdosing
          ? `${line.ref.code} (underdosing) is never first-listed: the condition it bears on comes first.`
          : `The nature of the adverse effect comes before the drug (${line.ref.code}).`,
        source: underdosing ? "Guidelines I.C.19.e.5.c" : "Guidelines I.C.19.e.5.a",
        quote: title(line)
      })
    ]
  })
}

const isDrug = (line: Line) => ADVERSE.test(title(line)) || UNDERDOSING.test(title(line))

function toldOnce(sheet: Worksheet, lines: readonly Line[]): Check[] {
  const once = lines.filter((line) => ONCE.test(line.bare))
  const injuries = lines.filter((line) => /^[ST]/.test(line.bare) && line.bare.length === 7)
  if (once.length === 0 || injuries.length === 0) return []
  if (injuries.some((line) => /[ABC]$/.test(line.bare))) return []
  return [
    result(sheet, once, {
      id: "conv.external-cause-once",
      status: "warn",
      text: "Place, activity and status are told once, at the first encounter for treatment.",
      source: "Guidelines I.C.20.b, I.C.20.c, I.C.20.k"
    })
  ]
}
