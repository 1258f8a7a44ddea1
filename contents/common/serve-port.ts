/** The page's end of the ports that a panel opens: checks, answers, and falls silent with the panel. */
import { isPageRequest, isPageStop, type PageGuards } from "@/messages/page-guards"
import { extensionLives, startOnce } from "./world"

type RequestMap<R> = { [K in keyof R]: { in: unknown; out: unknown } }
type Handlers<R extends RequestMap<R>> = {
  [K in keyof R]: (body: R[K]["in"]) => R[K]["out"] | Promise<R[K]["out"]>
}

export interface Service<R extends RequestMap<R>> {
  handlers: Handlers<R>
  /** The first panel connected. */
  start(): void
  /** The last panel left, or the extension did. Idempotent. */
  stop(): void
}

/**
 * @param name of the port; also of the script
 * @param open makes the service, which must do nothing before `start`; `tell` sends an event to every panel
 */
export function servePort<R extends RequestMap<R>>(
  name: string,
  guards: PageGuards<R>,
  open: (tell: (event: unknown) => void) => Service<R>
): void {
  startOnce(name, () => {
    const ports = new Set<chrome.runtime.Port>()
    let silent = false

    const stop = () => {
      service.stop()
      for (const port of ports) if (extensionLives()) port.disconnect()
      ports.clear()
    }
    /** Takes the listeners away as well: who connects then learns at once that nobody is there. */
    const leave = () => {
      stop()
      if (!extensionLives()) return
      chrome.runtime.onConnect.removeListener(accept)
      chrome.runtime.onMessage.removeListener(listen)
    }
    const send = (port: chrome.runtime.Port, message: unknown) => {
      // Without its extension this script is an orphan: whatever it finds is of no use to anybody.
      if (!extensionLives()) return stop()
      if (ports.has(port)) port.postMessage(message)
    }
    const service = open((event) => {
      for (const port of [...ports]) send(port, event)
    })

    const accept = (port: chrome.runtime.Port) => {
      if (port.name !== name || !isOurPage(port.sender)) return
      ports.add(port)
      if (ports.size === 1) service.start()
      port.onDisconnect.addListener(() => {
        ports.delete(port)
        if (ports.size === 0) service.stop()
      })
      port.onMessage.addListener((message: unknown) => {
        if (!isPageRequest(message)) return
        const { id, kind, body } = message
        answer(service.handlers, guards, kind, body).then((reply) => send(port, { id, ...reply }))
      })
    }
    const listen = (message: unknown, sender: chrome.runtime.MessageSender) => {
      if (sender.id !== chrome.runtime.id || sender.tab || !isPageStop(message)) return
      // A sandboxed frame has no origin of its own to compare.
      if (message.origin !== self.origin && self.origin !== "null") return
      silent = true
      leave()
    }
    chrome.runtime.onConnect.addListener(accept)
    chrome.runtime.onMessage.addListener(listen)
    return {
      alive: () => extensionLives() && !silent,
      stop: leave
    }
  })
}

/** A page of the extension: the side panel has no tab, its pop-out window has one but our own origin. */
function isOurPage(sender: chrome.runtime.MessageSender | undefined): boolean {
  if (!sender || sender.id !== chrome.runtime.id) return false
  return !sender.tab || sender.origin === new URL(chrome.runtime.getURL("")).origin
}

type Answer = { ok: true; value: unknown } | { ok: false; code: string; message: string }

async function answer<R extends RequestMap<R>>(
  handlers: Handlers<R>,
  guards: PageGuards<R>,
  kind: string,
  body: unknown
): Promise<Answer> {
  if (!Object.hasOwn(handlers, kind))
    return fault("unknown-kind", "This page script does not know the request.")
  const key = kind as keyof R
  if (!guards[key].in(body)) return fault("bad-request", "The request does not fit.")
  try {
    return { ok: true, value: await handlers[key](body) }
  } catch (error) {
    if ((error as Error)?.name === "AbortError") return fault("stopped", "Reading the page was stopped.")
    // The error itself may hold words of the page: it is named, never passed on.
    return fault(
      "internal",
      `The page could not be worked on (${(error as Error)?.name ?? "unknown"}). Reload the page.`
    )
  }
}

const fault = (code: string, message: string): Answer => ({ ok: false, code, message })
