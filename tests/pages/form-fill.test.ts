import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { FieldInfo, FillAnswer, FormRequests } from "@/messages/page-protocol"
import { bundle } from "./rig/build"
import { type Opened, type Port, poll, Rig } from "./rig/rig"

let rig: Rig
beforeAll(async () => {
  rig = await Rig.start()
  const file = join(rig.built.dir, "react-form.js")
  await bundle("tests/pages/rig/react-form.tsx", file)
  rig.put("/react-form.js", readFileSync(file, "utf8"))
})
afterAll(async () => {
  await rig.stop()
  expect(rig.errors).toEqual([])
})

interface Form {
  opened: Opened
  page: Page
  port: Port<FormRequests>
}

async function form(body: string): Promise<Form> {
  const opened = await rig.open(body)
  return { opened, page: opened.page, port: await opened.form() }
}

/** The field as the panel would learn of it: the caret is put there first. */
async function focused({ page, port }: Form, selector: string): Promise<FieldInfo> {
  await page.locator(selector).focus()
  const field = await port.ask("focused", {})
  if (!field) throw new Error(`${selector} is no field`)
  return field
}

async function fill(on: Form, selector: string, value: string): Promise<FillAnswer> {
  const { field } = await focused(on, selector)
  return on.port.ask("fill", { field, value, url: on.page.url() })
}

const shownIn = (page: Page, selector: string) => page.locator(selector).inputValue()
const state = (page: Page) =>
  page.evaluate(() => (window as unknown as { readState(): Record<string, unknown> }).readState())
const submitted = (page: Page) =>
  page.evaluate(() => (window as unknown as { submitted?: boolean }).submitted ?? false)

