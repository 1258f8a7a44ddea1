/** Hidden fields beside a combobox: pages keep the code there and show only the name. */
import { above } from "./field-env"
import { fireChange, writeValue } from "./value"

const LEVELS = 3
const MOST = 20

export interface HiddenChange {
  field: WeakRef<HTMLInputElement>
  before: string
  after: string
}

/** Values before a fill. */
export function hiddenBeside(widget: Element): Map<HTMLInputElement, string> {
  let around = widget
  for (let level = 0; level < LEVELS; level++) {
    const outer = above(around)
    if (!outer || outer.localName === "body") break
    around = outer
    if (outer.localName === "form") break
  }
  const fields = around.querySelectorAll<HTMLInputElement>("input[type=hidden]")
  return fields.length > MOST ? new Map() : new Map(Array.from(fields, (field) => [field, field.value]))
}

export function changedSince(before: ReadonlyMap<HTMLInputElement, string>): HiddenChange[] {
  return [...before]
    .filter(([field, value]) => field.isConnected && field.value !== value)
    .map(([field, value]) => ({ field: new WeakRef(field), before: value, after: field.value }))
}

/** Puts back what still holds what the choice had set. */
export function putBack(changes: readonly HiddenChange[]): void {
  for (const { field, before, after } of changes) {
    const el = field.deref()
    if (!el?.isConnected || el.value !== after) continue
    writeValue(el, before)
    fireChange(el)
  }
}
