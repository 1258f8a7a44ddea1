/**
 * Marks in the page by the CSS Custom Highlight API: nothing is put into the page's tree. Names in the
 * registry say nothing (a page can read them). Background and text colour are always set together, so that
 * contrast does not depend on the page: each pair has 7:1 or more.
 */
import type { PaintSpan } from "@/messages/page-protocol"
import { adopt, adopted, rootElementOf, windowOf } from "./dom"

export type MarkStyle = PaintSpan["tier"] | "active"

export const MARK_NAMES: Record<MarkStyle, string> = {
  code: "ce-1",
  consider: "ce-2",
  suppressed: "ce-3",
  active: "ce-4"
}

/** Background, text colour; the mirror layer of text areas uses the same hues. */
export const MARK_COLOURS: Record<MarkStyle, { back: string; text: string; veil: string }> = {
  code: { back: "#bfe8c5", text: "#06210b", veil: "rgb(42 157 66 / 0.32)" },
  consider: { back: "#ffe7a3", text: "#2b1e00", veil: "rgb(228 163 0 / 0.32)" },
  suppressed: { back: "#dfe1e5", text: "#23272e", veil: "rgb(120 128 140 / 0.30)" },
  active: { back: "#ffb454", text: "#1d0f00", veil: "rgb(255 138 0 / 0.45)" }
}

const PRIORITY: Record<MarkStyle, number> = { suppressed: 1, consider: 2, code: 3, active: 4 }
const STYLES = Object.keys(PRIORITY) as MarkStyle[]

/**
 * Rules stand on the root element and are inherited, into shadow trees as well. The product registers the
 * same text as contents/chart/marks.css with the script: putting it into a finished page makes the browser
 * compute the style of every element again, 200 ms on a page of 100,000 nodes.
 */
export const MARK_SHEET = [
  ...STYLES.map((style) => {
    const { back, text } = MARK_COLOURS[style]
    const line = style === "active" ? "; text-decoration: underline 2px" : ""
    return `:root::highlight(${MARK_NAMES[style]}) { background-color: ${back}; color: ${text}${line} }`
  }),
  "@media (forced-colors: active) {",
  ...STYLES.map(
    (style) => `  :root::highlight(${MARK_NAMES[style]}) { background-color: Mark; color: MarkText }`
  ),
  "}",
  ""
].join("\n")

export class Marks {
  private sheet: CSSStyleSheet | undefined
  private readonly own = new Map<MarkStyle, Highlight>()

  constructor(private readonly doc: Document) {}

  /** Replaces all marks. */
  show(ranges: Record<MarkStyle, Range[]>): void {
    const total = STYLES.reduce((sum, style) => sum + ranges[style].length, 0)
    if (total === 0) {
      this.hide()
      return
    }
    const registry = this.registry()
    if (!registry) return
    for (const style of STYLES) {
      const highlight = new Highlight(...ranges[style])
      highlight.priority = PRIORITY[style]
      this.own.set(style, highlight)
      registry.set(MARK_NAMES[style], highlight)
    }
    this.dress()
  }

  /** Idempotent: nothing of ours is left in the page. */
  clear(): void {
    this.hide()
    if (!this.sheet) return
    adopt(
      this.doc,
      adopted(this.doc).filter((sheet) => sheet !== this.sheet)
    )
    this.sheet = undefined
  }

  /** Takes the marks away, not yet the sheet. Marks of another script under the same names are left alone. */
  private hide(): void {
    const registry = this.registry()
    for (const [style, highlight] of this.own) {
      if (registry?.get(MARK_NAMES[style]) === highlight) registry.delete(MARK_NAMES[style])
      highlight.clear()
    }
    this.own.clear()
  }

  private registry(): HighlightRegistry | undefined {
    return windowOf(this.doc)?.CSS?.highlights
  }

  /** Pages replace their list of sheets at will, so the style itself is looked at with every painting. */
  private dress(): void {
    if (this.isDressed()) return
    if (!this.sheet) {
      this.sheet = new CSSStyleSheet()
      this.sheet.replaceSync(MARK_SHEET)
    }
    adopt(this.doc, [...adopted(this.doc), this.sheet])
  }

  private isDressed(): boolean {
    const view = windowOf(this.doc)
    const style = view?.getComputedStyle(rootElementOf(this.doc), `::highlight(${MARK_NAMES.active})`)
    return style !== undefined && !/^(transparent|rgba\(0, 0, 0, 0\))?$/.test(style.backgroundColor)
  }
}
