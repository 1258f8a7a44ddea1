/** Codes, categories and ranges that a text of the guidelines names. */

/** "E11.9", "T81.12-", "O98.7", "QA0": a digit tells it from a word; B12 and A1C are no categories. */
const CODE = "(?=[A-Z]*\\d)[A-Z][0-9A][0-9AB](?:\\.[0-9A-Z]{1,4})?"
const NAMED = new RegExp(
  `(?<![A-Za-z0-9.-])(${CODE})(?:\\.?-(?![0-9A-Z]))?(?:\\s*(?:-|–|to|through)\\s*(${CODE})(?:\\.?-)?)?(?![A-Za-z0-9])`,
  "g"
)

/** Dotted, each once, in the order of the text; a range as "E08-E13", a header without its dash. */
export function codesNamed(text: string): string[] {
  const named = new Set<string>()
  for (const [, first, last] of text.matchAll(NAMED))
    named.add(last === undefined ? first! : `${first}-${last}`)
  return [...named]
}
