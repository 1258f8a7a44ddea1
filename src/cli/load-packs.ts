/** Packs for the commands: built when missing, verified by SHA-256, opened on first use, picked by date. */
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { System } from "@/classification/model"
import { openPack, PackDamaged } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import type { Lexicon } from "@/engine/lexicon-types"
import { type PackEntry, PackFileError, type PacksManifest, readPacksManifest } from "./packs-manifest"
import { PACKS_DIR } from "./paths"

export interface PickedPacks {
  /** One for each system that is installed: ICD-10-CM first, then HCPCS. */
  packs: CodePack[]
  /** Plain sentences: no date given, a nearest earlier release, a starter set. */
  notices: string[]
  /** True when every pack is in force on the date: only then may a release check pass. */
  exact: boolean
}

const SYSTEMS: readonly System[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]

/** The packs of one folder. Each is opened once, when first asked for. */
export class PackShelf {
  private readonly opened = new Map<string, CodePack>()

  constructor(
    readonly dir: string,
    readonly manifest: PacksManifest
  ) {}

  /** Entries of code sets, in the order of packs.json. */
  get codeSets(): PackEntry[] {
    return this.manifest.filter((entry) => entry.kind === "codes")
  }

  /** @throws PackFileError when the file is missing or is not what packs.json says */
  bytes(entry: PackEntry): Uint8Array {
    const path = join(this.dir, entry.file)
    let bytes: Uint8Array
    try {
      bytes = readFileSync(path)
    } catch {
      throw new PackFileError(`${path} cannot be read; build the packs again with: npm run packs`)
    }
    const sha256 = createHash("sha256").update(bytes).digest("hex")
    if (sha256 !== entry.sha256) {
      throw new PackFileError(`${path} is damaged (wrong SHA-256); build the packs again with: npm run packs`)
    }
    return bytes
  }

  open(entry: PackEntry): CodePack {
    const known = this.opened.get(entry.id)
    if (known) return known
    const bytes = this.bytes(entry)
    let pack: CodePack
    try {
      pack = openPack(bytes)
    } catch (error) {
      if (!(error instanceof PackDamaged)) throw error
      throw new PackFileError(
        `${join(this.dir, entry.file)} is no pack of this version (${error.message}); build it again with: npm run packs`
      )
    }
    pack.info.sha256 = entry.sha256
    this.opened.set(entry.id, pack)
    return pack
  }

  /** The pack of each system that counts on `date` (ISO; missing: the newest), with what must be said. */
  pick(date?: string): PickedPacks {
    const packs: CodePack[] = []
    const notices: string[] = []
    let exact = true
    for (const system of SYSTEMS) {
      const picked = pickRelease(this.codeSets, system, date)
      if (!picked) continue
      const pack = this.open(picked.release)
      packs.push(pack)
      if (picked.notice) notices.push(picked.notice)
      if (picked.fit !== "exact") exact = false
      if (!pack.info.complete)
        notices.push(`Starter set: ${system}, ${pack.info.billable} codes, not complete.`)
    }
    return { packs, notices, exact }
  }

  /** The lexicon: checked when it was built, and the same file by its SHA-256. @throws PackFileError */
  lexicon(): Lexicon {
    const entry = this.manifest.find((each) => each.kind === "lexicon")
    if (!entry) throw new PackFileError(`${this.dir} holds no lexicon; build it with: npm run packs`)
    return JSON.parse(Buffer.from(this.bytes(entry)).toString("utf8")) as Lexicon
  }
}

/**
 * Opens the pack folder of a command. Without `dir` it is the repository's own, and what is missing or out of
 * date there is built first (a line of progress each on stderr).
 * @throws PacksManifestError when a folder given by hand has no usable packs.json
 */
export async function loadPacks(dir?: string): Promise<PackShelf> {
  if (dir !== undefined) return new PackShelf(dir, readPacksManifest(dir))
  const { ensurePacks } = await import("./pack-builder")
  const manifest = await ensurePacks({ log: (line) => process.stderr.write(`${line}\n`) })
  return new PackShelf(PACKS_DIR, manifest)
}
