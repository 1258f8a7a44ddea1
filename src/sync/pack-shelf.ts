/**
 * The packs of one worker life: each is opened when first asked for and kept while the worker lives.
 * Opening does the cheap checks only. A pack that fails them is repaired from the package once; the full
 * SHA-256 is worked out once in a browser session, when nobody waits.
 */
import type { EditTable } from "@/classification/edits/types"
import type { CodePack, PackInfo } from "@/classification/pack-api"
import { isReadable } from "@/store/code-database"
import type { PacksRepository } from "@/store/packs-repository"
import {
  DamagedPackError,
  openStoredEdits,
  openStoredPack,
  packBytes,
  readStoredJson
} from "@/store/stored-packs"
import type { KeyValues } from "./notices"
import { LEXICON_ID } from "./packaged-packs"
import { sha256Hex } from "./sha256"

export interface PackShelfOptions {
  repository: PacksRepository
  /** Drops a damaged version and imports it again (`PackagedPacks.repair`). */
  repair: (id: string, key: string) => Promise<void>
  /** `session` of platform/storage.ts: which packs were checked whole since the browser started. */
  session: KeyValues
}

export interface PackShelf {
  /** The code sets that count and can be opened, by id. */
  infos(): Promise<PackInfo[]>
  /** @throws MissingPackError, StoreError, and DamagedPackError when the repaired copy is damaged too */
  codes(id: string): Promise<CodePack>
  /** Claim edits that the coder imported, opened. Same errors. */
  edits(): Promise<EditTable[]>
  /** The lexicon as parsed JSON, and its SHA-256. Same errors. */
  lexicon(): Promise<{ value: unknown; sha256: string }>
  /** Packs were installed or removed: what comes next is read again. What was handed out stays good. */
  forget(): void
  /** Full SHA-256 of every pack that was not checked in this browser session; repairs what fails. */
  verifyAll(): Promise<void>
  /** Full SHA-256 of one pack, now; repairs it when it fails. A page could not open it. */
  recheck(id: string): Promise<void>
}

const VERIFIED = "packs.verified"

export function createPackShelf({ repository, repair, session }: PackShelfOptions): PackShelf {
  const opened = new Map<string, Promise<unknown>>()
  let active: ReturnType<PacksRepository["active"]> | undefined

  async function metas() {
    active ??= repository.active()
    try {
      return await active
    } catch (error) {
      active = undefined
      throw error
    }
  }

  function forget() {
    opened.clear()
    active = undefined
  }

  async function readOrRepair<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof DamagedPackError)) throw error
      await repair(error.id, error.key)
      return await read()
    }
  }

  function keep<T>(id: string, read: () => Promise<T>): Promise<T> {
    const known = opened.get(id)
    if (known) return known as Promise<T>
    const fresh = readOrRepair(read)
    opened.set(id, fresh)
    fresh.catch(() => {
      if (opened.get(id) === fresh) opened.delete(id)
    })
    return fresh
  }

  async function verified(): Promise<string[]> {
    const stored = await session.get(VERIFIED)
    return Array.isArray(stored) ? stored : []
  }

  /** True when the stored bytes are what they should be; a pack that is not is repaired. */
  async function check(id: string): Promise<boolean> {
    const stored = await repository.read(id)
    if (!stored) return false
    const sound = await packBytes(stored).then(
      async (bytes) => (await sha256Hex(bytes)) === stored.sha256,
      () => false
    )
    if (!sound) {
      await repair(id, stored.key)
      forget()
    }
    return sound
  }

  return {
    infos: async () =>
      (await metas()).flatMap((meta) => (meta.kind === "codes" && isReadable(meta) ? [meta.info] : [])),

    codes: (id) => keep(id, () => openStoredPack(repository, id)),

    edits: async () => {
      const ids = (await metas()).filter(({ kind }) => kind === "edits").map(({ id }) => id)
      return Promise.all(ids.map((id) => keep(id, () => openStoredEdits(repository, id))))
    },

    lexicon: () =>
      keep(LEXICON_ID, async () => {
        const value = await readStoredJson(repository, LEXICON_ID)
        const meta = (await metas()).find(({ id }) => id === LEXICON_ID)
        return { value, sha256: meta?.sha256 ?? "" }
      }),

    forget,

    async verifyAll() {
      for (const { id, key } of (await repository.active()).filter(isReadable)) {
        const done = await verified()
        if (done.includes(key)) continue
        if (await check(id)) await session.set(VERIFIED, [...done, key])
      }
    },

    async recheck(id) {
      await check(id)
    }
  }
}
