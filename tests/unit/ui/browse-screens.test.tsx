// @vitest-environment jsdom
import { act } from "react"
import { describe, expect, it } from "vitest"
import type { LookupAnswer } from "@/classification/pack-api"
import { PanelApp } from "@/ui/screens/panel-app"
import { FakeBrowser, FakePage, topFrame } from "./fake-services"
import { barriers, button, click, page, press, seen, show, type, until } from "./on-screen"
import { withSmallPacks } from "./small-packs"

const icd = (code: string) => ({ system: "ICD-10-CM" as const, code })
const field = () => document.querySelector<HTMLInputElement>("#tab-panel-lookup input")!
const focused = () => document.activeElement?.textContent ?? ""
const heading = () => document.querySelector("#tab-panel-lookup h2")?.textContent
const rows = () => [...document.querySelectorAll(".result")].map((row) => row.textContent ?? "")

/** The look-up tab, with the cursor in its field. */
async function lookup(change: (browser: FakeBrowser) => void = () => {}): Promise<FakeBrowser> {
  const browser = withSmallPacks(new FakeBrowser(new FakePage(topFrame(), "", { changeKey: "a" })))
  change(browser)
  await show(<PanelApp services={browser} />)
  await seen("No notes on this page")
  await press("/")
  await seen("Leaf through")
  return browser
}

async function open(text: string): Promise<void> {
  await type(text)
  await press("Enter", { shiftKey: true })
  await until(() => expect(document.querySelector(".detail")).not.toBeNull())
}

describe("the search", () => {
  it("starts with pins, codes used lately, ways to type and places to leaf; arrows reach all of it", async () => {
    const browser = await lookup((each) => {
      each.own.pins = [
        { ...icd("E11.22"), pinnedAt: 1 },
        { ...icd("M72.2"), pinnedAt: 2 }
      ]
      each.own.recents = [
        { ...icd("E11.22"), at: 1 },
        { ...icd("I10"), at: 2 }
      ]
    })
    expect(await barriers()).toEqual([])
    // Retired in this release: said so, and what took its place is one key away.
    expect(rows()[0]).toContain("M72.2Not in this releasePlantar fascial fibromatosis")
    expect(rows()[1]).toContain("E11.22")
    expect(rows()[2]).toContain("I10")
    await press("Enter")
    expect(browser.clipboard).toBeUndefined()
    await press("ArrowDown")
    await press("ArrowDown")
    await press("Enter")
    expect(browser.clipboard).toBe("E11.22")
    await press("ArrowUp")
    await press("Enter")
    await seen("Not a code since 1 October 2026")
    await click(/M67/)
    await seen("is not a code of the release that counts")
  })

  it("searches one code set when asked, and names release and date", async () => {
    await lookup()
    expect(page()).toContain("ICD-10-CM FY2026, HCPCS 2025-10, PCS FY2026, newest installed")
    await type("injection")
    expect(rows()[0]).toContain("J1885")
    const radio = document.querySelector<HTMLInputElement>("#tab-panel-lookup input[value='ICD-10-CM']")!
    await act(async () => radio.click())
    expect(rows().join()).not.toContain("J1885")
    await type("")
    expect(page()).toContain("ICD-10-CM FY2026, newest installed")
  })

  it("explains a hit: matched words, correction, end date, header with its codes, own mark, nearest terms", async () => {
    const answer: LookupAnswer = {
      corrected: "diabetes",
      nearest: ["Diabetes, brittle"],
      results: [
        {
          ...icd("N18.3"),
          title: "Chronic kidney disease, stage 3 (moderate)",
          billable: false,
          score: 2,
          via: "index: Disease, kidney, chronic",
          pack: "icd10cm-FY2026",
          matched: [{ start: 8, end: 14 }],
          headerSince: "2020-10-01",
          children: [icd("N18.30"), icd("N18.32")],
          replaces: "N18.9"
        },
        {
          system: "HCPCS",
          code: "J0120",
          title: "Injection, tetracycline, up to 250 mg",
          billable: true,
          score: 1,
          via: "title",
          pack: "hcpcs-2025-10",
          ended: "2019-12-31"
        }
      ]
    }
    const browser = await lookup((each) => {
      each.packs.lookup = async () => () => answer
      each.own.pins = [{ system: "HCPCS", code: "J0120", pinnedAt: 1 }]
    })
    await type("diabets")
    expect(page()).toContain("Corrected to “diabetes”".replace(/[“”]/g, ""))
    expect(document.querySelector(".matched")?.textContent).toBe("kidney")
    const [header, first, second, ended] = rows()
    expect(header).toContain("via index: Disease, kidney, chronic")
    expect(header).toContain("A header since 1 October 2020: choose one of these.")
    expect(header).toContain("took the place of N18.9")
    expect(first).toContain("N18.30")
    expect(second).toContain("N18.32")
    expect(ended).toContain("Ended 31 December 2019")
    expect(ended).toContain("Pinned")
    expect(ended).not.toContain("Billable")
    expect(await barriers()).toEqual([])
    await press("Enter")
    await seen("N18.3, a header. It cannot be billed")
    await press("ArrowDown")
    await press("Enter")
    expect(browser.clipboard).toBe("N18.30")
    await press("ArrowDown")
    await press("ArrowDown")
    await press("ArrowDown")
    await press("Enter")
    expect(field().value).toBe("Diabetes, brittle")
  })
})

