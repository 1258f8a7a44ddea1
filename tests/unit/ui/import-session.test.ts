import { describe, expect, it, vi } from "vitest"
import { type CompiledSet, ImportError } from "@/classification/import/compiled-set"
import { AskError } from "@/messages/client"
import { ImportSession } from "@/ui/session/import-session"
import { packInfo } from "./fake-pack"
import { FakeBrowser } from "./fake-services"

const file = new File(["x"], "icd10cm_order_2026.txt")
const TERMS = { cptLicence: false }
const set = (id: string, sha256 = "new"): CompiledSet => ({
  info: packInfo({ id, sha256 }),
  blob: new Blob(["pack"]),
  files: ["a.zip/icd10cm_order_2026.txt"],
  missing: []
})

function begin() {
  const browser = new FakeBrowser()
  const session = new ImportSession(browser)
  void session.start([file], TERMS)
  return {
    browser,
    session,
    sets: browser.codeSets,
    run: browser.codeSets.run,
    phase: () => session.state.get().phase
  }
}

describe("an import", () => {
  it("of a release that is not installed goes in without a question", async () => {
    const { run, sets, session, phase } = begin()
    run.tell({ step: 1, steps: 3, label: "Opening a.zip", done: [] })
    expect(session.state.get()).toMatchObject({ phase: "working", progress: { label: "Opening a.zip" } })
    run.end({ sets: [set("icd10cm-FY2031")], unused: [] })
    await vi.waitFor(() => expect(phase()).toBe("done"))
    expect(sets.installed).toHaveLength(1)
  })

  it("of a release that is installed asks first; a no changes nothing", async () => {
    const { browser, run, sets, session, phase } = begin()
    const installed = browser.infos[0]!
    run.end({ sets: [set(installed.id)], unused: ["a.pdf: documentation"] })
    await vi.waitFor(() => expect(phase()).toBe("ready"))
    expect(session.state.get()).toMatchObject({ replaced: [installed] })
    session.cancel()
    expect(phase()).toBe("cancelled")
    await session.install()
    expect(sets.installed).toEqual([])
    void session.start([file], TERMS)
    sets.run.end({ sets: [set(installed.id)], unused: [] })
    await vi.waitFor(() => expect(phase()).toBe("ready"))
    await session.install()
    expect(phase()).toBe("done")
    expect(sets.installed).toHaveLength(1)
  })

  it("of the very pack that is installed asks nothing", async () => {
    const { browser, run, phase } = begin()
    const installed = browser.infos[0]!
    run.end({ sets: [set(installed.id, installed.sha256)], unused: [] })
    await vi.waitFor(() => expect(phase()).toBe("done"))
  })

  it("cancelled: its worker is ended, and what it still says is not heard", async () => {
    const { run, sets, session, phase } = begin()
    session.cancel()
    expect(run.cancelled).toBe(true)
    run.tell({ step: 2, steps: 3, label: "late", done: [] })
    run.end({ sets: [set("icd10cm-FY2031")], unused: [] })
    await new Promise((resolve) => setTimeout(resolve))
    expect(phase()).toBe("cancelled")
    expect(sets.installed).toEqual([])
  })

  it("that fails says the sentence of the reader", async () => {
    const { run, session, sets } = begin()
    run.fail(new ImportError("a.txt, line 3: expected a code, found nothing"))
    await vi.waitFor(() =>
      expect(session.state.get()).toEqual({
        phase: "failed",
        sentence: "a.txt, line 3: expected a code, found nothing"
      })
    )
    expect(sets.installed).toEqual([])
  })

  it("that meets a full disk says so and can be tried again", async () => {
    const { run, session, sets, phase } = begin()
    sets.installFails = new AskError("storage", "The disk is full.")
    run.end({ sets: [set("icd10cm-FY2031")], unused: [] })
    await vi.waitFor(() =>
      expect(session.state.get()).toEqual({ phase: "failed", sentence: "The disk is full." })
    )
    sets.installFails = undefined
    void session.start([file], TERMS)
    sets.run.end({ sets: [set("icd10cm-FY2031")], unused: [] })
    await vi.waitFor(() => expect(phase()).toBe("done"))
  })

  it("takes no other files while it works, and nothing from an empty choice", async () => {
    const { session, sets, phase } = begin()
    await session.start([file], TERMS)
    expect(sets.runs).toHaveLength(1)
    session.cancel()
    await session.start([], TERMS)
    expect(phase()).toBe("cancelled")
  })
})
