import "fake-indexeddb/auto"
import { afterEach, describe, expect, test, vi } from "vitest"
import { compileEdits } from "@/classification/edits/table"
import { PackDamaged } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { foldWord, rememberedWords } from "@/classification/words"
import type { WorksheetAnswer } from "@/engine/checks/types"
import type { Lexicon } from "@/engine/lexicon-types"
import type { PanelKind } from "@/messages/panel-protocol"
import { createRouter } from "@/messages/router"
import type { Sites } from "@/platform/sites"
import { toStoreError } from "@/store/errors"
import type { PacksRepository } from "@/store/packs-repository"
import type { PackShelf } from "@/sync/pack-shelf"
import { sha256Hex } from "@/sync/sha256"
import { createEngineHost, MOST_CHARACTERS } from "~background/engine-host"
import { createHandlers, packSentence } from "~background/handlers"
import { createHousekeeping } from "~background/housekeeping"
import { repositoryLexicon } from "../lexicon/read-files"
import { EXTENSION, PANEL_SENDER, packInfo } from "../messages/samples"
import { createWorld, damage, fullPackage, lexicon, starterPackage, type World } from "../sync/world"

const NOTE = { documents: [{ doc: "", text: "Essential hypertension today." }] }
const EMPTY: Lexicon = {
  abbreviations: [],
  synonyms: [],
  sections: [],
  headings: [],
  triggers: [],
  genericTerms: [],
  integralSymptoms: [],
  combinations: [],
  modifiers: [],
  optionalWords: [],
  defaultWords: [],
  supportPhrases: [],
  codeGroups: [],
  bodySites: [],
  searchWords: []
}

let world: World
afterEach(() => world?.end())

const withLexicon = async (files: Awaited<ReturnType<typeof fullPackage>>, more: object = {}) => [
  ...files.filter(({ entry }) => entry.kind === "codes"),
  await lexicon(JSON.stringify({ ...EMPTY, ...more }))
]

function quietSites(changes: Partial<Sites> = {}): Sites {
  const unused = () => Promise.reject(new Error("not asked for here"))
  return {
    status: unused,
    enable: unused,
    disable: unused,
    list: async () => [],
    reconcile: async () => {},
    permissionsChanged: async () => {},
    ...changes
  }
}

/** One worker life on the world's disk: everything but the browser is real. */
function wake(repository?: PacksRepository, sites = quietSites()) {
  const { packaged, imported, shelf, notices } = world.wake(repository)
  const engine = createEngineHost(shelf)
  const log: string[] = []
  const note = (what: string, name: string) => void log.push(`${what}: ${name}`)
  const housekeeping = createHousekeeping({
    packaged,
    imported,
    shelf,
    sites,
    session: world.session,
    log: note
  })
  const handlers = createHandlers({
    startedAt: 7,
    sites,
    packaged,
    imported,
    shelf,
    engine,
    notices,
    housekeeping
  })
  const router = createRouter(handlers, { ...EXTENSION, onFault: note })
  const ask = async (kind: PanelKind, body: unknown) =>
    (await router.answer({ v: 1, kind, body }, PANEL_SENDER, "port")) as {
      ok: boolean
      value: never
      code?: string
      message?: string
    }
  return { ask, packaged, shelf, housekeeping, log }
}

