import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  cardOf,
  litUp,
  openPanel,
  panelText,
  press,
  readSuggestions,
  waitForCode
} from "../../scripts/journey/panel"
import { Target, until } from "../../scripts/journey/target"
import { type Stage, stage } from "../e2e/setup"

const note = "<h2>Assessment</h2><p>Acute cystitis without hematuria. Start nitrofurantoin.</p>"
const pages = {
  "/area": `<title>Area</title><p>MRN: 80</p><label>Progress note
    <textarea id="note" rows="6" cols="60">Assessment: acute cystitis without hematuria.</textarea></label>`,
  "/srcdoc": `<title>Frame</title><p>MRN: 81</p><iframe srcdoc="${note}"></iframe>`,
  "/shadow": `<title>Shadow</title><p>MRN: 82</p><div id="host"></div>
    <script>document.getElementById("host").attachShadow({ mode: "closed" }).innerHTML = "${note}"</script>`,
  "/late": `<title>Late</title><p>MRN: <span id="mrn">0048184</span></p><main id="note">${note}</main>
    <button onclick="mrn.textContent = '0048185'">Next patient</button>
    <button onclick="note.innerHTML = '<h2>Assessment</h2><p>Essential hypertension.</p>'">Note arrives</button>`,
  "/form": `<title>Form</title><p>MRN: 83</p><main><h2>Assessment</h2><p>Acute cystitis without hematuria.</p></main>
    <form><label>Short <input id="short" maxlength="4"></label>
    <label>Choice <select id="choice"><option value="">-<option value="N3000">N30.00 cystitis</select></label>
    <label>Remarks <textarea id="remarks">seen today</textarea></label></form>`
}
/** First letters of the codes that each patient of the demo may have; status codes (Z) are anybody's. */
const OWN: Record<string, RegExp> = {
  Okafor: /^(E|I1|N18|R20|Z)/,
  Lindqvist: /^(S|R60|J45|W|Z)/,
  Hargreaves: /^(J|N17|I[45]|E03|L89|R|Z)/,
  Marchetti: /^(K|G47|Z)/
}

