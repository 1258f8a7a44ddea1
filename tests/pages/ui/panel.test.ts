import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sideways, violations } from "./looks"
import { SCENES } from "./scenes"
import { type Stage, stage } from "./stage.mjs"

let on: Stage
beforeAll(async () => {
  on = await stage()
})
afterAll(() => on?.close())

const settled = (page: Page) =>
  page.locator("main :is(h2, label, [role=alert], .skeleton), .page").first().waitFor()
describe("every screen, narrow, in both themes", () => {
  // Whatever packs this copy has are no part of a test.
  it.each(
    Object.keys(SCENES).filter((scene) => scene !== "real")
  )("%s: no barrier, no sideways scrolling, no error", async (scene) => {
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

  it.each([
    "light",
    "dark"
  ] as const)("gaps and a query, also with faults, have no barrier (%s)", async (colorScheme) => {
    const { page, errors, close } = await on.open("gaps", { width: 320, colorScheme })
    await page.locator(".card").first().waitFor()
    const clean = async (what: string) => {
      expect([what, ...(await violations(page))]).toEqual([what])
      expect([what, await sideways(page)]).toEqual([what, 0])
    }
    await page.keyboard.press("2")
    await page.getByRole("button", { name: /more details/ }).click()
    await clean("gaps")
    await page.locator(".gap-card").nth(1).focus()
    await page.keyboard.press("d")
    await clean("a reason")
    await page.keyboard.press("2")
    await page.locator(".gap-card").nth(1).focus()
    await page.keyboard.press("q")
    const text = page.getByLabel("Text", { exact: true })
    await text.waitFor()
    await clean("query")
    await text.fill("Since the last visit: please document it, it changes the DRG.")
    await page.getByText("q.no-impact").waitFor()
    await clean("faults")
    // The marks lie where the words stand.
    const [field, below] = await Promise.all([
      text.boundingBox(),
      page.locator(".marked-text-below").boundingBox()
    ])
    expect(below).toEqual(field)
    await page.keyboard.press("Escape")
    expect(await page.locator(".query").count()).toBe(0)
    expect(errors).toEqual([])
    await close()
  })

  it.each([
    "light",
    "dark"
  ] as const)("look-up, browsing and tables have no barrier (%s)", async (colorScheme) => {
    const { page, errors, close } = await on.open("small", { width: 320, colorScheme })
    await page.locator(".card").first().waitFor()
    const clean = async (what: string) => {
      expect([what, ...(await violations(page))]).toEqual([what])
      expect([what, await sideways(page)]).toEqual([what, 0])
    }
    const field = page.getByRole("combobox", { name: "Look up a code or words" })
    const leaf = async (name: string) => {
      await page.keyboard.press("Escape")
      await field.fill("")
      await page.getByRole("button", { name }).click()
    }
    await page.keyboard.press("/")
    await page.getByText("Ways to type").waitFor()
    await clean("start")
    await field.fill("diabetes")
    await page.getByText("via").first().waitFor()
    await clean("results")
    await field.fill("n183")
    await page.keyboard.press("Shift+Enter")
    await page.getByText("Attributes").waitFor()
    await page.getByLabel("CC/MCC and HCC marks").check()
    await clean("code")
    await page.keyboard.press("Escape")
    await field.fill("s52501a")
    await page.keyboard.press("Shift+Enter")
    await page.getByText("7th character").first().waitFor()
    await clean("7th characters")
    await page.locator("#code-heading").focus()
    await page.keyboard.press("t")
    await page.getByRole("treeitem", { name: /S52.501A/ }).waitFor()
    await clean("Tabular List")
    await leaf("Table of Neoplasms")
    await page.keyboard.type("lung")
    await page.keyboard.press("Enter")
    await page.keyboard.press("ArrowRight")
    await page.getByRole("link", { name: "C34.90" }).waitFor()
    await clean("Table of Neoplasms")
    await leaf("ICD-10-PCS tables")
    await page.keyboard.type("0016")
    await page.getByText("Cerebral Ventricle").waitFor()
    await clean("PCS tables")
    expect(errors).toEqual([])
    await close()
  })

  it("with text twice as large every place reads without sideways scrolling", async () => {
    const { page, close } = await on.open("small", { width: 320 })
    await page.locator(".card").first().waitFor()
    await page.addStyleTag({ content: ":root { font-size: 200% }" })
    await page.keyboard.press("/")
    const field = page.getByRole("combobox", { name: "Look up a code or words" })
    for (const text of ["diabetes", "s52.501a"]) {
      await field.fill(text)
      expect(await sideways(page)).toBeLessThanOrEqual(0)
    }
    await page.keyboard.press("Shift+Enter")
    await page.getByText("7th character").first().waitFor()
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await page.keyboard.press("c")
    await page.getByText(/On the clipboard: S52.501A/).waitFor()
    const box = await page.locator(".foot-status").boundingBox()
    expect(box!.y + box!.height).toBeLessThanOrEqual(780)
    await close()
  })

  it("Escape after L gives the focus back to the card", async () => {
    const { page, close } = await on.open("small", { width: 320 })
    const second = page.locator(".card").nth(1)
    await second.focus()
    await page.keyboard.press("l")
    await page.locator("#code-heading, .place-head h2").first().waitFor()
    await page.keyboard.press("Escape")
    await page.waitForFunction(() => document.activeElement?.matches(".card"))
    expect(await second.evaluate((element) => element === document.activeElement)).toBe(true)
    await close()
  })

  it("nothing moves when something is said, filled or lit up", async () => {
    // High enough that pointing at the second card does not scroll.
    const { page, close } = await on.open("chart", { width: 320, height: 900 })
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
