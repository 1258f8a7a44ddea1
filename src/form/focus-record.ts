/** Remembers which field of a document had the focus last. Runs only between `start` and `stop`. */
import { type Fillable, fieldAt } from "./fillable"

export interface LastFocus {
  field: WeakRef<Fillable>
  /** ms since the epoch. */
  at: number
}

export class FocusRecord {
  last: LastFocus | undefined
  private stopper: AbortController | undefined

  /** @param moved told after every move of the focus, also into a closed shadow tree that is not seen here */
  constructor(
    private readonly doc: Document,
    private readonly moved: () => void = () => {}
  ) {}

  start(): void {
    if (this.stopper) return
    this.stopper = new AbortController()
    // By the class: a page may have a frame or form of the name "addEventListener".
    EventTarget.prototype.addEventListener.call(
      this.doc,
      "focusin",
      (event) => {
        // The path tells what was focused inside shadow trees; closed ones show their host, which is enough
        // to know that the focus went elsewhere.
        const field = fieldAt((event.composedPath()[0] ?? event.target) as Element | null)
        if (field) this.last = { field: new WeakRef(field), at: performance.timeOrigin + performance.now() }
        this.moved()
      },
      { capture: true, passive: true, signal: this.stopper.signal }
    )
  }

  /** Idempotent. */
  stop(): void {
    this.stopper?.abort()
    this.stopper = undefined
    this.last = undefined
  }
}
