/**
 * A list of records of various lengths in two sections:
 *
 *   bytes   [length varint][record] [length varint][record] ...
 *   at      number of records, then the position of every 8th record: 0, 8, 16 ...
 *
 * A record is reached by its block and at most seven steps over lengths; an offset a record would cost more
 * than many records themselves.
 */
import { ByteReader, ByteWriter } from "./bytes"
import { type Numbers, PackDamaged } from "./format"

const BLOCK = 8

export class RecordWriter {
  private readonly starts: number[] = []
  private readonly out = new ByteWriter()
  count = 0

  add(record: Uint8Array): void {
    if (this.count % BLOCK === 0) this.starts.push(this.out.length)
    this.out.varint(record.length)
    this.out.bytes(record)
    this.count++
  }

  finish(): { at: number[]; bytes: Uint8Array } {
    return { at: [this.count, ...this.starts], bytes: this.out.take() }
  }
}

export class RecordList {
  readonly count: number
  /** Stands on the record that `seek` found. Shared: use it up before the next seek. */
  private readonly reader: ByteReader

  /** @throws PackDamaged when the two do not belong together, or there are not `count` records */
  constructor(
    private readonly at: Numbers,
    bytes: Uint8Array,
    count?: number
  ) {
    this.reader = new ByteReader(bytes)
    this.count = at[0] ?? 0
    if (at.length !== Math.ceil(this.count / BLOCK) + 1 || (count !== undefined && count !== this.count)) {
      throw new PackDamaged("a list has another length than its records")
    }
  }

  /**
   * Sets the reader on record `index` and returns it.
   * @throws PackDamaged when there is no such record or the records do not hold together
   */
  seek(index: number): ByteReader {
    if (!(index >= 0 && index < this.count)) throw new PackDamaged("a record is missing")
    const reader = this.reader
    reader.range(this.at[(index >>> 3) + 1]!, reader.bytes.length)
    for (let skip = index & (BLOCK - 1); skip > 0; skip--) {
      const length = reader.varint()
      reader.range(reader.position + length, reader.bytes.length)
    }
    const length = reader.varint()
    reader.range(reader.position, reader.position + length)
    return reader
  }
}
