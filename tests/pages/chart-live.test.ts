import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ChartRequests, PageReading } from "@/messages/page-protocol"
import { type Opened, type Port, poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

const mainOf = (reading: PageReading) => reading.texts.find((text) => text.source === "main")

async function connected(
  body: string,
  path?: string
): Promise<{ opened: Opened; port: Port<ChartRequests>; first: PageReading }> {
  const opened = await rig.open(body, path)
  const port = await opened.chart()
  return { opened, port, first: await port.ask("read", {}) }
}

/** What came next about texts; that the focus moved is told besides and tested by itself below. */
const nextEvents = (port: Port<ChartRequests>) =>
  poll(
    async () => (await port.events()).filter((event) => event !== "focus"),
    (events) => events.length > 0
  )

describe("changes of the page", () => {
  it("tells of text that came, of a tab that was shown and of words typed into a field", async () => {
    const { opened, port, first } =
      await connected(`<style>.off{display:none}</style><p id=p>Assessment: asthma.</p>
      <div id=tab class=off>Plan: albuterol inhaler</div><textarea id=t>Exam: normal</textarea>`)
    const { page } = opened
    await page.evaluate(() => document.querySelector("#p")?.append(" Stable."))
    expect(await nextEvents(port)).toEqual(["changed"])
    const second = await port.ask("read", {})
    expect(mainOf(second)).toMatchObject({
      text: "Assessment: asthma. Stable.",
      version: (mainOf(first)?.version ?? 0) + 1
    })

    await page.evaluate(() => document.querySelector("#tab")?.classList.remove("off"))
    expect(await nextEvents(port)).toEqual(["changed"])
    expect(mainOf(await port.ask("read", {}))?.text).toBe(
      "Assessment: asthma. Stable.\n\nPlan: albuterol inhaler"
    )

    await page.fill("#t", "Exam: wheezing")
    expect(await nextEvents(port)).toEqual(["changed"])
    const reading = await port.ask("read", {})
    expect(reading.texts.find((text) => text.kind === "field")).toMatchObject({
      text: "Exam: wheezing",
      version: 2
    })
    await page.close()
  })

  it("sees values set by scripts when the field is focused or the page is read again", async () => {
    const { opened, port } = await connected(
      "<p>Assessment: asthma</p><textarea id=t>Exam: normal</textarea>"
    )
    const set = (value: string) =>
      opened.page.evaluate((v) => {
        ;(document.querySelector("#t") as HTMLTextAreaElement).value = v
      }, value)
    await set("Exam: edema")
    const texts = (await port.ask("read", {})).texts.map((text) => text.text)
    expect(texts).toContain("Exam: edema")
    await set("Exam: rash")
    await opened.page.focus("#t")
    expect(await nextEvents(port)).toEqual(["changed"])
    await opened.page.close()
  })

  it("tells that the focus moved, so that a code goes into the field it is in now", async () => {
    const { opened, port } = await connected("<p>Assessment: asthma</p><input id=a><input id=b>")
    for (const field of ["#a", "#b"]) {
      await opened.page.focus(field)
      const events = await poll(
        () => port.events(),
        (all) => all.length > 0
      )
      expect(events).toContain("focus")
    }
    await opened.page.close()
  })

  it("keeps quiet about changes that change no text", async () => {
    const { opened, port } = await connected("<p id=p>Assessment: asthma</p><i id=clock hidden></i>")
    await opened.page.evaluate(() => {
      const clock = document.querySelector("#clock") as HTMLElement
      for (let i = 0; i < 50; i++) clock.textContent = String(i)
      document.querySelector("#p")?.setAttribute("class", "lit")
    })
    // Something that is told, after the silence: had the other change been told, it would stand before it.
    const before = await port.ask("read", {})
    await opened.page.evaluate(() => document.querySelector("#p")?.append(" and COPD"))
    expect(await nextEvents(port)).toEqual(["changed"])
    expect(mainOf(await port.ask("read", {}))?.version).toBe((mainOf(before)?.version ?? 0) + 1)
    await opened.page.close()
  })

  it("watches shadow roots, closed ones too", async () => {
    const { opened, port } = await connected(`<p>Assessment:</p><x-note></x-note><script>
      const root = document.querySelector("x-note").attachShadow({mode:"closed"})
      root.innerHTML = "<p>asthma</p>"
      addEventListener("grow", () => root.querySelector("p").append(" and COPD"))</script>`)
    await opened.page.evaluate(() => dispatchEvent(new Event("grow")))
    expect(await nextEvents(port)).toEqual(["changed"])
    expect(mainOf(await port.ask("read", {}))?.text).toContain("asthma and COPD")
    await opened.page.close()
  })

  it("tells of frames that come with another origin", async () => {
    const { opened, port } = await connected("<p>Assessment: asthma</p>")
    const elsewhere = rig.origin.replace("127.0.0.1", "localhost")
    await opened.page.evaluate((src) => {
      const frame = document.createElement("iframe")
      frame.src = `${src}/labs`
      document.body.append(frame)
    }, elsewhere)
    expect(await nextEvents(port)).toContain("frames")
    expect((await port.ask("read", {})).foreignFrames).toEqual([elsewhere])
    await opened.page.close()
  })

  it("stays responsive under a flood of mutations and reads the end of it", async () => {
    const { opened, port } = await connected("<p>Assessment: asthma</p><div id=d></div>")
    await opened.page.evaluate(async () => {
      const d = document.querySelector("#d") as HTMLElement
      for (let round = 0; round < 20; round++) {
        for (let i = 0; i < 20_000; i++) d.textContent = String(i)
        await new Promise((r) => setTimeout(r))
      }
      d.textContent = "Plan: prednisone"
    })
    await nextEvents(port)
    await poll(
      async () => mainOf(await port.ask("read", {}))?.text ?? "",
      (text) => text.endsWith("Plan: prednisone")
    )
    await opened.page.evaluate(() => document.querySelector("#d")?.append(" taper"))
    await poll(
      () => port.events(),
      (events) => events.includes("changed")
    )
    await opened.page.close()
  })
})

describe("another patient", () => {
  const HEADER = (name: string, mrn: string) =>
    `<header id=h><span>Patient: ${name}</span> <span>MRN: ${mrn}</span> <span>DOB: 01/02/1970</span></header>`

  it("is noticed by the header", async () => {
    const { opened, port, first } = await connected(`${HEADER("Doe, J", "100200")}<p>Assessment: asthma</p>`)
    await opened.page.evaluate(
      (html) => {
        ;(document.querySelector("#h") as HTMLElement).outerHTML = html
      },
      HEADER("Roe, R", "300400")
    )
    expect((await nextEvents(port))[0]).toBe("identity")
    const after = await port.ask("read", {})
    expect(after.identity?.mrn).toBe("300400")
    expect(after.identity?.changeKey).not.toBe(first.identity?.changeKey)
    await opened.page.close()
  })

  it("is noticed by the address at once, another note of the same patient is not", async () => {
    const { opened, port, first } = await connected(
      `${HEADER("Doe, J", "100200")}<p id=p>Assessment: asthma</p>`,
      "/app/patients/12/notes/1"
    )
    await opened.page.evaluate(() => {
      history.pushState(null, "", "/app/patients/12/notes/2")
      ;(document.querySelector("#p") as HTMLElement).textContent = "Assessment: COPD"
    })
    expect(await nextEvents(port)).toEqual(["changed"])
    const second = await port.ask("read", {})
    expect(second.identity?.changeKey).toBe(first.identity?.changeKey)
    expect(second.url).toContain("/notes/2")
    await opened.page.evaluate(() => history.pushState(null, "", "/app/patients/13/notes/2"))
    expect((await nextEvents(port))[0]).toBe("identity")
    await opened.page.close()
  })

  it("is assumed when nothing on the page says who it is", async () => {
    const { opened, port } = await connected("<p>Assessment: asthma</p>", "/x?view=1")
    await opened.page.evaluate(() => history.pushState(null, "", "/x?view=2"))
    expect((await nextEvents(port))[0]).toBe("identity")
    await opened.page.close()
  })
})

describe("rest", () => {
  /** Calls into our script while the page changes by itself, counted by the browser's own trace. */
  async function callsDuring(page: Opened["page"], work: () => Promise<unknown>): Promise<number> {
    const session = await rig.context.newCDPSession(page)
    let calls = 0
    session.on("Tracing.dataCollected", ({ value }) => {
      for (const event of value as { name?: string; args?: { data?: { url?: string } } }[])
        if (event.name === "FunctionCall" && event.args?.data?.url?.includes("/chart.js")) calls++
    })
    const done = new Promise<void>((resolve) => session.on("Tracing.tracingComplete", () => resolve()))
    await session.send("Tracing.start", { categories: "devtools.timeline", transferMode: "ReportEvents" })
    await work()
    await session.send("Tracing.end")
    await done
    await session.detach()
    return calls
  }

  const busy = (page: Opened["page"]) =>
    page.evaluate(async () => {
      for (let i = 0; i < 40; i++) {
        document.body.append(document.createElement("p"))
        await new Promise((r) => setTimeout(r, 25))
      }
    })
  const still = (page: Opened["page"]) => page.evaluate(() => new Promise((r) => setTimeout(r, 1_200)))

  it("does nothing without a panel, nothing on a quiet page, and nothing any more after the panel left", async () => {
    const opened = await rig.open("<p>Assessment: asthma</p>")
    expect(await callsDuring(opened.page, () => busy(opened.page))).toBe(0)
    const port = await opened.chart()
    await port.ask("read", {})
    expect(await callsDuring(opened.page, () => busy(opened.page))).toBeGreaterThan(0)
    await poll(
      () => callsDuring(opened.page, () => still(opened.page)),
      (calls) => calls === 0,
      20_000
    )
    await port.close()
    expect(await callsDuring(opened.page, () => busy(opened.page))).toBe(0)
    await opened.page.close()
  })
})
