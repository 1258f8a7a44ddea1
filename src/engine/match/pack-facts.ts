/**
 * What judging asks of a code set again and again, decoded once: words of terms, titles, the codes that notes cite.
 * Facts of the classification alone, in bounded memos: nothing of a note is kept here.
 */
import type { CodePack, Row } from "@/classification/pack-api"
import { contentWords } from "@/classification/words"
import { signedWords } from "./polarity"

/** Rows or terms kept: a day's charts speak of fewer. */
const ROWS_KEPT = 4_000

/** An Excludes1 note that names other codes: their categories, and the words in front of them. */
export interface CitingNote {
  /** Where it stands: a code, a block or a chapter. */
  at: string
  /** As printed. */
  text: string
  categories: ReadonlySet<string>
  words: readonly string[]
}

const MANIFESTATION = / in (?:other )?(?:\w+ )?diseases? classified elsewhere/i
const BRACKETS = /\([^()]*\)/g
const CITED = /\(([^()]*)\)\s*$/
const CODE = /[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]+)?/g

function categoriesIn(text: string): string[] {
  return (text.match(CODE) ?? []).map((code) => code.slice(0, 3))
}

/** A memo that starts again when it is full. */
class Memo<T> {
  private readonly known = new Map<Row, T>()

  constructor(private readonly make: (row: Row) => T) {}

  get(row: Row): T {
    let value = this.known.get(row)
    if (value === undefined) {
      value = this.make(row)
      if (this.known.size >= ROWS_KEPT) this.known.clear()
      this.known.set(row, value)
    }
    return value
  }
}

export class PackFacts {
  private readonly words: string[] = []
  /** By term, one more than the distance; 0: not worked out yet. */
  private readonly distances: Uint8Array
  private readonly titles = new Memo((row) => this.pack.title(row))
  private readonly texts = new Memo((term) => this.pack.terms.text(term))
  private readonly signed = new Memo((row): readonly string[] => signedWords(this.title(row)))
  private readonly bare = new Memo((row): readonly string[] =>
    signedWords(this.title(row).replace(BRACKETS, " "))
  )
  private readonly excluding = new Memo((row): readonly CitingNote[] =>
    this.pack
      .notes(row, true)
      .filter(({ kind }) => kind === "excludes1")
      .map(({ text, at }) => ({
        at,
        text,
        categories: new Set(categoriesIn(CITED.exec(text)?.[1] ?? "")),
        words: contentWords(text.replace(CITED, ""))
      }))
      .filter(({ categories }) => categories.size > 0)
  )
  private readonly wanting = new Memo(
    (row): ReadonlySet<string> =>
      new Set(
        this.pack
          .notes(row, true)
          .filter(({ kind }) => kind === "useAdditional" || kind === "codeFirst")
          .flatMap(({ text }) => categoriesIn(text))
      )
  )

  constructor(private readonly pack: CodePack) {
    this.distances = new Uint8Array(pack.terms.count)
  }

  word(id: number): string {
    let word = this.words[id]
    if (word === undefined) {
      word = this.pack.vocabulary.word(id)
      this.words[id] = word
    }
    return word
  }

  /** Folded words of a term. */
  termWords(term: number): string[] {
    return Array.from(this.pack.terms.words(term), (id) => this.word(id))
  }

  /**
   * How far a wording is from what the classification means when no more is said: "... NOS", "unspecified" or a
   * main term alone is the default; a path of subterms is a case of it; a manifestation code never stands alone.
   */
  distanceFromDefault(term: number): number {
    const known = this.distances[term] ?? 0
    if (known > 0) return known - 1
    const distance = this.distanceOf(term)
    this.distances[term] = distance + 1
    return distance
  }

  private distanceOf(term: number): number {
    const { terms } = this.pack
    if (MANIFESTATION.test(this.title(terms.row(term)))) return 3
    const text = this.text(term)
    if (/\bNOS\b|\bunspecified\b/i.test(text)) return 0
    if (text.includes("(see ") || this.depth(term, text) > 2) return 2
    return terms.kind(term) === "index" && !text.includes(",") ? 0 : 1
  }

  /** Levels of an index path that a term passes; other forms of a level ("Cyst, epidermal, epidermoid") are none. */
  private depth(term: number, text: string): number {
    const words = new Set(this.termWords(term))
    return text.split(",").filter((level) => contentWords(level).some((word) => words.has(word))).length
  }

  /** The wording of a term as printed. */
  text(term: number): string {
    return this.texts.get(term)
  }

  title(row: Row): string {
    return this.titles.get(row)
  }

  /** `signedWords` of the title. */
  signedTitle(row: Row): readonly string[] {
    return this.signed.get(row)
  }

  /** The same without what the title prints in brackets. */
  signedBareTitle(row: Row): readonly string[] {
    return this.bare.get(row)
  }

  /** Excludes1 notes of the row and of what stands above it that name codes. */
  excludes(row: Row): readonly CitingNote[] {
    return this.excluding.get(row)
  }

  /** Categories that "use additional code" and "code first" notes of the row or above it name. */
  wants(row: Row): ReadonlySet<string> {
    return this.wanting.get(row)
  }
}

const known = new WeakMap<CodePack, PackFacts>()

export function factsOf(pack: CodePack): PackFacts {
  let facts = known.get(pack)
  if (!facts) {
    facts = new PackFacts(pack)
    known.set(pack, facts)
  }
  return facts
}