describe("the worker", () => {
  test("asked before anything was imported, it imports what the date needs and answers", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const { ask, packaged } = wake()
    const answer = await ask("engine/suggest", { ...NOTE, date: "2026-01-15" })
    expect(answer).toMatchObject({
      ok: true,
      value: {
        packs: [{ id: "icd10cm-FY2026", version: "FY2026", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
        suggestions: [expect.objectContaining({ code: "I10", system: "ICD-10-CM" })]
      }
    })
    await packaged.settled()
    const next = await ask("engine/suggest", { ...NOTE, date: "2026-12-01" })
    expect(next).toMatchObject({ value: { packs: [{ id: "icd10cm-FY2027" }, { id: "hcpcs-2025-10" }] } })
  })

  test("checks a worksheet with the release of its date, in one line a result", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const { ask } = wake()
    const codes = ["I10", "I10", "E0110", "Z99.9"].map((code) => ({
      system: code === "E0110" ? "HCPCS" : "ICD-10-CM",
      code
    }))
    const answer = await ask("worksheet/check", { codes, date: "2026-01-15" })
    expect(answer).toMatchObject({ ok: true, value: { standing: "fail" } })
    const { checks } = answer.value as WorksheetAnswer
    const lines = checks.map(
      ({ id, status, codes: of }) => `${status} ${id} ${of.map((c) => c.code).join(" ")}`
    )
    expect(lines).toContain("fail conv.duplicate I10")
    expect(lines).toContain("fail conv.invalid Z99.9")
    expect(lines).toContain("not-covered conv.invalid E0110")
    expect(checks.find(({ id }) => id === "conv.duplicate")?.release).toBe("ICD-10-CM FY2026")
  })

  test("drafts a query for a gap out of the chart, and reads any text of a query", async () => {
    const { queryChecks, queryTemplates, queryIndicators, queryWording } = repositoryLexicon()
    const rules = { queryChecks, queryTemplates, queryIndicators, queryWording }
    world = createWorld(await withLexicon(await fullPackage(), rules))
    const { ask } = wake()
    const text = "Results: BP 210/118.\nAssessment: hypertension, amlodipine raised."
    const start = text.indexOf("hypertension")
    const said = { start, end: start + 12, quote: "hypertension", term: "hypertension", via: "title" }
    const gap = {
      id: "gap.hypertension-crisis.type",
      key: "gap.hypertension-crisis.type I10",
      rule: "hypertension-crisis",
      level: "specificity",
      severity: "low",
      axis: "type",
      title: "Hypertension: type",
      text: "",
      code: { system: "ICD-10-CM", code: "I10" },
      options: [],
      evidence: [
        {
          ...said,
          section: "assessment",
          assertion: { negation: "affirmed", temporality: "recent", experiencer: "patient" }
        }
      ],
      lookedIn: [],
      folded: false
    }
    const chart = { documents: [{ doc: "a", text }], date: "2026-01-15" }
    expect(await ask("query/prepare", { chart, gap })).toMatchObject({
      ok: true,
      value: {
        title: "Further detail requested: hypertension",
        indicators: [{ quote: expect.stringContaining("BP 210/118") }]
      }
    })
    const lint = await ask("query/lint", { draft: { text: "Please document the type, it changes the DRG." } })
    expect((lint.value as { findings: { id: string }[] }).findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["q.indicators", "q.nonleading-stem", "q.no-impact"])
    )
  })

  test("claim edits that were imported count in checks, are named in the status, and go again", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const { ask, packaged } = wake()
    await ask("packs/ensure", {})
    await packaged.settled()
    const codes = ["E0110", "G0101"].map((code) => ({ system: "HCPCS", code }))
    const pairs = async () => {
      const answer = await ask("worksheet/check", { codes, date: "2026-01-15", setting: "professional" })
      return (answer.value as WorksheetAnswer).checks.find(({ id }) => id === "conv.ncci")?.status
    }
    expect(await pairs()).toBe("not-covered")
    const facts = {
      id: "ncci-ptp-practitioner-2026-01",
      kind: "ptp" as const,
      audience: "practitioner" as const,
      release: "2026-01",
      effective: { from: "2026-01-01", to: "2026-03-31" }
    }
    const row = {
      column1: "E0110",
      column2: "G0101",
      from: "2020-01-01",
      modifier: 0 as const,
      reason: "Misuse"
    }
    const bytes = compileEdits(facts, { kind: "ptp", rows: [row] })
    const sha256 = await sha256Hex(bytes)
    const stage = (stored: Uint8Array<ArrayBuffer>, key: string) =>
      world.disk.stage([
        {
          key,
          id: facts.id,
          release: facts.release,
          effectiveFrom: facts.effective.from,
          bytes: stored.length,
          sha256,
          source: "imported",
          channel: "file",
          complete: true,
          importedAt: 0,
          blob: new Blob([stored]),
          kind: "edits",
          facts: { ...facts, rows: 1 }
        }
      ])
    await stage(bytes.slice(0, -1), "cut")
    expect(await ask("packs/activate", { keys: ["cut"] })).toMatchObject({ code: "pack-damaged" })
    expect(await pairs()).toBe("not-covered")
    await stage(bytes, "whole")
    expect(await ask("packs/activate", { keys: ["whole"] })).toMatchObject({
      ok: true,
      value: { edits: [{ ...facts, rows: 1 }] }
    })
    expect(await pairs()).toBe("fail")
    await ask("packs/remove", { id: facts.id })
    expect(await ask("packs/status", {})).toMatchObject({ value: { edits: [] } })
    expect(await pairs()).toBe("not-covered")
  })

  test("another life on the same disk answers the same without fetching a pack", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const first = wake()
    first.housekeeping.daily()
    await vi.waitFor(() => expect(world.session.map.get("housekeeping.done")).toBe(true))
    const before = await first.ask("engine/suggest", { ...NOTE, date: "2026-01-15" })
    world.source.state.fetched.length = 0
    const after = await wake().ask("engine/suggest", { ...NOTE, date: "2026-01-15" })
    const codes = (a: typeof after) =>
      (a.value as { suggestions: { code: string }[] }).suggestions.map((s) => s.code)
    expect(codes(after)).toEqual(codes(before))
    expect(world.source.state.fetched).toEqual([])
  })

  test("a damaged pack is restored on the way to the answer, and the status says so", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const first = wake()
    await first.ask("packs/ensure", {})
    await first.packaged.settled()
    await damage(world, "icd10cm-FY2026")
    const { ask } = wake()
    expect(await ask("engine/suggest", { ...NOTE, date: "2026-01-15" })).toMatchObject({ ok: true })
    expect(await ask("packs/status", {})).toMatchObject({
      value: { complete: true, notices: [expect.stringMatching(/FY2026 was damaged and has been restored/)] }
    })
  })

  test("with the starter set only, the status is not complete and the sentence says so", async () => {
    world = createWorld(await withLexicon(await starterPackage()))
    const { ask } = wake()
    expect(await ask("packs/ensure", {})).toMatchObject({
      value: { complete: false, sentence: "starter set: 2 codes, not complete" }
    })
    expect(await ask("engine/suggest", NOTE)).toMatchObject({ ok: true })
  })

  test("a package without code sets is a plain sentence, not a silence", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    world.source.state.fail = () => new TypeError("Failed to fetch")
    const { ask } = wake()
    expect(await ask("engine/suggest", NOTE)).toMatchObject({ ok: false, code: "no-pack" })
    expect(await ask("packs/status", {})).toMatchObject({
      value: { packs: [], complete: false, sentence: "No code set is installed yet." }
    })
  })

  test("a full disk is named as such; another release than the one asked for still answers", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const full = () => Promise.reject(toStoreError(Object.assign(new Error("x"), { name: "DataError" })))
    const { ask } = wake({ ...world.disk, install: full })
    const refused = await ask("engine/suggest", NOTE)
    expect(refused).toMatchObject({
      ok: false,
      code: "storage",
      message: expect.stringMatching(/disk is full/)
    })
    const files = await withLexicon(await fullPackage())
    world.source.put(files.filter(({ entry }) => entry.id !== "icd10cm-FY2026"))
    const partly = wake()
    await partly.ask("packs/ensure", {})
    await partly.packaged.settled()
    world.source.put(files)
    const answer = await wake({ ...world.disk, install: full }).ask("engine/suggest", {
      ...NOTE,
      date: "2026-01-15"
    })
    expect(answer).toMatchObject({
      ok: true,
      value: { packs: [{ id: "icd10cm-FY2027" }, expect.anything()] }
    })
    expect((answer.value as { notices: string[] }).notices.join()).toMatch(
      /No ICD-10-CM release for 2026-01-15/
    )
  })

  test("a chart that is far too long is refused in a sentence with no word of it", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const { ask } = wake()
    const text = "melanoma ".repeat(MOST_CHARACTERS / 9 + 1)
    const answer = await ask("engine/suggest", { documents: [{ doc: "", text }] })
    expect(answer).toMatchObject({ ok: false, code: "text-too-long" })
    expect(answer.message).not.toContain("melanoma")
  })

  test("a report of damage about a sound pack keeps it", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const { ask, packaged } = wake()
    await ask("packs/ensure", {})
    await packaged.settled()
    world.source.state.fetched.length = 0
    const answer = await ask("packs/report-damage", { id: "icd10cm-FY2026" })
    expect(answer).toMatchObject({ value: { notices: [] } })
    expect((answer.value as { packs: unknown[] }).packs).toHaveLength(3)
    expect(world.source.state.fetched).toEqual([])
  })

  test("ping tells this life from another", async () => {
    world = createWorld([])
    expect(await wake().ask("worker/ping", {})).toEqual({ ok: true, value: { startedAt: 7 } })
  })
})

