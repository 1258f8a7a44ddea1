/** Codes as forms write them. */

/** ICD-10-CM, HCPCS Level II, CPT, ICD-10-PCS as they look, with or without dot. */
const CODE = /^(?:[A-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?|[A-Z]\d{4}|\d{4}[0-9A-Z]|[0-9A-HJ-NP-Z]{7})$/i

export const isCodeLike = (text: string) => CODE.test(text.trim())

/** One spelling for comparing: no dot, no blanks, upper case. */
export const bareCode = (text: string) => text.replace(/[.\s]/g, "").toUpperCase()

export const isSameCode = (a: string, b: string) => bareCode(a) !== "" && bareCode(a) === bareCode(b)

/**
 * Does an entry of a list stand for this code? The code must be the entry itself or the first code that is
 * written in it: "E11.9 - Type 2 diabetes", "Type 2 diabetes (E11.9)". E11.90 is never E11.9.
 */
export function carriesCode(entry: string, code: string): boolean {
  if (entry.trim().toUpperCase() === code.trim().toUpperCase()) return true
  const first = entry
    .match(/[A-Z0-9][A-Z0-9.]*[A-Z0-9]/gi)
    ?.find((word) => /\d/.test(word) && isCodeLike(word))
  return first !== undefined && isSameCode(first, code)
}
