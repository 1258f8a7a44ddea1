/**
 * Terms of a code set found in a sentence: all words of a term inside one clause, in any order, a few words
 * apart. Works from the rarest word of each term, so the cost follows the length of the text.
 */
import type { CodePack, Row, TermKind } from "@/classification/pack-api"
import type { PatternSet } from "../lexicon/patterns"
import type { ReadDocument } from "../text/document"
import { acronymsOf, isAllCapitals, SMALL_LETTER } from "./acronyms"
import { holdsTogether, isAnotherDisease, isLight, isTornOut } from "./coherence"
import type { Occurrence } from "./occurrences"
import { DENIALS, deniesAlike, signedWords } from "./polarity"
import type { Speller } from "./spelling"

export interface Match {
  pack: CodePack
  term: number
  row: Row
  kind: TermKind
  /** Atoms that carry the words, ascending, without repeats. */
  atoms: number[]
  /** From the first to the last of them, `last` exclusive. */
  first: number
  last: number
  /** Wordings of the lexicon it rests on. */
  via: string[]
  /** Some of its words are only readings of single words beside others ("convulsion disorder" for "seizure disorder"). */
  reworded: boolean
  /** How much the matched words say: sum of their rarity. */
  weight: number
  /** Other words standing between. */
  gap: number
  /** Words of the term, and how many of them the note did not say and need not. */
  size: number
  missing: number
  /** A secondary malignancy whose place the sentence tells: its words may stand around the primary's. */
  bound?: true
  /** On the stop list, as a vague condition or as a mere word; set by the caller. */
  generic?: "condition" | "word"
}

/** What a sentence is read for: conditions, or how an injury came about (the Index to External Causes). */
export type Reading = "conditions" | "causes"

export interface FindOptions {
  /** Atoms that belong together wherever commas stand between them. */
  shared?: ReadonlySet<number>
  reading?: Reading
}

/** Chapter 20, V00-Y99; HCPCS has codes with these letters too, but no injuries. */
const EXTERNAL_CAUSES = /^[V-Y]\d[0-9A-Z](?:\.|$)/
/** Wordings of the Tabular List. */
const WORDED: ReadonlySet<TermKind> = new Set<TermKind>(["title", "inclusion"])

/** Word ids kept decoded: 1 MB. */
const WORDS_KEPT = 250_000
const ANCHORS_KEPT = 4_000
const TERMS_KEPT = 4_000
/** What a word counts that the note means only by way of two readings ("fibroid", leiomyoma, benign neoplasm). */
const DERIVED_SHARE = 0.5

/** What a matcher of one pack keeps between sentences. */
export class PackMatcher {
  private readonly rarities = new Map<number, number>()
  private readonly ids = new Map<string, number>()
  private readonly optional: ReadonlyMap<number, PatternSet | undefined>
  /** Decoded word lists one behind the other, each led by its length; where a term's list begins, or -1. */
  private readonly pool = new Uint32Array(WORDS_KEPT)
  private readonly listAt: Int32Array
  private poolEnd = 0
  /** For each word the number of the sentence it was last seen in. */
  private readonly seenIn: Uint32Array
  private sentence = 0
  private shared: ReadonlySet<number> = NO_ATOMS
  /** Words that the classification does not know, of the chart being read. */
  private readonly unknown = new Set<string>()
  private readonly anchors = new Map<number, Uint32Array>()
  private readonly denials: ReadonlySet<number>
  /** What the terms that deny something say and deny. */
  private readonly signed = new Map<number, readonly string[]>()
  private readonly acronyms = new Map<number, ReadonlySet<string>>()
  /** 1 for terms that are known to hold no acronym: nearly all. */
  private readonly plain: Uint8Array

  constructor(
    readonly pack: CodePack,
    /** Folded words that a term may have and a note leave out ("traumatic", "stage"). */
    optionalWords: ReadonlyMap<string, PatternSet | undefined>,
    /** Sets misspelled words right; none: words count as they stand. */
    private readonly speller?: Speller,
    /** Kinds of terms that are left out. */
    private readonly skips: ReadonlySet<TermKind> = new Set()
  ) {
    const optional = new Map<number, PatternSet | undefined>()
    for (const [word, codes] of optionalWords) {
      const id = pack.vocabulary.id(word)
      if (id >= 0) optional.set(id, codes)
    }
    this.optional = optional
    this.denials = new Set([...DENIALS].map((word) => pack.vocabulary.id(word)).filter((id) => id >= 0))
    this.listAt = new Int32Array(pack.terms.count).fill(-1)
    this.seenIn = new Uint32Array(pack.vocabulary.size)
    this.plain = new Uint8Array(pack.terms.count)
  }