describe("one code", () => {
  it("steps on its level by arrows, up by U, back and forward by Alt and arrows", async () => {
    await lookup()
    await open("e11.21")
    expect(heading()).toBe("E11.21")
    await press("ArrowRight")
    expect(heading()).toBe("E11.22")
    await press("ArrowRight")
    expect(heading()).toBe("E11.6")
    await press("ArrowLeft", { altKey: true })
    expect(heading()).toBe("E11.22")
    await press("u")
    expect(heading()).toBe("E11.2")
    await press("ArrowLeft", { altKey: true })
    await press("ArrowLeft", { altKey: true })
    expect(heading()).toBe("E11.21")
    await press("ArrowRight", { altKey: true })
    expect(heading()).toBe("E11.22")
    expect(await barriers()).toEqual([])
    await press("Escape")
    expect(document.activeElement).toBe(field())
  })

  it("a 7th character leads to the whole code", async () => {
    await lookup()
    await open("s52.501")
    await click(/^A initial encounter for closed/)
    expect(heading()).toBe("S52.501A")
    expect(document.querySelector(".seventh [aria-current=true]")?.textContent).toContain("closed fracture")
  })

  it("names what lists say with their version; marks of payment only when asked for", async () => {
    await lookup()
    await open("e11.22")
    expect(page()).not.toContain("Complication or comorbidity")
    const marks = document.querySelector<HTMLInputElement>(".part .switch input")!
    await act(async () => marks.click())
    expect(page()).toContain("V28: HCC 37")
    expect(page()).toContain("CMS-HCC PY2026, made for another release")
    await press("Escape")
    await open("n18.32")
    expect(page()).toContain("Added on 1 October 2020")
    expect(page()).toContain("Coded before as N18.3")
    await press("Escape")
    await open("w54.0xxa")
    expect(page()).toContain("Exempt from present-on-admission reportingPOA exempt list FY2026")
  })

  it("keeps a note by itself, also when one leaves at once, and pins with a key", async () => {
    const browser = await lookup()
    await open("i10")
    await press("p")
    await seen("I10 is pinned.")
    expect(browser.own.pins.map(({ code }) => code)).toEqual(["I10"])
    await press("n")
    const note = document.activeElement as HTMLTextAreaElement
    expect(note.tagName).toBe("TEXTAREA")
    const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value")!.set!
    await act(async () => {
      setValue.call(note, "payer wants the stage")
      note.dispatchEvent(new InputEvent("input", { bubbles: true }))
    })
    await press("Escape")
    await until(() => expect(browser.own.notes.get("ICD-10-CM I10")).toBe("payer wants the stage"))
    await open("i10")
    await until(() => expect(document.querySelector("textarea")?.value).toBe("payer wants the stage"))
  })

  it("says so when a pin cannot be stored, and takes the mark back", async () => {
    const browser = await lookup()
    await open("i10")
    browser.own.broken = true
    await press("p")
    await seen("I10 could not be pinned")
    expect(button("Pin I10 (P)").getAttribute("aria-pressed")).toBe("false")
  })

  it("shows the guidelines that concern it, folded, with codes that open", async () => {
    await lookup((each) => {
      each.book = {
        release: "FY2026",
        system: "ICD-10-CM",
        effective: { from: "2025-10-01" },
        source: "test",
        sections: [
          { id: "I.C.4", parent: "I.C", title: "Chapter 4", paragraphs: [], codes: ["E00-E89"] },
          {
            id: "I.C.4.a.2",
            parent: "I.C.4.a",
            title: "Type not documented",
            paragraphs: ["The default is E11.-, type 2."],
            codes: ["E11"]
          }
        ]
      }
    })
    await open("e11.22")
    await seen("I.C.4.a.2 Type not documented")
    expect(page()).not.toContain("The default is")
    await click(/^I\.C\.4\.a\.2/)
    expect(page()).toContain("The default is E11.-, type 2.")
    expect(page()).not.toContain("Chapter 4Chapter 4")
  })
})

