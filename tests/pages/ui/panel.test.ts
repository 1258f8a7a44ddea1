import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { SCENES } from "./scenes"
import { type Stage, stage } from "./stage.mjs"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")

let on: Stage
beforeAll(async () => {
  on = await stage()
})
afterAll(() => on?.close())

const settled = (page: Page) =>
  page.locator("main :is(h2, label, [role=alert], .skeleton), .page").first().waitFor()
const sideways = (page: Page) =>
  page.evaluate(() => {
    const body = document.querySelector(".panel-body") ?? document.documentElement
    return Math.max(document.documentElement.scrollWidth - innerWidth, body.scrollWidth - body.clientWidth)
  })

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    // @ts-expect-error: put into the page one line above
    const { violations: found } = await window.axe.run(document)
    return found.flatMap((v: { id: string; nodes: { html: string }[] }) =>
      v.nodes.map((node) => `${v.id}: ${node.html.slice(0, 200)}`)
    )
  })
}

describe("every screen, narrow, in both themes", () => {
  it.each(Object.keys(SCENES))("%s: no barrier, no sideways scrolling, no error", async (scene) => {
    const { page, errors, close } = await on.open(scene, { width: 320, colorScheme: "light" })
    await settled(page)
    expect(await violations(page)).toEqual([])
    if (scene !== "popup") expect(await sideways(page)).toBeLessThanOrEqual(0)
    await page.emulateMedia({ colorScheme: "dark" })
    expect(await violations(page)).toEqual([])
    expect(errors).toEqual([])
    await close()
  })
})

describe("the panel in use", () => {
  it("look-up, a code in detail, the folded lane and the sheet of keys have no barrier", async () => {
    const { page, errors, close } = await on.open("chart", { width: 320, colorScheme: "dark" })
    await page.getByRole("button", { name: /Not suggested/ }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("/")
    await page.keyboard.type("diabetes")
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Shift+Enter")
    await page.getByText("Excludes1").waitFor()
    expect(await violations(page)).toEqual([])
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await page.keyboard.press("?")
    await page.getByRole("dialog").waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press("Escape")
    expect(await page.getByRole("dialog").count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  it("nothing moves when something is said, filled or lit up", async () => {
    const { page, close } = await on.open("chart", { width: 320 })
    const card = page.locator(".card").first()
    await card.focus()
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".card, .foot, .tab-bar, .card .button")].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          return [x, y, width, height]
        })
      )
    const before = await places()
    await page.keyboard.press("c")
    await page.getByText("On the clipboard: E11.42").waitFor()
    expect(await places()).toEqual(before)
    await page.keyboard.press("f")
    await page.getByText("Filled and read back").waitFor()
    expect(await places()).toEqual(before)
    await page.locator(".card").nth(1).hover()
    expect(await places()).toEqual(before)
    await close()
  })

  it("a card that is walked to is whole in sight, below the sticky heading", async () => {
    const { page, close } = await on.open("chart", { width: 320, height: 560 })
    await page.locator(".card").first().focus()
    for (let n = 0; n < 3; n++) {
      await page.keyboard.press("ArrowDown")
      const [top, floor] = await page.evaluate(() => {
        const heading = document.activeElement!.closest("section")!.querySelector("h2")!
        return [document.activeElement!.getBoundingClientRect().top, heading.getBoundingClientRect().bottom]
      })
      expect(top).toBeGreaterThanOrEqual(floor! - 1)
    }
    await close()
  })

  it("a refresh keeps the place in the list and the focus", async () => {
    const { page, close } = await on.open("chart", { width: 320, height: 520 })
    const third = page.locator(".card").nth(2)
    await third.focus()
    const before = await third.boundingBox()
    await page.evaluate(() => {
      const { fakeBrowser } = window as unknown as {
        fakeBrowser: {
          pagesHere: { write(text: string): void; texts: { text: string }[]; tell(event: string): void }[]
        }
      }
      const [shown] = fakeBrowser.pagesHere
      shown!.write(`${shown!.texts[0]!.text}Seen again in June.`)
      shown!.tell("changed")
    })
    await page.waitForFunction(() => document.querySelector(".foot-status")?.textContent?.includes("547"))
    expect(await third.boundingBox()).toEqual(before)
    expect(await third.evaluate((element) => element === document.activeElement)).toBe(true)
    await close()
  })

  it("stays usable in forced colours and with text twice as large", async () => {
    const { page, errors, close } = await on.open("busy", { width: 420, forcedColors: "active" })
    await settled(page)
    await page.addStyleTag({ content: ":root { font-size: 200% }" })
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await page.locator(".card").first().focus()
    await page.keyboard.press("c")
    await page.getByText("On the clipboard").waitFor()
    expect(errors).toEqual([])
    await close()
  })
})
