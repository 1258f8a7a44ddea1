/** Pages that do strange things, by accident or on purpose: still read, marked and left as they were. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { PageReading } from "@/messages/page-protocol"
import { poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
})

async function readingOf(body: string) {
  const opened = await rig.open(body)
  const port = await opened.chart()
  return { opened, port, reading: await port.ask("read", {}) }
}
const mainOf = (reading: PageReading) => reading.texts.find((text) => text.source === "main")?.text ?? ""

describe("pages that stand in the way", () => {
  it("with fields and frames named like properties of form and document", async () => {
    const names = [
      "id",
      "localName",
      "nodeType",
      "firstChild",
      "nextSibling",
      "parentNode",
      "isConnected",
      "getAttribute",
      "checkVisibility",
      "querySelector",
      "textContent",
      "children",
      "matches",
      "ownerDocument",
      "previousSibling"
    ]
    const { opened, reading } =
      await readingOf(`<iframe name=title hidden></iframe><iframe name=documentElement hidden></iframe>
      <img name=body><form name=adoptedStyleSheets></form><form name=defaultView></form><form name=addEventListener></form>
      <form name=URL></form><form name=createElement></form>
      <form><p>Assessment: asthma</p>${names.map((name) => `<input type=hidden name=${name}>`).join("")}<textarea>Plan: albuterol</textarea></form>`)
    expect(mainOf(reading)).toBe("Assessment: asthma")
    expect(reading.url).toBe(opened.url)
    expect(reading.texts.map((text) => text.text)).toContain("Plan: albuterol")
    await opened.page.close()
  })

  it("with prototypes and globals that throw", async () => {
    const { opened, port, reading } = await readingOf(`<p>Assessment: asthma</p><script>
      for (const [type, names] of [[Node, ["firstChild","nextSibling","textContent"]], [Element, ["getAttribute","checkVisibility"]], [Document, ["adoptedStyleSheets","title"]]])
        for (const name of names) Object.defineProperty(type.prototype, name, { get() { throw new Error("trap") }, configurable: true })
      Array.prototype.push = () => { throw new Error("trap") }
      window.getComputedStyle = () => { throw new Error("trap") }
      Object.prototype.then = 1
      CSS.highlights.set = () => { throw new Error("trap") }
      </script>`)
    expect(mainOf(reading)).toBe("Assessment: asthma")
    const { version = 0 } = reading.texts[0] ?? {}
    const spans = [{ source: "main", version, start: 12, end: 18, quote: "asthma", tier: "code" as const }]
    expect(await port.ask("paint", { spans, active: [] })).toEqual({ painted: 1, missed: 0 })
    await opened.page.close()
  })

  it("with our own names in its registry: ours go, the page's stay", async () => {
    const { opened, port, reading } = await readingOf("<p id=p>Assessment: asthma</p>")
    const { version = 0 } = reading.texts[0] ?? {}
    const spans = [{ source: "main", version, start: 12, end: 18, quote: "asthma", tier: "code" as const }]
    await port.ask("paint", { spans, active: [] })
    await opened.page.evaluate(() => {
      const range = new Range()
      range.selectNodeContents(document.querySelector("#p") as Element)
      CSS.highlights.set("ce-1", new Highlight(range))
      CSS.highlights.set("theirs", new Highlight(range))
    })
    await port.close()
    const names = () => opened.page.evaluate(() => [...CSS.highlights.keys()].sort())
    await poll(names, (list) => list.length === 2)
    expect(await names()).toEqual(["ce-1", "theirs"])
    await opened.page.close()
  })

  it("with marks of direction, zero-width characters and surrogates: offsets stay exact", async () => {
    const words = "Assessment: as\u200bthma \u202eCOPD\u202c \u{1F600} naïve gout\u00ad, a\u0301cute"
    const { opened, port, reading } = await readingOf(`<p>${words}</p>`)
    expect(mainOf(reading)).toBe(words)
    const { version = 0 } = reading.texts[0] ?? {}
    const start = words.indexOf("gout")
    const spans = [{ source: "main", version, start, end: start + 4, quote: "gout", tier: "code" as const }]
    await port.ask("paint", { spans, active: [] })
    const shown = await opened.page.evaluate(() => [...(CSS.highlights.get("ce-1") ?? [])].map(String))
    expect(shown).toEqual(["gout"])
    await opened.page.close()
  })

  it("with trees of 1,000 levels, a strict policy and no body", async () => {
    const opened =
      await rig.open(`<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'none'; require-trusted-types-for 'script'">
      <body><p>Assessment: asthma</p><textarea rows=3 cols=30>Plan: albuterol</textarea>`)
    await opened.page.evaluate(() => {
      let at: Element = document.body
      for (let i = 0; i < 1_000; i++) at = at.appendChild(document.createElement("div"))
      at.textContent = "Plan: prednisone"
    })
    const port = await opened.chart()
    const reading = await port.ask("read", {})
    expect(mainOf(reading)).toBe("Assessment: asthma\n\nPlan: prednisone")
    const field = reading.texts.find((text) => text.kind === "field")
    const at = field?.text.indexOf("albuterol") ?? -1
    const spans = [
      {
        source: field?.source ?? "",
        version: field?.version ?? 0,
        start: at,
        end: at + 9,
        quote: "albuterol",
        tier: "code" as const
      }
    ]
    expect(await port.ask("paint", { spans, active: [] })).toEqual({ painted: 1, missed: 0 })
    await opened.page.evaluate(() => document.body.remove())
    await poll(
      async () => (await port.ask("read", {})).texts,
      (texts) => texts.length === 0
    )
    await opened.page.close()
  })

  it("that take themselves apart while they are read", async () => {
    const opened = await rig.open("<main id=m></main>")
    await opened.page.evaluate(() => {
      const m = document.querySelector("#m") as HTMLElement
      m.innerHTML = "<section><p>Assessment: asthma</p><div><p>Plan: albuterol</p></div></section>".repeat(
        6_000
      )
      const tick = () => {
        const at = Math.floor(Math.random() * m.children.length)
        m.children[at]?.remove()
        m.insertAdjacentHTML("afterbegin", "<section><p>Denies fever</p></section>")
        ;(window as unknown as { ticking: number }).ticking = requestAnimationFrame(tick)
      }
      tick()
    })
    const port = await opened.chart()
    for (let i = 0; i < 5; i++) expect(mainOf(await port.ask("read", {})).length).toBeGreaterThan(1_000)
    await opened.page.evaluate(() => {
      cancelAnimationFrame((window as unknown as { ticking: number }).ticking)
      ;(document.querySelector("#m") as HTMLElement).innerHTML = "<p>Assessment: gout</p>"
    })
    await poll(
      async () => mainOf(await port.ask("read", {})),
      (text) => text === "Assessment: gout"
    )
    await opened.page.close()
  })
})
