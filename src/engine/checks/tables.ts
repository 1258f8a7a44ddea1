/** What the guidelines say in prose, as tables: pairs, needs, places and orders of codes. */
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import { firstListed } from "./result"
import type { AgeEntry, Check, Line, RuleEntry, SexEntry, Worksheet } from "./types"

interface Compiled {
  rule: RuleEntry
  codes: PatternSet
  other?: PatternSet
  unless?: PatternSet
}

export type TableChecker = (sheet: Worksheet) => Check[]

/** @param rules as `parseWorksheetChecks` gives them */
export function compileTables(rules: readonly RuleEntry[]): TableChecker {
  const compiled = rules.map(compile)
  return (sheet) => {
    const lines = sheet.lines.filter((line) => line.ref.system === "ICD-10-CM")
    return compiled.flatMap((each) => run(each, lines, sheet))
  }
}

function compile(rule: RuleEntry): Compiled {
  const other =
    rule.kind === "pair"
      ? rule.with
      : rule.kind === "need"
        ? rule.needs
        : rule.kind === "order"
          ? rule.before
          : undefined
  return {
    rule,
    codes: compilePatterns(rule.codes),
    ...(other ? { other: compilePatterns(other) } : {}),
    ...(rule.unless ? { unless: compilePatterns(rule.unless) } : {})
  }
}

function run({ rule, codes, other, unless }: Compiled, lines: readonly Line[], sheet: Worksheet): Check[] {
  if (rule.settings && !rule.settings.includes(sheet.setting)) return []
  const ours = lines.filter((line) => codes.has(line.ref.code))
  if (ours.length === 0) return []
  if (unless && lines.some((line) => unless.has(line.ref.code))) return []
  const found =
    rule.kind === "sex" || rule.kind === "age"
      ? misfits(rule, ours, sheet)
      : offending(rule, ours, lines, other, firstListed(sheet))
  if (found.length === 0) return []
  return [
    {
      id: rule.check,
      codes: found.map((line) => line.ref),
      status: rule.status,
      text: rule.text,
      source: `${rule.source} (${rule.id})`,
      release: sheet.release("ICD-10-CM"),
      ...(rule.exception === undefined ? {} : { exception: rule.exception })
    }
  ]
}

/** Codes for another patient; [] where age or sex are not known. */
function misfits(rule: SexEntry | AgeEntry, ours: readonly Line[], sheet: Worksheet): Line[] {
  const { age, sex } = sheet.request
  const fits =
    rule.kind === "sex"
      ? sex === undefined || sex === rule.sex
      : age === undefined || (age >= rule.from && age <= rule.to)
  return fits ? [] : [...ours]
}

/** Lines that break the rule; [] when it is kept. */
function offending(
  rule: Exclude<RuleEntry, SexEntry | AgeEntry>,
  ours: readonly Line[],
  lines: readonly Line[],
  other: PatternSet | undefined,
  first: Line | undefined
): Line[] {
  if (rule.kind === "place") return misplaced(rule.place, ours, lines, first)
  const others = lines.filter((line) => other?.has(line.ref.code))
  if (rule.kind === "need") return others.length === 0 ? [...ours] : []
  if (rule.kind === "order") {
    const late = ours.filter((line) => others.some((each) => each.at < line.at))
    const early = others.filter((each) => late.some((line) => each.at < line.at))
    return [...early, ...late]
  }
  const pairs = ours.filter((line) => others.some((each) => each !== line))
  if (pairs.length === 0) return []
  return [...new Set([...pairs, ...others])].sort((a, b) => a.at - b.at)
}

function misplaced(
  place: "first" | "not-first" | "not-alone",
  ours: readonly Line[],
  lines: readonly Line[],
  first: Line | undefined
): Line[] {
  if (place === "first") return ours.filter((line) => line !== first)
  if (place === "not-first") return ours.filter((line) => line === first)
  return lines.length === ours.length ? [...ours] : []
}
