/**
 * Misspelled names of conditions in a note, set right against the classification: one slip in a long word, and only
 * where a single name can be meant. Precision first: a word that the classification or the lexicon knows is never
 * touched.
 */
import type { CodePack, TermKind, Vocabulary } from "@/classification/pack-api"

/** Shorter words have neighbours that mean something else ("ileum", "ilium"). */
const SHORTEST = 8
/** Letters at either end of which one must be untouched. */
const HALF = 4
/** A word of one term alone is too rare to be what somebody meant to write. */
const LEAST_FREQUENT = 3
const LETTERS = /^[a-z]+$/
const NAMES: ReadonlySet<TermKind> = new Set<TermKind>(["title", "inclusion", "index"])
/** Kept for the chart being read, emptied behind it. */
const WORDS_KEPT = 2_000
export class Speller {
  /** Ids by the first letters, and by the last behind a dash. Made at the first word that is not known. */
  private buckets: Map<string, number[]> | undefined
  private readonly known = new Map<string, string | undefined>()

  private readonly vocabulary: Vocabulary

  constructor(
    private readonly pack: CodePack,
    /** Folded words of the lexicon. */
    private readonly others: ReadonlySet<string>
  ) {
    this.vocabulary = pack.vocabulary
  }

  /** The word that was meant by a folded word which the vocabulary does not have; undefined: none, or not sure. */
  correct(word: string): string | undefined {
    if (word.length < SHORTEST || !LETTERS.test(word) || this.others.has(word)) return undefined
    if (this.known.has(word)) return this.known.get(word)
    const meant = this.find(word)
    if (this.known.size >= WORDS_KEPT) this.known.clear()
    this.known.set(word, meant)
    return meant
  }

  forget(): void {
    this.known.clear()
  }

  private find(word: string): string | undefined {
    this.buckets ??= this.fill()
    let found: string | undefined
    for (const key of [word.slice(0, HALF), `-${word.slice(-HALF)}`]) {
      for (const id of this.buckets.get(key) ?? []) {
        const other = this.vocabulary.word(id)
        if (other === found || !isOneSlip(word, other)) continue
        if (found !== undefined) return undefined
        found = other
      }
    }
    return found
  }

  private fill(): Map<string, number[]> {
    const buckets = new Map<string, number[]>()
    const add = (key: string, id: number) => {
      const ids = buckets.get(key)
      if (ids) ids.push(id)
      else buckets.set(key, [id])
    }
    for (let id = 0; id < this.vocabulary.size; id++) {
      if (this.vocabulary.frequency(id) < LEAST_FREQUENT) continue
      const word = this.vocabulary.word(id)
      if (word.length < SHORTEST - 1 || !LETTERS.test(word) || !this.isName(id)) continue
      add(word.slice(0, HALF), id)
      add(`-${word.slice(-HALF)}`, id)
    }
    return buckets
  }

  /** The word alone leads to a code: "hypertension", not "remained". */
  private isName(id: number): boolean {
    const { terms } = this.pack
    return terms.anchoredAt(id).some((term) => NAMES.has(terms.kind(term)) && terms.words(term).length === 1)
  }
}

const VOWELS: ReadonlySet<string> = new Set("aeiouy")
/** Consonants that are written for each other. */
const ALIKE: readonly ReadonlySet<string>[] = ["ckq", "sczt", "fv", "mn", "gj"].map((each) => new Set(each))

function areAlike(a: string, b: string): boolean {
  return (VOWELS.has(a) && VOWELS.has(b)) || ALIKE.some((set) => set.has(a) && set.has(b))
}

/**
 * One slip as people make them, the first and the last letter right: two letters changed places; a letter doubled or not; a vowel
 * or an h left out or put in; a vowel for a vowel, a consonant for one that sounds or looks like it. Any other letter
 * more or less makes another word ("addition", "addiction").
 */
function isOneSlip(a: string, b: string): boolean {
  if (a[0] !== b[0] || a.at(-1) !== b.at(-1) || Math.abs(a.length - b.length) > 1) return false
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail++
  const restA = a.slice(head, a.length - tail)
  const restB = b.slice(head, b.length - tail)
  if (restA.length === 1 && restB.length === 1) return areAlike(restA, restB)
  if (restA.length + restB.length === 1) {
    const extra = restA || restB
    return VOWELS.has(extra) || extra === "h" || a[head - 1] === extra
  }
  return restA.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]
}
