// @vitest-environment jsdom
import { act } from "react"
import { describe, expect, it, vi } from "vitest"
import { OptionsApp } from "@/ui/screens/options-app"
import { PanelApp } from "@/ui/screens/panel-app"
import { PopupApp } from "@/ui/screens/popup-app"
import { SCENES } from "../../pages/ui/scenes"
import { CLINIC_NOTE, clinicFindings } from "./fake-findings"
import { FakeBrowser, FakePage, field, NO_FINDINGS, topFrame } from "./fake-services"
import { barriers, button, click, leaveScreen, page, press, seen, show, type, until } from "./on-screen"

const card = (code: string) =>
  [...document.querySelectorAll<HTMLElement>(".card")].find((element) =>
    element.textContent?.startsWith(code)
  )
const cards = () => [...document.querySelectorAll<HTMLElement>(".card")].map((element) => element.dataset.key)

async function chart(change: (browser: FakeBrowser, page: FakePage) => void = () => {}) {
  const fakePage = new FakePage(topFrame(), CLINIC_NOTE, {
    changeKey: "a",
    mrn: "1",
    dateOfService: "2026-03-14"
  })
  fakePage.focused = field()
  const browser = new FakeBrowser(fakePage)
  browser.suggestWith = ({ documents }) => clinicFindings(documents[0]!.doc)
  change(browser, fakePage)
  await show(<PanelApp services={browser} />)
  await until(() => expect(card("E11.42")).toBeDefined())
  return { browser, fakePage }
}

describe("no barrier on any screen (axe)", () => {
  const READY: Record<string, string> = {
    chart: "E11.42",
    busy: "labs.example",
    starter: "1,512 codes",
    "no-notes": "No notes on this page",
    impossible: "This page cannot be read",
    "not-granted": "Read ehr.example?",
    off: "Switched off for ehr.example",
    reading: "Looking for codes",
    nothing: "Nothing to suggest",
    error: "could not be worked out"
  }
  const check = async () => expect(await barriers()).toEqual([])

  it.each(Object.entries(READY))("%s", async (scene, text) => {
    await show(<PanelApp services={SCENES[scene]!()} />)
    await seen(text)
    await check()
  })

  it("look-up with results, and a code in detail", async () => {
    await chart()
    await press("/")
    await type("diabetes")
    await check()
    await press("Enter", { shiftKey: true })
    await seen("Excludes1")
    await check()
  })

  it("not suggested, chips, sheet of keys, question about another site", async () => {
    await chart()
    await click(/^Not suggested/)
    await check()
    await act(async () => card("E11.42")!.focus())
    await press("?")
    await check()
  })

  it("popup and options", async () => {
    const browser = SCENES.options!()
    await show(<PopupApp services={browser} onDone={() => {}} />)
    await seen("Read ehr.example")
    await check()
    await leaveScreen()
    await show(<OptionsApp services={browser} />)
    await seen("sha256")
    await check()
  })
})

