/**
 * The key of this installation: HMAC-SHA-256, made once, kept as a CryptoKey that no code can read out. What is
 * hashed with it can be found again here, and tells nothing anywhere else.
 */
import { inStore } from "./errors"
import type { UserDatabase } from "./user-database"

/** Everything throws StoreError. */
export interface KeyedHash {
  /** 64 hexadecimal digits; the same text gives the same ones for as long as this installation lives. */
  mark(text: string): Promise<string>
}

const ID = "worksheets"

export function createKeyedHash(database: UserDatabase): KeyedHash {
  let known: Promise<CryptoKey> | undefined
  const key = () => {
    known ??= ensureKey(database).catch((error) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    mark: (text) =>
      inStore(async () => {
        const bytes = await crypto.subtle.sign("HMAC", await key(), new TextEncoder().encode(text))
        return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("")
      })
  }
}

/** Of two pages that make one at once, the first in the store counts. */
async function ensureKey(database: UserDatabase): Promise<CryptoKey> {
  const stored = await database.keys.get(ID)
  if (stored) return stored.key
  const fresh = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  return database.transaction("rw", database.keys, async () => {
    const first = await database.keys.get(ID)
    if (first) return first.key
    await database.keys.add({ id: ID, key: fresh })
    return fresh
  })
}
