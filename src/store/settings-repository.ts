import { inStore } from "./errors"
import type { UserDatabase } from "./user-database"

/** Settings by key. Everything throws StoreError. */
export interface SettingsRepository {
  /** The stored value if `fits` agrees, else `fallback`: a value of an older version never reaches a caller. */
  get<T>(key: string, fits: (value: unknown) => value is T, fallback: T): Promise<T>
  /** Puts `change` over the stored value (or `fallback`) in one step, so that changes at once do not undo each other. */
  patch<T extends object>(
    key: string,
    fits: (value: unknown) => value is T,
    fallback: T,
    change: T
  ): Promise<void>
  /** `undefined` removes. */
  set(key: string, value: unknown): Promise<void>
}

export function createSettingsRepository(database: UserDatabase): SettingsRepository {
  const { settings } = database
  async function read<T>(key: string, fits: (value: unknown) => value is T, fallback: T): Promise<T> {
    const row = await settings.get(key)
    return row && fits(row.value) ? row.value : fallback
  }
  return {
    get: (key, fits, fallback) => inStore(() => read(key, fits, fallback)),
    patch: (key, fits, fallback, change) =>
      inStore(() =>
        database.transaction("rw", settings, async () => {
          await settings.put({ key, value: { ...(await read(key, fits, fallback)), ...change } })
        })
      ),
    set: (key, value) =>
      inStore(async () => {
        if (value === undefined) await settings.delete(key)
        else await settings.put({ key, value })
      })
  }
}
