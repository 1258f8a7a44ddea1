/**
 * How Chartside's pages ask the worker. The worker may be stopped at any moment, also in the middle of a
 * request: the port then connects again and sends what is still open again, a few times (every request of the
 * protocol may be repeated without harm). A port on which nothing is heard is asked for a sign of life first.
 */
import type { ErrorCode, PanelKind, PanelRequests, Reply } from "./panel-protocol"
import { PROTOCOL_VERSION } from "./panel-protocol"
import { createSilence } from "./silence"
import { isPortMessage, isReply, type PortLike } from "./transport"

export type AskErrorCode = ErrorCode | "timeout" | "disconnected"

/** `message` is a plain sentence for the coder. */
export class AskError extends Error {
  override readonly name = "AskError"
  constructor(
    readonly code: AskErrorCode,
    message: string
  ) {
    super(message)
  }
}

export interface PanelTransport {
  /** Resolves with whatever came back; rejects with AskError "disconnected". */
  send(request: unknown, signal: AbortSignal): Promise<unknown>
  close(): void
}

export interface PanelClient {
  /** @throws AskError */
  ask<K extends PanelKind>(
    kind: K,
    body: PanelRequests[K]["in"],
    options?: { timeoutMs?: number }
  ): Promise<PanelRequests[K]["out"]>
  close(): void
}

const TIMEOUT_MS = 30_000
/** Importing code sets reads and checks some 25 MB. */
const LONG_TIMEOUT_MS: Partial<Record<PanelKind, number>> = {
  "packs/ensure": 120_000,
  "packs/report-damage": 120_000,
  "packs/activate": 120_000,
  "packs/remove": 120_000
}

const GONE = "Chartside was updated or switched off. Close this page and open it again."
const LOST = "Chartside's worker stopped again and again while it worked on this. Try again."
/** So often a request is sent in all; one that stops the worker each time must not go on for ever. */
const MOST_SENT = 5
const PAUSE_MS = 150

export function createPanelClient(transport: PanelTransport): PanelClient {
  return {
    async ask(kind, body, { timeoutMs = LONG_TIMEOUT_MS[kind] ?? TIMEOUT_MS } = {}) {
      const stop = new AbortController()
      const reply = await within(
        transport.send({ v: PROTOCOL_VERSION, kind, body }, stop.signal),
        timeoutMs,
        stop
      )
      if (!isReply(reply))
        throw new AskError("internal", "Chartside's worker gave an answer without sense. Try again.")
      if (!reply.ok) throw new AskError(reply.code, reply.message)
      return (reply as Extract<Reply<PanelRequests[typeof kind]["out"]>, { ok: true }>).value
    },
    close: () => transport.close()
  }
}

async function within<T>(work: Promise<T>, ms: number, stop: AbortController): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new AskError("timeout", `No answer within ${Math.ceil(ms / 1000)} seconds. Try again.`))
      stop.abort()
    }, ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

interface Waiting {
  request: unknown
  sent: number
  resolve: (reply: unknown) => void
  reject: (error: AskError) => void
}

/** Its answer is for nobody: that anything is heard is enough. */
const PROBE = { id: 0, request: { v: PROTOCOL_VERSION, kind: "worker/ping", body: {} } }

/**
 * One port for everything, opened with the first request and again after it was cut or went dead.
 *
 * @param connect `() => chrome.runtime.connect({ name: PANEL_PORT })`; may throw when the extension was
 *   updated under the page.
 * @param quietMs how long nothing may be heard before a sign of life is asked for
 */
export function createPortTransport(connect: () => PortLike, quietMs?: number): PanelTransport {
  const waiting = new Map<number, Waiting>()
  let port: PortLike | undefined
  let nextId = 1
  const silence = createSilence({
    probe: () => {
      try {
        port?.postMessage(PROBE)
      } catch {
        // Cut already: that will be told, or noticed as silence.
      }
    },
    dead: () => {
      const last = port
      port = undefined
      last?.disconnect()
      resend()
    },
    ...(quietMs === undefined ? {} : { quietMs })
  })

  function done(id: number): void {
    waiting.delete(id)
    if (waiting.size === 0) silence.stop()
  }

  function opened(): PortLike {
    if (port) return port
    const fresh = connect()
    port = fresh
    fresh.onMessage.addListener((message) => {
      if (port !== fresh || !isPortMessage(message)) return
      const entry = waiting.get(message.id)
      waiting.delete(message.id)
      silence.heard(waiting.size > 0)
      entry?.resolve(message.reply)
    })
    fresh.onDisconnect.addListener(() => {
      if (port !== fresh) return
      port = undefined
      resend()
    })
    return fresh
  }

  function post(id: number, entry: Waiting) {
    const stale = port
    try {
      opened().postMessage({ id, request: entry.request })
      entry.sent++
      silence.waiting()
    } catch {
      port = undefined
      if (stale) {
        // The port was cut and nobody had told us yet: this one was never sent, the others were once.
        resend()
      } else {
        done(id)
        entry.reject(new AskError("disconnected", GONE))
      }
    }
  }

  function resend() {
    for (const [id, entry] of [...waiting]) {
      if (!waiting.has(id)) continue
      if (entry.sent < 2) {
        post(id, entry)
      } else if (entry.sent < MOST_SENT) {
        // Stopped twice in a row: the browser may still be at it, so a moment later.
        setTimeout(() => waiting.has(id) && post(id, entry), PAUSE_MS * (entry.sent - 1))
      } else {
        done(id)
        entry.reject(new AskError("disconnected", LOST))
      }
    }
  }

  return {
    send(request, signal) {
      return new Promise((resolve, reject) => {
        const id = nextId++
        const entry: Waiting = { request, sent: 0, resolve, reject }
        waiting.set(id, entry)
        // A request given up must not be sent again after the next cut.
        signal.addEventListener("abort", () => done(id), { once: true })
        post(id, entry)
      })
    },
    close() {
      const last = port
      port = undefined
      silence.stop()
      for (const [id, entry] of [...waiting]) {
        waiting.delete(id)
        entry.reject(new AskError("disconnected", GONE))
      }
      last?.disconnect()
    }
  }
}
