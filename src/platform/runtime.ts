/** The extension itself: who we are, our packaged files, ports and messages. */
import { createPanelClient, createPortTransport, type PanelClient } from "@/messages/client"
import type { RouterOptions } from "@/messages/router"
import { PANEL_PORT, type PortLike, type SenderLike } from "@/messages/transport"

export const extension = (): Pick<RouterOptions, "extensionId" | "baseUrl"> & { version: string } => ({
  extensionId: chrome.runtime.id,
  baseUrl: chrome.runtime.getURL(""),
  version: chrome.runtime.getManifest().version
})

/**
 * A file of the package. Nothing here ever leaves the machine.
 *
 * @param path as in the package: "assets/packs/packs.json"
 * @throws TypeError when there is no such file
 */
export const packagedFile = (path: string): Promise<Response> => fetch(chrome.runtime.getURL(path))

/**
 * Reads `runtime.lastError` when a port is cut. Chrome sets it when nobody listened at the other end, and
 * writes an "Unchecked runtime.lastError" into the console when nobody looked.
 */
export function quietPort(port: chrome.runtime.Port): PortLike {
  port.onDisconnect.addListener(() => void chrome.runtime.lastError)
  return port
}

/** The client of popup, panel and options page. Connects with the first question. */
export const connectPanelClient = (): PanelClient =>
  createPanelClient(createPortTransport(() => quietPort(chrome.runtime.connect({ name: PANEL_PORT }))))

/** Worker: every port an extension page opens. Must be called while the worker's script runs first. */
export const onConnect = (accept: (port: PortLike & { sender?: SenderLike }) => void): void =>
  chrome.runtime.onConnect.addListener((port) => {
    quietPort(port)
    accept(port)
  })

/** Worker: single messages. The listener answers through `respond` and returns true. */
export const onMessage = (
  listener: (message: unknown, sender: SenderLike, respond: (reply: unknown) => void) => true
): void => chrome.runtime.onMessage.addListener(listener)

export const onInstalled = (listener: (reason: string) => void): void =>
  chrome.runtime.onInstalled.addListener(({ reason }) => listener(reason))

export const onStartup = (listener: () => void): void => chrome.runtime.onStartup.addListener(listener)

export const openOptions = (): Promise<void> => chrome.runtime.openOptionsPage()
