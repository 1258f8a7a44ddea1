/** Laterality (guidelines I.B.13): a side left open that the classification asks for, and two sides that one code says. */
import type { Row } from "@/classification/pack-api"
import { diagnosesOf, result } from "./result"
import { categoryOf, titleWords, wordsOf } from "./titles"
import type { Check, Line, Worksheet } from "./types"

const SOURCE = "Guidelines I.B.13"

export function checkSides(sheet: Worksheet): Check[] {
  const lines = diagnosesOf(sheet)
  return [...openSides(sheet, lines), ...bothSides(sheet, lines)]
}

function openSides(sheet: Worksheet, lines: readonly Line[]): Check[] {
  return lines.flatMap((line) => {
    const { all } = wordsOf(line)
    if (!all.has("unspecified") || all.has("right") || all.has("left") || all.has("bilateral")) return []
    if (!line.pack.billable(line.row)) return []
    // An inpatient claim has an edit of its own for these codes.
    if (sheet.setting === "inpatient" && line.pack.attributes(line.row).mce?.includes("unspecified"))
      return []
    const sided = sidedSiblings(line)
    if (sided.length === 0) return []
    const named = sided.map((row) => line.pack.code(row)).join(", ")
    return [
      result(sheet, [line], {
        id: "conv.laterality",
        status: "warn",
        text: `${line.ref.code} leaves the side open (${named}): any clinician's note may tell it; where notes disagree, the provider says.`,
        source: SOURCE,
        quote: line.pack.title(line.row)
      })
    ]
  })
}

/** Codes of the same title with a side. The 7th character stands below the side. */
function sidedSiblings({ pack, row, bare }: Line): Row[] {
  const encounter = bare.length === 7 && pack.seventh(row).length > 0
  const base = encounter ? pack.parent(row) : row
  const above = pack.parent(base)
  if (above < 0) return []
  const rest = titleWords(pack, row).withoutSide
  return pack
    .children(above)
    .map((sibling) => {
      if (!encounter || sibling === base) return sibling
      return pack.find(pack.code(sibling).replace(".", "").padEnd(6, "X") + bare.slice(6))
    })
    .filter((sibling) => {
      if (sibling < 0 || sibling === row) return false
      const words = titleWords(pack, sibling)
      return (words.all.has("right") || words.all.has("left")) && words.withoutSide === rest
    })
}

/** Right and left beside each other where one code says both. */
function bothSides(sheet: Worksheet, lines: readonly Line[]): Check[] {
  return lines.flatMap((right) => {
    const own = wordsOf(right)
    if (!own.all.has("right") || own.all.has("left")) return []
    return lines.flatMap((left) => {
      const words = wordsOf(left)
      if (!words.all.has("left") || words.all.has("right") || words.withoutSide !== own.withoutSide) return []
      const both = bilateral(right)
      if (both === undefined || left.bare.slice(0, 3) !== right.bare.slice(0, 3)) return []
      return [
        result(sheet, [right, left], {
          id: "conv.laterality",
          status: "warn",
          text: `One code says both sides: ${right.pack.code(both)}.`,
          source: SOURCE,
          quote: right.pack.title(both),
          exception: "The two sides differ in what the code does not say, or were treated apart."
        })
      ]
    })
  })
}

function bilateral({ pack, row }: Line): Row | undefined {
  const category = categoryOf(pack, row)
  const rest = titleWords(pack, row).withoutSide
  for (let at = category; at <= pack.subtreeEnd(category); at++) {
    if (!pack.billable(at) || !/\bbilateral\b/i.test(pack.title(at))) continue
    if (titleWords(pack, at).withoutSide === rest) return at
  }
  return undefined
}
