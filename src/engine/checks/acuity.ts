/** Acute and chronic of one disease (guidelines I.B.8): one code where there is one for both, else acute first. */
import { diagnosesOf, result } from "./result"
import { categoryOf, titleWords, wordsOf } from "./titles"
import type { Check, Line, Worksheet } from "./types"

export function checkAcuity(sheet: Worksheet): Check[] {
  const lines = diagnosesOf(sheet)
  const acute = lines.filter((line) => is(line, "acute") && !is(line, "chronic"))
  const chronic = lines.filter((line) => is(line, "chronic") && !is(line, "acute"))
  return acute.flatMap((one) =>
    chronic
      .filter((other) => wordsOf(other).withoutAcuity === wordsOf(one).withoutAcuity)
      .flatMap((other) => together(sheet, one, other))
  )
}

const is = (line: Line, word: string) => wordsOf(line).all.has(word)

function together(sheet: Worksheet, acute: Line, chronic: Line): Check[] {
  const both = codeForBoth(acute)
  if (both !== undefined)
    return [
      result(sheet, [acute, chronic], {
        id: "conv.combination",
        status: "warn",
        text: `One code says acute and chronic: ${acute.pack.code(both)}.`,
        source: "Guidelines I.B.8, I.B.9",
        quote: acute.pack.title(both)
      })
    ]
  if (acute.at < chronic.at) return []
  return [
    result(sheet, [chronic, acute], {
      id: "conv.acute-chronic",
      status: "warn",
      text: `${acute.ref.code} (acute) comes before ${chronic.ref.code} (chronic).`,
      source: "Guidelines I.B.8"
    })
  ]
}

function codeForBoth({ pack, row }: Line): number | undefined {
  const category = categoryOf(pack, row)
  const rest = titleWords(pack, row).withoutAcuity
  for (let at = category; at <= pack.subtreeEnd(category); at++) {
    if (!pack.billable(at) || !/\bacute\b.*\bchronic\b/i.test(pack.title(at))) continue
    if (titleWords(pack, at).withoutAcuity === rest) return at
  }
  return undefined
}
