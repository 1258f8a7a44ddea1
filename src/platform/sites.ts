/**
 * Which sites may be read. A site is read when the browser's permission AND the coder's switch say so.
 * The permission is the browser's, the switch is kept in the user's own store; registered page scripts
 * only follow from the two and are put right whenever they differ (`reconcile`), so a worker that was
 * stopped half-way does no lasting harm.
 */
import type { SiteStatus } from "@/messages/panel-protocol"
import { PanelError } from "@/messages/router"
import { isForbiddenPage } from "./forbidden-pages"
import { covers, patternOf, siteOf } from "./permissions"
import type { FrameView, Registration } from "./scripting"
import type { TabView } from "./tabs"

/** The coder's switches; `src/store` keeps them. */
export interface SiteBook {
  get(origin: string): Promise<{ enabled: boolean } | undefined>
  all(): Promise<{ origin: string; enabled: boolean }[]>
  set(origin: string, enabled: boolean): Promise<void>
}

/** What is needed of the browser; `site-browser.ts` is the real one. */
export interface SiteBrowser {
  chartScript: string
  chartStyle: string
  isGranted(origin: string): Promise<boolean>
  /** Origins granted one by one; a grant for "all sites" is not among them. */
  grantedOrigins(): Promise<string[]>
  giveBack(origin: string): Promise<boolean>
  registered(): Promise<Registration[]>
  register(registration: Registration): Promise<void>
  unregister(ids: string[]): Promise<void>
  /** The frames of a tab that the browser lets us read, top frame first. */
  frames(tabId: number): Promise<FrameView[]>
  /** Injects the chart script into one document; one that went away meanwhile is no error. */
  inject(tabId: number, documentId: string): Promise<void>
  tabById(tabId: number): Promise<TabView | undefined>
  activeTab(): Promise<TabView | undefined>
  allTabs(): Promise<TabView[]>
  /** Why a tab of unknown address cannot be touched, as the browser says it; undefined when it can. */
  refusal(tabId: number): Promise<"browser-page" | "no-permission" | undefined>
  tellStop(tabId: number, stop: { kind: "page/stop"; origin: string }): Promise<void>
  /** Open pages of the extension ask again. */
  tellPages(): Promise<void>
}

export interface Sites {
  /** @param tabId the tab in front when left out */
  status(tabId?: number): Promise<SiteStatus>
  /** @throws PanelError "no-permission" when the page did not get the browser's permission first */
  enable(origin: string): Promise<SiteStatus>
  disable(origin: string): Promise<SiteStatus>
  list(): Promise<{ origin: string; granted: boolean; enabled: boolean }[]>
  /** Makes registrations agree with permissions and switches; new ones go into open tabs at once. */
  reconcile(options?: { reinject?: boolean }): Promise<void>
  /** Permissions were given or taken in the browser's own pages. */
  permissionsChanged(change?: { given?: string[]; takenBack?: string[] }): Promise<void>
}

const PREFIX = "chart:"
const NO_TAB = "There is no tab to read. Open the chart and come back."
const BROWSER_PAGE =
  "This is a page of the browser itself; extensions cannot read it. Open the chart in a normal tab and come back."
const UNKNOWN_SITE =
  "Chartside may not see this tab yet. Press its button in the toolbar, or its keys, while this tab is in front."
const NOT_GRANTED = "The browser has not allowed Chartside to read this site. Switch it on again and say yes."

const sameRegistration = (a: Registration, b: Registration): boolean =>
  a.id === b.id &&
  a.pattern === b.pattern &&
  a.file === b.file &&
  a.css === b.css &&
  [...a.except].sort().join() === [...b.except].sort().join()

