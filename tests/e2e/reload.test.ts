/** The extension is reloaded, as after an update, while a chart is open: its script in the page is a stranger. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openPanel, readSuggestions, waitForCode } from "../../scripts/journey/panel"
import { until } from "../../scripts/journey/target"
import { type Stage, stage } from "./setup"

describe("after a reload of the extension", () => {
  let on: Stage

  beforeAll(async () => {
    on = await stage("reload")
  })
  afterAll(() => on?.close())

  it("the open chart is read again without being loaded again, and what counts is still installed", async () => {
    await on.page.goto(`${on.origin}/?encounter=clinic`)
    await on.page.evaluate(() => Object.assign(window, { loadedOnce: true }))
    const panel = await openPanel(on.launched, on.session, on.page)
    await waitForCode(panel, "E11.42")
    const before = (await readSuggestions(panel)).map(({ code }) => code)

    const { context, extensionId, worker: old } = on.launched
    await old
      .evaluate(() => chrome.runtime.reload())
      .catch(() => {
        // The worker is gone before it can answer.
      })
    const fresher = async () => context.serviceWorkers().find((each) => each !== old)
    // Chromium does not always announce the first start of a worker (engineering notes 4): a page that asks it does.
    const worker = await until("the new worker", fresher, 15_000).catch(async () => {
      const options = await context.newPage()
      await options.goto(`chrome-extension://${extensionId}/options.html`)
      const late = await until("the new worker, asked by a page", fresher)
      await options.close()
      await on.page.bringToFront()
      return late
    })
    const again = { ...on.launched, worker }
    // The new worker puts its scripts into open tabs by itself; a popup can be opened when it stands.
    await until("the new worker answers", () =>
      worker.evaluate(() => Boolean(chrome.runtime.id)).catch(() => false)
    )
    const fresh = await openPanel(again, on.session, on.page)
    await waitForCode(fresh, "E11.42")
    await until("the same suggestions", async () => {
      const codes = (await readSuggestions(fresh)).map(({ code }) => code)
      return codes.join() === before.join()
    })
    expect(await on.page.evaluate(() => "loadedOnce" in window)).toBe(true)
    await fresh.screenshot(`${on.shots}/after-reload.png`)
    // The text is changed now: the script that listens is the new one, and only one.
    await on.page.goto(`${on.origin}/?encounter=ed`)
    await waitForCode(fresh, "S60.512A")
    expect([...on.errors, ...fresh.errors]).toEqual([])
  })
})
