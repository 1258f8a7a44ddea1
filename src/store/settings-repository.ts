import { inStore } from "./errors"
import type { UserDatabase } from "./user-database"

/** Settings by key. Everything throws StoreError. */
export interface SettingsRepository {
  /** The stored value if `fits` agrees, else `fallback`: a value of an older version never reaches a caller. */
  get<T>(key: string, fits: (value: unknown) => value is T, fallback: T): Promise<T>
  /** `undefined` removes. */
  set(key: string, value: unknown): Promise<void>
}

export function createSettingsRepository({ settings }: UserDatabase): SettingsRepository {
  return {
    get: (key, fits, fallback) =>
      inStore(async () => {
        const row = await settings.get(key)
        return row && fits(row.value) ? row.value : fallback
      }),
    set: (key, value) =>
      inStore(async () => {
        if (value === undefined) await settings.delete(key)
        else await settings.put({ key, value })
      })
  }
}
