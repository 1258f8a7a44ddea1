import type { ActivePack, CodeDatabase, PackMeta, StoredPack } from "./code-database"
import { inStore } from "./errors"

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
  /** Removes one version (damaged). The previous one counts again when there is one. */
  drop(key: string): Promise<void>
  /** Removes all versions of a pack (retired). */
  remove(id: string): Promise<void>
}

const withoutBlob = ({ blob: _, ...meta }: StoredPack): PackMeta => meta as PackMeta

export function createPacksRepository(database: CodeDatabase): PacksRepository {
  const { packs, active } = database
  const change = (work: () => Promise<void>) => inStore(() => database.transaction("rw", packs, active, work))

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
        const before = await active.get(pack.id)
        const previous = before && before.key !== pack.key ? before.key : before?.previous
        const pointer: ActivePack = { id: pack.id, key: pack.key, ...(previous && { previous }) }
        await packs.put(pack)
        await active.put(pointer)
        const keys = await packs.where("id").equals(pack.id).primaryKeys()
        await packs.bulkDelete(keys.filter((key) => key !== pointer.key && key !== pointer.previous))
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