describe("plain fields", () => {
  it("takes a code, shows it, says its label, and gives it back", async () => {
    const on = await form("<label>Diagnosis 1 (21.A): <input id=a value=I10></label>")
    const answer = await fill(on, "#a", "E11.9")
    expect(answer).toMatchObject({ outcome: "accepted", value: "E11.9", label: "Diagnosis 1 (21.A)" })
    expect(await shownIn(on.page, "#a")).toBe("E11.9")
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({
      outcome: "accepted",
      value: "I10"
    })
    expect(await shownIn(on.page, "#a")).toBe("I10")
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({ outcome: "rejected" })
    await on.page.close()
  })

  it("fires what pages listen to: input, change and blur, also through shadow roots", async () => {
    const on = await form(`<x-field></x-field><script>
      window.heard = []
      const root = document.querySelector("x-field").attachShadow({mode:"closed"})
      root.innerHTML = "<label>Code <input></label>"
      for (const type of ["input","change","focusout"]) document.addEventListener(type, (e) => heard.push(type + ":" + e.composed))
      window.shown = () => root.querySelector("input").value
      window.enterField = () => root.querySelector("input").focus()</script>`)
    await on.page.evaluate(() => (window as unknown as { enterField(): void }).enterField())
    const field = await on.port.ask("focused", {})
    expect(field).toMatchObject({ label: "Code", kind: "input" })
    await on.port.ask("fill", { field: field?.field ?? "", value: "J44.1", url: on.page.url() })
    const seen = await on.page.evaluate(() => {
      const { heard, shown } = window as unknown as { heard: string[]; shown(): string }
      return { heard, shown: shown() }
    })
    expect(seen.shown).toBe("J44.1")
    expect(seen.heard).toEqual(["input:true", "change:true", "focusout:true"])
    await on.page.close()
  })

  it("refuses what must not be touched, each with a plain sentence", async () => {
    const on =
      await form(`<label>A <input id=a></label><label>B <input id=b></label><label>C <input id=c></label>
      <label>D <input id=d></label><label>E <input id=e maxlength=4></label><label>F<input id=f></label>`)
    const fields: Record<string, string> = {}
    for (const id of "abcdef") fields[id] = (await focused(on, `#${id}`)).field
    await on.page.evaluate(() => {
      const at = (id: string) => document.getElementById(id) as HTMLInputElement
      at("a").disabled = true
      at("b").readOnly = true
      at("c").style.display = "none"
      at("d").remove()
    })
    const reason = async (id: string, value = "E11.65", url = on.page.url()) => {
      const answer = await on.port.ask("fill", { field: fields[id] ?? "", value, url })
      expect(answer).toMatchObject({ outcome: "rejected", undo: "" })
      return answer.reason
    }
    expect(await reason("a")).toBe("The field is switched off.")
    expect(await reason("b")).toBe("The field can only be read.")
    expect(await reason("c")).toBe("The field cannot be seen.")
    expect(await reason("d")).toMatch(/no longer on the page/)
    expect(await reason("e")).toBe('The field takes 4 characters, "E11.65" does not fit.')
    expect(await reason("f", "E11.9", `${rig.origin}/other`)).toMatch(/page moved on/)
    expect(await reason("nonsense")).toMatch(/no longer on the page/)
    expect(await reason("f", "")).toMatch(/no code/)
    for (const id of ["a", "b", "c", "e", "f"])
      expect(await on.page.evaluate((i) => (document.getElementById(i) as HTMLInputElement).value, id)).toBe(
        ""
      )
    await on.page.close()
  })

  it("says what the form made of a value: another spelling, nothing, the old one, a fault", async () => {
    const on =
      await form(`<form><label>Undotted <input id=a oninput="this.value=this.value.replace('.','')"></label>
      <label>Emptied <input id=b onchange="this.value=''"></label><label>Old <input id=c value=I10 onchange="setTimeout(()=>this.value='I10',60)"></label>
      <label>Pattern <input id=d pattern="[A-Z][0-9]{2}"></label><label>Cut <input id=e oninput="this.value=this.value.slice(0,5)"></label></form>`)
    expect(await fill(on, "#a", "E11.9")).toMatchObject({
      outcome: "altered",
      value: "E119",
      reason: 'The form shows "E119" instead of "E11.9" (the same code, written in another way).'
    })
    expect(await fill(on, "#b", "E11.9")).toMatchObject({
      outcome: "rejected",
      value: "",
      reason: "The form emptied the field."
    })
    expect(await fill(on, "#c", "E11.9")).toMatchObject({
      outcome: "rejected",
      value: "I10",
      reason: 'The form put back "I10".'
    })
    const faulty = await fill(on, "#d", "E11.9")
    expect(faulty).toMatchObject({ outcome: "rejected", value: "E11.9" })
    expect(faulty.reason).toMatch(/not valid/)
    expect(await on.port.ask("undo", { undo: faulty.undo })).toMatchObject({ outcome: "accepted", value: "" })
    expect(await fill(on, "#e", "E11.6512")).toMatchObject({ outcome: "altered", value: "E11.6" })
    await on.page.close()
  })

  it("puts a code at the caret of a text area and never over its words", async () => {
    const on = await form("<label>Remarks <textarea id=t>Seen today. Paid.</textarea></label>")
    await on.page.evaluate(() =>
      (document.querySelector("#t") as HTMLTextAreaElement).setSelectionRange(11, 11)
    )
    const answer = await fill(on, "#t", "E11.9")
    expect(answer).toMatchObject({ outcome: "accepted", value: "Seen today. E11.9 Paid." })
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({ outcome: "accepted" })
    expect(await shownIn(on.page, "#t")).toBe("Seen today. Paid.")
    await on.page.close()
  })

  it("leaves a field alone that somebody changed after the fill", async () => {
    const on = await form("<label>Diagnosis <input id=a></label>")
    const answer = await fill(on, "#a", "E11.9")
    await on.page.fill("#a", "I10")
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({
      outcome: "rejected",
      value: "I10"
    })
    expect(await shownIn(on.page, "#a")).toBe("I10")
    await on.page.close()
  })

  it("never sends a form, even when the form sends itself on change", async () => {
    rig.put("/gone", "<!doctype html><p>Sent")
    const on =
      await form(`<form id=f action=/gone><label>Code <input id=a onchange="this.form.requestSubmit()"></label>
      <button>Send</button></form>`)
    const url = on.page.url()
    const answer = await fill(on, "#a", "E11.9")
    expect(answer).toMatchObject({ outcome: "accepted" })
    expect(answer.reason).toMatch(/tried to send itself; that was stopped/)
    expect(on.page.url()).toBe(url)
    // The guard is gone with the fill: the coder's own click sends.
    await on.page.click("button")
    await on.page.waitForURL(/gone/)
    await on.page.close()
  })
})

