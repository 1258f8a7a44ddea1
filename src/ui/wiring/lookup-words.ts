/** Short forms and synonyms for the look-up, out of the stored lexicon. */
import { expansionsOf, type LexiconWords, type LookupOptions } from "@/classification/lookup/types"
import type { PacksRepository } from "@/store/packs-repository"
import { readStoredJson } from "@/store/stored-packs"

/** Without a lexicon, or with one that cannot be read, look-up works on titles and index alone. */
export async function lookupWords(repository: PacksRepository): Promise<LookupOptions> {
  try {
    const lexicon = await readStoredJson(repository, "lexicon")
    return isLexicon(lexicon) ? expansionsOf(lexicon) : {}
  } catch {
    // Missing or damaged: the worker finds out by itself and imports it again; typing must not wait for that.
    return {}
  }
}

function isLexicon(value: unknown): value is LexiconWords {
  return (
    typeof value === "object" &&
    value !== null &&
    Array.isArray((value as Partial<LexiconWords>).abbreviations) &&
    Array.isArray((value as Partial<LexiconWords>).synonyms)
  )
}
