/** What the coder keeps about single codes: pins, own notes, and the codes looked at lately. */
import type { CodeRef } from "@/classification/model"
import { inStore } from "./errors"
import type { NoteRow, PinRow, RecentRow, UserDatabase } from "./user-database"

/** Everything throws StoreError. */
export interface CodesRepository {
  /** Newest first. */
  pins(): Promise<PinRow[]>
  setPin(code: CodeRef, pinned: boolean): Promise<void>
  /** "" when there is none. */
  note(code: CodeRef): Promise<string>
  notes(): Promise<NoteRow[]>
  /** An empty text removes. */
  setNote(code: CodeRef, text: string): Promise<void>
  /** Newest first. */
  recents(limit?: number): Promise<RecentRow[]>
  /** Remembers a code that was looked at; only the newest `RECENTS_KEPT` stay. */
  touch(code: CodeRef): Promise<void>
  forgetRecents(): Promise<void>
}

export const RECENTS_KEPT = 100

export function createCodesRepository(database: UserDatabase, now = Date.now): CodesRepository {
  const { pins, notes, recents } = database
  return {
    pins: () => inStore(() => pins.orderBy("pinnedAt").reverse().toArray()),
    setPin: ({ system, code }, pinned) =>
      inStore(async () => {
        if (pinned) await pins.put({ system, code, pinnedAt: now() })
        else await pins.delete([system, code])
      }),
    note: ({ system, code }) => inStore(async () => (await notes.get([system, code]))?.text ?? ""),
    notes: () => inStore(() => notes.toArray()),
    setNote: ({ system, code }, text) =>
      inStore(async () => {
        if (text.trim()) await notes.put({ system, code, text, changedAt: now() })
        else await notes.delete([system, code])
      }),
    recents: (limit = RECENTS_KEPT) => inStore(() => recents.orderBy("at").reverse().limit(limit).toArray()),
    touch: ({ system, code }) =>
      inStore(() =>
        database.transaction("rw", recents, async () => {
          await recents.put({ system, code, at: now() })
          const old = await recents.orderBy("at").reverse().offset(RECENTS_KEPT).primaryKeys()
          await recents.bulkDelete(old)
        })
      ),
    forgetRecents: () => inStore(() => recents.clear())
  }
}
