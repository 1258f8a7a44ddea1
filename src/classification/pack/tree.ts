/** The tree of a code set, worked out from the codes alone: a code stands below the longest code it begins with. */
import type { ModelCode, System } from "../model"

export interface Tree {
  /** Row of the parent, -1 at the top. */
  parent: Int32Array
  /** Last row of the subtree. */
  last: Uint32Array
}

/** HCPCS and CPT numbers have no levels, even where one begins like another. */
function hasLevels(system: System): boolean {
  return system === "ICD-10-CM" || system === "ICD-10-PCS"
}

/** Takes the official order, in which every subtree is contiguous. */
export function treeOf(codes: readonly ModelCode[], system: System): Tree {
  const parent = new Int32Array(codes.length).fill(-1)
  const last = Uint32Array.from(codes, (_, row) => row)
  if (!hasLevels(system)) return { parent, last }
  const open: number[] = []
  for (const [row, { code }] of codes.entries()) {
    while (open.length > 0 && !code.startsWith(codes[open[open.length - 1]!]!.code)) open.pop()
    parent[row] = open[open.length - 1] ?? -1
    for (const above of open) last[above] = row
    open.push(row)
  }
  return { parent, last }
}

/** ICD-10-CM dotted after the category; the others as they are. */
export function printedCode(system: System, code: string): string {
  return system === "ICD-10-CM" && code.length > 3 ? `${code.slice(0, 3)}.${code.slice(3)}` : code
}

/** Without dot, blanks at the ends, upper case: the form in which codes are kept and found. */
export function plainCode(code: string): string {
  const trimmed = code.trim().toUpperCase()
  return trimmed[3] === "." ? trimmed.slice(0, 3) + trimmed.slice(4) : trimmed
}

/**
 * True when a row says no more than its parent and a 7th character: "..., initial encounter". `seventh` are
 * the texts of the 7th characters that apply. Such a row needs no wording of its own to be found.
 */
export function isSeventhOf(title: string, parentTitle: string, code: string): boolean {
  return code.length === 7 && title.length > parentTitle.length && title.startsWith(`${parentTitle}, `)
}
