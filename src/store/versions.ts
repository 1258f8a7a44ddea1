/**
 * Versions of a database: one file each, never changed once released. A version declares only what it
 * changes (Dexie merges it with the earlier ones) and may carry an upgrade; a failed upgrade leaves the
 * database at the version it had.
 */
import type Dexie from "dexie"
import type { Transaction } from "dexie"

export interface DatabaseVersion {
  version: number
  stores: Record<string, string | null>
  upgrade?: (transaction: Transaction) => Promise<void>
}

export function declare(database: Dexie, versions: readonly DatabaseVersion[]): void {
  for (const { version, stores, upgrade } of versions) {
    const declared = database.version(version).stores(stores)
    if (upgrade) declared.upgrade(upgrade)
  }
}
