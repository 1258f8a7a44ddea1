/** Tabs and ports into their documents. */
import type { PageStop } from "@/messages/page-protocol"
import type { PortLike } from "@/messages/transport"
import { quietPort } from "./runtime"

export interface TabView {
  tabId: number
  windowId: number
  /** "" when the browser does not tell: no permission for the site and no gesture on this tab yet. */
  url: string
  title: string
  active: boolean
  /** Put to sleep by the browser: nothing can be injected until it is looked at again. */
  discarded: boolean
}

const viewOf = (tab: chrome.tabs.Tab): TabView | undefined =>
  tab.id === undefined
    ? undefined
    : {
        tabId: tab.id,
        windowId: tab.windowId,
        url: tab.url ?? "",
        title: tab.title ?? "",
        active: tab.active,
        discarded: tab.discarded
      }

/** The tab in front of the window that asks; from the worker, of the window used last. */
export async function activeTab(windowId?: number): Promise<TabView | undefined> {
  const where = windowId === undefined ? { lastFocusedWindow: true } : { windowId }
  const [tab] = await chrome.tabs.query({ active: true, ...where })
  return tab && viewOf(tab)
}

/** Undefined when the tab was closed. */
export async function tabById(tabId: number): Promise<TabView | undefined> {
  try {
    return viewOf(await chrome.tabs.get(tabId))
  } catch {
    // The browser rejects for a tab that does not exist; there is no other reason.
    return undefined
  }
}

export const allTabs = async (): Promise<TabView[]> =>
  (await chrome.tabs.query({})).map(viewOf).filter((tab) => tab !== undefined)

/**
 * A port to ONE document of a page. The document id changes with every navigation, so nothing meant for
 * one chart can reach the next.
 *
 * @param name CHART_PORT or FORM_PORT
 */
export const connectDocument = (tabId: number, documentId: string, name: string): PortLike =>
  quietPort(chrome.tabs.connect(tabId, { documentId, name }))

/** Tells every script of ours in the tab that a site was switched off. */
export async function tellStop(tabId: number, stop: PageStop): Promise<void> {
  try {
    await chrome.tabs.sendMessage(tabId, stop)
  } catch {
    // Nobody listens in this tab, or they listen and do not answer: both are as they should be.
  }
}

/**
 * Another tab came to the front, or the tab in front went to another page. For the panel, which follows
 * the active tab; the worker does not listen (it would be woken by every click on a tab).
 * Returns its own remover.
 */
export function onActiveTabChange(listener: (tabId: number) => void): () => void {
  const activated = (info: { tabId: number }) => listener(info.tabId)
  const updated = (tabId: number, change: { status?: string; url?: string }, tab: chrome.tabs.Tab) => {
    if (tab.active && (change.url !== undefined || change.status === "complete")) listener(tabId)
  }
  chrome.tabs.onActivated.addListener(activated)
  chrome.tabs.onUpdated.addListener(updated)
  return () => {
    chrome.tabs.onActivated.removeListener(activated)
    chrome.tabs.onUpdated.removeListener(updated)
  }
}
