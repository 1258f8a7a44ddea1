/** The real browser behind `sites.ts`. */
import { CHART_SCRIPT, CHART_STYLE } from "./chart-script"
import { giveBack, isGranted, originOf } from "./permissions"
import { injectInto, readableFrames, register, registered, unregister } from "./scripting"
import type { SiteBrowser } from "./sites"
import { tellNews } from "./storage"
import { activeTab, allTabs, tabById, tellStop } from "./tabs"

async function grantedOrigins(): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll()
  return origins.map(originOf).filter(Boolean)
}

/**
 * Runs an empty function in the tab only to hear why it may not: the browser names its own pages and the
 * extension store in the refusal, also when it hides their address.
 */
async function refusal(tabId: number): Promise<"browser-page" | "no-permission" | undefined> {
  try {
    await chrome.scripting.executeScript({ target: { tabId }, func: () => undefined })
    return undefined
  } catch (error) {
    const words = error instanceof Error ? error.message : ""
    return /chrome:\/\/|chrome-extension|gallery|error page|about:|scheme|devtools/i.test(words)
      ? "browser-page"
      : "no-permission"
  }
}

export const siteBrowser: SiteBrowser = {
  chartScript: CHART_SCRIPT,
  chartStyle: CHART_STYLE,
  isGranted,
  grantedOrigins,
  giveBack,
  registered,
  register,
  unregister,
  frames: readableFrames,
  inject: async (tabId, documentId) => {
    try {
      await injectInto(tabId, documentId, CHART_SCRIPT)
    } catch {
      // The document was left in the meantime; its successor gets the registered script.
    }
  },
  tabById,
  activeTab,
  allTabs,
  refusal,
  tellStop,
  tellPages: () => tellNews("sites")
}
