/** What a field held before a fill, and putting it back. */

import { undoEditable } from "./fill-editable"
import { choose } from "./fill-select"
import { READ_BACK, readBack, type TextField } from "./fill-text"
import { type Fillable, kindOf } from "./fillable"
import { type Outcome, rejected } from "./outcome"
import { enter, fireChange, fireInput, leave, shownIn, until, writeValue } from "./value"

export type FieldState = { text: string } | { chosen: number[] }

export interface Undo {
  field: WeakRef<Fillable>
  state: FieldState
  filled: string
  /** What the page showed after the fill; when it shows something else now, somebody worked there. */
  shown: string
  url: string
}

export function rememberState(el: Fillable): FieldState {
  if (el.localName === "select") {
    return { chosen: Array.from((el as HTMLSelectElement).selectedOptions, (option) => option.index) }
  }
  return { text: shownIn(el) }
}

export async function takeBack(el: Fillable, { state, filled, shown }: Undo): Promise<Outcome> {
  const now = shownIn(el)
  if (now !== shown)
    return rejected(now, "The field was changed since it was filled, so it was left as it is.")
  if ("chosen" in state) {
    choose(el as HTMLSelectElement, state.chosen)
    const same = () => JSON.stringify(rememberState(el)) === JSON.stringify(state)
    const back = await until(same, Boolean, READ_BACK)
    return back ? { outcome: "accepted", value: shownIn(el) } : notBack(el)
  }
  if (kindOf(el) === "editable") {
    const back = await undoEditable(el as HTMLElement, filled, state.text)
    return back ? { outcome: "accepted", value: "" } : notBack(el)
  }
  const field = el as TextField
  enter(field)
  writeValue(field, state.text)
  fireInput(field, state.text)
  fireChange(field)
  leave(field)
  const value = await readBack(field, state.text)
  return value === state.text ? { outcome: "accepted", value } : notBack(el)
}

const notBack = (el: Fillable) =>
  rejected(shownIn(el).slice(0, 200), "The page did not go back to what stood there. Check the field.")
