import { afterEach, describe, expect, it, vi } from "vitest"
import type { Findings, SuggestRequest } from "@/engine/types"
import { AskError } from "@/messages/client"
import { ChartSession } from "@/ui/session/chart-session"
import { CLINIC_NOTE, clinicFindings } from "./fake-findings"
import { childFrame, FakeBrowser, FakePage, NO_FINDINGS, topFrame } from "./fake-services"

const sessions: ChartSession[] = []
afterEach(() => {
  for (const session of sessions.splice(0)) session.stop()
})

function open(browser: FakeBrowser): ChartSession {
  const session = new ChartSession(browser)
  sessions.push(session)
  session.start()
  return session
}

const patient = (mrn: string) => ({ changeKey: `patient ${mrn}`, mrn })

function clinic() {
  const page = new FakePage(topFrame(), CLINIC_NOTE, patient("1"))
  const browser = new FakeBrowser(page)
  browser.suggestWith = ({ documents }) => clinicFindings(documents[0]!.doc)
  return { browser, page }
}

const ready = (session: ChartSession) =>
  vi.waitFor(() => {
    const state = session.state.get()
    expect(state.phase).toBe("ready")
    expect(state.findings).toBeDefined()
    expect(state.working).toBe(false)
  })

const suggestRequests = (browser: FakeBrowser) =>
  browser.asked.filter(({ kind }) => kind === "engine/suggest").map(({ body }) => body as SuggestRequest)

describe("reading the chart beside the panel", () => {
  it("reads every document of the tab and asks with setting, date, age and sex", async () => {
    const top = new FakePage(topFrame(), "Patient header", {
      ...patient("1"),
      born: "1950-03-15",
      sex: "female"
    })
    const note = new FakePage(childFrame(3), CLINIC_NOTE)
    const browser = new FakeBrowser(top, note)
    const session = open(browser)
    await ready(session)
    const request = suggestRequests(browser).at(-1)!
    expect(request.documents).toEqual([
      { doc: `${top.frame.documentId}:main`, text: "Patient header" },
      { doc: `${note.frame.documentId}:main`, text: CLINIC_NOTE }
    ])
    expect(request).toMatchObject({ setting: "outpatient", date: "2026-03-14", age: 75, sex: "female" })
  })

  it("paints the suggestions, lights one up, and goes to its words only when asked", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    await vi.waitFor(() => expect(page.lastPaint?.spans.length).toBeGreaterThan(2))
    expect(page.lastPaint?.active).toEqual([])
    session.marks.light("ICD-10-CM I10")
    await vi.waitFor(() => expect(page.lastPaint?.active.map(({ quote }) => quote)).toEqual(["Hypertension"]))
    session.marks.light(undefined)
    await vi.waitFor(() => expect(page.lastPaint?.active).toEqual([]))
    expect(page.wentTo).toEqual([])
    const quotes = []
    for (let n = 0; n < 4; n++) {
      expect(await session.marks.goTo("ICD-10-CM E11.42")).toBe("found")
      quotes.push(page.wentTo.at(-1)!.span.quote)
    }
    expect(quotes).toEqual([
      "Type 2 diabetes mellitus with peripheral neuropathy",
      "Numbness in both feet",
      "diabetes",
      "Type 2 diabetes mellitus with peripheral neuropathy"
    ])
  })

  it("knows the document of a span also where the engine leaves it out", async () => {
    const { browser, page } = clinic()
    const blank = new FakePage(childFrame(3), "  ")
    browser.pagesOf.set(1, [page, blank])
    browser.suggestWith = () => JSON.parse(JSON.stringify(clinicFindings("")).replaceAll('"doc":"",', ""))
    const session = open(browser)
    await ready(session)
    await vi.waitFor(() => expect(page.lastPaint?.spans.length).toBeGreaterThan(2))
    const [evidence] = session.state.get().findings!.suggestions[0]!.evidence
    expect(session.text(evidence!.doc)).toBe(CLINIC_NOTE)
  })

  it("reads again when the page says that it changed, and asks only for what is new", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    const before = suggestRequests(browser).length
    page.tell("changed")
    await vi.waitFor(() => expect(page.reads).toBe(2))
    page.write(`${CLINIC_NOTE}4. Gout, stable.`)
    page.tell("changed")
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)!.documents[0]!.text).toContain("Gout"))
    expect(suggestRequests(browser)).toHaveLength(before + 1)
    await vi.waitFor(() => expect(page.lastPaint?.spans[0]?.version).toBe(2))
  })

  it("keeps what was read of the same encounter and gives it to the engine too", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    page.write(
      "Radiology report\nTwo views of the wrist.\nImpression: comminuted fracture of the distal radius with dorsal angulation, ulnar styloid intact."
    )
    page.texts[0]!.label = "Radiology report"
    page.tell("changed")
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(2))
    const { documents } = session.state.get()
    expect(documents.map(({ label, live }) => [label, live])).toEqual([
      ["Radiology report", true],
      ["Progress note", false]
    ])
  })

  it("asks again when the coder changes setting or date; the typed date wins until it is given up", async () => {
    const { browser } = clinic()
    const session = open(browser)
    await ready(session)
    session.setSetting("inpatient")
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)).toMatchObject({ setting: "inpatient" }))
    session.setDate("2025-11-01")
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)).toMatchObject({ date: "2025-11-01" }))
    session.setDate("")
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)).toMatchObject({ date: "2026-03-14" }))
  })

  it("says how much was not read, and which frames are not", async () => {
    const { browser, page } = clinic()
    page.leftOut = 1_000_000
    page.foreignFrames = ["https://labs.example", "https://ehr.example"]
    const session = open(browser)
    await ready(session)
    expect(session.state.get()).toMatchObject({ leftOut: 1_000_000, foreignFrames: ["https://labs.example"] })
  })
})