describe("drop-down lists", () => {
  const LIST = `<label>Dx <select id=s><option value="">-</option><option value=1>E11.9 - Type 2 diabetes</option>
    <option value=2>E11.90 - invented</option><option value=I10>Hypertension</option><option value=4 disabled>J45.909 Asthma</option></select></label>`

  it("chooses by value, by label and by the code in the label, and goes back", async () => {
    const on = await form(LIST)
    expect(await fill(on, "#s", "I10")).toMatchObject({ outcome: "accepted", value: "Hypertension" })
    const answer = await fill(on, "#s", "E119")
    expect(answer).toMatchObject({ outcome: "accepted", value: "E11.9 - Type 2 diabetes" })
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({
      outcome: "accepted",
      value: "Hypertension"
    })
    expect(await shownIn(on.page, "#s")).toBe("I10")
    await on.page.close()
  })

  it("takes no other code than the one that was asked for", async () => {
    const on = await form(LIST)
    expect(await fill(on, "#s", "E11")).toMatchObject({
      outcome: "rejected",
      reason: "The list has no entry E11."
    })
    expect(await fill(on, "#s", "J45.909")).toMatchObject({
      outcome: "rejected",
      reason: "The entry J45.909 of the list is switched off."
    })
    expect(await shownIn(on.page, "#s")).toBe("")
    await on.page.close()
  })
})

describe("a React form", () => {
  it("has the value in its own state after the fill, and the old one after undo", async () => {
    const on = await form("<div id=root></div><script src=/react-form.js></script>")
    const code = await fill(on, "#code", "E11.22")
    expect(code).toMatchObject({ outcome: "accepted", value: "E11.22", label: "Diagnosis 1" })
    expect(await state(on.page)).toMatchObject({ code: "E11.22", blurred: 1 })
    expect(await fill(on, "#upper", "E11.22")).toMatchObject({ outcome: "altered", value: "E1122" })
    expect(await fill(on, "#stubborn", "E11.22")).toMatchObject({ outcome: "rejected", value: "" })
    expect(await fill(on, "#pick", "E11.9")).toMatchObject({ outcome: "accepted" })
    expect(await fill(on, "#note", "N18.32")).toMatchObject({ outcome: "accepted" })
    expect(await state(on.page)).toMatchObject({
      upper: "E1122",
      stubborn: "",
      pick: "E119",
      note: "Old text N18.32"
    })
    expect(await on.port.ask("undo", { undo: code.undo })).toMatchObject({ outcome: "accepted" })
    expect(await state(on.page)).toMatchObject({ code: "" })
    expect(await submitted(on.page)).toBe(false)
    await on.page.close()
  })
})

describe("a form that sends itself when a field changes", () => {
  it.each(["document", "shadow tree"])("is stopped in a %s", async (where) => {
    const on = await form(`<div id=host></div><script>
      const host = document.getElementById("host")
      const root = ${where === "document" ? "host" : `host.attachShadow({ mode: "open" })`}
      root.innerHTML = "<form action=/sent><label>Dx <input></label></form>"
      root.querySelector("input").onchange = ({ target }) => target.form.requestSubmit()</script>`)
    const before = on.page.url()
    expect(await fill(on, "#host input", "I10")).toMatchObject({
      outcome: "accepted",
      reason: "The form tried to send itself; that was stopped."
    })
    expect(on.page.url()).toBe(before)
    expect(await shownIn(on.page, "#host input")).toBe("I10")
    await on.page.close()
  })
})

