/** Filling inputs and text areas. */
import { faultOf, judge, type Outcome, rejected } from "./outcome"
import { enter, fireChange, fireInput, leave, until, writeValue } from "./value"

export type TextField = HTMLInputElement | HTMLTextAreaElement

/** Pages validate, reformat and re-render after the event: read back until here. */
export const READ_BACK = { least: 120, most: 300 }

/**
 * What the field should hold afterwards: an input is replaced; in a text area, which may hold a note, the
 * code is put at the caret, apart from the words around it.
 */
export function targetValue(el: TextField, value: string): string {
  if (el.localName !== "textarea" || el.value === "") return value
  // A caret at the very start was most often never put there: the code then follows the text.
  const start = el.selectionStart || el.value.length
  const end = el.selectionStart ? (el.selectionEnd ?? start) : start
  const before = el.value.slice(0, start)
  const after = el.value.slice(end)
  const gapBefore = before === "" || /\s$/.test(before) ? "" : " "
  const gapAfter = after === "" || /^[\s.,;:)]/.test(after) ? "" : " "
  return before + gapBefore + value + gapAfter + after
}

export async function fillText(el: TextField, value: string): Promise<Outcome> {
  const { maxLength } = el
  const before = el.value
  const target = targetValue(el, value)
  // A script can write more than the field takes; what the server gets would be cut off.
  if (maxLength >= 0 && target.length > maxLength)
    return rejected(before, `The field takes ${maxLength} characters, "${value}" does not fit.`)
  const wasValid = faultOf(el) === undefined
  enter(el)
  if (!el.isConnected)
    return rejected("", "The page replaced the field when it was entered. Choose it again.")
  writeValue(el, target)
  fireInput(el, value)
  fireChange(el)
  leave(el)
  const shown = await readBack(el, target)
  if (shown === undefined)
    return rejected("", "The page replaced the field while it was filled. Check the form.")
  return judge(el, before, target, shown, wasValid)
}

/** Undefined when the element left the page meanwhile. */
export async function readBack(el: TextField, wanted: string): Promise<string | undefined> {
  const shown = await until(
    () => el.value,
    (value) => value === wanted,
    READ_BACK
  )
  return el.isConnected ? shown : undefined
}
