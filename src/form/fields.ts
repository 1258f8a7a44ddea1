/** Fields as plain data for the panel, and the handles by which it names them. */
import type { FieldInfo } from "@/messages/page-protocol"
import { wantsDot } from "./dots"
import { type Fillable, kindOf } from "./fillable"
import { labelOf } from "./label"
import { shownIn } from "./value"

/** What is shown of the text in long fields: a text area may hold a whole note. */
const VALUE_LIMIT = 200

/** Names elements without keeping them alive. */
export class FieldHandles {
  private readonly names = new WeakMap<Element, string>()
  private readonly elements = new Map<string, WeakRef<Fillable>>()
  private count = 0

  nameOf(el: Fillable): string {
    let name = this.names.get(el)
    if (!name) {
      name = `f${++this.count}`
      this.names.set(el, name)
      this.elements.set(name, new WeakRef(el))
    }
    return name
  }

  /** Undefined for names never given and for elements that are gone. */
  find(name: string): Fillable | undefined {
    return this.elements.get(name)?.deref()
  }

  clear(): void {
    this.elements.clear()
  }
}

/** @param focusedAt ms since the epoch, 0 when the field never had the focus */
export function describeField(el: Fillable, handles: FieldHandles, focusedAt: number): FieldInfo {
  const { maxLength = -1 } = el as HTMLInputElement
  const dot = wantsDot(el)
  return {
    field: handles.nameOf(el),
    label: labelOf(el),
    kind: kindOf(el) ?? "input",
    value: shownIn(el).slice(0, VALUE_LIMIT),
    focusedAt,
    ...(maxLength >= 0 && { maxLength }),
    ...(dot !== undefined && { dot })
  }
}
