import "fake-indexeddb/auto"
import { readdirSync } from "node:fs"
import Dexie from "dexie"
import { afterEach, describe, expect, test, vi } from "vitest"
import { CodeDatabase } from "@/store/code-database"
import { codeVersions } from "@/store/code-versions"
import { createCodesRepository, RECENTS_KEPT } from "@/store/codes-repository"
import { createPacksRepository } from "@/store/packs-repository"
import { createRuleCountsRepository } from "@/store/rule-counts-repository"
import { createSettingsRepository } from "@/store/settings-repository"
import { createSitesRepository } from "@/store/sites-repository"
import { UserDatabase } from "@/store/user-database"
import { userVersions } from "@/store/user-versions"
import { writeCodeV1, writeUserV1, writeUserV2 } from "./fixtures"

afterEach(async () => {
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})

describe.each([
  ["code", codeVersions],
  ["user", userVersions]
] as const)("versions of the %s database", (name, versions) => {
  test("every file is in the registry, numbered as it is called, in order", () => {
    const files = readdirSync(`${import.meta.dirname}/../../../src/store/${name}-versions`)
      .filter((file) => /^v\d+\.ts$/.test(file))
      .sort()
    expect(versions.map(({ version }) => `v${String(version).padStart(3, "0")}.ts`)).toEqual(files)
  })
})

describe("a database written by version 1", () => {
  test("opens as the code database with its packs", async () => {
    await writeCodeV1("chartside-code")
    const database = new CodeDatabase()
    const packs = createPacksRepository(database)
    expect((await packs.active()).map(({ id, sha256 }) => [id, sha256])).toEqual([
      ["icd10cm-FY2026", "aa".repeat(32)]
    ])
    const stored = await packs.read("icd10cm-FY2026")
    expect(await stored?.blob.text()).toBe("pack bytes")
    expect(database.verno).toBe(codeVersions.at(-1)?.version)
    database.close()
  })

  test("opens as the user database with nothing lost", async () => {
    await writeUserV1("chartside-user")
    const database = new UserDatabase()
    expect(await createSitesRepository(database).all()).toEqual([
      { origin: "https://ehr.example", enabled: true, addedAt: 1 }
    ])
    const settings = createSettingsRepository(database)
    const isText = (value: unknown): value is string => typeof value === "string"
    expect(await settings.get("setting", isText, "outpatient")).toBe("inpatient")
    const codes = createCodesRepository(database)
    expect(await codes.pins()).toEqual([{ system: "ICD-10-CM", code: "I10", pinnedAt: 2 }])
    expect(await codes.note({ system: "ICD-10-CM", code: "I10" })).toBe("mine")
    expect(await codes.recents()).toEqual([{ system: "HCPCS", code: "E0110", at: 3 }])
    expect(database.verno).toBe(userVersions.at(-1)?.version)
    database.close()
  })
})

describe("a user database written by version 2", () => {
  test("keeps the counts by rule", async () => {
    await writeUserV2("chartside-user")
    const database = new UserDatabase()
    expect(await createRuleCountsRepository(database).all()).toEqual([
      { rule: "heart-failure", accepted: 3, dismissed: 1 }
    ])
    expect(await createCodesRepository(database).pins()).toHaveLength(1)
    expect(database.verno).toBe(userVersions.at(-1)?.version)
    database.close()
  })
})

describe("counts by rule", () => {
  test("add up, also at the same time, are taken back, and never fall below nothing", async () => {
    const database = new UserDatabase()
    const counts = createRuleCountsRepository(database)
    await Promise.all([
      counts.add("heart-failure", { accepted: 1 }),
      counts.add("heart-failure", { dismissed: 1 }),
      counts.add("heart-failure", { dismissed: 1 })
    ])
    expect(await counts.all()).toEqual([{ rule: "heart-failure", accepted: 1, dismissed: 2 }])
    await counts.add("heart-failure", { accepted: -5, dismissed: -1 })
    expect(await counts.all()).toEqual([{ rule: "heart-failure", accepted: 0, dismissed: 1 }])
    await counts.add("heart-failure", { dismissed: -1 })
    expect(await counts.all()).toEqual([])
    await counts.add("gap.derived.laterality", { dismissed: 1 })
    await counts.clear()
    expect(await counts.all()).toEqual([])
    database.close()
  })
})

