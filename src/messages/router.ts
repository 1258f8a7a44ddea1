/**
 * The one door of the worker. Whatever comes in, exactly one `Reply` goes out: version, sender, kind and
 * body are checked first, the handler's answer is checked last, and everything thrown on the way becomes a
 * plain sentence. No sentence and no log line ever holds a value of the request: it may be note text.
 */
import type { ErrorCode, PanelKind, PanelRequests, Reply } from "./panel-protocol"
import { PROTOCOL_VERSION } from "./panel-protocol"
import { replySchemas, requestSchemas } from "./panel-schemas"
import { isRecord, type SenderLike } from "./transport"

/** Thrown by handlers. `message` goes to the screen as it is: a plain sentence, never a piece of a note. */
export class PanelError extends Error {
  override readonly name = "PanelError"
  constructor(
    readonly code: ErrorCode,
    message: string
  ) {
    super(message)
  }
}

export type PanelHandlers = {
  [K in PanelKind]: (body: PanelRequests[K]["in"]) => Promise<PanelRequests[K]["out"]>
}

/** How a request travelled. A message is seen by every open extension page, a port only by its two ends. */
export type Via = "message" | "port"

export interface RouterOptions {
  /** `runtime.id`. */
  extensionId: string
  /** `runtime.getURL("")`: "chrome-extension://<id>/". */
  baseUrl: string
  /** After this many ms the caller gets an answer even when a handler hangs. */
  deadlineMs?: number
  /** For the log: which kind failed and the name of the error. Never its message. */
  onFault?: (kind: string, errorName: string) => void
}

export interface Router {
  /** Never rejects. */
  answer(message: unknown, sender: SenderLike | undefined, via: Via): Promise<Reply<unknown>>
}

/** Requests that hold note text. */
const ONLY_BY_PORT: ReadonlySet<PanelKind> = new Set<PanelKind>([
  "engine/suggest",
  "worksheet/check",
  "query/prepare",
  "query/lint"
])

const SENTENCE = {
  version: "This page belongs to another version of Chartside. Close and open it again.",
  sender: "Only Chartside's own pages may ask this.",
  byPort: "Note text may only travel over the panel's own port.",
  kind: "This version of Chartside does not know that request.",
  internal: "Something went wrong inside Chartside. Try again; if it stays, reload the extension.",
  deadline: "Chartside's worker took too long and gave up. Try again."
} as const

const refuse = (code: ErrorCode, message: string): Reply<never> => ({ ok: false, code, message })

/**
 * True for Chartside's own pages. A content script carries our id too, but the origin and URL of its page.
 * Whatever the browser tells must fit, and it must tell at least one of the two.
 */
export function isOwnPage(sender: SenderLike | undefined, options: RouterOptions): boolean {
  if (!sender || sender.id !== options.extensionId) return false
  const { origin, url } = sender
  if (origin === undefined && url === undefined) return false
  if (origin !== undefined && `${origin}/` !== options.baseUrl) return false
  return url === undefined || url.startsWith(options.baseUrl)
}

const isKind = (kind: unknown): kind is PanelKind =>
  typeof kind === "string" && Object.hasOwn(requestSchemas, kind)

/** "body.documents.0.date": where a request is wrong, without what stood there. */
const placeOf = (path: readonly PropertyKey[] | undefined) => ["body", ...(path ?? []).map(String)].join(".")

const errorName = (error: unknown) => (error instanceof Error ? error.name : typeof error)

export function createRouter(handlers: PanelHandlers, options: RouterOptions): Router {
  const { deadlineMs = 120_000, onFault } = options

  async function run<K extends PanelKind>(kind: K, body: unknown): Promise<Reply<unknown>> {
    const request = requestSchemas[kind].safeParse(body)
    if (!request.success) {
      const place = placeOf(request.error.issues[0]?.path)
      return refuse("bad-request", `The request "${kind}" is not right at ${place}.`)
    }
    const value = await withDeadline(handlers[kind](request.data as PanelRequests[K]["in"]), deadlineMs)
    const reply = replySchemas[kind].safeParse(value)
    if (!reply.success) {
      onFault?.(kind, `reply not right at ${placeOf(reply.error.issues[0]?.path)}`)
      return refuse("internal", SENTENCE.internal)
    }
    // The value as it was made: fields that the schema does not know are not lost on the way.
    return { ok: true, value }
  }

  return {
    async answer(message, sender, via) {
      let kind: unknown
      try {
        if (!isOwnPage(sender, options)) return refuse("not-allowed", SENTENCE.sender)
        if (!isRecord(message)) return refuse("bad-request", SENTENCE.kind)
        if (message.v !== PROTOCOL_VERSION) return refuse("bad-request", SENTENCE.version)
        kind = message.kind
        if (!isKind(kind)) return refuse("unknown-kind", SENTENCE.kind)
        if (via === "message" && ONLY_BY_PORT.has(kind)) return refuse("not-allowed", SENTENCE.byPort)
        return await run(kind, message.body)
      } catch (error) {
        if (error instanceof PanelError) return refuse(error.code, error.message)
        onFault?.(isKind(kind) ? kind : "?", errorName(error))
        return refuse("internal", SENTENCE.internal)
      }
    }
  }
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PanelError("internal", SENTENCE.deadline)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
