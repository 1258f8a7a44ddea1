/**
 * The service worker: wires the rooms together and listens. It may be stopped after any line; everything
 * that matters is in the store, in permissions or in the browser's registrations.
 */
import { createRouter } from "@/messages/router"
import { messageListener, portListener } from "@/messages/serve"
import { keepActionForPopup, OPEN_PANEL_COMMAND, onCommand, openPanel } from "@/platform/panel-window"
import { onGranted, onTakenBack } from "@/platform/permissions"
import { extension, onConnect, onInstalled, onMessage, onStartup, packagedFile } from "@/platform/runtime"
import { siteBrowser } from "@/platform/site-browser"
import { createSites } from "@/platform/sites"
import { session, tellNews } from "@/platform/storage"
import { CodeDatabase } from "@/store/code-database"
import { createPacksRepository } from "@/store/packs-repository"
import { createSitesRepository } from "@/store/sites-repository"
import { UserDatabase } from "@/store/user-database"
import { createImportedPacks } from "@/sync/imported-packs"
import { createNotices } from "@/sync/notices"
import { createPackShelf } from "@/sync/pack-shelf"
import { createPackagedPacks } from "@/sync/packaged-packs"
import { createEngineHost } from "./engine-host"
import { createHandlers } from "./handlers"
import { createHousekeeping } from "./housekeeping"

const startedAt = Date.now()
const log = (what: string, errorName: string) => console.error(`Chartside: ${what}: ${errorName}`)

const repository = createPacksRepository(new CodeDatabase())
const notices = createNotices(session)
const onChange = () => {
  shelf.forget()
  engine.forget()
  return tellNews("packs")
}
const packaged = createPackagedPacks({ repository, notices, fetchFile: packagedFile, onChange })
const imported = createImportedPacks({ repository, packaged, onChange })
const shelf = createPackShelf({ repository, repair: packaged.repair, session })
const engine = createEngineHost(shelf)
const sites = createSites(createSitesRepository(new UserDatabase()), siteBrowser)
const housekeeping = createHousekeeping({ packaged, imported, shelf, sites, session, log })

const router = createRouter(
  createHandlers({ startedAt, sites, packaged, imported, shelf, engine, notices, housekeeping }),
  { ...extension(), onFault: log }
)

// Listeners must stand before the first await, or a starting worker misses the event that woke it.
onConnect(portListener(router))
onMessage(messageListener(router))
onInstalled(() => housekeeping.afterUpdate())
// Nothing of its own to do: that the listener stands makes the browser start the worker, which does the rest.
onStartup(() => {})
onGranted((given) => housekeeping.run("permissions", () => sites.permissionsChanged({ given })))
onTakenBack((takenBack) => housekeeping.run("permissions", () => sites.permissionsChanged({ takenBack })))
onCommand((command, windowId) => {
  // Not one await before opening: the key press is a gesture only until then.
  if (command === OPEN_PANEL_COMMAND && windowId !== undefined) {
    housekeeping.run("open panel", () => openPanel(windowId))
    housekeeping.run("news", () => tellNews("sites"))
  }
})
housekeeping.run("toolbar button", keepActionForPopup)
housekeeping.daily()
