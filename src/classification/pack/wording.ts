/**
 * From printed wordings to sets of words. *Required* words must be in a note for the wording to be there;
 * *optional* ones stand in parentheses or brackets, which the conventions of the classification call
 * nonessential: they may be there or not and change nothing.
 */
import { contentWords } from "../words"

export interface Wording {
  required: string[]
  optional: string[]
}

/**
 * Wordings for "nothing more was said". What an "unspecified" leaves open ("unspecified organism") is as
 * little said as the word itself; a body part behind it ("unspecified hip") still is.
 */
const NOT_SAID =
  /\bnot (?:elsewhere classified|otherwise specified)\b|\bnot specified as [^,;]*|\b(?:site|organism) not specified\b|\bunspecified (?:site|organism|cause|type|degree|duration|severity|stage|trimester|part|episode|whether [^,]*|as to [^,]*)\b/gi

const PARENTHESES = /\(([^()]*)\)|\[([^[\]]*)\]/g

/** A title or an inclusion term. When all of it stands in parentheses, that is what it requires. */
export function wordingOf(text: string): Wording {
  const inside: string[] = []
  let outside = text
  // Twice: parentheses may hold brackets.
  for (let pass = 0; pass < 2; pass++) {
    outside = outside.replace(PARENTHESES, (_, round: string | undefined, square: string | undefined) => {
      inside.push(round ?? square ?? "")
      return " "
    })
  }
  const said = outside.replace(NOT_SAID, (words) => {
    inside.push(words)
    return " "
  })
  const required = distinct(contentWords(said))
  const optional = distinct(contentWords(inside.join(" ; "))).filter((word) => !required.includes(word))
  return required.length > 0 ? { required, optional } : { required: optional, optional: [] }
}

export function distinct(words: readonly string[]): string[] {
  return [...new Set(words)]
}

/**
 * Two forms of one word, as the index prints them side by side: "Diabetes, diabetic", "Ulcer, ulcerated", and
 * with a prefix "acute, subacute".
 */
function sameRoot(a: string, b: string): boolean {
  if (a.length > 4 && b.length > 4 && (a.endsWith(b) || b.endsWith(a))) return true
  const shorter = Math.min(a.length, b.length)
  let shared = 0
  while (shared < shorter && a[shared] === b[shared]) shared++
  return shared >= 4 || (shared >= 3 && shorter <= 6)
}

/**
 * Word lists of one index title, any of which says it. Commas mostly invert ("laryngeal nerve, recurrent"):
 * then all words are needed. Only forms of one word are alternatives ("Diabetes, diabetic"), and two words
 * with "or" between them ("acute or subacute").
 */
export function titleAlternatives(title: string): string[][] {
  // The subterm "A" of hepatitis is a letter; alone it would fold to the article.
  if (/^[AI]$/.test(title)) return [[title]]
  const whole = distinct(contentWords(title))
  const either = /^([\p{L}\p{N}-]+) or ([\p{L}\p{N}-]+)$/u.exec(title)
  if (either) {
    const sides = [contentWords(either[1]!), contentWords(either[2]!)].filter((words) => words.length > 0)
    return sides.length === 2 ? sides : [whole]
  }
  if (!title.includes(",")) return [whole]
  const parts = title.split(",").map((part) => contentWords(part))
  const single = parts.every((words) => words.length === 1)
  const first = parts[0]?.[0]
  if (!single || first === undefined || !parts.every((words) => sameRoot(first, words[0]!))) return [whole]
  return distinct(parts.map((words) => words[0]!)).map((word) => [word])
}

/**
 * Words that the index prints in a main term although everybody leaves them out: a fracture is coded as
 * traumatic unless the note says otherwise (Official Guidelines I.C.19.c), so "Fracture, traumatic" is read
 * from "fracture" alone.
 */
const UNSAID: ReadonlyMap<string, string> = new Map([["Fracture, traumatic", "traumatic"]])

/** Alternatives of a main term, and what it prints but does not require. */
export function mainTermWording(title: string): { alternatives: string[][]; unsaid: string[] } {
  const unsaid = UNSAID.get(title)
  if (unsaid === undefined) return { alternatives: titleAlternatives(title), unsaid: [] }
  return { alternatives: [contentWords(title).filter((word) => word !== unsaid)], unsaid: [unsaid] }
}

/** Heading of a column of the neoplasm or drug table -> the words that a wording of this column needs. */
const COLUMN_WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^malignant primary/i, ["malignant", "neoplasm"]],
  [/^malignant secondary/i, ["secondary", "malignant", "neoplasm"]],
  [/^ca\.? in situ/i, ["carcinoma", "situ"]],
  [/^benign/i, ["benign", "neoplasm"]],
  [/^uncertain/i, ["neoplasm", "uncertain", "behavior"]],
  // Behaviour not said: any "neoplasm of the lung".
  [/^unspecified/i, ["neoplasm"]],
  // Intent not said: poisoning is coded as accidental (I.C.19.e.5.b).
  [/^poisoning.*accidental/i, ["poisoning"]],
  [/^poisoning.*self-harm/i, ["poisoning", "intentional"]],
  [/^poisoning.*assault/i, ["poisoning", "assault"]],
  [/^poisoning.*undetermined/i, ["poisoning", "undetermined"]],
  [/^adverse effect/i, ["adverse", "effect"]],
  [/^underdosing/i, ["underdosing"]]
]

/** An unknown heading gives its own words: nothing is guessed. */
export function columnWords(heading: string): string[] {
  const known = COLUMN_WORDS.find(([pattern]) => pattern.test(heading))
  return known ? [...known[1]] : distinct(contentWords(heading))
}