describe("the Chart tab", () => {
  it("shows code, title, quote in its sentence, section, way, and what was not suggested with its reason", async () => {
    await chart()
    const diabetes = card("E11.42")!.textContent!
    for (const text of [
      "Billable",
      "diabetic polyneuropathy",
      ", gabapentin continued",
      "Assessment and plan"
    ]) {
      expect(diabetes).toContain(text)
    }
    expect(diabetes).toContain("Index: Diabetes, type 2, with, polyneuropathy")
    expect(card("S52.50")!.textContent).toContain("Header")
    expect(page()).not.toContain("Pneumonia, unspecified organism")
    await click(/^Not suggested/)
    expect(card("J18.9")!.textContent).toContain("Uncertain: Possible")
    expect(card("J18.9")!.textContent).toContain("assertion.uncertain-outpatient")
  })

  it("negatives of the review of systems and of templates are one counted line", async () => {
    await chart((browser) => {
      browser.suggestWith = ({ documents }) => {
        const found = clinicFindings(documents[0]!.doc)
        const [pneumonia, pain] = found.suppressed
        const inReview = { ...pain!, evidence: pain!.evidence.map((each) => ({ ...each, section: "ros" })) }
        return {
          ...found,
          suppressed: [inReview, pneumonia!, { ...inReview, code: "R42", reason: "templated" as const }]
        }
      }
    })
    await click(/^Not suggested/)
    expect(card("J18.9")).toBeDefined()
    expect(card("R07.9")).toBeUndefined()
    expect(button(/^Not suggested/).textContent).toContain("3")
    expect(await barriers()).toEqual([])
    await click("2 negatives of the review of systems and of template text")
    expect(card("R07.9")).toBeDefined()
    expect(card("R42")).toBeDefined()
  })

  it("works by keyboard alone: walk, light up, copy, fill, go to, look up", async () => {
    const { browser, fakePage } = await chart()
    await act(async () => card("E11.42")!.focus())
    await press("ArrowDown")
    expect(document.activeElement).toBe(card("S52.50"))
    await until(() => expect(fakePage.lastPaint?.active[0]?.quote).toBe("Distal radius fracture"))
    await press("ArrowDown")
    expect(document.activeElement).toBe(card("I10"))
    await press("c")
    expect(browser.clipboard).toBe("I10")
    await seen("On the clipboard: I10, Essential (primary) hypertension")
    await press("f")
    await seen("Filled and read back: I10 in Diagnosis 1 (21.A)")
    await press("g")
    await until(() => expect(fakePage.wentTo[0]?.span.quote).toBe("Hypertension"))
    await press("Home")
    expect(document.activeElement).toBe(card("E11.42"))
    await press("l")
    await seen("Excludes1")
    expect(document.activeElement?.tagName).toBe("H2")
    await press("Escape")
    expect(document.activeElement).toBe(card("E11.42"))
    expect(button(/^Chart/).getAttribute("aria-selected")).toBe("true")
  })

  it("has one stop for Tab among the cards, and letters stay letters with a modifier or when switched off", async () => {
    const { browser } = await chart()
    const stops = [...document.querySelectorAll<HTMLElement>(".card")].filter(
      (element) => element.tabIndex === 0
    )
    expect(stops).toHaveLength(1)
    await act(async () => card("I10")!.focus())
    await press("c", { ctrlKey: true })
    expect(browser.clipboard).toBeUndefined()
    browser.stored.letterKeys = false
    await leaveScreen()
    await show(<PanelApp services={browser} />)
    await until(() => expect(card("I10")).toBeDefined())
    await act(async () => card("I10")!.focus())
    await press("c")
    await press("?")
    expect(browser.clipboard).toBeUndefined()
    expect(document.querySelector("dialog[open]")).toBeNull()
  })

  it("the pointer lights words up, leaving puts them out, and nothing scrolls the chart", async () => {
    const { fakePage } = await chart()
    const item = card("I10")!.closest("li")!
    await act(async () => void item.dispatchEvent(new PointerEvent("pointerover", { bubbles: true })))
    await until(() => expect(fakePage.lastPaint?.active[0]?.quote).toBe("Hypertension"))
    await act(async () => void item.dispatchEvent(new PointerEvent("pointerout", { bubbles: true })))
    await until(() => expect(fakePage.lastPaint?.active).toEqual([]))
    expect(fakePage.wentTo).toEqual([])
  })

  it("an axis leads to a more exact code in place, as far as a billable one, and back", async () => {
    const { browser } = await chart()
    const key = card("S52.50")!.dataset.key
    const order = cards()
    await click("right")
    expect(card("S52.501")!.dataset.key).toBe(key)
    expect(cards()).toEqual(order)
    await click(/^A: initial encounter/)
    expect(card("S52.501A")!.textContent).toContain("Billable")
    expect(card("S52.501A")!.textContent).toContain("instead of S52.50")
    await click("Copy S52.501A")
    expect(browser.clipboard).toBe("S52.501A")
    await click("Take back")
    expect(card("S52.50")).toBeDefined()
  })

  it("holds the order while the pointer is in the list, says so beside the tabs, and shows it on demand", async () => {
    const { browser, fakePage } = await chart()
    const list = document.querySelector(".findings")!
    const order = cards()
    await act(async () => void list.dispatchEvent(new PointerEvent("pointermove", { bubbles: true })))
    browser.suggestWith = ({ documents }) => {
      const findings = clinicFindings(documents[0]!.doc)
      return { ...findings, suggestions: findings.suggestions.slice(1) }
    }
    fakePage.write(`${CLINIC_NOTE}More.`)
    fakePage.tell("changed")
    await seen("1 change: show")
    expect(cards()).toEqual(order)
    await click("1 change: show")
    expect(cards()).toEqual(order.slice(1))
    expect(page()).not.toContain("1 change")
  })

  it("another patient is never held: the cards go at once", async () => {
    const { browser, fakePage } = await chart()
    const list = document.querySelector(".findings")!
    await act(async () => void list.dispatchEvent(new PointerEvent("pointermove", { bubbles: true })))
    browser.suggestWith = () => NO_FINDINGS
    fakePage.identity = { changeKey: "b", mrn: "2" }
    fakePage.write("Assessment: none yet.")
    await act(async () => fakePage.tell("identity"))
    expect(cards()).toEqual([])
    expect(page()).not.toContain("peripheral neuropathy")
    await seen("No notes on this page")
  })

  it("setting and date are always there and change what is asked", async () => {
    const { browser } = await chart()
    const radio = document.querySelector<HTMLInputElement>("input[value=inpatient]")!
    expect(document.querySelector<HTMLInputElement>("input[value=outpatient]")!.checked).toBe(true)
    await act(async () => radio.click())
    await until(() => expect(browser.asked.at(-1)).toMatchObject({ body: { setting: "inpatient" } }))
    expect(browser.stored.setting).toBe("inpatient")
    expect(page()).toContain("FY2026")
    expect(document.querySelector<HTMLInputElement>("input[type=date]")!.value).toBe("2026-03-14")
  })

  it("asks for a site in the click, and says so when it was refused", async () => {
    const browser = SCENES["not-granted"]!()
    browser.permission = false
    await show(<PanelApp services={browser} />)
    await seen("Read ehr.example?")
    await click("Read this site")
    await seen("ehr.example stays unread")
    browser.permission = true
    await click("Read this site")
    await seen("No notes on this page")
  })

  it("a site whose permission was taken back can be switched on again; a tab that went on cannot", async () => {
    const { browser } = await chart((each) => {
      each.sites = [{ origin: "https://ehr.example", granted: true, enabled: true }]
    })
    // Without permission the browser does not name the site any more.
    browser.site = { granted: false, enabled: false, origin: "" }
    await act(async () => browser.news("sites"))
    await seen("This tab is not read")
    browser.sites = []
    await act(async () => browser.news("sites"))
    await seen("Switched off for ehr.example")
    browser.site = {}
    await click("Switch on")
    await until(() => expect(card("E11.42")).toBeDefined())
    expect(browser.asked).toContainEqual({ kind: "sites/enable", body: { origin: "https://ehr.example" } })
  })

  it("names frames of other origins and a part that was not read", async () => {
    await show(<PanelApp services={SCENES.busy!()} />)
    await seen("Part of this page comes from labs.example and is not read.")
    await seen("the last 1,234,567 characters were not read")
    await seen("looks like an inpatient record")
  })
})

