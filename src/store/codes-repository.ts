/** What the coder keeps about single codes: pins, own notes, and the codes used lately. */
import type { CodeRef } from "@/classification/model"
import { inStore } from "./errors"
import type { PinRow, RecentRow, UserDatabase } from "./user-database"

/** Everything throws StoreError. */
export interface CodesRepository {
  /** Newest first. */
  pins(): Promise<PinRow[]>
  /** Pinning again keeps the place that the pin has. */
  setPin(code: CodeRef, pinned: boolean): Promise<void>
  /** "" when there is none. */
  note(code: CodeRef): Promise<string>
  /** An empty text removes. */
  setNote(code: CodeRef, text: string): Promise<void>
  /** Newest first. */
  recents(): Promise<RecentRow[]>
  /** Remembers a code that was used; only the newest `RECENTS_KEPT` stay. */
  touch(code: CodeRef): Promise<void>
}

export const RECENTS_KEPT = 200

export function createCodesRepository(database: UserDatabase, now = Date.now): CodesRepository {
  const { pins, notes, recents } = database
  return {
    pins: () => inStore(() => pins.orderBy("pinnedAt").reverse().toArray()),
    setPin: ({ system, code }, pinned) =>
      inStore(() =>
        database.transaction("rw", pins, async () => {
          if (!pinned) await pins.delete([system, code])
          else if (!(await pins.get([system, code]))) await pins.add({ system, code, pinnedAt: now() })
        })
      ),
    note: ({ system, code }) => inStore(async () => (await notes.get([system, code]))?.text ?? ""),
    setNote: ({ system, code }, text) =>
      inStore(async () => {
        if (text.trim()) await notes.put({ system, code, text, changedAt: now() })
        else await notes.delete([system, code])
      }),
    recents: () => inStore(() => recents.orderBy("at").reverse().limit(RECENTS_KEPT).toArray()),
    touch: ({ system, code }) =>
      inStore(() =>
        database.transaction("rw", recents, async () => {
          await recents.put({ system, code, at: now() })
          const old = await recents.orderBy("at").reverse().offset(RECENTS_KEPT).primaryKeys()
          await recents.bulkDelete(old)
        })
      )
  }
}
