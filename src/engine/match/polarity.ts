/**
 * What a wording says and what it denies: "without", "no" and "not" turn the words behind them. A denied word is
 * written with a minus in front ("-obstruction"), in titles and in notes alike.
 */
import { foldTokens, isFunctionWord, tokenize, UNSPECIFIC_WORDS } from "@/classification/words"

/** Folded words that deny what follows. */
export const DENIALS: ReadonlySet<string> = new Set(["without", "no", "not", "w/o"])

/** Words that end a denial: "without obstruction, with gangrene". */
const ENDS_DENIAL: ReadonlySet<string> = new Set(["with", "but", "due", "in"])

/** Said of what is there in any case, also behind a denial: "without foreign body, right foot, initial encounter". */
const NEVER_DENIED: ReadonlySet<string> = new Set(
  "right left bilateral unspecified initial subsequent sequela encounter closed open healing".split(" ")
)

export function denied(word: string): string {
  return `-${word}`
}

/** A denied word without its mark; any other word as it is. */
export function bare(word: string): string {
  return word.startsWith("-") ? word.slice(1) : word
}

/** Content words of a title or index path, in order; the denied ones marked, the denying words left out. */
export function signedWords(text: string): string[] {
  const tokens = tokenize(text)
  const words: string[] = []
  let denying = false
  for (const word of foldTokens(text, tokens)) {
    if (DENIALS.has(word)) denying = true
    else if (ENDS_DENIAL.has(word)) denying = false
    if (word === "" || DENIALS.has(word) || isFunctionWord(word) || UNSPECIFIC_WORDS.has(word)) continue
    words.push(denying && !NEVER_DENIED.has(word) ? denied(word) : word)
  }
  return words
}

/** One word of a match and where the note says it. */
export interface Placed {
  word: string
  first: number
}

/**
 * Whether the note denies exactly what the term denies.
 * @param wanted what `signedWords` says of the term
 * @param placed the words of the note that carry the term
 * @param lower lower-case atoms of the note
 */
export function deniesAlike(
  wanted: readonly string[],
  placed: readonly Placed[],
  lower: readonly string[]
): boolean {
  const denials = placed.filter((each) => DENIALS.has(each.word)).map((each) => each.first)
  const isDenied = (at: number): boolean => {
    let last = -1
    for (const denial of denials) if (denial < at && denial > last) last = denial
    if (last < 0) return false
    for (let between = last + 1; between < at; between++)
      if (ENDS_DENIAL.has(lower[between] ?? "")) return false
    return true
  }
  const want = new Set(wanted)
  return placed.every(({ word, first }) => {
    // A reading of the lexicon ("history of stroke") says its words as the title does, denied ones included.
    if (denials.includes(first)) return true
    if (DENIALS.has(word) || (want.has(word) && want.has(denied(word)))) return true
    if (want.has(word)) return NEVER_DENIED.has(word) || !isDenied(first)
    return !want.has(denied(word)) || isDenied(first)
  })
}
