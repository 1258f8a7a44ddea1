/**
 * The terms of a code set as a matcher asks for them: by their rarest word, each with one other word that it must
 * have. Of some 24,000 terms that the words of a page lead to, 350 have that word too; only those are looked at.
 */
import type { CodePack, TermKind } from "@/classification/pack-api"
import type { PatternSet } from "../lexicon/patterns"

/** What a sentence is read for: conditions, or how an injury came about (the Index to External Causes). */
export type Reading = "conditions" | "causes"

/** Terms that share their rarest word, ascending. */
export interface Anchored {
  terms: Uint32Array
  /** For each a word that no note may leave out, the rarest such; the shared word itself when there is no other. */
  needs: Uint32Array
}

/** Chapter 20, V00-Y99; HCPCS has codes with these letters too, but no injuries. */
const EXTERNAL_CAUSES = /^[V-Y]\d[0-9A-Z](?:\.|$)/
/** Wordings of the Tabular List. */
const WORDED: ReadonlySet<TermKind> = new Set<TermKind>(["title", "inclusion"])

/** Word ids kept decoded: 1 MB. */
const WORDS_KEPT = 250_000

export class AnchoredTerms {
  private readonly anchored: Record<Reading, Map<number, Anchored>> = {
    conditions: new Map(),
    causes: new Map()
  }
  /** Decoded word lists one behind the other, each led by its length; where a term's list begins, or -1. */
  readonly pool = new Uint32Array(WORDS_KEPT)
  private readonly listAt: Int32Array
  private poolEnd = 0

  constructor(
    private readonly pack: CodePack,
    /** Ids of words that a note may leave out, for some codes or all. */
    private readonly optional: ReadonlyMap<number, PatternSet | undefined>,
    /** Kinds of terms that are left out. */
    private readonly skips: ReadonlySet<TermKind>
  ) {
    this.listAt = new Int32Array(pack.terms.count).fill(-1)
  }

  /**
   * Where the word list of a term stands in the pool: its length, then the ids. Decoding is dear, so lists are
   * kept; when the pool is full it starts again.
   */
  listOf(term: number): number {
    const known = this.listAt[term] ?? -1
    if (known >= 0) return known
    const words = this.pack.terms.words(term)
    if (this.poolEnd + words.length + 1 > this.pool.length) {
      this.listAt.fill(-1)
      this.poolEnd = 0
    }
    const at = this.poolEnd
    this.pool[at] = words.length
    this.pool.set(words, at + 1)
    this.poolEnd = at + 1 + words.length
    this.listAt[term] = at
    return at
  }

  /** Terms of a reading that have this word as their rarest. Each term is kept once: 2 MB if all were asked for. */
  at(id: number, reading: Reading): Anchored {
    let anchored = this.anchored[reading].get(id)
    if (!anchored) {
      const terms = this.pack.terms.anchoredAt(id).filter((term) => this.speaks(term, reading))
      anchored = { terms, needs: terms.map((term) => this.needOf(term, id)) }
      this.anchored[reading].set(id, anchored)
    }
    return anchored
  }

  private speaks(term: number, reading: Reading): boolean {
    const kind = this.pack.terms.kind(term)
    if (this.skips.has(kind)) return false
    const isCause =
      kind === "external" ||
      (WORDED.has(kind) && EXTERNAL_CAUSES.test(this.pack.code(this.pack.terms.row(term))))
    return reading === "causes"
      ? isCause
      : !isCause && (WORDED.has(kind) || kind === "index" || kind === "neoplasm")
  }

  private needOf(term: number, anchor: number): number {
    const { vocabulary, terms } = this.pack
    let need = anchor
    for (const word of terms.words(term)) {
      if (word === anchor || this.optional.has(word)) continue
      if (need === anchor || vocabulary.frequency(word) < vocabulary.frequency(need)) need = word
    }
    return need
  }
}