describe("an hour of a coder in the shipped build", () => {
  let on: Stage
  let panel: Target

  const codes = async () => (await readSuggestions(panel)).map((s) => s.code)
  const open = (encounter: string) => on.page.goto(`${on.origin}/?encounter=${encounter}`)
  const focused = () =>
    panel.evaluate<string>("document.activeElement.closest('[data-key]')?.dataset.key ?? ''")
  const focusCard = (code: string) =>
    panel.evaluate(`document.querySelector(${JSON.stringify(cardOf(code))}).focus()`)
  const pressButton = (text: string) =>
    panel.waitFor(
      `(() => { const b = [...document.querySelectorAll("button")].find((b) => b.textContent === ${JSON.stringify(text)}); b?.click(); return Boolean(b) })()`
    )
  const says = (pattern: RegExp) =>
    until(`the panel says ${pattern}`, async () => pattern.test(await panelText(panel)))
  const intoField = (pattern: RegExp) =>
    until(`codes go into ${pattern}`, async () =>
      pattern.test(await panel.evaluate<string>("document.querySelector('.fill-target').textContent"))
    )

  beforeAll(async () => {
    on = await stage("coder", { pages })
    await open("clinic")
    panel = await openPanel(on.launched, on.session, on.page)
    await waitForCode(panel, "E11.42")
  })
  afterAll(() => on?.close())

  it("keys alone: arrows light the words up, c copies, l opens the notes, Escape and / go to the search", async () => {
    await focusCard("E11.42")
    const first = await focused()
    await panel.press("ArrowDown")
    await until("the next card has the focus", async () => (await focused()) !== first)
    await panel.press("ArrowUp")
    await until("back again", async () => (await focused()) === first)
    const strong = () =>
      on.page
        .frames()
        .find((f) => f.url().includes("note.html"))!
        .evaluate(() =>
          [...CSS.highlights.values()].sort((a, b) => b.priority - a.priority).map((h) => [...h].map(String))
        )
    await until("its words are the strong ones", async () =>
      (await strong()).some((texts) => texts.length === 1 && /polyneuropathy/.test(texts[0] ?? ""))
    )
    await panel.press("c")
    await says(/On the clipboard: E11\.42/)
    await panel.press("l")
    await says(/Excludes1: not coded here/)
    await panel.press("Escape")
    await panel.waitFor("document.activeElement.matches('.card')")
    await panel.press("/")
    await panel.waitFor("document.activeElement.matches('#tab-panel-lookup input')")
    await panel.type("dm2 ckd 3b")
    await panel.waitFor("document.querySelectorAll('#tab-panel-lookup .result').length > 1")
    await panel.press("Enter")
    await says(/On the clipboard: E11\.22/)
    await panel.press("Escape")
    await panel.click("#tab-chart")
    await focusCard("E11.42")
    await panel.press("/")
    await panel.waitFor("document.activeElement.matches('#tab-panel-lookup input')")
    await panel.click("#tab-chart")
  })

  it("boxes A, B and C in a row: the named field follows the focus, the pointer never leaves the panel", async () => {
    await on.page.getByRole("button", { name: "Billing" }).click()
    const claim = on.page.frameLocator("#claim")
    const boxes: [string, string][] = [
      ["A", "E11.42"],
      ["B", "N18.32"],
      ["C", "E78.2"]
    ]
    for (const [box, code] of boxes) {
      await claim.getByLabel(`Diagnosis ${box}`).click()
      await intoField(new RegExp(`: ${box}$`))
      await panel.click(press("Fill", code))
      await until(
        `${code} in box ${box}`,
        async () => (await claim.getByLabel(`Diagnosis ${box}`).inputValue()) === code.replace(".", "")
      )
      await says(new RegExp(`read back.*${code.replace(".", "")}`, "s"))
    }
    await panel.screenshot(`${on.shots}/boxes-panel.png`)
    await on.page.screenshot({ path: `${on.shots}/boxes.png` })
  })

  it("a field pointed at stays the target; Escape gives up", async () => {
    const claim = on.page.frameLocator("#claim")
    await panel.click("button[aria-label='Choose a field on the page']")
    await says(/Click a field in the page/)
    await panel.press("Escape")
    await says(/No field was chosen/)
    await panel.click("button[aria-label='Choose a field on the page']")
    await claim.getByLabel("Diagnosis G").click()
    await says(/Codes go to: .*G/)
    await claim.getByLabel("Diagnosis H").click()
    await panel.click(press("Fill", "E78.2"))
    await until("G is filled", async () => (await claim.getByLabel("Diagnosis G").inputValue()) === "E782")
    await says(/read back: E782 in .*G/)
    expect(await claim.getByLabel("Diagnosis H").inputValue()).toBe("")
    await pressButton("Undo")
    await says(/is empty again/)
    await until("G is empty", async () => (await claim.getByLabel("Diagnosis G").inputValue()) === "")
    await panel.click("button[aria-label='Follow the focused field again']")
    await claim.getByLabel("Diagnosis H").click()
    await intoField(/: H$/)
  })

  it("a limit of the field, a list and a text area", async () => {
    await on.page.goto(`${on.origin}/form`)
    await waitForCode(panel, "N30.00")
    await on.page.click("#short")
    await intoField(/Short$/)
    await panel.click(press("Fill", "N30.00"))
    await says(/Short (did not take|now shows)/)
    await on.page.focus("#choice")
    await intoField(/Choice$/)
    await panel.click(press("Fill", "N30.00"))
    await until("chosen", async () => (await on.page.inputValue("#choice")) === "N3000")
    await on.page.click("#remarks")
    await intoField(/Remarks$/)
    await panel.click(press("Fill", "N30.00"))
    await until("added", async () => (await on.page.inputValue("#remarks")) === "seen today N30.00")
    await says(/read back: N30\.00 in Remarks/)
    await pressButton("Undo")
    await until("taken back", async () => (await on.page.inputValue("#remarks")) === "seen today")
  })

  it.each(["/area", "/srcdoc", "/shadow"])("reads and marks a note in %s", async (path) => {
    await on.page.goto(on.origin + path)
    const seen = await waitForCode(panel, "N30.00")
    expect(seen.evidence[0]?.quote).toMatch(/acute cystitis without hematuria/i)
    await panel.hover(cardOf("N30.00"))
    await on.page.screenshot({ path: `${on.shots}${path}.png` })
  })

  it("what is typed into the rich-text addendum is suggested and lit up, its markup untouched", async () => {
    await open("ed")
    await waitForCode(panel, "S60.512A")
    const editor = on.page.frameLocator("#addendum").locator(".ql-editor")
    await editor.click()
    await on.page.keyboard.type("Assessment: acute cystitis without hematuria")
    await waitForCode(panel, "N30.00")
    await until("lit up in the editor", async () =>
      (await litUp(on.page, "addendum.html")).some((text) => /acute cystitis/.test(text))
    )
    expect(await editor.innerHTML()).toBe("<p>Assessment: acute cystitis without hematuria</p>")
  })

  it("chips choose a side and are taken back; a later date brings the next release", async () => {
    const chip = (code: string, label: string) =>
      `[...document.querySelectorAll("article.card")]
      .find((c) => c.querySelector(".code").textContent === "${code}")?.querySelectorAll(".chip")`.concat(` && [...[...document.querySelectorAll("article.card")]
      .find((c) => c.querySelector(".code").textContent === "${code}").querySelectorAll(".chip")]
      .find((c) => c.textContent === "${label}")`)
    await panel.waitFor(`Boolean(${chip("S60.512A", "right")})`)
    await panel.evaluate(`${chip("S60.512A", "right")}.click()`)
    await waitForCode(panel, "S60.511A")
    await pressButton("Take back")
    await waitForCode(panel, "S60.512A")
    const release = () => panel.evaluate<string>("document.querySelector('.release')?.textContent ?? ''")
    expect(await release()).toBe("FY2026")
    await panel.evaluate(`(() => {
      const field = document.querySelector("input[type=date]")
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "2026-10-15")
      field.dispatchEvent(new Event("input", { bubbles: true }))
    })()`)
    await until("the next release", async () => (await release()) === "FY2027")
    await pressButton("Use the note’s")
    await until("the release of the note's date", async () => (await release()) === "FY2026")
  })

  it("twenty changes of patient in a hurry: never the codes of two, and in the end those of the last", async () => {
    await panel.evaluate(`(() => {
      window.seen = []
      const codes = () => [...document.querySelectorAll("article.card .code")].map((e) => e.textContent).join(" ")
      let last = codes()
      new MutationObserver(() => {
        if (codes() === last) return
        last = codes()
        seen.push([Date.now(), last])
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })()`)
    const names = Object.keys(OWN)
    const opened: [number, string][] = [[Date.now(), "Lindqvist"]]
    for (let i = 0; i < 20; i++) {
      const name = names[(i * 3 + 2) % names.length]!
      opened.push([Date.now(), name])
      await on.page.getByRole("button", { name: new RegExp(name) }).click()
      // As fast as a hand can, and sometimes long enough to see something.
      if (i % 4 === 3) await until("codes", async () => (await codes()).length > 0)
    }
    const [, lastName] = opened.at(-1)!
    await until("the last one's codes", async () => {
      const now = await codes()
      return now.length > 0 && now.every((code) => OWN[lastName]!.test(code))
    })
    const seen = await panel.evaluate<[number, string][]>("seen")
    for (const [at, list] of seen) {
      // Lists are of one patient each: of the one on screen, or of one whose note was there a moment ago.
      const now = opened.findLastIndex(([time]) => time <= at)
      const lately = opened.filter(
        ([time], i) => i === now || i === now - 1 || (time <= at && time > at - 1000)
      )
      const shown = list.split(" ").filter(Boolean)
      const whose = lately.filter(([, name]) => shown.every((code) => OWN[name]!.test(code)))
      expect(whose.length, `${list} while ${opened[now]?.[1]} was open`).toBeGreaterThan(0)
    }
  })

  it("the note of the patient before, still there under the next header, is not judged as the next one's", async () => {
    await on.page.goto(`${on.origin}/late`)
    await waitForCode(panel, "N30.00")
    await panel.evaluate(`(() => {
      window.late = []
      new MutationObserver(() => late.push([...document.querySelectorAll("article.card .code")].map((e) => e.textContent).join(" ")))
        .observe(document.body, { subtree: true, childList: true, characterData: true })
    })()`)
    await on.page.click("text=Next patient")
    await until("the codes are gone", async () => (await codes()).length === 0)
    await panel.evaluate("void (late.length = 0)")
    // Read again, and found to be what it was.
    await says(/reading …/)
    await on.page.click("text=Note arrives")
    await waitForCode(panel, "I10")
    expect(await panel.evaluate<string[]>("late.filter((list) => list.includes('N30.00'))")).toEqual([])
  })

  it("two tabs, two patients: the panel follows the tab in front", async () => {
    const other = await on.launched.context.newPage()
    await other.goto(`${on.origin}/?encounter=operative`)
    await waitForCode(panel, "K80.10")
    expect((await codes()).every((code) => OWN.Marchetti!.test(code))).toBe(true)
    await open("ed")
    await on.page.bringToFront()
    await waitForCode(panel, "S60.512A")
    expect((await codes()).every((code) => OWN.Lindqvist!.test(code))).toBe(true)
    await other.close()
  })

  it("reload while the panel is open", async () => {
    await on.page.reload()
    await waitForCode(panel, "S60.512A")
    await until("marks are back", async () => (await litUp(on.page, "note.html")).length > 0)
  })

  it.each([
    ["320 px wide", 320, 1],
    ["420 px wide", 420, 1],
    ["text twice as large", 360, 2]
  ])("%s: nothing is cut off", async (name, width, zoom) => {
    await panel.send("Emulation.setDeviceMetricsOverride", {
      width,
      height: 900,
      deviceScaleFactor: 1,
      mobile: false
    })
    await panel.evaluate(`document.documentElement.style.fontSize = "${zoom * 100}%"`)
    // Elements of the bars that reach out of the panel or over their own row.
    const cut = await panel.evaluate<
      string[]
    >(`[...document.querySelectorAll("header *, .tab-bar *, .foot *")]
      .filter((e) => e.checkVisibility() && getComputedStyle(e).position !== "absolute" && !e.closest(".unseen"))
      .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().bottom + scrollY > Math.max(innerHeight, document.scrollingElement.scrollHeight) + 1)
      .map((e) => e.className || e.tagName)`)
    await panel.screenshot(`${on.shots}/${name}.png`)
    await panel.evaluate("document.documentElement.style.fontSize = ''")
    await panel.send("Emulation.clearDeviceMetricsOverride")
    expect(cut).toEqual([])
  })

  it("switched off in the popup: marks vanish, codes and text are dropped; on again brings them back", async () => {
    await on.page.bringToFront()
    await on.launched.worker.evaluate(async () => {
      await chrome.action.openPopup()
    })
    const popup = await Target.attach(on.session, "/popup.html")
    await popup.click("input[role=switch]")
    await says(/Switched off for localhost/)
    expect(await codes()).toEqual([])
    expect(await panelText(panel)).not.toMatch(/Colles|abrasion/i)
    await until("the marks are gone", async () => (await litUp(on.page, "note.html")).length === 0)
    await pressButton("Switch on")
    await waitForCode(panel, "S60.512A")
    await until("the marks are back", async () => (await litUp(on.page, "note.html")).length > 0)
  })

  it("the extension goes away under the page: marks go, the page lives on without an error", async () => {
    await on.launched.worker
      .evaluate(() => void setTimeout(() => chrome.runtime.reload(), 0))
      .catch(() => undefined)
    await until("the marks are gone", async () => (await litUp(on.page, "note.html")).length === 0)
    await on.page.getByRole("button", { name: /Okafor/ }).click()
    await on.page.frameLocator("#note").getByText("Mixed hyperlipidemia").waitFor()
    expect(await litUp(on.page, "note.html")).toEqual([])
  })

  it("logs no error", () => {
    expect([...panel.errors, ...on.errors]).toEqual([])
  })
})
