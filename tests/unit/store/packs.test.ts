import "fake-indexeddb/auto"
import Dexie from "dexie"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CodeDatabase, type StoredPack } from "@/store/code-database"
import { StoreError, toStoreError } from "@/store/errors"
import { createPacksRepository, type PacksRepository, packKey } from "@/store/packs-repository"

let database: CodeDatabase
let packs: PacksRepository

beforeEach(() => {
  database = new CodeDatabase()
  packs = createPacksRepository(database)
})

afterEach(async () => {
  database.close()
  await Dexie.delete("chartside-code")
})

const lexicon = (sha: string, text = sha): StoredPack => ({
  key: packKey("lexicon", sha),
  id: "lexicon",
  kind: "lexicon",
  release: "1",
  effectiveFrom: "2026-01-01",
  bytes: text.length,
  sha256: sha,
  source: "chartside",
  channel: "package",
  complete: true,
  importedAt: 1,
  blob: new Blob([text])
})

/** Every write to `table` fails from now on as the browser's would. */
function breakWrites(table: string, errorName: string) {
  database.use({
    stack: "dbcore",
    name: `broken-${table}`,
    create: (core) => ({
      ...core,
      table: (name) => {
        const made = core.table(name)
        if (name !== table) return made
        return {
          ...made,
          mutate: () => Promise.reject(Object.assign(new Error("disk"), { name: errorName }))
        }
      }
    })
  })
}

const keys = () => database.packs.toCollection().primaryKeys()

describe("packs", () => {
  test("the newest install counts, the one before is kept, older ones go", async () => {
    for (const sha of ["a1", "b2", "c3"]) await packs.install(lexicon(sha))
    expect((await packs.active()).map(({ sha256 }) => sha256)).toEqual(["c3"])
    expect(await keys()).toEqual(["lexicon@b2", "lexicon@c3"])
    expect(await (await packs.read("lexicon"))?.blob.text()).toBe("c3")
    expect(await packs.active()).not.toContainEqual(expect.objectContaining({ blob: expect.anything() }))
  })

  test("installing the same version again keeps what it can fall back on", async () => {
    await packs.install(lexicon("a1"))
    await packs.install(lexicon("b2"))
    await packs.install(lexicon("b2", "fresh"))
    expect(await (await packs.read("lexicon"))?.blob.text()).toBe("fresh")
    await packs.drop("lexicon@b2")
    expect((await packs.read("lexicon"))?.sha256).toBe("a1")
    await packs.drop("lexicon@a1")
    expect(await packs.read("lexicon")).toBeUndefined()
    expect(await packs.active()).toEqual([])
    expect(await keys()).toEqual([])
  })

  test("dropping the previous version leaves the one that counts", async () => {
    await packs.install(lexicon("a1"))
    await packs.install(lexicon("b2"))
    await packs.drop("lexicon@a1")
    expect((await packs.read("lexicon"))?.sha256).toBe("b2")
    await packs.drop("lexicon@b2")
    expect(await packs.read("lexicon")).toBeUndefined()
  })

  test("remove takes every version", async () => {
    await packs.install(lexicon("a1"))
    await packs.install(lexicon("b2"))
    await packs.remove("lexicon")
    expect(await keys()).toEqual([])
    expect(await packs.active()).toEqual([])
  })

  test.each(["packs", "active"])("when %s cannot be written the old version still counts", async (table) => {
    await packs.install(lexicon("a1"))
    breakWrites(table, "DataError")
    database.close()
    await database.open()
    await expect(packs.install(lexicon("b2"))).rejects.toMatchObject({ name: "StoreError", kind: "full" })
    expect((await packs.read("lexicon"))?.sha256).toBe("a1")
    expect(await keys()).toEqual(["lexicon@a1"])
  })
})

describe("errors of the store", () => {
  test.each([
    ["QuotaExceededError", "full"],
    ["DataError", "full"],
    ["UnknownError", "full"],
    ["DatabaseClosedError", "closed"],
    ["VersionError", "blocked"],
    ["NotFoundError", "damaged"],
    ["Whatever", "failed"]
  ])("%s is %s, also inside what Dexie wraps around it", (name, kind) => {
    const bare = Object.assign(new Error("secret text"), { name })
    expect(toStoreError(bare).kind).toBe(kind)
    const wrapped = Object.assign(new Error("wrap"), { name: "AbortError", inner: bare })
    expect(toStoreError(wrapped).kind).toBe(kind)
    expect(toStoreError(bare).message).not.toContain("secret")
  })

  test("a database that cannot be opened at all is damaged; an error in a circle ends", () => {
    const open = Object.assign(new Error("x"), { name: "OpenFailedError", inner: new Error("corrupt") })
    expect(toStoreError(open).kind).toBe("damaged")
    const circle = Object.assign(new Error("x"), { name: "AbortError", inner: undefined as unknown })
    circle.inner = circle
    expect(toStoreError(circle).kind).toBe("failed")
    expect(toStoreError(undefined)).toBeInstanceOf(StoreError)
  })

  test("a closed database says so", async () => {
    await database.open()
    database.close()
    await expect(packs.active()).rejects.toMatchObject({ kind: "closed" })
  })
})
