/** Packs as a hostile maker would write them: they lie, and every checksum is right. */
import {
  crc32,
  HEADER_BYTES,
  SECTION,
  type SectionName,
  TABLE_ENTRY_BYTES
} from "@/classification/pack/format"
import { readHead } from "@/classification/pack/head"

function sealed(bytes: Uint8Array, headLength: number): Uint8Array {
  const view = new DataView(bytes.buffer)
  view.setUint32(24, 0, true)
  view.setUint32(24, crc32(bytes.subarray(0, headLength)), true)
  return bytes
}

/** Another information record, without the remarks of the one there is: it must not be longer. */
export function withInfo(pack: Uint8Array, change: Record<string, unknown>): Uint8Array {
  const bytes = pack.slice()
  const { info, length, places } = readHead(bytes)
  const at = HEADER_BYTES + places.length * TABLE_ENTRY_BYTES
  // Not by spreading: "__proto__" must stay a key of the JSON.
  const entries = new Map<string, unknown>([
    ...Object.entries({ ...info, remarks: [] }),
    ...Object.entries(change)
  ])
  const json = `{${[...entries].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? "null"}`)}}`
  const record = new TextEncoder().encode(json)
  if (record.length > length - at) throw new Error("the record has no room: give the model a longer remark")
  bytes.fill(32, at, length)
  bytes.set(record, at)
  return sealed(bytes, length)
}

/** Other bytes in one section. */
export function withSection(
  pack: Uint8Array,
  name: SectionName,
  change: (section: Uint8Array) => void
): Uint8Array {
  const bytes = pack.slice()
  const { places, length } = readHead(bytes)
  const n = places.findIndex(({ id }) => id === SECTION[name])
  const place = places[n]
  if (!place) throw new Error(`no section ${name}`)
  const section = bytes.subarray(place.offset, place.offset + place.length)
  change(section)
  new DataView(bytes.buffer).setUint32(HEADER_BYTES + n * TABLE_ENTRY_BYTES + 12, crc32(section), true)
  return sealed(bytes, length)
}
