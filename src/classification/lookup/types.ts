/** What the look-up is given besides the packs. */
import type { CodeRef, System } from "../model"

/** A shorthand or another wording: it opens into words, never into codes. */
export interface LookupExpansion {
  /** "copd", "heart attack"; one or more words, any case. */
  abbr: string
  /** Likeliest first: ["chronic obstructive pulmonary disease"]. */
  expansions: string[]
  /** Rule that is named in `via`, when it has one. */
  id?: string
  /** Only as spelled: "ON" is optic neuritis, "on" is not. */
  caseSensitive?: boolean
  /** Written for search texts: means this first, whatever notes may mean by it; without expansions, nothing. */
  search?: boolean
  /** What it means depends on the text around it, which a search text has not: all are as likely. */
  unsure?: boolean
}

/** What the coder keeps at hand; it only breaks ties. */
export interface OwnCodes {
  pins?: readonly CodeRef[]
  recents?: readonly CodeRef[]
}

export interface LookupOptions {
  own?: OwnCodes
  abbreviations?: readonly LookupExpansion[]
  /** As abbreviations; the wording itself stays as good as what it opens into. */
  synonyms?: readonly LookupExpansion[]
}

export interface SearchOptions {
  limit: number
  /** Only this system; without it ICD-10-CM first, and never two systems for a typed code. */
  system?: System
  /** ISO day; picks the release of each system. */
  date?: string
  /** In place of those given to `createLookup`. */
  own?: OwnCodes
}

/** The parts of a lexicon that the look-up reads; a compiled lexicon has this shape. */
export interface LexiconWords {
  abbreviations: readonly {
    id: string
    abbr: string
    also?: readonly string[]
    caseSensitive?: boolean
    expansions: readonly { words: string; when?: unknown }[]
  }[]
  synonyms: readonly { id: string; term: string; words: string; oneWay?: boolean; when?: unknown }[]
  drugBrands?: readonly { id: string; generic: string; brands: readonly string[] }[]
  searchWords?: readonly {
    id: string
    text: string
    also?: readonly string[]
    words: readonly string[]
  }[]
}

/**
 * The words of a lexicon as the look-up takes them. Conditions speak of notes, and a search text is none:
 * every expansion is offered, those without condition first.
 */
export function expansionsOf(
  lexicon: LexiconWords
): Required<Pick<LookupOptions, "abbreviations" | "synonyms">> {
  const abbreviations: LookupExpansion[] = []
  for (const { id, text, also, words } of lexicon.searchWords ?? []) {
    for (const spelling of [text, ...(also ?? [])])
      abbreviations.push({ abbr: spelling, expansions: [...words], id, search: true })
  }
  for (const { id, abbr, also, expansions, caseSensitive } of lexicon.abbreviations) {
    const free = expansions.filter((each) => each.when === undefined)
    const bound = expansions.filter((each) => each.when !== undefined)
    const words = [...new Set([...free, ...bound].map((each) => each.words))]
    const unsure = free.length === 0 && words.length > 1
    for (const spelling of [abbr, ...(also ?? [])])
      abbreviations.push({ abbr: spelling, expansions: words, id, caseSensitive, unsure })
  }
  const synonyms: LookupExpansion[] = []
  for (const { id, term, words, oneWay } of lexicon.synonyms) {
    synonyms.push({ abbr: term, expansions: [words], id })
    if (!oneWay) synonyms.push({ abbr: words, expansions: [term], id })
  }
  for (const { id, generic, brands } of lexicon.drugBrands ?? []) {
    for (const brand of brands) synonyms.push({ abbr: brand, expansions: [generic], id })
  }
  return { abbreviations, synonyms }
}
