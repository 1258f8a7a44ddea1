/**
 * Pointing at a field: an outline follows the pointer, a click chooses and reaches nothing else, Escape
 * gives up. The outline lies in a closed shadow root and lets the pointer through.
 */
import { deepFromPoint, type FormEnv } from "./field-env"
import { type Fillable, fieldAt, isFillable } from "./fillable"

/** Swallowed while pointing, so that neither page nor browser acts on the click. */
const SWALLOWED = [
  "pointerdown",
  "mousedown",
  "pointerup",
  "mouseup",
  "click",
  "dblclick",
  "auxclick",
  "contextmenu",
  "touchstart",
  "touchend"
]

export class Picker {
  private ending: ((field: Fillable | null) => void) | undefined

  constructor(
    private readonly doc: Document,
    private readonly env: FormEnv
  ) {}

  /** The chosen field, or null when it was given up. A second call ends the first one with null. */
  pick(): Promise<Fillable | null> {
    this.cancel()
    return new Promise((resolve) => {
      const stopper = new AbortController()
      const outline = new Outline(this.doc, this.env)
      const end = (field: Fillable | null) => {
        stopper.abort()
        outline.remove()
        this.ending = undefined
        resolve(field)
      }
      this.ending = end
      this.listen(stopper.signal, outline, end)
    })
  }

  /** Idempotent. */
  cancel(): void {
    this.ending?.(null)
  }

  private listen(signal: AbortSignal, outline: Outline, end: (field: Fillable | null) => void): void {
    const view = this.doc.defaultView
    if (!view) {
      end(null)
      return
    }
    const at = (event: Event) => {
      const { clientX, clientY } = event as MouseEvent
      const field = fieldAt(deepFromPoint(this.doc, clientX, clientY, this.env))
      return isFillable(field) ? field : null
    }
    const swallow = (event: Event) => {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    for (const type of SWALLOWED) {
      view.addEventListener(
        type,
        (event) => {
          // Only a person can point; a click by the page's own script is not ours to take.
          if (!event.isTrusted) return
          swallow(event)
          if (type !== "click") return
          const field = at(event)
          if (field) end(field)
        },
        { capture: true, passive: false, signal }
      )
    }
    view.addEventListener("pointermove", (event) => outline.around(at(event)), {
      capture: true,
      passive: true,
      signal
    })
    view.addEventListener("scroll", () => outline.around(null), { capture: true, passive: true, signal })
    this.doc.addEventListener("pointerleave", () => outline.around(null), {
      capture: true,
      passive: true,
      signal
    })
    view.addEventListener(
      "keydown",
      (event) => {
        if (event.key !== "Escape") return
        swallow(event)
        end(null)
      },
      { capture: true, signal }
    )
  }
}

class Outline {
  private readonly host: HTMLElement
  private readonly box: HTMLElement

  constructor(doc: Document, env: FormEnv) {
    this.host = doc.createElement("div")
    this.box = doc.createElement("div")
    env.own(this.host)
    set(this.host, { all: "initial", position: "fixed", top: "0", left: "0", width: "0", height: "0" })
    set(this.host, { "z-index": "2147483647", "pointer-events": "none" })
    this.host.setAttribute("aria-hidden", "true")
    // Two rings, dark and light: one of them stands out on any page.
    set(this.box, {
      position: "fixed",
      display: "none",
      "box-sizing": "border-box",
      "pointer-events": "none",
      "border-radius": "4px",
      border: "2px solid #0b57d0",
      outline: "2px solid #ffffff",
      background: "rgb(11 87 208 / 0.12)"
    })
    this.host.attachShadow({ mode: "closed" }).append(this.box)
    doc.documentElement.append(this.host)
  }

  around(field: Element | null): void {
    if (!field) {
      set(this.box, { display: "none" })
      return
    }
    const { left, top, width, height } = field.getBoundingClientRect()
    set(this.box, {
      display: "block",
      left: `${left - 4}px`,
      top: `${top - 4}px`,
      width: `${width + 8}px`,
      height: `${height + 8}px`
    })
  }

  remove(): void {
    this.host.remove()
  }
}

function set(el: HTMLElement, style: Record<string, string>): void {
  for (const [name, value] of Object.entries(style)) el.style.setProperty(name, value, "important")
}