describe("the Look-up tab", () => {
  it("finds while typing, walks with arrows, copies with Enter", async () => {
    const { browser } = await chart()
    await press("/")
    await type("diabetes")
    const field = document.querySelector<HTMLInputElement>("[role=combobox]")!
    const active = () =>
      document.getElementById(field.getAttribute("aria-activedescendant") ?? "")?.textContent
    expect(active()).toContain("E11Header")
    await press("ArrowDown")
    await press("ArrowDown")
    expect(active()).toContain("E11.22")
    await press("Enter")
    expect(browser.clipboard).toBe("E11.22")
    expect(document.activeElement).toBe(field)
    await press("Enter", { ctrlKey: true })
    await seen("Filled and read back: E11.22")
    await press("Escape")
    expect(field.value).toBe("")
  })

  it("keeps text and place when one comes back from a code or from the other tab", async () => {
    await chart()
    await press("/")
    await type("diabetes")
    await press("ArrowDown")
    await press("Enter", { shiftKey: true })
    await seen("Below E11.2")
    await press("Escape")
    const field = document.querySelector<HTMLInputElement>("[role=combobox]")!
    expect(field.value).toBe("diabetes")
    expect(document.querySelector(".result[aria-selected=true]")!.textContent).toContain("E11.2")
    await click(/^Chart/)
    await click("Look-up")
    expect(document.querySelector<HTMLInputElement>("[role=combobox]")!.value).toBe("diabetes")
  })

  it("codes in notes and the tree open, codes that are none stay words", async () => {
    await chart()
    await press("/")
    await type("e1142")
    await press("Enter", { shiftKey: true })
    await seen("1 inherited from E11")
    expect(page()).not.toContain("control using")
    await press("i")
    await seen("control using")
    expect(() => button("E10")).toThrow()
    await click("Z79.4")
    await seen("Long term (current) use of insulin")
  })

  it("says in a sentence that the code sets are being put in place, and when one cannot be opened", async () => {
    const browser = new FakeBrowser(new FakePage(topFrame(), "", { changeKey: "a" }))
    browser.infos = []
    const answer = browser.ask.bind(browser)
    browser.ask = ((kind: "packs/ensure", body: object) =>
      kind === "packs/ensure" ? new Promise(() => {}) : answer(kind, body as never)) as typeof browser.ask
    await show(<PanelApp services={browser} />)
    await seen("No notes on this page")
    await click("Look-up")
    await seen("The code sets are being put in place.")
  })
})

