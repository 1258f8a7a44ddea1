import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { covers } from "@/platform/permissions"
import type { FrameView, Registration } from "@/platform/scripting"
import { createSites, type SiteBook, type SiteBrowser } from "@/platform/sites"
import type { TabView } from "@/platform/tabs"

const EHR = "https://ehr.example"
const LAB = "https://lab.example"

/** A browser with its permissions, registrations and tabs; `log` says what was done to pages. */
function createBrowser(tabs: Partial<TabView>[] = []) {
  const state = {
    granted: new Set<string>(),
    allSites: false,
    scripts: [] as Registration[],
    /** Origins of the frames of a tab; the top frame alone when not given. */
    frames: {} as Record<number, string[]>,
    tabs: tabs.map(
      (tab, i): TabView => ({
        tabId: i + 1,
        windowId: 1,
        url: "",
        title: "",
        active: i === 0,
        discarded: false,
        ...tab
      })
    ),
    log: [] as string[],
    refusal: "no-permission" as "browser-page" | "no-permission" | undefined,
    news: 0
  }
  const browser: SiteBrowser = {
    chartScript: "entry.new.js",
    chartStyle: "marks.css",
    isGranted: async (origin) => state.allSites || [...state.granted].some((site) => covers(site, origin)),
    grantedOrigins: async () => [...state.granted],
    giveBack: async (origin) => state.granted.delete(origin),
    registered: async () => [...state.scripts],
    register: async (registration) => {
      if (state.scripts.some(({ id }) => id === registration.id)) throw new Error("Duplicate script ID")
      state.scripts.push(registration)
    },
    unregister: async (ids) => {
      for (const id of ids)
        if (!state.scripts.some((s) => s.id === id)) throw new Error("Nonexistent script ID")
      state.scripts = state.scripts.filter(({ id }) => !ids.includes(id))
    },
    frames: async (tabId) => {
      const url = state.tabs.find((tab) => tab.tabId === tabId)?.url ?? ""
      const origins = state.frames[tabId] ?? (url.startsWith("http") ? [new URL(url).origin] : [])
      return origins.map(
        (origin, frameId): FrameView => ({ frameId, documentId: origin, url: origin, origin })
      )
    },
    inject: async (tabId, documentId) => void state.log.push(`inject ${tabId} ${documentId}`),
    tabById: async (tabId) => state.tabs.find((tab) => tab.tabId === tabId),
    activeTab: async () => state.tabs.find((tab) => tab.active),
    allTabs: async () => state.tabs,
    refusal: async () => state.refusal,
    tellStop: async (tabId, stop) => void state.log.push(`stop ${tabId} ${stop.origin}`),
    tellPages: async () => void state.news++
  }
  return { state, browser }
}

function createBook(): SiteBook & { rows: Map<string, boolean> } {
  const rows = new Map<string, boolean>()
  return {
    rows,
    get: async (origin) => (rows.has(origin) ? { enabled: rows.get(origin) === true } : undefined),
    all: async () => [...rows].map(([origin, enabled]) => ({ origin, enabled })),
    set: async (origin, enabled) => void rows.set(origin, enabled)
  }
}

function setup(tabs?: Partial<TabView>[]) {
  const { state, browser } = createBrowser(tabs)
  const book = createBook()
  return { state, browser, book, sites: createSites(book, browser) }
}

const ids = (state: { scripts: Registration[] }) => state.scripts.map(({ id }) => id).sort()

describe("status", () => {
  test.each([
    ["chrome://settings", /page of the browser/],
    ["https://chromewebstore.google.com/detail/x", /extension store/],
    ["file:///home/me/note.html", /file on this computer/],
    ["view-source:https://ehr.example/", /source of a page/]
  ])("%s cannot be read and says why", async (url, reason) => {
    const { sites } = setup([{ url }])
    const status = await sites.status()
    expect(status).toMatchObject({ origin: "", possible: false, granted: false, enabled: false, tabId: 1 })
    expect(status.reason).toMatch(reason)
  })

  test("a tab whose address is hidden asks for the button, unless it is the browser's own", async () => {
    const { sites, state } = setup([{ url: "" }])
    expect(await sites.status()).toMatchObject({
      possible: true,
      origin: "",
      reason: expect.stringMatching(/button/)
    })
    state.refusal = "browser-page"
    expect(await sites.status()).toMatchObject({
      possible: false,
      reason: expect.stringMatching(/browser itself/)
    })
  })

  test("no tab, a closed tab", async () => {
    const { sites } = setup([])
    expect(await sites.status()).toMatchObject({ possible: false, tabId: -1 })
    expect(await sites.status(77)).toMatchObject({ possible: false, tabId: -1 })
  })

  test("a site granted in the browser's own pages is on; under a grant for all sites nothing is on by itself", async () => {
    const { sites, state } = setup([{ url: `${EHR}/chart/1` }])
    expect(await sites.status()).toMatchObject({
      origin: EHR,
      granted: false,
      enabled: false,
      possible: true
    })
    state.granted.add(EHR)
    expect(await sites.status()).toMatchObject({ granted: true, enabled: true })
    state.granted.delete(EHR)
    state.allSites = true
    expect(await sites.status()).toMatchObject({ granted: true, enabled: false })
    await sites.enable(EHR)
    expect(await sites.status()).toMatchObject({ granted: true, enabled: true })
  })
})

