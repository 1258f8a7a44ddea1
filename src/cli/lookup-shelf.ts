/** The look-up over a pack folder, with the shorthand and synonyms of its lexicon. */
import { createLookup, expansionsOf, type Lookup } from "@/classification/lookup"
import type { PackShelf } from "./load-packs"

/** Opens every code set of the folder: the date of each search chooses among them. */
export function lookupOf(shelf: PackShelf): Lookup {
  const packs = shelf.codeSets.map((entry) => shelf.open(entry))
  return createLookup(packs, expansionsOf(shelf.lexicon()))
}
