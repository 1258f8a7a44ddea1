/** The same thing said twice in two codes: the organism beside a code that names it, two stages of one pressure ulcer. */
import { diagnosesOf, result } from "./result"
import { wordsOf } from "./titles"
import type { Check, Line, Worksheet } from "./types"

const ORGANISM = /^B9[567]/
/** Words of organism titles that name no organism. */
const EMPTY: ReadonlySet<string> = new Set(
  "infection a as cause disease classified elsewhere other specified unspecified agent bacterial viral".split(
    " "
  )
)

export function checkRepeats(sheet: Worksheet): Check[] {
  const lines = diagnosesOf(sheet)
  return [...organisms(sheet, lines), ...ulcerStages(sheet, lines)]
}

function organisms(sheet: Worksheet, lines: readonly Line[]): Check[] {
  return lines.flatMap((line) => {
    if (!ORGANISM.test(line.bare)) return []
    const name = [...wordsOf(line).all].filter((word) => !EMPTY.has(word))
    if (name.length === 0) return []
    const infection = lines.find(
      (other) => !ORGANISM.test(other.bare) && name.every((word) => wordsOf(other).all.has(word))
    )
    if (!infection) return []
    const others = lines.filter(
      (other) => other !== infection && /^[A-NO]/.test(other.bare) && !ORGANISM.test(other.bare)
    )
    return [
      result(sheet, [infection, line], {
        id: "conv.redundant",
        status: "warn",
        text: `${infection.ref.code} names the organism already: ${line.ref.code} says it again${others.length > 0 ? ", unless it belongs to another infection on the list" : ""}.`,
        source: "Tabular List, note at B95-B97",
        quote: infection.pack.title(infection.row),
        exception: "The organism code belongs to another infection on the list."
      })
    ]
  })
}

function ulcerStages(sheet: Worksheet, lines: readonly Line[]): Check[] {
  const ulcers = lines.filter((line) => line.bare.startsWith("L89") && line.pack.billable(line.row))
  return ulcers.flatMap((one) =>
    ulcers
      .filter((other) => one.at < other.at && other.row !== one.row)
      .filter((other) => other.pack.parent(other.row) === one.pack.parent(one.row))
      .map((other) =>
        result(sheet, [one, other], {
          id: "conv.conflict",
          status: "warn",
          text:
            sheet.setting === "inpatient"
              ? "Two stages of a pressure ulcer of one site: right when it got worse during the stay."
              : "Two stages of a pressure ulcer of one site: one ulcer has one stage.",
          source: "Guidelines I.C.12.a.6",
          exception: "There are two ulcers of this site, or it got worse during the stay."
        })
      )
  )
}
