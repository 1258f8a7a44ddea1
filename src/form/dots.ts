/** Does a field want codes with the dot (E11.9) or without (E119)? */
import { CELL, cellAt, gridOf } from "./cells"

const DOTTED = /^[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}$/i
const UNDOTTED = /^[A-TV-Z]\d[0-9A-Z][0-9A-Z]{1,4}$/i
/** Fields of the same form that are looked at. */
const NEIGHBOURS = 60

function spoken(values: Iterable<string>): boolean | undefined {
  let dotted = 0
  let undotted = 0
  for (const value of values) {
    if (DOTTED.test(value.trim())) dotted++
    else if (UNDOTTED.test(value.trim())) undotted++
  }
  return dotted === undotted ? undefined : dotted > undotted
}

/** Undefined when nothing on the page tells. */
export function wantsDot(el: Element): boolean | undefined {
  if (el.localName === "select") {
    const options = Array.from((el as HTMLSelectElement).options).slice(0, NEIGHBOURS)
    return spoken(options.flatMap((option) => [option.value, option.text.split(/\s/)[0] ?? ""]))
  }
  const cell = cellAt(el)
  if (cell) {
    const cells = Array.from(gridOf(cell)?.querySelectorAll(CELL) ?? []).slice(0, NEIGHBOURS)
    return spoken(cells.filter((each) => each !== cell).map((each) => each.textContent ?? ""))
  }
  const { pattern = "", maxLength = -1, placeholder = "" } = el as HTMLInputElement
  if (pattern) {
    const fits = (code: string) => fitsPattern(pattern, code)
    const dotted = fits("E11.65")
    if (dotted !== fits("E1165")) return dotted
  }
  const around = el.closest("fieldset, table, form, [role=grid], body")
  const fields = Array.from(around?.querySelectorAll<HTMLInputElement>("input") ?? []).slice(0, NEIGHBOURS)
  const neighbours = spoken(fields.filter((field) => field !== el).map((field) => field.value))
  if (neighbours !== undefined) return neighbours
  const example = spoken(placeholder.split(/[\s,;()]+/))
  if (example !== undefined) return example
  // The longest code has seven characters, eight with its dot.
  if (maxLength === 7) return false
  return maxLength === 8 ? true : undefined
}

function fitsPattern(pattern: string, code: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "v").test(code)
  } catch {
    return true // A pattern that is none: the browser ignores it as well.
  }
}
