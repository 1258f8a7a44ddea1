/**
 * Marks over text areas, whose text no highlight can reach: behind nothing, above the field, lies an exact
 * copy of its text without colour, in which only the marked words have a translucent background. All copies
 * live in one closed shadow root; pointer and keyboard go through them. Where the copy cannot be exact
 * (transformed, covered by a modal dialog, other line breaks) the mark counts as missed.
 */

import { create, on, rootElementOf, windowOf } from "./dom"
import { MARK_COLOURS, type MarkStyle } from "./mark-styles"

export interface FieldMark {
  field: HTMLTextAreaElement
  start: number
  end: number
  style: MarkStyle
}

const COPIED = [
  "direction",
  "font",
  "font-feature-settings",
  "font-kerning",
  "font-optical-sizing",
  "font-size-adjust",
  "font-variant-ligatures",
  "font-variation-settings",
  "hyphens",
  "letter-spacing",
  "line-break",
  "line-height",
  "overflow-wrap",
  "padding-bottom",
  "padding-left",
  "padding-right",
  "padding-top",
  "tab-size",
  "text-align",
  "text-indent",
  "text-rendering",
  "text-transform",
  "unicode-bidi",
  "white-space",
  "word-break",
  "word-spacing"
]

interface Mirror {
  field: HTMLTextAreaElement
  value: string
  frame: HTMLElement
  copy: HTMLElement
}

const dress = (el: HTMLElement, style: Record<string, string>) => {
  for (const [name, value] of Object.entries(style)) el.style.setProperty(name, value, "important")
}

export class FieldMarks {
  private host: HTMLElement | undefined
  private root: ShadowRoot | undefined
  private mirrors: Mirror[] = []
  private listening: AbortController | undefined
  private sizes: ResizeObserver | undefined
  private waiting = 0

  /** @param own told of our host element, so that nobody reads it as part of the page */
  constructor(
    private readonly doc: Document,
    private readonly own: (host: Element) => void
  ) {}

  /** Replaces all marks; an empty list takes the layer out of the page. @returns how many were placed */
  show(marks: readonly FieldMark[]): number {
    this.drop()
    if (marks.length === 0) {
      this.clear()
      return 0
    }
    let placed = 0
    for (const field of new Set(marks.map((mark) => mark.field))) {
      const own = marks.filter((mark) => mark.field === field)
      if (this.add(field, own)) placed += own.length
    }
    if (this.mirrors.length === 0) this.clear()
    else this.listen()
    return placed
  }

  /** Where `value.slice(start, end)` of a field stands on the screen; null when that cannot be told. */
  boxOf(field: HTMLTextAreaElement, start: number, end: number): DOMRect | null {
    const built = this.build(field, [{ field, start, end, style: "active" }])
    if (!built) return null
    const word = built.copy.querySelector("span")
    const outer = field.getBoundingClientRect()
    const box = word
      ? new DOMRect(
          outer.left + field.clientLeft + word.offsetLeft - field.scrollLeft,
          outer.top + field.clientTop + word.offsetTop - field.scrollTop,
          word.offsetWidth,
          word.offsetHeight
        )
      : null
    built.frame.remove()
    if (this.mirrors.length === 0) this.clear()
    return box
  }

  /** Idempotent: host, listeners and observers are gone afterwards. */
  clear(): void {
    this.drop()
    this.host?.remove()
    this.host = undefined
    this.root = undefined
  }

  private drop(): void {
    this.listening?.abort()
    this.sizes?.disconnect()
    if (this.waiting) windowOf(this.doc)?.cancelAnimationFrame(this.waiting)
    this.listening = undefined
    this.sizes = undefined
    this.waiting = 0
    for (const mirror of this.mirrors) mirror.frame.remove()
    this.mirrors = []
  }

  private add(field: HTMLTextAreaElement, marks: FieldMark[]): boolean {
    const mirror = this.build(field, marks)
    if (!mirror) return false
    this.mirrors.push(mirror)
    this.place(mirror)
    return true
  }

  private layer(): ShadowRoot {
    if (this.root && this.host?.isConnected) return this.root
    this.host = create(this.doc, "div")
    dress(this.host, { all: "initial", position: "fixed", top: "0", left: "0", width: "0", height: "0" })
    dress(this.host, { "z-index": "2147483646", "pointer-events": "none" })
    this.host.setAttribute("aria-hidden", "true")
    this.own(this.host)
    this.root = this.host.attachShadow({ mode: "closed" })
    rootElementOf(this.doc).append(this.host)
    return this.root
  }

