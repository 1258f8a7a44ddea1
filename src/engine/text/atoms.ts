/**
 * Text as atoms: the words of `classification/words` and single punctuation marks, each with its place.
 * Punctuation stays because triggers and abbreviations need it ("?pneumonia", "+ve", "h/o").
 */
import { foldTokens, type Token, tokenize } from "@/classification/words"

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
}

const SPACE = /[\s\u200b\ufeff]/

function lowerCase(text: string): string {
  return text.toLowerCase().replaceAll("\u2019", "'")
}

/** Cuts `text` (up to `limit`) into atoms. Linear. */
export function atomize(text: string, limit = text.length): Atoms {
  const source = limit < text.length ? text.slice(0, limit) : text
  const tokens = tokenize(source)
  const foldedTokens = foldTokens(source, tokens)
  const start: number[] = []
  const end: number[] = []
  const isWord: number[] = []
  const lower: string[] = []
  const folded: string[] = []
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
      lower.push(code > 127 ? lowerCase(mark) : mark)
      folded.push(mark)
    }
  }
  let at = 0
  tokens.forEach((token: Token, i) => {
    marks(at, token.start)
    start.push(token.start)
    end.push(token.end)
    isWord.push(1)
    lower.push(lowerCase(token.text))
    folded.push(foldedTokens[i] ?? "")
    at = token.end
  })
  marks(at, source.length)
  return {
    count: start.length,
    start: Int32Array.from(start),
    end: Int32Array.from(end),
    isWord: Uint8Array.from(isWord),
    lower,
    folded
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
