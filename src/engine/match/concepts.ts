/**
 * Terms of a code set found in a sentence: all words of a term inside one clause, in any order, a few words
 * apart. Works from the rarest word of each term, so the cost follows the length of the text.
 */
import type { CodePack, Row, TermKind } from "@/classification/pack-api"
import type { PatternSet } from "../lexicon/patterns"
import type { Atoms } from "../text/atoms"
import type { ReadDocument } from "../text/document"
import { acronymsOf, isAllCapitals, SMALL_LETTER } from "./acronyms"
import { AnchoredTerms, type Reading } from "./anchored"
import { holdsTogether, isAnotherDisease, isLight, isTornOut } from "./coherence"
import { mixesNumbers } from "./gestation"
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
  /** A part of the body that takes its noun from a later item of the list ("shoulder and hip pain"). */
  sharesNoun?: true
  /** A secondary malignancy whose place the sentence tells: its words may stand around the primary's. */
  bound?: true
  /** On the stop list, as a vague condition or as a mere word; set by the caller. */
  generic?: "condition" | "word"
}

export interface FindOptions {
  /** Atoms that belong together wherever commas stand between them. */
  shared?: ReadonlySet<number>
  reading?: Reading
}

const TERMS_KEPT = 4_000
/** What a word counts that the note means only by way of two readings ("fibroid", leiomyoma, benign neoplasm). */
const DERIVED_SHARE = 0.5

/** A word as a note spells it, in the vocabulary of the classification. */
interface FormWord {
  id: number
  /** As it should have been spelled. */
  meant?: string
}

/** What a matcher of one pack keeps between sentences. */
export class PackMatcher {
  private readonly rarities = new Map<number, number>()
  private readonly ids = new Map<string, number>()
  private readonly said = new WeakMap<Atoms, (FormWord | null)[]>()
  private readonly optional: ReadonlyMap<number, PatternSet | undefined>
  private readonly terms: AnchoredTerms
  /** For each word the number of the sentence it was last seen in. */
  private readonly seenIn: Uint32Array
  private sentence = 0
  private shared: ReadonlySet<number> = NO_ATOMS
  /** Words of readings that the classification does not know, of the chart being read. */
  private readonly unknown = new Set<string>()
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
    skips: ReadonlySet<TermKind> = new Set(),
    /** Folded words for parts of the body, which share a noun in a list. */
    private readonly sites: ReadonlySet<string> = new Set()
  ) {
    const optional = new Map<number, PatternSet | undefined>()
    for (const [word, codes] of optionalWords) {
      const id = pack.vocabulary.id(word)
      if (id >= 0) optional.set(id, codes)
    }
    this.optional = optional
    this.denials = new Set([...DENIALS].map((word) => pack.vocabulary.id(word)).filter((id) => id >= 0))
    this.terms = new AnchoredTerms(pack, optional, skips)
    this.seenIn = new Uint32Array(pack.vocabulary.size)
    this.plain = new Uint8Array(pack.terms.count)
  }

  /** Forgets what belongs to the chart just read. */
  forget(): void {
    this.unknown.clear()
    this.speller?.forget()
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

  /** The word of a form, set right when it is misspelled; null when the classification knows neither. */
  private wordOf(atoms: Atoms, form: number): FormWord | null {
    let words = this.said.get(atoms)
    if (!words) {
      words = []
      this.said.set(atoms, words)
    }
    let word = words[form]
    if (word === undefined) {
      const { folded } = atoms.forms[form]!
      const id = this.pack.vocabulary.id(folded)
      const meant = id < 0 ? this.speller?.correct(folded) : undefined
      word = id >= 0 ? { id } : meant === undefined ? null : { id: this.idOf(meant), meant }
      words[form] = word
    }
    return word
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
    const { atoms } = document
    for (const each of occurrences) {
      let occurrence = each
      let id: number
      if (each.via === "") {
        const word = this.wordOf(atoms, atoms.form[each.first]!)
        if (word === null) continue
        id = word.id
        if (word.meant !== undefined)
          occurrence = { ...each, word: word.meant, via: `spelling: ${word.meant}` }
      } else id = this.idOf(each.word)
      if (id < 0) continue
      const list = byId.get(id)
      if (list) list.push(occurrence)
      else byId.set(id, [occurrence])
      this.seenIn[id] = this.sentence
    }
    const matches: Match[] = []
    for (const [id, anchors] of byId) {
      const { terms, needs } = this.terms.at(id, reading)
      for (let i = 0; i < terms.length; i++) {
        if (this.seenIn[needs[i]!] !== this.sentence) continue
        this.matchTerm(document, terms[i]!, id, anchors, byId, matches)
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
    const { pool } = this.terms
    const list = this.terms.listOf(term)
    const size = pool[list] ?? 0
    let missing = 0
    for (let i = 1; i <= size; i++) {
      const word = pool[list + i]!
      if (this.seenIn[word] === this.sentence) continue
      if (!this.optional.has(word)) return
      const codes = this.optional.get(word)
      if (codes && !codes.has(this.pack.code(this.pack.terms.row(term)))) return
      missing++
    }
    if (missing > 0 && missing >= size - missing + 1) return
    const words = pool.subarray(list + 1, list + 1 + size)
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
    if (isAnotherDisease(document, chosen) || isTornOut(chosen) || mixesNumbers(chosen)) return undefined
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
    const held = atoms.length < 2 || loose || holdsTogether(document, first, last, covered, this.sites)
    if (!held) return undefined
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
      reworded: chosen.some((each) => each.via !== "" && each.last - each.first < last - first),
      ...(held === "shared" ? { sharesNoun: true as const } : {})
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
