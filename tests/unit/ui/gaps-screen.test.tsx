// @vitest-environment jsdom
import { act } from "react"
import { describe, expect, it } from "vitest"
import { PanelApp } from "@/ui/screens/panel-app"
import { SCENES } from "../../pages/ui/scenes"
import { findingsWithGaps } from "./fake-gaps"
import type { FakeBrowser } from "./fake-services"
import { barriers, button, click, leaveScreen, page, press, seen, show, until } from "./on-screen"

const cards = () => [...document.querySelectorAll<HTMLElement>(".gap-card")]
const card = (title: string) => cards().find((each) => each.textContent?.includes(title))!
const focus = (element: HTMLElement) => act(async () => element.focus())
const field = (name: string) => {
  const label = [...document.querySelectorAll("label")].find((each) => each.textContent?.trim() === name)
  return document.getElementById(label?.htmlFor ?? "") as HTMLTextAreaElement
}

async function write(element: HTMLTextAreaElement | HTMLInputElement, text: string): Promise<void> {
  const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value")!.set!
  await act(async () => {
    set.call(element, text)
    element.dispatchEvent(new InputEvent("input", { bubbles: true }))
  })
}

async function gaps(change: (browser: FakeBrowser) => void = () => {}): Promise<FakeBrowser> {
  const browser = SCENES.gaps!()
  change(browser)
  await show(<PanelApp services={browser} />)
  await until(() => expect(page()).toContain("E11.42"))
  await press("2")
  await until(() => expect(cards().length).toBeGreaterThan(0))
  return browser
}

describe("the Gaps tab", () => {
  it("tells what is missing, what it leads to, where it was looked for and where it stands", async () => {
    await gaps()
    const side = card("Distal radius fracture: side").textContent!
    for (const words of [
      "without it only an unspecified",
      "right S52.501",
      "left S52.502",
      "Found elsewhere: right",
      "Looked in: Assessment and plan, HPI, Exam",
      "landed on her"
    ])
      expect(side).toContain(words)
    expect(page()).toContain("3 more details, of low weight")
    expect(page()).not.toContain("Hypertension: further detail")
    expect(page()).toContain("Not covered:")
    expect(await barriers()).toEqual([])
    await click(/more details/)
    expect(page()).toContain("Hypertension: further detail")
    expect(await barriers()).toEqual([])
  })

  it("works by keyboard alone: walk, light up, go to the answer, take it, undo", async () => {
    const browser = await gaps()
    await focus(cards()[0]!)
    await press("ArrowDown")
    expect(document.activeElement).toBe(card("fracture: side"))
    const [fakePage] = browser.pagesHere
    await until(() => expect(fakePage!.lastPaint?.active[0]?.quote).toBe("Distal radius fracture"))
    await press("e")
    await until(() => expect(fakePage!.wentTo[0]?.span.quote).toBe("right wrist"))
    await press("t")
    await seen("right: S52.501 stands on the card of S52.50 now.")
    expect(browser.counts).toEqual([
      { rule: "fracture", accepted: 2, dismissed: 1 },
      { rule: "gap.derived.laterality", accepted: 1, dismissed: 0 }
    ])
    await press("1")
    await until(() => expect(page()).toContain("instead of S52.50"))
    await press("2")
    await focus(card("fracture: side"))
    await press("t")
    await press("1")
    await until(() => expect(page()).not.toContain("instead of S52.50"))
  })

  it("dismisses with a reason, leaves the card in its place until the tab is left, and restores", async () => {
    const browser = await gaps()
    await focus(card("fracture: side"))
    await press("d")
    expect(await barriers()).toEqual([])
    await press("1")
    expect(card("fracture: side").textContent).toContain("Dismissed: it is documented")
    expect(document.activeElement).toBe(card("fracture: side"))
    expect(cards().indexOf(card("fracture: side"))).toBe(1)
    expect(browser.counts.at(-1)).toEqual({ rule: "gap.derived.laterality", accepted: 0, dismissed: 1 })
    await press("1")
    await press("2")
    expect(card("fracture: side")).toBeUndefined()
    await click("1 dismissed")
    await focus(card("fracture: side"))
    await press("d")
    await until(() => expect(page()).toContain("Restored: Distal radius fracture: side"))
    expect(browser.counts.at(-1)).toEqual({ rule: "gap.derived.laterality", accepted: 0, dismissed: 0 })
  })

  it("nothing a safety gap was dismissed for is counted", async () => {
    const browser = await gaps()
    await focus(cards()[0]!)
    await press("d")
    await press("2")
    expect(browser.counts).toEqual([{ rule: "fracture", accepted: 2, dismissed: 1 }])
  })

  it("says what was looked at when there is no gap", async () => {
    const browser = SCENES.chart!()
    await show(<PanelApp services={browser} />)
    await until(() => expect(page()).toContain("E11.42"))
    await press("2")
    await seen("No gap found")
    expect(page()).toContain("Read: 528 characters in 1 text, with 4 suggested codes.")
    expect(await barriers()).toEqual([])
  })

  it("estimates an E/M level only when asked to, with the words it rests on", async () => {
    const browser = await gaps((it) => {
      it.suggestWith = ({ documents, em }) => {
        const doc = documents[0]!.doc
        const quote = { doc, start: 0, end: 15, quote: documents[0]!.text.slice(0, 15), section: "hpi" }
        const found = findingsWithGaps(doc)
        if (!em) return found
        const items = [
          {
            rule: "em.chronic",
            text: "Chronic illness, not at goal",
            level: "moderate" as const,
            evidence: [quote]
          }
        ]
        return {
          ...found,
          em: {
            label: "estimate, no billing decision",
            level: "moderate",
            elements: [{ element: "problems", level: "moderate", items }],
            cautions: []
          }
        }
      }
    })
    expect(page()).not.toContain("E/M estimate")
    await act(async () => document.querySelector<HTMLInputElement>(".gaps-foot input")!.click())
    await seen("Problems addressed: moderate")
    expect(page()).toContain("estimate, no billing decision")
    expect(browser.stored.em).toBe(true)
    expect(await barriers()).toEqual([])
  })

  it("forgets its counts when asked to", async () => {
    const browser = await gaps()
    await click("Forget them")
    await until(() => expect(browser.counts).toEqual([]))
  })
})

