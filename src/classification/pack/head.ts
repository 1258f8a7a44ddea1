/** The head of a pack: checked whole at every opening, and cheap. */
import type { PackInfo } from "../pack-api"
import { isIsoDate } from "../releases"
import {
  crc32,
  HEADER_BYTES,
  MAGIC,
  type Numbers,
  PACK_FORMAT_VERSION,
  PackDamaged,
  SECTION,
  type SectionName,
  TABLE_ENTRY_BYTES
} from "./format"
import { isSystem } from "./pack-id"
import { RecordList } from "./records"

export interface SectionPlace {
  id: number
  width: number
  offset: number
  length: number
  crc: number
}

export interface Head {
  info: PackInfo
  places: SectionPlace[]
  /** Where the head ends; sections start at the next multiple of 8. */
  length: number
}

/** @throws PackDamaged for anything that is not a whole pack of this format */
export function readHead(bytes: Uint8Array): Head {
  if (bytes.length < HEADER_BYTES) throw new PackDamaged("the file is too short for a pack")
  for (let i = 0; i < MAGIC.length; i++) {
    if (bytes[i] !== MAGIC.charCodeAt(i)) throw new PackDamaged("the file is no pack")
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(8, true)
  if (version !== PACK_FORMAT_VERSION) {
    throw new PackDamaged(`the pack has format ${version}, this program reads format ${PACK_FORMAT_VERSION}`)
  }
  if (view.getUint32(12, true) !== bytes.length) throw new PackDamaged("the pack is cut off or too long")
  const count = view.getUint32(16, true)
  const infoLength = view.getUint32(20, true)
  const infoAt = HEADER_BYTES + count * TABLE_ENTRY_BYTES
  const length = infoAt + infoLength
  if (count > 1000 || length > bytes.length) throw new PackDamaged("the head of the pack is damaged")
  // A copy whatever kind of bytes came: the slice of a Node Buffer would be a view on the pack itself.
  const head = new Uint8Array(bytes.subarray(0, length))
  head.fill(0, 24, 28)
  if (crc32(head) !== view.getUint32(24, true)) throw new PackDamaged("the head of the pack is damaged")
  const places: SectionPlace[] = []
  for (let n = 0; n < count; n++) {
    const at = HEADER_BYTES + n * TABLE_ENTRY_BYTES
    const place = {
      id: view.getUint16(at, true),
      width: view.getUint16(at + 2, true),
      offset: view.getUint32(at + 4, true),
      length: view.getUint32(at + 8, true),
      crc: view.getUint32(at + 12, true)
    }
    const fits =
      place.offset % 8 === 0 && place.offset >= length && place.offset + place.length <= bytes.length
    if (!fits || ![1, 2, 4].includes(place.width) || place.length % place.width !== 0) {
      throw new PackDamaged("the section table is damaged")
    }
    places.push(place)
  }
  return { info: readInfo(bytes.subarray(infoAt, length)), places, length }
}

function readInfo(bytes: Uint8Array): PackInfo {
  let info: unknown
  try {
    info = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch {
    throw new PackDamaged("the information record is damaged")
  }
  if (!isPackInfo(info)) throw new PackDamaged("the information record is damaged")
  return info
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === "string" && value.length <= most
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** Whatever maker a pack has: what is wrong here would break every screen and answer that lists packs. */
function isPackInfo(value: unknown): value is PackInfo {
  if (typeof value !== "object" || value === null) return false
  const info = value as Record<string, unknown>
  const { effective, remarks, borrowedFrom } = info
  if (typeof effective !== "object" || effective === null) return false
  const { from, to } = effective as Record<string, unknown>
  return (
    isSystem(info.system) &&
    isText(info.id, 100) &&
    isText(info.release, 60) &&
    isText(info.source, 300) &&
    isText(info.sha256, 64) &&
    (borrowedFrom === undefined || isText(borrowedFrom, 60)) &&
    typeof info.complete === "boolean" &&
    Array.isArray(remarks) &&
    remarks.length <= 100 &&
    remarks.every((remark) => isText(remark, 20_000)) &&
    isIsoDate(from) &&
    (to === undefined || (isIsoDate(to) && from <= to)) &&
    isCount(info.codes) &&
    isCount(info.billable) &&
    info.billable <= info.codes &&
    isCount(info.bytes)
  )
}

/** The sections of a pack as views on its bytes. */
export class Sections {
  private readonly places: ReadonlyMap<number, SectionPlace>

  constructor(
    private readonly bytes: Uint8Array,
    head: Head
  ) {
    this.places = new Map(head.places.map((place) => [place.id, place]))
  }

  private place(name: SectionName): SectionPlace {
    const place = this.places.get(SECTION[name])
    if (!place) throw new PackDamaged(`the section ${name} is missing`)
    return place
  }

  raw(name: SectionName): Uint8Array {
    const { offset, length } = this.place(name)
    return this.bytes.subarray(offset, offset + length)
  }

  numbers(name: SectionName): Numbers {
    const { offset, length, width } = this.place(name)
    const at = this.bytes.byteOffset + offset
    if (width === 1) return new Uint8Array(this.bytes.buffer, at, length)
    if (width === 2) return new Uint16Array(this.bytes.buffer, at, length / 2)
    return new Uint32Array(this.bytes.buffer, at, length / 4)
  }

  /** @param length how many there must be */
  numbersOf(name: SectionName, length: number): Numbers {
    const numbers = this.numbers(name)
    if (numbers.length !== length) throw new PackDamaged(`the section ${name} has a wrong length`)
    return numbers
  }

  records(at: SectionName, bytes: SectionName, count?: number): RecordList {
    return new RecordList(this.numbers(at), this.raw(bytes), count)
  }
}
