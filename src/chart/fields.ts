/** Text areas as sources of their own, and the inputs of which some headers are made. */
import { wordEnd } from "./cut"
import { VersionedText } from "./edits"
import { isNoteHeading, readsLikeHeader } from "./page-words"

export interface FieldSource {
  field: HTMLTextAreaElement
  /** "field-3": stable while the frame lives. */
  source: string
  label: string
  /** Length of the heading line that was put before the value. */
  lead: number
  text: VersionedText
}

/** Editors keep text areas of a few pixels to catch the keyboard; their text stands in the page. */
const SMALLEST = 12

export function isReadable(field: HTMLTextAreaElement): boolean {
  return field.offsetWidth >= SMALLEST && field.offsetHeight >= SMALLEST && field.value.trim() !== ""
}

/**
 * Numbers fields and keeps their versions. A field called "Assessment" is that section of a note, but the
 * word does not stand in its value: then the heading is put before the text as a line of its own.
 */
export class FieldSources {
  private known = new WeakMap<HTMLTextAreaElement, FieldSource>()
  private count = 0
  current: FieldSource[] = []

  /** @param room characters that may still be kept in this reading. @returns characters left out */
  update(fields: readonly HTMLTextAreaElement[], labelOf: (el: Element) => string, room: number): number {
    let leftOut = 0
    let left = room
    this.current = []
    for (const field of fields) {
      if (!isReadable(field)) continue
      const entry = this.entryOf(field)
      entry.label = labelOf(field)
      const heading = isNoteHeading(entry.label) ? `${entry.label.replace(/[\s:*]+$/, "")}:\n` : ""
      entry.lead = heading.length
      const value = field.value.slice(0, wordEnd(field.value, 0, Math.max(0, left - heading.length)))
      leftOut += field.value.length - value.length
      if (value === "") continue
      left -= heading.length + value.length
      entry.text.update(heading + value)
      this.current.push(entry)
    }
    return leftOut
  }

  find(source: string): FieldSource | undefined {
    return this.current.find((entry) => entry.source === source)
  }

  clear(): void {
    this.known = new WeakMap()
    this.current = []
  }

  private entryOf(field: HTMLTextAreaElement): FieldSource {
    let entry = this.known.get(field)
    if (!entry) {
      entry = { field, source: `field-${++this.count}`, label: "", lead: 0, text: new VersionedText() }
      this.known.set(field, entry)
    }
    return entry
  }
}

const HEADER_WORD =
  /mrn|record|patient|birth|dob|account|acct|encounter|visit|service|admi|discharge|sex|gender/i

/** Label and value of inputs that may belong to a header, for identity only. */
export function headerInputs(
  inputs: readonly HTMLInputElement[],
  labelOf: (el: Element) => string
): { label: string; value: string }[] {
  const found: { label: string; value: string }[] = []
  for (const input of inputs) {
    const { value, type } = input
    if (!value || value.length > 60 || !/^(text|date|tel|search|)$/.test(type) || !input.checkVisibility())
      continue
    const label = labelOf(input)
    if (label.length < 60 && HEADER_WORD.test(label)) found.push({ label, value })
  }
  // A search mask asks for patients; only a header names number and birth together.
  return readsLikeHeader(found.map((entry) => entry.label).join("\n")) ? found : []
}
