import "fake-indexeddb/auto"
import Dexie from "dexie"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { CompiledSet, ImportMessage, ImportOrder } from "@/classification/import/compiled-set"
import { openPack } from "@/classification/pack/open"
import { AskError } from "@/messages/client"
import type { PanelKind } from "@/messages/panel-protocol"
import { CodeDatabase } from "@/store/code-database"
import { createPacksRepository } from "@/store/packs-repository"
import type { SiteServices } from "@/ui/services"
import { codeSetServices } from "@/ui/wiring/code-set-services"
import { model, packed } from "../sync/world"

class FakeWorker {
  static last: FakeWorker
  onmessage: ((event: { data: ImportMessage }) => void) | null = null
  onerror: ((event: { preventDefault(): void }) => void) | null = null
  orders: ImportOrder[] = []
  terminated = false

  constructor(readonly url: URL) {
    FakeWorker.last = this
  }

  postMessage(order: ImportOrder): void {
    this.orders.push(order)
  }

  terminate(): void {
    this.terminated = true
  }

  say(data: ImportMessage): void {
    this.onmessage?.({ data })
  }
}

async function compiledSet(
  changes: Parameters<typeof model>[1] = {},
  id = "icd10cm-FY2026"
): Promise<CompiledSet> {
  const { bytes, entry } = await packed(model(changes.system === "CPT" ? "2026" : "FY2026", changes), id)
  const info = { ...openPack(bytes).info, sha256: entry.sha256 }
  return { info, blob: new Blob([bytes]), files: ["a.zip"], missing: [] }
}

const database = () => new CodeDatabase()
let asked: { kind: PanelKind; body: unknown }[]
let answer: () => Promise<unknown>
const ask = (async (kind: PanelKind, body: unknown) => {
  asked.push({ kind, body })
  return answer()
}) as SiteServices["ask"]

beforeEach(() => {
  asked = []
  answer = async () => ({})
  vi.stubGlobal("Worker", FakeWorker)
})

afterEach(async () => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name)
})

describe("compiling in a Worker", () => {
  const start = () => {
    const progress = vi.fn()
    const terms = { cptLicence: true, cptYear: "2026" }
    const run = codeSetServices(ask).compile([new File(["x"], "a.zip")], terms, progress)
    return { run, progress, worker: FakeWorker.last }
  }

  it("hands the files over, tells progress, and ends the Worker with its answer", async () => {
    const { run, progress, worker } = start()
    expect(worker.url.href).toMatch(/import-worker\.ts$/)
    await vi.waitFor(() => expect(worker.orders).toHaveLength(1))
    expect(worker.orders).toMatchObject([{ terms: { cptLicence: true, cptYear: "2026" } }])
    expect(worker.orders[0]?.files.map(({ name }) => name)).toEqual(["a.zip"])
    worker.say({ kind: "progress", progress: { step: 1, steps: 2, label: "Opening a.zip", done: [] } })
    expect(progress).toHaveBeenCalledWith({ step: 1, steps: 2, label: "Opening a.zip", done: [] })
    expect(worker.terminated).toBe(false)
    worker.say({ kind: "outcome", outcome: { sets: [], unused: [] } })
    expect(await run.outcome).toEqual({ sets: [], unused: [] })
    expect(worker.terminated).toBe(true)
  })

  it("hands over what is installed, so that an import can take over lists", async () => {
    const set = await compiledSet()
    await codeSetServices(ask).install([set])
    const repository = createPacksRepository(database())
    await repository.activate((asked[0]!.body as { keys: string[] }).keys)
    const { worker } = start()
    await vi.waitFor(() => expect(worker.orders).toHaveLength(1))
    expect(worker.orders[0]?.installed?.map(({ id }) => id)).toEqual(["icd10cm-FY2026"])
    expect(await worker.orders[0]?.installed?.[0]?.blob.arrayBuffer()).toEqual(await set.blob.arrayBuffer())
  })

  it("fails with the reader's sentence", async () => {
    const { run, worker } = start()
    worker.say({ kind: "error", sentence: "a.zip, line 3: expected a code, found nothing" })
    await expect(run.outcome).rejects.toMatchObject({
      name: "ImportError",
      message: "a.zip, line 3: expected a code, found nothing"
    })
    expect(worker.terminated).toBe(true)
  })

  it("says so when the browser gives the Worker up", async () => {
    const { run, worker } = start()
    const preventDefault = vi.fn()
    worker.onerror?.({ preventDefault })
    await expect(run.outcome).rejects.toThrow(/broke off.*Nothing was changed/)
    expect(preventDefault).toHaveBeenCalled()
  })

  it("cancelled, it is ended at once", () => {
    const { run, worker } = start()
    run.cancel()
    expect(worker.terminated).toBe(true)
  })
})