describe("while the coder's keyboard is in the panel", () => {
  it("says the focus events that the browser holds back", async () => {
    // Playwright lets every page believe that it has the focus, so the script's own view of it is changed.
    const on = await form(`<label>Dx <input id=a></label><script>window.heard = []
      for (const t of ["focusin","focusout"]) a.addEventListener(t, () => heard.push(t))</script>`)
    const { field } = await focused(on, "#a")
    await rig.driver.evaluate(
      (tabId) =>
        chrome.scripting.executeScript({
          target: { tabId },
          func: () => {
            Document.prototype.hasFocus = () => false
          }
        }),
      on.opened.tabId
    )
    const heard = () => on.page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
    await heard()
    await on.port.ask("fill", { field, value: "I10", url: on.page.url() })
    expect(await heard()).toEqual(["focusin", "focusout"])
    await on.page.close()
  })
})

describe("editors", () => {
  it("get the code at the caret by the browser's own edit, and give it back", async () => {
    const on =
      await form(`<h3>Codes</h3><div id=e contenteditable role=textbox aria-label="Code list"><p>First: I10</p></div>
      <script>window.edits = []; e.addEventListener("input", (x) => edits.push(x.inputType + ":" + x.data))</script>`)
    await on.page.click("#e")
    const answer = await fill(on, "#e", "E11.9")
    expect(answer).toMatchObject({ outcome: "accepted", value: "E11.9", label: "Code list" })
    expect(await on.page.locator("#e").innerText()).toBe("First: I10 E11.9")
    expect(await on.page.evaluate(() => (window as unknown as { edits: string[] }).edits)).toEqual([
      "insertText: E11.9"
    ])
    expect(await on.port.ask("undo", { undo: answer.undo })).toMatchObject({ outcome: "accepted" })
    expect(await on.page.locator("#e").innerText()).toBe("First: I10")
    await on.page.close()
  })

  it("that take only pastes get one, once", async () => {
    const on = await form(`<div id=e contenteditable aria-label=Codes></div><script>
      let model = ""
      e.addEventListener("input", () => setTimeout(() => { e.textContent = model }))
      e.addEventListener("paste", (x) => { x.preventDefault(); model += x.clipboardData.getData("text/plain")
        setTimeout(() => { e.textContent = model }, 80) })</script>`)
    expect(await fill(on, "#e", "E11.9")).toMatchObject({ outcome: "accepted" })
    expect(await on.page.locator("#e").innerText()).toBe("E11.9")
    await on.page.close()
  })

  it("that take nothing are reported so", async () => {
    const on = await form(`<div id=e contenteditable aria-label=Codes>old</div><script>
      e.addEventListener("input", () => setTimeout(() => { e.textContent = "old" }))
      e.addEventListener("paste", (x) => x.preventDefault())</script>`)
    expect(await fill(on, "#e", "E11.9")).toMatchObject({ outcome: "rejected", undo: "" })
    expect(await on.page.locator("#e").innerText()).toBe("old")
    await on.page.close()
  })
})

