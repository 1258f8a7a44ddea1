/** Which elements can take a code, what kind they are, and why one may not be touched. */
import type { FieldInfo } from "@/messages/page-protocol"
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
  return (el as HTMLElement).isContentEditable === true ? "editable" : null
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
    if (kind) return el as Fillable
    if (el.getAttribute("role") === "combobox") return el.querySelector<HTMLInputElement>("input")
    if (el.localName === "label") {
      const { control } = el as HTMLLabelElement
      if (control && kindOf(control)) return control as Fillable
    }
  }
  return null
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
  if (readOnly === true || el.getAttribute("aria-readonly") === "true") return "The field can only be read."
  const hidden =
    !el.checkVisibility({ visibilityProperty: true }) || (el as HTMLInputElement).type === "hidden"
  const box = el.getBoundingClientRect()
  if (hidden || box.width < 2 || box.height < 2) return "The field cannot be seen."
  return undefined
}

export const isFillable = (el: Element | null): el is Fillable =>
  el !== null && kindOf(el) !== null && refusalOf(el as Fillable) === undefined
