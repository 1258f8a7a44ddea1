import "fake-indexeddb/auto"
import Dexie from "dexie"
import { describe, expect, it, vi } from "vitest"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { createSettingsRepository } from "@/store/settings-repository"
import { UserDatabase } from "@/store/user-database"
import { ChangesSession } from "@/ui/session/changes-session"
import { seenReleaseServices } from "@/ui/wiring/seen-releases"
import { model } from "../sync/world"
import { FakeBrowser } from "./fake-services"

const release = (name: string, title: string) =>
  openPack(compilePack(model(name, { codes: [{ code: "I10", title, billable: true, notes: [] }] })))
const packs = [
  release("FY2026", "Essential (primary) hypertension"),
  release("FY2027", "Primary hypertension")
]
const I10 = { system: "ICD-10-CM", code: "I10" } as const

function browser(): FakeBrowser {
  const made = new FakeBrowser()
  made.infos = packs.map(({ info }) => info)
  made.packs.open = async ({ id }) => packs.find(({ info }) => info.id === id)!
  return made
}

describe("changes to pins", () => {
  it("are news until they were looked at, and stay to be looked up", async () => {
    const services = browser()
    const changes = new ChangesSession(services)
    changes.look([I10])
    await vi.waitFor(() => expect(changes.unseen.get()).toHaveLength(1))
    changes.looked()
    expect(changes.unseen.get()).toEqual([])
    expect(changes.state.get()).toMatchObject([{ release: "FY2027", changes: [{ change: "retitled" }] }])
    expect(services.seen).toEqual({ "ICD-10-CM": "FY2027" })
    const next = new ChangesSession(services)
    next.look([I10])
    await vi.waitFor(() => expect(next.state.get()).toHaveLength(1))
    expect(next.unseen.get()).toEqual([])
  })

  it("that cannot be marked as looked at come again, without an error", async () => {
    const services = browser()
    services.seenReleases.add = () => Promise.reject(new Error("disk"))
    const changes = new ChangesSession(services)
    changes.look([I10])
    await vi.waitFor(() => expect(changes.unseen.get()).toHaveLength(1))
    changes.looked()
    expect(changes.unseen.get()).toEqual([])
    changes.look([I10])
    await vi.waitFor(() => expect(changes.unseen.get()).toHaveLength(1))
  })

  it("the mark is kept by system; a mark of another version is none", async () => {
    const database = new UserDatabase()
    const settings = createSettingsRepository(database)
    const seen = seenReleaseServices(settings)
    await settings.set("release-changes-seen", { "ICD-10-CM": 7 })
    expect(await seen.read()).toEqual({})
    await seen.add({ "ICD-10-CM": "FY2027" })
    await seen.add({ HCPCS: "2026-10" })
    expect(await seen.read()).toEqual({ "ICD-10-CM": "FY2027", HCPCS: "2026-10" })
    database.close()
    await Dexie.delete("chartside-user")
  })
})