describe("fields that want a choice from a list", () => {
  const COMBO = (entries: string[], delay = 150) => `<form><label for=c>Diagnosis</label>
    <input id=c role=combobox aria-autocomplete=list aria-controls=l value=old><ul id=l role=listbox hidden></ul></form><script>
    const all = ${JSON.stringify(entries)}
    window.chosen = null
    c.addEventListener("input", () => setTimeout(() => {
      l.hidden = false
      l.replaceChildren(...all.filter((t) => t.replace(".","").includes(c.value.replace(".",""))).map((t) => {
        const li = document.createElement("li"); li.setAttribute("role","option"); li.textContent = t
        li.addEventListener("mousedown", (e) => e.preventDefault())
        li.addEventListener("click", () => { window.chosen = t; c.value = t; l.hidden = true })
        return li })) }, ${delay}))
    c.addEventListener("keydown", (e) => { if (e.key === "Enter") window.entered = true })</script>`

  it("get the entry that carries exactly this code, however late it comes", async () => {
    const on = await form(COMBO(["E11.90 - nearly", "E11.9 - Type 2 diabetes", "E11.9X - also not"], 700))
    const answer = await fill(on, "#c", "E11.9")
    expect(answer).toMatchObject({ outcome: "accepted", value: "E11.9 - Type 2 diabetes" })
    expect(await on.page.evaluate(() => (window as unknown as { chosen: string }).chosen)).toBe(
      "E11.9 - Type 2 diabetes"
    )
    expect(await on.page.evaluate(() => "entered" in window)).toBe(false)
    await on.page.close()
  })

  it("never get another entry: what was typed is taken back", async () => {
    const on = await form(COMBO(["E11.90 - nearly", "E11.9X - also not"]))
    const answer = await fill(on, "#c", "E11.9")
    expect(answer).toMatchObject({
      outcome: "rejected",
      reason: "The list offered no entry E11.9.",
      undo: ""
    })
    expect(await shownIn(on.page, "#c")).toBe("old")
    expect(await on.page.evaluate(() => (window as unknown as { chosen: unknown }).chosen)).toBeNull()
    await on.page.close()
  })

  it("with a datalist are plain fields", async () => {
    const on = await form("<label>Dx <input id=a list=d></label><datalist id=d><option value=I10></datalist>")
    expect(await focused(on, "#a")).toMatchObject({ kind: "input" })
    expect(await fill(on, "#a", "E11.9")).toMatchObject({ outcome: "accepted" })
    await on.page.close()
  })
})

describe("which field", () => {
  it("is the one that had the focus, also when it was left for the panel", async () => {
    const opened = await rig.open(
      "<label>First <input id=a></label><label>Second <input id=b></label><button id=x>Other</button>"
    )
    const chart = await opened.chart()
    await chart.ask("read", {})
    await opened.page.focus("#b")
    await opened.page.focus("#x")
    // The form script comes later than the focus: the chart reader remembered it.
    const port = await opened.form()
    const field = await port.ask("focused", {})
    expect(field).toMatchObject({ label: "Second", kind: "input" })
    expect(field?.focusedAt).toBeGreaterThan(Date.now() - 60_000)
    await opened.page.focus("#a")
    expect(await port.ask("focused", {})).toMatchObject({ label: "First" })
    await opened.page.close()
  })

  it("is none where nothing can be filled", async () => {
    const on = await form("<p>Text</p><input type=checkbox id=c><input id=r readonly>")
    expect(await on.port.ask("focused", {})).toBeNull()
    await on.page.focus("#c")
    expect(await on.port.ask("focused", {})).toBeNull()
    await on.page.focus("#r")
    expect(await on.port.ask("focused", {})).toBeNull()
    await on.page.close()
  })

  it("is called what a person would call it", async () => {
    const on =
      await form(`<table><tr><th></th><th>Code</th><th>Pointer</th></tr><tr><td>Line 1</td><td><input id=a></td><td><input id=b></td></tr></table>
      <span id=l1>Principal</span><span id=l2>diagnosis</span><input id=c aria-labelledby="l1 l2">
      <div><span>Admitting:</span> <input id=d></div><input id=e name=dxCode_3><input id=f placeholder="Search code">
      <fieldset><legend>Box 21</legend><div><div><div><div><input id=g></div></div></div></div></fieldset>
      <fieldset><legend>21. Diagnosis</legend><label>A <input id=h></label></fieldset>`)
    const names: string[] = []
    for (const id of "abcdefgh") names.push((await focused(on, `#${id}`)).label)
    expect(names).toEqual([
      "Line 1 Code",
      "Line 1 Pointer",
      "Principal diagnosis",
      "Admitting",
      "dx Code 3",
      "Search code",
      "Box 21",
      "21. Diagnosis: A"
    ])
    await on.page.close()
  })

  it("tells whether codes are wanted with or without dot", async () => {
    const on = await form(`<form><input id=a><input value=E1165><input value=I10><input value=N1832></form>
      <form><input id=b><input value=E11.65></form><form><input id=c pattern="[A-Z][0-9A-Z]{2,6}"></form>
      <form><input id=d maxlength=7></form><form><input id=e maxlength=8></form><form><input id=f placeholder="e.g. E11.9"></form><form><input id=g></form>`)
    const dots: unknown[] = []
    for (const id of "abcdefg") dots.push((await focused(on, `#${id}`)).dot)
    expect(dots).toEqual([false, true, false, false, true, true, undefined])
    await on.page.close()
  })
})

