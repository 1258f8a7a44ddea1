/**
 * Remembers which field of a document had the focus last, or which cell of a grid was pressed last: a grid keeps the
 * keyboard elsewhere. Runs only between `start` and `stop`.
 */
import { type Fillable, fieldAt, isFillable, kindOf } from "./fillable"

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
    const listen = (type: string, heard: (field: Fillable | null) => void) =>
      EventTarget.prototype.addEventListener.call(
        this.doc,
        type,
        // The path tells what was focused inside shadow trees; closed ones show their host, which is enough
        // to know that the focus went elsewhere.
        (event) => heard(fieldAt((event.composedPath()[0] ?? event.target) as Element | null)),
        { capture: true, passive: true, signal: this.stopper!.signal }
      )
    listen("focusin", (field) => {
      // A grid holds the keyboard in a field that nobody sees: the cell that was pressed still counts.
      if (isFillable(field)) this.note(field)
      this.moved()
    })
    listen("pointerdown", (field) => {
      if (!field || kindOf(field) !== "cell") return
      this.note(field)
      this.moved()
    })
  }

  private note(field: Fillable): void {
    this.last = { field: new WeakRef(field), at: performance.timeOrigin + performance.now() }
  }

  /** Idempotent. */
  stop(): void {
    this.stopper?.abort()
    this.stopper = undefined
    this.last = undefined
  }
}