  private build(field: HTMLTextAreaElement, marks: FieldMark[]): Mirror | null {
    const view = windowOf(this.doc)
    // A modal dialog lies in the top layer, above anything that we could draw.
    if (!view || !field.isConnected || field.closest("dialog[open]")?.matches(":modal")) return null
    const outer = field.getBoundingClientRect()
    if (Math.abs(outer.width - field.offsetWidth) > 1 || Math.abs(outer.height - field.offsetHeight) > 1)
      return null

    const frame = create(this.doc, "div")
    const copy = create(this.doc, "div")
    dress(frame, { position: "fixed", overflow: "hidden", margin: "0", "pointer-events": "none" })
    const style = view.getComputedStyle(field)
    for (const name of COPIED) copy.style.setProperty(name, style.getPropertyValue(name))
    dress(copy, { position: "absolute", margin: "0", border: "0", "box-sizing": "border-box" })
    dress(copy, { width: `${field.clientWidth}px`, color: "transparent", "text-shadow": "none" })
    this.write(copy, field.value, marks)
    frame.append(copy)
    this.layer().append(frame)
    const mirror = { field, value: field.value, frame, copy }
    const exact = Math.abs(Math.max(copy.offsetHeight, field.clientHeight) - field.scrollHeight) <= 2
    if (!exact) {
      frame.remove()
      return null
    }
    return mirror
  }

  private write(copy: HTMLElement, value: string, marks: readonly FieldMark[]): void {
    let at = 0
    for (const { start, end, style } of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (start < at) continue // Overlaps the mark before it, which is already drawn there.
      const word = create(this.doc, "span")
      word.style.setProperty("background-color", MARK_COLOURS[style].veil)
      word.textContent = value.slice(start, end)
      copy.append(value.slice(at, start), word)
      at = end
    }
    // A text area keeps room for a line after the last line break.
    copy.append(`${value.slice(at)}\u200b`)
  }

  private listen(): void {
    const view = windowOf(this.doc)
    if (!view) return
    this.listening = new AbortController()
    const { signal } = this.listening
    const soon = () => {
      this.waiting ||= view.requestAnimationFrame(() => {
        this.waiting = 0
        for (const mirror of this.mirrors) this.place(mirror)
      })
    }
    view.addEventListener("scroll", soon, { capture: true, passive: true, signal })
    view.addEventListener("resize", soon, { passive: true, signal })
    on(this.doc, "input", soon, { capture: true, passive: true, signal })
    this.sizes = new ResizeObserver(soon)
    for (const { field } of this.mirrors) this.sizes.observe(field)
  }

  /** Puts a copy exactly over its field, cut to the part of the field that can be seen. */
  private place({ field, value, frame, copy }: Mirror): void {
    const box = field.getBoundingClientRect()
    const seen = visiblePart(field, box)
    if (!seen || field.value !== value || field.clientWidth !== copy.offsetWidth) {
      dress(frame, { display: "none" })
      return
    }
    const left = box.left + field.clientLeft
    const top = box.top + field.clientTop
    dress(frame, {
      display: "block",
      left: `${left}px`,
      top: `${top}px`,
      width: `${field.clientWidth}px`,
      height: `${field.clientHeight}px`,
      "clip-path": `inset(${Math.max(0, seen.top - top)}px ${Math.max(0, left + field.clientWidth - seen.right)}px ${Math.max(0, top + field.clientHeight - seen.bottom)}px ${Math.max(0, seen.left - left)}px)`
    })
    dress(copy, { left: `${-field.scrollLeft}px`, top: `${-field.scrollTop}px` })
  }
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** What of the field its scrolling ancestors and other elements leave to see; null when nothing. */
function visiblePart(field: HTMLTextAreaElement, box: DOMRect): Box | null {
  const view = windowOf(field.ownerDocument)
  if (!view) return null
  const seen: Box = {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(view.innerWidth, box.right),
    bottom: Math.min(view.innerHeight, box.bottom)
  }
  for (let pane = field.parentElement; pane; pane = pane.parentElement) {
    if (pane.localName === "body" || pane.localName === "html") break
    if (view.getComputedStyle(pane).overflow === "visible") continue
    const outer = pane.getBoundingClientRect()
    seen.left = Math.max(seen.left, outer.left)
    seen.top = Math.max(seen.top, outer.top)
    seen.right = Math.min(seen.right, outer.right)
    seen.bottom = Math.min(seen.bottom, outer.bottom)
  }
  if (seen.right - seen.left < 2 || seen.bottom - seen.top < 2) return null
  const root = field.getRootNode() as Document | ShadowRoot
  const points = [0.1, 0.5, 0.9].map((at) => [
    seen.left + at * (seen.right - seen.left),
    seen.top + at * (seen.bottom - seen.top)
  ])
  return points.some(([x, y]) => root.elementFromPoint(x as number, y as number) === field) ? seen : null
}
