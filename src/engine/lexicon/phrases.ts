/** Many short phrases looked for at once: by first word, longest first. */
import type { Atoms, Form } from "../text/atoms"

export interface Phrase<T> {
  /** Atoms as compared; triggers may hold placeholders. */
  tokens: string[]
  value: T
}

export class PhraseTable<T> {
  private readonly byFirst = new Map<string, Phrase<T>[]>()
  private sorted = true

  add(tokens: string[], value: T): void {
    const first = tokens[0]
    if (first === undefined) return
    const list = this.byFirst.get(first)
    if (list) list.push({ tokens, value })
    else this.byFirst.set(first, [{ tokens, value }])
    this.sorted = false
  }

  /** Phrases that begin with this word, longest first. */
  startingWith(word: string): readonly Phrase<T>[] {
    if (!this.sorted) {
      for (const list of this.byFirst.values()) list.sort((a, b) => b.tokens.length - a.tokens.length)
      this.sorted = true
    }
    return this.byFirst.get(word) ?? NONE
  }
}

const NONE: readonly never[] = []

/** A table as reading needs it; several may stand one before the other. */
export type PhraseSource<T> = Pick<PhraseTable<T>, "startingWith">

const asked = new WeakMap<Atoms, Map<PhraseSource<unknown>, readonly (readonly Phrase<unknown>[])[]>>()

/**
 * For each form of a text the phrases that begin with it, longest first: asked of the table once for each form, since
 * every sentence is looked through for every table. Kept as long as the atoms are.
 * @param by which of a form's spellings the phrases are written in
 */
export function phrasesByForm<T>(
  table: PhraseSource<T>,
  atoms: Atoms,
  by: keyof Form = "folded"
): readonly (readonly Phrase<T>[])[] {
  let tables = asked.get(atoms)
  if (!tables) {
    tables = new Map()
    asked.set(atoms, tables)
  }
  let found = tables.get(table) as (readonly Phrase<T>[])[] | undefined
  if (!found) {
    found = atoms.forms.map((form) => table.startingWith(form[by]))
    tables.set(table, found)
  }
  return found
}

/** Whether the phrase whose first word stands at `at` goes on to its end before `to`. */
export function goesOn({ folded }: Atoms, at: number, tokens: readonly string[], to: number): boolean {
  if (at + tokens.length > to) return false
  for (let i = 1; i < tokens.length; i++) if (folded[at + i] !== tokens[i]) return false
  return true
}

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  "one two three four five six seven eight nine ten eleven twelve several few couple many".split(" ")
)
const MONTHS: ReadonlySet<string> = new Set(
  (
    "january february march april may june july august september october november december " +
    "jan feb mar apr jun jul aug sep sept oct nov dec"
  ).split(" ")
)
const UNITS: ReadonlySet<string> = new Set(
  "day days week weeks month months year years yr yrs wk wks mo mos hour hours decade decades".split(" ")
)

const RELATIVES: ReadonlySet<string> = new Set(
  (
    "mother father brother brothers sister sisters son sons daughter daughters mom mum mommy mama dad daddy papa " +
    "grandmother grandmothers grandfather grandfathers grandma granny grandpa grandparent grandparents aunt aunts " +
    "uncle uncles cousin cousins niece nieces nephew nephews sibling siblings parent parents twin grandson " +
    "granddaughter grandsons granddaughters"
  ).split(" ")
)
const COMPANIONS: ReadonlySet<string> = new Set(
  (
    "wife husband spouse partner boyfriend girlfriend fiance fiancee roommate housemate friend friends neighbor " +
    "neighbour coworker coworkers colleague classmate caregiver caretaker guardian stepfather stepmother stepson " +
    "stepdaughter stepbrother stepsister"
  ).split(" ")
)

/** The placeholders a word can stand for. */
export function placeholdersOf(lower: string): readonly string[] {
  const code = lower.charCodeAt(0)
  if (code >= 48 && code <= 57) {
    if (/^(?:19|20)\d\d$/.test(lower)) return ["<year>", "<number>"]
    return /^\d+(?:\.\d+)?$/.test(lower) ? ["<number>"] : NONE
  }
  if (UNITS.has(lower)) return ["<unit>"]
  if (MONTHS.has(lower)) return ["<month>"]
  if (RELATIVES.has(lower)) return ["<relative>"]
  if (COMPANIONS.has(lower)) return ["<companion>"]
  return NUMBER_WORDS.has(lower) ? ["<number>"] : NONE
}

export function isPlaceholder(token: string): boolean {
  return token.length > 2 && token[0] === "<" && token.endsWith(">")
}
