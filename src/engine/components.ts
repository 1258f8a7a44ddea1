/** Parts of the engine that can be left out, to see what each contributes (`npm run eval -- --ablate`). */
import type { Lexicon } from "./lexicon-types"

export const COMPONENTS = ["sections", "assertion", "index", "synonyms", "combination", "integral"] as const

/**
 * - sections: headings are not read, the whole note is one text
 * - assertion: no trigger is known, every mention is affirmed (sections still say what they say)
 * - index: entries of the Alphabetic Index are not matched, titles and inclusion terms are
 * - synonyms: no synonyms of the lexicon, nor those the Index gives; abbreviations stay
 * - combination: two codes are never joined in one
 * - integral: symptoms stay beside the diagnosis that explains them
 */
export type Component = (typeof COMPONENTS)[number]

/** What of a lexicon is left without some components. */
export function lexiconWithout(lexicon: Lexicon, without: ReadonlySet<Component>): Lexicon {
  return {
    ...lexicon,
    ...(without.has("sections") ? { headings: [] } : {}),
    ...(without.has("assertion") ? { triggers: [] } : {}),
    ...(without.has("synonyms") ? { synonyms: [] } : {}),
    ...(without.has("combination") ? { combinations: [] } : {}),
    ...(without.has("integral") ? { integralSymptoms: [] } : {})
  }
}
