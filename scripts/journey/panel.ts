/** Opens the real side panel, as a person does through the popup, and names what can be seen in it. */
import type { CDPSession, Page } from "playwright-core"
import type { Launched } from "./launch"
import { Target, until } from "./target"

export interface SeenSuggestion {
  code: string
  title: string
  /** Heading of the group: "Code", "Consider" ... */
  group: string
  evidence: { quote: string; where: string; via: string }[]
}

/**
 * Opens the popup over `page` and presses its button that opens the panel. The popup is real: the browser's
 * own call opens it, and the press is an input event, so that the panel may open.
 */
export async function openPanel(launched: Launched, session: CDPSession, page: Page): Promise<Target> {
  await page.bringToFront()
  await launched.worker.evaluate(async () => {
    await chrome.action.openPopup()
  })
  const popup = await Target.attach(session, "/popup.html")
  await popup.click("[data-action='open-panel']")
  return Target.attach(session, "/sidepanel.html")
}

/** What the Chart tab shows, in its order. */
export function readSuggestions(panel: Target): Promise<SeenSuggestion[]> {
  return panel.evaluate(`[...document.querySelectorAll("article.card[data-key]")].map((card) => ({
    code: card.querySelector(".code")?.textContent ?? "",
    title: card.querySelector(".code-line-title")?.textContent ?? "",
    group: card.closest("section")?.querySelector("h2,h3")?.textContent ?? "",
    evidence: [...card.querySelectorAll(".evidence")].map((e) => ({
      quote: e.querySelector("mark")?.textContent ?? "",
      where: e.querySelector(".evidence-where")?.textContent ?? "",
      via: e.querySelector(".evidence-via")?.textContent ?? ""
    }))
  }))`)
}

/** Waits until the panel lists a suggestion with this code. */
export async function waitForCode(panel: Target, code: string): Promise<SeenSuggestion> {
  const found = await until(`${code} among the suggestions`, async () =>
    (await readSuggestions(panel)).find((s) => s.code === code)
  )
  return found
}

export const cardOf = (code: string) => `article.card[data-key]:has(button[aria-label="Copy ${code}"])`

export const press = (what: "Copy" | "Fill" | "Go to" | "Look up", code: string) =>
  `article.card button[aria-label="${what} ${code}"]`

/** Everything the panel says right now, as a person reads it. */
export const panelText = (panel: Target) => panel.evaluate<string>("document.body.innerText")

/** Kills the service worker, as the browser may at any time; the next message starts it again. */
export async function killWorker(session: CDPSession): Promise<void> {
  const workers = async () =>
    (await session.send("Target.getTargets", { filter: [{}] })).targetInfos.filter(
      (t) => t.type === "service_worker"
    )
  const [worker] = await workers()
  if (!worker) return
  await until("the worker is gone", async () => {
    if ((await workers()).every((w) => w.targetId !== worker.targetId)) return true
    // Asked again each time: a worker that is just being started does not hear the first one.
    await session.send("Target.closeTarget", { targetId: worker.targetId }).catch(() => undefined)
    return false
  })
}

/** Texts that are lit up through CSS.highlights in a frame of the page, as the page itself can see them. */
export function litUp(page: Page, frameUrlPart: string): Promise<string[]> {
  const frame = page.frames().find((f) => f.url().includes(frameUrlPart))
  if (!frame) return Promise.resolve([])
  return frame.evaluate(() => {
    const texts: string[] = []
    for (const highlight of CSS.highlights.values()) {
      for (const range of highlight) {
        const copy = document.createRange()
        copy.setStart(range.startContainer, range.startOffset)
        copy.setEnd(range.endContainer, range.endOffset)
        texts.push(copy.toString())
      }
    }
    return texts
  })
}