describe("installing", () => {
  it("stores the sets so that they do not count, and asks the worker to let them", async () => {
    const set = await compiledSet()
    await codeSetServices(ask).install([set])
    const key = `icd10cm-FY2026@${set.info.sha256.slice(0, 16)}`
    expect(asked).toEqual([{ kind: "packs/activate", body: { keys: [key] } }])
    const code = database()
    const packs = createPacksRepository(code)
    expect(await packs.active()).toEqual([])
    expect(await packs.version(key)).toMatchObject({ channel: "file", id: "icd10cm-FY2026" })
    code.close()
  })

  it("with a full disk nobody is asked, and the sentence says what to do", async () => {
    const code = database()
    await code.open()
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      // What Chromium gives for a Blob that cannot be written.
      throw new DOMException("Failed to write blobs", "DataError")
    })
    const installing = codeSetServices(ask).install([await compiledSet()])
    await expect(installing).rejects.toMatchObject({
      code: "storage",
      message: expect.stringMatching(/disk is full/)
    })
    expect(asked).toEqual([])
    vi.restoreAllMocks()
    expect(await code.packs.count()).toBe(0)
    code.close()
  })

  it("a refusal of the worker reaches the screen", async () => {
    answer = () => Promise.reject(new AskError("pack-damaged", "not whole"))
    await expect(codeSetServices(ask).install([await compiledSet()])).rejects.toMatchObject({
      message: "not whole"
    })
  })
})

describe("exporting", () => {
  async function store(set: CompiledSet, blob = set.blob): Promise<void> {
    const code = database()
    await codeSetServices(ask).install([{ ...set, blob }])
    await createPacksRepository(code).activate([`${set.info.id}@${set.info.sha256.slice(0, 16)}`])
    code.close()
    asked = []
  }

  it("gives the stored bytes with a name that says which", async () => {
    const set = await compiledSet()
    await store(set)
    const file = await codeSetServices(ask).exportPack(set.info)
    expect(file.name).toBe(`icd10cm-FY2026-${set.info.sha256.slice(0, 12)}.bin`)
    expect(file.sha256).toBe(set.info.sha256)
    expect(new Uint8Array(await file.blob.arrayBuffer())).toEqual(
      new Uint8Array(await set.blob.arrayBuffer())
    )
  })

  it("refuses CPT by what is stored, when the page still shows another set", async () => {
    const set = await compiledSet({ system: "CPT" }, "cpt-2026")
    await codeSetServices(ask).install([set])
    await createPacksRepository(database()).activate([`cpt-2026@${set.info.sha256.slice(0, 16)}`])
    const shown = { ...set.info, system: "HCPCS" as const }
    await expect(codeSetServices(ask).exportPack(shown)).rejects.toMatchObject({ code: "not-allowed" })
  })

  it("refuses CPT, whatever the screen shows", async () => {
    const set = await compiledSet({ system: "CPT" }, "cpt-2026")
    await store(set)
    await expect(codeSetServices(ask).exportPack(set.info)).rejects.toMatchObject({ code: "not-allowed" })
  })

  it("never gives out a damaged pack, and has it mended", async () => {
    const set = await compiledSet()
    const bytes = new Uint8Array(await set.blob.arrayBuffer())
    bytes[bytes.length - 9]! ^= 1
    await store(set, new Blob([bytes]))
    await expect(codeSetServices(ask).exportPack(set.info)).rejects.toMatchObject({ code: "pack-damaged" })
    expect(asked).toEqual([{ kind: "packs/report-damage", body: { id: "icd10cm-FY2026" } }])
  })

  it("says when it is not installed any more", async () => {
    const { info } = await compiledSet()
    await expect(codeSetServices(ask).exportPack(info)).rejects.toMatchObject({ code: "no-pack" })
  })
})
