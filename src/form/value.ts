/** Reading and writing what a field holds, the way the page itself would notice it. */
import type { Fillable } from "./fillable"

/** What a person sees in the field. */
export function shownIn(el: Fillable): string {
  if (el.localName === "select") {
    const { selectedOptions } = el as HTMLSelectElement
    return Array.from(selectedOptions, (option) => option.text.trim()).join(", ")
  }
  if (el.localName === "input" || el.localName === "textarea") return (el as HTMLInputElement).value
  return el.innerText ?? el.textContent ?? ""
}

/**
 * Writes by the setter of the element's class: frameworks put their own setter on the element to learn of
 * writes by their own code, and would take ours for one.
 */
export function writeValue(el: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const view = el.ownerDocument.defaultView as (Window & typeof globalThis) | null
  const type = el.localName === "textarea" ? view?.HTMLTextAreaElement : view?.HTMLInputElement
  const setter = type && Object.getOwnPropertyDescriptor(type.prototype, "value")?.set
  if (setter) setter.call(el, value)
  else el.value = value
}

export function fireInput(el: Element, data: string): void {
  el.dispatchEvent(
    new InputEvent("input", { bubbles: true, composed: true, inputType: "insertReplacementText", data })
  )
}

export function fireChange(el: Element): void {
  el.dispatchEvent(new Event("change", { bubbles: true, composed: true }))
}

/** Focus without scrolling. Where the panel has the keyboard the browser holds the events back: sent by us then. */
export function enter(el: Fillable): void {
  el.focus({ preventScroll: true })
  if (el.ownerDocument.hasFocus()) return
  el.dispatchEvent(new FocusEvent("focus", { composed: true }))
  el.dispatchEvent(new FocusEvent("focusin", { bubbles: true, composed: true }))
}

/** Lets the page finish its work on the field; the field itself stays the last one that had the focus. */
export function leave(el: Fillable): void {
  el.dispatchEvent(new FocusEvent("blur", { composed: true }))
  el.dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }))
}

/**
 * Lets the page act on what it was just told: frameworks work off an event after all its listeners ran, and would
 * otherwise hear the next event in the state before.
 */
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 16))

/** Presses and releases the pointer on an element as a person would. */
export function press(el: Element): void {
  const view = el.ownerDocument.defaultView
  const box = el.getBoundingClientRect()
  const init: PointerEventInit = {
    bubbles: true,
    cancelable: true,
    composed: true,
    view,
    button: 0,
    clientX: box.left + box.width / 2,
    clientY: box.top + box.height / 2,
    pointerId: 1,
    isPrimary: true
  }
  el.dispatchEvent(new PointerEvent("pointerover", init))
  el.dispatchEvent(new MouseEvent("mouseover", init))
  el.dispatchEvent(new MouseEvent("mousemove", init))
  el.dispatchEvent(new PointerEvent("pointerdown", { ...init, buttons: 1 }))
  el.dispatchEvent(new MouseEvent("mousedown", { ...init, buttons: 1 }))
  el.dispatchEvent(new PointerEvent("pointerup", init))
  el.dispatchEvent(new MouseEvent("mouseup", init))
  // A drawing (the cross of a chip) has no click of its own.
  if (typeof (el as HTMLElement).click === "function") (el as HTMLElement).click()
  else el.dispatchEvent(new MouseEvent("click", init))
}

const KEY_CODES: Record<string, number> = { Backspace: 8, Tab: 9 }

/**
 * A key pressed and released, with the number that older libraries ask for. Never Enter: it may send a form.
 * A key that a script presses does nothing but tell listeners; the browser itself does not act on it.
 */
export function pressKey(el: Element, key: "Backspace" | "Tab"): void {
  const init = { key, code: key, bubbles: true, cancelable: true, composed: true, keyCode: KEY_CODES[key] }
  el.dispatchEvent(new KeyboardEvent("keydown", init))
  el.dispatchEvent(new KeyboardEvent("keyup", init))
}

/**
 * Asks again and again until `seen` holds or the time is over. Pages answer late: validation, formatting
 * and controlled fields run after the event.
 * @returns what `seen` gave last
 */
export async function until<T>(
  ask: () => T,
  seen: (value: T) => boolean,
  { least = 0, most }: { least?: number; most: number }
): Promise<T> {
  const start = performance.now()
  for (;;) {
    const value = ask()
    const spent = performance.now() - start
    if ((spent >= least && seen(value)) || spent >= most) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
