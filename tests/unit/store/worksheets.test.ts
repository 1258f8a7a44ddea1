import "fake-indexeddb/auto"
import Dexie from "dexie"
import { afterEach, describe, expect, test } from "vitest"
import { createKeyedHash } from "@/store/keyed-hash"
import { UserDatabase, type WorksheetRow } from "@/store/user-database"
import { createWorksheetsRepository } from "@/store/worksheets-repository"
import { writeUserV2 } from "./fixtures"

afterEach(async () => {
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})

const row = (key: string, version: number, more: Partial<WorksheetRow> = {}): WorksheetRow => ({
  key,
  version,
  history: { any: version },
  head: { count: version, hash: "aa" },
  changedAt: version,
  ...more
})

describe("worksheets", () => {
  test("a sheet and its receipts are written together, and found again by another page", async () => {
    const database = new UserDatabase()
    const sheets = createWorksheetsRepository(database)
    expect(await sheets.get("k")).toBeUndefined()
    await sheets.save(row("k", 0), [{ sheet: "k", n: 1, receipt: "first" }])
    await sheets.save(row("k", 1), [{ sheet: "k", n: 2, receipt: "second" }])
    database.close()
    const later = createWorksheetsRepository(new UserDatabase())
    expect(await later.get("k")).toEqual(
      row("k", 2, { history: { any: 1 }, head: { count: 1, hash: "aa" }, changedAt: 1 })
    )
    expect((await later.receipts("k")).map(({ receipt }) => receipt)).toEqual(["first", "second"])
    expect(await later.get("other")).toBeUndefined()
    expect(await later.receipts("other")).toEqual([])
  })

  test("what another page wrote meanwhile is not written over", async () => {
    const database = new UserDatabase()
    const sheets = createWorksheetsRepository(database)
    await sheets.save(row("k", 0), [])
    await sheets.save(row("k", 1, { history: "of the other page" }), [])
    const answer = await sheets.save(row("k", 1, { history: "mine" }), [
      { sheet: "k", n: 9, receipt: "mine" }
    ])
    expect(answer).toMatchObject({ conflict: { version: 2, history: "of the other page" } })
    expect((await sheets.get("k"))?.history).toBe("of the other page")
    expect(await sheets.receipts("k")).toEqual([])
    database.close()
  })

  test("a write that breaks in the middle leaves everything as it was", async () => {
    const database = new UserDatabase()
    const sheets = createWorksheetsRepository(database)
    await sheets.save(row("k", 0), [{ sheet: "k", n: 1, receipt: "first" }])
    // The number is taken: the sheet, which was put first, must go back as well.
    const twice = [{ sheet: "k", n: 1, receipt: "forged" }]
    await expect(sheets.save(row("k", 1, { history: "half" }), twice)).rejects.toMatchObject({
      name: "StoreError"
    })
    expect((await sheets.get("k"))?.history).toEqual({ any: 0 })
    expect((await sheets.receipts("k")).map(({ receipt }) => receipt)).toEqual(["first"])
    database.close()
  })

  test("a sheet is removed with its receipts, and no other", async () => {
    const database = new UserDatabase()
    const sheets = createWorksheetsRepository(database)
    for (const key of ["a", "b"]) await sheets.save(row(key, 0), [{ sheet: key, n: 1, receipt: key }])
    await sheets.remove("a")
    expect(await sheets.get("a")).toBeUndefined()
    expect((await database.receipts.toArray()).map(({ sheet }) => sheet)).toEqual(["b"])
    // One that was removed in another window is not written again in half.
    expect(await sheets.save(row("a", 1), [])).toEqual({ conflict: undefined })
    database.close()
  })

  test("open in the database of version 2, with nothing lost", async () => {
    await writeUserV2("chartside-user")
    const database = new UserDatabase()
    const sheets = createWorksheetsRepository(database)
    await sheets.save(row("k", 0), [])
    expect(await database.worksheets.count()).toBe(1)
    expect(await database.ruleCounts.count()).toBe(1)
    expect(await database.pins.count()).toBe(1)
    database.close()
  })
})

describe("the key of the installation", () => {
  test("is made once, cannot be read out, and marks the same text alike after a restart", async () => {
    const database = new UserDatabase()
    const [one, other] = [createKeyedHash(database), createKeyedHash(database)]
    const [a, b] = await Promise.all([one.mark("MRN 1"), other.mark("MRN 1")])
    expect(a).toBe(b)
    expect(a).toMatch(/^[0-9a-f]{64}$/)
    expect(await one.mark("MRN 2")).not.toBe(a)
    const keys = await database.keys.toArray()
    expect(keys).toHaveLength(1)
    expect(keys[0]!.key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey("raw", keys[0]!.key)).rejects.toThrow()
    database.close()
    const again = new UserDatabase()
    expect(await createKeyedHash(again).mark("MRN 1")).toBe(a)
    again.close()
  })

  test("another installation marks the same text otherwise", async () => {
    const [here, there] = [new UserDatabase("here"), new UserDatabase("there")]
    expect(await createKeyedHash(here).mark("x")).not.toBe(await createKeyedHash(there).mark("x"))
    here.close()
    there.close()
  })
})
