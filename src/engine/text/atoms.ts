/**
 * Text as atoms: the words of `classification/words` and single punctuation marks, each with its place.
 * Punctuation stays because triggers and abbreviations need it ("?pneumonia", "+ve", "h/o").
 */
import { foldToken, foldWord, type Token, tokenize } from "@/classification/words"

/** A word or mark as it is compared. */
export interface Form {
  /** Lower case, typographic apostrophes made straight. */
  readonly lower: string
  /** As `foldTokens` makes it; punctuation as it is. */
  readonly folded: string
}

export interface Atoms {
  readonly count: number
  /** UTF-16 offsets into the text as given; `end` is exclusive. */
  readonly start: Int32Array
  readonly end: Int32Array
  /** 1 for a word, 0 for a punctuation mark. */
  readonly isWord: Uint8Array
  /** Lower case, typographic apostrophes made straight. */
  readonly lower: string[]
  /** As `foldTokens` makes it; punctuation as it is. */
  readonly folded: string[]
  /** The distinct forms of the text: a note says some 600 of them 2,000 times, so questions are asked of forms. */
  readonly forms: readonly Form[]
  /** For each atom the number of its form. */
  readonly form: Int32Array
}

const SPACE = /[\s\u200b\ufeff]/

function lowerCase(text: string): string {
  const lower = text.toLowerCase()
  return lower.includes("\u2019") ? lower.replaceAll("\u2019", "'") : lower
}

/** Numbers forms as they come: each word is folded once. */
class Forms {
  readonly list: Form[] = []
  /** By the word or mark as it stands in the text. */
  private readonly words = new Map<string, number>()
  private readonly marks = new Map<string, number>()
  /** By word: numbers of "A" and "I" where they are letters, not an article or a pronoun. */
  private readonly letters = new Map<string, number>()

  private numbered(numbers: Map<string, number>, text: string, fold: (text: string) => string): number {
    const known = numbers.get(text)
    if (known !== undefined) return known
    const number = this.list.push({ lower: lowerCase(text), folded: fold(text) }) - 1
    numbers.set(text, number)
    return number
  }

  mark(text: string): number {
    return this.numbered(this.marks, text, (mark) => mark)
  }

  word(source: string, tokens: readonly Token[], i: number): number {
    const { text } = tokens[i]!
    const number = this.numbered(this.words, text, foldWord)
    const { folded } = this.list[number]!
    const here = foldToken(source, tokens, i, folded)
    return here === folded ? number : this.numbered(this.letters, text, () => here)
  }
}

/** Cuts `text` (up to `limit`) into atoms. Linear. */
export function atomize(text: string, limit = text.length): Atoms {
  const source = limit < text.length ? text.slice(0, limit) : text
  const tokens = tokenize(source)
  const start: number[] = []
  const end: number[] = []
  const isWord: number[] = []
  const form: number[] = []
  const forms = new Forms()
  const marks = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      const code = source.charCodeAt(at)
      if (code <= 32 || code === 127) continue
      const mark = source[at] ?? ""
      if (code > 127 && SPACE.test(mark)) continue
      start.push(at)
      end.push(at + 1)
      isWord.push(0)
      // Marks have cases too ("Ⓐ"), and typographic apostrophes stand alone.
      form.push(forms.mark(mark))
    }
  }
  let at = 0
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    marks(at, token.start)
    start.push(token.start)
    end.push(token.end)
    isWord.push(1)
    form.push(forms.word(source, tokens, i))
    at = token.end
  }
  marks(at, source.length)
  return {
    count: start.length,
    start: Int32Array.from(start),
    end: Int32Array.from(end),
    isWord: Uint8Array.from(isWord),
    lower: form.map((number) => forms.list[number]!.lower),
    folded: form.map((number) => forms.list[number]!.folded),
    forms: forms.list,
    form: Int32Array.from(form)
  }
}

/** First atom that starts at or after `offset`. */
export function atomAt(atoms: Atoms, offset: number): number {
  let low = 0
  let high = atoms.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((atoms.start[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
