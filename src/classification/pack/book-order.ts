/** The order in which the main terms of the Alphabetic Index are sought: by letters and digits alone. */

/** "Addison's" -> "addison s": lower case, no accents, one blank for whatever is no letter and no digit. */
export function seekKey(title: string): string {
  return title
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
}

/** A reference as it stands in the texts: without blanks around and "see also" before it. */
export function referenceKey(reference: string): string {
  return reference.replace(/^\s*see(?:\s+also)?\s+/i, "").trim()
}
