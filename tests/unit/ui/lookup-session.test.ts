import { describe, expect, it, vi } from "vitest"
import { AskError } from "@/messages/client"
import { LookupSession } from "@/ui/session/lookup-session"
import { packInfo } from "./fake-pack"
import { FakeBrowser } from "./fake-services"

describe("look-up", () => {
  it("opens the release of the day and finds codes without asking the worker", async () => {
    const browser = new FakeBrowser()
    browser.infos.push(
      packInfo({
        id: "icd10cm-FY2027",
        release: "FY2027",
        effective: { from: "2026-10-01" },
        remarks: ["54 index entries were matched to new titles."],
        borrowedFrom: "FY2026"
      })
    )
    const lookup = new LookupSession(browser)
    await lookup.use("2026-03-14")
    expect(lookup.state.get()).toMatchObject({ phase: "ready", notices: [], problem: undefined })
    expect(lookup.state.get().packs.map(({ info }) => info.id)).toEqual(["icd10cm-FY2026", "hcpcs-2025-10"])
    const questions = browser.asked.length
    expect(lookup.search("e1142").results.map(({ code }) => code)).toEqual(["E11.42"])
    expect(lookup.search("  ").results).toEqual([])
    expect(browser.asked).toHaveLength(questions)
    await lookup.use("2026-11-02")
    expect(lookup.state.get()).toMatchObject({
      notices: ["ICD-10-CM FY2027 borrows notes and index of FY2026."]
    })
    expect(lookup.find({ system: "ICD-10-CM", code: "E1142" })?.pack.info.release).toBe("FY2027")
    expect(lookup.find({ system: "HCPCS", code: "E11.42" })).toBeUndefined()
  })

  it("says when another release had to be used", async () => {
    const lookup = new LookupSession(new FakeBrowser())
    await lookup.use("2019-01-01")
    expect(lookup.state.get().notices.join()).toContain("No ICD-10-CM release for 2019-01-01")
  })

  it("waits for the import of the code sets, and says so meanwhile", async () => {
    const browser = new FakeBrowser()
    const infos = browser.infos
    browser.infos = []
    const phases: string[] = []
    const lookup = new LookupSession(browser)
    lookup.state.subscribe(() => {
      phases.push(lookup.state.get().phase)
      browser.infos = infos
    })
    await lookup.use(undefined)
    expect(phases).toEqual(["importing", "ready"])
    expect(browser.count("packs/ensure")).toBe(1)
  })

  it("reports a damaged pack, then opens it again", async () => {
    const browser = new FakeBrowser()
    browser.damaged.add("icd10cm-FY2026")
    const lookup = new LookupSession(browser)
    await lookup.use(undefined)
    expect(lookup.state.get().phase).toBe("ready")
    expect(browser.asked).toContainEqual({ kind: "packs/report-damage", body: { id: "icd10cm-FY2026" } })
  })

  it("gives up with a sentence when the pack stays damaged, and starts again when asked", async () => {
    const browser = new FakeBrowser()
    const open = browser.packs.open
    browser.packs.open = async () => {
      throw new AskError("pack-damaged", "The code set is damaged.")
    }
    const lookup = new LookupSession(browser)
    await lookup.use(undefined)
    expect(lookup.state.get()).toMatchObject({ phase: "failed", problem: "The code set is damaged." })
    expect(browser.count("packs/report-damage")).toBe(1)
    browser.packs.open = open
    await lookup.retry()
    expect(lookup.state.get()).toMatchObject({ phase: "ready", problem: undefined })
  })

  it("keeps the pack that works when the release of another day cannot be opened", async () => {
    const browser = new FakeBrowser()
    const lookup = new LookupSession(browser)
    await lookup.use("2026-03-14")
    browser.ask = async () => {
      throw new AskError("storage", "The disk is full.")
    }
    await lookup.use("2026-11-02")
    expect(lookup.state.get()).toMatchObject({ phase: "ready", problem: "The disk is full." })
    expect(lookup.search("i10").results).toHaveLength(1)
  })

  it("of two days asked for at once the later wish counts", async () => {
    const browser = new FakeBrowser()
    browser.infos.push(
      packInfo({ id: "icd10cm-FY2027", release: "FY2027", effective: { from: "2026-10-01" } })
    )
    const lookup = new LookupSession(browser)
    const open = vi.spyOn(browser.packs, "open")
    await Promise.all([lookup.use("2026-03-14"), lookup.use("2026-11-02")])
    expect(lookup.state.get().packs[0]!.info.release).toBe("FY2027")
    expect(open.mock.calls.map(([info]) => info.id)).not.toContain("icd10cm-FY2026")
  })
})