describe("popup and options", () => {
  it("switches a site off and on, and opens the panel", async () => {
    const browser = SCENES.popup!()
    const done = vi.fn()
    await show(<PopupApp services={browser} onDone={done} />)
    await seen("Read ehr.example")
    const site = () => document.querySelector<HTMLInputElement>("[role=switch]")!
    expect(site().checked).toBe(true)
    await act(async () => site().click())
    await until(() => expect(site().checked).toBe(false))
    expect(browser.count("sites/disable")).toBe(1)
    await act(async () => site().click())
    await until(() => expect(site().checked).toBe(true))
    await click("Open the side panel")
    await until(() => expect(done).toHaveBeenCalled())
    expect(browser.panelOpened).toBe(1)
  })

  it("says why a page cannot be read, and how complete the code sets are", async () => {
    const browser = SCENES.impossible!()
    browser.infos = SCENES.starter!().infos
    await show(<PopupApp services={browser} onDone={() => {}} />)
    await seen("extensions cannot read it")
    await seen("Starter set: 1,512 codes, not complete")
    expect(document.querySelector("[role=switch]")).toBeNull()
  })

  it("lists sites and code sets with source and checksum; single keys can be switched off", async () => {
    const browser = SCENES.options!()
    await show(<OptionsApp services={browser} />)
    await seen("https://ehr.example")
    await seen("sha256 5f2c9ab1d0e4")
    await seen("74,719 billable of 98,000 codes")
    const switches = [...document.querySelectorAll<HTMLInputElement>("[role=switch]")]
    await act(async () => switches[0]!.click())
    await until(() => expect(page()).not.toContain("https://ehr.example"))
    await act(async () => switches.at(-1)!.click())
    expect(browser.stored.letterKeys).toBe(false)
  })
})
