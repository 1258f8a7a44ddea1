/**
 * Worksheets and their receipts. A worksheet, its head and the receipts of one decision are written in one
 * transaction: a page or browser that dies in between leaves the sheet before or the sheet after, never half.
 */
import { inStore } from "./errors"
import type { ReceiptRow, UserDatabase, WorksheetRow } from "./user-database"

/** What another page wrote meanwhile; undefined when it removed the worksheet. */
export interface Conflict {
  conflict: WorksheetRow | undefined
}

/** Everything throws StoreError. */
export interface WorksheetsRepository {
  get(key: string): Promise<WorksheetRow | undefined>
  /**
   * @param row with the version it is based on; it is stored with the next one
   * @returns what is stored now, or what stands there when it is no longer the version the row is based on
   */
  save(row: WorksheetRow, receipts: readonly ReceiptRow[]): Promise<WorksheetRow | Conflict>
  /** In order. */
  receipts(key: string): Promise<ReceiptRow[]>
  remove(key: string): Promise<void>
}

export function createWorksheetsRepository(database: UserDatabase): WorksheetsRepository {
  const { worksheets, receipts } = database
  const both = [worksheets, receipts]
  return {
    get: (key) => inStore(() => worksheets.get(key)),
    save: (row, added) =>
      inStore(() =>
        database.transaction("rw", both, async () => {
          const stored = await worksheets.get(row.key)
          if ((stored?.version ?? 0) !== row.version) return { conflict: stored }
          const next = { ...row, version: row.version + 1 }
          await worksheets.put(next)
          // `add` refuses a number that is there: two chains never grow into each other.
          await receipts.bulkAdd([...added])
          return next
        })
      ),
    receipts: (key) => inStore(() => receipts.where({ sheet: key }).sortBy("n")),
    remove: (key) =>
      inStore(() =>
        database.transaction("rw", both, async () => {
          await receipts.where({ sheet: key }).delete()
          await worksheets.delete(key)
        })
      )
  }
}
