/** Which elements can take a code, what kind they are, and why one may not be touched. */
import type { FieldInfo } from "@/messages/page-protocol"
import { CELL, cellAt } from "./cells"
import { above } from "./field-env"

export type Fillable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLElement
export type FieldKind = FieldInfo["kind"]

const TYPED = new Set(["", "text", "search", "tel", "number", "url", "email"])

/** Kind of field, or null when the element is none. Never `instanceof`: frames have their own classes. */
export function kindOf(el: Element): FieldKind | null {
  if (el.localName === "select") return "select"
  if (el.localName === "textarea") return "textarea"
  if (el.localName === "input") {
    if (!TYPED.has((el as HTMLInputElement).type)) return null
    return isCombobox(el as HTMLInputElement) ? "combobox" : "input"
  }
  if (el.getAttribute("role") === "combobox") return "combobox"
  if ((el as HTMLElement).isContentEditable === true) return "editable"
  return el.matches(CELL) ? "cell" : null
}

function isCombobox(input: HTMLInputElement): boolean {
  // A datalist suggests; the typed text itself is the value.
  if (input.list) return false
  return (
    input.getAttribute("role") === "combobox" ||
    /^(list|both)$/.test(input.getAttribute("aria-autocomplete") ?? "") ||
    input.getAttribute("aria-haspopup") === "listbox" ||
    input.classList.contains("ui-autocomplete-input")
  )
}

/** The field that an element is or belongs to: the host of an editor, the input of a combobox. */
export function fieldAt(start: Element | null): Fillable | null {
  for (let el = start, depth = 0; el && depth < 40; el = above(el), depth++) {
    const kind = kindOf(el)
    if (kind === "editable") return editingHost(el as HTMLElement)
    // A drawn combobox around an input is that input (older ARIA).
    if (kind === "combobox" && el.localName !== "input")
      return el.querySelector<HTMLInputElement>("input:not([type=hidden])") ?? (el as HTMLElement)
    // The search field of an open list that floats elsewhere belongs to the combobox that opened it.
    const opener = kind === "combobox" ? openerOf(el) : null
    if (opener) return opener
    if (kind === "input" || kind === "textarea") return (outerCell(el) ?? el) as Fillable
    if (kind) return el as Fillable
    if (el.localName === "label") {
      const { control } = el as HTMLLabelElement
      if (control && kindOf(control)) return control as Fillable
    }
  }
  return null
}

function openerOf(search: Element): HTMLElement | null {
  const list = search.getAttribute("aria-controls") || search.getAttribute("aria-owns")
  if (!list) return null
  const id = CSS.escape(list)
  const root = search.getRootNode() as Document | ShadowRoot
  const opener = root.querySelector<HTMLElement>(
    `[role=combobox][aria-owns~="${id}"], [role=combobox][aria-controls~="${id}"]`
  )
  return opener && opener !== search && !opener.contains(search) ? opener : null
}

/** An editor that is open in a cell of a grid is gone after the edit; the cell stays. */
function outerCell(el: Element): HTMLElement | null {
  const cell = cellAt(el)
  return cell && cell.querySelectorAll("input, textarea, select").length === 1 ? cell : null
}

function editingHost(el: HTMLElement): HTMLElement {
  let host = el
  while (host.parentElement?.isContentEditable) host = host.parentElement
  return host
}

/** A plain sentence why this field must not be filled; undefined when it may be. */
export function refusalOf(el: Fillable): string | undefined {
  if (!el.isConnected) return "The field is no longer on the page."
  if (el.matches(":disabled") || el.closest("[aria-disabled=true], [inert]"))
    return "The field is switched off."
  const { readOnly } = el as HTMLInputElement
  // A combobox that only lets choose is read-only to the keyboard.
  const chooses = el.getAttribute("role") === "combobox"
  if ((readOnly === true && !chooses) || el.getAttribute("aria-readonly") === "true")
    return "The field can only be read."
  const hidden =
    !el.checkVisibility({ visibilityProperty: true }) || (el as HTMLInputElement).type === "hidden"
  const box = el.getBoundingClientRect()
  // Grids hold the keyboard in a field that they keep outside the page.
  const { scrollX = 0, scrollY = 0 } = el.ownerDocument.defaultView ?? {}
  const outside = box.right + scrollX <= 0 || box.bottom + scrollY <= 0
  if (hidden || outside || box.width < 2 || box.height < 2) return "The field cannot be seen."
  return undefined
}

export const isFillable = (el: Element | null): el is Fillable =>
  el !== null && kindOf(el) !== null && refusalOf(el as Fillable) === undefined
