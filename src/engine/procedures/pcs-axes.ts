/** From a table of ICD-10-PCS and the words of a note to as many characters of the code as the words carry. */
import type { PcsTable, PcsValue } from "@/classification/model"
import type { Axis } from "../types"
import { foldedWords } from "./said"

export type Side = "right" | "left" | "bilateral"

/** What the note says that may decide an axis; `near` the sentence of the procedure, `wide` its section. */
export interface SaidOfProcedure {
  near: ReadonlySet<string>
  side: Side | undefined
  /** Labels that words of the lexicon mean, by position. */
  nearLabels: ReadonlyMap<number, ReadonlySet<string>>
  wideLabels: ReadonlyMap<number, ReadonlySet<string>>
}

export interface Filled {
  /** As many characters in a row as are known, 3 to 7. */
  code: string
  axes: Axis[]
  /** Labels of the known characters behind the third, "No Device" and the like left out. */
  labels: string[]
}

/** "Knee Joint, Right" -> "Knee Joint" and its side; "Skin, Right Upper Arm" -> "Skin, Upper Arm". */
function sideOf(label: string): { rest: string; side: Side | undefined } {
  const match = /,?\s*\b(Right|Left|Bilateral)\b/i.exec(label)
  if (!match) return { rest: label, side: undefined }
  const behind = label.slice(match.index + match[0].length)
  const joined = `${label.slice(0, match.index)}${/^\s\w/.test(behind) && label[match.index] === "," ? "," : ""}${behind}`
  return { rest: joined.trim(), side: match[1]!.toLowerCase() as Side }
}

/** Words of labels that notes leave out. */
const LEFT_OUT: ReadonlySet<string> = new Set(
  "joint and of the body part gland surface subcutaneous tissue fascia skin".split(" ")
)

function holdsAll(words: readonly string[], said: ReadonlySet<string>): boolean {
  return words.length > 0 && words.every((word) => said.has(word))
}

/** How well the words said name this value: the number of its words, 0 when one is missing. */
function strengthOf(value: PcsValue, said: ReadonlySet<string>): number {
  const words = foldedWords(sideOf(value.label).rest).filter((word) => /\w/.test(word) && !LEFT_OUT.has(word))
  if (holdsAll(words, said)) return words.length
  // The keys of the definitions: another name of the same part, a little weaker than its own.
  let best = 0
  for (const include of value.includes ?? []) {
    const named = foldedWords(include).filter((word) => /\w/.test(word))
    if (named.length > 1 && holdsAll(named, said)) best = Math.max(best, named.length - 0.5)
  }
  return best
}

function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined
}

/** Of values that are the same part on different sides, the one on the side that was said. */
function onSide(values: readonly PcsValue[], side: Side | undefined): PcsValue | undefined {
  // "Ovary, Right" and "Ovaries, Bilateral" are one part.
  const parts = new Set(values.map(({ label }) => foldedWords(sideOf(label).rest).join(" ")))
  if (parts.size !== 1) return undefined
  if (values.length === 1 && sideOf(values[0]!.label).side === undefined) return values[0]
  return side && only(values.filter(({ label }) => sideOf(label).side === side))
}

function byLabels(values: readonly PcsValue[], labels: ReadonlySet<string> | undefined): readonly PcsValue[] {
  return labels ? values.filter(({ label }) => labels.has(label) || labels.has(sideOf(label).rest)) : []
}

function decide(position: number, values: readonly PcsValue[], said: SaidOfProcedure): PcsValue | undefined {
  if (values.length === 1) return values[0]
  for (const labels of [said.nearLabels.get(position), said.wideLabels.get(position)]) {
    const named = byLabels(values, labels)
    const one = only(named) ?? (named.length > 1 ? onSide(named, said.side) : undefined)
    if (one) return one
    // Words for two values ("laparoscopic, converted to open"): the coder decides.
    if (named.length > 1 && new Set(named.map(({ label }) => sideOf(label).rest)).size > 1) return undefined
  }
  if (position === 4) {
    const scored = values.map((value) => ({ value, strength: strengthOf(value, said.near) }))
    const best = Math.max(...scored.map(({ strength }) => strength))
    const named = scored.filter(({ strength }) => strength === best && best > 0).map(({ value }) => value)
    return named.length > 0 ? onSide(named, said.side) : onSide(values, said.side)
  }
  // What is not said has no qualifier: the convention of the classification. A device is never assumed.
  if (position === 7) return values.find(({ label }) => label === "No Qualifier")
  return undefined
}

