/** The vocabulary and the terms of a pack. */
import type { Row, TermKind, TermTable, Vocabulary } from "../pack-api"
import { compareRecord } from "./bytes"
import { type Numbers, PackDamaged, ROWS_A_BLOCK, TERM_KINDS } from "./format"
import type { Sections } from "./head"
import type { IndexReader } from "./index-reader"
import type { RecordList } from "./records"
import type { RowReader } from "./rows"
import type { TextReader } from "./texts"

const EMPTY = new Uint32Array(0)

/** FNV-1a. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Word numbers plus 1 by the hash of the word, the next free slot when one is taken; at most half full. */
function hashTable(words: RecordList): Uint16Array | Uint32Array {
  let size = 2
  while (size < words.count * 2) size *= 2
  const table = words.count < 0xffff ? new Uint16Array(size) : new Uint32Array(size)
  for (let id = 0; id < words.count; id++) {
    const { bytes, position, end } = words.seek(id)
    let slot = hashOf(bytes, position, end) & (size - 1)
    while (table[slot] !== 0) slot = (slot + 1) & (size - 1)
    table[slot] = id + 1
  }
  return table
}

export class WordReader implements Vocabulary {
  readonly size: number
  private readonly words: RecordList
  private readonly order: Numbers
  private readonly terms: Numbers
  private table: Uint16Array | Uint32Array | undefined
  private readonly encoder = new TextEncoder()
  private readonly decoder = new TextDecoder()
  /** Words by number, decoded once: forms and beginnings of a word are looked through at every search. */
  private readonly known: (string | undefined)[] = []
  private readonly scratch = new Uint8Array(64)

  constructor(sections: Sections) {
    this.words = sections.records("wordAt", "wordBytes")
    this.size = this.words.count
    this.order = sections.numbersOf("wordOrder", this.size)
    this.terms = sections.numbersOf("wordTerms", this.size)
  }

  /** Number of the word at this place of the byte order. */
  ordered(rank: number): number {
    const id = this.order[rank]!
    if (!(id < this.size)) throw new PackDamaged("the order of words holds an unknown word")
    return id
  }

  /** First place in the byte order whose word is not less than `bytes`. */
  private lowerBound(bytes: Uint8Array): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareRecord(this.words.seek(this.ordered(middle)), bytes) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** By a hash table that the first call fills (some 2 ms, 0.1 MB): a matcher asks for every word of a note. */
  id(word: string): number {
    this.table ??= hashTable(this.words)
    const bytes = this.encoded(word)
    const mask = this.table.length - 1
    for (let slot = hashOf(bytes, 0, bytes.length) & mask; ; slot = (slot + 1) & mask) {
      const id = this.table[slot]! - 1
      if (id < 0) return -1
      if (compareRecord(this.words.seek(id), bytes) === 0) return id
    }
  }

  /** UTF-8, valid until the next call; words of plain letters need no encoder, and nearly all are such. */
  private encoded(word: string): Uint8Array {
    const { scratch } = this
    if (word.length > scratch.length) return this.encoder.encode(word)
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at)
      if (unit > 127) return this.encoder.encode(word)
      scratch[at] = unit
    }
    return scratch.subarray(0, word.length)
  }

  /** Places in the byte order of the words that begin with `prefix`: from the first, before the second. */
  prefixRange(prefix: string): [number, number] {
    const bytes = this.encoder.encode(prefix)
    const after = Uint8Array.from([...bytes, 255])
    return [this.lowerBound(bytes), this.lowerBound(after)]
  }

  word(id: number): string {
    if (!(id >= 0 && id < this.size)) throw new RangeError(`${id} is no word`)
    const known = this.known[id]
    if (known !== undefined) return known
    const { bytes, position, end } = this.words.seek(id)
    const word = this.decoder.decode(bytes.subarray(position, end))
    this.known[id] = word
    return word
  }

  frequency(id: number): number {
    return this.terms[id] ?? 0
  }
}

export class TermReader implements TermTable {
  readonly count: number
  private readonly flags: Numbers
  private readonly sources: Numbers
  private readonly perRow: Numbers
  private readonly starts: Numbers
  private readonly wordLists: RecordList
  private readonly anchors: RecordList
  private readonly postings: RecordList
  private buffer = new Uint32Array(64)

  constructor(
    sections: Sections,
    private readonly rows: RowReader,
    private readonly index: IndexReader,
    private readonly texts: TextReader,
    private readonly vocabularySize: number
  ) {
    this.flags = sections.numbers("termFlags")
    this.count = this.flags.length
    this.sources = sections.numbersOf("termSource", this.count)
    this.perRow = sections.numbersOf("rowTermCount", rows.size)
    this.starts = sections.numbersOf("rowTermStart", Math.ceil(rows.size / ROWS_A_BLOCK))
    this.wordLists = sections.records("termWordsAt", "termWordsBytes", this.count)
    this.anchors = sections.records("anchorAt", "anchorBytes", vocabularySize)
    this.postings = sections.records("postingAt", "postingBytes", vocabularySize)
  }

