import "fake-indexeddb/auto"
import Dexie from "dexie"
import { afterEach, describe, expect, it, vi } from "vitest"
import { CodeDatabase, type StoredPack } from "@/store/code-database"
import { createPacksRepository } from "@/store/packs-repository"
import { UserDatabase } from "@/store/user-database"
import { guidelineServices } from "@/ui/wiring/guidelines"
import { ownCodeServices } from "@/ui/wiring/own-codes"

const databases: Dexie[] = []
const kept = <T extends Dexie>(database: T): T => {
  databases.push(database)
  return database
}
afterEach(async () => {
  for (const database of databases.splice(0)) database.close()
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})

const I10 = { system: "ICD-10-CM", code: "I10" } as const

describe("the coder's own codes", () => {
  it("what one page changes, another page hears of and reads", async () => {
    const here = ownCodeServices(kept(new UserDatabase()))
    const there = ownCodeServices(kept(new UserDatabase()))
    const heard = vi.fn()
    const own = vi.fn()
    const stop = there.onChange(heard)
    here.onChange(own)
    await here.pin(I10)
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
    expect(own).not.toHaveBeenCalled()
    await here.used(I10)
    await here.writeNote(I10, "ask for the stage")
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(3))
    expect(await there.read()).toMatchObject({ pins: [I10], recents: [I10] })
    expect(await there.note(I10)).toBe("ask for the stage")
    stop()
    await there.unpin(I10)
    await vi.waitFor(() => expect(own).toHaveBeenCalledTimes(1))
    expect((await here.read()).pins).toEqual([])
    expect(heard).toHaveBeenCalledTimes(3)
  })

  it("a store that cannot be used gives a sentence, and nobody is told of a change", async () => {
    const database = kept(new UserDatabase())
    const here = ownCodeServices(database)
    const there = ownCodeServices(kept(new UserDatabase()))
    const heard = vi.fn()
    there.onChange(heard)
    const put = vi.spyOn(database.notes, "put").mockRejectedValue(
      // What a full disk gives with unlimitedStorage.
      Object.assign(new Error("Failed to write blobs"), { name: "DataError" })
    )
    await expect(here.writeNote(I10, "x")).rejects.toMatchObject({ name: "AskError", code: "storage" })
    put.mockRestore()
    await here.writeNote(I10, "y")
    await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
  })
})

describe("guidelines by date", () => {
  const stored = (release: string, from: string, to: string, title = "A"): StoredPack => {
    const text = JSON.stringify({
      release,
      system: "ICD-10-CM",
      effective: { from, to },
      source: "test",
      sections: [{ id: "I.A", parent: "", title, paragraphs: [], codes: [] }]
    })
    return {
      key: `guidelines-${release}@${title}`,
      id: `guidelines-${release}`,
      release,
      effectiveFrom: from,
      bytes: text.length,
      sha256: title.repeat(64).slice(0, 64),
      source: "test",
      channel: "package",
      complete: true,
      importedAt: 0,
      blob: new Blob([text]),
      kind: "guidelines",
      book: { system: "ICD-10-CM", release, effective: { from, to } }
    }
  }

  it("the book in force counts, an earlier one else, never a later one", async () => {
    const packs = createPacksRepository(kept(new CodeDatabase()))
    const guidelines = guidelineServices(packs)
    expect(await guidelines("2026-01-15")).toBeUndefined()
    await packs.install(stored("FY2026", "2025-10-01", "2026-09-30"))
    await packs.install(stored("FY2027", "2026-10-01", "2027-09-30"))
    expect((await guidelines("2026-01-15"))?.release).toBe("FY2026")
    expect((await guidelines("2030-01-15"))?.release).toBe("FY2027")
    expect((await guidelines())?.release).toBe("FY2027")
    expect(await guidelines("2020-01-15")).toBeUndefined()
    await packs.install(stored("FY2026", "2025-10-01", "2026-09-30", "B"))
    expect((await guidelines("2026-01-15"))?.sections[0]?.title).toBe("B")
  })
})
