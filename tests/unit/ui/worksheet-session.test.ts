import { afterEach, describe, expect, it, vi } from "vitest"
import type { PageIdentity } from "@/messages/page-protocol"
import { PanelModel } from "@/ui/session/panel-model"
import { verify, verifyExport } from "@/worksheet/receipts"
import { allLines } from "@/worksheet/sheet"
import { CLINIC_NOTE, clinicFindings } from "./fake-findings"
import { FakeBrowser, FakePage, topFrame } from "./fake-services"

const FIRST: PageIdentity = { changeKey: "a", mrn: "MRN-4711", dateOfService: "2026-03-14" }
const I10 = {
  system: "ICD-10-CM" as const,
  code: "I10",
  title: "Essential (primary) hypertension",
  billable: true
}
const J44 = { system: "ICD-10-CM" as const, code: "J44.9", title: "COPD, unspecified", billable: true }
const VISIT = { system: "CPT" as const, code: "99213", title: "", billable: true }

const models: PanelModel[] = []
afterEach(() => {
  for (const model of models.splice(0)) model.stop()
})

function browserWith(identity: PageIdentity | undefined = FIRST) {
  const page = new FakePage(topFrame(), CLINIC_NOTE, identity)
  const browser = new FakeBrowser(page)
  browser.suggestWith = ({ documents }) => clinicFindings(documents[0]!.doc)
  return { browser, page }
}

async function panel(browser: FakeBrowser): Promise<PanelModel> {
  const model = new PanelModel(browser)
  models.push(model)
  await model.start()
  await opened(model)
  return model
}

const opened = (model: PanelModel) =>
  vi.waitFor(() => {
    expect(model.chart.state.get().findings).toBeDefined()
    expect(model.worksheet.state.get().phase).toBe("open")
  })
const codes = (model: PanelModel) => allLines(model.worksheet.sheet).map(({ code }) => code)
const said = (model: PanelModel) => model.announcer.state.get()?.text ?? ""
const suggested = (model: PanelModel, code: string) =>
  model.chart.state.get().findings!.suggestions.find((each) => each.code === code)!

let notes = 0

/** Another note comes up, of the chart that `identity` names. */
async function another(model: PanelModel, page: FakePage, identity: PageIdentity | undefined): Promise<void> {
  page.identity = identity
  page.write(`Assessment\nNote number ${++notes} of this test.`)
  page.tell("identity")
  page.tell("changed")
  await opened(model)
}

