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
  return (
    atoms.lower[at + 1] === "/" && SLASHED.has(atoms.lower[at] ?? "") && atoms.start[at + 1] === atoms.end[at]
  )
}

/** Atoms looked at beyond the match to see how its first and last items go on. */
const ITEM = 12

/** Adjectives that may stand apart from their noun ("chronic, recurrent sinusitis", "right and left knee"). */
const LOOSE: ReadonlySet<string> = new Set(
  "acute subacute chronic recurrent right left bilateral mild moderate severe upper lower anterior posterior".split(
    " "
  )
)

const NO_SITES: ReadonlySet<string> = new Set()
const SIDES: ReadonlySet<string> = new Set(["right", "left", "bilateral"])

/**
 * Words on both sides of a comma or "and" belong together only when the later items are said whole by the
 * term: "kidney disease, chronic, stage 3b", "diabetes with neuropathy and retinopathy", "nausea, vomiting";
 * not "pulmonary disease, hypertension" or "hypertension and ischemic heart disease". Parts of the body share the noun
 * behind the last of them ("right hip and knee osteoarthritis", "acute maxillary and frontal sinusitis").
 * @returns "shared" when a part of the body takes its noun from a later item
 */
export function holdsTogether(
  document: ReadDocument,
  first: number,
  last: number,
  covered: ReadonlySet<number>,
  sites: ReadonlySet<string> = NO_SITES
): boolean | "shared" {
  const { atoms, clause } = document
  let separated = false
  const separates = (at: number) =>
    SEPARATORS.has(atoms.lower[at] ?? "") && !covered.has(at) && !(at > 0 && isSlashedLink(document, at - 1))
  for (let at = first; at < last && !separated; at++) separated = separates(at)
  if (!separated) return true
  let sharedNoun = false
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
  /** The first item links by "with": what follows are conditions. */
  let joined = false
  /** What the item says of the body: said and unsaid sites, and whether a side is said in it. */
  let saidSites = 0
  let unsaidSites = 0
  let saysSide = false
  /** The first item names a part of the body and nothing behind it. */
  let sharing = false
  /** Something was said behind the unsaid sites of the item: the noun that they share. */
  let headed = false
  const endItem = (): boolean => {
    if (said + unsaid === 0) return true
    item++
    // The first item may say more; an item before it may only be an adjective of what follows.
    const whole = unsaid === 0
    const shares = sharing && headed && !saysSide && saidSites === 0 && unsaid === unsaidSites
    // Behind a link each item stands for itself: "diabetes with neuropathy, retinopathy and nephropathy".
    const passed = said === 0 && unsaid <= MOST_PASSED && (joined || (linked && unsaid === unsaidSites))
    const fine = item === 1 ? !astray : whole || shares || passed
    if (item > 1 && shares && !whole) sharedNoun = true
    if (item === 1) sharing = saidSites > 0 && unsaid === 0
    if (item === 1 && whole && loose) item = 0
    said = 0
    unsaid = 0
    saidSites = 0
    unsaidSites = 0
    saysSide = false
    headed = false
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
        if (SIDES.has(folded)) saysSide = true
        else if (sites.has(folded)) saidSites++
        if (unsaidSites > 0) headed = true
        if (!LOOSE.has(folded)) loose = false
      } else if (LINKS.has(folded) || isSlashedLink(document, at)) {
        if (said > 0) linked = true
        if (said > 0 && (folded === "with" || isSlashedLink(document, at))) joined = true
      } else if (!isLight(folded) && !isFunctionWord(folded) && !(LOOSE.has(folded) && covered.has(at + 1))) {
        unsaid++
        if (sites.has(folded)) unsaidSites++
        // "Acute maxillary and frontal sinusitis": what is acute is the whole list.
        else loose = false
        if (said > 0 && !linked && item === 0 && !(loose && sites.has(folded))) astray = true
      }
    }
  }
  return endItem() && (sharedNoun ? "shared" : true)
}

/** Words of an item that says nothing of the term. */
const MOST_PASSED = 3

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
