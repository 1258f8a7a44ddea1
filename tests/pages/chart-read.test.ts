import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { PageReading } from "@/messages/page-protocol"
import { poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

async function readingOf(body: string, path?: string): Promise<PageReading> {
  const opened = await rig.open(body, path)
  const port = await opened.chart()
  const reading = await port.ask("read", {})
  await opened.page.close()
  return reading
}

/** Main text of a page, "" when there is none. */
const read = async (body: string) => mainOf(await readingOf(body))
const mainOf = (reading: PageReading) => reading.texts.find((text) => text.source === "main")?.text ?? ""
const lines = (text: string) => text.split("\n").filter((line) => line !== "")

describe("text of a page", () => {
  it("breaks lines at blocks, cells and br, and keeps words of inline elements together", async () => {
    const text = await read(`<main><h2>Assessment</h2>
      <p>Type 2 <b>dia</b>betes
         mellitus,   stable.<br>Continue metformin.</p>
      <ul><li>Hypertension</li><li>CKD <i>stage 3b</i></li></ul>
      <table><tr><th>Lab</th><td>A1c</td><td>8.2 %</td></tr><tr><td>Creatinine</td><td>1.9</td></tr></table>
      <dl><dt>Allergies</dt><dd>Penicillin</dd></dl></main>`)
    expect(text).toBe(
      "Assessment\n\nType 2 diabetes mellitus, stable.\nContinue metformin.\n\nHypertension\nCKD stage 3b\nLab\nA1c\n8.2 %\nCreatinine\n1.9\nAllergies\nPenicillin"
    )
  })

  it("keeps what is preformatted, by element and by style, and follows elements that are styled as blocks", async () => {
    const text = await read(`<style>.note{white-space:pre-wrap}.line{display:block}.pair{display:flex}</style>
      <pre>ASSESSMENT:\n  1. COPD\n     exacerbation</pre><div class=note>PLAN:\n\n  prednisone</div>
      <div><span class=line>Cough</span><span class=line>Fever</span></div>
      <div class=pair><span>BP</span><span>142/88</span></div>`)
    expect(text).toBe(
      "ASSESSMENT:\n  1. COPD\n     exacerbation\nPLAN:\n\n  prednisone\nCough\nFever\nBP\t142/88"
    )
  })

  it("leaves out what nobody sees: hidden tabs, folded sections, text for screen readers", async () => {
    const text = await read(`<style>.tab{display:none}.open{display:block}.fold{height:0;overflow:hidden}
        .sr-only{position:absolute;width:1px;height:1px;overflow:hidden}.away{position:absolute;left:-9999px}</style>
      <div class="tab open" role=tabpanel><p>Assessment: asthma</p></div>
      <div class=tab role=tabpanel>Plan of another tab: migraine</div>
      <div hidden>gout</div><p>Seen <span style="display:none">psoriasis</span>here.</p>
      <div class=fold>anemia</div><span class=sr-only>opens in new window, epilepsy</span><div class=away>lupus</div>
      <div style="visibility:hidden">scurvy <b style="visibility:visible">rickets</b></div>
      <div style="opacity:0">measles</div>
      <details><summary>History</summary>mumps</details><details open><summary>Exam</summary>clear lungs</details>`)
    expect(lines(text)).toEqual([
      "Assessment: asthma",
      "Seen here.",
      "rickets",
      "History",
      "Exam",
      "clear lungs"
    ])
  })

  it("reads open and closed shadow roots in the place where they are drawn, slots included", async () => {
    const text =
      await read(`<p>Assessment:</p><div id=open></div><x-card id=slotted><b slot=title>Hypertension</b>not drawn</x-card>
      <x-secret id=closed></x-secret><section id=inner></section><p>End of plan</p>
      <script>
        open.call // the page may shadow names
        document.getElementById("open").attachShadow({mode:"open"}).innerHTML = "<p>COPD</p>"
        document.getElementById("slotted").attachShadow({mode:"open"}).innerHTML = "<h4><slot name=title></slot></h4><div>stage 1</div>"
        const c = document.getElementById("closed").attachShadow({mode:"closed"})
        c.innerHTML = "<p>Type 2 diabetes</p><x-deep></x-deep>"
        c.querySelector("x-deep").attachShadow({mode:"closed"}).innerHTML = "<p>with neuropathy</p>"
        document.getElementById("inner").attachShadow({mode:"closed"}).innerHTML = "<p>Asthma</p>"
      </script>`)
    expect(lines(text)).toEqual([
      "Assessment:",
      "COPD",
      "Hypertension",
      "stage 1",
      "Type 2 diabetes",
      "with neuropathy",
      "Asthma",
      "End of plan"
    ])
  })

  it("reads editors as part of the page, under their heading and without their tool bar", async () => {
    const text =
      await read(`<h3>Assessment</h3><div class="ql-toolbar"><span>Bold</span> <span>Italic</span></div>
      <div contenteditable=true><p>Cellulitis of left leg</p><p><br></p><p>Start cephalexin</p></div>`)
    expect(lines(text)).toEqual(["Assessment", "Cellulitis of left leg", "Start cephalexin"])
  })

  it("reads text areas as texts of their own, headed by their label when it is a heading of notes", async () => {
    const reading =
      await readingOf(`<label for=a>Assessment:</label><textarea id=a>Type 2 DM, stable</textarea>
      <label>Comment<textarea>call back at noon</textarea></label><textarea style="display:none">secret</textarea>
      <input value="hypertension"><textarea></textarea>`)
    expect(reading.texts).toEqual([
      {
        source: "field-1",
        kind: "field",
        label: "Assessment",
        text: "Assessment:\nType 2 DM, stable",
        version: 1
      },
      { source: "field-2", kind: "field", label: "Comment", text: "call back at noon", version: 1 }
    ])
  })
})

describe("the note, not the application", () => {
  it("leaves out navigation, menus, buttons, tick boxes, link lists and other patients", async () => {
    const text = await read(`<nav>Home Inbox Schedule</nav><div role=menu>Print diabetes letter</div>
      <div class="app-toolbar">Sign Save</div><button>Add asthma</button><div role=tablist><span role=tab>Labs</span></div>
      <ul class=side><li><a href=#>Chart review</a></li><li><a href=#>Medications list</a></li><li><a href=#>Billing</a></li></ul>
      <label><input type=checkbox> Hypertension</label><label><input type=radio> COPD</label><select><option>Gout</option></select>
      <table><tr><th>Time</th><th>Patient</th><th>Reason</th></tr><tr><td>9:00</td><td>Doe</td><td>pneumonia</td></tr>
        <tr><td>9:20</td><td>Roe</td><td>migraine</td></tr></table>
      <div class="work worklist">Miller: epilepsy</div>
      <main><h2>Assessment and Plan</h2><p>Iron deficiency anemia, continue iron. See <a href=#>last ferritin</a>.</p></main>
      <footer>Version 4.2, last sync 10:32</footer>`)
    expect(lines(text)).toEqual([
      "Assessment and Plan",
      "Iron deficiency anemia, continue iron. See last ferritin."
    ])
  })

  it("reads problem lists and headings that are buttons", async () => {
    const text =
      await read(`<section><h3>Problem list</h3><ul><li><a href=#>Type 2 diabetes</a></li><li><a href=#>Hypertension</a></li>
      <li><a href=#>Asthma</a></li><li><a href=#>Chronic kidney disease</a></li></ul></section>
      <h3><button aria-expanded=true>Plan</button></h3><div>Continue metformin 500 mg daily</div>`)
    expect(lines(text)).toContain("Type 2 diabetes")
    expect(lines(text)).toContain("Plan")
  })

  it("says nothing on a page without a note", async () => {
    const reading = await readingOf(
      `<h1>Welcome</h1><p>Choose a module to begin.</p><form><input name=q></form>`
    )
    expect(reading).toMatchObject({ texts: [], leftOut: 0, top: true, foreignFrames: [] })
  })

  it("says nothing about a claim form", async () => {
    const reading = await readingOf(`<h1>Claim for Doe, Jane, 2026-01-15</h1><form><fieldset>
      <legend>21. Diagnosis or nature of illness or injury</legend><label>A <input></label></fieldset>
      <h2>24. Services</h2><span>D. Procedure</span><span>E. Pointer</span></form><p>Not saved</p>`)
    expect(reading.texts).toEqual([])
  })

  it("keeps what stands inside a note, clinical or not", async () => {
    const text =
      await read(`<article><section><h3>Assessment</h3><p>Type 2 diabetes and hypertension.</p></section>
      <section>Onychomycosis, will trim.</section></article><aside>Help and support</aside>`)
    expect(lines(text)).toEqual([
      "Assessment",
      "Type 2 diabetes and hypertension.",
      "Onychomycosis, will trim."
    ])
  })

  it("keeps the patient header for identity and out of the text", async () => {
    const reading = await readingOf(
      `<div class=hdr><span>Patient: <b>Doe, Jane</b></span> <span>MRN: 4711234</span> <span>DOB 02/03/1960</span>
        <span>Sex: F</span> <span>Acct # A99812</span> <span>DOS: 01/15/2026</span> <span>Allergies: penicillin</span></div>
      <main><h2>Assessment</h2><p>Office visit. Stable asthma, continue albuterol.</p></main>`,
      "/chart/9?tab=notes"
    )
    expect(mainOf(reading)).toBe("Assessment\n\nOffice visit. Stable asthma, continue albuterol.")
    expect(reading.identity).toMatchObject({
      mrn: "4711234",
      account: "A99812",
      born: "1960-02-03",
      sex: "female",
      dateOfService: "2026-01-15",
      settingHint: "outpatient"
    })
  })
})

describe("frames", () => {
  it("gives every frame a reader of its own and names origins that are out of reach", async () => {
    rig.put("/inner.html", "<!doctype html><body><p>Impression: left lower lobe pneumonia.</p>")
    const elsewhere = rig.origin.replace("127.0.0.1", "localhost")
    const opened = await rig.open(`<p>Plan: antibiotics for infection.</p>
      <iframe src="/inner.html"></iframe><iframe srcdoc="<p>Assessment: sandboxed asthma</p>" sandbox></iframe>
      <iframe srcdoc="<iframe srcdoc='<p>Assessment: nested gout disease</p>'></iframe>"></iframe>
      <iframe id=blank></iframe><iframe src="${elsewhere}/inner.html"></iframe>
      <iframe src="https://tracker.example/" width=1 height=1></iframe>
      <script>blank.contentDocument.body.innerHTML = "<p>Assessment: written anemia</p>"</script>`)
    const frames = await opened.frames()
    const texts: string[] = []
    for (const { frameId } of frames) {
      const port = await opened.chart(frameId)
      const reading = await port.ask("read", {})
      texts.push(mainOf(reading))
      if (frameId === 0) expect(reading.foreignFrames).toEqual([elsewhere])
      else expect(reading.top).toBe(false)
    }
    expect(texts.filter(Boolean).sort()).toEqual([
      "Assessment: nested gout disease",
      "Assessment: sandboxed asthma",
      "Assessment: written anemia",
      "Impression: left lower lobe pneumonia.",
      "Plan: antibiotics for infection."
    ])
    await opened.page.close()
  })
})

describe("limits", () => {
  it("keeps one million characters and counts the rest", async () => {
    const reading = await readingOf(`<pre id=p></pre><script>
      p.textContent = "Assessment: diabetes and hypertension. ".repeat(60_000)</script>`)
    const total = "Assessment: diabetes and hypertension. ".length * 60_000
    const kept = mainOf(reading).length
    expect(kept).toBe(1_000_000)
    // What was never taken is counted as it stands in the page.
    expect(reading.leftOut).toBe(total - kept)
  })
})

describe("the port", () => {
  it("refuses what it does not know or cannot use, and goes on", async () => {
    const opened = await rig.open("<p>Assessment: asthma</p>")
    const port = await opened.chart()
    expect(await port.raw("steal", {})).toMatchObject({ ok: false, code: "unknown-kind" })
    expect(await port.raw("constructor", {})).toMatchObject({ ok: false, code: "unknown-kind" })
    expect(await port.raw("paint", { spans: [{ source: 1 }], active: [] })).toMatchObject({
      ok: false,
      code: "bad-request"
    })
    expect(await port.raw("read", null)).toMatchObject({ ok: false, code: "bad-request" })
    await port.post("nonsense")
    await port.post({ id: "1", kind: "read", body: {} })
    expect(mainOf(await port.ask("read", {}))).toBe("Assessment: asthma")
    await opened.page.close()
  })

  it("falls silent when its site is switched off, and comes back when it is injected again", async () => {
    const opened = await rig.open("<p>Assessment: asthma</p>")
    const port = await opened.chart()
    await port.ask("read", {})
    await rig.driver.evaluate(([tab, origin]) => driver.stop(tab, origin), [
      opened.tabId,
      "http://other.example"
    ] as const)
    expect(await port.isOpen()).toBe(true)
    await rig.driver.evaluate(([tab, origin]) => driver.stop(tab, origin), [
      opened.tabId,
      rig.origin
    ] as const)
    await poll(
      () => port.isOpen(),
      (open) => !open
    )
    const later = await opened.chart()
    expect(
      await Promise.race([later.raw("read", {}), new Promise((r) => setTimeout(r, 300, "silence"))])
    ).toMatchObject({
      ok: false,
      code: "gone"
    })
    await rig.driver.evaluate((tab) => driver.inject(tab, "chart.js"), opened.tabId)
    expect(mainOf(await (await opened.chart()).ask("read", {}))).toBe("Assessment: asthma")
    await opened.page.close()
  })

  it("answers once although it was injected twice", async () => {
    const opened = await rig.open("<p>Assessment: asthma</p>")
    await rig.driver.evaluate((tab) => driver.inject(tab, "chart.js"), opened.tabId)
    const port = await opened.chart()
    await port.ask("read", {})
    await opened.page.evaluate(() => document.body.append("and COPD"))
    await poll(
      () => port.events(),
      (events) => events.length > 0
    )
    expect(await port.events()).toEqual([])
    await opened.page.close()
  })
})