describe("a worksheet belongs to one encounter", () => {
  it("is stored under a keyed hash, and comes back with its chart after a restart", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.acceptSuggestion(suggested(model, "E11.42"), undefined)
    await model.desk.accept(I10, "look-up")
    expect(codes(model)).toEqual(["E11.42", "I10"])
    const again = await panel(browser)
    await vi.waitFor(() => expect(codes(again)).toEqual(["E11.42", "I10"]))
    expect(again.worksheet.state.get().kept).toBe("stored")
    // And can still be undone.
    await again.worksheet.undo()
    expect(codes(again)).toEqual(["E11.42"])
  })

  it("no word of the note, no number of the patient and no day of service is stored", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    const suggestion = suggested(model, "E11.42")
    await model.desk.acceptSuggestion(suggestion, undefined)
    await model.desk.dismiss(J44, "not-documented", { evidence: suggestion.evidence })
    await model.desk.overrule(model.chart.state.get().findings!.suppressed[0]!)
    const stored = JSON.stringify([...browser.sheets.rows, ...browser.sheets.chains])
    expect(stored).toContain("E11.42")
    for (const secret of [
      suggestion.evidence[0]!.quote,
      suggestion.evidence[1]!.quote,
      "4711",
      "2026-03-14",
      "ehr.example",
      "gabapentin",
      "Denies"
    ])
      expect(stored).not.toContain(secret)
    expect(browser.sheets.marked).toContain(
      JSON.stringify(["https://ehr.example", "MRN-4711", null, "2026-03-14"])
    )
  })

  it.each([
    ["another patient", { ...FIRST, changeKey: "b", mrn: "MRN-2" }],
    ["another day", { ...FIRST, changeKey: "b", dateOfService: "2026-03-15" }],
    ["a chart without a number", { changeKey: "b", dateOfService: "2026-03-14" }],
    ["a chart without a day", { changeKey: "b", mrn: "MRN-4711" }]
  ])("%s has another one", async (_, identity) => {
    const { browser, page } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    await another(model, page, identity)
    expect(codes(model)).toEqual([])
    await another(model, page, FIRST)
    await vi.waitFor(() => expect(codes(model)).toEqual(["I10"]))
  })

  it("out of sight at once when the chart may be another one", async () => {
    const { browser, page } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    page.identity = { changeKey: "b", mrn: "2" }
    page.tell("identity")
    expect(model.worksheet.state.get().phase).toBe("none")
    expect(codes(model)).toEqual([])
    expect(await model.desk.accept(J44, "look-up")).toBe(false)
    expect(said(model)).toContain("still being read")
  })

  it("without a number nothing is stored; it stays with its chart, and can be taken over when that is gone", async () => {
    const { browser, page } = browserWith({ changeKey: "a" })
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    expect(model.worksheet.state.get().kept).toBe("session")
    expect(browser.sheets.rows.size).toBe(0)
    await another(model, page, { changeKey: "b" })
    expect(codes(model)).toEqual([])
    const [left] = model.worksheet.state.get().left
    expect(left).toMatchObject({ lines: 1 })
    await model.worksheet.takeOver(left!.slot)
    expect(codes(model)).toEqual(["I10"])
    expect(model.worksheet.state.get().left).toEqual([])
  })

  it("what was accepted before the page named its number joins what is stored", async () => {
    const { browser, page } = browserWith()
    const first = await panel(browser)
    await first.desk.accept(J44, "look-up")
    first.stop()
    page.identity = { changeKey: "a" }
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    expect(model.worksheet.state.get().kept).toBe("session")
    page.identity = { ...FIRST }
    page.write(`${CLINIC_NOTE}\nMore.`)
    page.tell("changed")
    await vi.waitFor(() => expect(codes(model)).toEqual(["J44.9", "I10"]))
    const [row] = browser.sheets.rows.values()
    await vi.waitFor(async () =>
      expect(
        await verify([...browser.sheets.chains.values()][0]!, [...browser.sheets.rows.values()][0]!.head)
      ).toEqual({ ok: true, count: 2 })
    )
    expect(row).toBeDefined()
  })

  it("where no page can be read there is a loose one", async () => {
    const browser = new FakeBrowser()
    browser.site = { possible: false, origin: "" }
    const model = new PanelModel(browser)
    models.push(model)
    await model.start()
    await vi.waitFor(() => expect(model.worksheet.state.get().phase).toBe("open"))
    await model.desk.accept(I10, "look-up")
    expect(codes(model)).toEqual(["I10"])
    expect(model.worksheet.state.get().kept).toBe("loose")
    expect(browser.sheets.rows.size).toBe(0)
  })
})

