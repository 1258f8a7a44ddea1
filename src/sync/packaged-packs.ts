/**
 * Brings the code sets, the guidelines and the lexicon of the package into the store.
 *
 * A pack is fetched whole, checked whole (length, SHA-256, and that its reader can open it) and only then
 * stored together with the pointer that makes it count, in one transaction. The worker may be stopped
 * anywhere on the way: then the pack is simply still missing and the next call does it again.
 */
import { guidelineBookSchema } from "@/classification/guidelines-schema"
import { PACK_FORMAT_VERSION } from "@/classification/pack/format"
import { openPack } from "@/classification/pack/open"
import { pickRelease } from "@/classification/releases"
import { PanelError } from "@/messages/router"
import { isReadable, type PackContent, type PackFacts, type PackMeta } from "@/store/code-database"
import { StoreError } from "@/store/errors"
import { type PacksRepository, packKey } from "@/store/packs-repository"
import type { Notices } from "./notices"
import { type PackagedPack, packsList } from "./packs-list"
import { sha256Hex } from "./sha256"

export interface PackagedPacksOptions {
  repository: PacksRepository
  notices: Notices
  /** A file of the package by its path; `platform/runtime.ts` has it. */
  fetchFile: (path: string) => Promise<Response>
  /** Called after a pack was installed or removed. */
  onChange?: () => void | Promise<void>
  now?: () => number
}

export interface PackagedPacks {
  /**
   * Imports what is missing or has changed; answers as soon as lexicon and the ICD-10-CM pack for `date`
   * are in, while the rest goes on.
   *
   * @throws PanelError "no-pack", "pack-damaged" (of the package itself); StoreError
   */
  ensure(date?: string): Promise<void>
  /** Resolves when an import that goes on behind `ensure` has ended; never rejects. */
  settled(): Promise<void>
  /**
   * A stored pack turned out damaged: drops that version and imports the packaged copy again, with a
   * notice. Does nothing when the version that counts is another one by now.
   *
   * @param key the damaged version; the one that counts when left out
   */
  repair(id: string, key?: string): Promise<void>
}

export const PACKS_FOLDER = "assets/packs"
export const LEXICON_ID = "lexicon"

const NO_LIST = "This copy of Chartside carries no code sets. Install it again."
const badFile = (id: string) =>
  new PanelError(
    "pack-damaged",
    `The code set ${id} of this copy of Chartside is damaged. Install Chartside again.`
  )

function afterRepair(id: string, imported: boolean, restored: boolean, left: boolean): string {
  if (!restored && !left) return `The code set ${id} was damaged and had to be removed. Import it again.`
  if (!restored) return `The code set ${id} was damaged: the version imported before it is used again.`
  return imported
    ? `The code set ${id} that you imported was damaged: Chartside's own copy is used. Import its files again.`
    : `The code set ${id} was damaged and has been restored from Chartside's own copy.`
}

