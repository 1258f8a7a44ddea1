/** Official downloads come zipped, zips within a zip, or plain: all become named members. */
import { unzipSync } from "fflate"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"
import { crc32, zipEntries } from "./zip-directory"

/** The largest official archive holds 22 MB unpacked; anything far beyond is damaged or hostile. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024
/** The largest official archive has a dozen members. */
const MAX_MEMBERS = 1000
/** CMS puts zips into a zip at times, never deeper. */
const MAX_DEPTH = 3
const INNER = /\.zip$/i

export type Member = SourceFile & { content: Uint8Array }

function isZip(bytes: Uint8Array): boolean {
  // "PK" with a local file header, or the end record of an empty archive.
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/**
 * The members of a zip file, or the file itself when it is no zip. Names keep their folders; folders
 * themselves are left out. A zip inside is always opened, its members named behind its own name. Every checksum
 * is compared: a member is whole or the archive is refused.
 * @param wanted only members whose name it accepts are unpacked; default: all
 * @throws ReaderError when the archive is damaged, too large, or holds none of what is wanted
 */
export function openArchive(
  file: { name: string; content: Uint8Array },
  wanted: (name: string) => boolean = () => true
): Map<string, Member> {
  const members = new Map<string, Member>()
  if (!isZip(file.content)) {
    members.set(file.name, file)
    return members
  }
  unpack(file, "", wanted, members, { bytes: 0, members: 0 }, 1)
  if (members.size === 0)
    throw new ReaderError(file.name, undefined, "the files this release needs", "none of them")
  return members
}

/** What was unpacked so far, of all archives within one. */
interface Spent {
  bytes: number
  members: number
}

function unpack(
  file: { name: string; content: Uint8Array },
  folder: string,
  wanted: (name: string) => boolean,
  members: Map<string, Member>,
  spent: Spent,
  depth: number
): void {
  const refuse = (expected: string, found: string): never => {
    throw new ReaderError(file.name, undefined, expected, found)
  }
  if (depth > MAX_DEPTH) refuse(`archives at most ${MAX_DEPTH} deep`, "deeper ones")
  let unzipped: Record<string, Uint8Array>
  try {
    unzipped = unzipSync(file.content, {
      filter: ({ name, size, originalSize }) => {
        if (++spent.members > MAX_MEMBERS) refuse(`an archive of at most ${MAX_MEMBERS} members`, "more")
        if (name.endsWith("/") || !(wanted(name) || INNER.test(name))) return false
        // What is stored unpacked is copied by its packed size, whatever it claims: many names may share one body.
        spent.bytes += Math.max(size, originalSize)
        if (spent.bytes > MAX_UNPACKED_BYTES) {
          refuse(`an archive of at most ${MAX_UNPACKED_BYTES / 1024 / 1024} MB unpacked`, "more")
        }
        return true
      }
    })
  } catch (error) {
    if (error instanceof ReaderError) throw error
    throw new ReaderError(file.name, undefined, "a whole zip archive", `damage (${(error as Error).message})`)
  }
  const checksums = new Map((zipEntries(file.content) ?? []).map(({ name, crc }) => [name, crc]))
  for (const [name, content] of Object.entries(unzipped)) {
    if (checksums.get(name) !== crc32(content))
      refuse(`${name} whole in the archive`, "damage (wrong checksum)")
    const member = { name: `${file.name}/${name}`, content }
    if (INNER.test(name) && isZip(content)) {
      unpack(member, `${folder}${name}/`, wanted, members, spent, depth + 1)
    } else if (wanted(name)) {
      members.set(`${folder}${name}`, member)
    }
  }
}