describe("another chart", () => {
  it("does not keep the old note when the header names the next patient before the note changes", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    page.identity = patient("2")
    page.tell("identity")
    await vi.waitFor(() => expect(page.reads).toBeGreaterThan(1))
    await vi.waitFor(() => expect(session.state.get().documents).toHaveLength(1))
    const reads = page.reads
    page.write("Assessment: sprain of the left ankle, brace for two weeks.")
    page.tell("changed")
    await vi.waitFor(() => expect(page.reads).toBeGreaterThan(reads))
    await vi.waitFor(() => expect(suggestRequests(browser).at(-1)!.documents[0]!.text).toContain("ankle"))
    expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(1)
    expect(session.state.get().documents.map(({ live }) => live)).toEqual([true])
  })

  it("does not judge the old note for the next patient while the page changes, however often", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    const asked = suggestRequests(browser).length
    for (const mrn of ["2", "3", "4"]) {
      const reads = page.reads
      page.identity = patient(mrn)
      page.tell("identity")
      await vi.waitFor(() => expect(page.reads).toBeGreaterThan(reads))
      await vi.waitFor(() => expect(session.state.get().documents).toHaveLength(1))
      expect(session.state.get()).toMatchObject({ phase: "reading", findings: undefined })
    }
    page.write("Assessment: sprain of the left ankle, brace for two weeks.")
    page.tell("changed")
    await vi.waitFor(() => expect(suggestRequests(browser)).toHaveLength(asked + 1))
    expect(
      suggestRequests(browser)
        .at(-1)!
        .documents.map(({ text }) => text)
    ).toEqual(["Assessment: sprain of the left ankle, brace for two weeks."])
  })

  it("judges a note that stays: only the page's name for the chart had changed", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    page.identity = { changeKey: "patient 1, header loaded late", mrn: "2" }
    page.tell("identity")
    await vi.waitFor(() => expect(session.state.get().phase).toBe("reading"))
    await vi.waitFor(() => expect(session.state.get().findings).toBeDefined(), 5000)
    expect(
      suggestRequests(browser)
        .at(-1)!
        .documents.map(({ text }) => text)
    ).toEqual([CLINIC_NOTE])
  })

  /** Records every state in which something of the first patient can still be seen. */
  function leaks(session: ChartSession, from: () => boolean) {
    const seen: string[] = []
    session.state.subscribe(() => {
      const { findings, documents } = session.state.get()
      if (from() && (findings?.suggestions.some(({ code }) => code === "E11.42") || documents.length > 1)) {
        seen.push(JSON.stringify({ documents, codes: findings?.suggestions.map(({ code }) => code) }))
      }
    })
    return seen
  }

  it("is dropped before anything new is shown when the page says so", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    const { epoch } = session.state.get()
    let moved = false
    const seen = leaks(session, () => moved)
    moved = true
    page.write("Assessment: essential hypertension, well controlled.")
    page.identity = patient("2")
    browser.suggestWith = () => NO_FINDINGS
    page.tell("identity")
    expect(session.state.get()).toMatchObject({ phase: "reading", findings: undefined, documents: [] })
    await ready(session)
    expect(seen).toEqual([])
    expect(session.state.get().epoch).toBeGreaterThan(epoch)
    const last = suggestRequests(browser).at(-1)!
    expect(last.documents.map(({ text }) => text)).toEqual([
      "Assessment: essential hypertension, well controlled."
    ])
  })

  it("is noticed by what the page says of itself, also when no event came", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    page.write("Assessment: gout.")
    page.identity = patient("2")
    page.tell("changed")
    await vi.waitFor(() =>
      expect(suggestRequests(browser).at(-1)!.documents[0]!.text).toBe("Assessment: gout.")
    )
    expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(1)
  })

  it("an answer about the old chart that comes late is thrown away", async () => {
    const { browser, page } = clinic()
    let answerOld: ((findings: Findings) => void) | undefined
    browser.suggestWith = () =>
      new Promise((resolve) => {
        answerOld = resolve
      })
    const session = open(browser)
    await vi.waitFor(() => expect(answerOld).toBeDefined())
    browser.suggestWith = () => NO_FINDINGS
    page.identity = patient("2")
    page.write("Assessment: gout.")
    page.tell("identity")
    answerOld!(clinicFindings("old"))
    await ready(session)
    expect(session.state.get().findings).toEqual(NO_FINDINGS)
  })

  it("a text of the old chart that was on its way is not taken for the new one", async () => {
    const { browser, page } = clinic()
    const side = new FakePage(childFrame(3), "Sidebar")
    browser.pagesOf.set(1, [page, side])
    const session = open(browser)
    await ready(session)
    const asked = browser.asked.length
    const first = session.state.get().epoch
    const seen: string[] = []
    session.state.subscribe(() => {
      const { epoch, findings } = session.state.get()
      if (epoch > first && findings?.suggestions.length) seen.push("findings of the old chart")
    })
    browser.suggestWith = () => NO_FINDINGS
    let arrive = () => {}
    page.slow = new Promise((resolve) => {
      arrive = resolve
    })
    page.tell("changed")
    await vi.waitFor(() => expect(page.reads).toBe(2))
    page.slow = undefined
    page.identity = patient("2")
    page.write("Assessment: gout.")
    page.tell("identity")
    side.tell("changed")
    arrive()
    await ready(session)
    const after = browser.asked.slice(asked).filter(({ kind }) => kind === "engine/suggest")
    const texts = after.flatMap(({ body }) => (body as SuggestRequest).documents.map(({ text }) => text))
    // The sidebar says what it said: it is not the new chart's until the page has had time to change it.
    expect(texts).toEqual(["Assessment: gout."])
    expect(seen).toEqual([])
  })

  it("nothing is shown while the page is being left, and the encounter goes on when it is the same patient", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    const next = new FakePage(
      topFrame("https://ehr.example/chart/1/labs"),
      "Laboratory\nA1c 8.1",
      patient("1")
    )
    browser.pagesOf.set(1, [next])
    page.leave()
    expect(session.state.get()).toMatchObject({ phase: "reading", findings: undefined })
    await ready(session)
    expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(2)
  })

  it("nothing comes back when the coder changes the setting or date while the page is being left", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    const asked = suggestRequests(browser).length
    const next = new FakePage(topFrame("https://ehr.example/chart/2"), "Assessment: gout.", patient("2"))
    let arrive = () => {}
    next.slow = new Promise((resolve) => {
      arrive = resolve
    })
    browser.pagesOf.set(1, [next])
    page.leave()
    session.setSetting("inpatient")
    session.setDate("2026-01-15")
    expect(session.state.get()).toMatchObject({ phase: "reading", findings: undefined })
    browser.suggestWith = () => NO_FINDINGS
    arrive()
    await ready(session)
    const texts = suggestRequests(browser)
      .slice(asked)
      .flatMap(({ documents }) => documents.map(({ text }) => text))
    expect(texts).toEqual(["Assessment: gout."])
    expect(suggestRequests(browser).at(-1)).toMatchObject({ setting: "inpatient" })
  })

  it("a site that is switched off is forgotten in tabs behind as well", async () => {
    const { browser, page } = clinic()
    const other = new FakePage(topFrame("https://ehr.example/chart/2"), "Assessment: gout.", patient("2"))
    browser.pagesOf.set(2, [other])
    const session = open(browser)
    await ready(session)
    browser.tabId = 2
    browser.move({ change: "active" })
    await vi.waitFor(() => expect(session.state.get().site?.tabId).toBe(2))
    await ready(session)
    page.write("Radiology report\nTwo views of the wrist.\nImpression: fracture of the distal radius.")
    browser.site = { enabled: false }
    const asked = browser.count("sites/status")
    browser.news("sites")
    await vi.waitFor(() => expect(browser.count("sites/status")).toBe(asked + 2))
    await vi.waitFor(() => expect(session.state.get().phase).toBe("off"))
    browser.site = {}
    browser.tabId = 1
    browser.move({ change: "active" })
    await ready(session)
    expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(1)
  })

  it("another site in the same tab drops everything", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    browser.url = "https://other.example/"
    browser.pagesOf.set(1, [new FakePage(topFrame("https://other.example/"), "Some text", patient("1"))])
    page.leave()
    browser.move({ change: "active" })
    await ready(session)
    expect(suggestRequests(browser).at(-1)!.documents).toHaveLength(1)
  })

  it("a closed tab is forgotten; a tab one comes back to is read again before anything is shown", async () => {
    const { browser, page } = clinic()
    const other = new FakePage(topFrame("https://ehr.example/chart/2"), "Assessment: gout.", patient("2"))
    browser.pagesOf.set(2, [other])
    const session = open(browser)
    await ready(session)
    browser.suggestWith = () => NO_FINDINGS
    let moved = false
    const seen = leaks(session, () => moved && session.state.get().site?.tabId === 2)
    browser.tabId = 2
    browser.url = other.frame.url
    moved = true
    browser.move({ change: "active" })
    await vi.waitFor(() =>
      expect(session.state.get()).toMatchObject({ phase: "ready", findings: NO_FINDINGS })
    )
    expect(seen).toEqual([])
    page.write("Assessment: gout of another patient.")
    page.identity = patient("3")
    browser.tabId = 1
    browser.move({ change: "active" })
    await vi.waitFor(() =>
      expect(
        suggestRequests(browser)
          .at(-1)!
          .documents.map(({ text }) => text)
      ).toEqual(["Assessment: gout of another patient."])
    )
    browser.pagesOf.delete(1)
    browser.tabId = 2
    browser.move({ change: "closed", tabId: 1 })
    expect(session.state.get()).toMatchObject({ findings: undefined, documents: [] })
    await ready(session)
  })
})

