/** What a person would call a field. Text only, one line. */
import { CELL, cellAt, gridOf, ROW } from "./cells"

const LONGEST = 80
const CONTROLS = "input, textarea, select, button, [contenteditable]"

// By the class and not by the element: a form hides its own methods behind fields of the same name.
const { matches, querySelector } = Element.prototype
const isA = (el: Element, selector: string): boolean => matches.call(el, selector)
const holds = (el: Element, selector: string): boolean => querySelector.call(el, selector) !== null

const oneLine = (text: string | null | undefined) =>
  (text ?? "")
    .slice(0, 400)
    .replace(/\s+/g, " ")
    .replace(/[\s:*]+$/, "")
    .trim()
    .slice(0, LONGEST)

/** Shorter names ("A", "24") only mean something within their group. */
const SHORT = 3

/** What the page calls the field, with the name of its group where that is needed; "" when it has no name. */
export function labelOf(el: Element): string {
  const own = ownLabel(el)
  if (own === "" || own.length > SHORT) return own
  const group = groupOf(el)
  return group ? oneLine(`${group}: ${own}`) : own
}

/** First of the ways that gives anything. */
function ownLabel(el: Element): string {
  return (
    fromLabels(el) ||
    fromIds(el) ||
    said(el.getAttribute("aria-label")) ||
    fromGrid(el) ||
    fromTable(el) ||
    fromTextBefore(el) ||
    said(el.getAttribute("title")) ||
    said(el.getAttribute("placeholder")) ||
    groupOf(el) ||
    fromName(el)
  )
}

/** Widgets write "null" where nobody gave a name. */
const said = (text: string | null) => (/^(?:null|undefined|none)$/i.test(text ?? "") ? "" : oneLine(text))

/** Text of an element without that of controls in it. */
function textWithoutControls(el: Element): string {
  const parts: string[] = []
  const walk = (node: Node) => {
    if (node.nodeType === 3) parts.push((node as Text).data)
    else if (node.nodeType === 1 && !isA(node as Element, CONTROLS)) node.childNodes.forEach(walk)
  }
  walk(el)
  return oneLine(parts.join(" "))
}

function fromLabels(el: Element): string {
  const { labels } = el as HTMLInputElement
  return labels ? oneLine(Array.from(labels, textWithoutControls).join(" ")) : ""
}

/** Name of the nearest group of fields: legend, labelled group, heading of the section. */
function groupOf(el: Element): string {
  const legend = oneLine(el.closest("fieldset")?.querySelector("legend")?.textContent)
  if (legend) return legend
  const group = el.closest("[role=group], [role=radiogroup], section, [role=region]")
  if (!group) return ""
  const heading = group.querySelector("h1, h2, h3, h4, h5, h6, [role=heading]")
  return oneLine(group.getAttribute("aria-label")) || fromIds(group) || oneLine(heading?.textContent)
}

function fromIds(el: Element): string {
  const ids = el.getAttribute("aria-labelledby")?.split(/\s+/).filter(Boolean) ?? []
  const root = el.getRootNode() as Document | ShadowRoot
  return oneLine(ids.map((id) => root.getElementById?.(id)?.textContent ?? "").join(" "))
}

/** "CPT/HCPCS, row 2": the title of the column, wherever the grid draws it, and which row it is. */
function fromGrid(el: Element): string {
  const cell = cellAt(el)
  const grid = cell && gridOf(cell)
  const row = cell?.closest(ROW)
  if (!cell || !grid || !row) return ""
  const column = cell.getAttribute("aria-colindex")
  const headers = Array.from(grid.querySelectorAll("[role=columnheader]"))
  const told = cell.ownerDocument.getElementById(cell.getAttribute("aria-describedby") ?? "")
  const title = oneLine(
    told?.textContent ??
      (column ? headers.find((each) => each.getAttribute("aria-colindex") === column) : undefined)
        ?.textContent ??
      headers[Array.from(row.children).indexOf(cell)]?.textContent
  )
  const rows = Array.from(grid.querySelectorAll(ROW)).filter((each) => each.querySelector(CELL))
  return title ? oneLine(`${title}, row ${rows.indexOf(row) + 1}`) : ""
}

/** "Diagnosis 2", "Line 1 Pointer": the first cell of the row and the title of the column. */
function fromTable(el: Element): string {
  const cell = el.closest<HTMLTableCellElement>("td, th")
  const row = cell?.closest("tr")
  const table = row?.closest("table")
  if (!cell || !row || !table) return ""
  const first = row.cells[0]
  const rowTitle = first && first !== cell && !holds(first, CONTROLS) ? oneLine(first.textContent) : ""
  const head = table.tHead?.rows[table.tHead.rows.length - 1] ?? table.rows[0]
  const title = head && head !== row ? head.cells[cell.cellIndex] : undefined
  const columnTitle = title && !holds(title, CONTROLS) ? oneLine(title.textContent) : ""
  if (rowTitle || columnTitle) return oneLine(`${rowTitle} ${columnTitle}`)
  const before = cell.previousElementSibling
  return before && !holds(before, CONTROLS) ? oneLine(before.textContent) : ""
}

/** The short text that stands right before the field, up to three levels up. */
function fromTextBefore(el: Element): string {
  let at: Element | null = el
  for (let level = 0; at && level < 3; level++) {
    for (let before = at.previousSibling; before; before = before.previousSibling) {
      if (before.nodeType === 1) {
        const element = before as Element
        if (isA(element, CONTROLS) || holds(element, CONTROLS)) return ""
        if (/^(script|style|template|br)$/.test(element.localName)) continue
      } else if (before.nodeType !== 3) continue
      const text = oneLine(before.textContent)
      if (text) return text.length < LONGEST ? text : ""
    }
    at = at.parentElement
    if (at && isA(at, "form, fieldset, body, table, main, article")) return ""
  }
  return ""
}

/** "dx_code_1" -> "dx code 1"; machine-made names say nothing and are left out. */
function fromName(el: Element): string {
  const name = el.getAttribute("name") || el.id
  if (!name || /[0-9a-f]{8}|^:r|^\d+$/i.test(name)) return ""
  return oneLine(name.replace(/([a-z])([A-Z0-9])/g, "$1 $2").replace(/[_\-.[\]]+/g, " "))
}