describe("enable and disable", () => {
  test("enable registers for all frames of the site and goes into the open tabs at once", async () => {
    const { sites, state } = setup([
      { url: `${EHR}/a` },
      { url: "chrome://settings" },
      { url: "", discarded: true },
      { url: "" }
    ])
    state.granted.add(EHR)
    expect(await sites.enable(EHR)).toMatchObject({ origin: EHR, granted: true, enabled: true })
    expect(state.scripts).toEqual([
      { id: `chart:${EHR}`, pattern: `${EHR}/*`, except: [], file: "entry.new.js", css: "marks.css" }
    ])
    expect(state.log).toEqual([`inject 1 ${EHR}`])
    expect(state.news).toBe(1)
  })

  test("without the browser's permission it is refused in a plain sentence and nothing is kept", async () => {
    const { sites, state, book } = setup([{ url: EHR }])
    await expect(sites.enable(EHR)).rejects.toMatchObject({ name: "PanelError", code: "no-permission" })
    expect(state.scripts).toEqual([])
    expect(book.rows.size).toBe(0)
  })

  test("twice at once is once", async () => {
    const { sites, state } = setup([{ url: EHR }])
    state.granted.add(EHR)
    await Promise.all([sites.enable(EHR), sites.enable(EHR), sites.reconcile()])
    expect(ids(state)).toEqual([`chart:${EHR}`])
  })

  test("disable takes script and permission away and silences the open pages", async () => {
    const { sites, state, book } = setup([{ url: EHR }, { url: LAB }])
    state.granted.add(EHR).add(LAB)
    await sites.enable(EHR)
    await sites.enable(LAB)
    state.log.length = 0
    expect(await sites.disable(EHR)).toMatchObject({ origin: EHR, granted: false, enabled: false })
    expect(ids(state)).toEqual([`chart:${LAB}`])
    expect(state.granted).toEqual(new Set([LAB]))
    expect(state.log).toEqual([`stop 1 ${EHR}`, `stop 2 ${EHR}`])
    expect(book.rows.get(EHR)).toBe(false)
    await sites.disable("https://never.example")
  })

  test("reading stops even when the store is broken", async () => {
    const { browser, state } = createBrowser([{ url: EHR }])
    const book = createBook()
    state.granted.add(EHR)
    await createSites(book, browser).enable(EHR)
    const broken = { ...book, set: () => Promise.reject(new Error("disk")) }
    await expect(createSites(broken, browser).disable(EHR)).rejects.toThrow("disk")
    expect(state.scripts).toEqual([])
    expect(state.granted.size).toBe(0)
    expect(state.log.at(-1)).toBe(`stop 1 ${EHR}`)
  })

  test("injects frame by frame: those of sites that are on, and sandboxed ones of such a page", async () => {
    const { sites, state } = setup([{ url: LAB }, { url: EHR }, { url: "" }])
    state.granted.add(EHR).add(LAB)
    state.frames = { 1: [LAB, EHR, "null"], 2: [EHR, LAB, "null", EHR], 3: [] }
    await sites.disable(LAB)
    state.granted.add(LAB)
    state.log.length = 0
    await sites.enable(EHR)
    expect(state.log).toEqual(
      expect.arrayContaining([`inject 1 ${EHR}`, `inject 2 ${EHR}`, "inject 2 null", `inject 2 ${EHR}`])
    )
    expect(state.log).toHaveLength(4)
  })

  test("a permission without a port holds for every port; one port can be switched off in it", async () => {
    const { sites, state } = setup([{ url: "http://localhost:8080/a" }, { url: "http://localhost:9090/" }])
    state.granted.add("http://localhost")
    expect(await sites.status(1)).toMatchObject({ granted: true, enabled: true })
    await sites.reconcile()
    expect(ids(state)).toEqual(["chart:http://localhost"])
    await sites.enable("http://localhost:8080")
    expect(ids(state)).toEqual(["chart:http://localhost"])
    state.log.length = 0
    expect(await sites.disable("http://localhost:8080")).toMatchObject({ granted: true, enabled: false })
    expect(state.scripts).toEqual([
      {
        id: "chart:http://localhost",
        pattern: "http://localhost/*",
        except: ["http://localhost:8080/*"],
        file: "entry.new.js",
        css: "marks.css"
      }
    ])
    expect(state.log).not.toContain("inject 1 http://localhost:8080")
    expect(await sites.status(2)).toMatchObject({ enabled: true })
    await sites.enable("http://localhost:8080")
    expect(state.scripts[0]?.except).toEqual([])
  })

  test("a permission that policy holds stays, but the switch is off", async () => {
    const { browser, state } = createBrowser([{ url: EHR }])
    const sites = createSites(createBook(), { ...browser, giveBack: async () => false })
    state.granted.add(EHR)
    await sites.enable(EHR)
    expect(await sites.disable(EHR)).toMatchObject({ granted: true, enabled: false })
    await sites.reconcile()
    expect(state.scripts).toEqual([])
  })
})

