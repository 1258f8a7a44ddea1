import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sideways, violations } from "./looks"
import { type Stage, stage } from "./stage.mjs"

let on: Stage
beforeAll(async () => {
  on = await stage()
})
afterAll(() => on?.close())

interface Fake {
  clipboard: string | undefined
  pagesHere: { fills: { field: string; value: string }[]; undone: string[] }[]
  sheets: { files: { text: string }[] }
}
const fake = <T>(page: Page, read: (browser: Fake) => T): Promise<T> =>
  page.evaluate(`(${read.toString()})(window.fakeBrowser)`) as Promise<T>

const lines = (page: Page) => page.locator("[data-line] .sheet-what .code").allTextContents()
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "")

describe("the worksheet by keys alone", () => {
  it("accept, dismiss, overrule, order, fields, undo, copy, fill, take back", async () => {
    const { page, errors, close } = await on.open("worksheet", { width: 320 })
    await page.locator(".card").first().waitFor()
    // From the tab into the cards, as Tab does it.
    await press(page, "1", "Tab")
    while (!(await page.evaluate(() => document.activeElement?.matches(".card")))) await press(page, "Tab")
    await press(page, "a")
    await page.getByText("Accepted, A").waitFor()
    await press(page, "ArrowDown", "d")
    await page.getByText("Dismiss S52.50: why?").waitFor()
    await press(page, "3")
    await page.getByText("Dismissed: S52.50, wrong code for these words.").waitFor()
    expect(await page.evaluate(() => document.activeElement?.matches(".card"))).toBe(true)
    await press(page, "ArrowDown", "a")
    await page.getByText("Accepted, B").waitFor()

    await press(page, "/")
    await page.keyboard.type("e11.22")
    await page.getByText("E11.22").first().waitFor()
    await press(page, "Alt+Enter")
    await page.getByText("Accepted: E11.22.").waitFor()

    await press(page, "Escape", "Escape")
    await page.locator("#tab-lookup").focus()
    await press(page, "4")
    await page.getByText("First-listed").waitFor()
    expect(await lines(page)).toEqual(["E11.42", "I10", "E11.22"])
    await press(page, "Tab")
    await page.keyboard.type("99213-25")
    await press(page, "Enter")
    await page.getByText("Accepted: 99213.").waitFor()
    expect(await page.getByLabel("Type a code to add").inputValue()).toBe("")

    // Order: the line that moves keeps the focus.
    await press(page, "Tab", "Tab", "End", "ArrowUp", "Alt+ArrowUp", "Alt+ArrowUp")
    await page.getByText("E11.22 is 1, first-listed now.").waitFor()
    expect(await lines(page)).toEqual(["E11.22", "E11.42", "I10", "99213"])
    expect(await focusedText(page)).toContain("E11.22")
    await press(page, "Control+z")
    await page.getByText("Undone: Move E11.22").waitFor()
    expect(await lines(page)).toEqual(["E11.42", "E11.22", "I10", "99213"])

    // Fields of the procedure: units and a pointer.
    await press(page, "End", "Enter")
    await page.locator(".sheet-open").waitFor()
    await press(page, "Tab", "Tab", "Tab")
    await page.keyboard.type("2")
    await press(page, "Tab")
    await page.getByText("99213: units changed.").waitFor()
    await press(page, "Tab", "Space")
    await page.getByText("99213: pointers changed.").waitFor()
    await page.locator("[data-line]").last().focus()
    expect(await focusedText(page)).toMatch(/25× 2→ points to B/)

    // Out: the queue, then the form.
    await press(page, "n")
    await page.getByText("1 of 4. On the clipboard: E11.42").waitFor()
    await press(page, "n")
    expect(await fake(page, (browser) => browser.clipboard)).toBe("E11.22")
    const fillButton = page.getByRole("button", { name: "Fill the form …" })
    while (!(await fillButton.evaluate((element) => element === document.activeElement)))
      await press(page, "Tab")
    await press(page, "Enter")
    const go = page.getByRole("button", { name: "Fill 3 fields" })
    await go.waitFor()
    expect(await violations(page)).toEqual([])
    expect(await fake(page, (browser) => browser.pagesHere[0]!.fills.length)).toBe(0)
    while (!(await go.evaluate((element) => element === document.activeElement))) await press(page, "Tab")
    await press(page, "Enter")
    await page.getByText("Filled and read back: 3 fields. Nothing was submitted.").waitFor()
    expect(await fake(page, (browser) => browser.pagesHere[0]!.fills.map(({ value }) => value))).toEqual([
      "E11.42",
      "E11.22",
      "I10"
    ])
    const back = page.locator(".worksheet-fill").getByRole("button", { name: "Undo all" })
    await back.focus()
    await press(page, "Enter")
    await page.getByText("Taken back: 3 fields as before.").waitFor()
    expect(await fake(page, (browser) => browser.pagesHere[0]!.undone)).toEqual(["u3", "u2", "u1"])
    expect(errors).toEqual([])
    await close()
  })
})

