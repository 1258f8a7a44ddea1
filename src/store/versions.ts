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

/**
 * Two pages of different versions of Chartside may be open while it is updated. The old page lets go at
 * once (Dexie closes on `versionchange`), the new one waits.
 */
export interface UpgradeWatch {
  /** This page waits for others to let go: ask the coder to close them. */
  waiting?: () => void
  /** A newer Chartside took the database over: this page should be closed or reloaded. */
  replaced?: () => void
}

export function watchUpgrades(database: Dexie, { waiting, replaced }: UpgradeWatch): void {
  database.on("blocked", () => waiting?.())
  // Beside Dexie's own listener, which closes the connection; the next access would open it again.
  database.on("versionchange", () => replaced?.())
}