  private check(term: number): void {
    if (!(term >= 0 && term < this.count && Number.isInteger(term)))
      throw new RangeError(`${term} is no term`)
  }

  /** Ascending numbers below `limit`, as many as the record holds, into the shared buffer. */
  private ascending(list: RecordList, index: number, limit: number): number {
    const reader = list.seek(index)
    let value = 0
    let length = 0
    while (reader.more) {
      value += reader.varint()
      if (value >= limit) throw new PackDamaged("a list holds an unknown number")
      if (length === this.buffer.length) {
        const larger = new Uint32Array(length * 2)
        larger.set(this.buffer)
        this.buffer = larger
      }
      this.buffer[length++] = value
    }
    return length
  }

  /** Takes the length, not the call that gives it: the buffer may be another one after the call. */
  private copied(length: number): Uint32Array {
    return this.buffer.slice(0, length)
  }

  private shared(length: number): Uint32Array {
    return this.buffer.subarray(0, length)
  }

  words(term: number): Uint32Array {
    this.check(term)
    return this.copied(this.ascending(this.wordLists, term, this.vocabularySize))
  }

  /** As `words`, without a new array: valid until the next call of any method of the terms. */
  wordsShared(term: number): Uint32Array {
    return this.shared(this.ascending(this.wordLists, term, this.vocabularySize))
  }

  anchoredAt(word: number): Uint32Array {
    if (!(word >= 0 && word < this.vocabularySize)) return EMPTY
    return this.copied(this.ascending(this.anchors, word, this.count))
  }

  /** Terms that hold the word, required or optional, but not as their rarest. */
  othersAt(word: number): Uint32Array {
    if (!(word >= 0 && word < this.vocabularySize)) return EMPTY
    return this.copied(this.ascending(this.postings, word, this.count))
  }

  /** Both of the former as one list without a new array: valid until the next call of any method of the terms. */
  holdingShared(word: number, part: "anchored" | "others"): Uint32Array {
    const list = part === "anchored" ? this.anchors : this.postings
    return this.shared(this.ascending(list, word, this.count))
  }

  /** How many words must be there, at most 15. */
  wordCount(term: number): number {
    return this.flags[term]! >>> 4
  }

  row(term: number): Row {
    this.check(term)
    // The last block whose first term is not behind `term`; blocks without terms start where the next does.
    let low = 0
    let high = this.starts.length
    while (low + 1 < high) {
      const middle = (low + high) >>> 1
      if (this.starts[middle]! <= term) low = middle
      else high = middle
    }
    let row = low * ROWS_A_BLOCK
    for (let after = this.starts[low]!; row < this.rows.size; row++) {
      after += this.perRow[row]!
      if (term < after) return row
    }
    throw new PackDamaged("a term belongs to no row")
  }

  /** Terms of a row: from the first, before the second. */
  ofRow(row: number): [number, number] {
    this.rows.check(row)
    const block = Math.floor(row / ROWS_A_BLOCK)
    let from = this.starts[block]!
    for (let before = block * ROWS_A_BLOCK; before < row; before++) from += this.perRow[before]!
    const to = from + this.perRow[row]!
    if (to > this.count) throw new PackDamaged("the terms of a row are damaged")
    return [from, to]
  }

  kind(term: number): TermKind {
    this.check(term)
    const kind = TERM_KINDS[this.flags[term]! & 7]
    if (kind === undefined) throw new PackDamaged("a term is damaged")
    return kind
  }

  incomplete(term: number): boolean {
    this.check(term)
    return (this.flags[term]! & 8) !== 0
  }

  /** Index entry behind a term of the index or a table, -1 for the others. */
  entry(term: number): number {
    const kind = this.kind(term)
    return kind === "title" || kind === "inclusion" ? -1 : this.sources[term]!
  }

  text(term: number): string {
    const kind = this.kind(term)
    if (kind === "title") return this.rows.title(this.row(term))
    if (kind === "inclusion") return this.texts.get(this.sources[term]!)
    const entry = this.sources[term]!
    const path = this.index.pathText(entry)
    const see = this.index.row(entry) < 0 ? this.index.see(entry) : undefined
    return see === undefined ? path : `${path} (see ${see})`
  }

  manifestation(term: number): Row {
    const entry = this.entry(term)
    return entry < 0 ? -1 : this.index.manifestation(entry)
  }
}