describe("pointing", () => {
  it("chooses the field that is clicked; nothing of the click reaches the page", async () => {
    const on =
      await form(`<label>First <input id=a></label><br><br><label>Second <input id=b></label><p id=p>text</p>
      <script>window.clicks = []; for (const t of ["pointerdown","mousedown","click","focusin"]) addEventListener(t, (e) => clicks.push(t), true)</script>`)
    const before = await on.page.content()
    const answer = on.port.ask("pick", {})
    await poll(
      () => on.page.content(),
      (html) => html !== before
    )
    await on.page.click("#p")
    await on.page.hover("#b")
    await on.page.click("#b")
    expect(await answer).toMatchObject({ label: "Second", kind: "input" })
    // Listeners of the page that stand before ours on the window hear the click; nobody else does.
    expect(await on.page.evaluate(() => document.activeElement?.id ?? "")).toBe("")
    expect(await on.page.content()).toBe(before)
    await on.page.close()
  })

  it("reaches fields in closed shadow roots", async () => {
    const on = await form(`<x-f style="display:block"></x-f><script>
      document.querySelector("x-f").attachShadow({mode:"closed"}).innerHTML = "<label>Hidden depth <input style='width:300px'></label>"</script>`)
    const before = await on.page.content()
    const answer = on.port.ask("pick", {})
    await poll(
      () => on.page.content(),
      (html) => html !== before
    )
    const box = await on.page.locator("x-f").boundingBox()
    await on.page.mouse.click((box?.x ?? 0) + 200, (box?.y ?? 0) + 10)
    const field = await answer
    expect(field).toMatchObject({ label: "Hidden depth" })
    expect(
      await on.port.ask("fill", { field: field?.field ?? "", value: "I10", url: on.page.url() })
    ).toMatchObject({ outcome: "accepted" })
    await on.page.close()
  })

  it("ends by Escape, by the panel and with the panel, and leaves nothing", async () => {
    const on = await form("<label>First <input id=a></label>")
    const before = await on.page.content()
    const waiting = () =>
      poll(
        () => on.page.content(),
        (html) => html !== before
      )
    const first = on.port.ask("pick", {})
    await waiting()
    await on.page.keyboard.press("Escape")
    expect(await first).toBeNull()
    const second = on.port.ask("pick", {})
    await waiting()
    await on.port.ask("cancelPick", {})
    expect(await second).toBeNull()
    on.port.ask("pick", {}).catch(() => undefined)
    await waiting()
    await on.port.close()
    await poll(
      () => on.page.content(),
      (html) => html === before
    )
    await on.page.click("#a")
    expect(await on.page.evaluate(() => document.activeElement?.id)).toBe("a")
    await on.page.close()
  })
})
