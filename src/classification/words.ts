/**
 * Words: how every room of Chartside cuts a text into words and folds a word so that the note, the
 * classification and the search text meet. Pure, and the same in worker, page and Node.
 *
 * Folding maps spellings onto each other (anaemia = anemia, fractures = fracture, Crohn's = crohn). It is
 * applied to both sides of every comparison, so a rule may be wrong about English as long as it never
 * makes two different medical words equal. Meaning ("renal" = "kidney") is the business of the lexicon.
 */

import { singular } from "./words-singular"
import { americanSpelling } from "./words-spelling"

export interface Token {
  /** UTF-16 offsets in the text as given; `text === source.slice(start, end)`. */
  start: number
  end: number
  text: string
}

/**
 * One alternative per kind of token, most particular first:
 *  1. a diagnosis code with its dot: "E11.9", "S52.502A"
 *  2. an abbreviation with dots: "C.O.P.D.", "e.g."
 *  3. a short abbreviation with slashes, one part a single letter: "s/p", "w/o", "n/v/d"
 *  4. a number with decimals or thousands: "98.6", "1,200"
 *  5. "non" with what it negates, by hyphen or space: "non-displaced" must never read "displaced"
 *  6. a prefix and its word: "post-traumatic" = "posttraumatic" (not before COVID, whose official title
 *     writes "Post COVID-19")
 *  7. a plain run of letters and digits ("3b", "24w3d", "T2DM"), apostrophes inside kept ("Crohn's")
 * Any other hyphen or slash separates words.
 */
const WORD = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}]*`
const STARTS = String.raw`(?<![\p{L}\p{N}])`
const ENDS = String.raw`(?![\p{L}\p{N}])`
const HYPHEN = "[-\u2010\u2011]"
const PREFIXES =
  "pre|post|anti|sub|semi|peri|para|intra|inter|extra|supra|infra|trans|multi|micro|macro|hyper|hypo|retro|poly|pseudo|co|re"

const TOKEN = new RegExp(
  [
    String.raw`${STARTS}[A-Za-z]\d[A-Za-z0-9]\.(?:\d[A-Za-z0-9]{0,3}|[A-Z][A-Z0-9]{0,3})${ENDS}`,
    String.raw`(?<![\p{L}\p{N}.])\p{L}(?:\.\p{L})+${ENDS}`,
    String.raw`(?<![\p{L}\p{N}/])(?:[A-Za-z]/[A-Za-z]{1,2}|[A-Za-z]{2}/[A-Za-z])(?:/[A-Za-z]{1,2})?(?![\p{L}\p{N}/])`,
    String.raw`${STARTS}\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\p{N})`,
    String.raw`${STARTS}\d+(?:\.\d+)+(?!\p{N})`,
    String.raw`${STARTS}${anyCase("non")}(?:${HYPHEN}| )\p{L}[\p{L}\p{M}\p{N}]*`,
    String.raw`${STARTS}(?:${anyCase(PREFIXES)})${HYPHEN}(?!${anyCase("covid")})(?=\p{L}{4})[\p{L}\p{M}]+`,
    String.raw`${WORD}(?:['\u2019\u02bc]\p{L}[\p{L}\p{M}]*)*`
  ].join("|"),
  "uy"
)

/** The flag for "any case" would reach the capitals that tell "E11.A" from "A1c.the". */
function anyCase(words: string): string {
  return words.replace(/[a-z]/g, (c) => `[${c}${c.toUpperCase()}]`)
}

/** By ASCII character: 1 for letters, 2 for digits, 0 for all others. */
const KIND = new Uint8Array(128)
for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") KIND[letter.charCodeAt(0)] = 1
for (const digit of "0123456789") KIND[digit.charCodeAt(0)] = 2

const kindAt = (text: string, at: number) => KIND[text.charCodeAt(at)] ?? 0
const isDigitAt = (text: string, at: number) => kindAt(text, at) === 2
/** A letter, a digit, or anything beyond ASCII, which may be one. */
const mayBeWordAt = (text: string, at: number) => text.charCodeAt(at) > 127 || kindAt(text, at) > 0

const BLANK = 32
const APOSTROPHE = 39
const COMMA = 44
const HYPHEN_MINUS = 45
const DOT = 46
const SLASH = 47
const PREFIX = new RegExp(`^(?:non|${PREFIXES})$`, "i")

/**
 * Whether a run of ASCII letters and digits is a token of the last kind, as it stands: what follows it could make it
 * any other. Most words of any text are such runs; the expression costs several times as much.
 */
function isPlain(text: string, start: number, end: number): boolean {
  const next = text.charCodeAt(end)
  if (next > 127) return false
  switch (next) {
    case DOT:
    case APOSTROPHE:
      return !mayBeWordAt(text, end + 1)
    case COMMA:
      return !(isDigitAt(text, end - 1) && isDigitAt(text, end + 1))
    case SLASH:
      return end - start > 2
    case BLANK:
    case HYPHEN_MINUS: {
      const length = end - start
      return (
        length < 2 || length > 6 || (next === BLANK && length !== 3) || !PREFIX.test(text.slice(start, end))
      )
    }
    default:
      return true
  }
}

