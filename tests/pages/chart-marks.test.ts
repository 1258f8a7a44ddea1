import { readFileSync } from "node:fs"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { MARK_COLOURS, MARK_NAMES, MARK_SHEET } from "@/chart/mark-styles"
import type { ChartRequests, PageReading, PaintSpan } from "@/messages/page-protocol"
import { type Opened, type Port, poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

/** The nth place of some words in a reading, as the panel would ask for it. */
function spanOf(reading: PageReading, quote: string, nth = 0, tier: PaintSpan["tier"] = "code"): PaintSpan {
  for (const { source, version, text } of reading.texts) {
    const at = [...text.matchAll(new RegExp(quote.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "g"))][nth]
    if (at) return { source, version, start: at.index, end: at.index + quote.length, quote, tier }
  }
  throw new Error(`"${quote}" was not read`)
}

/** What the page's own registry holds under our names. */
const marked = (page: Page) =>
  page.evaluate((names) => {
    const of = (name: string) => [...(CSS.highlights.get(name) ?? [])].map((range) => String(range))
    return Object.fromEntries(Object.entries(names).map(([style, name]) => [style, of(name)]))
  }, MARK_NAMES)

async function connected(body: string, frameId?: number) {
  const opened = await rig.open(body)
  const port = await opened.chart(frameId)
  return { opened, page: opened.page, port, first: await port.ask("read", {}) }
}

const shareOf = async (page: Page, selector: string, colour: string) =>
  (await pixelsOf(page, selector, colour)).share
const boxOf = async (page: Page, selector: string, colour: string) =>
  (await pixelsOf(page, selector, colour)).box

/** Share of pixels of an area that have this colour, and the box around them: left, top, right, bottom. */
async function pixelsOf(
  page: Page,
  selector: string,
  colour: string
): Promise<{ share: number; box: number[] }> {
  const png = await page.locator(selector).screenshot({ animations: "disabled" })
  return page.evaluate(
    async ([data, hex]) => {
      const bytes = Uint8Array.from(atob(data as string), (c) => c.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D
      context.drawImage(image, 0, 0)
      const { data: pixels } = context.getImageData(0, 0, image.width, image.height)
      const want = [1, 3, 5].map((i) => Number.parseInt((hex as string).slice(i, i + 2), 16))
      let hits = 0
      const box = [image.width, image.height, 0, 0] as [number, number, number, number]
      for (let i = 0; i < pixels.length; i += 4) {
        if (!want.every((v, c) => Math.abs((pixels[i + c] as number) - v) < 3)) continue
        hits++
        const x = (i / 4) % image.width
        const y = Math.floor(i / 4 / image.width)
        box[0] = Math.min(box[0], x)
        box[1] = Math.min(box[1], y)
        box[2] = Math.max(box[2], x)
        box[3] = Math.max(box[3], y)
      }
      return { share: hits / (pixels.length / 4), box }
    },
    [png.toString("base64"), colour] as const
  )
}

const paint = (port: Port<ChartRequests>, spans: PaintSpan[], active: PaintSpan[] = []) =>
  port.ask("paint", { spans, active })

describe("marks in the page", () => {
  it("mark exactly the words of each tier, over element borders, without touching the page", async () => {
    const { page, port, first } = await connected(
      "<main><h2>Assessment</h2><p>Type 2 <b>dia</b>betes,   no\n COPD, possible <i>gout</i>. Asthma.</p></main>"
    )
    const before = await page.content()
    const answer = await paint(
      port,
      [
        spanOf(first, "Type 2 diabetes"),
        spanOf(first, "no COPD", 0, "suppressed"),
        spanOf(first, "gout", 0, "consider")
      ],
      [spanOf(first, "Asthma")]
    )
    expect(answer).toEqual({ painted: 4, missed: 0 })
    const shown = await marked(page)
    expect(shown.code?.join("")).toBe("Type 2 diabetes")
    expect(shown.suppressed?.join("")).toBe("no\n COPD")
    expect(shown.consider).toEqual(["gout"])
    expect(shown.active).toEqual(["Asthma"])
    expect(await page.content()).toBe(before)
    await page.close()
  })

  it("are seen in documents, in open and closed shadow roots and in frames", async () => {
    const opened =
      await rig.open(`<style>p,x-a,x-b,iframe{display:block;font:20px monospace;margin:0;border:0}</style>
      <p id=doc>Assessment diabetes</p><x-a></x-a><x-b></x-b><iframe id=f srcdoc="<p style='font:20px monospace'>Assessment asthma</p>"></iframe>
      <script>for (const [n, mode] of [["x-a","open"],["x-b","closed"]])
        document.querySelector(n).attachShadow({mode}).innerHTML = "<div>Plan for " + (mode === "open" ? "hypertension" : "pneumonia") + "</div>"</script>`)
    const { page } = opened
    const port = await opened.chart()
    const reading = await port.ask("read", {})
    const spans = ["diabetes", "hypertension", "pneumonia"].map((word) => spanOf(reading, word))
    expect(await paint(port, spans)).toEqual({ painted: 3, missed: 0 })
    const inner = (await opened.frames()).find(({ frameId }) => frameId !== 0)
    const innerPort = await opened.chart(inner?.frameId)
    const innerReading = await innerPort.ask("read", {})
    expect(await paint(innerPort, [spanOf(innerReading, "asthma", 0, "consider")])).toEqual({
      painted: 1,
      missed: 0
    })
    for (const where of ["#doc", "x-a", "x-b"])
      await poll(
        () => shareOf(page, where, MARK_COLOURS.code.back),
        (share) => share > 0.02
      )
    await poll(
      () => shareOf(page, "#f", MARK_COLOURS.consider.back),
      (share) => share > 0.005
    )
    await paint(port, [])
    await poll(
      () => shareOf(page, "#doc", MARK_COLOURS.code.back),
      (share) => share === 0
    )
    await page.close()
  })

  it("come back when the page draws the same words anew", async () => {
    const { page, port, first } = await connected("<div id=d><p>Assessment: asthma</p></div>")
    await paint(port, [spanOf(first, "asthma")])
    await page.evaluate(() => {
      const d = document.querySelector("#d") as HTMLElement
      d.innerHTML = `${d.innerHTML}`
    })
    await poll(
      () => marked(page),
      ({ code }) => code?.[0] === "asthma"
    )
    expect(await port.events()).toEqual([])
    await page.close()
  })

  it("are found again after edits, nearest first, and not drawn where that is not sure", async () => {
    const { page, port, first } = await connected(
      "<p id=p>Assessment: asthma, COPD. Denies asthma in family.</p>"
    )
    const old = [spanOf(first, "asthma", 1), spanOf(first, "COPD")]
    await page.evaluate(() => document.querySelector("#p")?.prepend("Patient seen today. "))
    await poll(
      () => port.events(),
      (events) => events.includes("changed")
    )
    expect(await paint(port, old)).toEqual({ painted: 2, missed: 0 })
    expect((await marked(page)).code).toEqual(["asthma", "COPD"])
    const place = await page.evaluate((name) => {
      const [first] = CSS.highlights.get(name) ?? []
      return (first as Range).startContainer.textContent?.slice(
        (first as Range).startOffset - 7,
        (first as Range).startOffset
      )
    }, MARK_NAMES.code)
    expect(place).toBe("Denies ")

    await page.evaluate(() => {
      ;(document.querySelector("#p") as HTMLElement).textContent = "Assessment: gout."
    })
    await poll(
      () => port.events(),
      (events) => events.includes("changed")
    )
    expect(await paint(port, old)).toEqual({ painted: 0, missed: 2 })
    expect((await marked(page)).code).toEqual([])
    await page.close()
  })

  it("leave nothing behind: no marks, no sheets, no elements", async () => {
    const { page, port, first } = await connected(
      "<p>Assessment: asthma</p><textarea rows=3 cols=40>Plan: albuterol</textarea>"
    )
    const before = await page.content()
    await paint(port, [spanOf(first, "asthma"), spanOf(first, "albuterol")])
    expect(await page.content()).not.toBe(before)
    await port.close()
    const left = () =>
      page.evaluate(() => ({
        marks: CSS.highlights.size,
        sheets: document.adoptedStyleSheets.length,
        html: document.documentElement.outerHTML
      }))
    await poll(left, ({ marks, sheets }) => marks === 0 && sheets === 0)
    expect(await page.content()).toBe(before)
    await page.close()
  })

  it("have the colours of the sheet that the product registers, each pair with contrast 7:1", () => {
    const bare = (css: string) => css.replace(/;?\s*([{}:;])\s*/g, "$1").trim()
    const file = readFileSync(new URL("../../contents/chart/marks.css", import.meta.url), "utf8")
    expect(bare(file)).toBe(bare(MARK_SHEET))
    const light = (hex: string) => {
      const [r, g, b] = [1, 3, 5].map((i) => {
        const v = Number.parseInt(hex.slice(i, i + 2), 16) / 255
        return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
      }) as [number, number, number]
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    for (const { back, text } of Object.values(MARK_COLOURS))
      expect((light(back) + 0.05) / (light(text) + 0.05)).toBeGreaterThan(7)
  })

  it("work where the sheet was not registered: it is adopted, and taken away at the end", async () => {
    // A page outside the registration: the script is injected by hand.
    const opened = await rig.open("<p id=p style='font:20px monospace'>Assessment: asthma</p>")
    await opened.page.goto("about:blank")
    const leaveOut = (excludeMatches: string[]) =>
      rig.driver.evaluate(
        (except) =>
          chrome.scripting.updateContentScripts([
            { id: "chart", excludeMatches: except } as chrome.scripting.RegisteredContentScript
          ]),
        excludeMatches
      )
    await leaveOut(["*://*/bare"])
    rig.put("/bare", "<!doctype html><body><p id=p style='font:20px monospace'>Assessment: asthma</p>")
    await opened.page.goto(`${rig.origin}/bare`)
    await rig.driver.evaluate((tab) => driver.inject(tab, "chart.js"), opened.tabId)
    const port = await opened.chart()
    await paint(port, [spanOf(await port.ask("read", {}), "asthma")])
    await poll(
      () => shareOf(opened.page, "#p", MARK_COLOURS.code.back),
      (share) => share > 0.02
    )
    expect(await opened.page.evaluate(() => document.adoptedStyleSheets.length)).toBe(1)
    await port.close()
    await poll(
      () => opened.page.evaluate(() => document.adoptedStyleSheets.length),
      (count) => count === 0
    )
    await leaveOut([])
    await opened.page.close()
  })
})

describe("marks in text areas", () => {
  const AREA = `<style>textarea::selection{background:#0a6472;color:#fff}</style><p>Assessment: asthma</p><label for=t>Plan</label><br>
    <textarea id=t style="font:16px/20px monospace;width:300px;height:80px;padding:7px;border:3px solid;background:#fff;color:#000">${"Keep on. ".repeat(20)}Start albuterol inhaler now. ${"Call us. ".repeat(30)}</textarea>`

  it("lie over exactly these words, follow scrolling and go when the text changes", async () => {
    const { page, port, first } = await connected(AREA)
    expect(await paint(port, [spanOf(first, "albuterol inhaler")])).toEqual({ painted: 1, missed: 0 })
    const tinted = () => shareOf(page, "#t", "#bde1c3")
    expect(await tinted()).toBe(0)
    expect(await port.ask("goTo", { span: spanOf(first, "albuterol inhaler") })).toEqual({ found: true })
    const top = await page.evaluate(() => document.querySelector("#t")?.scrollTop ?? 0)
    expect(top).toBeGreaterThan(0)
    await poll(tinted, (share) => share > 0.02)
    const veiled = await boxOf(page, "#t", "#bde1c3")
    // The browser's own selection of the same words covers the same pixels.
    await paint(port, [])
    await page.evaluate(() => {
      const area = document.querySelector("#t") as HTMLTextAreaElement
      const at = area.value.indexOf("albuterol inhaler")
      area.focus({ preventScroll: true })
      area.setSelectionRange(at, at + "albuterol inhaler".length)
    })
    const selected = await boxOf(page, "#t", "#0a6472")
    for (const side of [0, 1, 2, 3])
      expect(Math.abs((veiled[side] ?? 0) - (selected[side] ?? 99))).toBeLessThan(4)
    await paint(port, [spanOf(first, "albuterol inhaler")])
    await page.fill("#t", "Something else")
    await poll(tinted, (share) => share === 0)
    await page.close()
  })

  it("count as missed where the layer cannot be exact", async () => {
    const { page, port, first } = await connected(
      `<p>Assessment: asthma</p><textarea style="transform:rotate(10deg)">Plan: albuterol</textarea>`
    )
    expect(await paint(port, [spanOf(first, "albuterol")])).toEqual({ painted: 0, missed: 1 })
    await page.close()
  })
})

describe("going to a place", () => {
  const LONG = `<p>Assessment: asthma</p><div id=pane style="height:200px;overflow:auto"><pre id=pre>${"line of the note\n".repeat(300)}Plan: albuterol\n${"more\n".repeat(300)}</pre></div>
    <div style="height:3000px"></div><p id=low>Impression: pneumonia</p>`

  const inView = (page: Page, word: string) =>
    page.evaluate((w) => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const range = document.createRange()
      for (let node = walker.nextNode() as Text; node; node = walker.nextNode() as Text) {
        const at = node.data.indexOf(w)
        if (at < 0) continue
        range.setStart(node, at)
        range.setEnd(node, at + w.length)
        const box = range.getBoundingClientRect()
        const pane =
          node.parentElement?.closest("#pane")?.getBoundingClientRect() ??
          new DOMRect(0, 0, innerWidth, innerHeight)
        return box.top >= Math.max(0, pane.top) && box.bottom <= Math.min(innerHeight, pane.bottom)
      }
      return false
    }, word)

  it("scrolls panes and page as far as needed, and nothing else ever scrolls", async () => {
    const { page, port, first } = await connected(LONG)
    const spans = [spanOf(first, "albuterol"), spanOf(first, "pneumonia")]
    const scrolled = () => page.evaluate(() => [scrollY, document.querySelector("#pane")?.scrollTop])
    await paint(port, spans, spans)
    expect(await scrolled()).toEqual([0, 0])
    expect(await port.ask("goTo", { span: spans[0] as PaintSpan })).toEqual({ found: true })
    expect(await inView(page, "albuterol")).toBe(true)
    expect(await port.ask("goTo", { span: spans[1] as PaintSpan })).toEqual({ found: true })
    expect(await inView(page, "pneumonia")).toBe(true)
    const at = await scrolled()
    const gone = { ...(spans[0] as PaintSpan), quote: "lisinopril" }
    expect(await port.ask("goTo", { span: gone })).toEqual({ found: false })
    expect(await scrolled()).toEqual(at)
    await page.close()
  })
})

describe("a page that outlives its extension", () => {
  it("loses the marks and hears nothing more of us", async () => {
    const own = await Rig.start()
    const opened: Opened = await own.open("<p>Assessment: asthma</p><textarea>Plan: albuterol</textarea>")
    const port = await opened.chart()
    const reading = await port.ask("read", {})
    await paint(port, [spanOf(reading, "asthma"), spanOf(reading, "albuterol")])
    expect((await marked(opened.page)).code).toEqual(["asthma"])
    const before = await opened.page.evaluate(() => document.documentElement.childElementCount)
    // The page of the extension goes with it, so its own answer never comes.
    await own.driver.evaluate(() => chrome.runtime.reload()).catch(() => undefined)
    await poll(
      () => marked(opened.page),
      ({ code }) => code?.length === 0
    )
    expect(await opened.page.evaluate(() => document.documentElement.childElementCount)).toBe(before - 1)
    await opened.page.evaluate(() => document.body.append("and COPD"))
    await own.stop()
  })
})
