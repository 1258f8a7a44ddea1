/** Which values of a gap may be offered as options: those that something quoted speaks of. */
import { atomize } from "../text/atoms"
import type { GapOption } from "../types"
import type { IndicatorEntry, OfferedOption } from "./composer-types"
import { axesOf } from "./indicators"

/** More would be a list to pick from, not a question: then it is asked openly. */
const MOST_OPTIONS = 6
/** Values that answer nothing, or that the ways out say already. */
const NO_ANSWER = /\b(?:unspecified|not specified|nos|other|unknown|undetermined|none)\b/i
const SIDES = /^(?:laterality|side|eye)$/
/** Words that say nothing about which value it is. */
const EMPTY = new Set(["of", "and", "or", "the", "with", "in", "to", "for", "a", "an", "due", "by", "type"])

export interface Quoted {
  quote: string
  /** Position in the indicators; -1 for a statement, which is always in the text. */
  at: number
}

/**
 * @param term the documented condition, as the question names it
 * @param named value that words elsewhere in the chart answer, with the position of that indicator
 * @returns fewer than two mean: ask openly
 */
export function supportedOptions(
  options: readonly GapOption[],
  axis: string,
  term: string,
  quoted: readonly Quoted[],
  entries: readonly IndicatorEntry[],
  named?: { value: string; at: number }
): OfferedOption[] {
  const values = options.filter(({ value }) => !NO_ANSWER.test(value) && !/[A-Z]\d\d\./.test(value))
  // A side is only offered where it is said.
  const bearing = SIDES.test(axis) ? [] : quoted.filter(({ quote }) => axesOf(quote, entries).has(axis))
  const supported = values.map((option) => {
    const support = new Set(quoted.filter(({ quote }) => says(quote, option.value)).map(({ at }) => at))
    if (named && named.value === option.value) support.add(named.at)
    return { value: option.value, support }
  })
  const bySaying = supported.filter(({ support }) => support.size > 0)
  // A finding that bears on the axis opens all of its values alike; which one it means is not ours to say.
  const open =
    bySaying.length < 2 && bearing.length > 0 && values.length <= MOST_OPTIONS
      ? supported.map(({ value, support }) => ({
          value,
          support: new Set([...support, ...bearing.map(({ at }) => at)])
        }))
      : bySaying
  if (open.length > MOST_OPTIONS) return []
  return open.map(({ value, support }) => ({
    text: asDiagnosis(term, value),
    support: [...support].sort((a, b) => a - b)
  }))
}

/** All words of the value stand in the quote. */
function says(quote: string, value: string): boolean {
  const words = content(value)
  if (words.length === 0) return false
  const said = new Set(atomize(quote).folded)
  return words.every((word) => said.has(word))
}

function content(text: string): string[] {
  const atoms = atomize(text.replace(/\([^)]*\)/g, " "))
  return atoms.folded.filter((word, at) => atoms.isWord[at] && !EMPTY.has(word))
}

/** A complete diagnosis: "Heart failure, systolic"; the value alone when it names the condition itself. */
export function asDiagnosis(term: string, value: string): string {
  const head = content(term).at(-1)
  const whole = head !== undefined && content(value).includes(head)
  return capital(whole || term === "" ? value : `${term}, ${value}`)
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
