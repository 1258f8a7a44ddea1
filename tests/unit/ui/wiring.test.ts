import { describe, expect, it } from "vitest"
import { StoreError } from "@/store/errors"
import type { PacksRepository } from "@/store/packs-repository"
import { DamagedPackError, MissingPackError } from "@/store/stored-packs"
import { asAskError } from "@/ui/wiring/errors"
import { lookupWords } from "@/ui/wiring/lookup-words"
import { isPanelSettings } from "@/ui/wiring/panel-settings"

describe("errors of the store", () => {
  it.each([
    [new DamagedPackError("icd10cm-FY2026", "key"), "pack-damaged"],
    [new MissingPackError("icd10cm-FY2026"), "no-pack"],
    [new StoreError("full"), "storage"]
  ])("%s", (error, code) => {
    expect(asAskError(error)).toMatchObject({ name: "AskError", code, message: error.message })
  })

  it("leaves others as they are", () => {
    const other = new Error("other")
    expect(asAskError(other)).toBe(other)
  })
})

describe("stored settings", () => {
  it.each([{}, { setting: "inpatient" }, { dot: false, letterKeys: false }])("takes %j", (value) => {
    expect(isPanelSettings(value)).toBe(true)
  })

  it.each([
    null,
    7,
    "outpatient",
    { setting: "hospice" },
    { dot: "yes" },
    { letterKeys: 1 }
  ])("refuses %j", (value) => {
    expect(isPanelSettings(value)).toBe(false)
  })
})

describe("words for the look-up", () => {
  const stored = (text: string | undefined): PacksRepository =>
    ({
      read: async () =>
        text === undefined
          ? undefined
          : { id: "lexicon", key: "k", bytes: text.length, blob: new Blob([text]) }
    }) as unknown as PacksRepository

  it("come out of the stored lexicon", async () => {
    const lexicon = {
      abbreviations: [{ id: "abbr.htn", abbr: "htn", expansions: [{ words: "hypertension" }] }],
      synonyms: []
    }
    const words = await lookupWords(stored(JSON.stringify(lexicon)))
    expect(words.abbreviations).toMatchObject([{ abbr: "htn", expansions: ["hypertension"], id: "abbr.htn" }])
  })

  it.each([
    undefined,
    "not json",
    "{}",
    "[1]",
    '{"abbreviations": 3, "synonyms": []}'
  ])("without a lexicon that can be read (%j) look-up goes on without them", async (text) => {
    expect(await lookupWords(stored(text))).toEqual({})
  })
})