describe("how it looks", () => {
  it.each([
    "light",
    "dark"
  ] as const)("no barrier with checks, fields and reasons open (%s)", async (colorScheme) => {
    const { page, errors, close } = await on.open("worksheet", { width: 320, colorScheme })
    const clean = async (what: string) => {
      expect([what, ...(await violations(page))]).toEqual([what])
      expect([what, await sideways(page)]).toEqual([what, 0])
    }
    await page.locator(".card").first().focus()
    await press(page, "a", "ArrowDown", "d")
    await page.getByText("why?").waitFor()
    await clean("dismiss")
    await press(page, "Escape", "a")
    await page.getByText("Accepted, B").waitFor()
    await press(page, "4")
    await page.getByText("S52.50 is a header and cannot be billed.").waitFor()
    await clean("checks")
    await page.getByRole("button", { name: "Override" }).click()
    await clean("override")
    await page.getByRole("button", { name: "Verified in the record" }).click()
    await page.getByText("Overridden for S52.50").waitFor()
    await clean("overridden")
    await page.getByLabel("Type a code to add").fill("J1885")
    await press(page, "Enter")
    await page.locator("[data-line]").last().focus()
    await press(page, "Enter")
    await page.getByLabel("Given").fill("60 mg")
    await page.getByLabel("Discarded").fill("30 mg")
    await press(page, "Enter")
    await page
      .getByText("60 mg at 15 mg a unit = 4 units, 30 mg discarded = 2 units with JW")
      .first()
      .waitFor()
    await clean("drug")
    await page.getByText(/^Not covered:/).click()
    await page.getByText("Copying into a remote desktop").click()
    await clean("foot")
    expect(errors).toEqual([])
    await close()
  })

  it("with text twice as large nothing is cut off", async () => {
    const { page, close } = await on.open("worksheet", { width: 320 })
    await page.locator(".card").first().focus()
    await press(page, "a", "ArrowDown", "a", "4")
    await page.addStyleTag({ content: ":root { font-size: 200% }" })
    await page.locator("[data-line]").first().focus()
    await press(page, "Enter")
    await page.locator(".sheet-open").waitFor()
    expect(await sideways(page)).toBeLessThanOrEqual(0)
    await close()
  })

  it("deciding moves nothing on the Chart tab", async () => {
    const { page, close } = await on.open("worksheet", { width: 320 })
    await page.locator(".card").first().focus()
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll(".card, .foot, .card .button")].map((element) => {
          const { x, y, width, height } = element.getBoundingClientRect()
          // The question for a reason is scrolled into sight: places count from the top of the list.
          const top = document.querySelector(".findings")!.getBoundingClientRect().y
          return [x, element.closest(".findings") ? y - top : y, width, height]
        })
      )
    const before = await places()
    await press(page, "a")
    await page.getByText("Accepted, A").waitFor()
    expect(await places()).toEqual(before)
    await press(page, "a")
    await page.getByText("E11.42 was removed").waitFor()
    await press(page, "d", "1")
    await page.getByText("Dismissed: E11.42").waitFor()
    expect(await places()).toEqual(before)
    await close()
  })

  it("a line dragged onto another takes its place", async () => {
    const { page, close } = await on.open("worksheet", { width: 420 })
    await page.locator(".card").first().focus()
    await press(page, "a", "ArrowDown", "a", "ArrowDown", "a", "4")
    await page.locator("[data-line]").nth(2).waitFor()
    expect(await lines(page)).toEqual(["E11.42", "S52.50", "I10"])
    await page.locator("[data-line]").nth(2).dragTo(page.locator("[data-line]").first())
    await page.getByText("I10 is 1, first-listed now.").waitFor()
    expect(await lines(page)).toEqual(["I10", "E11.42", "S52.50"])
    await close()
  })
})
