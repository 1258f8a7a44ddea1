/**
 * Taking a chosen entry out of a widget again: by the cross of its chip, by Backspace in the empty field, by the
 * native list behind it, or by pressing the entry once more. Each way is tried only when the one before left the chip.
 */
import { carriesCode } from "./codes"
import type { FormEnv } from "./field-env"
import { type Choice, type } from "./fill-combobox"
import {
  closeList,
  entriesFor,
  isChosen,
  isInList,
  isOpen,
  selectBehind,
  shownInWidget,
  widgetOf
} from "./lists"
import { enter, fireChange, press, pressKey, until } from "./value"

const GONE = { least: 40, most: 500 }
const CROSS =
  "button, [role=button], [class*=remove], [class*=close], [class*=delete], [aria-label*=remove i], [aria-label*=delete i], svg"

const flat = (text: string | null) => (text ?? "").replace(/\s+/g, " ").trim()

/** The outermost element that holds this chip and no other text than it (and its cross). */
function chipOf(widget: Element, label: string): Element | undefined {
  const room = label.length + 12
  const holding = Array.from(widget.querySelectorAll("*")).filter((el) => {
    if (isInList(el)) return false
    const text = flat(el.textContent)
    return text.includes(label) && text.length <= room
  })
  // The last one that was added, and of what nests the outermost.
  const last = holding.at(-1)
  return last && holding.find((el) => el.contains(last))
}

/** @returns whether the page shows that it is gone */
export async function takeBackChoice(
  el: HTMLElement,
  choice: Choice,
  value: string,
  env: FormEnv
): Promise<boolean> {
  const { label, indexBefore } = choice
  const widget = widgetOf(el)
  const behind = selectBehind(widget)
  const isIn = () =>
    shownInWidget(widget).includes(label) ||
    (behind !== undefined && Array.from(behind.selectedOptions).some((o) => carriesCode(o.text, value)))
  const counted = chipOf(widget, label) === undefined && !isIn()
  if (!counted) {
    const gone = () => !isIn()
    const ways = [
      () => byCross(widget, label),
      () => byBackspace(el),
      () => byList(behind, value, indexBefore)
    ]
    for (const way of ways) {
      way()
      if (await until(gone, Boolean, GONE)) {
        // Lists open again a moment after a choice was taken out (select2).
        await until(() => isOpen(el, widget), Boolean, GONE)
        await closeList(el)
        return true
      }
    }
  }
  return byEntry(el, value, env)
}

function byCross(widget: Element, label: string): void {
  const cross = chipOf(widget, label)?.querySelector(CROSS)
  if (cross) press(cross)
}

function byBackspace(el: HTMLElement): void {
  if (el.localName !== "input" || (el as HTMLInputElement).value !== "") return
  enter(el)
  pressKey(el, "Backspace")
}

function byList(behind: HTMLSelectElement | undefined, value: string, indexBefore: number): void {
  if (!behind) return
  if (behind.multiple) {
    for (const option of behind.selectedOptions) if (carriesCode(option.text, value)) option.selected = false
  } else behind.selectedIndex = indexBefore
  fireChange(behind)
}

/** Presses the cross that empties a field with one choice. */
export function clear(el: HTMLElement): void {
  const cross = widgetOf(el).querySelector("[aria-label*=clear i], [title*=clear i], [class*=clear] button")
  if (cross?.checkVisibility()) press(cross)
}

/** Pressing a chosen entry again takes it out of lists with ticks. */
async function byEntry(el: HTMLElement, value: string, env: FormEnv): Promise<boolean> {
  const input = el.localName === "input" ? (el as HTMLInputElement) : undefined
  enter(el)
  press(el)
  if (input && !input.readOnly) type(input, value)
  const [entry] = await until(
    () => entriesFor(el, value, env),
    (entries) => entries.length > 0,
    GONE
  )
  let back = false
  if (entry && isChosen(entry)) {
    press(entry)
    back = await until(() => !isChosen(entry), Boolean, GONE)
  }
  if (input && !input.readOnly) type(input, "")
  await closeList(el)
  return back
}
