/** For search texts that nothing answers well: terms of the Index that do exist, to be searched for instead. */
import type { CompiledPack } from "../pack/open"
import type { Slot } from "./query"
import type { WordsOfPack } from "./words-of-pack"

const MOST = 3
/** Beginnings shorter than this say nothing about a word. */
const LEAST_BEGINNING = 3

/**
 * Main terms and paths about the words nearest in spelling; where none is near, about the words that share the
 * longest beginning, as a reader of the printed Index would end up.
 */
export function nearestTerms(pack: CompiledPack, words: WordsOfPack, slots: readonly Slot[]): string[] {
  const found = new Set<string>()
  // The rarest word says most, and an unknown one is why nothing was found.
  const order = [...slots].sort(
    (a, b) => a.alternatives.length - b.alternatives.length || b.importance - a.importance
  )
  for (const slot of order) {
    for (const word of nearWords(pack, words, slot)) {
      for (const text of termsAbout(pack, words.exact(word))) {
        found.add(text)
        if (found.size >= MOST) return [...found]
      }
    }
    if (found.size > 0) break
  }
  return [...found]
}

function nearWords(pack: CompiledPack, words: WordsOfPack, slot: Slot): string[] {
  const exact = slot.text.split(" ").filter((word) => words.exact(word) >= 0)
  if (exact.length > 0) return exact
  const near = words.near(slot.text)
  return near.length > 0 ? near : alphabetical(pack, slot.text)
}

function alphabetical(pack: CompiledPack, word: string): string[] {
  const { vocabulary } = pack
  for (let length = Math.min(word.length, 12); length >= LEAST_BEGINNING; length--) {
    const [from, to] = vocabulary.prefixRange(word.slice(0, length))
    if (to <= from) continue
    return Array.from({ length: Math.min(MOST, to - from) }, (_, n) =>
      vocabulary.word(vocabulary.ordered(from + n))
    )
  }
  return []
}

const WORDS_KEPT = 500
const remembered = new WeakMap<CompiledPack, Map<number, string[]>>()

/** As `shortestAbout`, remembered: an unknown word is asked for again with every further letter. */
function termsAbout(pack: CompiledPack, word: number): string[] {
  const known = remembered.get(pack) ?? new Map<number, string[]>()
  remembered.set(pack, known)
  let terms = known.get(word)
  if (terms === undefined) {
    terms = shortestAbout(pack, word)
    if (known.size >= WORDS_KEPT) known.clear()
    known.set(word, terms)
  }
  return terms
}

/** Shortest index path that holds the word; a title when the Index has none. */
function shortestAbout(pack: CompiledPack, word: number): string[] {
  const anchored = pack.terms.anchoredAt(word)
  const terms = anchored.length > 0 ? anchored : pack.terms.othersAt(word)
  let best: string | undefined
  for (const term of terms.subarray(0, 40)) {
    const text = pack.terms.text(term)
    const inIndex = pack.terms.kind(term) === "index"
    if (best === undefined || (inIndex && text.length < best.length)) best = text
  }
  return best === undefined ? [] : [best]
}