export function createSites(book: SiteBook, browser: SiteBrowser): Sites {
  /** One change at a time: two registrations of one id at once are an error. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }

  /** A site granted by name is on until the coder switches it off; one under a grant for all sites is off. */
  async function isOn(origin: string): Promise<{ granted: boolean; enabled: boolean }> {
    const granted = origin !== "" && (await browser.isGranted(origin))
    if (!granted) return { granted, enabled: false }
    const known = await book.get(origin)
    const named = async () => (await browser.grantedOrigins()).some((site) => covers(site, origin))
    return { granted, enabled: known ? known.enabled : await named() }
  }

  async function list() {
    const switches = new Map((await book.all()).map((site) => [site.origin, site.enabled]))
    for (const origin of await browser.grantedOrigins()) if (!switches.has(origin)) switches.set(origin, true)
    const sites = [...switches].map(async ([origin, on]) => {
      const granted = await browser.isGranted(origin)
      return { origin, granted, enabled: granted && on }
    })
    return (await Promise.all(sites)).sort((a, b) => (a.origin < b.origin ? -1 : 1))
  }

  /** Frame by frame: a permission may hold for sites that are switched off. */
  async function injectIntoTab({ tabId }: TabView) {
    const frames = await browser.frames(tabId)
    const top = frames.find(({ frameId }) => frameId === 0)?.origin ?? ""
    for (const { documentId, origin } of frames) {
      // A sandboxed frame has no origin of its own; it belongs to the page around it.
      const { enabled } = await isOn(origin === "null" ? top : origin)
      if (enabled) await browser.inject(tabId, documentId)
    }
  }

  async function injectIntoOpenTabs() {
    const tabs = (await browser.allTabs()).filter((tab) => !tab.discarded && !isForbiddenPage(tab.url))
    await Promise.all(tabs.map(injectIntoTab))
  }

  /** One registration for each site that is on; what is off inside a site (another port) is left out of it. */
  async function wantedRegistrations(): Promise<Registration[]> {
    const known = await list()
    const on = known.filter((site) => site.enabled).map((site) => site.origin)
    const off = known.filter((site) => !site.enabled).map((site) => site.origin)
    return on
      .filter((origin) => !on.some((other) => other !== origin && covers(other, origin)))
      .map((origin) => ({
        id: PREFIX + origin,
        pattern: patternOf(origin),
        except: off.filter((other) => covers(origin, other)).map(patternOf),
        file: browser.chartScript,
        css: browser.chartStyle
      }))
  }

  async function reconcileNow(reinject: boolean) {
    const wanted = await wantedRegistrations()
    const present = (await browser.registered()).filter(({ id }) => id.startsWith(PREFIX))
    const wrong = present.filter((script) => !wanted.some((want) => sameRegistration(want, script)))
    await browser.unregister(wrong.map(({ id }) => id))
    const missing = wanted.filter((want) => !present.some((script) => sameRegistration(want, script)))
    for (const registration of missing) await browser.register(registration)
    if (missing.length || (reinject && wanted.length)) await injectIntoOpenTabs()
  }

  async function silence(origins: string[]) {
    const tabs = await browser.allTabs()
    await Promise.all(
      origins.flatMap((origin) =>
        tabs.map((tab) => browser.tellStop(tab.tabId, { kind: "page/stop", origin }))
      )
    )
  }

  async function statusOf(origin: string): Promise<SiteStatus> {
    const tab = await browser.activeTab()
    return { origin, ...(await isOn(origin)), possible: true, tabId: tab?.tabId ?? -1 }
  }

  return {
    list,

    async status(tabId) {
      const tab = tabId === undefined ? await browser.activeTab() : await browser.tabById(tabId)
      const nothing = { origin: "", granted: false, enabled: false, tabId: tab?.tabId ?? -1 }
      if (!tab) return { ...nothing, possible: false, reason: NO_TAB }
      const forbidden = isForbiddenPage(tab.url)
      if (forbidden) return { ...nothing, possible: false, reason: forbidden.sentence }
      const origin = siteOf(tab.url)
      if (origin) return { origin, ...(await isOn(origin)), possible: true, tabId: tab.tabId }
      // Without permission or gesture the browser hides the address, of its own pages too.
      if ((await browser.refusal(tab.tabId)) === "browser-page") {
        return { ...nothing, possible: false, reason: BROWSER_PAGE }
      }
      return { ...nothing, possible: true, reason: UNKNOWN_SITE }
    },

    enable: (origin) =>
      inTurn(async () => {
        if (!(await browser.isGranted(origin))) throw new PanelError("no-permission", NOT_GRANTED)
        await book.set(origin, true)
        // Injected again even when already registered: the coder may have asked because nothing happened.
        await reconcileNow(true)
        await browser.tellPages()
        return statusOf(origin)
      }),

    disable: (origin) =>
      inTurn(async () => {
        // Reading stops first, whatever the store does afterwards.
        await browser.unregister(
          (await browser.registered()).filter(({ id }) => id === PREFIX + origin).map(({ id }) => id)
        )
        await silence([origin])
        await browser.giveBack(origin)
        await book.set(origin, false)
        // The permission may be for more than this origin: then what is registered leaves it out.
        await reconcileNow(false)
        await browser.tellPages()
        return statusOf(origin)
      }),

    reconcile: ({ reinject = false } = {}) => inTurn(() => reconcileNow(reinject)),

    permissionsChanged: ({ given = [], takenBack = [] } = {}) =>
      inTurn(async () => {
        // Switching off gave the permission back, so giving it anew means: on again. The popup that asked may
        // have been closed by the browser's own prompt and cannot say so any more.
        for (const origin of given) if (await book.get(origin)) await book.set(origin, true)
        await reconcileNow(false)
        // A permission taken back may have held for more origins than it names.
        const lost = (origin: string) => takenBack.some((site) => site === "" || covers(site, origin))
        const off = (await list()).filter((site) => !site.enabled && lost(site.origin))
        await silence([...new Set([...takenBack.filter(Boolean), ...off.map(({ origin }) => origin)])])
        await browser.tellPages()
      })
  }
}
