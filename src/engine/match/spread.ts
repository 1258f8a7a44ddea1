/**
 * Where a cancer spread: "bone mets", "metastatic to liver and lung". The words of such a place lead to the
 * secondary column of the neoplasm table; all others of the sentence to the primary (Guidelines I.C.2, I.C.2.d).
 */
import { compilePatterns } from "../lexicon/patterns"
import type { ReadDocument, Sentence } from "../text/document"
import type { Match } from "./concepts"

const SPREAD = /^(?:mets?|metasta[a-z]+|carcinomatos[ei]s)$/
/** Said of a spread as an adjective: what follows is what spread, unless "to" stands between. */
const ADJECTIVE = /^metastatic$/
const GOES_TO: ReadonlySet<string> = new Set(["to", "in", "into", "of", "involving", "within", "throughout"])
const MAY_FOLLOW: ReadonlySet<string> = new Set([
  "disease",
  "lesion",
  "lesions",
  "deposits",
  "involvement",
  "spread"
])
const TUMOR =
  /^(?:cancers?|carcinomas?|[a-z]*carcinoma|malignan[a-z]*|neoplasms?|neoplastic|tumou?rs?|sarcoma|[a-z]*sarcoma|melanoma|lymphoma|primary|secondary|disease|ca)$/
const LIST: ReadonlySet<string> = new Set([",", "/", "&", "+", "-", "and", "or", "the", "her", "his"])
/** A place ends where something else begins to be said. */
const ENDS: ReadonlySet<string> = new Set(
  (
    "with without from on s/p status who which that diagnosed treated treatment therapy now currently requiring " +
    "under since is was were are has have had seen noted found identified confirmed due causing for by at but " +
    "no not of to in into as of ( ) : ;"
  ).split(" ")
)
const MOST_BEFORE = 6
const MOST_AFTER = 14

const SECONDARY = compilePatterns(["C77-C79"])
const NODES = compilePatterns(["C77"])
const NODE = /^(?:lymph|nodes?|nodal)$/
const UNKNOWN_PLACE = compilePatterns(["C79.9"])
const NEOPLASM = compilePatterns(["C00-C76", "C80", "D00-D49"])

export interface Spread {
  /** Atom of the word itself. */
  at: number
  /** Atoms of the places it names; empty when it names none. */
  sites: ReadonlySet<number>
}

/** The words of spread in a sentence with the places they name; [] in nearly all sentences. */
export function spreadsIn({ atoms, clause }: ReadDocument, sentence: Sentence): Spread[] {
  const found: Spread[] = []
  for (let at = sentence.first; at < sentence.last; at++) {
    const word = atoms.lower[at] ?? ""
    if (!SPREAD.test(word)) continue
    const sites = new Set<number>()
    const take = (from: number): void => {
      for (let i = from; i < sentence.last && i - from < MOST_AFTER && clause[i] === clause[at]; i++) {
        const each = atoms.lower[i] ?? ""
        if (ENDS.has(each) || SPREAD.test(each)) break
        if (atoms.isWord[i] && !LIST.has(each) && !TUMOR.test(each)) sites.add(i)
      }
    }
    let next = at + 1
    while (MAY_FOLLOW.has(atoms.lower[next] ?? "")) next++
    if (GOES_TO.has(atoms.lower[next] ?? "") && (atoms.lower[next] !== "of" || !ADJECTIVE.test(word)))
      take(next + 1)
    else if (ADJECTIVE.test(word)) {
      // "Metastatic lung cancer to the brain": the cancer first, then where it went.
      for (let i = next; i < sentence.last && i - next < MOST_BEFORE && clause[i] === clause[at]; i++) {
        if (!TUMOR.test(atoms.lower[i] ?? "")) continue
        const link = atoms.lower[i + 1] ?? ""
        if (link === "to" || link === "involving") take(i + 2)
        break
      }
    } else {
      for (let i = at - 1; i >= sentence.first && at - i <= MOST_BEFORE && clause[i] === clause[at]; i--) {
        const each = atoms.lower[i] ?? ""
        if (ENDS.has(each) || TUMOR.test(each) || SPREAD.test(each)) break
        if (atoms.isWord[i] && !LIST.has(each)) sites.add(i)
      }
    }
    found.push({ at, sites })
  }
  return found
}

/** Atoms that name the places and the spread itself: there a list shares its head ("liver and lung metastases"). */
export function placesOf(spreads: readonly Spread[]): ReadonlySet<number> {
  return new Set(spreads.flatMap(({ at, sites }) => [at, ...sites]))
}

/**
 * Whether a match of the sentence speaks of the right place: a secondary of where it spread, a primary of elsewhere.
 * Marks the secondaries that do.
 */
export function fitsSpread(spreads: readonly Spread[], document: ReadDocument, match: Match): boolean {
  if (spreads.length === 0) return true
  const code = match.pack.code(match.row)
  const isSecondary = SECONDARY.has(code)
  if (!isSecondary && !NEOPLASM.has(code)) return true
  const words = match.atoms.filter((at) => {
    const word = document.atoms.lower[at] ?? ""
    return !SPREAD.test(word) && !TUMOR.test(word) && !GOES_TO.has(word)
  })
  const isPlace = (at: number) => spreads.some((spread) => spread.sites.has(at))
  if (!isSecondary)
    return !words.some(isPlace) && !match.atoms.some((at) => spreads.some((each) => each.at === at))
  // "Axillary lymph node metastasis" is of the node, not of the axilla.
  const nodes = words.some((at) => [at, at + 1].some((each) => NODE.test(document.atoms.lower[each] ?? "")))
  if (nodes && !NODES.has(code)) return false
  const fits =
    words.length > 0 && !UNKNOWN_PLACE.has(code)
      ? words.every(isPlace)
      : spreads.every((spread) => spread.sites.size === 0)
  if (fits) match.bound = true
  return fits
}