describe("repositories of the coder's own", () => {
  test("a switch keeps when its site was added", async () => {
    let time = 5
    const database = new UserDatabase()
    const sites = createSitesRepository(database, () => time)
    await sites.set("https://a.example", true)
    time = 9
    await sites.set("https://a.example", true)
    await sites.set("https://a.example", false)
    expect(await sites.get("https://a.example")).toEqual({
      origin: "https://a.example",
      enabled: false,
      addedAt: 5
    })
    expect(await sites.get("https://b.example")).toBeUndefined()
    database.close()
  })

  test("a setting of the wrong shape reads as the fallback", async () => {
    const database = new UserDatabase()
    const settings = createSettingsRepository(database)
    const isNumber = (value: unknown): value is number => typeof value === "number"
    await settings.set("width", "wide")
    expect(await settings.get("width", isNumber, 7)).toBe(7)
    await settings.set("width", 8)
    expect(await settings.get("width", isNumber, 7)).toBe(8)
    await settings.set("width", undefined)
    expect(await settings.get("width", isNumber, 7)).toBe(7)
    database.close()
  })

  test("changes of one setting at the same time are all kept", async () => {
    const database = new UserDatabase()
    const settings = createSettingsRepository(database)
    type Shape = { dot?: boolean; width?: number }
    const isShape = (value: unknown): value is Shape => typeof value === "object" && value !== null
    await settings.set("panel", "of another version")
    const changes: Shape[] = [{ dot: true }, { width: 7 }, { dot: false }]
    await Promise.all(changes.map((change) => settings.patch("panel", isShape, {}, change)))
    expect(await settings.get("panel", isShape, {})).toEqual({ dot: false, width: 7 })
    database.close()
  })

  test("only the newest recents stay, each code once", async () => {
    let time = 0
    const database = new UserDatabase()
    const codes = createCodesRepository(database, () => time++)
    for (let i = 0; i < 230; i++) await codes.touch({ system: "ICD-10-CM", code: `A${i % 220}` })
    const recents = await codes.recents()
    expect(recents).toHaveLength(RECENTS_KEPT)
    expect(recents.slice(0, 3).map(({ code }) => code)).toEqual(["A9", "A8", "A7"])
    expect(new Set(recents.map(({ code }) => code)).size).toBe(200)
    expect(await database.recents.count()).toBe(200)
    database.close()
  })

  test("a code pinned again keeps its place", async () => {
    let time = 0
    const database = new UserDatabase()
    const codes = createCodesRepository(database, () => time++)
    await codes.setPin({ system: "ICD-10-CM", code: "I10" }, true)
    await codes.setPin({ system: "ICD-10-CM", code: "J44.9" }, true)
    await codes.setPin({ system: "ICD-10-CM", code: "I10" }, true)
    expect((await codes.pins()).map(({ code }) => code)).toEqual(["J44.9", "I10"])
    database.close()
  })

  test("the same code of two systems is two things", async () => {
    const database = new UserDatabase()
    const codes = createCodesRepository(database)
    await codes.setPin({ system: "ICD-10-CM", code: "E1140" }, true)
    await codes.setPin({ system: "HCPCS", code: "E1140" }, true)
    await codes.setPin({ system: "ICD-10-CM", code: "E1140" }, false)
    expect((await codes.pins()).map(({ system }) => system)).toEqual(["HCPCS"])
    await codes.setNote({ system: "HCPCS", code: "E1140" }, "ask first")
    expect(await codes.note({ system: "ICD-10-CM", code: "E1140" })).toBe("")
    expect(await database.notes.count()).toBe(1)
    await codes.setNote({ system: "HCPCS", code: "E1140" }, "  ")
    expect(await codes.note({ system: "HCPCS", code: "E1140" })).toBe("")
    expect(await database.notes.count()).toBe(0)
    database.close()
  })
})

describe("two Chartsides at once", () => {
  test("the older one lets go of the database, and says what to do when it is used again", async () => {
    const old = new UserDatabase()
    await old.open()
    vi.spyOn(console, "warn").mockImplementation(() => {})
    const newer = new Dexie("chartside-user")
    newer.version(99).stores({})
    await newer.open()
    expect(newer.verno).toBe(99)
    await expect(createSitesRepository(old).all()).rejects.toMatchObject({
      name: "StoreError",
      message: expect.stringMatching(/Close/)
    })
    newer.close()
    vi.restoreAllMocks()
  })
})
