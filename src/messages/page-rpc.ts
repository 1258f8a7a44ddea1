/**
 * The panel's end of a port to ONE document of a page. Nothing is ever sent twice: a fill must not happen
 * again because an answer was lost. When the port is cut (page left, extension switched off, permission
 * taken back) everything still open fails at once and the owner is told; a new port is a new document.
 */
import { isChartEvent, isPageReply, type PageGuards } from "./page-guards"
import type { ChartEvent, PageReply, PageRequest } from "./page-protocol"
import type { PortLike } from "./transport"

type RequestMap<R> = { [K in keyof R]: { in: unknown; out: unknown } }

export type PageErrorCode = "gone" | "timeout" | "bad-answer"

/** `code` is one of PageErrorCode or whatever the page script answered; `message` is a plain sentence. */
export class PageError extends Error {
  override readonly name = "PageError"
  constructor(
    readonly code: PageErrorCode | (string & {}),
    message: string
  ) {
    super(message)
  }
}

export interface PagePortOptions<R extends RequestMap<R>> {
  /** `chartGuards` or `formGuards`: answers that do not fit are refused. */
  guards: PageGuards<R>
  timeoutMs?: number
  onEvent?: (event: ChartEvent) => void
  /** The document went away or fell silent. Not called after `close()`. */
  onDisconnect?: () => void
}

export interface PagePort<R extends RequestMap<R>> {
  readonly connected: boolean
  /**
   * @param options.timeoutMs 0 waits as long as the page lives (a coder pointing at a field takes time)
   * @throws PageError
   */
  ask<K extends keyof R & string>(
    kind: K,
    body: R[K]["in"],
    options?: { timeoutMs?: number }
  ): Promise<R[K]["out"]>
  close(): void
}

const GONE = "The page was left or does not answer any more. Open the chart again."
/** What a page whose process was taken over says stands on the screen: never more than a sentence of it. */
const clipped = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text)
const MISFIT = "The page gave an answer without sense. Reload the page."

interface Waiting {
  settle(reply: PageReply<unknown>): void
  fail(error: PageError): void
}

/**
 * @param connect `() => chrome.tabs.connect(tabId, { documentId, name: CHART_PORT })`; called once, now.
 *   When no script of ours listens there the port is cut at once and every `ask` fails with "gone".
 */
export function createPagePort<R extends RequestMap<R>>(
  connect: () => PortLike,
  options: PagePortOptions<R>
): PagePort<R> {
  const { guards, timeoutMs: usual = 10_000, onEvent, onDisconnect } = options
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let port: PortLike | undefined = connect()

  function cut() {
    port = undefined
    for (const entry of [...waiting.values()]) entry.fail(new PageError("gone", GONE))
    waiting.clear()
  }

  port.onMessage.addListener((message) => {
    if (!port) return
    if (isPageReply(message)) waiting.get(message.id)?.settle(message)
    else if (isChartEvent(message)) onEvent?.(message)
  })
  port.onDisconnect.addListener(() => {
    if (!port) return
    cut()
    onDisconnect?.()
  })

  return {
    get connected() {
      return port !== undefined
    },
    ask(kind, body, { timeoutMs = usual } = {}) {
      return new Promise((resolve, reject) => {
        if (!port) return reject(new PageError("gone", GONE))
        const id = nextId++
        let timer: ReturnType<typeof setTimeout> | undefined
        const done = () => {
          clearTimeout(timer)
          waiting.delete(id)
        }
        const fail = (error: PageError) => {
          done()
          reject(error)
        }
        const settle = (reply: PageReply<unknown>) => {
          if (!reply.ok) return fail(new PageError(clipped(reply.code, 60), clipped(reply.message, 300)))
          if (!guards[kind].out(reply.value)) return fail(new PageError("bad-answer", MISFIT))
          done()
          resolve(reply.value)
        }
        waiting.set(id, { settle, fail })
        if (timeoutMs > 0) {
          const late = `The page did not answer within ${Math.ceil(timeoutMs / 1000)} seconds.`
          timer = setTimeout(() => fail(new PageError("timeout", late)), timeoutMs)
        }
        try {
          const request: PageRequest = { id, kind, body }
          port.postMessage(request)
        } catch {
          fail(new PageError("gone", GONE))
        }
      })
    },
    close() {
      const last = port
      cut()
      last?.disconnect()
    }
  }
}
