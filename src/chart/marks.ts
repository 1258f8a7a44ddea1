/** Marks in the page by the CSS Custom Highlight API: nothing is put into the page's tree. */
import { adopt, adopted, rootElementOf, windowOf } from "./dom"
import { MARK_NAMES, MARK_SHEET, type MarkStyle, PRIORITY, STYLES } from "./mark-styles"

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
