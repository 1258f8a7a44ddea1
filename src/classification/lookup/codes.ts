/** Search by the beginning of a code, with or without dot. */
import type { System } from "../model"
import type { CompiledPack } from "../pack/open"

/** What a text may be the beginning of. ICD-10-CM: letter, digit, then letters and digits. */
const CODE_SHAPE: Record<System, RegExp> = {
  "ICD-10-CM": /^[A-Z]\d[0-9A-Z]{0,5}$/,
  HCPCS: /^[A-V]\d{1,4}$/,
  "ICD-10-PCS": /^[0-9B-DF-HX][0-9A-HJ-NP-Z]{2,6}$/,
  CPT: /^\d{4}[0-9A-Z]$/
}

/** The text as the beginning of a code of this system: upper case, no dot. Undefined when it cannot be one. */
export function codePrefix(text: string, system: System): string | undefined {
  const trimmed = text.trim().toUpperCase()
  const dotted = /^([A-Z][0-9A-Z]{2})\.([0-9A-Z]{0,4})$/.exec(trimmed)
  if (dotted && system !== "ICD-10-CM") return undefined
  const plain = dotted ? dotted[1]! + dotted[2]! : trimmed
  return CODE_SHAPE[system].test(plain) ? plain : undefined
}

/**
 * Rows whose code begins so: the exact one first, header or not; then billable codes in official order; then
 * headers. At most `limit`.
 */
export function rowsWithPrefix(pack: CompiledPack, prefix: string, limit: number): number[] {
  const { rows } = pack
  const exact: number[] = []
  const billable: number[] = []
  const headers: number[] = []
  const from = rows.lowerBound(prefix)
  for (let rank = from; rank < pack.size; rank++) {
    const row = rows.ordered(rank)
    const code = rows.plain(row)
    if (!code.startsWith(prefix)) break
    if (code === prefix) exact.push(row)
    else if (pack.billable(row)) billable.push(row)
    else headers.push(row)
    // Billable codes of a long run are enough: the rest would not be shown.
    if (billable.length > 4000) break
  }
  billable.sort((a, b) => a - b)
  headers.sort((a, b) => a - b)
  return [...exact, ...billable, ...headers].slice(0, limit)
}

/** Three digits with one or two after a dot, or V and E codes of the old shape. */
export function looksLikeIcd9(text: string): boolean {
  return /^(?:\d{3}(?:\.\d{1,2})?|V\d{2}\.\d{1,2}|E\d{3}\.\d)$/i.test(text.trim())
}
