/** The only code that ever scrolls the chart, and only because the coder asked. */
import { windowOf } from "./dom"

/** Element around this one in the drawn tree, through shadow roots. */
function above(el: Element): Element | null {
  const slot = el.assignedSlot
  if (slot) return slot
  if (el.parentElement) return el.parentElement
  const root = el.getRootNode()
  return "host" in root ? (root as ShadowRoot).host : null
}

/** Centres `box()` in every scrolling ancestor of `el`, inner ones first, then the frame, then its parents. */
export function bringIntoView(el: Element, box: () => DOMRect): void {
  const view = windowOf(el.ownerDocument)
  if (!view) return
  // Scrolls the frames around this one as well, as far as the browser lets us.
  el.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" })
  for (let pane: Element | null = el; pane; pane = above(pane)) {
    const { overflowY, overflowX } = view.getComputedStyle(pane)
    if (!/auto|scroll|hidden/.test(overflowY + overflowX) || pane === el.ownerDocument.scrollingElement)
      continue
    const outer = pane.getBoundingClientRect()
    const inner = box()
    if (pane.scrollHeight > pane.clientHeight && (inner.top < outer.top || inner.bottom > outer.bottom))
      pane.scrollTop += inner.top + inner.height / 2 - (outer.top + pane.clientHeight / 2)
    if (pane.scrollWidth > pane.clientWidth && (inner.left < outer.left || inner.right > outer.right))
      pane.scrollLeft += inner.left + inner.width / 2 - (outer.left + pane.clientWidth / 2)
  }
  const inner = box()
  const dy =
    inner.top < 0 || inner.bottom > view.innerHeight ? inner.top + inner.height / 2 - view.innerHeight / 2 : 0
  const dx =
    inner.left < 0 || inner.right > view.innerWidth ? inner.left + inner.width / 2 - view.innerWidth / 2 : 0
  if (dx !== 0 || dy !== 0) view.scrollBy({ left: dx, top: dy, behavior: "instant" })
}