describe("the Tabular List", () => {
  it("is walked with arrows, sought by typing a code, and comes back as it was left", async () => {
    await lookup()
    await press("Tab")
    await act(async () => (document.activeElement as HTMLElement).blur())
    await press("b")
    await until(() => expect(document.activeElement?.getAttribute("role")).toBe("treeitem"))
    expect(await barriers()).toEqual([])
    for (const letter of "n18") await press(letter)
    expect(focused()).toContain("N18 Chronic kidney disease (CKD)")
    await press("ArrowRight")
    await press("ArrowRight")
    expect(focused()).toContain("N18.3 ")
    await press("ArrowLeft")
    expect(focused()).toContain("N18 ")
    await press("ArrowDown")
    await press("Enter")
    expect(heading()).toBe("N18.3")
    await press("Escape")
    await until(() => expect(focused()).toContain("N18.3 "))
    await press("Escape")
    expect(document.activeElement).toBe(field())
  })

  it("opens at the code that is read", async () => {
    await lookup()
    await open("e11.22")
    await press("t")
    await until(() => expect(focused()).toContain("E11.22 "))
    expect(document.activeElement?.getAttribute("aria-level")).toBe("5")
  })
})

describe("the Index", () => {
  it("seeks a main term by its letters, unfolds, follows references, opens codes", async () => {
    await lookup()
    await click(/Index to Diseases/)
    await until(() => expect(document.activeElement?.getAttribute("aria-label")).toBe("Go to a main term"))
    await type("cop")
    await press("ArrowDown")
    await until(() => expect(focused()).toContain("COPD"))
    expect(await barriers()).toEqual([])
    await press("Enter")
    await until(() => expect(focused()).toContain("obstructive (chronic) J44.9"))
    await press("ArrowRight")
    await press("ArrowRight")
    expect(focused()).toContain("with acute exacerbation NEC J44.1")
    await press("Enter")
    expect(heading()).toBe("J44.1")
    await press("Escape")
    await until(() => expect(focused()).toContain("with acute exacerbation"))
    await press("ArrowLeft", { altKey: true })
    await until(() => expect(focused()).toContain("COPD"))
  })

  it("shows the columns of a table when a row is opened", async () => {
    await lookup()
    await click(/Table of Neoplasms/)
    await type("lu")
    await press("Enter")
    await until(() => expect(focused()).toContain("lung"))
    await press("ArrowRight")
    const cells = [...document.querySelectorAll(".cells tr")].map((row) => row.textContent)
    expect(cells).toEqual(["Malignant PrimaryC34.90", "BenignD14.30"])
    expect(await barriers()).toEqual([])
    await click("D14.30")
    expect(heading()).toBe("D14.30")
  })

  it("an index path of a code opens where it stands", async () => {
    await lookup()
    await open("e11.22")
    await click(/^Diabetes, diabetic, with, chronic/)
    await until(() => expect(focused()).toContain("chronic kidney disease E11.22 [N18"))
  })
})

describe("PCS tables", () => {
  it("builds a code with the keyboard alone", async () => {
    const browser = await lookup()
    await click(/ICD-10-PCS tables/)
    const axis = () => document.activeElement?.getAttribute("aria-label")
    await until(() => expect(axis()).toBe("Section: a character or words"))
    await type("medical")
    await press("Enter")
    expect(axis()).toBe("Body System: a character or words")
    await press("Enter")
    await press("Enter")
    expect(axis()).toBe("Body Part: a character or words")
    expect(await barriers()).toEqual([])
    await type("spinal")
    await press("Enter")
    await press("ArrowDown")
    await press("Enter")
    // Device and qualifier have one value each.
    await seen("(the only one)")
    expect(document.querySelector(".pcs-whole")?.textContent).toContain("Bypass, Spinal Canal, Percutaneous")
    await press("Enter")
    expect(browser.clipboard).toBe("001U3Z4")
    await press("Backspace")
    expect(axis()).toBe("Approach: a character or words")
    await press("ArrowLeft", { altKey: true })
    await press("Enter", { shiftKey: true })
    expect(heading()).toBe("001U3Z4")
  })

  it("takes several characters at once, and says when nothing fits", async () => {
    await lookup()
    await click(/ICD-10-PCS tables/)
    await type("0016")
    await until(() => expect(page()).toContain("Cerebral Ventricle"))
    await type("zebra")
    expect(page()).toContain("No value of “Approach” fits these words.")
  })
})
