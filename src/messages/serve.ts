/** Both ways into the worker, wired to one router: single messages and the long-lived port. */
import type { Reply } from "./panel-protocol"
import type { Router } from "./router"
import { isPortRequest, PANEL_PORT, type PortLike, type PortMessage, type SenderLike } from "./transport"

const NOT_SENT: Reply<never> = {
  ok: false,
  code: "internal",
  message: "The answer could not be sent. Try again with less text."
}

type PortWithSender = PortLike & { sender?: SenderLike }

/**
 * For `runtime.onMessage`. Returns true because the answer always comes later.
 * (An answer by promise is not understood by every Chrome from 140 on.)
 */
export function messageListener(router: Router) {
  return (message: unknown, sender: SenderLike, respond: (reply: unknown) => void): true => {
    router.answer(message, sender, "message").then(respond)
    return true
  }
}

/** For `runtime.onConnect`: serves ports named PANEL_PORT, hangs up on others. */
export function portListener(router: Router) {
  return (port: PortWithSender): void => {
    if (port.name !== PANEL_PORT) {
      port.disconnect()
      return
    }
    port.onMessage.addListener((message) => {
      // Without an id there is nothing to answer to; our own client never sends such a thing.
      if (!isPortRequest(message)) return
      const { id, request } = message
      router.answer(request, port.sender, "port").then((reply) => {
        if (!post(port, { id, reply })) post(port, { id, reply: NOT_SENT })
      })
    })
  }
}

/** False when the message did not leave: the page went away, or the message is too large (64 MB). */
function post(port: PortLike, message: PortMessage): boolean {
  try {
    port.postMessage(message)
    return true
  } catch {
    return false
  }
}
