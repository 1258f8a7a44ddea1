/**
 * Titles as difference to the parent's title: how many tokens they share at the start, how many at the end,
 * and the tokens between. "Displaced fracture of shaft of left clavicle" below "... of shaft of clavicle" keeps
 * one token; a 7th-character title keeps only what the character adds.
 */
import { ByteWriter } from "./bytes"
import { PackDamaged } from "./format"
import { type RecordList, RecordWriter } from "./records"
import { type TextDecoderTable, type TextEncoderTable, textTokens } from "./texts"

interface TitleParts {
  start: number
  end: number
  between: string[]
}

function difference(title: readonly string[], above: readonly string[]): TitleParts {
  const most = Math.min(title.length, above.length)
  let start = 0
  while (start < most && title[start] === above[start]) start++
  let end = 0
  while (end < most - start && title[title.length - 1 - end] === above[above.length - 1 - end]) end++
  return { start, end, between: title.slice(start, title.length - end) }
}

/** Works on the titles in official order; the tokens between are counted before they are written. */
export class TitleCoder {
  private readonly parts: TitleParts[] = []

  constructor(titles: readonly string[], parent: Int32Array) {
    const tokens = titles.map(textTokens)
    for (const [row, own] of tokens.entries()) {
      const above = parent[row]! >= 0 ? tokens[parent[row]!]! : []
      this.parts.push(difference(own, above))
    }
  }

  count(table: TextEncoderTable): void {
    for (const part of this.parts) table.count(part.between)
  }

  write(table: TextEncoderTable): RecordWriter {
    const records = new RecordWriter()
    const out = new ByteWriter()
    for (const part of this.parts) {
      out.clear()
      out.varint(part.start)
      out.varint(part.end)
      table.encode(part.between, out)
      records.add(out.take())
    }
    return records
  }
}

/** ICD-10 codes have at most five levels; a deeper chain is damage. */
const MAX_DEPTH = 8

export class TitleReader {
  constructor(
    private readonly titles: RecordList,
    private readonly texts: TextDecoderTable,
    private readonly parentOf: (row: number) => number
  ) {}

  /** @throws PackDamaged when the records do not hold together */
  title(row: number): string {
    const chain: number[] = []
    for (let at = row; at >= 0; at = this.parentOf(at)) {
      if (chain.push(at) > MAX_DEPTH) throw new PackDamaged("the tree of codes is too deep")
    }
    let tokens: number[] = []
    for (let n = chain.length - 1; n >= 0; n--) {
      const reader = this.titles.seek(chain[n]!)
      const start = reader.varint()
      const end = reader.varint()
      if (start + end > tokens.length) throw new PackDamaged("a title shares more than its parent has")
      const next = tokens.slice(0, start)
      while (reader.more) next.push(reader.varint())
      if (end > 0) next.push(...tokens.slice(tokens.length - end))
      tokens = next
    }
    return this.texts.decode(tokens)
  }
}
