import { afterEach, describe, expect, it, vi } from "vitest"
import type { CodeField } from "@/messages/page-protocol"
import { PanelModel } from "@/ui/session/panel-model"
import { CLINIC_NOTE, clinicFindings } from "./fake-findings"
import { childFrame, FakeBrowser, FakePage, topFrame } from "./fake-services"

const code = (code: string) => ({
  system: "ICD-10-CM" as const,
  code,
  title: `Title of ${code}`,
  billable: true
})
const codeField = (row: number, change: Partial<CodeField> = {}): CodeField => ({
  field: `f${row}`,
  label: `Diagnosis ${row + 1}`,
  kind: "input",
  value: "",
  focusedAt: 0,
  role: "diagnosis",
  row,
  ...change
})

let model: PanelModel | undefined
afterEach(() => model?.stop())

async function world(formUrl = "https://ehr.example/billing") {
  const top = new FakePage(topFrame(), CLINIC_NOTE, { changeKey: "a", mrn: "1", dateOfService: "2026-03-14" })
  const form = new FakePage(childFrame(5, formUrl), "")
  form.codeFields = [codeField(0), codeField(1)]
  const browser = new FakeBrowser(top, form)
  browser.suggestWith = ({ documents }) => clinicFindings(documents[0]!.doc)
  model = new PanelModel(browser)
  const panel = model
  await panel.start()
  await vi.waitFor(() => {
    expect(panel.chart.state.get().findings).toBeDefined()
    expect(panel.worksheet.state.get().phase).toBe("open")
  })
  await panel.desk.accept(code("E11.42"), "look-up")
  await panel.desk.accept(code("I10"), "look-up")
  const { sheetFill } = panel
  return { panel, browser, top, form, sheetFill, said: () => panel.announcer.state.get()?.text ?? "" }
}

const actions = (browser: FakeBrowser) =>
  ([...browser.sheets.chains.values()][0] as { action: string; about?: unknown }[]).map((each) => each.action)

