import "fake-indexeddb/auto"
import Dexie from "dexie"
import { afterEach, describe, expect, it, vi } from "vitest"
import { changeOf } from "@/classification/code-changes"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { PackInfo } from "@/classification/pack-api"
import { createCodesRepository } from "@/store/codes-repository"
import { StoreError } from "@/store/errors"
import { createSettingsRepository } from "@/store/settings-repository"
import { UserDatabase } from "@/store/user-database"
import { releaseNewsServices } from "@/ui/wiring/release-news"
import { model } from "../sync/world"

type Line = [code: string, title: string, billable: boolean]

function release(name: string, lines: Line[], changes: Partial<CodeSetModel> = {}) {
  const codes = lines.map(([code, title, billable]) => ({ code, title, billable, notes: [] }))
  return openPack(compilePack(model(name, { codes, ...changes })))
}

const BEFORE = release("FY2026", [
  ["G35", "Multiple sclerosis", true],
  ["I10", "Essential (primary) hypertension", true],
  ["J44", "Other chronic obstructive pulmonary disease", false],
  ["J449", "Chronic obstructive pulmonary disease, unspecified", true],
  ["M722", "Plantar fascial fibromatosis", true]
])
const NOW = release(
  "FY2027",
  [
    ["G35", "Multiple sclerosis", false],
    ["G35A", "Relapsing-remitting multiple sclerosis", true],
    ["G35D", "Multiple sclerosis, unspecified", true],
    ["I10", "Essential (primary)  Hypertension", true],
    ["J44", "Other chronic obstructive pulmonary disease", false],
    ["J449", "Chronic obstructive lung disease, not specified", true]
  ],
  {
    retired: [
      { code: "M722", title: "Plantar fascial fibromatosis", since: "2026-10-01", successors: ["M67.A0"] },
      { code: "Z999", title: "Only told of", since: "2026-10-01", successors: [] }
    ],
    history: new Map([["G35", { headerSince: "2026-10-01" }]])
  }
)

const icd = (code: string) => ({ system: "ICD-10-CM" as const, code })

describe("what a release did to a code", () => {
  it.each([
    ["I10", undefined],
    ["J44", undefined],
    ["X99.9", undefined],
    ["G35", { change: "header", instead: [icd("G35.A"), icd("G35.D")] }],
    ["M72.2", { change: "retired", title: "Plantar fascial fibromatosis", instead: [icd("M67.A0")] }],
    ["Z99.9", { change: "retired", title: "Only told of", instead: [] }],
    ["J44.9", { change: "retitled", now: "Chronic obstructive lung disease, not specified" }]
  ])("%s", (code, expected) => {
    const change = changeOf(icd(code), NOW, BEFORE)
    if (expected) expect(change).toMatchObject(expected)
    else expect(change).toBeUndefined()
  })

  it("without the release before it: only what the new one tells", () => {
    expect(changeOf(icd("G35"), NOW)).toMatchObject({ change: "header", title: "Multiple sclerosis" })
    expect(changeOf(icd("M72.2"), NOW)).toMatchObject({ change: "retired" })
    expect(changeOf(icd("J44.9"), NOW)).toBeUndefined()
    expect(changeOf(icd("J44"), NOW)).toBeUndefined()
  })

  it("a header that became a code", () => {
    expect(changeOf(icd("G35"), BEFORE, NOW)).toMatchObject({ change: "billable" })
  })
})

describe("news of a release", () => {
  const databases: Dexie[] = []
  afterEach(async () => {
    for (const database of databases.splice(0)) database.close()
    for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
  })

  function coder(infos: PackInfo[] = [BEFORE.info, NOW.info]) {
    const database = new UserDatabase()
    databases.push(database)
    const codes = createCodesRepository(database)
    const open = vi.fn(async ({ release: name }: PackInfo) => (name === "FY2027" ? NOW : BEFORE))
    let day = "2026-11-22"
    const news = releaseNewsServices({
      codes,
      settings: createSettingsRepository(database),
      installed: async () => infos,
      open,
      today: () => day
    })
    const on = (next: string) => {
      day = next
    }
    return { codes, news, open, on }
  }

  it("names the pins that changed, until the coder has looked", async () => {
    const { codes, news } = coder()
    for (const code of ["I10", "G35", "M72.2"]) await codes.setPin(icd(code), true)
    const [first, ...others] = await news.read()
    expect(others).toEqual([])
    expect(first).toMatchObject({
      system: "ICD-10-CM",
      release: "FY2027",
      before: "FY2026",
      since: "2026-10-01"
    })
    expect(first?.pins.map(({ code, change }) => [code, change]).sort()).toEqual([
      ["G35", "header"],
      ["M72.2", "retired"]
    ])
    expect(await news.read()).toHaveLength(1)
    await news.seen([first!])
    expect(await news.read()).toEqual([])
  })

  it("without pins no pack is opened; with pins that are as they were nothing is said", async () => {
    const { codes, news, open } = coder()
    expect(await news.read()).toEqual([])
    expect(open).not.toHaveBeenCalled()
    await codes.setPin(icd("I10"), true)
    await codes.setPin({ system: "HCPCS", code: "G35" }, true)
    expect(await news.read()).toEqual([])
  })

  it("a release that is not in force yet, or not any more, is no news", async () => {
    const { codes, news, on } = coder()
    await codes.setPin(icd("G35"), true)
    for (const day of ["2026-09-30", "2027-10-01"]) {
      on(day)
      expect(await news.read()).toEqual([])
    }
    on("2026-10-01")
    expect(await news.read()).toHaveLength(1)
  })

  it("a store that cannot be read gives a sentence", async () => {
    const news = releaseNewsServices({
      codes: { pins: () => Promise.reject(new StoreError("full")) },
      settings: { get: async (_key, _fits, fallback) => fallback, set: async () => {} },
      installed: async () => [NOW.info],
      open: async () => NOW,
      today: () => "2026-11-22"
    })
    await expect(news.read()).rejects.toMatchObject({ name: "AskError", code: "storage" })
  })
})
