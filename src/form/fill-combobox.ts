/**
 * Fields that want a choice from a list: the code is typed, and the one entry that carries exactly this code
 * is pressed. Without such an entry the old text is put back. Enter is never pressed: it may send a form.
 */
import { carriesCode } from "./codes"
import type { FormEnv } from "./field-env"
import { changedSince, type HiddenChange, hiddenBeside } from "./hidden-fields"
import {
  closeList,
  entriesFor,
  isChosen,
  isForSeveral,
  isOpen,
  isPointedAt,
  labelOfEntry,
  selectBehind,
  shownInWidget,
  widgetOf
} from "./lists"
import { type Outcome, rejected } from "./outcome"
import { enter, fireChange, fireInput, leave, press, settle, until, writeValue } from "./value"

/** Lists that ask a server take their time. */
const LIST = { least: 60, most: 2_500 }
const OPENING = { least: 0, most: 600 }
const COMMIT = { least: 120, most: 800 }

/** What was chosen, so that it can be taken back. */
export interface Choice {
  /** Text of the entry. */
  label: string
  /** Shown as a chip beside the field; else the field's own text is the choice. */
  chip: boolean
  /** Text of the field before. */
  before: string
  /** Of a native list behind the drawn one: what was chosen in it before (its index), -1 for nothing. */
  indexBefore: number
  /** Hidden fields beside it that the page set with the choice (code beside the name). */
  hidden: HiddenChange[]
}

export interface ComboboxOutcome extends Outcome {
  choice?: Choice
}

type Input = HTMLInputElement

/** The field in which the search text is typed; a combobox without one shows it once its list is open (select2). */
async function typingField(el: HTMLElement): Promise<Input | undefined> {
  if (el.localName === "input" && !(el as Input).readOnly) return el as Input
  const own = () => {
    const active = el.ownerDocument.activeElement
    const search = active?.localName === "input" ? (active as Input) : null
    return search && !search.readOnly && search !== el ? search : undefined
  }
  const isIt = isOpen(el, widgetOf(el))
  if (isIt && own()) return own()
  enter(el)
  if (!isIt) press(el)
  return until(own, Boolean, OPENING)
}

export async function fillCombobox(el: HTMLElement, value: string, env: FormEnv): Promise<ComboboxOutcome> {
  const widget = widgetOf(el)
  const shownBefore = shownInWidget(widget)
  const field = await typingField(el)
  const before = field?.value ?? ""
  const hiddenBefore = hiddenBeside(widget)
  const indexBefore = selectBehind(widget)?.selectedIndex ?? -1
  if (field) {
    enter(field)
    if (!isOpen(field, widget)) press(field)
    await settle()
    type(field, value)
  }
  const found = await until(
    () => entriesFor(field ?? el, value, env),
    (entries) => entries.length > 0,
    LIST
  )
  const [entry] = found
  if (!entry || found.length > 1) {
    if (field) {
      type(field, before)
      fireChange(field)
      leave(field)
    }
    await closeList(field ?? el)
    const why = entry
      ? `More than one entry of the list carries ${value}.`
      : `The list offered no entry ${value}.`
    return rejected(field === el ? field.value : shownBefore.trim().slice(0, 80), why)
  }
  const label = labelOfEntry(entry)
  // Of a list for one choice, some libraries mark the entry that is only pointed at.
  const marked = isChosen(entry)
  if (shownBefore.includes(label) || (marked && isForSeveral(entry) && !isPointedAt(entry, field ?? el))) {
    if (field) type(field, before)
    await closeList(field ?? el)
    return rejected(label, `${value} is chosen already.`)
  }
  press(entry)
  const taken = await until(
    () => takenAs({ el, field, widget, entry, marked, value, label, shownBefore }),
    Boolean,
    COMMIT
  )
  // Pressing what was chosen already takes it out of a list for several: put in again.
  const wasIn = !taken && marked && entry.isConnected && !isChosen(entry)
  if (wasIn) press(entry)
  await closeList(field ?? el)
  if (wasIn) return rejected(label, `${value} is chosen already.`)
  if (taken) {
    const choice = { label, chip: taken === "chip", before, indexBefore, hidden: changedSince(hiddenBefore) }
    return { outcome: "accepted", value: label || value, choice }
  }
  const shown = field === el ? field.value : shownInWidget(widget).trim().slice(0, 80)
  if (shown === before || shown === value) {
    // Typed text that was never chosen is no code: it is not left standing.
    if (field) type(field, before)
    return rejected(before, "The field did not take the chosen entry.")
  }
  return {
    outcome: "altered",
    value: shown,
    reason: `The field shows "${shown}" after "${label}" was chosen.`
  }
}

interface Asked {
  el: HTMLElement
  field: Input | undefined
  widget: Element
  entry: Element
  /** The list marked it before it was pressed. */
  marked: boolean
  value: string
  label: string
  shownBefore: string
}

/** How the widget shows that it took the entry; undefined as long as it does not. */
function takenAs(asked: Asked): "chip" | "text" | undefined {
  const { el, field, widget, entry, marked, value, label, shownBefore } = asked
  const behind = selectBehind(widget)
  if (behind && Array.from(behind.selectedOptions).some((option) => carriesCode(option.text, value)))
    return "chip"
  const shown = shownInWidget(widget)
  if (shown !== shownBefore && shown.includes(label)) return "chip"
  // A list that stays open marks what is chosen in it.
  if (!marked && entry.isConnected && isChosen(entry) && isForSeveral(entry)) return "chip"
  const text = (el.localName === "input" ? (el as Input) : field)?.value ?? ""
  // The text that was typed proves nothing, unless the entry is no more than the code itself.
  const isEntry = text.trim() === label || (text !== value && carriesCode(text, value))
  const isClosed = !entry.isConnected || !entry.checkVisibility()
  return text !== "" && isEntry && isClosed ? "text" : undefined
}

export function type(el: Input, value: string): void {
  const last = value.at(-1) ?? "Backspace"
  const keys = { bubbles: true, composed: true, key: last }
  el.dispatchEvent(new KeyboardEvent("keydown", { ...keys, cancelable: true }))
  writeValue(el, value)
  fireInput(el, value)
  el.dispatchEvent(new KeyboardEvent("keyup", keys))
}