describe("engine host", () => {
  test("damage found while reading checks the packs and answers with the repaired one; twice is an error", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const filled = wake()
    await filled.ask("packs/ensure", {})
    await filled.packaged.settled()
    let broken = 1
    const rechecked: string[] = []
    const inner = filled.shelf
    const shelf: PackShelf = {
      ...inner,
      recheck: async (id) => void rechecked.push(id),
      async codes(id) {
        const pack = await inner.codes(id)
        if (broken-- <= 0) return pack
        return new Proxy(pack, {
          get(target, key) {
            if (key === "terms") throw new PackDamaged("terms")
            const value = Reflect.get(target, key)
            return typeof value === "function" ? value.bind(target) : value
          }
        }) as CodePack
      }
    }
    const request = { ...NOTE, date: "2026-01-15" }
    expect((await createEngineHost(shelf).suggest(request)).suggestions).toHaveLength(1)
    expect(rechecked).toEqual(["icd10cm-FY2026", "hcpcs-2025-10"])
    broken = 99
    await expect(createEngineHost(shelf).suggest(request)).rejects.toBeInstanceOf(PackDamaged)
  })

  test("an answer that fails leaves no word of the note in memory", async () => {
    const infos = [packInfo]
    const shelf = {
      infos: async () => infos,
      lexicon: async () => ({ value: EMPTY, sha256: "" }),
      // Stands for whatever fails after words of the note were looked at.
      codes: async () => {
        foldWord("hypertension")
        throw new Error("out of memory")
      }
    } as unknown as PackShelf
    await expect(createEngineHost(shelf).suggest(NOTE)).rejects.toThrow("out of memory")
    expect(rememberedWords()).toBe(0)
  })
})

