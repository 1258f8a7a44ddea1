/**
 * From printed wordings to sets of words. *Required* words must be in a note for the wording to be there;
 * *optional* ones stand in parentheses or brackets, which the conventions of the classification call
 * nonessential: they may be there or not and change nothing.
 */
import { contentWords } from "../words"
import { titleAlternatives } from "./title-alternatives"

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
 * Words that the index prints in a main term although everybody leaves them out: a fracture is coded as
 * traumatic unless the note says otherwise (Official Guidelines I.C.19.c), so "Fracture, traumatic" is read
 * from "fracture" alone.
 */
const UNSAID: ReadonlyMap<string, string> = new Map([["Fracture, traumatic", "traumatic"]])

/** What a main term prints and does not require. */
export function unsaidIn(title: string): string | undefined {
  return UNSAID.get(title)
}

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
