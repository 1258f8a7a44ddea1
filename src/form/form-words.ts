/** What a field of a billing form is for, by its words (codesets/page/form-words.json). */

import type { FieldRole } from "@/messages/page-protocol"
import words from "~codesets/page/form-words.json"

/** One spelling: "dxCode_3" -> "dx code 3". */
export const plainWords = (text: string): string =>
  ` ${text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim()} `

const holds = (text: string, list: readonly string[]) => list.some((word) => text.includes(` ${word} `))

/** @param says everything that names the field, the nearest first */
export function roleOf(says: string): FieldRole | undefined {
  const text = plainWords(says)
  if (holds(text, words.never)) return undefined
  return words.roles.find((entry) => holds(text, entry.words))?.role as FieldRole | undefined
}
