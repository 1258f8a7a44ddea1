/** What the side panel needs besides: ports into pages, and code sets of its own for typing speed. */
import { createLookup } from "@/classification/lookup"
import { chartGuards, formGuards } from "@/messages/page-guards"
import { CHART_PORT, FORM_PORT } from "@/messages/page-protocol"
import { createPagePort } from "@/messages/page-rpc"
import { onTabClosed } from "@/platform/own-window"
import { FORM_SCRIPT } from "@/platform/page-scripts"
import { injectInto, readableFrames } from "@/platform/scripting"
import { connectDocument, onActiveTabChange } from "@/platform/tabs"
import { CodeDatabase } from "@/store/code-database"
import { createPacksRepository } from "@/store/packs-repository"
import { createSettingsRepository } from "@/store/settings-repository"
import { openStoredPack } from "@/store/stored-packs"
import { UserDatabase } from "@/store/user-database"
import type { PanelServices, SearchScope } from "../services"
import { copyText } from "./clipboard"
import { asAskError } from "./errors"
import { guidelineServices } from "./guidelines"
import { lookupWords } from "./lookup-words"
import { ownCodeServices } from "./own-codes"
import { ruleCountServices } from "./rule-counts"
import { seenReleaseServices } from "./seen-releases"
import { siteServices } from "./site-services"
import { worksheetServices } from "./worksheets"

export function panelServices(): PanelServices {
  const repository = createPacksRepository(new CodeDatabase())
  const user = new UserDatabase()
  return {
    ...siteServices(),
    own: ownCodeServices(user),
    sheets: worksheetServices(user),
    seenReleases: seenReleaseServices(createSettingsRepository(user)),
    ruleCounts: ruleCountServices(user),
    guidelines: guidelineServices(repository),
    copyText,
    watchTabs: (listener) => {
      const stops = [
        onActiveTabChange(() => listener({ change: "active" })),
        onTabClosed((tabId) => listener({ change: "closed", tabId }))
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
    pages: {
      frames: async (tabId) =>
        (await readableFrames(tabId)).map((frame) => ({ ...frame, top: frame.frameId === 0 })),
      openChart: (tabId, documentId, { onEvent, onClose }) =>
        createPagePort(() => connectDocument(tabId, documentId, CHART_PORT), {
          guards: chartGuards,
          onEvent,
          onDisconnect: onClose
        }),
      openForm: async (tabId, documentId) => {
        await injectInto(tabId, documentId, FORM_SCRIPT)
        return createPagePort(() => connectDocument(tabId, documentId, FORM_PORT), { guards: formGuards })
      }
    },
    packs: {
      open: async (info) => {
        try {
          return await openStoredPack(repository, info.id)
        } catch (error) {
          throw asAskError(error)
        }
      },
      lookup: async (packs) => {
        const lookup = createLookup(packs, await lookupWords(repository))
        const search = (text: string, limit: number, scope: SearchScope = {}) =>
          lookup.search(text, { limit, ...scope })
        return Object.assign(search, { warm: () => lookup.warm() })
      }
    }
  }
}
