/** Official downloads come zipped or plain: both become named members. */
import { unzipSync } from "fflate"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

/** The largest official archive holds 22 MB unpacked; anything far beyond is damaged or hostile. */
const MAX_UNPACKED_BYTES = 256 * 1024 * 1024

function isZip(bytes: Uint8Array): boolean {
  // "PK" with a local file header, or the end record of an empty archive.
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

/**
 * The members of a zip file, or the file itself when it is no zip. Names keep their folders; folders
 * themselves are left out.
 * @param wanted only members whose name it accepts are unpacked; default: all
 * @throws ReaderError when the archive is damaged, too large, or holds none of what is wanted
 */
export function openArchive(
  file: { name: string; content: Uint8Array },
  wanted: (name: string) => boolean = () => true
): Map<string, SourceFile & { content: Uint8Array }> {
  const members = new Map<string, SourceFile & { content: Uint8Array }>()
  if (!isZip(file.content)) {
    members.set(file.name, file)
    return members
  }
  let unpacked = 0
  let unzipped: Record<string, Uint8Array>
  try {
    unzipped = unzipSync(file.content, {
      filter: (member) => {
        if (member.name.endsWith("/") || !wanted(member.name)) return false
        unpacked += member.originalSize
        if (unpacked > MAX_UNPACKED_BYTES) {
          throw new ReaderError(
            file.name,
            undefined,
            `an archive of at most ${MAX_UNPACKED_BYTES / 1024 / 1024} MB unpacked`,
            "more"
          )
        }
        return true
      }
    })
  } catch (error) {
    if (error instanceof ReaderError) throw error
    throw new ReaderError(file.name, undefined, "a whole zip archive", `damage (${(error as Error).message})`)
  }
  for (const [name, content] of Object.entries(unzipped)) {
    members.set(name, { name: `${file.name}/${name}`, content })
  }
  if (members.size === 0)
    throw new ReaderError(file.name, undefined, "the files this release needs", "none of them")
  return members
}