/**
 * The words, numbers and codes of a text, in order, with UTF-16 offsets over the text as given.
 * Never throws; punctuation, lone surrogates and white space give no tokens.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code < 128 && KIND[code] === 0) {
      at++
      continue
    }
    let end = at
    while (kindAt(text, end) > 0) end++
    if (end === at || !isPlain(text, at, end)) {
      TOKEN.lastIndex = at
      const found = TOKEN.exec(text)
      if (!found) {
        at += code >= 0xd800 && code < 0xdc00 && text.codePointAt(at)! > 0xffff ? 2 : 1
        continue
      }
      end = at + found[0].length
    }
    tokens.push({ start: at, end, text: text.slice(at, end) })
    at = end
  }
  return tokens
}

/** `tokenize` by its expression alone, at every character: what the short way is held against. */
export function tokenizeSlowly(text: string): Token[] {
  return Array.from(text.matchAll(new RegExp(TOKEN.source, "gu")), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
    text: word
  }))
}

/** Bound of the memo: a note has some 600 distinct words, a search text a handful. */
const MEMO_LIMIT = 8192
const memo = new Map<string, string>()

/**
 * The form in which words are compared: lower case, no diacritics, American spelling, singular, no
 * possessive, no hyphen or dot inside an abbreviation. Roman numerals and numbers are left alone.
 * Returns "" for a string without letters or digits. Deterministic and idempotent.
 */
export function foldWord(word: string): string {
  const known = memo.get(word)
  if (known !== undefined) return known
  const folded = fold(word)
  if (memo.size >= MEMO_LIMIT) memo.clear()
  memo.set(copied(word), copied(folded))
  return folded
}

/** Empties the memo of `foldWord`: nothing of a note may stay in memory after its encounter. */
export function forgetWords(): void {
  memo.clear()
}

/** How many words the memo of `foldWord` holds. */
export function rememberedWords(): number {
  return memo.size
}

/** A slice of a long string keeps the whole string alive in V8; a memo must not hold a note that way. */
function copied(word: string): string {
  return word.length < 13 ? word : ` ${word}`.slice(1)
}

const ASCII_WORD = /^[a-z0-9]+$/
const MARKS = /\p{M}/gu
const POSSESSIVE = /['\u2019\u02bc]s?$/
const NOT_PART = /[^\p{L}\p{N}/.]/gu
const DECIMAL = /^\d+(?:\.\d+)+$/
const DOTTED_CODE = /^[a-z]\d[a-z0-9]\.[a-z0-9]{1,4}$/
const LIGATURES: Record<string, string> = {
  æ: "ae",
  œ: "oe",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th"
}

function fold(word: string): string {
  let w = word.toLowerCase()
  if (!ASCII_WORD.test(w)) {
    w = w
      .normalize("NFKD")
      .replace(MARKS, "")
      .replace(/[æœßøłđðþ]/g, (c) => LIGATURES[c] ?? c)
    w = w.replace(POSSESSIVE, "").replace(NOT_PART, "")
    if (w.includes(".") && !DECIMAL.test(w) && !DOTTED_CODE.test(w)) w = w.replaceAll(".", "")
    // Compatibility forms can open into capitals or more marks ("℡"): fold what came out, once.
    w = w.toLowerCase()
  }
  if (w.length < 4 || !/[a-z]{3}/.test(w)) return w
  return singular(americanSpelling(w))
}

const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    "a an the this that these those such any some each of in on at to for with by from into onto upon within " +
    "via per as than then also but if so and or is are was were be been being am has have had having do does " +
    "did will would can could may might shall should it its he she his her hers their they them we our you " +
    "your i my me him us who whom whose which what when where while there here due during between about"
  ).split(" ")
)

/**
 * Words that carry no clinical meaning of their own. "without", "no", "not" and "other" are not among them:
 * they change what a wording says. Takes a word as `foldWord` gives it.
 */
export function isFunctionWord(folded: string): boolean {
  return FUNCTION_WORDS.has(folded)
}

/** The classification's marks for "nothing more was said": they ask nothing of the note. */
export const UNSPECIFIC_WORDS: ReadonlySet<string> = new Set(["nos", "nec", "unspecified"])

/** Words after which a single "a" or "i" is a letter or a numeral, not an article or a pronoun. */
const LETTERED: ReadonlySet<string> = new Set(
  (
    "hepatitis hep type group vitamin influenza flu hemophilia factor class stage grade category bipolar " +
    "strain phase level degree part axis immunoglobulin lead segment"
  ).split(" ")
)

/**
 * Folds the tokens of one text and tells the letter from the article: "hepatitis A", "bipolar I", "vitamin
 * a" give "A" and "I" in upper case, which are content words; "a fracture" and "I saw" stay "a" and "i",
 * which `isFunctionWord` drops. Everything else is `foldWord(token.text)`.
 */
export function foldTokens(text: string, tokens: readonly Token[]): string[] {
  return tokens.map((token, i) => foldToken(text, tokens, i, foldWord(token.text)))
}

/** What `foldTokens` makes of token `i`. @param folded `foldWord` of it */
export function foldToken(text: string, tokens: readonly Token[], i: number, folded: string): string {
  if (folded !== "a" && folded !== "i") return folded
  const before = tokens[i - 1]
  if (!before || !/^[ ,(-]{1,3}$/.test(text.slice(before.end, tokens[i]!.start))) return folded
  return LETTERED.has(foldWord(before.text)) ? folded.toUpperCase() : folded
}

/**
 * The content words of a short wording (a title, an index path, a search text), in order, repeats kept:
 * folded, without function words and without NOS, NEC and unspecified.
 */
export function contentWords(text: string): string[] {
  return contentOf(text, tokenize(text))
}

/** The same for a text whose tokens are known. */
export function contentOf(text: string, tokens: readonly Token[]): string[] {
  return foldTokens(text, tokens).filter((w) => w !== "" && !isFunctionWord(w) && !UNSPECIFIC_WORDS.has(w))
}