describe("reconcile", () => {
  test("replaces scripts of an older build and removes those of sites that are off", async () => {
    const { sites, state, book } = setup([{ url: EHR }])
    state.granted.add(EHR)
    book.rows.set(LAB, true)
    state.scripts = [
      { id: `chart:${EHR}`, pattern: `${EHR}/*`, except: [], file: "entry.old.js", css: "marks.css" },
      { id: `chart:${LAB}`, pattern: `${LAB}/*`, except: [], file: "entry.new.js", css: "marks.css" },
      { id: "somebody-else", pattern: "x", except: [], file: "y", css: "marks.css" }
    ]
    await sites.reconcile()
    expect(ids(state)).toEqual([`chart:${EHR}`, "somebody-else"])
    expect(state.scripts.at(-1)?.file).toBe("entry.new.js")
    expect(state.log).toEqual([`inject 1 ${EHR}`])
    state.log.length = 0
    await sites.reconcile()
    expect(state.log).toEqual([])
    await sites.reconcile({ reinject: true })
    expect(state.log).toEqual([`inject 1 ${EHR}`])
  })

  test("after a failure half-way the next one puts it right", async () => {
    const { browser, state } = createBrowser([{ url: EHR }])
    let fail = true
    const register = (r: Registration) => (fail ? Promise.reject(new Error("killed")) : browser.register(r))
    const sites = createSites(createBook(), { ...browser, register })
    state.granted.add(EHR)
    await expect(sites.reconcile()).rejects.toThrow("killed")
    fail = false
    await sites.reconcile()
    expect(ids(state)).toEqual([`chart:${EHR}`])
  })

  test("a permission taken back in the browser's pages silences its pages", async () => {
    const { sites, state } = setup([{ url: EHR }])
    state.granted.add(EHR)
    await sites.enable(EHR)
    state.granted.clear()
    state.log.length = 0
    await sites.permissionsChanged({ takenBack: [EHR] })
    expect(state.scripts).toEqual([])
    expect(state.log).toEqual([`stop 1 ${EHR}`])
    expect((await sites.list())[0]).toEqual({ origin: EHR, granted: false, enabled: false })
  })

  test("a permission given anew switches the site on, though nobody could say so", async () => {
    const { sites, state } = setup([{ url: EHR }])
    state.granted.add(EHR)
    await sites.enable(EHR)
    await sites.disable(EHR)
    expect(state.scripts).toEqual([])
    state.granted.add(EHR)
    await sites.permissionsChanged({ given: [EHR] })
    expect(await sites.list()).toEqual([{ origin: EHR, granted: true, enabled: true }])
    expect(state.scripts.map(({ id }) => id)).toEqual([`chart:${EHR}`])
  })

  test("a grant for all sites taken back silences every site that is off now", async () => {
    const { sites, state } = setup([{ url: EHR }])
    state.allSites = true
    await sites.enable(EHR)
    state.allSites = false
    state.log.length = 0
    await sites.permissionsChanged({ takenBack: [""] })
    expect(state.log).toEqual([`stop 1 ${EHR}`])
  })

  test("after any history, a reconcile leaves exactly the granted and enabled sites registered", async () => {
    const origins = [EHR, LAB, "http://127.0.0.1:8080"]
    const step = fc.record({
      what: fc.constantFrom("grant", "take", "enable", "disable", "reconcile"),
      origin: fc.constantFrom(...origins)
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { sites, state } = setup([{ url: EHR }])
        const on = new Map<string, boolean>()
        for (const { what, origin } of steps) {
          if (what === "grant") state.granted.add(origin)
          if (what === "take") state.granted.delete(origin)
          if (what === "enable") {
            const done = await sites.enable(origin).then(
              () => true,
              () => false
            )
            expect(done).toBe(state.granted.has(origin))
            if (done) on.set(origin, true)
          }
          if (what === "disable") {
            await sites.disable(origin)
            on.set(origin, false)
          }
          if (what === "reconcile") await sites.reconcile()
        }
        await sites.reconcile()
        const expected = [...state.granted].filter((o) => on.get(o) !== false)
        expect(ids(state)).toEqual(expected.map((o) => `chart:${o}`).sort())
      }),
      { numRuns: 200 }
    )
  })
})
