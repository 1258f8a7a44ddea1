/**
 * Marks in the page by the CSS Custom Highlight API: nothing is put into the page's tree. Names in the
 * registry say nothing (a page can read them). Background and text colour are always set together, so that
 * contrast does not depend on the page: each pair has 7:1 or more.
 */
import type { PaintSpan } from "@/messages/page-protocol"

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

const SHEET = [
  ...STYLES.map((style) => {
    const { back, text } = MARK_COLOURS[style]
    const line = style === "active" ? ";text-decoration:underline 2px" : ""
    return `::highlight(${MARK_NAMES[style]}){background-color:${back};color:${text}${line}}`
  }),
  `@media (forced-colors:active){${STYLES.map(
    (style) => `::highlight(${MARK_NAMES[style]}){background-color:Mark;color:MarkText}`
  ).join("")}}`
].join("\n")

type Root = Document | ShadowRoot

export class Marks {
  private sheet: CSSStyleSheet | undefined
  private readonly own = new Map<MarkStyle, Highlight>()
  private readonly dressed = new Set<Root>()

  constructor(private readonly doc: Document) {}

  /** Replaces all marks. Empty lists take everything of ours out of the page. */
  show(ranges: Record<MarkStyle, Range[]>): void {
    const total = STYLES.reduce((sum, style) => sum + ranges[style].length, 0)
    if (total === 0) {
      this.clear()
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
    this.dress(this.doc)
    for (const range of STYLES.flatMap((style) => ranges[style])) {
      const root = range.startContainer.getRootNode()
      if (root !== this.doc) this.dress(root as ShadowRoot)
    }
  }

  /** Idempotent. Marks of another script under the same names are left alone. */
  clear(): void {
    const registry = this.registry()
    for (const [style, highlight] of this.own) {
      if (registry?.get(MARK_NAMES[style]) === highlight) registry.delete(MARK_NAMES[style])
      highlight.clear()
    }
    this.own.clear()
    for (const root of this.dressed) {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet)
    }
    this.dressed.clear()
  }

  private registry(): HighlightRegistry | undefined {
    return (this.doc.defaultView as (Window & typeof globalThis) | null)?.CSS?.highlights
  }

  /** Pages replace their list of sheets at will, so the list is looked at with every painting. */
  private dress(root: Root): void {
    if (!this.sheet) {
      this.sheet = new CSSStyleSheet()
      this.sheet.replaceSync(SHEET)
    }
    if (!root.adoptedStyleSheets.includes(this.sheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet]
    }
    this.dressed.add(root)
  }
}