describe("housekeeping", () => {
  test("puts packs and sites right once a session; after an update again, and into open pages", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const reconcile = vi.fn(async (_?: { reinject?: boolean }) => {})
    const first = wake(undefined, quietSites({ reconcile }))
    first.housekeeping.daily()
    await vi.waitFor(() => expect(world.session.map.get("housekeeping.done")).toBe(true))
    expect((await first.shelf.infos()).length).toBe(3)
    const second = wake(undefined, quietSites({ reconcile }))
    second.housekeeping.daily()
    second.housekeeping.afterUpdate()
    await vi.waitFor(() => expect(reconcile).toHaveBeenCalledTimes(2))
    expect(reconcile.mock.calls.map(([options]) => options?.reinject)).toEqual([false, true])
    expect(first.log.concat(second.log)).toEqual([])
  })

  test("a full disk does not keep sites from being registered, and it is tried again by the next life", async () => {
    world = createWorld(await withLexicon(await fullPackage()))
    const reconcile = vi.fn(async () => {})
    const full = () =>
      Promise.reject(toStoreError(Object.assign(new Error("patient"), { name: "DataError" })))
    const hurt = wake({ ...world.disk, install: full }, quietSites({ reconcile }))
    hurt.housekeeping.daily()
    await vi.waitFor(() => expect(hurt.log).toEqual(["daily: StoreError"]))
    expect(reconcile).toHaveBeenCalledTimes(1)
    expect(world.session.map.get("housekeeping.done")).toBeUndefined()
    wake().housekeeping.daily()
    await vi.waitFor(() => expect(world.session.map.get("housekeeping.done")).toBe(true))
  })

  test("checks packs whole only after it has been quiet", async () => {
    vi.useFakeTimers()
    try {
      world = createWorld([])
      const verifyAll = vi.fn(async () => {})
      const { packaged, imported, shelf } = world.wake()
      const keeping = createHousekeeping({
        packaged,
        imported,
        shelf: { ...shelf, verifyAll },
        sites: quietSites(),
        session: world.session,
        log: () => {}
      })
      keeping.whenQuiet()
      vi.advanceTimersByTime(4_000)
      keeping.whenQuiet()
      vi.advanceTimersByTime(4_000)
      expect(verifyAll).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1_500)
      expect(verifyAll).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe("sentence about code sets", () => {
  const starter = { ...packInfo, id: "icd10cm-starter", complete: false, billable: 1512 }
  const hcpcsStarter = { ...starter, id: "hcpcs-starter", system: "HCPCS" as const, billable: 200 }
  test.each([
    [[], "No code set is installed yet."],
    [[packInfo], "ICD-10-CM FY2026 (74,719 codes)"],
    [[starter], "starter set: 1,512 codes, not complete"],
    [
      [hcpcsStarter, starter],
      "starter set: 1,512 codes, not complete, HCPCS starter set (200 codes, not complete)"
    ],
    [[packInfo, hcpcsStarter], "ICD-10-CM FY2026 (74,719 codes), HCPCS starter set (200 codes, not complete)"]
  ])("%#", (packs, sentence) => {
    expect(packSentence(packs)).toBe(sentence)
  })
})
