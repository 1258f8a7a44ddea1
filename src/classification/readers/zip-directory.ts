/**
 * Checksums of a zip file. The unpacking library does not compare them, so a flipped byte in stored or packed
 * text would pass unseen.
 */

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
/** The end record with the longest comment. */
const LONGEST_END = 22 + 0xffff

export interface ZipEntry {
  name: string
  crc: number
}

/** Entries by their order in the central directory; undefined when there is none that can be read. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && end >= bytes.length - LONGEST_END && view.getUint32(end, true) !== END_OF_DIRECTORY)
    end--
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY) return undefined
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  const entries: ZipEntry[] = []
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) return undefined
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > bytes.length) return undefined
    const name = bytes.subarray(at + 46, at + 46 + nameLength)
    // Bit 11 of the flags: the name is UTF-8; else fflate takes each byte for a character.
    const utf8 = (view.getUint16(at + 8, true) & 2048) !== 0
    entries.push({
      name: utf8 ? new TextDecoder().decode(name) : latin1(name),
      crc: view.getUint32(at + 16, true)
    })
    at = next
  }
  return entries
}

function latin1(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

let table: Uint32Array | undefined

/** CRC-32 as zip files use it. */
export function crc32(bytes: Uint8Array): number {
  if (!table) {
    table = new Uint32Array(256)
    for (let n = 0; n < 256; n++) {
      let value = n
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
      table[n] = value
    }
  }
  let crc = 0xffffffff
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 255]!
  return ~crc >>> 0
}
