/** Whether words of a sentence that make up a term belong together there: lists, links, other names, torn readings. */
import { isFunctionWord } from "@/classification/words"
import type { ReadDocument } from "../text/document"
import type { Occurrence } from "./occurrences"

/** Words that may stand between two words of a term without parting them. */
const LIGHT: ReadonlySet<string> = new Set(
  "of the a an in on at to with by and for her his their its from right left bilateral".split(" ")
)

export function isLight(folded: string): boolean {
  return LIGHT.has(folded)
}

/** Between items of a list. */
const SEPARATORS: ReadonlySet<string> = new Set([",", "/", "+", "and", "or", "&", "versus", "vs"])

/** Behind these a list may begin that shares what stands before ("diabetes with", "fracture of", "pain in"). */
export const LINKS: ReadonlySet<string> = new Set([
  "with",
  "of",
  "in",
  "to",
  "from",
  "by",
  "due",
  "including"
])

/** "w/ neuropathy", "c/ pain": the slash belongs to the letter, and both are a link. */
const SLASHED: ReadonlySet<string> = new Set(["w", "c", "s"])

function isSlashedLink({ atoms }: ReadDocument, at: number): boolean {
  return atoms.lower[at + 1] === "/" && SLASHED.has(atoms.lower[at] ?? "") && atoms.start[at + 1] === atoms.end[at]
}

/** Atoms looked at beyond the match to see how its first and last items go on. */
const ITEM = 12

/** Adjectives that may stand apart from their noun ("chronic, recurrent sinusitis", "right and left knee"). */
const LOOSE: ReadonlySet<string> = new Set(
  "acute subacute chronic recurrent right left bilateral mild moderate severe upper lower anterior posterior".split(
    " "
  )
)

/**
 * Words on both sides of a comma or "and" belong together only when the later items are said whole by the
 * term: "kidney disease, chronic, stage 3b", "diabetes with neuropathy and retinopathy", "nausea, vomiting";
 * not "pulmonary disease, hypertension" or "hypertension and ischemic heart disease".
 */
export function holdsTogether(
  document: ReadDocument,
  first: number,
  last: number,
  covered: ReadonlySet<number>
): boolean {
  const { atoms, clause } = document
  let separated = false
  const separates = (at: number) =>
    SEPARATORS.has(atoms.lower[at] ?? "") && !covered.has(at) && !(at > 0 && isSlashedLink(document, at - 1))
  for (let at = first; at < last && !separated; at++) separated = separates(at)
  if (!separated) return true
  const here = clause[first]
  let from = first
  while (
    from > 0 &&
    first - from < ITEM &&
    clause[from - 1] === here &&
    !SEPARATORS.has(atoms.lower[from - 1] ?? "")
  )
    from--
  let to = last
  while (
    to < atoms.count &&
    to - last < ITEM &&
    clause[to] === here &&
    !SEPARATORS.has(atoms.lower[to] ?? "")
  )
    to++
  let said = 0
  let unsaid = 0
  let loose = true
  let item = 0
  /** Unsaid words behind said ones with no link between: the said words modify those. */
  let astray = false
  let linked = false
  const endItem = (): boolean => {
    if (said + unsaid === 0) return true
    item++
    // The first item may say more; an item before it may only be an adjective of what follows.
    const whole = unsaid === 0
    const fine = item === 1 ? !astray : whole
    if (item === 1 && whole && loose) item = 0
    said = 0
    unsaid = 0
    loose = true
    return fine
  }
  for (let at = from; at < to; at++) {
    if (separates(at)) {
      if (!endItem()) return false
    } else if (atoms.isWord[at]) {
      const folded = atoms.folded[at] ?? ""
      if (covered.has(at)) {
        said++
        if (!LOOSE.has(folded)) loose = false
      } else if (LINKS.has(folded) || isSlashedLink(document, at)) {
        if (said > 0) linked = true
      } else if (!isLight(folded) && !isFunctionWord(folded)) {
        unsaid++
        loose = false
        if (said > 0 && !linked && item === 0) astray = true
      }
    }
  }
  return endItem()
}

const VAGUE_NOUNS: ReadonlySet<string> = new Set(["disease", "disorder", "syndrome", "condition"])

/**
 * "Disease" with a word before it that the match leaves out is another disease: "prostate cancer with metastatic
 * disease" is no disease of the prostate.
 */
export function isAnotherDisease(document: ReadDocument, chosen: readonly Occurrence[]): boolean {
  if (chosen.length !== 2) return false
  const { atoms, clause } = document
  return chosen.some(({ word, first, last }) => {
    if (!VAGUE_NOUNS.has(word) || last - first !== 1) return false
    const before = atoms.folded[first - 1] ?? ""
    if (clause[first - 1] !== clause[first] || !atoms.isWord[first - 1]) return false
    if (LOOSE.has(before) || isLight(before) || isFunctionWord(before)) return false
    return !chosen.some((each) => first - 1 >= each.first && first - 1 < each.last)
  })
}

/**
 * Words of a longer reading, joined with words said elsewhere: "AF with RVR" (rapid ventricular response) is no
 * ventricular fibrillation, and "PE with DVT" is no embolism and thrombosis of a vein.
 */
export function isTornOut(chosen: readonly Occurrence[]): boolean {
  return chosen.some((each) => {
    if (each.of === undefined || each.of < 2) return false
    let used = 0
    let others = false
    let otherReading = false
    for (const other of chosen) {
      if (other.first === each.first && other.last === each.last) used++
      else {
        others = true
        if (other.of !== undefined && other.of > 1 && isAbbreviation(other)) otherReading = true
      }
    }
    if (otherReading && isAbbreviation(each) && used * 2 <= each.of) return true
    return others && each.of >= 3 && used * 2 < each.of
  })
}

function isAbbreviation(occurrence: Occurrence): boolean {
  return occurrence.via.startsWith("abbr.")
}
