/** What a person would call a field. Text only, one line. */

const LONGEST = 80
const CONTROLS = "input, textarea, select, button, [contenteditable]"

const oneLine = (text: string | null | undefined) =>
  (text ?? "")
    .slice(0, 400)
    .replace(/\s+/g, " ")
    .replace(/[\s:*]+$/, "")
    .trim()
    .slice(0, LONGEST)

/** First of the ways that gives anything; "" when the page calls the field nothing. */
export function labelOf(el: Element): string {
  return (
    fromLabels(el) ||
    fromIds(el) ||
    oneLine(el.getAttribute("aria-label")) ||
    fromTable(el) ||
    fromTextBefore(el) ||
    oneLine(el.getAttribute("title")) ||
    oneLine(el.getAttribute("placeholder")) ||
    oneLine(el.closest("fieldset")?.querySelector("legend")?.textContent) ||
    fromName(el)
  )
}

/** Text of an element without that of controls in it. */
function textWithoutControls(el: Element): string {
  if (!el.querySelector(CONTROLS)) return oneLine(el.textContent)
  const parts: string[] = []
  const walk = (node: Node) => {
    if (node.nodeType === 3) parts.push((node as Text).data)
    else if (node.nodeType === 1 && !(node as Element).matches(CONTROLS)) node.childNodes.forEach(walk)
  }
  walk(el)
  return oneLine(parts.join(" "))
}

function fromLabels(el: Element): string {
  const { labels } = el as HTMLInputElement
  return labels ? oneLine(Array.from(labels, textWithoutControls).join(" ")) : ""
}

function fromIds(el: Element): string {
  const ids = el.getAttribute("aria-labelledby")?.split(/\s+/).filter(Boolean) ?? []
  const root = el.getRootNode() as Document | ShadowRoot
  return oneLine(ids.map((id) => root.getElementById?.(id)?.textContent ?? "").join(" "))
}

/** "Diagnosis 2", "Line 1 Pointer": the first cell of the row and the title of the column. */
function fromTable(el: Element): string {
  const cell = el.closest<HTMLTableCellElement>("td, th")
  const row = cell?.closest("tr")
  const table = row?.closest("table")
  if (!cell || !row || !table) return ""
  const first = row.cells[0]
  const rowTitle = first && first !== cell && !first.querySelector(CONTROLS) ? oneLine(first.textContent) : ""
  const head = table.tHead?.rows[table.tHead.rows.length - 1] ?? table.rows[0]
  const title = head && head !== row ? head.cells[cell.cellIndex] : undefined
  const columnTitle = title && !title.querySelector(CONTROLS) ? oneLine(title.textContent) : ""
  if (rowTitle || columnTitle) return oneLine(`${rowTitle} ${columnTitle}`)
  const before = cell.previousElementSibling
  return before && !before.querySelector(CONTROLS) ? oneLine(before.textContent) : ""
}

/** The short text that stands right before the field, up to three levels up. */
function fromTextBefore(el: Element): string {
  let at: Element | null = el
  for (let level = 0; at && level < 3; level++) {
    for (let before = at.previousSibling; before; before = before.previousSibling) {
      if (before.nodeType === 1) {
        const element = before as Element
        if (element.matches(CONTROLS) || element.querySelector(CONTROLS)) return ""
        if (/^(script|style|template|br)$/.test(element.localName)) continue
      } else if (before.nodeType !== 3) continue
      const text = oneLine(before.textContent)
      if (text) return text.length < LONGEST ? text : ""
    }
    at = at.parentElement
    if (at?.matches("form, fieldset, body, table, main, article")) return ""
  }
  return ""
}

/** "dx_code_1" -> "dx code 1"; machine-made names say nothing and are left out. */
function fromName(el: Element): string {
  const name = el.getAttribute("name") || el.id
  if (!name || /[0-9a-f]{8}|^:r|^\d+$/i.test(name)) return ""
  return oneLine(name.replace(/([a-z])([A-Z0-9])/g, "$1 $2").replace(/[_\-.[\]]+/g, " "))
}
