/** The main job from the first click to the filled field: used by `npm start` and by the end-to-end test. */
import { join } from "node:path"
import type { CDPSession, Page } from "playwright-core"
import type { Launched } from "./launch"
import {
  killWorker,
  litUp,
  openPanel,
  press,
  readSuggestions,
  type SeenSuggestion,
  waitForCode
} from "./panel"
import { type Target, until } from "./target"

export interface JourneyReport {
  panel: Target
  suggestions: SeenSuggestion[]
  /** Texts lit up in the note, all and for the card under the pointer. */
  lit: string[]
  copied: string
  /** Best hit of the look-up for `search`. */
  found: { search: string; code: string; title: string }
  filled: { label: string; value: string; said: string }
  errors: string[]
}

export interface JourneyOptions {
  launched: Launched
  session: CDPSession
  page: Page
  origin: string
  /** Folder for screenshots. */
  shots: string
  /** Kill the worker between the steps. */
  killWorker?: boolean
}

/** Waits until the panel's status line says something that matches. */
export async function said(panel: Target, pattern: RegExp): Promise<string> {
  let lines: string[] = []
  try {
    return await until(`the panel says ${pattern}`, async () => {
      const text = await panel.evaluate<string>(
        `[...document.querySelectorAll("[role=status],[role=alert],[aria-live]")].map((e) => e.textContent).join("\\n")`
      )
      lines = text.split("\n").filter(Boolean)
      return lines.find((line) => pattern.test(line))
    })
  } catch {
    throw new Error(`The panel never said ${pattern}. It says: ${lines.join(" | ")}`)
  }
}

/** What any other program would paste now. Reading needs a permission that the extension does not have. */
async function readClipboard({ session, origin }: JourneyOptions, page: Page): Promise<string> {
  await session.send("Browser.grantPermissions", { permissions: ["clipboardReadWrite"], origin })
  await page.bringToFront()
  return page.evaluate(() => navigator.clipboard.readText())
}

export async function journey(options: JourneyOptions): Promise<JourneyReport> {
  const { launched, session, page, origin, shots } = options
  const kill = () => (options.killWorker ? killWorker(session) : Promise.resolve())
  await page.goto(`${origin}/?encounter=clinic`)
  const panel = await openPanel(launched, session, page)

  const code = "E11.42"
  await waitForCode(panel, code)
  const suggestions = await readSuggestions(panel)
  await panel.screenshot(join(shots, "1-chart.png"))

  const lit = await until("words lit up in the note", async () => {
    const texts = await litUp(page, "note.html")
    return texts.length ? texts : undefined
  })
  await panel.hover(press("Copy", code))
  await page.screenshot({ path: join(shots, "2-words-lit-up.png") })

  await kill()
  await panel.click(press("Copy", code))
  await said(panel, new RegExp(code.replace(".", "\\.?")))
  const copied = await readClipboard(options, page)

  await kill()
  await panel.click("#tab-lookup")
  const search = "lt dist rad fx"
  await panel.waitFor("document.querySelector('#tab-panel-lookup input') !== null")
  await panel.click("#tab-panel-lookup input")
  await panel.type(search)
  const hit = await panel.waitFor<{ code: string; title: string }>(`(() => {
    const first = document.querySelector("#tab-panel-lookup .result")
    const code = first?.querySelector(".code")?.textContent
    return code ? { code, title: first.querySelector(".code-line-title")?.textContent ?? "" } : null
  })()`)
  await panel.screenshot(join(shots, "3-look-up.png"))
  await panel.click("#tab-chart")

  await page.getByRole("button", { name: "Billing" }).click()
  const claim = page.frameLocator("#claim")
  await claim.getByLabel("Diagnosis A").click()
  await kill()
  await waitForCode(panel, code)
  await panel.click(press("Fill", code))
  const saidFilled = await said(panel, /read back/)
  const value = await claim.getByLabel("Diagnosis A").inputValue()
  await page.screenshot({ path: join(shots, "4-filled.png") })
  await panel.screenshot(join(shots, "5-panel-after-fill.png"))
  return {
    panel,
    suggestions,
    lit,
    copied,
    found: { search, ...hit },
    filled: { label: "Diagnosis A", value, said: saidFilled },
    errors: [...panel.errors]
  }
}
