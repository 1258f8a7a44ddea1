/** A package with real little packs, a store in memory, and faults on request. */
import Dexie from "dexie"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { CodeDatabase } from "@/store/code-database"
import { toStoreError } from "@/store/errors"
import { createPacksRepository, type PacksRepository } from "@/store/packs-repository"
import { createImportedPacks } from "@/sync/imported-packs"
import { createNotices, type KeyValues } from "@/sync/notices"
import { createPackShelf } from "@/sync/pack-shelf"
import { createPackagedPacks } from "@/sync/packaged-packs"
import type { PackagedPack } from "@/sync/packs-list"
import { sha256Hex } from "@/sync/sha256"

export function model(release: string, changes: Partial<CodeSetModel> = {}): CodeSetModel {
  const year = Number(/20\d\d/.exec(release)?.[0] ?? 2026)
  return {
    system: "ICD-10-CM",
    release,
    effective: { from: `${year - 1}-10-01`, to: `${year}-09-30` },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: [
      { code: "I10", title: "Essential (primary) hypertension", billable: true, notes: [] },
      { code: "J449", title: "Chronic obstructive pulmonary disease, unspecified", billable: true, notes: [] }
    ],
    sections: [],
    index: [],
    ...changes
  }
}

export interface PackedFile {
  entry: PackagedPack
  bytes: Uint8Array<ArrayBuffer>
}

export async function packed(from: CodeSetModel, id: string): Promise<PackedFile> {
  const bytes = new Uint8Array(compilePack(from))
  const entry: PackagedPack = {
    id,
    kind: "codes",
    system: from.system,
    release: from.release,
    effective: from.effective,
    file: `${id}.bin`,
    bytes: bytes.length,
    sha256: await sha256Hex(bytes),
    complete: from.complete,
    source: "test"
  }
  return { entry, bytes }
}

export const lexicon = (text = '{"words":[]}') => jsonPack(text, "lexicon", "lexicon")

export async function jsonPack(
  text: string,
  id: string,
  kind: "lexicon" | "guidelines"
): Promise<PackedFile> {
  const bytes = new Uint8Array(new TextEncoder().encode(text))
  const entry: PackagedPack = {
    id,
    kind,
    release: "1",
    effective: { from: "2026-01-01" },
    file: `${id}.json`,
    bytes: bytes.length,
    sha256: await sha256Hex(bytes),
    source: "chartside"
  }
  return { entry, bytes }
}

export const fullPackage = async () => [
  await packed(model("FY2026"), "icd10cm-FY2026"),
  await packed(model("FY2027"), "icd10cm-FY2027"),
  await packed(
    model("2025-10", {
      system: "HCPCS",
      effective: { from: "2025-10-01" },
      codes: [{ code: "E0110", title: "Crutches, forearm", billable: true, notes: [] }]
    }),
    "hcpcs-2025-10"
  ),
  await lexicon()
]

export const starterPackage = async () => [
  await packed(model("FY2026", { complete: false }), "icd10cm-starter"),
  await lexicon()
]

/** Files of the extension's package. `serve` may be replaced to make them fail. */
export function createPackage(files: PackedFile[]) {
  const state = {
    files: new Map<string, Uint8Array<ArrayBuffer>>(),
    fetched: [] as string[],
    fail: undefined as ((path: string) => Response | Error | undefined) | undefined
  }
  const put = (next: PackedFile[]) => {
    state.files = new Map(next.map(({ entry, bytes }) => [`assets/packs/${entry.file}`, bytes]))
    const list = JSON.stringify(next.map(({ entry }) => entry))
    state.files.set("assets/packs/packs.json", new Uint8Array(new TextEncoder().encode(list)))
  }
  put(files)
  const fetchFile = async (path: string): Promise<Response> => {
    state.fetched.push(path.split("/").at(-1) ?? "")
    const failure = state.fail?.(path)
    if (failure instanceof Error) throw failure
    if (failure) return failure
    const bytes = state.files.get(path)
    if (!bytes) throw new TypeError("Failed to fetch")
    return new Response(bytes.slice())
  }
  return { state, put, fetchFile }
}

export function memoryArea(): KeyValues & { map: Map<string, unknown> } {
  const map = new Map<string, unknown>()
  return {
    map,
    get: async (key) => structuredClone(map.get(key)),
    set: async (key, value) => void map.set(key, value)
  }
}

/** The same disk and session for several worker lives: `wake()` is a new worker. */
export function createWorld(files: PackedFile[]) {
  const source = createPackage(files)
  const session = memoryArea()
  const database = new CodeDatabase()
  const disk = createPacksRepository(database)
  return {
    source,
    session,
    database,
    disk,
    wake(repository: PacksRepository = disk) {
      let changes = 0
      const notices = createNotices(session)
      const onChange = () => {
        changes++
        shelf.forget()
      }
      const packaged = createPackagedPacks({ repository, notices, fetchFile: source.fetchFile, onChange })
      const imported = createImportedPacks({ repository, packaged, onChange })
      const shelf = createPackShelf({ repository, repair: packaged.repair, session })
      return { packaged, imported, shelf, notices, changes: () => changes }
    },
    async end() {
      database.close()
      await Dexie.delete("chartside-code")
    }
  }
}

export type World = ReturnType<typeof createWorld>

/** What a full disk gives with unlimitedStorage. */
export const diskFull = () =>
  toStoreError(Object.assign(new Error("Failed to write blobs"), { name: "DataError" }))

/** The repository with the n-th call to one of its methods failing; `after` = the write happened all the same. */
export function failing(inner: PacksRepository, n: number, after = false): PacksRepository {
  let calls = 0
  const wrap =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const hit = ++calls === n
      if (hit && !after) throw diskFull()
      const result = await method(...args)
      if (hit) throw diskFull()
      return result
    }
  return {
    active: wrap(inner.active),
    read: wrap(inner.read),
    install: wrap(inner.install),
    stage: wrap(inner.stage),
    version: wrap(inner.version),
    activate: wrap(inner.activate),
    sweep: wrap(inner.sweep),
    removeImported: wrap(inner.removeImported),
    unreadable: wrap(inner.unreadable),
    drop: wrap(inner.drop),
    remove: wrap(inner.remove)
  }
}

/** What must hold at any moment: whatever counts is whole. Returns the ids that count. */
export async function soundIds({ disk }: Pick<World, "disk">): Promise<string[]> {
  const ids: string[] = []
  for (const { id, sha256, bytes } of await disk.active()) {
    const blob = (await disk.read(id))?.blob
    const read = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
    if (read.length !== bytes || (await sha256Hex(read)) !== sha256)
      throw new Error(`half a pack counts: ${id}`)
    ids.push(id)
  }
  return ids.sort()
}

/** Overwrites the stored bytes of a pack, behind everybody's back. */
export async function damage({ database, disk }: World, id: string, at = 3, cut?: number): Promise<void> {
  const stored = await disk.read(id)
  if (!stored) throw new Error(`no ${id} to damage`)
  const bytes = new Uint8Array(await stored.blob.arrayBuffer())
  bytes[at] = (bytes[at] ?? 0) ^ 0xff
  await database.packs.put({ ...stored, blob: new Blob([cut === undefined ? bytes : bytes.slice(0, cut)]) })
}
