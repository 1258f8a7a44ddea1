/**
 * The coder's own shorthand: what a run of words in this house's notes stands for. It opens into words, never into
 * codes, and goes before the lexicon's reading of the same letters.
 */
import { contentWords } from "@/classification/words"
import { atomize } from "../text/atoms"
import type { PersonalWord } from "../types"
import { PhraseTable } from "./phrases"
import type { Wording, WordingTable } from "./wordings"

export const MOST_PERSONAL_WORDS = 1000
const LONGEST_TERM = 60
const LONGEST_WORDS = 200
const MOST_ATOMS = 8
/** ICD-10-CM and HCPCS as written: a personal word leads to words, and the classification from there to a code. */
const CODE = /^[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4}|[0-9A-Z]{1,4})?$/i

/** A personal word that cannot be used; says which and why in a plain sentence. */
export class PersonalWordError extends Error {
  constructor(
    /** Its position in the list; -1 for the list itself. */
    readonly at: number,
    message: string
  ) {
    super(message)
    this.name = "PersonalWordError"
  }
}

function problemOf({ term, words }: PersonalWord): string | undefined {
  if (term.length > LONGEST_TERM || words.length > LONGEST_WORDS) return "it is too long"
  const tokens = atomize(term).folded
  if (tokens.length === 0 || contentWords(term).length === 0) return "its short form holds no word"
  if (tokens.length > MOST_ATOMS) return "its short form has too many words"
  if (words.split(/[\s,;]+/).some((word) => CODE.test(word)))
    return "it must open into words, not into a code"
  if (contentWords(words).length === 0) return "what it stands for holds no word"
  return undefined
}

/**
 * The list as given, checked.
 * @throws PersonalWordError at the first entry that cannot be used
 */
export function checkPersonalWords(given: unknown): PersonalWord[] {
  if (!Array.isArray(given)) throw new PersonalWordError(-1, "Your own words must be a list.")
  if (given.length > MOST_PERSONAL_WORDS)
    throw new PersonalWordError(
      -1,
      `More than ${MOST_PERSONAL_WORDS} of your own words cannot be used at once.`
    )
  return given.map((entry: unknown, at) => {
    const { term, words } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<
      string,
      unknown
    >
    if (typeof term !== "string" || typeof words !== "string")
      throw new PersonalWordError(
        at,
        `Your own word ${at + 1} needs a short form and the words it stands for.`
      )
    const problem = problemOf({ term, words })
    if (problem)
      throw new PersonalWordError(at, `Your own word "${term.slice(0, LONGEST_TERM)}": ${problem}.`)
    return { term: term.trim(), words: words.trim() }
  })
}

/** The entries that can be used, and how many cannot. */
export function usablePersonalWords(given: readonly PersonalWord[]): {
  usable: PersonalWord[]
  left: number
} {
  const usable = given.slice(0, MOST_PERSONAL_WORDS).filter((each) => problemOf(each) === undefined)
  return { usable, left: given.length - usable.length }
}

/** The lexicon's wordings with the coder's own in front. */
export function withPersonalWords(table: WordingTable, personal: readonly PersonalWord[]): WordingTable {
  const own = new PhraseTable<Wording>()
  for (const { term, words } of personal)
    own.add(atomize(term).folded, {
      id: `your word: ${term}`,
      kind: "personal",
      readings: [{ words: contentWords(words) }]
    })
  return {
    phrases: {
      startingWith: (word) => {
        const mine = own.startingWith(word)
        return mine.length === 0
          ? table.phrases.startingWith(word)
          : [...mine, ...table.phrases.startingWith(word)]
      }
    },
    also: (words) => table.also(words)
  }
}
