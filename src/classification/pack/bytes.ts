/** Variable-length numbers (7 bits a byte, low bits first) and the buffers they are written to. */
import { PackDamaged } from "./format"

/** A byte buffer that grows. */
export class ByteWriter {
  private buffer = new Uint8Array(1024)
  length = 0

  private room(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.length + more))
    larger.set(this.buffer.subarray(0, this.length))
    this.buffer = larger
  }

  byte(value: number): void {
    this.room(1)
    this.buffer[this.length++] = value
  }

  bytes(values: Uint8Array): void {
    this.room(values.length)
    this.buffer.set(values, this.length)
    this.length += values.length
  }

  /** @param value whole number from 0 to 2^32 - 1 */
  varint(value: number): void {
    this.room(5)
    let rest = value
    while (rest > 127) {
      this.buffer[this.length++] = (rest & 127) | 128
      rest = Math.floor(rest / 128)
    }
    this.buffer[this.length++] = rest
  }

  /** The bytes written so far; the writer may be used on. */
  take(): Uint8Array {
    return this.buffer.slice(0, this.length)
  }

  /** The same without a copy: only until the writer is used again. */
  view(): Uint8Array {
    return this.buffer.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}

/** Reads within bounds that were set before; running over them means damage. */
export class ByteReader {
  position = 0
  end = 0

  constructor(readonly bytes: Uint8Array) {}

  /** @throws PackDamaged when the range is not inside the bytes */
  range(start: number, end: number): void {
    if (!(start >= 0 && start <= end && end <= this.bytes.length))
      throw new PackDamaged("a record lies outside its section")
    this.position = start
    this.end = end
  }

  get more(): boolean {
    return this.position < this.end
  }

  /** @throws PackDamaged at the end of the range, or for a number over 32 bits */
  varint(): number {
    const { bytes } = this
    if (this.position >= this.end) throw new PackDamaged("a record ends within a number")
    let byte = bytes[this.position++]!
    if (byte < 128) return byte
    let value = byte & 127
    let weight = 128
    for (let n = 1; n < 5; n++) {
      if (this.position >= this.end) throw new PackDamaged("a record ends within a number")
      byte = bytes[this.position++]!
      value += (byte & 127) * weight
      if (byte < 128) {
        if (value > 0xffffffff) break
        return value
      }
      weight *= 128
    }
    throw new PackDamaged("a number is too long")
  }
}

/** Compares the rest of a reader's range with `wanted`, in the order of the bytes. */
export function compareRecord(reader: ByteReader, wanted: Uint8Array): number {
  const { bytes, position, end } = reader
  const shorter = Math.min(end - position, wanted.length)
  for (let i = 0; i < shorter; i++) {
    const difference = bytes[position + i]! - wanted[i]!
    if (difference !== 0) return difference
  }
  return end - position - wanted.length
}

/** Order of the bytes of UTF-8, which is the order of code points, not of UTF-16 units. */
export function compareUtf8(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