describe("what goes wrong", () => {
  it("a full disk loses nothing: the next write stores everything, and the chain is whole", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    browser.sheets.fails = true
    await model.desk.accept(J44, "look-up")
    expect(codes(model)).toEqual(["I10", "J44.9"])
    expect(model.worksheet.state.get().problem).toContain("The disk is full.")
    browser.sheets.fails = false
    await model.desk.accept(VISIT, "typed")
    expect(model.worksheet.state.get().problem).toBeUndefined()
    const [key] = browser.sheets.rows.keys()
    expect(await verify(browser.sheets.chains.get(key!)!, browser.sheets.rows.get(key!)!.head)).toEqual({
      ok: true,
      count: 3
    })
    const again = await panel(browser)
    await vi.waitFor(() => expect(codes(again)).toEqual(["I10", "J44.9", "99213"]))
  })

  it("two windows with the same chart: neither writes over the other", async () => {
    const { browser } = browserWith()
    const [one, two] = [await panel(browser), await panel(browser)]
    await one.desk.accept(I10, "look-up")
    await two.desk.accept(J44, "look-up")
    expect(codes(two)).toEqual(["I10", "J44.9"])
    const [key] = browser.sheets.rows.keys()
    browser.sheets.tell(key!)
    await vi.waitFor(() => expect(codes(one)).toEqual(["I10", "J44.9"]))
    expect(await verify(browser.sheets.chains.get(key!)!, browser.sheets.rows.get(key!)!.head)).toMatchObject(
      {
        count: 2
      }
    )
    // The same diagnosis in both: the second one is told.
    await one.desk.accept({ ...I10, code: "E78.5" }, "look-up")
    await two.desk.accept({ ...I10, code: "E78.5" }, "look-up")
    expect(codes(two)).toEqual(["I10", "J44.9", "E78.5"])
    expect(said(two)).toContain("Another window")
  })

  it("a stored worksheet that cannot be read is neither shown nor written over", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    const [row] = browser.sheets.rows.values()
    row!.history = { of: "a later version" }
    const again = await panel(browser)
    expect(again.worksheet.state.get().problem).toContain("cannot be read by this version")
    await again.desk.accept(J44, "look-up")
    expect([...browser.sheets.rows.values()][0]!.history).toEqual({ of: "a later version" })
    expect(codes(again)).toEqual(["J44.9"])
  })

  it("a code meant for one chart never lands on another", async () => {
    const { browser, page } = browserWith()
    const model = await panel(browser)
    let go!: () => void
    const slow = new Promise<void>((resolve) => {
      go = resolve
    })
    const save = browser.sheets.save
    browser.sheets.save = async (...all) => {
      await slow
      return save(...all)
    }
    void model.desk.accept(I10, "look-up")
    const late = model.desk.accept(J44, "look-up")
    await another(model, page, { changeKey: "b", mrn: "2", dateOfService: "2026-03-14" })
    go()
    expect(await late).toBe(false)
    expect(codes(model)).toEqual([])
  })
})

describe("decisions", () => {
  it("accepting again says where it stands; a dismissed code that is accepted is no longer dismissed", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.dismiss(I10, "other")
    await model.desk.accept(I10, "look-up")
    expect(model.worksheet.sheet.dismissed).toEqual([])
    expect(await model.desk.accept(I10, "look-up")).toBe(false)
    expect(said(model)).toContain("already, as A")
    // One step: undoing it brings the dismissal back.
    await model.worksheet.undo()
    expect(model.worksheet.sheet.dismissed).toHaveLength(1)
    await model.worksheet.redo()
    expect(codes(model)).toEqual(["I10"])
  })

  it("leave receipts that can be exported and verified, and that tell when they were tampered with", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.acceptSuggestion(suggested(model, "E11.42"), undefined)
    await model.desk.accept(I10, "look-up")
    await model.desk.moveBy(allLines(model.worksheet.sheet)[1]!.id, -1)
    await model.worksheet.undo()
    const check = {
      id: "conv.x",
      codes: [I10],
      status: "warn" as const,
      text: "",
      source: "",
      release: "FY2026"
    }
    await model.desk.override(allLines(model.worksheet.sheet)[1]!, check, "verified")
    await model.desk.remove(allLines(model.worksheet.sheet)[0]!.id)
    await model.worksheet.exportReceipts()
    const [file] = browser.sheets.files
    expect(said(model)).toContain("6 receipts, the chain is whole")
    expect(await verifyExport(file!.text)).toEqual({ ok: true, count: 6 })
    const json = JSON.parse(file!.text)
    expect(json.receipts.map(({ action }: { action: string }) => action)).toEqual([
      "accept",
      "accept",
      "move",
      "undo",
      "override",
      "remove"
    ])
    expect(json.receipts[0]).toMatchObject({
      code: { code: "E11.42" },
      release: { pack: "icd10cm-FY2026" },
      evidence: [{ start: expect.any(Number), mark: expect.stringMatching(/^[0-9a-f]{64}$/) }, {}, {}]
    })
    expect(await verifyExport(file!.text.replace('"remove"', '"accept"'))).toMatchObject({ ok: false, at: 6 })
  })

  it("removing the worksheet removes its receipts", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    await model.worksheet.remove()
    expect(browser.sheets.rows.size + browser.sheets.chains.size).toBe(0)
    expect(codes(model)).toEqual([])
    await model.desk.accept(J44, "look-up")
    expect(codes(model)).toEqual(["J44.9"])
    expect(browser.sheets.rows.size).toBe(1)
  })

  it("a typed CPT number is an opaque line with modifiers and units", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    expect(await model.desk.type("99213-25 x2")).toBeUndefined()
    expect(model.worksheet.sheet.procedures).toMatchObject([
      { system: "CPT", code: "99213", title: "", modifiers: ["25"], units: 2 }
    ])
    expect(model.worksheet.sheet.procedures[0]!.pointers).toEqual([model.worksheet.sheet.diagnoses[0]!.id])
    await model.desk.type("not a code")
    expect(said(model)).toContain("Type one code")
  })
})

