/** What a gap of the classification says, in a coder's words. */
import { signedWords } from "../match/polarity"

/** What follows the name of a condition in a title and is no part of it. */
const TAIL = /,? (?:initial encounter|subsequent encounter|sequela)\b.*$/i
const UNSAID =
  /,? affecting unspecified side\b|,? unspecified whether\b[^,]*|,? (?:\w+ )?(?:not specified|unspecified)(?= trimester)? trimester\b|,? with unspecified severity\b|,? (?:part|site|stage) unspecified\b|,? unspecified (?:part|site|stage|organism|side|eye|ear)\b|,? unspecified(?=,|$)|\bunspecified /gi

/** A title without what says that something was not said: "Pain in knee" of "Pain in unspecified knee". */
export function conditionName(title: string): string {
  const name = title
    .replace(TAIL, "")
    .replace(/\s*\([^()]*\)/g, "")
    .replace(/\bof unspecified (?:site|part|area|region) of\b/gi, "of")
    .replace(UNSAID, "")
    .replace(/\s+/g, " ")
    .replace(/[\s,]+$/, "")
    .trim()
  const shown = signedWords(name).length > 0 ? name : title
  return shown.charAt(0).toUpperCase() + shown.slice(1)
}

/** A code with the dash that says more characters are needed. */
export function withDash(code: string, billable: boolean): string {
  if (billable) return code
  return code.includes(".") ? `${code}-` : `${code}.-`
}

/** Small letters inside a sentence, names of persons and letters of stages left alone. */
export function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) && !/^[A-Z][a-z]+['’]s\b/.test(name)
    ? name.charAt(0).toLowerCase() + name.slice(1)
    : name
}
