/**
 * Does a wording of the index say exactly what a title says? Words are compared as sets, folded, without
 * function words and without "unspecified", "NOS" and "NEC", so that "Cardiomyopathy, dilated" is "Dilated
 * cardiomyopathy, unspecified" and "Syndrome, Brugada's" is "Brugada syndrome". Nothing less is a match.
 */
import type { ModelIndexEntry } from "../model"
import { foldWord, isFunctionWord, tokenize, UNSPECIFIC_WORDS } from "../words"

/** The words of a wording that say something, folded, each once. */
export function meaningfulWords(text: string): string[] {
  const words = new Set<string>()
  for (const token of tokenize(text)) {
    const word = foldWord(token.text)
    if (word !== "" && !isFunctionWord(word) && !UNSPECIFIC_WORDS.has(word)) words.add(word)
  }
  return [...words]
}

/** What a wording asks for: `all` of it, one alternative of each of `choices`; it may have `optional`. */
interface Wording {
  all: string[]
  choices: string[][][]
  optional: string[]
}

export interface Title {
  code: string
  title: string
}

interface IndexedTitle {
  code: string
  words: ReadonlySet<string>
}

export class TitleMatcher {
  private readonly titles: IndexedTitle[] = []
  private readonly byWord = new Map<string, IndexedTitle[]>()

  constructor(titles: readonly Title[]) {
    for (const { code, title } of titles) {
      const indexed = { code, words: new Set(meaningfulWords(title)) }
      this.titles.push(indexed)
      for (const word of indexed.words) {
        const known = this.byWord.get(word)
        if (known) known.push(indexed)
        else this.byWord.set(word, [indexed])
      }
    }
  }

  /** False when the word stands in no title: then no wording that asks for it can match. */
  knows(word: string): boolean {
    return this.byWord.has(word)
  }

  /** Codes whose title says the same as a plain wording. */
  matchText(text: string): string[] {
    return this.match({ all: meaningfulWords(text), choices: [], optional: [] })
  }

  match({ all, choices, optional }: Wording): string[] {
    const start = all[0]
    if (start === undefined && choices.length === 0) return []
    const allowed = new Set([...all, ...optional, ...choices.flat(2)])
    const candidates = start === undefined ? this.titles : (this.byWord.get(start) ?? [])
    return candidates
      .filter(
        ({ words }) =>
          words.size > 0 &&
          all.every((word) => words.has(word)) &&
          choices.every((choice) => choice.some((form) => form.every((word) => words.has(word)))) &&
          [...words].every((word) => allowed.has(word))
      )
      .map(({ code }) => code)
  }
}

/**
 * Matches every entry of an index against titles, by its whole path. A cell of a table adds the heading of
 * its column.
 * @returns codes for each entry that matches, by its position
 */
export function matchIndex(index: readonly ModelIndexEntry[], matcher: TitleMatcher): Map<number, string[]> {
  const matches = new Map<number, string[]>()
  const wordings: (Wording | undefined)[] = []
  for (const [at, entry] of index.entries()) {
    const above = entry.parent < 0 ? NOTHING : wordings[entry.parent]
    // A word above that no title has rules out everything below it.
    const wording = above && extended(above, entry, matcher)
    wordings.push(wording)
    const codes = wording ? matcher.match(wording) : []
    if (codes.length > 0) matches.set(at, codes)
  }
  return matches
}

const NOTHING: Wording = { all: [], choices: [], optional: [] }

function extended(above: Wording, entry: ModelIndexEntry, matcher: TitleMatcher): Wording | undefined {
  const all = [...above.all]
  const choices = [...above.choices]
  const parts = entry.title.split(",").map(meaningfulWords)
  const alternatives = parts.filter((words) => words.every((word) => matcher.knows(word)))
  if (areAlternatives(parts)) {
    if (alternatives.length === 0) return undefined
    choices.push(alternatives)
  } else {
    if (alternatives.length < parts.length) return undefined
    all.push(...parts.flat())
  }
  if (entry.column) {
    const column = meaningfulWords(entry.column)
    if (!column.every((word) => matcher.knows(word))) return undefined
    all.push(...column)
  }
  return {
    all: [...new Set(all)],
    choices,
    optional: [...above.optional, ...entry.nonessential.flatMap(meaningfulWords)]
  }
}

/**
 * "Neoplasm, neoplastic" and "larynx, laryngeal" are one word in two forms; in "hip, congenital" both parts
 * are meant. Forms of one word begin alike.
 */
function areAlternatives(parts: readonly string[][]): boolean {
  if (parts.length < 2) return false
  const beginnings = new Set(parts.map((words) => words[0]?.slice(0, 4) ?? ""))
  return beginnings.size === 1
}