/**
 * @param starts beginnings of codes of this table, 3 to 7 characters: alternatives among which the words choose
 * @param implies characters that the name of the procedure implies
 */
export function fillAxes(
  table: PcsTable,
  starts: readonly string[],
  implies: Readonly<Record<string, string>>,
  said: SaidOfProcedure
): Filled | undefined {
  const known: (PcsValue | undefined)[] = [undefined, undefined, undefined, undefined]
  const allowed = (row: PcsTable["rows"][number], at: number): PcsValue[] => {
    const position = at + 4
    const printed = row.axes[at]!.values
    const fixed = new Set(starts.map((start) => start[position - 1]))
    return fixed.has(undefined) ? printed : printed.filter(({ value }) => fixed.has(value))
  }
  const open = () =>
    table.rows.filter((row) =>
      known.every((value, at) =>
        value ? row.axes[at]!.values.some((each) => each.value === value.value) : allowed(row, at).length > 0
      )
    )
  const choices = (at: number): PcsValue[] => {
    const found = new Map<string, PcsValue>()
    for (const row of open()) for (const value of allowed(row, at)) found.set(value.value, value)
    return [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1))
  }
  if (open().length === 0) return undefined
  for (let at = 0; at < 4; at++) {
    const implied = implies[String(at + 4)]
    const value = implied ? choices(at).find((each) => each.value === implied) : undefined
    if (value) known[at] = value
  }
  // One decision narrows the others: until none is left.
  for (let decided = true; decided; ) {
    decided = false
    for (let at = 0; at < 4; at++) {
      if (known[at]) continue
      // A qualifier that is not said is assumed only when all else is known.
      const values = choices(at)
      if (at === 3 && values.length > 1 && known.slice(0, 3).some((each) => !each)) {
        const named = byLabels(values, said.nearLabels.get(7))
        const one = only(named)
        if (one) {
          known[at] = one
          decided = true
        }
        continue
      }
      const value = decide(at + 4, values, said)
      if (value) {
        known[at] = value
        decided = true
      }
    }
  }
  let code = table.prefix
  for (const value of known) {
    if (!value) break
    code += value.value
  }
  const titles = table.rows[0]!.axes.map(({ title }) => title)
  const axes: Axis[] = known.map((value, at) => ({
    axis: titles[at] ?? "",
    ...(value ? { value: value.label } : {}),
    options: value
      ? []
      : choices(at).map((each) => ({
          value: each.label,
          ...(code.length === at + 3 ? { code: code + each.value } : {})
        }))
  }))
  const labels = known.flatMap((value) => (value && !/^No /.test(value.label) ? [value.label] : []))
  return { code, axes, labels }
}

/** The one side that the words name; both, or none. "The drain was left in place" names none. */
export function sideSaid(words: readonly string[]): Side | undefined {
  const sides = new Set<Side>()
  for (const [at, word] of words.entries()) {
    if (word === "bilateral" || word === "bilaterally" || word === "both") sides.add("bilateral")
    else if (word === "right" || word === "rt") sides.add("right")
    else if ((word === "left" || word === "lt") && !LEFT_BEHIND.has(words[at + 1] ?? "")) sides.add("left")
  }
  if (sides.has("bilateral") || sides.size === 2) return "bilateral"
  return [...sides][0]
}

const LEFT_BEHIND: ReadonlySet<string> = new Set([
  "in",
  "open",
  "behind",
  "intact",
  "alone",
  "to",
  "the",
  "on",
  "at"
])
