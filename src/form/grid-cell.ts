/**
 * Cells of grids: an editor opens in or over the cell, takes the text, and closes when another cell is pressed. What
 * the cell shows afterwards is what counts.
 */
import { CELL, gridOf, ROW } from "./cells"
import { isSameCode } from "./codes"
import { type Outcome, rejected } from "./outcome"
import { fireChange, fireInput, press, pressKey, until, writeValue } from "./value"

const OPENING = { least: 0, most: 400 }
const CLOSING = { least: 40, most: 600 }

type Editor = HTMLInputElement | HTMLTextAreaElement

const isShown = (el: Element) => {
  const { width, height, right, bottom } = el.getBoundingClientRect()
  return (
    el.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1 && right > 0 && bottom > 0
  )
}

/** Text that a person sees in the cell, without that of an open editor. */
export const shownInCell = (cell: Element) => (cell.textContent ?? "").replace(/\s+/g, " ").trim()

/** The editor that is open in the cell, or lies over it. */
function editorOf(cell: Element): Editor | undefined {
  const inside = cell.querySelector<Editor>("input:not([type=checkbox]):not([type=hidden]), textarea")
  if (inside && isShown(inside)) return inside
  const active = cell.ownerDocument.activeElement
  if (!active || !/^(input|textarea)$/.test(active.localName) || !isShown(active)) return undefined
  const own = cell.getBoundingClientRect()
  const over = active.getBoundingClientRect()
  const near = Math.abs(own.left - over.left) < 8 && Math.abs(own.top - over.top) < 8
  return near ? (active as Editor) : undefined
}

/** A place in its grid: rows are often drawn anew when an edit ends. Keeps nothing of the page alive. */
export function placeOf(cell: HTMLElement): () => HTMLElement | undefined {
  const grid = gridOf(cell)
  const row = cell.closest(ROW)
  const rows = Array.from(grid?.querySelectorAll(ROW) ?? [])
  const at = row ? rows.indexOf(row) : -1
  const column = row ? Array.from(row.children).indexOf(cell) : -1
  const kept = new WeakRef(cell)
  const keptGrid = grid && new WeakRef(grid)
  return () => {
    const still = kept.deref()
    if (still?.isConnected) return still
    const again = Array.from(keptGrid?.deref()?.querySelectorAll(ROW) ?? [])[at]
    return (again?.children[column] as HTMLElement | undefined) ?? undefined
  }
}

/** Another cell of the row in which nothing can be set off by pressing it. */
function quietNeighbour(cell: HTMLElement): HTMLElement | undefined {
  const row = cell.closest(ROW)
  const others = Array.from(row?.querySelectorAll<HTMLElement>(CELL) ?? [])
  return others.find(
    (other) =>
      other !== cell && isShown(other) && !other.querySelector("a, button, input, select, svg, [role=button]")
  )
}

async function open(place: () => HTMLElement | undefined): Promise<Editor | undefined> {
  const opened = () => {
    const cell = place()
    return cell && editorOf(cell)
  }
  const already = opened()
  if (already) return already
  const pressed = place()
  if (pressed) press(pressed)
  const first = await until(opened, Boolean, { ...OPENING, most: 200 })
  if (first) return first
  const cell = place()
  if (!cell) return undefined
  press(cell)
  const box = cell.getBoundingClientRect()
  const at = { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 }
  cell.dispatchEvent(new MouseEvent("dblclick", { bubbles: true, cancelable: true, composed: true, ...at }))
  return until(opened, Boolean, OPENING)
}

/** @param value "" empties the cell */
export async function fillCell(cell: HTMLElement, value: string): Promise<Outcome> {
  const place = placeOf(cell)
  const before = shownInCell(cell)
  const editor = await open(place)
  if (!editor) return rejected(before, "The cell did not open for editing. Choose its field once it is open.")
  writeValue(editor, value)
  fireInput(editor, value)
  const isDone = () => {
    const now = place()
    return now !== undefined && editorOf(now) === undefined
  }
  const ways = [
    () => fireChange(editor),
    () => {
      const other = quietNeighbour(place() ?? cell)
      if (other) press(other)
    },
    () => editor.blur(),
    () => pressKey(editor, "Tab")
  ]
  for (const way of ways) {
    way()
    if (await until(isDone, Boolean, CLOSING)) break
  }
  // Taken over, but drawn anew a moment later.
  const shown = await until(
    () => shownInCell(place() ?? cell),
    (text) => text === value,
    CLOSING
  )
  if (!isDone()) {
    return rejected(shown, "The cell was left open with the code in it: it is not taken over yet.")
  }
  if (shown === value) return { outcome: "accepted", value: shown }
  if (shown === before) return rejected(shown, "The grid did not take the code.")
  if (value !== "" && isSameCode(shown, value)) {
    return { outcome: "altered", value: shown, reason: `The grid writes ${value} as "${shown}".` }
  }
  return { outcome: "altered", value: shown, reason: `The cell shows "${shown}" instead of "${value}".` }
}
