/** Gaps and a query in the shipped build: from a chart to the text on the clipboard, by keys alone. */
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openPanel, panelText, waitForCode } from "../../scripts/journey/panel"
import { type Target, until } from "../../scripts/journey/target"
import { type Stage, stage } from "./setup"

const NOTE = `Progress note
Date of service: 03/14/2026

HISTORY OF PRESENT ILLNESS
Short of breath on stairs for two weeks. Her left knee hurts after a twist on Sunday.

RESULTS
Echo today: EF 25 %. NT-proBNP 4,200 pg/mL.

EXAM
Left knee swollen.

ASSESSMENT AND PLAN
1. Heart failure. Increase furosemide, daily weights.
2. Knee pain. X-ray ordered.
3. Hypertension, at goal.`

const CHART = `<!doctype html><html lang="en"><head><title>Chart</title></head><body>
<header>Patient: Test, Anna &nbsp; MRN: 100200 &nbsp; DOB: 02/03/1950</header>
<main><article style="white-space: pre-wrap">${NOTE}</article></main></body></html>`

let on: Stage
let panel: Target

beforeAll(async () => {
  on = await stage("gaps", { pages: { "/chart.html": CHART } })
  await on.page.goto(`${on.origin}/chart.html`)
  panel = await openPanel(on.launched, on.session, on.page)
})
afterAll(() => on?.close())

const cards = () =>
  panel.evaluate<string[]>(`[...document.querySelectorAll(".gap-card .gap-title")].map((e) => e.textContent)`)
const text = () => panel.evaluate<string>(`document.querySelector(".marked-text textarea")?.value ?? ""`)

it("shows what the demo chart lacks, drafts a query that passes its own linter, and refuses a leading one", async () => {
  await waitForCode(panel, "I50.9")
  await panel.click("#tab-gaps")
  await until("gaps", async () => /Not covered/.test(await panelText(panel)))
  await panel.screenshot(join(on.shots, "gaps.png"))
  // Most of what a code could say more stands behind the counted line.
  await until("cards", async () => {
    await panel.evaluate(`document.querySelector(".gaps .group-not [aria-expanded=false]")?.click()`)
    return (await cards()).length > 0
  })
  await panel.screenshot(join(on.shots, "gaps.png"))
  await panel.evaluate(
    `[...document.querySelectorAll("button")].find((b) => b.textContent === "Draft a query").click()`
  )
  const drafted = await until("a draft", async () => (await text()) || undefined)
  expect(drafted).toMatch(/date of service/)
  await until("it was read", async () => /To be read by you first/.test(await panelText(panel)))
  await panel.screenshot(join(on.shots, "query.png"))
  const findings = await panel.evaluate<string[]>(
    `[...document.querySelectorAll(".query-findings li")].map((e) => e.textContent)`
  )
  expect(findings.filter((each) => each.startsWith("Not so"))).toEqual([])
  await panel.evaluate(`(() => {
    const field = document.querySelector(".marked-text textarea")
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, field.value + " Please document it, it changes the DRG.")
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
  })()`)
  await until("the reasons", async () => /q\.no-impact/.test(await panelText(panel)))
  expect(await panelText(panel)).toMatch(/q\.nonleading-stem/)
  await panel.screenshot(join(on.shots, "leading.png"))
  const button = (name: string) =>
    panel.evaluate(
      `[...document.querySelectorAll("button")].find((b) => b.textContent === "${name}").click()`
    )
  await panel.click(".query .button-main")
  await until("it is refused", async () => /Not copied\./.test(await panelText(panel)))
  await button("Draft again")
  await panel.click(".query-read input")
  await until("nothing stands against it", async () => /Nothing to object to/.test(await panelText(panel)))
  await panel.click(".query .button-main")
  await until("it is copied", async () => /The query is on the clipboard/.test(await panelText(panel)))
})