  /** Forgets what belongs to the chart just read. */
  forget(): void {
    this.unknown.clear()
    this.speller?.forget()
  }

  /**
   * Where the word list of a term stands in the pool: its length, then the ids. Decoding is the largest cost
   * of reading a note, so lists are kept; when the pool is full it starts again.
   */
  private listOf(term: number): number {
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

  /** Terms of a reading that have this word as their rarest. */
  private anchoredAt(id: number, reading: Reading): Uint32Array {
    const key = reading === "causes" ? -1 - id : id
    let anchored = this.anchors.get(key)
    if (!anchored) {
      const { terms } = this.pack
      anchored = terms.anchoredAt(id).filter((term) => this.speaks(term, reading))
      if (this.anchors.size >= ANCHORS_KEPT) this.anchors.clear()
      this.anchors.set(key, anchored)
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

  private idOf(word: string): number {
    let id = this.ids.get(word)
    if (id === undefined) {
      if (this.unknown.has(word)) return -1
      id = this.pack.vocabulary.id(word)
      // Only words of the classification are kept beyond the chart: nothing of a note stays in memory.
      if (id >= 0) this.ids.set(this.pack.vocabulary.word(id), id)
      else this.unknown.add(word)
    }
    return id
  }

  private rarity(id: number): number {
    let rarity = this.rarities.get(id)
    if (rarity === undefined) {
      rarity = Math.log((this.pack.terms.count + 1) / (this.pack.vocabulary.frequency(id) + 1))
      this.rarities.set(id, rarity)
    }
    return rarity
  }

  /**
   * All matches in one sentence; the caller chooses among them.
   */
  find(
    document: ReadDocument,
    occurrences: readonly Occurrence[],
    { shared = NO_ATOMS, reading = "conditions" }: FindOptions = {}
  ): Match[] {
    this.shared = shared
    const byId = new Map<number, Occurrence[]>()
    this.sentence = (this.sentence + 1) >>> 0
    for (const each of occurrences) {
      let occurrence = each
      let id = this.idOf(each.word)
      if (id < 0) {
        const meant = each.via === "" ? this.speller?.correct(each.word) : undefined
        if (meant === undefined) continue
        occurrence = { ...each, word: meant, via: `spelling: ${meant}` }
        id = this.idOf(meant)
      }
      const list = byId.get(id)
      if (list) list.push(occurrence)
      else byId.set(id, [occurrence])
      this.seenIn[id] = this.sentence
    }
    const matches: Match[] = []
    for (const [id, anchors] of byId) {
      const anchored = this.anchoredAt(id, reading)
      for (let i = 0; i < anchored.length; i++) {
        const term = anchored[i]!
        this.matchTerm(document, term, id, anchors, byId, matches)
      }
    }
    return matches
  }

  private matchTerm(
    document: ReadDocument,
    term: number,
    anchorId: number,
    anchors: readonly Occurrence[],
    byId: ReadonlyMap<number, Occurrence[]>,
    matches: Match[]
  ): void {
    const list = this.listOf(term)
    const size = this.pool[list] ?? 0
    let missing = 0
    for (let i = 1; i <= size; i++) {
      const word = this.pool[list + i]!
      if (this.seenIn[word] === this.sentence) continue
      if (!this.optional.has(word)) return
      const codes = this.optional.get(word)
      if (codes && !codes.has(this.pack.code(this.pack.terms.row(term)))) return
      missing++
    }
    if (missing > 0 && missing >= size - missing + 1) return
    const words = this.pool.subarray(list + 1, list + 1 + size)
    for (const anchor of anchors) {
      const match = this.assemble(document, term, words, anchorId, anchor, byId, missing)
      if (match) matches.push(match)
    }
  }

  private assemble(
    document: ReadDocument,
    term: number,
    words: Uint32Array,
    anchorId: number,
    anchor: Occurrence,
    byId: ReadonlyMap<number, Occurrence[]>,
    missing: number
  ): Match | undefined {
    const chosen: Occurrence[] = [anchor]
    let weight = this.rarity(anchorId) * (anchor.derived ? DERIVED_SHARE : 1)
    // Words said once first: what is said several times is then taken from where the others were.
    const rounds = words.length > 2 ? 2 : 1
    for (let i = 0; i < words.length * rounds; i++) {
      const word = words[i % words.length]!
      if (word === anchorId) continue
      const list = byId.get(word)
      if (!list || (rounds === 2 && isOnePlace(list) !== i < words.length)) continue
      let best: Occurrence | undefined
      let bestDistance = Number.MAX_SAFE_INTEGER
      for (const occurrence of list) {
        if (occurrence.clause !== anchor.clause) continue
        const together = chosen.some(
          (each) => each.first === occurrence.first && each.last === occurrence.last
        )
        const distance = together
          ? 0
          : occurrence.first >= anchor.last
            ? occurrence.first - anchor.last
            : anchor.first >= occurrence.last
              ? anchor.first - occurrence.last + 0.5
              : 0
        if (distance < bestDistance || (distance === bestDistance && best?.derived && !occurrence.derived)) {
          best = occurrence
          bestDistance = distance
        }
      }
      if (!best) return undefined
      chosen.push(best)
      weight += this.rarity(word) * (best.derived ? DERIVED_SHARE : 1)
    }
    if (words.some((id) => this.denials.has(id))) {
      const wanted = kept(this.signed, term, () => signedWords(this.pack.terms.text(term)))
      if (!deniesAlike(wanted, chosen, document.atoms.lower)) return undefined
    }
    if (isAnotherDisease(document, chosen) || isTornOut(chosen)) return undefined
    const match = this.measure(document, term, words.length, chosen, weight, missing)
    return match && this.isPrintedAlike(document, term, chosen) ? match : undefined
  }

  /** An acronym of the classification stands in the note in capitals too: "PAT" is no "pat". */
  private isPrintedAlike(document: ReadDocument, term: number, chosen: readonly Occurrence[]): boolean {
    if (this.plain[term] === 1) return true
    const acronyms = kept(this.acronyms, term, () => acronymsOf(this.pack.terms.text(term)))
    if (acronyms.size === 0) {
      this.plain[term] = 1
      this.acronyms.delete(term)
      return true
    }
    return chosen.every(({ word, first, last, via }) => {
      if (via !== "" || !acronyms.has(word)) return true
      const { start, end } = document.atoms
      if (SMALL_LETTER.test(document.text.slice(start[first], end[last - 1]))) return false
      return !isAllCapitals(document, first)
    })
  }

  private measure(
    document: ReadDocument,
    term: number,
    size: number,
    chosen: Occurrence[],
    weight: number,
    missing: number
  ): Match | undefined {
    const covered = new Set<number>()
    const via: string[] = []
    for (const { first, last, via: id } of chosen) {
      for (let at = first; at < last; at++) if (document.atoms.isWord[at]) covered.add(at)
      if (id !== "" && !via.includes(id)) via.push(id)
    }
    const atoms = [...covered].sort((a, b) => a - b)
    const first = atoms[0]!
    const last = atoms[atoms.length - 1]! + 1
    let gap = 0
    for (let at = first; at < last; at++) {
      if (document.atoms.isWord[at] && !covered.has(at) && !isLight(document.atoms.folded[at] ?? "")) gap++
    }
    if (gap > (size < 2 ? 0 : size + 1)) return undefined
    const loose =
      this.shared.size > 0 &&
      atoms.every((at) => this.shared.has(at) || isLight(document.atoms.folded[at] ?? ""))
    if (atoms.length > 1 && !loose && !holdsTogether(document, first, last, covered)) return undefined
    const { terms } = this.pack
    return {
      pack: this.pack,
      term,
      row: terms.row(term),
      kind: terms.kind(term),
      atoms,
      first,
      last,
      via,
      weight,
      gap,
      size,
      missing,
      reworded: chosen.some((each) => each.via !== "" && each.last - each.first < last - first)
    }
  }
}

function isOnePlace([head, ...rest]: readonly Occurrence[]): boolean {
  return rest.every((each) => each.first === head?.first && each.last === head.last)
}

const NO_ATOMS: ReadonlySet<number> = new Set()

/** A memo about terms of the classification, never of a note. */
function kept<T>(memo: Map<number, T>, term: number, make: () => T): T {
  let value = memo.get(term)
  if (value === undefined) {
    value = make()
    if (memo.size >= TERMS_KEPT) memo.clear()
    memo.set(term, value)
  }
  return value
}
