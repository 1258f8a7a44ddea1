/**
 * Fields that want a choice from a list: the code is typed, and the one entry that carries exactly this code
 * is pressed. Without such an entry the old text is put back. No key is ever pressed: Enter may send a form.
 */

import { carriesCode } from "./codes"
import { above, type FormEnv } from "./field-env"
import { type Outcome, rejected } from "./outcome"
import { enter, fireChange, fireInput, leave, press, until, writeValue } from "./value"

/** Lists that ask a server take their time. */
const LIST = { least: 60, most: 2_500 }
const COMMIT = { least: 120, most: 600 }
const ENTRIES = "[role=option], .ui-menu-item, .select2-results__option, [role=listbox] > li"
const ENTRY_LIMIT = 2_000
/** Element that holds the field and what it shows beside it (pills). */
const WIDGET_LEVELS = 4

export async function fillCombobox(el: HTMLInputElement, value: string, env: FormEnv): Promise<Outcome> {
  const before = el.value
  const widget = widgetOf(el)
  const pillsBefore = widget.textContent ?? ""
  enter(el)
  press(el)
  type(el, value)
  const found = await until(
    () => entriesFor(el, value, env),
    (entries) => entries.length > 0,
    LIST
  )
  const [entry] = found
  if (!entry || found.length > 1) {
    type(el, before)
    fireChange(el)
    leave(el)
    const why = entry
      ? `More than one entry of the list carries ${value}.`
      : `The list offered no entry ${value}.`
    return rejected(el.value, why)
  }
  const label = (entry.textContent ?? "").replace(/\s+/g, " ").trim()
  press(entry)
  const shows = () => {
    if (carriesCode(el.value, value) || (label !== "" && el.value.trim() === label)) return el.value
    const pills = widget.textContent ?? ""
    return pills !== pillsBefore && pills.includes(label || value) ? label : undefined
  }
  const shown = await until(shows, (text) => text !== undefined, COMMIT)
  if (shown !== undefined) return { outcome: "accepted", value: shown }
  if (el.value === before) return rejected(before, "The field did not take the chosen entry.")
  return {
    outcome: "altered",
    value: el.value,
    reason: `The field shows "${el.value}" after "${label}" was chosen.`
  }
}

function widgetOf(el: Element): Element {
  let widget: Element = el
  for (let level = 0; level < WIDGET_LEVELS; level++) {
    const outer = above(widget)
    if (!outer || outer.querySelectorAll("input, select, textarea").length > 2) break
    widget = outer
  }
  return widget
}

function type(el: HTMLInputElement, value: string): void {
  const last = value.at(-1) ?? "Backspace"
  const keys = { bubbles: true, composed: true, key: last }
  el.dispatchEvent(new KeyboardEvent("keydown", { ...keys, cancelable: true }))
  writeValue(el, value)
  fireInput(el, value)
  el.dispatchEvent(new KeyboardEvent("keyup", keys))
}

/** Visible entries of the field's own list, else of any list, that carry exactly this code. */
function entriesFor(el: HTMLInputElement, value: string, env: FormEnv): Element[] {
  const root = el.getRootNode() as Document | ShadowRoot
  const ids = `${el.getAttribute("aria-controls") ?? ""} ${el.getAttribute("aria-owns") ?? ""}`.split(/\s+/)
  const own = ids.map((id) => (id ? root.getElementById(id) : null)).filter((list) => list !== null)
  const scopes: (Element | Document | ShadowRoot)[] =
    own.length > 0 ? own.flatMap((list) => env.shadowRootOf(list) ?? list) : [root, el.ownerDocument]
  const found = new Set<Element>()
  for (const scope of scopes) {
    for (const entry of Array.from(scope.querySelectorAll(ENTRIES)).slice(0, ENTRY_LIMIT)) {
      if (standsFor(entry, value) && entry.checkVisibility()) found.add(entry)
    }
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