describe("a query to the provider", () => {
  const open = async (change?: (browser: FakeBrowser) => void) => {
    const browser = await gaps(change)
    await focus(card("fracture: side"))
    await press("q")
    await until(() => expect(field("Text")).toBeTruthy())
    return browser
  }

  it("is drafted in place, is copied once it was read, and gives the focus back", async () => {
    const browser = await open()
    expect(document.activeElement?.className).toBe("query")
    const text = () => field("Text").value
    expect(text()).toContain('- "landed on her right wrist"')
    expect(text()).toContain("- Unable to determine")
    expect(await barriers()).toEqual([])
    await until(() => expect(page()).toContain("To be read by you first"))
    await press("Enter", { ctrlKey: true })
    await until(() => expect(page()).toContain("Not copied. Software wrote this text"))
    expect(browser.clipboard).toBeUndefined()
    const read = document.querySelector<HTMLInputElement>(".query-read input")!
    await act(async () => read.click())
    await until(() => expect(page()).not.toContain("To be read by you first"))
    await click("Copy")
    await until(() => expect(browser.clipboard).toContain("Subject: Further detail requested\n\n"))
    expect(browser.counts.at(-1)).toEqual({ rule: "gap.derived.laterality", accepted: 1, dismissed: 0 })
    await focus(field("Text"))
    await press("Escape")
    expect(document.querySelector(".query")).toBeNull()
    expect(document.activeElement).toBe(card("fracture: side"))
  })

  it("quotes what is ticked, and offers no option that nothing quoted supports", async () => {
    await open()
    const [first] = document.querySelectorAll<HTMLInputElement>(".query-quotes input")
    await act(async () => first!.click())
    expect(field("Text").value).not.toContain("landed on her right wrist")
    expect(field("Text").value).not.toContain("- Unable to determine")
    expect(page()).toContain("Asked openly")
  })

  it("reads what is typed, names the reasons, marks the words and keeps it from being copied", async () => {
    const browser = await open()
    await write(field("Text"), 'Note 03/14: "landed on her right wrist". It changes the DRG. Which side?')
    await seen("q.no-impact")
    expect(document.querySelector(".marked-text mark")?.textContent).toBe("DRG")
    expect(await barriers()).toEqual([])
    await click("Copy")
    await seen("Not copied. A query must not mention payment")
    expect(browser.clipboard).toBeUndefined()
    await click("Draft again")
    expect(field("Text").value).toContain("- Unable to determine")
    await click("Undo")
    expect(field("Text").value).toContain("DRG")
  })

  it("a quotation that is not in the chart is named", async () => {
    await open()
    await write(field("Text"), 'Note 03/14: "landed on her left elbow". Which side?')
    await seen("This quotation is not in the notes that were read")
  })

  it("reads any text that is pasted", async () => {
    const browser = await gaps()
    await click("Check the text of a query")
    await until(() => expect(document.activeElement?.className).toBe("query"))
    await write(field("Subject"), "Sepsis clarification")
    await write(field("Text"), "Lactate 4.1 on 03/14. Since the last visit: what diagnosis?")
    await seen("q.neutral-title")
    expect(page()).toContain("Show the words in the subject")
    expect(browser.asked.at(-1)).toMatchObject({
      kind: "query/lint",
      body: { draft: { title: "Sepsis clarification" } }
    })
    await write(field("Subject"), "Clarification")
    await until(() => expect(page()).not.toContain("q.neutral-title"))
    await click("Copy")
    await until(() => expect(browser.clipboard).toContain("Subject: Clarification"))
  })

  it("goes when the chart changes, and hides marks of payment models while it is open", async () => {
    const browser = await open()
    const [fakePage] = browser.pagesHere
    fakePage!.identity = { changeKey: "b", mrn: "2" }
    fakePage!.write(
      "Another patient. Assessment: cough, for a week, chest clear, nothing else was said today at all."
    )
    browser.suggestWith = ({ documents }) => ({
      ...findingsWithGaps("x"),
      suggestions: [],
      suppressed: [],
      gaps: [],
      notices: [documents[0]!.doc]
    })
    await act(async () => fakePage!.tell("changed" as never))
    await until(() => expect(document.querySelector(".query")).toBeNull())
    await leaveScreen()
  })

  it("keeps the order of the gaps while it is written", async () => {
    const browser = await open()
    browser.suggestWith = ({ documents }) => {
      const found = findingsWithGaps(documents[0]!.doc)
      return { ...found, gaps: found.gaps.slice(1) }
    }
    const before = cards().length
    const [fakePage] = browser.pagesHere
    fakePage!.write(`${fakePage!.texts[0]!.text}\nMore.`)
    await act(async () => fakePage!.tell("changed" as never))
    await until(() => expect(button(/1 change|changes: show/)).toBeTruthy())
    expect(cards()).toHaveLength(before)
  })
})
