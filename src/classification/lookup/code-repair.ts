/** What was probably meant by a text that has the shape of a code and is none. */
import type { CompiledPack } from "../pack/open"
import { codePrefix, rowsWithPrefix } from "./codes"

export interface Repair {
  /** Rows to show, best first. */
  rows: number[]
  /** What is wrong, as a sentence. */
  says: string
}

/** A letter and a digit, then what may stand in a code, one character too many included. */
const TYPED_CODE = /^[A-Z]\d[0-9A-Z]{1,6}$/
const CATEGORY = 3
const SEVENTH = 6

/** Upper case without dots and dashes, whatever their places; undefined when it is nothing like a code. */
export function typedCode(text: string): string | undefined {
  const trimmed = text.trim().toUpperCase().replace(/-+$/, "")
  if (!/^[0-9A-Z]+(?:[.-][0-9A-Z]+)*\.?$/.test(trimmed)) return undefined
  const plain = trimmed.replace(/[.-]/g, "")
  if (!TYPED_CODE.test(plain)) return undefined
  if (trimmed.includes(".")) return plain
  // The letters O and I are typed for digits; "q4h" has only one of either.
  return plain.replace(/[^\dOI]/g, "").length >= 2 ? plain : undefined
}

/**
 * Nearest codes of an ICD-10-CM text that no code begins with: letters for digits, a missing placeholder, a 7th
 * character that the Tabular List does not give here, characters too many, or the longest beginning that exists.
 */
export function repairIcd10(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  return (
    lettersForDigits(pack, plain, limit) ??
    seventhCharacter(pack, plain) ??
    placeholder(pack, plain, limit) ??
    longestBeginning(pack, plain, limit)
  )
}

/** "E1O" for E10, "IIO" for I10: the letters O and I for the digits. */
function lettersForDigits(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  const digits = plain.slice(1).replaceAll("O", "0").replace(/[IL]/g, "1")
  const repaired = plain[0]! + digits
  if (repaired === plain || codePrefix(repaired, "ICD-10-CM") === undefined) return undefined
  const rows = rowsWithPrefix(pack, repaired, limit)
  if (rows.length === 0) return undefined
  return { rows, says: `Read with digits for the letters O and I: ${printed(repaired)}.` }
}

function seventhCharacter(pack: CompiledPack, plain: string): Repair | undefined {
  if (plain.length <= CATEGORY) return undefined
  const base = pack.find(plain.slice(0, -1))
  if (base < 0) return undefined
  const code = pack.code(base)
  const last = plain[plain.length - 1]!
  if (pack.billable(base)) {
    const complete = `${code} is complete: it takes no further character "${last}".`
    return { rows: [base], says: complete }
  }
  if (plain.length !== SEVENTH + 1) return undefined
  const meanings = pack.seventh(base)
  if (meanings.length === 0) return undefined
  const given = meanings.map((each) => each.character).join(", ")
  return {
    rows: [...pack.children(base), base],
    says: `"${last}" is no 7th character of ${code}; there are ${given}.`
  }
}

/** "W11A" for W11.XXXA, "T361A" for none, "T3601A" for T36.0X1A: placeholders X left out. */
function placeholder(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  if (plain.length <= CATEGORY || plain.length > SEVENTH) return undefined
  for (let count = 1; plain.length + count <= SEVENTH + 1; count++) {
    for (let at = plain.length - 1; at >= CATEGORY; at--) {
      const filled = plain.slice(0, at) + "X".repeat(count) + plain.slice(at)
      const row = pack.find(filled)
      if (row < 0) continue
      const code = pack.code(row)
      const rows = pack.billable(row) ? [row] : rowsWithPrefix(pack, filled, limit)
      const a = count === 1 ? "the placeholder X" : `${count} placeholders X`
      return { rows, says: `${printed(plain)} lacks ${a}: ${code}.` }
    }
  }
  return undefined
}

function longestBeginning(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  for (let length = plain.length - 1; length >= 2; length--) {
    const beginning = plain.slice(0, length)
    if (codePrefix(beginning, pack.info.system) === undefined) continue
    const rows = rowsWithPrefix(pack, beginning, limit)
    if (rows.length === 0) continue
    const shown = pack.info.system === "ICD-10-CM" ? printed(plain) : plain
    const below = pack.info.system === "ICD-10-CM" ? printed(beginning) : beginning
    return {
      rows,
      says: `${pack.info.system} ${pack.info.release} has no code ${shown}; these begin with ${below}.`
    }
  }
  return undefined
}

/** For systems without a tree: the codes that share the longest beginning. */
export function nearestByBeginning(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  return longestBeginning(pack, plain, limit)
}

function printed(plain: string): string {
  return plain.length > CATEGORY ? `${plain.slice(0, CATEGORY)}.${plain.slice(CATEGORY)}` : plain
}
