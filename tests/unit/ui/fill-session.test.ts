import { describe, expect, it, vi } from "vitest"
import { Announcer } from "@/ui/session/announcer"
import { copyCode } from "@/ui/session/copy"
import { FillSession } from "@/ui/session/fill-session"
import { childFrame, FakeBrowser, FakePage, field, topFrame } from "./fake-services"

const CODE = {
  system: "ICD-10-CM" as const,
  code: "E11.42",
  title: "Type 2 diabetes mellitus with diabetic polyneuropathy"
}
const HERE = { origin: "https://ehr.example", epoch: 1 }

function world() {
  const top = new FakePage(topFrame(), "chart")
  const form = new FakePage(childFrame(5, "https://ehr.example/claim"), "")
  form.focused = field({ focusedAt: 20 })
  top.focused = field({ label: "Search", focusedAt: 10 })
  const browser = new FakeBrowser(top, form)
  const announcer = new Announcer()
  const fill = new FillSession(browser, announcer, () => "dot")
  const said = () => announcer.state.get()!
  return { browser, top, form, announcer, fill, said }
}

describe("filling a form field", () => {
  it("aims at the field that had the focus last, in whichever frame", async () => {
    const { fill } = world()
    await fill.look()
    expect(fill.state.get().target).toMatchObject({ field: { label: "Diagnosis 1 (21.A)" }, chosen: false })
  })

  it("follows the focus, also when it moves while the fields are being asked for", async () => {
    const { fill, form } = world()
    await fill.look()
    form.focused = field({ field: "f2", label: "Diagnosis 2 (21.B)", focusedAt: 30 })
    const first = fill.follow()
    form.focused = field({ field: "f3", label: "Diagnosis 3 (21.C)", focusedAt: 40 })
    await Promise.all([first, fill.follow()])
    expect(fill.state.get().target).toMatchObject({ field: { label: "Diagnosis 3 (21.C)" } })
    await fill.fill(CODE, HERE, HERE)
    expect(form.fills.map((each) => each.field)).toEqual(["f3"])
  })

  it("fills, says what the page shows, and takes it back", async () => {
    const { fill, form, said } = world()
    await fill.fill(CODE, HERE, HERE)
    expect(form.fills).toEqual([{ field: "f1", value: "E11.42", url: "https://ehr.example/claim" }])
    expect(said()).toMatchObject({ text: "Filled and read back: E11.42 in Diagnosis 1 (21.A)", tone: "good" })
    said().action!.run()
    await vi.waitFor(() => expect(said().text).toBe("Diagnosis 1 (21.A) is empty again."))
  })

  it("says of a text area only the code, never the note around it", async () => {
    const { fill, form, said } = world()
    form.focused = field({ kind: "textarea", focusedAt: 20 })
    form.fillAnswer = (value) => ({ outcome: "accepted", value: `Seen for cough and fever. ${value}` })
    await fill.fill(CODE, HERE, HERE)
    expect(said().text).toBe("Filled and read back: E11.42 in Diagnosis 1 (21.A)")
  })

  it("aims at nothing that was found for the chart before", async () => {
    const { fill, browser } = world()
    let arrive: (() => void) | undefined
    const frames = browser.pages.frames
    browser.pages.frames = async (tabId) => {
      await new Promise<void>((resolve) => {
        arrive = resolve
      })
      return frames(tabId)
    }
    const looking = fill.look()
    await vi.waitFor(() => expect(arrive).toBeDefined())
    fill.forget()
    arrive!()
    await looking
    expect(fill.state.get().target).toBeUndefined()
  })

  it("writes without dot where the form does", async () => {
    const { fill, form } = world()
    form.focused = field({ dot: false, focusedAt: 20 })
    await fill.fill(CODE, HERE, HERE)
    expect(form.fills[0]!.value).toBe("E1142")
  })

  it("reports a value that the page changed or refused", async () => {
    const { fill, form, said } = world()
    form.fillAnswer = () => ({ outcome: "altered", value: "E11.4", reason: "The field takes 5 characters." })
    await fill.fill(CODE, HERE, HERE)
    expect(said()).toMatchObject({ tone: "warn" })
    expect(said().text).toContain("now shows “E11.4” instead of E11.42. The field takes 5 characters.")
    form.fillAnswer = () => ({ outcome: "altered", value: "E1142", reason: "Written in another way." })
    await fill.fill(CODE, HERE, HERE)
    expect(said()).toMatchObject({
      tone: "good",
      text: "Filled and read back: E1142 (this form writes it without dot) in Diagnosis 1 (21.A)"
    })
    form.fillAnswer = () => ({ outcome: "rejected", value: "" })
    await fill.fill(CODE, HERE, HERE)
    expect(said().text).toContain("did not take E11.42; it is empty.")
    expect(said().action).toBeUndefined()
  })

  it.each([
    [
      "another chart was opened",
      ({ fill }: ReturnType<typeof world>) => fill.fill(CODE, HERE, { ...HERE, epoch: 2 })
    ],
    [
      "another tab came to the front",
      async ({ fill, browser }: ReturnType<typeof world>) => {
        await fill.look()
        browser.tabId = 2
        await fill.fill(CODE, HERE, HERE)
      }
    ],
    [
      "the page moved on",
      async ({ fill, browser }: ReturnType<typeof world>) => {
        await fill.look()
        browser.url = "https://ehr.example/chart/2"
        await fill.fill(CODE, HERE, HERE)
      }
    ],
    [
      "the frame of the form was replaced",
      async ({ fill, browser, top }: ReturnType<typeof world>) => {
        await fill.look()
        browser.pagesOf.set(1, [top])
        await fill.fill(CODE, HERE, HERE)
      }
    ]
  ])("refuses when %s", async (_, happen) => {
    const all = world()
    await happen(all)
    expect(all.said()).toMatchObject({ tone: "warn" })
    expect(all.said().text).toMatch(/^Not filled: /)
    expect([...all.form.fills, ...all.top.fills]).toEqual([])
  })

  it("asks before a code of one site goes into a form of another, each time", async () => {
    const { fill, form, browser, top } = world()
    const other = new FakePage(childFrame(6, "https://billing.example/claim"), "")
    other.focused = field({ focusedAt: 30 })
    browser.pagesOf.set(1, [top, form, other])
    await fill.fill(CODE, HERE, HERE)
    expect(fill.state.get().question).toMatchObject({ from: "ehr.example", to: "billing.example" })
    await fill.answer(false)
    expect(other.fills).toEqual([])
    await fill.fill(CODE, HERE, HERE)
    await fill.answer(true)
    expect(other.fills).toHaveLength(1)
    await fill.fill(CODE)
    expect(other.fills).toHaveLength(2)
  })

  it("says what to do when there is no field", async () => {
    const { fill, browser, said } = world()
    browser.pagesOf.set(1, [])
    await fill.fill(CODE, HERE, HERE)
    expect(said().text).toContain("Click a field of the form first")
  })

  it("lets the coder point at a field, and keeps it against later focus", async () => {
    const { fill, top, form } = world()
    const picking = fill.pick()
    await vi.waitFor(() => expect(form.choose).toBeDefined())
    top.choose!(field({ field: "f9", label: "Diagnosis 9" }))
    await picking
    expect(fill.state.get()).toMatchObject({
      picking: false,
      target: { chosen: true, field: { label: "Diagnosis 9" } }
    })
    await fill.look()
    expect(fill.state.get().target?.field.label).toBe("Diagnosis 9")
    fill.release()
    await vi.waitFor(() => expect(fill.state.get().target?.field.label).toBe("Diagnosis 1 (21.A)"))
  })

  it("gives up pointing when the coder does, in the page or in the panel", async () => {
    const { fill, top, form, said } = world()
    const inPage = fill.pick()
    await vi.waitFor(() => expect(form.choose).toBeDefined())
    top.choose!(null)
    await inPage
    expect(fill.state.get()).toMatchObject({ picking: false, target: undefined })
    const inPanel = fill.pick()
    await vi.waitFor(() => expect(fill.state.get().picking).toBe(true))
    fill.cancelPick()
    await inPanel
    expect(said().text).toBe("No field was chosen.")
  })
})

describe("copying", () => {
  it("names what is on the clipboard, in the shape that was asked for", async () => {
    const browser = new FakeBrowser()
    const announcer = new Announcer()
    await copyCode(browser, announcer, CODE, "no-dot")
    expect(browser.clipboard).toBe("E1142")
    expect(announcer.state.get()!.text).toBe(`On the clipboard: E1142, ${CODE.title}`)
  })

  it("does not claim a copy that the browser refused", async () => {
    const browser = new FakeBrowser()
    browser.clipboardFails = true
    const announcer = new Announcer()
    await copyCode(browser, announcer, CODE, "dot")
    expect(announcer.state.get()).toMatchObject({ tone: "warn" })
    expect(announcer.state.get()!.text).toContain("could not be copied")
  })
})
