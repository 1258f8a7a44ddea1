import { type CodeDatabase, isReadable, type PackMeta, type StoredPack } from "./code-database"
import { inStore, StoreError } from "./errors"

export const packKey = (id: string, sha256: string): string => `${id}@${sha256.slice(0, 16)}`

/** Everything throws StoreError. */
export interface PacksRepository {
  /** The packs that count, without their bytes; by id. */
  active(): Promise<PackMeta[]>
  /** The version of a pack that counts, with its Blob (a handle: nothing is read until it is asked). */
  read(id: string): Promise<StoredPack | undefined>
  /**
   * Stores a pack and makes it count, in one transaction: either both or nothing. The version that counted
   * before is kept as `previous`, anything older of the same id goes.
   */
  install(pack: StoredPack): Promise<void>
  /**
   * Stores packs that do not count yet: a page hands them over, the worker checks them and lets them count.
   * All or none. A version that is there already keeps what it counts as.
   */
  stage(packs: readonly StoredPack[]): Promise<void>
  /** One version, whether it counts or not. */
  version(key: string): Promise<StoredPack | undefined>
  /** Makes staged versions count, all of them in one transaction or none. @throws StoreError also when one is gone */
  activate(keys: readonly string[]): Promise<void>
  /** Removes versions that do not count and are older than `before` (ms): their page was closed on the way. */
  sweep(before: number): Promise<void>
  /** Removes what the coder imported under this id; the packaged version counts again when it is still there. */
  removeImported(id: string): Promise<void>
  /** Imported packs that this program cannot open: kept so that the coder can be told which they were. */
  unreadable(): Promise<PackMeta[]>
  /** Removes one version (damaged). The previous one counts again when there is one. */
  drop(key: string): Promise<void>
  /** Removes all versions of a pack (retired). */
  remove(id: string): Promise<void>
}

const withoutBlob = ({ blob: _, ...meta }: StoredPack): PackMeta => meta as PackMeta

export function createPacksRepository(database: CodeDatabase): PacksRepository {
  const { packs, active } = database
  const change = (work: () => Promise<void>) => inStore(() => database.transaction("rw", packs, active, work))

  /** What counted before is kept as `previous`, anything older of the same id goes. */
  async function pointTo({ id, key }: StoredPack): Promise<void> {
    const before = await active.get(id)
    const previous = before && before.key !== key ? before.key : before?.previous
    await active.put({ id, key, ...(previous && { previous }) })
    const keys = await packs.where("id").equals(id).primaryKeys()
    await packs.bulkDelete(keys.filter((each) => each !== key && each !== previous))
  }

  return {
    active: () =>
      inStore(async () => {
        const pointers = await active.toArray()
        const rows = await packs.bulkGet(pointers.map(({ key }) => key))
        return rows.filter((row) => row !== undefined).map(withoutBlob)
      }),

    read: (id) =>
      inStore(async () => {
        const pointer = await active.get(id)
        return pointer && (await packs.get(pointer.key))
      }),

    install: (pack) =>
      change(async () => {
        await packs.put(pack)
        await pointTo(pack)
      }),

    stage: (staged) =>
      change(async () => {
        for (const pack of staged) {
          const known = await packs.get(pack.key)
          // The same bytes: written again, because the coder may import them to mend a damaged file.
          await packs.put(known ? { ...pack, channel: known.channel } : pack)
        }
      }),

    version: (key) => inStore(() => packs.get(key)),

    activate: (keys) =>
      change(async () => {
        for (const key of keys) {
          const row = await packs.get(key)
          // Swept or removed since: the whole transaction goes back.
          if (!row) throw new StoreError("failed")
          await pointTo(row)
        }
      }),

    sweep: (before) =>
      change(async () => {
        const pointers = await active.toArray()
        const counts = new Set(pointers.flatMap(({ key, previous }) => [key, previous]))
        await packs.filter((row) => row.importedAt < before && !counts.has(row.key)).delete()
      }),

    removeImported: (id) =>
      change(async () => {
        await packs
          .where("id")
          .equals(id)
          .filter(({ channel }) => channel === "file")
          .delete()
        const pointer = await active.get(id)
        if (!pointer || (await packs.get(pointer.key))) return
        const left = (await packs.where("id").equals(id).toArray()).at(-1)
        if (left) await active.put({ id, key: left.key })
        else await active.delete(id)
      }),

    unreadable: () =>
      inStore(async () => {
        const pointers = await active.toArray()
        const keys = pointers.flatMap(({ key, previous }) => (previous ? [key, previous] : [key]))
        const rows = (await packs.bulkGet(keys)).filter((row) => row !== undefined)
        return rows.filter((row) => row.channel === "file" && !isReadable(row)).map(withoutBlob)
      }),

    drop: (key) =>
      change(async () => {
        await packs.delete(key)
        for (const pointer of await active.toArray()) {
          if (pointer.key === key) {
            if (pointer.previous) await active.put({ id: pointer.id, key: pointer.previous })
            else await active.delete(pointer.id)
          } else if (pointer.previous === key) {
            await active.put({ id: pointer.id, key: pointer.key })
          }
        }
      }),

    remove: (id) =>
      change(async () => {
        await active.delete(id)
        await packs.where("id").equals(id).delete()
      })
  }
}
