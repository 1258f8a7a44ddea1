/** A folder of official files on this machine (CHARTSIDE_RELEASES). */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { LocalSource } from "./catalogue"
import { type FoundFiles, type SourceContext, SourceUnavailable, takeMembers, verified } from "./found"

/** @throws SourceUnavailable when the folder or a file is missing, or a checksum is wrong */
export function fromLocal(source: LocalSource, context: SourceContext): FoundFiles {
  if (!context.releases)
    throw new SourceUnavailable("no folder of releases on this machine (CHARTSIDE_RELEASES)")
  if (!existsSync(context.releases)) throw new SourceUnavailable(`there is no folder ${context.releases}`)
  const found: FoundFiles = new Map()
  for (const file of source.files) {
    const { path, sha256 } = file
    let content: Uint8Array
    try {
      content = readFileSync(join(context.releases, path))
    } catch {
      throw new SourceUnavailable(`${path} is not in ${context.releases}`)
    }
    const whole = verified(path, content, sha256)
    if ("role" in file) found.set(file.role, whole)
    else for (const [role, each] of takeMembers(whole, file.members)) found.set(role, each)
  }
  return found
}