describe("what can go wrong", () => {
  it.each([
    ["impossible", { possible: false, origin: "" }],
    ["not-granted", { granted: false, enabled: false }],
    ["off", { enabled: false }]
  ] as const)("%s: nothing is read", async (phase, site) => {
    const { browser, page } = clinic()
    browser.site = site
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().phase).toBe(phase))
    expect(page.reads).toBe(0)
  })

  it("asks for a site, reads it when it was given, and leaves it alone when it was not", async () => {
    const { browser } = clinic()
    browser.site = { granted: false, enabled: false }
    browser.permission = false
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().phase).toBe("not-granted"))
    expect(await session.allow("https://ehr.example")).toBe(false)
    expect(browser.count("sites/enable")).toBe(0)
    browser.permission = true
    expect(await session.allow("https://ehr.example")).toBe(true)
    await ready(session)
  })

  it("a site that is switched off is dropped at once", async () => {
    const { browser } = clinic()
    const session = open(browser)
    await ready(session)
    browser.site = { granted: false, enabled: false }
    browser.news("sites")
    await vi.waitFor(() =>
      expect(session.state.get()).toMatchObject({ phase: "not-granted", findings: undefined })
    )
    expect(session.text(undefined)).toBeUndefined()
  })

  it("two looks at a page that is slow to answer lose nothing", async () => {
    const { browser, page } = clinic()
    let answer = () => {}
    page.slow = new Promise((resolve) => {
      answer = resolve
    })
    const session = open(browser)
    await vi.waitFor(() => expect(page.reads).toBe(1))
    browser.move({ change: "active" })
    await vi.waitFor(() => expect(browser.count("sites/status")).toBe(2))
    await new Promise((resolve) => setTimeout(resolve, 0))
    page.slow = undefined
    answer()
    await ready(session)
  })

  it("a page without text, and text that comes later", async () => {
    const page = new FakePage(topFrame(), "", patient("1"))
    const browser = new FakeBrowser(page)
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().phase).toBe("no-notes"))
    page.write("Assessment: gout.")
    page.tell("changed")
    await ready(session)
  })

  it("a page that never answers, until it is asked again", async () => {
    const page = new FakePage(topFrame(), CLINIC_NOTE, patient("1"))
    page.mute = true
    const browser = new FakeBrowser(page)
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().phase).toBe("unreachable"), { timeout: 5000 })
    page.mute = false
    session.retry()
    await ready(session)
  })

  it("a page that was open before the site was allowed gets its script", async () => {
    const { browser, page } = clinic()
    page.mute = page.asleep = true
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().findings).toBeDefined(), { timeout: 5000 })
  })

  it("an error of the engine leaves the earlier suggestions and is named; trying again helps", async () => {
    const { browser, page } = clinic()
    const session = open(browser)
    await ready(session)
    browser.suggestWith = () => {
      throw new AskError("internal", "The worker stumbled.")
    }
    page.write(`${CLINIC_NOTE}More.`)
    page.tell("changed")
    await vi.waitFor(() => expect(session.state.get().problem).toBe("The worker stumbled."))
    expect(session.state.get().findings).toBeDefined()
    browser.suggestWith = () => NO_FINDINGS
    session.retry()
    await vi.waitFor(() =>
      expect(session.state.get()).toMatchObject({ problem: undefined, findings: NO_FINDINGS })
    )
  })

  it("missing code sets are imported and the question asked once more, not for ever", async () => {
    const { browser } = clinic()
    let fails = 1
    const answer = browser.suggestWith
    browser.suggestWith = (request) => {
      if (fails-- > 0) throw new AskError("no-pack", "Not installed yet.")
      return answer(request)
    }
    const session = open(browser)
    await ready(session)
    expect(browser.count("packs/ensure")).toBe(1)

    const { browser: broken } = clinic()
    broken.suggestWith = () => {
      throw new AskError("pack-damaged", "The code set is damaged.")
    }
    const stuck = open(broken)
    await vi.waitFor(() => expect(stuck.state.get().problem).toBe("The code set is damaged."))
    expect(broken.count("packs/ensure")).toBe(1)
  })

  it("never puts words of the note into a sentence for the coder", async () => {
    const { browser } = clinic()
    browser.suggestWith = () => {
      throw new Error(`cannot read ${CLINIC_NOTE}`)
    }
    const session = open(browser)
    await vi.waitFor(() => expect(session.state.get().problem).toBeDefined())
    expect(session.state.get().problem).not.toContain("diabetes")
  })
})
