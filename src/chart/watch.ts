/**
 * Notices that a page may show something else. Nothing runs before `start`, nothing after `stop`, and on a
 * page where nothing happens there is no timer: the first change starts one.
 *
 *   change -> wait for quiet (longer after bursts and on pages that are slow to read) -> idle -> `flush`
 *
 * When changes come faster than they can be looked at, the observers are taken off until the flush: it
 * reads everything anyway.
 */
import { isHidden, on as listen, urlOf, windowOf } from "./dom"
export interface WatchOptions {
  /** Something may have changed; called at most once at a time, again only after it has settled. */
  flush(): Promise<void>
  /** The address changed (single-page navigation). Called at once. */
  moved(): void
  isOwn(node: Node): boolean
}

const QUIET_MS = 200
const LONGEST_WAIT_MS = 1_000
/** Each burst that follows directly on a flush adds this much, where reading costs anything. */
const BURST_MS = 500
const CAP_MS = 5_000
/** Reading may take this share of the main thread at most on a page that never rests. */
const SHARE = 0.1
/** Records of one delivery above which the observers rest until the flush. */
const FLOOD = 2_000
/** Records that are looked at one by one to see whether they are all our own. */
const LOOKED_AT = 50

const OBSERVED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterData: true,
  // What shows and hides tabs, folds sections and turns pages.
  attributes: true,
  attributeFilter: [
    "class",
    "style",
    "hidden",
    "open",
    "aria-hidden",
    "aria-expanded",
    "aria-selected",
    "src"
  ]
}

interface NavigationLike extends EventTarget {
  readonly currentEntry: { readonly url: string | null } | null
}

export class PageWatch {
  private stopper: AbortController | undefined
  private observer: MutationObserver | undefined
  private readonly roots = new Set<Node>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private idle: number | undefined
  private deaf = false
  private running = false
  private bursts = 0
  private firstChange = 0
  private lastFlush = 0
  /** How long the last flush took, all its slices together. */
  private cost = 0
  private url = ""
  /** Something changed since the last reading began. */
  dirty = false

  constructor(
    private readonly doc: Document,
    private readonly options: WatchOptions
  ) {}

  start(): void {
    const view = windowOf(this.doc)
    if (this.stopper || !view) return
    this.stopper = new AbortController()
    const { signal } = this.stopper
    this.observer = new MutationObserver((records) => this.heard(records))
    this.listenTo([this.doc, ...this.roots])
    this.url = urlOf(this.doc)
    const changed = () => this.changed()
    const on = (target: EventTarget, type: string, listener: (event: Event) => void) =>
      listen(target, type, listener, { capture: true, passive: true, signal })
    // Values of fields change without any mutation.
    on(this.doc, "input", changed)
    on(this.doc, "change", changed)
    on(this.doc, "focusin", (event) => {
      if ((event.target as Element | null)?.localName === "textarea") this.changed()
    })
    // A frame that loaded; "load" does not bubble but can be captured.
    on(this.doc, "load", (event) => {
      if (/^i?frame$/.test((event.target as Element | null)?.localName ?? "")) this.changed()
    })
    on(this.doc, "visibilitychange", () => {
      if (this.dirty) this.changed()
    })
    const moved = () => this.lookAtUrl()
    on(view, "popstate", moved)
    on(view, "hashchange", moved)
    const { navigation } = view as unknown as { navigation?: NavigationLike }
    if (navigation) on(navigation, "currententrychange", moved)
    else {
      const poll = setInterval(moved, 1_000)
      signal.addEventListener("abort", () => clearInterval(poll))
    }
  }

  /** Idempotent. */
  stop(): void {
    this.stopper?.abort()
    this.observer?.disconnect()
    clearTimeout(this.timer)
    if (this.idle !== undefined) windowOf(this.doc)?.cancelIdleCallback(this.idle)
    this.stopper = undefined
    this.observer = undefined
    this.timer = undefined
    this.idle = undefined
    this.roots.clear()
    this.deaf = false
    this.dirty = false
    this.bursts = 0
    this.cost = 0
  }

  /** Shadow roots of the last reading; those that are new are watched as well. */
  watchRoots(roots: readonly ShadowRoot[]): void {
    const fresh = roots.filter((root) => !this.roots.has(root))
    for (const root of this.roots) if (!root.isConnected) this.roots.delete(root)
    for (const root of fresh) this.roots.add(root)
    if (this.observer && !this.deaf) this.listenTo(fresh)
  }

  private listenTo(roots: readonly Node[]): void {
    for (const root of roots) this.observer?.observe(root, OBSERVED)
  }

  private heard(records: MutationRecord[]): void {
    if (records.length > FLOOD) {
      this.observer?.disconnect()
      this.deaf = true
    }
    if (records.length > LOOKED_AT || records.some((record) => !this.isOurs(record))) this.changed()
  }

  private isOurs({ target, addedNodes, removedNodes }: MutationRecord): boolean {
    if (this.options.isOwn(target)) return true
    const count = addedNodes.length + removedNodes.length
    if (count === 0 || count > LOOKED_AT) return false
    return [...addedNodes, ...removedNodes].every((node) => this.options.isOwn(node))
  }

  private lookAtUrl(): void {
    if (urlOf(this.doc) === this.url) return
    this.url = urlOf(this.doc)
    this.options.moved()
    this.changed()
  }

  private changed(): void {
    this.dirty = true
    if (!this.stopper || this.running || isHidden(this.doc)) return
    const now = performance.now()
    if (this.timer === undefined) {
      this.firstChange = now
      this.bursts = now - this.lastFlush < 1_500 ? this.bursts + 1 : 0
    }
    const least = Math.max(QUIET_MS, Math.min(this.bursts * BURST_MS, this.cost * 20), this.cost / SHARE)
    const latest = this.firstChange + Math.max(LONGEST_WAIT_MS, least)
    clearTimeout(this.timer)
    this.timer = setTimeout(
      () => this.whenIdle(),
      Math.max(0, Math.min(now + least, latest, now + CAP_MS) - now)
    )
  }

  private whenIdle(): void {
    const view = windowOf(this.doc)
    if (!view) return
    this.idle = view.requestIdleCallback(() => void this.flush(), { timeout: 500 })
  }

  private async flush(): Promise<void> {
    const { stopper } = this
    this.timer = undefined
    this.idle = undefined
    if (!stopper || this.running) return
    this.running = true
    const start = performance.now()
    if (this.deaf) {
      this.deaf = false
      this.listenTo([this.doc, ...this.roots])
    }
    try {
      await this.options.flush()
    } finally {
      this.running = false
      this.lastFlush = performance.now()
      this.cost = this.lastFlush - start
      if (this.dirty && this.stopper === stopper) this.changed()
    }
  }
}
