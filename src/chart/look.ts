/**
 * How an element is laid out, as far as reading needs it. Asking the style sheet for every node would be
 * slow, so the answer is remembered by the way down from the root: tag, class, id and style attribute of
 * an element, below the same of its ancestors. Ten thousand rows of one table ask once.
 *
 * What may differ between two elements on the same way (a tab that is hidden) is never remembered here;
 * the walker asks for that each time.
 */

import { attributeOf } from "./dom"
import { saysApplication, saysBanner, saysHiddenText, saysOtherPatients } from "./page-words"
import { Break, type WhiteSpace } from "./pieces"
import { BLOCKS, PARAGRAPHS, PREFORMATTED } from "./tags"

export interface Look {
  /** What separates the element from its neighbours. */
  edge: Break
  space: WhiteSpace
  /** Children stand side by side (a flex row). */
  row: boolean
  /** Cuts off what does not fit: may be folded to nothing. */
  clips: boolean
  /** Absolute or fixed: may be parked off the screen. */
  placed: boolean
  /** Scrolls by itself: a pane of the application. */
  scrolls: boolean
  /** What class and id say the element is for. */
  purpose: "" | "application" | "other-patients" | "banner" | "hidden-text"
  below: Map<string, Look>
}

/** Style questions a reading; after that the lists of tags decide. */
const BUDGET = 6_000
/** Style attributes that matter here; the rest (a row's position) would only make every element unique. */
const TELLING = /display|white-space|overflow|position|float/

export class Looks {
  readonly root: Look = plain(Break.line, "collapse")
  asked = 0

  of(el: Element, tag: string, parent: Look): Look {
    const names = attributeOf(el, "class") ?? ""
    const id = attributeOf(el, "id") ?? ""
    const style = attributeOf(el, "style")
    let key = tag
    if (names !== "") key += `.${names}`
    if (id !== "") key += `#${id.replace(/\d+/g, "0")}`
    if (style !== null && TELLING.test(style)) key += `;${style.replace(/\d+/g, "0")}`
    let look = parent.below.get(key)
    if (!look) {
      look = this.ask(el, tag, parent, id === "" ? names : `${names} ${id}`)
      parent.below.set(key, look)
    }
    return look
  }

  private ask(el: Element, tag: string, parent: Look, names: string): Look {
    if (this.asked >= BUDGET) return byTag(tag, parent, names)
    this.asked++
    const style = getComputedStyle(el)
    const { display } = style
    const overflow = `${style.overflowX} ${style.overflowY}`
    const flex = display === "flex" || display === "inline-flex"
    return {
      edge: edgeOf(display, tag, parent),
      space: spaceOf(style.getPropertyValue("white-space-collapse")),
      row: flex && style.flexDirection.startsWith("row") && style.flexWrap === "nowrap",
      clips: /hidden|clip/.test(overflow) && display !== "inline",
      placed: style.position === "absolute" || style.position === "fixed",
      scrolls: /auto|scroll/.test(overflow),
      purpose: purposeOf(names),
      below: new Map()
    }
  }
}

function edgeOf(display: string, tag: string, parent: Look): Break {
  if (display === "inline" || display === "contents" || display.startsWith("ruby")) return Break.none
  if (display.startsWith("inline")) return Break.blank
  if (PARAGRAPHS.has(tag)) return Break.paragraph
  return parent.row ? Break.tab : Break.line
}

function spaceOf(collapse: string): WhiteSpace {
  if (collapse === "collapse") return "collapse"
  return collapse === "preserve-breaks" ? "lines" : "keep"
}

function purposeOf(names: string): Look["purpose"] {
  if (names === "") return ""
  if (saysHiddenText(names)) return "hidden-text"
  if (saysOtherPatients(names)) return "other-patients"
  if (saysApplication(names)) return "application"
  return saysBanner(names) ? "banner" : ""
}

function plain(edge: Break, space: WhiteSpace): Look {
  return {
    edge,
    space,
    row: false,
    clips: false,
    placed: false,
    scrolls: false,
    purpose: "",
    below: new Map()
  }
}

function byTag(tag: string, parent: Look, names: string): Look {
  const edge = PARAGRAPHS.has(tag) ? Break.paragraph : BLOCKS.has(tag) ? Break.line : Break.none
  return { ...plain(edge, PREFORMATTED.has(tag) ? "keep" : parent.space), purpose: purposeOf(names) }
}
