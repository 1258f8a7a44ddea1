/**
 * Texts as sequences of tokens. The wording of the classification repeats itself without end ("initial
 * encounter for closed fracture"): each token is kept once, in order of frequency, and a text is the list of
 * its token numbers, mostly one or two bytes each. A token is a word with the blank before it, or one other
 * character with the blank before it.
 */
import { ByteWriter } from "./bytes"
import { PackDamaged } from "./format"
import { type RecordList, RecordWriter } from "./records"

/** Every character of any text falls into exactly one token, in order. */
const TEXT_TOKEN = / ?[\p{L}\p{N}\p{M}]+| ?[^\p{L}\p{N}\p{M}]|[\s\S]/gu

export function textTokens(text: string): string[] {
  return text.match(TEXT_TOKEN) ?? []
}

/** No official text is near this; a longer one would be damage to the reader. */
export const MAX_TEXT_BYTES = 60_000

/** Takes texts apart first, then numbers their tokens by frequency, then encodes. */
export class TextEncoderTable {
  private readonly known = new Map<string, number>()
  private readonly counts: number[] = []
  private rank: Uint32Array | undefined

  /** Numbers of the tokens of a text, for `count` and `encode`: not those of the file. */
  take(text: string): number[] {
    return textTokens(text).map((token) => {
      const known = this.known.get(token)
      if (known !== undefined) return known
      this.known.set(token, this.counts.length)
      return this.counts.push(0) - 1
    })
  }

  count(tokens: readonly number[]): void {
    for (const token of tokens) this.counts[token]!++
  }

  /** After this no token can be counted. A token that was never counted is not kept. */
  close(): RecordWriter {
    const order = [...this.known]
      .filter(([, n]) => this.counts[n]! > 0)
      .sort((a, b) => this.counts[b[1]]! - this.counts[a[1]]! || (a[0] < b[0] ? -1 : 1))
    this.rank = new Uint32Array(this.counts.length)
    const records = new RecordWriter()
    const utf8 = new TextEncoder()
    for (const [number, [token, n]] of order.entries()) {
      this.rank[n] = number
      records.add(utf8.encode(token))
    }
    return records
  }

  encode(tokens: readonly number[], out: ByteWriter): void {
    for (const token of tokens) out.varint(this.rank![token]!)
  }
}

/** Texts by number, each text once. */
export class TextPool {
  private readonly numbers = new Map<string, number>()
  readonly texts: string[] = []

  add(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.texts.push(text) - 1
    this.numbers.set(text, number)
    return number
  }
}

/** Writes the tokens of texts as records. */
export function writeTexts(texts: readonly (readonly number[])[], table: TextEncoderTable): RecordWriter {
  const records = new RecordWriter()
  const out = new ByteWriter()
  for (const tokens of texts) {
    out.clear()
    table.encode(tokens, out)
    records.add(out.view())
  }
  return records
}

/** Turns token numbers back into strings. Each token is decoded once: a search reads hundreds of titles. */
export class TextDecoderTable {
  private readonly known: (string | undefined)[] = []
  private readonly utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

  constructor(private readonly tokens: RecordList) {}

  /** @throws PackDamaged for a token that is none, a text over MAX_TEXT_BYTES, or bytes that are no UTF-8 */
  decode(numbers: ArrayLike<number>): string {
    let text = ""
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i]!
      text += this.known[number] ?? this.token(number)
      // A text has at least as many bytes as UTF-16 units.
      if (text.length > MAX_TEXT_BYTES) throw new PackDamaged("a text is too long")
    }
    return text
  }

  private token(number: number): string {
    const { bytes, position, end } = this.tokens.seek(number)
    try {
      const token = this.utf8.decode(bytes.subarray(position, end))
      this.known[number] = token
      return token
    } catch {
      throw new PackDamaged("a text is no UTF-8")
    }
  }
}

/** The texts of a pack by their number. */
export class TextReader {
  constructor(
    private readonly list: RecordList,
    private readonly table: TextDecoderTable
  ) {}

  /** @throws PackDamaged when there is no such text */
  get(index: number): string {
    const reader = this.list.seek(index)
    const numbers: number[] = []
    while (reader.more) numbers.push(reader.varint())
    return this.table.decode(numbers)
  }
}
