/** The list that belongs to a combobox: where it is, its entries, which of them carries a code, and closing it. */
import { carriesCode } from "./codes"
import { above, type FormEnv } from "./field-env"
import { until } from "./value"

const ENTRIES = "[role=option], .ui-menu-item, .select2-results__option, [role=listbox] > li"
const LISTS = "[role=listbox], .ui-autocomplete, .select2-results"
const ENTRY_LIMIT = 2_000
/** Told to screen readers only, and after the fact. */
const SPOKEN = "[aria-live], [role=log], [role=status]"
/** Fields that a person types in; a field out of reach holds the value for the form. */
const TYPED = "input:not([type=hidden]):not([tabindex='-1']):not([aria-hidden=true]), textarea"
/** Element that holds the field and what it shows beside it (pills). */
const WIDGET_LEVELS = 4
const CLOSING = { least: 30, most: 250 }

/** The drawn widget around a combobox: its input, its chips, its arrow. */
export function widgetOf(el: Element): Element {
  let widget: Element = el
  for (let level = 0; level < WIDGET_LEVELS; level++) {
    const outer = above(widget)
    if (!outer || outer.querySelectorAll(TYPED).length > 1) break
    if (outer.querySelectorAll("select").length > 1 || outer.localName === "form") break
    widget = outer
  }
  return widget
}

/** What the widget shows, without its list: the texts of chips and of the chosen entry. */
export function shownInWidget(widget: Element): string {
  const walker = widget.ownerDocument.createTreeWalker(widget, NodeFilter.SHOW_TEXT)
  let text = ""
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    if (node.parentElement && !isInList(node.parentElement)) text += `${node.data} `
  }
  return text.replace(/\s+/g, " ")
}

/** Lists that are closed are often still there, unseen. */
const isSeen = (el: Element) => el.checkVisibility({ visibilityProperty: true })

function ownLists(el: Element): Element[] {
  const root = el.getRootNode() as Document | ShadowRoot
  const ids = ["aria-controls", "aria-owns"].flatMap((name) => (el.getAttribute(name) ?? "").split(/\s+/))
  return ids
    .map((id) => (id ? (root.getElementById?.(id) ?? el.ownerDocument.getElementById(id)) : null))
    .filter((list) => list !== null)
}

/** Visible entries of the field's own list, else of any list, that carry exactly this code. */
export function entriesFor(el: Element, value: string, env: FormEnv): Element[] {
  const root = el.getRootNode() as Document | ShadowRoot
  const host = "host" in root ? [root.host] : []
  const own = ownLists(el).filter((list) => list.querySelector(ENTRIES) || env.shadowRootOf(list))
  const scopes: (Element | Document | ShadowRoot)[] =
    own.length > 0
      ? own.flatMap((list) => env.shadowRootOf(list) ?? list)
      : [widgetOf(el), root, ...host, el.ownerDocument]
  const found = new Set<Element>()
  for (const scope of scopes) {
    for (const entry of Array.from(scope.querySelectorAll(ENTRIES)).slice(0, ENTRY_LIMIT)) {
      if (standsFor(entry, value) && isSeen(entry)) found.add(entry)
    }
    // What stands nearest is the field's: a list that another field left open does not count beside it.
    if (found.size > 0) break
  }
  // An entry inside an entry is the same choice.
  return [...found].filter((entry) => ![...found].some((other) => other !== entry && other.contains(entry)))
}

function standsFor(entry: Element, value: string): boolean {
  if (entry.getAttribute("aria-disabled") === "true") return false
  const data = ["data-code", "data-value", "value"].map((name) => entry.getAttribute(name))
  return [...data, entry.textContent].some(
    (text) => text !== null && text.length < 400 && carriesCode(text, value)
  )
}

export const isInList = (el: Element) => el.closest(`${LISTS}, ${ENTRIES}, ${SPOKEN}, select`) !== null

export const labelOfEntry = (entry: Element) => (entry.textContent ?? "").replace(/\s+/g, " ").trim()

/** Says of itself that it is chosen. */
export const isChosen = (entry: Element) =>
  entry.getAttribute("aria-selected") === "true" ||
  entry.getAttribute("aria-checked") === "true" ||
  entry.querySelector("input[type=checkbox]:checked") !== null

/** Its list takes several choices, so that its marks mean choices. */
export const isForSeveral = (entry: Element) =>
  entry.closest("[aria-multiselectable=true]") !== null ||
  entry.querySelector("input[type=checkbox], [role=checkbox]") !== null

/** Only pointed at: some libraries mark that with the word for chosen. */
export const isPointedAt = (entry: Element, field: Element) =>
  (entry.id !== "" && field.getAttribute("aria-activedescendant") === entry.id) ||
  /highlight|active|focus|hover/i.test(entry.getAttribute("class") ?? "")

/** The native list behind a drawn one: in it, or right before it (select2). */
export function selectBehind(widget: Element): HTMLSelectElement | undefined {
  const inside = widget.querySelector("select")
  if (inside) return inside
  for (let at: Element | null = widget, level = 0; at && level < 3; at = above(at), level++) {
    const before = at.previousElementSibling
    if (before?.localName === "select") return before as HTMLSelectElement
  }
  return undefined
}

export const isOpen = (el: Element, widget: Element) =>
  el.getAttribute("aria-expanded") === "true" || widget.querySelector("[aria-expanded=true]") !== null

/**
 * Closes a list that stays open after a choice, as a person does who goes on: leaves the field, then presses beside
 * it. Escape would also close a dialog around the form.
 */
export async function closeList(el: HTMLElement): Promise<void> {
  const widget = widgetOf(el)
  const closed = () => !isOpen(el, widget)
  if (await until(closed, Boolean, CLOSING)) return
  el.blur()
  if (await until(closed, Boolean, CLOSING)) return
  const beside = above(widget)
  if (!beside || beside.matches("a, button, [role=button], label")) return
  const init = { bubbles: true, composed: true, cancelable: true }
  beside.dispatchEvent(new PointerEvent("pointerdown", init))
  beside.dispatchEvent(new MouseEvent("mousedown", init))
  beside.dispatchEvent(new PointerEvent("pointerup", init))
  beside.dispatchEvent(new MouseEvent("mouseup", init))
  await until(closed, Boolean, CLOSING)
}
