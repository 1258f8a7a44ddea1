/** Acronyms that the classification prints in capitals ("PAT", "AIDS") are no ordinary words of a note. */
import { foldWord, UNSPECIFIC_WORDS } from "@/classification/words"
import type { ReadDocument } from "../text/document"

/** Printed in capitals: "PAT", "AIDS", "SAD". Longer ones and those with digits spell no ordinary word. */
const ACRONYM = /(?<![\p{L}\p{N}'-])[A-Z]{2,4}(?![\p{L}\p{N}])/gu
export const SMALL_LETTER = /\p{Ll}/u
/** A line in capitals with more words than this tells no acronym from a word. */
const CAPITALS_TELL = 3

const NO_WORDS: ReadonlySet<string> = new Set()

/** Folded acronyms of a title or index path. */
export function acronymsOf(text: string): ReadonlySet<string> {
  const found = text.match(ACRONYM)
  return found
    ? new Set(found.filter((word) => !UNSPECIFIC_WORDS.has(word.toLowerCase())).map(foldWord))
    : NO_WORDS
}

/** The line around the atom is written in capitals throughout. */
export function isAllCapitals(document: ReadDocument, at: number): boolean {
  const { atoms, text } = document
  const sentence = document.sentences[document.sentenceOf[at] ?? -1]
  if (!sentence) return false
  let words = 0
  for (let i = sentence.first; i < sentence.last; i++) words += atoms.isWord[i] ?? 0
  if (words <= CAPITALS_TELL) return false
  return !SMALL_LETTER.test(text.slice(atoms.start[sentence.first], atoms.end[sentence.last - 1]))
}
