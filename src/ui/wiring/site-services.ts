/** The real browser, worker and settings behind `SiteServices`. Light: the popup opens in a moment. */
import { AskError } from "@/messages/client"
import { ownWindowId } from "@/platform/own-window"
import { openPanel } from "@/platform/panel-window"
import { askFor } from "@/platform/permissions"
import { connectPanelClient, openOptions } from "@/platform/runtime"
import { onNews } from "@/platform/storage"
import { activeTab } from "@/platform/tabs"
import { createSettingsRepository } from "@/store/settings-repository"
import { UserDatabase } from "@/store/user-database"
import { DEFAULT_SETTINGS, type PanelSettings, type SiteServices } from "../services"
import { isPanelSettings } from "./panel-settings"

const SETTINGS = "panel"

export function siteServices(): SiteServices {
  const client = connectPanelClient()
  const settings = createSettingsRepository(new UserDatabase())
  // Known before any click: nothing may be awaited between a click and the opening of the panel.
  let windowId: number | undefined
  const ready = ownWindowId().then((id) => {
    windowId = id
    return id
  })
  const readSettings = async (): Promise<PanelSettings> => ({
    ...DEFAULT_SETTINGS,
    ...(await settings.get(SETTINGS, isPanelSettings, {}))
  })

  return {
    ask: (kind, body) => client.ask(kind, body),
    onNews,
    requestSite: askFor,
    activeTab: async () => {
      const tab = await activeTab(await ready)
      return tab ? { tabId: tab.tabId, url: tab.url } : null
    },
    canOpenPanel: ready,
    openPanel: () =>
      windowId === undefined
        ? Promise.reject(new AskError("internal", "The window is not known yet. Try again."))
        : openPanel(windowId),
    openOptions: () => void openOptions(),
    settings: {
      read: readSettings,
      write: (change) => settings.patch(SETTINGS, isPanelSettings, {}, change)
    }
  }
}