export function createPackagedPacks(options: PackagedPacksOptions): PackagedPacks {
  const { repository, notices, fetchFile, onChange, now = Date.now } = options
  let list: Promise<PackagedPack[]> | undefined
  /** Imports under way by pack id: whoever asks meanwhile waits for the same one. */
  const underway = new Map<string, Promise<void>>()
  let rest: Promise<void> = Promise.resolve()

  async function readList(): Promise<PackagedPack[]> {
    const response = await fetchFile(`${PACKS_FOLDER}/packs.json`).catch(() => undefined)
    const json: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined
    const parsed = packsList.safeParse(json)
    if (!parsed.success || parsed.data.length === 0) throw new PanelError("no-pack", NO_LIST)
    return parsed.data
  }

  async function packaged(): Promise<PackagedPack[]> {
    list ??= readList()
    try {
      return await list
    } catch (error) {
      list = undefined
      throw error
    }
  }

  async function fetchPack({ id, file, bytes, sha256 }: PackagedPack): Promise<Uint8Array<ArrayBuffer>> {
    const response = await fetchFile(`${PACKS_FOLDER}/${file}`).catch(() => undefined)
    const buffer = response?.ok ? await response.arrayBuffer().catch(() => undefined) : undefined
    if (!buffer) throw badFile(id)
    const read = new Uint8Array(buffer)
    if (read.byteLength !== bytes || (await sha256Hex(read)) !== sha256) throw badFile(id)
    return read
  }

  /** Reads the pack once before it may count: a format that this version cannot read is never stored. */
  function contentOf(entry: PackagedPack, bytes: Uint8Array): PackContent {
    try {
      if (entry.kind === "codes") {
        const info = { ...openPack(bytes).info, id: entry.id, bytes: entry.bytes, sha256: entry.sha256 }
        return { kind: "codes", info }
      }
      const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
      if (entry.kind === "lexicon") return { kind: "lexicon" }
      const { system, release, effective } = guidelineBookSchema.parse(json)
      return { kind: "guidelines", book: { system, release, effective } }
    } catch {
      throw badFile(entry.id)
    }
  }

  async function importPack(entry: PackagedPack): Promise<void> {
    const bytes = await fetchPack(entry)
    const content = contentOf(entry, bytes)
    const facts: PackFacts & { blob: Blob } = {
      key: packKey(entry.id, entry.sha256),
      id: entry.id,
      release: entry.release,
      effectiveFrom: entry.effective.from,
      bytes: entry.bytes,
      sha256: entry.sha256,
      source: entry.source,
      channel: "package",
      complete: content.kind !== "codes" || content.info.complete,
      importedAt: now(),
      ...(content.kind === "codes" ? { format: PACK_FORMAT_VERSION } : {}),
      blob: new Blob([bytes])
    }
    await repository.install({ ...facts, ...content })
    await onChange?.()
  }

  function importOnce(entry: PackagedPack): Promise<void> {
    let running = underway.get(entry.id)
    if (!running) {
      running = importPack(entry).finally(() => underway.delete(entry.id))
      underway.set(entry.id, running)
    }
    return running
  }

  const hasComplete = (active: PackMeta[], system: string | undefined) =>
    active.some((pack) => pack.info?.system === system && pack.complete && isReadable(pack))

  /**
   * Not there, there from an older package, or there in a format of another version. A starter set is not
   * wanted beside a complete one.
   */
  function missing(entries: PackagedPack[], active: PackMeta[]): PackagedPack[] {
    return entries.filter((entry) => {
      const stored = active.find(({ id }) => id === entry.id)
      if (stored && !isReadable(stored)) return true
      if (stored) return stored.channel === "package" && stored.sha256 !== entry.sha256
      return !(entry.kind === "codes" && entry.complete === false && hasComplete(active, entry.system))
    })
  }

  /** A starter set beside a complete one has done its service. */
  const retired = (active: PackMeta[]) =>
    active.filter(
      (pack) => !pack.complete && pack.channel === "package" && hasComplete(active, pack.info?.system)
    )

  /** Looks again at what is missing: another call may have imported some of it meanwhile. */
  async function importRest(entries: PackagedPack[]): Promise<void> {
    for (const entry of missing(entries, await repository.active())) {
      try {
        await importOnce(entry)
      } catch (error) {
        // PanelError and StoreError say it plainly; anything else is told without its words.
        const why = error instanceof PanelError || error instanceof StoreError ? error.message : ""
        await notices.add(`The code set ${entry.id} could not be installed. ${why}`.trim())
      }
    }
    for (const pack of retired(await repository.active())) {
      await repository.remove(pack.id)
      await onChange?.()
    }
  }

  return {
    async ensure(date) {
      const entries = await packaged()
      const active = await repository.active()
      const wanted = missing(entries, active)
      if (wanted.length === 0 && retired(active).length === 0) return
      const codeSets = entries.filter(({ kind }) => kind === "codes")
      const needed = pickRelease(codeSets, "ICD-10-CM", date)?.release.id
      for (const entry of wanted) {
        if (entry.kind === "lexicon" || entry.id === needed) await importOnce(entry)
      }
      rest = rest.then(() => importRest(entries)).catch(() => undefined)
    },

    settled: () => rest,

    async repair(id, key) {
      const stored = (await repository.active()).find((pack) => pack.id === id)
      if (key !== undefined && stored && stored.key !== key) return
      if (stored) await repository.drop(stored.key)
      await onChange?.()
      // What the coder had imported before counts again, and is not pushed aside by the packaged copy.
      const left = (await repository.active()).find((pack) => pack.id === id)
      const entry = left?.channel === "file" ? undefined : (await packaged()).find((each) => each.id === id)
      if (entry) await importOnce(entry)
      await notices.add(afterRepair(id, stored?.channel === "file", entry !== undefined, left !== undefined))
      // Told only now: a panel that asks earlier would not see the sentence.
      await onChange?.()
    }
  }
}
