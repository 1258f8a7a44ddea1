/** Tries the sources of a pack in order and takes the first that is whole. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Provenance } from "@/classification/model"
import { ReaderError } from "@/classification/readers/reader-error"
import { CACHE_DIR, REPOSITORY } from "../paths"
import type { CatalogueSource } from "./catalogue"
import { type FoundFiles, type SourceContext, SourceUnavailable } from "./found"
import { fromLocal } from "./local"
import { fromOfficial } from "./official"
import { fromPypi } from "./pypi"

export type SourceKind = CatalogueSource["kind"] | "starter"

const KINDS: readonly SourceKind[] = ["local", "official", "pypi", "starter"]

/** CHARTSIDE_SOURCES or CHARTSIDE_RELEASES says something that cannot be. */
export class SourceSettingError extends Error {
  override name = "SourceSettingError"
}

export interface SourceSettings {
  /** Kinds that may be tried. The starter set is the last resort whether named or not. */
  kinds: ReadonlySet<SourceKind>
  /** Folder of official releases, when there is one. */
  releases?: string
}

/**
 * Settings of the environment. CHARTSIDE_SOURCES: comma-separated kinds (local, official, pypi, starter);
 * CHARTSIDE_RELEASES: folder of releases, by default ../shared/releases beside the repository; empty: none.
 * @throws SourceSettingError for an unknown kind
 */
export function sourceSettings(
  env: Readonly<Record<string, string | undefined>> = process.env
): SourceSettings {
  const listed = (env.CHARTSIDE_SOURCES ?? "").split(",").map((kind) => kind.trim())
  const named = listed.filter((kind) => kind !== "")
  const unknown = named.find((kind) => !(KINDS as readonly string[]).includes(kind))
  if (unknown !== undefined) {
    throw new SourceSettingError(`CHARTSIDE_SOURCES: "${unknown}" is none of ${KINDS.join(", ")}`)
  }
  const beside = join(REPOSITORY, "..", "shared", "releases")
  const releases = env.CHARTSIDE_RELEASES ?? (existsSync(beside) ? beside : undefined)
  return {
    kinds: new Set(named.length > 0 ? (named as SourceKind[]) : KINDS),
    ...(releases ? { releases } : {})
  }
}

export function sourceContext(settings: SourceSettings, cache = CACHE_DIR): SourceContext {
  return { cache, deadHosts: new Map(), ...(settings.releases ? { releases: settings.releases } : {}) }
}

export interface ResolvedSource {
  provenance: Provenance
  files: FoundFiles
}

function find(source: CatalogueSource, context: SourceContext): FoundFiles | Promise<FoundFiles> {
  switch (source.kind) {
    case "local":
      return fromLocal(source, context)
    case "official":
      return fromOfficial(source, context)
    case "pypi":
      return fromPypi(source, context)
  }
}

function told(files: FoundFiles): string {
  const checked = [...files.values()].filter((file) => file.checked).length
  const count = files.size === 1 ? "1 file" : `${files.size} files`
  return `${count}, SHA-256 right${checked < files.size ? ` where known (${checked})` : ""}`
}

/**
 * The first source of a pack (or of an extra of it) that gives all its files with the right checksums and that `accept` can use.
 * Each source that is tried is told in one line.
 * @param accept makes something of the files; a ReaderError it throws counts as a source that fails
 * @returns undefined when none does
 */
export async function resolvePack<T>(
  pack: { id: string; sources: readonly CatalogueSource[] },
  settings: SourceSettings,
  context: SourceContext,
  log: (line: string) => void,
  accept: (source: ResolvedSource) => T | Promise<T>
): Promise<T | undefined> {
  for (const source of pack.sources) {
    if (!settings.kinds.has(source.kind)) continue
    try {
      const files = await find(source, context)
      const provenance: Provenance = {
        source: source.name,
        files: [...files.values()].map(({ name, sha256, content }) => ({
          name,
          sha256,
          bytes: content.length
        }))
      }
      const accepted = await accept({ provenance, files })
      log(`${pack.id}: ${source.name}: ${told(files)}`)
      return accepted
    } catch (error) {
      if (!(error instanceof SourceUnavailable) && !(error instanceof ReaderError)) throw error
      log(`${pack.id}: ${source.name}: ${error.message}`)
    }
  }
  return undefined
}
