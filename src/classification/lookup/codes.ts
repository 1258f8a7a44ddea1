/** Search by the beginning of a code, with or without dot. */
import type { System } from "../model"
import type { CompiledPack } from "../pack/open"
import { endedBefore } from "./hit"

/** What a text may be the beginning of. ICD-10-CM: letter, digit, then letters and digits. */
const CODE_SHAPE: Record<System, RegExp> = {
  "ICD-10-CM": /^[A-Z]\d[0-9A-Z]{0,5}$/,
  HCPCS: /^[A-V]\d{1,4}$/,
  // Without a digit it reads like shorthand: "CHF" is no nuclear medicine.
  "ICD-10-PCS": /^(?=.*\d)[0-9B-DF-HX][0-9A-HJ-NP-Z]{2,6}$/,
  CPT: /^\d{4}[0-9A-Z]$/
}

/**
 * The text as the beginning of a code of this system: upper case, no dot, no dash for "more characters"
 * ("H66.9-"). Undefined when it cannot be one.
 */
export function codePrefix(text: string, system: System): string | undefined {
  const trimmed = text.trim().toUpperCase().replace(/-+$/, "")
  const dotted = /^([A-Z][0-9A-Z]{2})\.([0-9A-Z]{0,4})$/.exec(trimmed)
  if (dotted && system !== "ICD-10-CM") return undefined
  const plain = dotted ? dotted[1]! + dotted[2]! : trimmed
  return CODE_SHAPE[system].test(plain) ? plain : undefined
}

/**
 * Rows whose code begins so: the exact one first, header or not; then billable codes in official order; then
 * headers; codes that ended before `date` last. When there are more than `limit`, one step of the tree in official order instead: who types the
 * beginning of a code asks for that place of the Tabular List, and the first 20 of S52's 3,000 codes are no help.
 */
export function rowsWithPrefix(pack: CompiledPack, prefix: string, limit: number, date?: string): number[] {
  const { rows } = pack
  const from = rows.lowerBound(prefix)
  const found: number[] = []
  let whole = true
  for (let rank = from; rank < pack.size; rank++) {
    const row = rows.ordered(rank)
    if (!rows.plain(row).startsWith(prefix)) break
    found.push(row)
    if (found.length > limit) {
      whole = false
      break
    }
  }
  if (found.length === 0) return []
  const exact = found.filter((row) => rows.plain(row) === prefix)
  if (!whole) return endedLast(pack, oneStep(pack, prefix, found[0]!, exact[0], limit), date).slice(0, limit)
  const byOrder = (a: number, b: number): number => a - b
  const others = found.filter((row) => row !== exact[0])
  const billable = others.filter((row) => pack.billable(row)).sort(byOrder)
  const headers = others.filter((row) => !pack.billable(row)).sort(byOrder)
  return [...exact, ...endedLast(pack, [...billable, ...headers], date)].slice(0, limit)
}

function endedLast(pack: CompiledPack, rows: readonly number[], date: string | undefined): number[] {
  const ended = (row: number): boolean => endedBefore(pack, row, date) !== undefined
  return [...rows.filter((row) => !ended(row)), ...rows.filter(ended)]
}

/** The exact row and its children, or the rows of the highest level that begin so. */
function oneStep(
  pack: CompiledPack,
  prefix: string,
  first: number,
  exact: number | undefined,
  limit: number
): number[] {
  if (exact !== undefined) {
    const children = pack.children(exact)
    if (children.length > 0) return [exact, ...children].slice(0, limit)
  }
  const begins = (row: number): boolean => pack.rows.plain(row).startsWith(prefix)
  const top = (row: number): number => {
    let at = row
    for (let up = pack.parent(at); up >= 0 && begins(up); up = pack.parent(at)) at = up
    return at
  }
  // Official order is not that of the letters (M1A stands before M10): back to the first that begins so.
  let start = top(first)
  while (start > 0 && begins(start - 1)) start = top(start - 1)
  const steps: number[] = []
  // Codes without tree (HCPCS) are all taken: ended ones are to stand last.
  const most = pack.info.system === "HCPCS" ? pack.size : limit
  for (let row = start; row < pack.size && steps.length < most; row = pack.subtreeEnd(row) + 1) {
    if (!begins(row)) break
    steps.push(row)
  }
  return steps
}

/** Three digits with one or two after a dot, or V and E codes of the old shape. */
export function looksLikeIcd9(text: string): boolean {
  return /^(?:\d{3}(?:\.\d{1,2})?|V\d{2}\.\d{1,2}|E\d{3}\.\d)$/i.test(text.trim())
}

/** The shape of a CPT code: five digits, or four and F, T or U. */
export function looksLikeCpt(text: string): boolean {
  return /^\d{4}[0-9FTU]$/i.test(text.trim())
}
