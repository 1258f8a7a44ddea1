/** Conditions of lexicon entries ("when"), compiled and tested at a mention. */
import type { Condition } from "../lexicon-types"
import type { Atoms } from "../text/atoms"
import { atomize } from "../text/atoms"
import { placeholdersOf } from "./phrases"

const NEAR_WORDS = 8

export interface CompiledCondition {
  sections?: ReadonlySet<string>
  notSections?: ReadonlySet<string>
  near?: string[][]
  notNear?: string[][]
  before?: string[][]
  notBefore?: string[][]
  after?: string[][]
  notAfter?: string[][]
}

/** Where a mention stands. Atom positions, `last` exclusive. */
export interface Place {
  atoms: Atoms
  first: number
  last: number
  /** Bounds of the sentence. */
  from: number
  to: number
  section: string
  /** The sentence begins its line. */
  lineStart: boolean
}

const NUMBER = "<number>"

/** "^" and "$" stay as they are; "<number>" stands for any number inside a phrase ("<number> mg"). */
function phrases(list: string[] | undefined): string[][] | undefined {
  return list?.map((phrase) =>
    phrase === "^" || phrase === "$"
      ? [phrase]
      : phrase.split(/(<number>)/).flatMap((part) => (part === NUMBER ? [NUMBER] : atomize(part).folded))
  )
}

export function compileCondition(condition: Condition | undefined): CompiledCondition | undefined {
  if (!condition) return undefined
  return {
    sections: condition.sections && new Set(condition.sections),
    notSections: condition.notSections && new Set(condition.notSections),
    near: phrases(condition.near),
    notNear: phrases(condition.notNear),
    before: phrases(condition.before),
    notBefore: phrases(condition.notBefore),
    after: phrases(condition.after),
    notAfter: phrases(condition.notAfter)
  }
}

function standsAt(atoms: Atoms, at: number, phrase: string[], from: number, to: number): boolean {
  if (at < from || at + phrase.length > to) return false
  for (let i = 0; i < phrase.length; i++) {
    if (atoms.folded[at + i] === phrase[i]) continue
    if (phrase[i] !== NUMBER || !placeholdersOf(atoms.lower[at + i] ?? "").includes(NUMBER)) return false
  }
  return true
}

function isNear(place: Place, list: string[][]): boolean {
  const { atoms } = place
  let low = place.first
  for (let words = 0; low > place.from && words < NEAR_WORDS; low--) words += atoms.isWord[low - 1] ?? 0
  let high = place.last
  for (let words = 0; high < place.to && words < NEAR_WORDS; high++) words += atoms.isWord[high] ?? 0
  for (let at = low; at < high; at++) {
    for (const phrase of list) {
      const outside = at + phrase.length <= place.first || at >= place.last
      if (outside && standsAt(atoms, at, phrase, low, high)) return true
    }
  }
  return false
}

function isBefore(place: Place, list: string[][]): boolean {
  return list.some((phrase) =>
    phrase[0] === "^"
      ? place.first === place.from && place.lineStart
      : standsAt(place.atoms, place.first - phrase.length, phrase, place.from, place.to)
  )
}

function isAfter(place: Place, list: string[][]): boolean {
  return list.some((phrase) =>
    phrase[0] === "$"
      ? place.last >= place.to || (place.last === place.to - 1 && !place.atoms.isWord[place.last])
      : standsAt(place.atoms, place.last, phrase, place.from, place.to)
  )
}

export function holds(condition: CompiledCondition | undefined, place: Place): boolean {
  if (!condition) return true
  if (condition.sections && !condition.sections.has(place.section)) return false
  if (condition.notSections?.has(place.section)) return false
  if (condition.before && !isBefore(place, condition.before)) return false
  if (condition.notBefore && isBefore(place, condition.notBefore)) return false
  if (condition.after && !isAfter(place, condition.after)) return false
  if (condition.notAfter && isAfter(place, condition.notAfter)) return false
  if (condition.near && !isNear(place, condition.near)) return false
  if (condition.notNear && isNear(place, condition.notNear)) return false
  return true
}
