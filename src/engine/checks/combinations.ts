/**
 * Codes that one code says together (guidelines I.A.15, I.B.9), by the combinations of the lexicon: the same table
 * that joins suggestions. Only links that the classification presumes: of the others a list of codes cannot tell.
 */
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import type { Combination } from "../lexicon-types"
import { diagnosesOf, result } from "./result"
import type { Check, Line, Worksheet } from "./types"

interface Compiled {
  entry: Combination
  groups: PatternSet[]
  gives: PatternSet
  drops: PatternSet
}

export function compileCombinations(entries: readonly Combination[]): (sheet: Worksheet) => Check[] {
  const compiled: Compiled[] = entries
    .filter(({ link, drops }) => link === "presumed" && drops.length > 0)
    // Two sides are told by the titles of the classification, for every code.
    .filter(({ guideline }) => guideline !== "I.B.13")
    .map((entry) => ({
      entry,
      groups: entry.all.map((group) => compilePatterns(group)),
      gives: compilePatterns([entry.gives]),
      drops: compilePatterns(entry.drops)
    }))
  return (sheet) => {
    const lines = diagnosesOf(sheet)
    const gone = new Set<Line>()
    return compiled.flatMap((each) => {
      const parts = partsOf(each, lines)
      const replaced = parts?.filter((line) => each.drops.has(line.ref.code) && !gone.has(line)) ?? []
      // A code that is part of the answer too ("E10.2- instead of E10.1-") is told by the pair that stays.
      if (!parts || replaced.length === 0) return []
      for (const line of replaced) gone.add(line)
      return [combined(sheet, each.entry, parts, replaced)]
    })
  }
}

/** One line of each group, all different; undefined when a group has none or the code for all is there already. */
function partsOf({ groups, gives, drops }: Compiled, lines: readonly Line[]): Line[] | undefined {
  const parts: Line[] = []
  for (const group of groups) {
    const fitting = lines.filter((line) => group.has(line.ref.code) && !parts.includes(line))
    const line = fitting.find((each) => drops.has(each.ref.code)) ?? fitting[0]
    if (!line) return undefined
    parts.push(line)
  }
  const said = lines.some(
    (line) => gives.has(line.ref.code) && !drops.has(line.ref.code) && !parts.includes(line)
  )
  return said && !parts.some((line) => drops.has(line.ref.code)) ? undefined : parts
}

function combined(
  sheet: Worksheet,
  entry: Combination,
  parts: readonly Line[],
  replaced: readonly Line[]
): Check {
  const pack = parts[0]!.pack
  const row = pack.find(entry.gives)
  const code = row < 0 ? entry.gives : `${pack.code(row)}${pack.billable(row) ? "" : "-"}`
  const codes = replaced.map(({ ref }) => ref.code).join(" and ")
  return result(
    sheet,
    [...parts].sort((a, b) => a.at - b.at),
    {
      id: "conv.combination",
      status: "warn",
      text: `The classification presumes these to be one: ${code} instead of ${codes}.`,
      source: `Guidelines ${entry.guideline} (${entry.id})`.replace(
        /Guidelines (?=Tabular|Index|Coding)/,
        ""
      ),
      ...(row < 0 ? {} : { quote: pack.title(row) }),
      exception: "The provider documents that the two are unrelated."
    }
  )
}
