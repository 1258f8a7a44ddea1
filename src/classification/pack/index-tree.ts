/** The Alphabetic Index as a tree: children, paths, the words of a path, and the resolution of "see". */
import type { ModelIndexEntry } from "../model"
import { foldWord, tokenize } from "../words"
import { columnWords, distinct, mainTermWording, titleAlternatives, type Wording } from "./wording"

/** At most so many combinations of alternative words are kept for one path. */
const MOST_VARIANTS = 4

export interface SeeTarget {
  entry: number
  /** "by site", "by type": the reference names a family, not one line. */
  family: boolean
  /** Column of the neoplasm table when the reference names a behavior. */
  column?: string
}

const NEOPLASM_BEHAVIOR: readonly (readonly [RegExp, string])[] = [
  [/^malignant, secondary|^secondary/, "Malignant Secondary"],
  [/^malignant/, "Malignant Primary"],
  [/^in situ/, "Ca in situ"],
  [/^benign/, "Benign"],
  [/^uncertain behavior/, "Uncertain Behavior"],
  [/^unspecified behavior/, "Unspecified Behavior"]
]

/** "Diabetes, type 2" and "diabetes type 2." are the same key. */
function key(text: string): string {
  return tokenize(text)
    .map((token) => foldWord(token.text))
    .join(" ")
}

export class IndexTree {
  readonly children: number[][]
  private readonly mains = new Map<string, number[]>()
  /** The one main term of the neoplasm table, -1 without one. */
  private readonly neoplasms: number
  private readonly variants: (string[][] | undefined)[]
  private readonly names: (string[] | undefined)[]

  constructor(readonly entries: readonly ModelIndexEntry[]) {
    this.children = entries.map(() => [])
    this.variants = new Array(entries.length)
    this.names = new Array(entries.length)
    this.neoplasms = entries.findIndex((entry) => entry.source === "neoplasm" && entry.parent < 0)
    for (const [at, entry] of entries.entries()) {
      if (entry.parent >= 0) {
        this.children[entry.parent]!.push(at)
        continue
      }
      for (const name of this.namesAt(at)) {
        const known = this.mains.get(name)
        if (known) known.push(at)
        else this.mains.set(name, [at])
      }
    }
  }

  /** From the main term down to the entry itself. */
  path(at: number): number[] {
    const path: number[] = []
    for (let e = at; e >= 0; e = this.entries[e]!.parent) path.push(e)
    return path.reverse()
  }

  /** Word sets, any of which says the path down to this entry. */
  wordSets(at: number): string[][] {
    const known = this.variants[at]
    if (known) return known
    const entry = this.entries[at]!
    const own = ownWordSets(entry)
    const above = entry.parent < 0 ? [[]] : this.wordSets(entry.parent)
    const sets: string[][] = []
    for (const a of above) {
      for (const b of own) if (sets.length < MOST_VARIANTS) sets.push(distinct([...a, ...b]))
    }
    this.variants[at] = sets
    return sets
  }

  /** Words that may be there or not at this entry itself. */
  optionalWords(at: number): string[] {
    const entry = this.entries[at]!
    const said: string[] = []
    for (const text of entry.nonessential) for (const set of titleAlternatives(text)) said.push(...set)
    if (entry.parent < 0 && !isTable(entry)) said.push(...mainTermWording(entry.title).unsaid)
    return distinct(said)
  }

  wording(at: number): Wording[] {
    const optional = this.optionalWords(at)
    return this.wordSets(at).map((required) => ({
      required,
      optional: optional.filter((word) => !required.includes(word))
    }))
  }

  /**
   * The entry that a reference names: "Pain, abdominal", "Fracture, traumatic, by site", "Neoplasm, breast,
   * malignant". Undefined for "condition", other books, and whatever the index does not hold.
   */
  resolve(reference: string): SeeTarget | undefined {
    const parts = reference
      .replace(/\([^()]*\)/g, " ")
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "")
    const family = parts.some((part) => /^by /.test(part))
    const named = parts.filter((part) => !/^by /.test(part))
    if (named.length === 0 || /^(?:condition|code by|also|table of)/i.test(named[0]!)) return undefined
    if (/^neoplasm$/i.test(named[0]!)) return this.resolveNeoplasm(named.slice(1), family)
    for (let length = named.length; length > 0; length--) {
      for (const main of this.mains.get(key(named.slice(0, length).join(" "))) ?? []) {
        const entry = this.descend(main, named.slice(length))
        if (entry !== undefined) return { entry, family }
      }
    }
    return undefined
  }

  private resolveNeoplasm(parts: readonly string[], family: boolean): SeeTarget | undefined {
    const main = this.neoplasms
    if (main < 0) return undefined
    for (let n = 0; n < parts.length; n++) {
      // The behavior stands at the end or, with "by site", in the middle.
      const behavior = parts.slice(n).join(", ")
      const column = NEOPLASM_BEHAVIOR.find(([pattern]) => pattern.test(behavior))?.[1]
      if (column === undefined) continue
      const entry = this.descend(main, parts.slice(0, n))
      return entry === undefined ? undefined : { entry, family: family || n === 0, column }
    }
    return undefined
  }

  private namesAt(at: number): string[] {
    let names = this.names[at]
    if (names === undefined) {
      names = namesOf(this.entries[at]!.title)
      this.names[at] = names
    }
    return names
  }

  /**
   * Follows subterms whose titles are the parts, some titles taking several parts ("nerve, recurrent"), some
   * parts two titles ("with coma" is printed as "with" and below it "coma").
   */
  private descend(from: number, parts: readonly string[]): number | undefined {
    if (parts.length === 0) return from
    for (let length = parts.length; length > 0; length--) {
      const wanted = key(parts.slice(0, length).join(" "))
      for (const child of this.children[from]!) {
        if (!this.namesAt(child).includes(wanted)) continue
        const found = this.descend(child, parts.slice(length))
        if (found !== undefined) return found
      }
    }
    const linked = /^(with|without|in|due to|following) (.+)$/.exec(parts[0]!)
    return linked ? this.descend(from, [linked[1]!, linked[2]!, ...parts.slice(1)]) : undefined
  }

  /** The cell of a table row under this heading. */
  cell(row: number, column: string): number | undefined {
    return this.children[row]!.find((child) => this.entries[child]!.column === column)
  }
}

function isTable(entry: ModelIndexEntry): boolean {
  return entry.source === "neoplasm" || entry.source === "drug"
}

function ownWordSets(entry: ModelIndexEntry): string[][] {
  if (entry.column !== undefined) return [columnWords(entry.column)]
  if (entry.parent >= 0 || entry.source === "drug") return titleAlternatives(entry.title)
  // The columns say "neoplasm": the one main term of that table adds nothing.
  return entry.source === "neoplasm" ? [[]] : mainTermWording(entry.title).alternatives
}

/** Under which a reference may name it: the whole title, and each alternative of "Diabetes, diabetic". */
function namesOf(title: string): string[] {
  const names = [key(title)]
  const unmarked = key(title.replace(/\b(?:NEC|NOS)\b/g, " "))
  if (unmarked !== names[0]) names.push(unmarked)
  if (/,| or /.test(title)) {
    for (const set of titleAlternatives(title)) names.push(set.join(" "))
  }
  for (const set of mainTermWording(title).unsaid.length > 0 ? mainTermWording(title).alternatives : []) {
    names.push(set.join(" "))
  }
  return distinct(names)
}
