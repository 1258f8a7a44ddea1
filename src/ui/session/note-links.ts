/** Codes that a text of the classification names, so that they can be opened. Pure. */

export interface TextPart {
  text: string
  /** The code to open, when the part names one that exists: "E11" of "E11.-". */
  code?: string
}

/** "E11.22", "E11.-", "O24.4-", both ends of "I10-I1A". Never inside of a longer word. */
const NAMED = /(?<![0-9A-Za-z.])([A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)(\.?-)?(?![0-9A-Za-z])/g

/** @param known words that only look like a code ("B12") stay words */
export function noteParts(text: string, known: (code: string) => boolean): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(NAMED)) {
    const [whole, code] = match
    if (code === undefined || !known(code)) continue
    if (match.index > from) parts.push({ text: text.slice(from, match.index) })
    parts.push({ text: whole, code })
    from = match.index + whole.length
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from) })
  return parts
}
