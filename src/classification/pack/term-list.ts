/** The wordings of a code set, each once a row, with their words as numbers. */
import type { TermKind } from "../pack-api"
import { TERM_KINDS } from "./format"
import type { Wording } from "./wording"

/** What a term says beside its words. */
export interface TermHead {
  row: number
  kind: TermKind
  incomplete: boolean
  /** Text of an inclusion term; position of an index entry. */
  text?: string
  entry?: number
}

export interface RawTerm extends TermHead {
  /** Numbers of words in `TermList.words`, each once. */
  required: number[]
  optional: number[]
}

const NO_WORDS: number[] = []

export class TermList {
  /** In the order in which they were first said. */
  readonly words: string[] = []
  private readonly numbers = new Map<string, number>()
  private readonly terms: RawTerm[] = []
  private readonly known = new Map<number, RawTerm[]>()

  /**
   * Does nothing when the row has this wording, whatever the order of its words. The same words with other words
   * in parentheses are another wording: "Gastroenteritis (acute)" says more than "Gastroenteritis NOS".
   * @param wording words of which each stands once in its list
   */
  add(wording: Wording, { row, kind, incomplete, text, entry }: TermHead): void {
    if (wording.required.length === 0) return
    const required = this.numbered(wording.required)
    const optional = wording.optional.length === 0 ? NO_WORDS : this.numbered(wording.optional)
    // Sums do not depend on the order; what falls together is compared word by word.
    const key = Math.imul(row, 0x01000193) ^ sumOf(required) ^ Math.imul(sumOf(optional), 31)
    const alike = this.known.get(key)
    if (alike?.some((other) => isSame(other, row, required, optional))) return
    const term = { row, kind, incomplete, required, optional, text, entry } as RawTerm
    if (alike) alike.push(term)
    else this.known.set(key, [term])
    this.terms.push(term)
  }

  /** By row, within it by kind, within that as they were added. */
  inOrder(rows: number): RawTerm[] {
    const kinds = TERM_KINDS.length
    const places = this.terms.map((term) => term.row * kinds + TERM_KINDS.indexOf(term.kind))
    const next = new Uint32Array(rows * kinds + 1)
    for (const place of places) next[place + 1]!++
    for (let n = 1; n < next.length; n++) next[n]! += next[n - 1]!
    const ordered = new Array<RawTerm>(this.terms.length)
    for (const [n, term] of this.terms.entries()) ordered[next[places[n]!]!++] = term
    return ordered
  }

  private numbered(words: readonly string[]): number[] {
    return words.map((word) => {
      const known = this.numbers.get(word)
      if (known !== undefined) return known
      const number = this.words.push(word) - 1
      this.numbers.set(word, number)
      return number
    })
  }
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0
  for (const number of numbers) {
    const mixed = Math.imul(number + 1, 0x9e3779b1)
    sum = (sum + (mixed ^ (mixed >>> 15))) | 0
  }
  return sum
}

function isSame(
  term: RawTerm,
  row: number,
  required: readonly number[],
  optional: readonly number[]
): boolean {
  return term.row === row && haveSame(term.required, required) && haveSame(term.optional, optional)
}

function haveSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((number) => b.includes(number))
}