describe("the worksheet into a form", () => {
  it("previews without touching anything, fills, reads back, leaves a receipt, and undoes in one go", async () => {
    const { sheetFill, form, said, browser } = await world()
    await sheetFill.preview()
    expect(sheetFill.state.get()).toMatchObject({
      phase: "preview",
      foreign: false,
      plan: {
        fills: [
          { value: "E11.42", label: "Diagnosis 1" },
          { value: "I10", label: "Diagnosis 2" }
        ]
      }
    })
    expect(form.fills).toEqual([])
    await sheetFill.run()
    expect(form.fills.map(({ field, value }) => [field, value])).toEqual([
      ["f0", "E11.42"],
      ["f1", "I10"]
    ])
    expect(said()).toBe("Filled and read back: 2 fields. Nothing was submitted.")
    expect(actions(browser)).toEqual(["accept", "accept", "fill"])
    await sheetFill.undo()
    expect(form.undone).toEqual(["u2", "u1"])
    expect(actions(browser).at(-1)).toBe("undo-fill")
    expect(sheetFill.state.get().phase).toBe("closed")
  })

  it("a form that writes codes without the dot has taken them", async () => {
    const { sheetFill, form, said } = await world()
    form.fillAnswer = (value) => ({
      outcome: "altered",
      value: value.replace(".", ""),
      reason: "The form shows x."
    })
    await sheetFill.preview()
    await sheetFill.run()
    expect(said()).toContain("Filled and read back: 2 fields")
    expect([...sheetFill.state.get().outcomes.values()][0]).toMatchObject({
      outcome: "accepted",
      value: "E1142"
    })
  })

  it("tells what was altered or rejected, field by field", async () => {
    const { sheetFill, form, said } = await world()
    form.fillAnswer = (value) =>
      value === "I10"
        ? { outcome: "rejected", value: "", reason: "The form emptied the field." }
        : { outcome: "accepted", value }
    await sheetFill.preview()
    await sheetFill.run()
    expect(said()).toContain("1 of 2 fields took")
    expect([...sheetFill.state.get().outcomes.values()].map(({ outcome }) => outcome)).toEqual([
      "accepted",
      "rejected"
    ])
  })

  type World = Awaited<ReturnType<typeof world>>
  const MOVES: [string, (all: World) => void][] = [
    [
      "the page moved on",
      ({ browser }) => {
        browser.url = "https://ehr.example/2"
      }
    ],
    [
      "another tab is in front",
      ({ browser }) => {
        browser.tabId = 2
      }
    ],
    ["the frame was replaced", ({ browser, top }) => void browser.pagesOf.set(1, [top])]
  ]
  it.each(MOVES)("fills nothing when %s after the preview", async (_, happen) => {
    const all = await world()
    await all.sheetFill.preview()
    happen(all)
    await all.sheetFill.run()
    expect(all.form.fills).toEqual([])
    expect(all.said()).toMatch(/^Not filled/)
  })

  it("another patient closes the preview, and stops a fill that is under way", async () => {
    const { sheetFill, form, top, panel } = await world()
    await sheetFill.preview()
    const next = () => {
      top.identity = { changeKey: "b", mrn: "2", dateOfService: "2026-03-14" }
      top.tell("identity")
    }
    form.fillAnswer = (value) => {
      next()
      return { outcome: "accepted", value }
    }
    await sheetFill.run()
    expect(form.fills).toHaveLength(1)
    expect(sheetFill.state.get().phase).toBe("closed")
    await panel.desk.moveBy("x", 1)
    await sheetFill.run()
    expect(form.fills).toHaveLength(1)
  })

  it("a worksheet that changed after the preview is shown again first", async () => {
    const { sheetFill, form, panel, said } = await world()
    await sheetFill.preview()
    await panel.desk.moveBy(panel.worksheet.sheet.diagnoses[1]!.id, -1)
    await sheetFill.run()
    expect(form.fills).toEqual([])
    expect(said()).toContain("preview once more")
    await sheetFill.run()
    expect(form.fills.map(({ value }) => value)).toEqual(["I10", "E11.42"])
  })

  it("names another site", async () => {
    const { sheetFill } = await world("https://billing.example/claim")
    await sheetFill.preview()
    expect(sheetFill.state.get()).toMatchObject({ foreign: true, to: "billing.example" })
  })

  it("says what to do where there is no form", async () => {
    const { sheetFill, form, said } = await world()
    form.codeFields = []
    await sheetFill.preview()
    expect(said()).toContain("Open the billing form")
    expect(sheetFill.state.get().phase).toBe("closed")
  })
})

describe("codes on the form", () => {
  it("are read and graded against the chart; what is documented and not there is offered", async () => {
    const { sheetFill, form, browser } = await world()
    form.codeFields = [codeField(0, { value: "E1142" }), codeField(1, { value: "R079" })]
    browser.checkWith = ({ billed = [] }) => ({
      checks: [],
      standing: "pass",
      support: [
        ...billed.map((ref) => ({
          ...ref,
          title: "",
          grade: ref.code === "R07.9" ? ("contradicted" as const) : ("supported" as const),
          action: ref.code === "R07.9" ? ("remove" as const) : ("keep" as const),
          text: "as the note says.",
          evidence: []
        })),
        { ...code("J44.9"), grade: "not-listed" as const, action: "add" as const, text: "x", evidence: [] }
      ]
    })
    await sheetFill.readForm()
    const { onForm, documented } = sheetFill.state.get()
    expect(onForm!.map(({ code: each, support }) => [each, support?.action])).toEqual([
      ["E11.42", "keep"],
      ["R07.9", "remove"]
    ])
    expect(documented.map(({ code: each }) => each)).toEqual(["J44.9"])
    const asked = browser.asked.filter(({ kind }) => kind === "worksheet/check").at(-1)!
    expect(asked.body).toMatchObject({ codes: [], billed: [{ code: "E11.42" }, { code: "R07.9" }] })
  })
})
