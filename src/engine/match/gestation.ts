/**
 * Weeks of gestation as charts write them ("39 weeks", "20w3d", "28-1 weeks", "40 and 3/7th weeks"), read as the title
 * of their code does (Z3A, I.C.21.c.11): completed weeks, and only where the sentence speaks of a pregnancy.
 */
import type { ReadDocument, Sentence } from "../text/document"
import type { Occurrence } from "./occurrences"

const PREGNANCY =
  /^(?:pregnan[a-z]*|gestation[a-z]*|iup|iugr|ega|edd|edc|trimester|gravida|primigravida|multigravida|antepartum|prenatal|g\d+p\d+|g\d)$/
const WEEK = /^(?:w|wk|wks|week|weeks)$/
const GLUED = /^(\d{1,2})w(?:k|ks)?(?:\d{1,2}d?)?$/
const NUMBER = /^\d{1,2}$/
/** Between the weeks and their word: days in sevenths ("28-1", "40 and 3/7th", "32 + 4"). */
const BETWEEN: ReadonlySet<string> = new Set(["-", "+", "and", "/", "&", "7th", "7ths"])
const WEEKS = "weeks of gestation"
const MOST_BETWEEN = 6
const EARLIEST = 8
const LATEST = 42

/** The occurrences that say the weeks; [] in nearly all sentences. */
export function weeksOfGestation({ atoms, clause }: ReadDocument, sentence: Sentence): Occurrence[] {
  let found: Occurrence[] | undefined
  for (let at = sentence.first; at < sentence.last; at++) {
    const word = atoms.lower[at] ?? ""
    const glued = GLUED.exec(word)?.[1]
    let last = at + 1
    if (glued === undefined) {
      if (!NUMBER.test(word)) continue
      while (last < sentence.last && last - at <= MOST_BETWEEN && mayStandBetween(atoms.lower[last] ?? ""))
        last++
      if (last >= sentence.last || !WEEK.test(atoms.lower[last] ?? "")) continue
      last++
    }
    const weeks = Number(glued ?? word)
    if (weeks < EARLIEST || weeks > LATEST || !speaksOfPregnancy(atoms.lower, sentence)) continue
    found ??= []
    for (const each of [String(weeks), "week", "gestation", "pregnancy"])
      found.push({ word: each, first: at, last, clause: clause[at] ?? 0, via: WEEKS })
    at = last - 1
  }
  return found ?? NONE
}

const NONE: Occurrence[] = []

/** The match says the weeks and nothing else: what else is said of the pregnancy takes nothing from it. */
export function saysWeeksAlone(via: readonly string[]): boolean {
  return via.length === 1 && via[0] === WEEKS
}

/** "28 y/o at 30w2d": the number of the title is the one of the weeks, not another that stands near. */
export function mixesNumbers(chosen: readonly Occurrence[]): boolean {
  return (
    chosen.some(({ via }) => via === WEEKS) &&
    chosen.some(({ word, via }) => via !== WEEKS && NUMBER.test(word))
  )
}

function mayStandBetween(word: string): boolean {
  return BETWEEN.has(word) || /^\d$/.test(word)
}

function speaksOfPregnancy(lower: readonly string[], { first, last }: Sentence): boolean {
  for (let at = first; at < last; at++) if (PREGNANCY.test(lower[at] ?? "")) return true
  return false
}

/**
 * The trimester that weeks say, in the words of titles; undefined for any other occurrence. Chapter 15: the second
 * begins with 14 weeks 0 days, the third with 28 weeks 0 days.
 */
export function trimesterSaid({ word, via }: Occurrence): "first" | "second" | "third" | undefined {
  if (via !== WEEKS || !NUMBER.test(word)) return undefined
  if (Number(word) < 14) return "first"
  return Number(word) < 28 ? "second" : "third"
}
