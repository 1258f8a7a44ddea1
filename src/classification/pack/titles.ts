/**
 * Titles as difference to another title, that of the parent or of the row before: how many tokens they share at
 * the start, how many at the end, and the tokens between. "Displaced fracture of shaft of left clavicle" below
 * "... of shaft of clavicle" keeps one token; of the codes of one PCS table each keeps what its last character
 * changes.
 */
import { ByteWriter } from "./bytes"
import { PackDamaged } from "./format"
import { type RecordList, RecordWriter } from "./records"
import type { TextDecoderTable, TextEncoderTable } from "./texts"

interface TitleParts {
  start: number
  end: number
  between: number[]
  /** Shares with the row before, not with the parent. */
  before: boolean
}

/** A title is put together from at most so many rows: each costs time at every reading. */
const MOST_STEPS = 8

function difference(title: readonly number[], other: readonly number[], before: boolean): TitleParts {
  const most = Math.min(title.length, other.length)
  let start = 0
  while (start < most && title[start] === other[start]) start++
  let end = 0
  while (end < most - start && title[title.length - 1 - end] === other[other.length - 1 - end]) end++
  return { start, end, between: title.slice(start, title.length - end), before }
}

/** Works on the titles in official order; the tokens between are counted before they are written. */
export class TitleCoder {
  private readonly parts: TitleParts[] = []

  constructor(
    titles: readonly string[],
    parent: Int32Array,
    private readonly table: TextEncoderTable
  ) {
    const tokens = titles.map((title) => table.take(title))
    const steps = new Uint8Array(titles.length)
    for (const [row, own] of tokens.entries()) {
      const above = parent[row]!
      let best = difference(own, above >= 0 ? tokens[above]! : [], false)
      let stepsOf = above >= 0 ? steps[above]! + 1 : 1
      if (row > 0 && steps[row - 1]! < MOST_STEPS) {
        const sibling = difference(own, tokens[row - 1]!, true)
        if (sibling.between.length < best.between.length) {
          best = sibling
          stepsOf = steps[row - 1]! + 1
        }
      }
      steps[row] = stepsOf
      this.parts.push(best)
    }
  }

  count(): void {
    for (const part of this.parts) this.table.count(part.between)
  }

  write(): RecordWriter {
    const records = new RecordWriter()
    const out = new ByteWriter()
    for (const part of this.parts) {
      out.clear()
      out.varint(part.start * 2 + (part.before ? 1 : 0))
      out.varint(part.end)
      this.table.encode(part.between, out)
      records.add(out.view())
    }
    return records
  }
}

/** ICD-10 codes have at most five levels, each of which may add its steps; a longer chain is damage. */
const MOST_CHAIN = 5 * MOST_STEPS

interface ReadParts {
  start: number
  end: number
  between: number[]
}

export class TitleReader {
  constructor(
    private readonly titles: RecordList,
    private readonly texts: TextDecoderTable,
    private readonly parentOf: (row: number) => number
  ) {}

  /** @throws PackDamaged when the records do not hold together */
  title(row: number): string {
    const chain: ReadParts[] = []
    for (let at = row; at >= 0; ) {
      if (chain.length >= MOST_CHAIN) throw new PackDamaged("a title is put together from too many")
      const reader = this.titles.seek(at)
      const first = reader.varint()
      const before = first % 2 === 1
      const part: ReadParts = { start: (first - (before ? 1 : 0)) / 2, end: reader.varint(), between: [] }
      while (reader.more) part.between.push(reader.varint())
      chain.push(part)
      // What shares nothing needs no other title.
      if (part.start === 0 && part.end === 0) break
      at = before ? at - 1 : this.parentOf(at)
    }
    let tokens: number[] = []
    for (let n = chain.length - 1; n >= 0; n--) {
      const { start, end, between } = chain[n]!
      if (start + end > tokens.length) throw new PackDamaged("a title shares more than there is")
      tokens = [...tokens.slice(0, start), ...between, ...(end > 0 ? tokens.slice(tokens.length - end) : [])]
    }
    return this.texts.decode(tokens)
  }
}
