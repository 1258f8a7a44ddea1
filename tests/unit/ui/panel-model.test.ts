import { describe, expect, it, vi } from "vitest"
import { PanelModel } from "@/ui/session/panel-model"
import { CLINIC_NOTE } from "./fake-findings"
import { FakeBrowser, FakePage, topFrame } from "./fake-services"

const CODE = { system: "ICD-10-CM" as const, code: "I10", title: "Essential (primary) hypertension" }

describe("the line that says what was done", () => {
  it("goes with the chart it speaks of", async () => {
    const page = new FakePage(topFrame(), CLINIC_NOTE, { changeKey: "patient 1", mrn: "1" })
    const model = new PanelModel(new FakeBrowser(page))
    await model.start()
    await vi.waitFor(() => expect(model.chart.state.get().phase).toBe("ready"))
    await model.copy(CODE)
    expect(model.announcer.state.get()?.text).toContain("I10")
    page.identity = { changeKey: "patient 2", mrn: "2" }
    page.tell("identity")
    expect(model.announcer.state.get()).toBeUndefined()
    model.stop()
  })

  it("a fault from before the first chart stays", async () => {
    const browser = new FakeBrowser(new FakePage(topFrame(), CLINIC_NOTE))
    browser.settings.read = () => Promise.reject(new Error("no store"))
    const model = new PanelModel(browser)
    await model.start()
    await vi.waitFor(() => expect(model.chart.state.get().phase).toBe("ready"))
    expect(model.announcer.state.get()?.text).toContain("Your settings could not be read")
    model.stop()
  })
})
