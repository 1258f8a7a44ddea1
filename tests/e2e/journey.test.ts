import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type JourneyReport, journey } from "../../scripts/journey/journey"
import { cardOf, litUp, panelText, press, readSuggestions, waitForCode } from "../../scripts/journey/panel"
import { until } from "../../scripts/journey/target"
import { type Stage, stage } from "./setup"

describe("the main job in the shipped build, the worker killed between the steps", () => {
  let on: Stage
  let report: JourneyReport

  beforeAll(async () => {
    on = await stage("journey")
    report = await journey({ ...on, killWorker: true })
  })
  afterAll(() => on?.close())

  it("suggests what the provider assessed, with the words it rests on", () => {
    const codes = report.suggestions.map((s) => s.code)
    expect(codes).toContain("E11.42")
    expect(codes).toContain("N18.32")
    for (const s of report.suggestions) {
      expect(s.title).not.toBe("")
      expect(s.evidence.length).toBeGreaterThan(0)
      expect(s.evidence[0]?.quote).not.toBe("")
    }
  })

  it("does not suggest what was denied, only possible, or somebody else's", () => {
    const codes = report.suggestions.map((s) => s.code)
    for (const wrong of ["R07.9", "R06.02", "G47.30", "G47.33", "M06.9", "I63.9"])
      expect(codes).not.toContain(wrong)
  })

  it("lights the words up through CSS.highlights and leaves the page's markup alone", async () => {
    expect(report.lit.some((text) => /diabet/i.test(text))).toBe(true)
    const markup = await on.page.frameLocator("#note").locator("body").innerHTML()
    expect(markup).not.toMatch(/<mark|chartside/i)
  })

  it("copies the code", () => {
    expect(report.copied.replace(".", "")).toBe("E1142")
  })

  it("looks a code up from shorthand", () => {
    expect(report.found.code).toMatch(/^S52\.5/)
  })

  it("fills the React form's field and reads it back from the form's own model", async () => {
    expect(report.filled.value).toBe("E1142")
    const state = await on.page
      .frames()
      .find((f) => f.url().includes("billing.html"))
      ?.evaluate(() =>
        (window as unknown as { readState(): { diagnoses: string[]; saved: number } }).readState()
      )
    expect(state?.diagnoses[0]).toBe("E1142")
    expect(state?.saved).toBe(0)
  })

  it("undoes the fill", async () => {
    await report.panel.evaluate(
      `[...document.querySelectorAll("button")].find((b) => b.textContent === "Undo")?.click()`
    )
    await until(
      "the field is empty again",
      async () => (await on.page.frameLocator("#claim").getByLabel("Diagnosis A").inputValue()) === ""
    )
  })

  it("goes to the words only when asked", async () => {
    await on.page.getByRole("button", { name: "Chart", exact: true }).click()
    const scrolled = () =>
      on.page
        .frames()
        .find((f) => f.url().includes("note.html"))!
        .evaluate(() => scrollY)
    await waitForCode(report.panel, "N18.32")
    await report.panel.hover(cardOf("N18.32"))
    expect(await scrolled()).toBe(0)
    await until("the note scrolled to the words", async () => {
      // The note came back into view a moment ago; until it has been read again there is nowhere to go.
      await report.panel.click(press("Go to", "N18.32"))
      return (await scrolled()) > 0
    })
  })

  it("drops everything when another patient is opened", async () => {
    await on.page.getByRole("button", { name: /Lindqvist/ }).click()
    await waitForCode(report.panel, "S60.512A")
    const codes = (await readSuggestions(report.panel)).map((s) => s.code)
    expect(codes).not.toContain("E11.42")
    expect(await panelText(report.panel)).not.toMatch(/diabet/i)
    await until("the new note is lit up", async () => (await litUp(on.page, "note.html")).length > 0)
  })

  it("keeps what was read within one encounter", async () => {
    await on.page.getByRole("button", { name: /Hargreaves/ }).click()
    await until("the history and physical was read", async () =>
      (await readSuggestions(report.panel)).some((s) => s.code.startsWith("J44"))
    )
    // A note that is left within moments of the change of patient is not kept: then it is opened once more.
    await until("the discharge summary was read too, and the other note kept", async () => {
      await on.page.getByRole("tab", { name: "Discharge summary" }).click()
      await waitForCode(report.panel, "L89.152")
      if (/history and physical/i.test(await panelText(report.panel))) return true
      await on.page.getByRole("tab", { name: "History and physical" }).click()
      await until("the history and physical is back", async () =>
        (await readSuggestions(report.panel)).some((s) => s.code === "Z85.3")
      )
      return false
    })
  })

  it("logs no error in panel or pages", () => {
    expect([...report.panel.errors, ...on.errors]).toEqual([])
  })
})