describe("checks", () => {
  it("are asked in the order of the claim, with what stands beside the codes, and again after each change", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    model.setSetting("inpatient")
    await model.desk.accept(I10, "look-up")
    await model.desk.accept(J44, "look-up")
    await model.desk.change(allLines(model.worksheet.sheet)[0]!.id, { poa: "Y" })
    await model.desk.moveBy(allLines(model.worksheet.sheet)[1]!.id, -1)
    await vi.waitFor(() =>
      expect(browser.asked.filter(({ kind }) => kind === "worksheet/check").at(-1)?.body).toMatchObject({
        codes: [{ code: "J44.9" }, { code: "I10", poa: "Y" }],
        setting: "inpatient",
        date: "2026-03-14",
        documents: [{ text: CLINIC_NOTE }]
      })
    )
    await vi.waitFor(() => expect(model.worksheet.state.get().checking).toBe(false))
    expect(model.worksheet.state.get().checks).toEqual([])
  })

  it("an error is told, and the lines stay unchecked", async () => {
    const { browser } = browserWith()
    browser.checkWith = () => {
      throw new Error("x")
    }
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    await vi.waitFor(() =>
      expect(model.worksheet.state.get()).toMatchObject({
        checks: undefined,
        checking: false,
        checkProblem: expect.stringContaining("Something went wrong")
      })
    )
  })
})

describe("copying", () => {
  it("all in a shape that is remembered for the site, and named", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(J44, "look-up")
    await model.desk.type("99213-25")
    model.copying.choose({ style: "comma", shape: "no-dot" })
    await model.copying.all()
    expect(browser.clipboard).toBe("J449, 99213-25")
    expect(said(model)).toBe("On the clipboard: 2 codes (with commas): J449, 99213-25")
    const again = await panel(browser)
    await vi.waitFor(() => expect(again.copying.state.get()).toEqual({ style: "comma", shape: "no-dot" }))
    expect(again.shape()).toBe("no-dot")
  })

  it("one after the other, also by the browser's own key, and round again", async () => {
    const { browser } = browserWith()
    const model = await panel(browser)
    await model.desk.accept(I10, "look-up")
    await model.desk.accept(J44, "look-up")
    for (const expected of ["I10", "J44.9", "I10"]) {
      browser.sheets.pressCopyNext()
      await vi.waitFor(() => expect(browser.clipboard).toBe(expected))
      browser.clipboard = undefined
    }
    await vi.waitFor(() => expect(said(model)).toContain("1 of 2. On the clipboard: I10"))
  })
})
