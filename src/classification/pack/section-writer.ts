/** Puts sections behind the head, each at a multiple of 8 bytes, and works out the checksums. */
import { ByteWriter } from "./bytes"
import {
  crc32,
  HEADER_BYTES,
  MAGIC,
  PACK_FORMAT_VERSION,
  SECTION,
  type SectionName,
  TABLE_ENTRY_BYTES
} from "./format"
import type { RecordWriter } from "./records"

interface WrittenSection {
  id: number
  width: number
  bytes: Uint8Array
}

const utf8 = new TextEncoder()

export class SectionWriter {
  private readonly sections: WrittenSection[] = []

  /** Numbers from 0 to 2^32 - 1, kept in one, two or four bytes each, whatever the greatest needs. */
  numbers(name: SectionName, values: ArrayLike<number>): void {
    let greatest = 0
    for (let i = 0; i < values.length; i++) greatest = Math.max(greatest, values[i]!)
    const width = greatest < 0x100 ? 1 : greatest < 0x10000 ? 2 : 4
    const bytes = new Uint8Array(values.length * width)
    const view = new DataView(bytes.buffer)
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!
      if (width === 1) bytes[i] = value
      else if (width === 2) view.setUint16(i * 2, value, true)
      else view.setUint32(i * 4, value, true)
    }
    this.sections.push({ id: SECTION[name], width, bytes })
  }

  bytes(name: SectionName, bytes: Uint8Array): void {
    this.sections.push({ id: SECTION[name], width: 1, bytes })
  }

  records(at: SectionName, bytes: SectionName, records: RecordWriter): void {
    const finished = records.finish()
    this.numbers(at, finished.at)
    this.bytes(bytes, finished.bytes)
  }

  /** The whole file. `info` is the information record, to which the length is added. */
  finish(info: Record<string, unknown>): Uint8Array {
    const tableBytes = this.sections.length * TABLE_ENTRY_BYTES
    // The length stands in the record and the record is part of the length: take the room it can need.
    const body = this.sections.reduce((sum, section) => sum + padded(section.bytes.length), 0)
    let record = utf8.encode(JSON.stringify({ ...info, bytes: 0 }))
    let total = 0
    for (let pass = 0; pass < 3; pass++) {
      total = padded(HEADER_BYTES + tableBytes + record.length) + body
      record = utf8.encode(JSON.stringify({ ...info, bytes: total }))
    }
    const headLength = HEADER_BYTES + tableBytes + record.length
    const file = new Uint8Array(total)
    const view = new DataView(file.buffer)
    file.set(utf8.encode(MAGIC), 0)
    view.setUint32(8, PACK_FORMAT_VERSION, true)
    view.setUint32(12, total, true)
    view.setUint32(16, this.sections.length, true)
    view.setUint32(20, record.length, true)
    let offset = padded(headLength)
    for (const [n, section] of this.sections.entries()) {
      const at = HEADER_BYTES + n * TABLE_ENTRY_BYTES
      view.setUint16(at, section.id, true)
      view.setUint16(at + 2, section.width, true)
      view.setUint32(at + 4, offset, true)
      view.setUint32(at + 8, section.bytes.length, true)
      view.setUint32(at + 12, crc32(section.bytes), true)
      file.set(section.bytes, offset)
      offset += padded(section.bytes.length)
    }
    file.set(record, HEADER_BYTES + tableBytes)
    view.setUint32(24, crc32(file.subarray(0, headLength)), true)
    return file
  }

  /** Bytes by section, for the report. */
  sizes(): Record<string, number> {
    const names = new Map(Object.entries(SECTION).map(([name, id]) => [id, name]))
    return Object.fromEntries(
      this.sections.map((section) => [names.get(section.id as never)!, section.bytes.length])
    )
  }
}

function padded(length: number): number {
  return (length + 7) & ~7
}

/** Ascending numbers as differences. */
export function writeAscending(values: ArrayLike<number>, out: ByteWriter): void {
  let before = 0
  for (let i = 0; i < values.length; i++) {
    out.varint(values[i]! - before)
    before = values[i]!
  }
}

export { ByteWriter }
