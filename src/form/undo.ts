/** What a field held before a fill, and putting it back. */

import type { FormEnv } from "./field-env"
import type { Choice } from "./fill-combobox"
import { undoEditable } from "./fill-editable"
import { choose } from "./fill-select"
import { READ_BACK, readBack, type TextField } from "./fill-text"
import { type Fillable, kindOf } from "./fillable"
import { fillCell } from "./grid-cell"
import { putBack } from "./hidden-fields"
import { type Outcome, rejected } from "./outcome"
import { clear, takeBackChoice } from "./undo-choice"
import { enter, fireChange, fireInput, leave, shownIn, until, writeValue } from "./value"

export type FieldState = { text: string } | { chosen: number[] } | Choice

export interface Undo {
  /** The field as it is drawn now; undefined when it is gone. */
  find(): Fillable | undefined
  state: FieldState
  filled: string
  /** What the page showed after the fill; when it shows something else now, somebody worked there. */
  shown: string
  url: string
  /** What the page called the field then: its chips may be part of its name by now. */
  label: string
}

export function rememberState(el: Fillable): FieldState {
  if (el.localName === "select") {
    return { chosen: Array.from((el as HTMLSelectElement).selectedOptions, (option) => option.index) }
  }
  return { text: shownIn(el) }
}

export async function takeBack(el: Fillable, { state, filled, shown }: Undo, env: FormEnv): Promise<Outcome> {
  const now = shownIn(el)
  if (now !== shown)
    return rejected(now, "The field was changed since it was filled, so it was left as it is.")
  if ("chosen" in state) {
    choose(el as HTMLSelectElement, state.chosen)
    const same = () => JSON.stringify(rememberState(el)) === JSON.stringify(state)
    const back = await until(same, Boolean, READ_BACK)
    return back ? { outcome: "accepted", value: shownIn(el) } : notBack(el)
  }
  if ("chip" in state) {
    const back = await unchoose(el, state, filled, env)
    if (back.outcome === "accepted") putBack(state.hidden)
    return back
  }
  if (kindOf(el) === "cell") {
    const back = await fillCell(el, state.text.trim())
    return back.outcome === "accepted" ? back : notBack(el)
  }
  if (kindOf(el) === "editable") {
    const back = await undoEditable(el as HTMLElement, filled, state.text)
    return back ? { outcome: "accepted", value: "" } : notBack(el)
  }
  return writeBack(el as TextField, state.text)
}

async function unchoose(el: Fillable, choice: Choice, filled: string, env: FormEnv): Promise<Outcome> {
  if (choice.chip) {
    const back = await takeBackChoice(el, choice, filled, env)
    return back ? { outcome: "accepted", value: shownIn(el) } : notBack(el)
  }
  const back = await writeBack(el as TextField, choice.before)
  if (back.outcome === "accepted" || choice.before !== "") return back
  clear(el)
  const shown = await readBack(el as TextField, "")
  return shown === "" ? { outcome: "accepted", value: "" } : notBack(el)
}

async function writeBack(field: TextField, text: string): Promise<Outcome> {
  enter(field)
  writeValue(field, text)
  fireInput(field, text)
  fireChange(field)
  leave(field)
  const value = await readBack(field, text)
  return value === text ? { outcome: "accepted", value } : notBack(field)
}

const notBack = (el: Fillable) =>
  rejected(shownIn(el).slice(0, 200), "The page did not go back to what stood there. Check the field.")
