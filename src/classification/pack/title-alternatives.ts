/**
 * How one line of the index says the same in several ways: "Diabetes, diabetic", "acute or subacute",
 * "Reiter's disease, syndrome, or urethritis". A comma may also invert ("laryngeal nerve, recurrent"): then
 * all words are needed. In doubt they are.
 */
import { contentWords } from "../words"

/** At most so many ways are kept for one title. */
const MOST_ALTERNATIVES = 6

/** Forms of one word that do not begin alike. */
const FORMS: readonly (readonly [string, string])[] = [
  ["anus", "anal"],
  ["keloid", "cheloid"],
  ["nose", "nasal"],
  ["scurvy", "scorbutic"],
  ["tear", "torn"],
  ["vein", "venous"],
  ["wear", "worn"]
]

/** Nouns of which the index names two for one thing: "Klumpke palsy, paralysis". */
const KINDS: ReadonlySet<string> = new Set(
  (
    "anomaly complex deformity disease disorder osteitis osteomyelitis palsy paralysis phenomenon reaction " +
    "squeeze state symptom syndrome"
  ).split(" ")
)

/** "Bumping against, into": ways of the same movement. */
const PARTICLES: ReadonlySet<string> = new Set("against away from into off on onto out over".split(" "))

/** What such a word ends in belongs to what stands behind: "Slurred, slurring speech". */
const DESCRIBES = /(?:ed|ing|al|ous|ic|ive|ar|ary)$/

function shared(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  let length = 0
  while (length < shorter && a[length] === b[length]) length++
  return length
}

/** One letter more, less or other. */
function oneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const start = shared(a, b)
  const rest = [a.slice(start), b.slice(start)] as const
  return rest[0].slice(1) === rest[1].slice(1) || rest[0].slice(1) === rest[1] || rest[0] === rest[1].slice(1)
}

/**
 * Two forms of one word, as the index prints them side by side: "Diabetes, diabetic", "Ulcer, ulcerated",
 * "Discitis, diskitis", and with a prefix "acute, subacute".
 */
function sameRoot(a: string, b: string): boolean {
  if (a === b || FORMS.some(([x, y]) => (x === a && y === b) || (x === b && y === a))) return true
  if (a.length > 4 && b.length > 4 && (a.endsWith(b) || b.endsWith(a) || oneLetterApart(a, b))) return true
  const length = shared(a, b)
  return length >= 4 || (length >= 3 && Math.min(a.length, b.length) <= 6)
}

/**
 * Word lists of one index title, any of which says it.
 * "ice or snow" -> [ice] [snow]; "Anaphylactic shock, anaphylaxis" -> [anaphylactic shock] [anaphylaxis].
 */
export function titleAlternatives(title: string): string[][] {
  // The subterm "A" of hepatitis is a letter; alone it would fold to the article.
  if (/^[AI]$/.test(title)) return [[title]]
  const parts = title
    .split(/,\s+/)
    .map((part) => part.replace(/,$/, "").trim())
    .filter((part) => part !== "")
  const listed = listWithOr(parts)
  if (listed) return wordsOf(listed)
  const rest: string[][] = []
  const same: string[] = []
  for (const part of parts) {
    if (same.length === 0 || isSame(same[0]!, part)) same.push(part)
    else rest.push(eitherOf(part))
  }
  const heads = sameParts(same).flatMap(eitherOf)
  let combined = heads
  for (const options of rest) {
    combined = combined.flatMap((head) => options.map((option) => `${head} ; ${option}`))
    if (combined.length > MOST_ALTERNATIVES) return wordsOf([title])
  }
  return wordsOf(combined)
}

/** Distinct word lists. A way that needs no word ("with or without") makes the others idle. */
function wordsOf(ways: readonly string[]): string[][] {
  const lists = ways.slice(0, MOST_ALTERNATIVES).map((way) => [...new Set(contentWords(way))])
  if (lists.length === 0 || lists.some((list) => list.length === 0)) return [[]]
  const kept: string[][] = []
  for (const list of lists) {
    if (!kept.some((other) => other.length === list.length && other.every((word) => list.includes(word))))
      kept.push(list)
  }
  return kept
}

/** "Brown-Séquard disease, paralysis or syndrome", "Reiter's disease, syndrome, or urethritis". */
function listWithOr(parts: readonly string[]): string[] | undefined {
  if (parts.length < 2) return undefined
  const last = /^(?:or )?([\p{L}\p{N}-]+)(?: or ([\p{L}\p{N}-]+))?$/u.exec(parts[parts.length - 1]!)
  const or = parts[parts.length - 1]!.includes("or ")
  if (!last || !or) return undefined
  const middle = parts.slice(1, -1)
  if (!middle.every((part) => /^[\p{L}\p{N}-]+$/u.test(part))) return undefined
  const more = [...middle, last[1]!, ...(last[2] === undefined ? [] : [last[2]])]
  const first = parts[0]!
  const cut = first.lastIndexOf(" ")
  if (cut > 0) return [first, ...more.map((each) => `${first.slice(0, cut)} ${each}`)]
  // One word, then two: "Biting, cheek or lip". One word, then a list: "appliance, radiator or pipe".
  return middle.length === 0 && last[2] !== undefined
    ? more.map((each) => `${first} ; ${each}`)
    : [first, ...more]
}

/** "carotid body or sinus syndrome" -> with the one word and with the other; words on both sides are needed. */
function eitherOf(part: string): string[] {
  const sides = part.split(/\s+or\s+/)
  if (sides.length !== 2) return [part]
  const [left, right] = sides as [string, string]
  const before = /^(.*?)([\p{L}\p{N}'’-]+)$/u.exec(left)
  const after = /^([\p{L}\p{N}'’-]+)(.*)$/u.exec(right)
  if (!before || !after) return [part]
  return [`${before[1]}${before[2]}${after[2]}`, `${before[1]}${after[1]}${after[2]}`]
}

function firstWord(part: string): string {
  return contentWords(part)[0] ?? ""
}

/** The part says what the first part says. */
function isSame(first: string, part: string): boolean {
  const root = firstWord(first)
  if (root !== "" && firstWord(part) !== "" && sameRoot(root, firstWord(part))) return true
  const words = first.split(" ")
  const last = words[words.length - 1]!.toLowerCase()
  if (words.length < 2 || part.includes(" ")) return false
  const other = part.toLowerCase()
  return (
    (KINDS.has(singular(last)) && KINDS.has(singular(other))) ||
    (PARTICLES.has(last) && PARTICLES.has(other)) ||
    sameEnd(last, other)
  )
}

/** "Meckel's diverticulitis, diverticulum". */
function sameEnd(a: string, b: string): boolean {
  return shared(a, b) >= 7
}

function singular(word: string): string {
  return word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("is") ? word.slice(0, -1) : word
}

/** Parts that say the same, each made whole with what the first or the last one has beside the word. */
function sameParts(parts: readonly string[]): string[] {
  const [first] = parts
  if (first === undefined || parts.length === 1) return [...parts]
  const words = first.split(" ")
  const tail = parts[parts.length - 1]!.split(" ").slice(1).join(" ")
  if (words.length === 1) {
    const shares = tail !== "" && DESCRIBES.test(first)
    return parts.map((part) => (shares && !part.includes(" ") ? `${part} ${tail}` : part))
  }
  const beginning = words.slice(0, -1).join(" ")
  return parts.map((part) => {
    const whole = part.includes(" ") || sameRoot(firstWord(first), firstWord(part))
    return part === first || whole ? part : `${beginning} ${part}`
  })
}
