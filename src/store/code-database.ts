/**
 * Code sets, guidelines and lexicon. Apart from the user's own data, so that no update of a code set can touch that;
 * all of it can be made again from the package.
 */
import Dexie, { type EntityTable } from "dexie"
import type { EditTableFacts } from "@/classification/edits/types"
import type { GuidelineBook } from "@/classification/guidelines-api"
import { PACK_FORMAT_VERSION } from "@/classification/pack/format"
import type { PackInfo } from "@/classification/pack-api"
import { codeVersions } from "./code-versions"
import { declare } from "./versions"

/** What is known of a stored pack without opening it. */
export interface PackFacts {
  /** "<id>@<first 16 of the SHA-256>": two versions of one pack lie side by side. */
  key: string
  /** "icd10cm-FY2026", "lexicon" */
  id: string
  release: string
  effectiveFrom: string
  bytes: number
  sha256: string
  source: string
  /** How it came here. Packs of the package are replaced by those of a newer package; the coder's own are not. */
  channel: "package" | "file" | "feed"
  complete: boolean
  importedAt: number
  /** Code sets: `PACK_FORMAT_VERSION` of the compiler that made it; rows written before it was noted lack it. */
  format?: number
}

/** Which book of guidelines it is, so that the date can pick one without reading them all. */
export type GuidelinesFacts = Pick<GuidelineBook, "system" | "release" | "effective">

/** What kind of thing the bytes are, and what is known of it without reading them. */
export type PackContent =
  | { kind: "codes"; info: PackInfo }
  | { kind: "lexicon"; info?: undefined }
  | { kind: "guidelines"; info?: undefined; book: GuidelinesFacts }
  | { kind: "edits"; info?: undefined; facts: EditTableFacts }

export type PackMeta = PackFacts & PackContent
export type StoredPack = PackMeta & { blob: Blob }

/** False for a code set that a compiler of another format made: this program cannot open it. */
export const isReadable = ({ kind, format = 1 }: PackMeta): boolean =>
  kind !== "codes" || format === PACK_FORMAT_VERSION

/** Which version of a pack counts. */
export interface ActivePack {
  id: string
  key: string
  /** The version before this one, kept to fall back on. */
  previous?: string
}

export class CodeDatabase extends Dexie {
  packs!: EntityTable<StoredPack, "key">
  active!: EntityTable<ActivePack, "id">

  constructor(name = "chartside-code") {
    super(name)
    declare(this, codeVersions)
  }
}
