/** What a source gives: files by their role, each with its checksum; or one plain reason why not. */
import { createHash } from "node:crypto"
import { openArchive } from "@/classification/readers/archive"
import type { SourceFile } from "@/classification/readers/text"
import type { CatalogueMember, FileRole } from "./catalogue"

export type FoundFile = SourceFile & {
  content: Uint8Array
  sha256: string
  /** The checksum was known beforehand and is right. */
  checked: boolean
}

export type FoundFiles = Map<FileRole, FoundFile>

/** The source cannot be used. The message completes "pack: source: ...". */
export class SourceUnavailable extends Error {
  override name = "SourceUnavailable"
}

export interface SourceContext {
  /** Folder of the official releases; undefined when there is none. */
  releases?: string
  cache: string
  /** Hosts that did not answer in this run, with the reason: they are not asked again. */
  deadHosts: Map<string, string>
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex")
}

/** @throws SourceUnavailable when the bytes are not those that are expected */
export function verified(name: string, content: Uint8Array, expected: string | undefined): FoundFile {
  const sha256 = sha256Of(content)
  if (expected !== undefined && sha256 !== expected) {
    throw new SourceUnavailable(
      `${name} has SHA-256 ${sha256.slice(0, 12)}..., expected ${expected.slice(0, 12)}...`
    )
  }
  return { name, content, sha256, checked: expected !== undefined }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
}

/**
 * Takes the wanted members out of an archive, one for each role. A download that is itself the wanted file
 * (plain, or a workbook, which is a zip inside) is taken whole.
 * @throws SourceUnavailable when one is missing, there twice, or has the wrong checksum
 * @throws ReaderError when the archive is damaged
 */
export function takeMembers(
  archive: { name: string; content: Uint8Array },
  members: readonly CatalogueMember[]
): FoundFiles {
  const wanted = members.map((each) => ({ ...each, matches: new RegExp(each.pattern, "i") }))
  const [only] = wanted
  if (wanted.length === 1 && only?.matches.test(baseName(archive.name))) {
    return new Map([[only.role, verified(baseName(archive.name), archive.content, only.sha256)]])
  }
  const opened = openArchive(archive, (path) => wanted.some((each) => each.matches.test(baseName(path))))
  const found: FoundFiles = new Map()
  for (const { role, matches, sha256, pattern } of wanted) {
    const hits = [...opened].filter(([path]) => matches.test(baseName(path)))
    const [hit] = hits
    if (!hit || hits.length > 1) {
      throw new SourceUnavailable(`${archive.name} holds ${hits.length || "no"} files like ${pattern}`)
    }
    found.set(role, verified(baseName(hit[0]), hit[1].content, sha256))
  }
  return found
}
