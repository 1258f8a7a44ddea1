/** The fields of one document that take codes and what stands beside codes, in the order of the page. */
import type { CodeField, FieldRole } from "@/messages/page-protocol"
import { above, type FormEnv } from "./field-env"
import { describeField, type FieldHandles } from "./fields"
import { type Fillable, isFillable } from "./fillable"
import { roleOf } from "./form-words"
import { labelOf } from "./label"

/** More fields than any claim has: what follows is some other page. */
const MOST = 300
const CANDIDATES = "input, select, textarea, [contenteditable]"

interface Found {
  el: Fillable
  role: FieldRole
}

export function codeFields(doc: Document, env: FormEnv, handles: FieldHandles): CodeField[] {
  const found: Found[] = []
  for (const el of candidates(doc, env)) {
    const role = roleOf(wordsOf(el))
    if (role && isFillable(el)) found.push({ el, role })
    if (found.length >= MOST) break
  }
  const diagnoses = found.filter(({ role }) => role === "diagnosis").map(({ el }) => el)
  const procedures = found.filter(({ role }) => role === "procedure").map(({ el }) => el)
  return found.flatMap(({ el, role }) => {
    const row = rowOf(el, role, diagnoses, procedures)
    return row < 0 ? [] : [{ ...describeField(el, handles, 0), role, row }]
  })
}

/** In the order of the page, with those of open and closed shadow trees where they stand. */
function* candidates(root: Document | ShadowRoot, env: FormEnv): Generator<Element> {
  for (const el of root.querySelectorAll("*")) {
    if (el.matches(CANDIDATES)) yield el
    // Only these elements can have a shadow tree with fields in it.
    if (el.localName.includes("-") || el.localName === "div" || el.localName === "span") {
      const shadow = env.shadowRootOf(el)
      if (shadow) yield* candidates(shadow, env)
    }
  }
}

/** Label, column of its table, and the names that its page gave it. */
function wordsOf(el: Element): string {
  const name = el.getAttribute("name") ?? ""
  return [labelOf(el), columnOf(el), name, el.id, el.getAttribute("placeholder") ?? ""].join(" ")
}

function columnOf(el: Element): string {
  const cell = el.closest<HTMLTableCellElement>("td, th")
  const head = cell?.closest("table")?.tHead
  return head?.rows[head.rows.length - 1]?.cells[cell?.cellIndex ?? -1]?.textContent?.slice(0, 80) ?? ""
}

/**
 * Number of the diagnosis or procedure that a field belongs to, from 0. What stands beside a code belongs to the
 * one code of its row, else to the last one before it. -1 when there is none.
 */
function rowOf(
  el: Fillable,
  role: FieldRole,
  diagnoses: readonly Fillable[],
  procedures: readonly Fillable[]
): number {
  if (role === "diagnosis") return diagnoses.indexOf(el)
  if (role === "procedure") return procedures.indexOf(el)
  if (role === "admitting" || role === "reason") return 0
  const codes = role === "poa" ? diagnoses : procedures
  for (let at = above(el), depth = 0; at && depth < 12; at = above(at), depth++) {
    const inside = codes.filter((code) => at?.contains(code))
    if (inside.length === 1) return codes.indexOf(inside[0] as Fillable)
    if (inside.length > 1) break
  }
  return codes.findLastIndex(
    (code) => (code.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  )
}
