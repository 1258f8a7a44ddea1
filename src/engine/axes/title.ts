/** A title as an axis sees it: values that its phrases say, and the words that are left. */
import { foldTokens, isFunctionWord, tokenize, UNSPECIFIC_WORDS } from "@/classification/words"
import { DENIALS, denied } from "../match/polarity"
import type { AxisWords } from "./words"

/** What a title prints in brackets asks nothing of the note: "stage 4 (severe)", "systolic (congestive)". */
const BRACKETS = /\([^()]*\)|\[[^[\]]*\]/g

/** Words of titles that tell nothing apart. */
const NOISE: ReadonlySet<string> = new Set(
  "elsewhere classified classifiable not other specified side part type so stated behavior".split(" ")
)

/** Words that end a denial: "without obstruction, with gangrene". */
const ENDS_DENIAL: ReadonlySet<string> = new Set(["with", "but", "due", "in"])

export interface TitleHit {
  axis: string
  value: string
  /** Positions among the title's tokens, `last` exclusive. */
  first: number
  last: number
}

export interface Title {
  /** As printed, brackets blanked out, so that offsets hold. */
  text: string
  tokens: { start: number; end: number; folded: string }[]
  hits: TitleHit[]
  /** How often it says "unspecified", and "other". */
  unspecified: number
  /** The same without those that stand beside "and" or "or": "other and unspecified asthma", "unspecified or less". */
  definite: number
  others: number
  /** Axis that a noun beside "unspecified" names: "unspecified organism". */
  asks: string[]
  /** Positions of words that only say what was not said: "organism", "whether with hypoxia or hypercapnia". */
  vague: ReadonlySet<number>
  /** Positions of the words right behind "unspecified", to the next mark or linking word: "eye". */
  unsaid: ReadonlySet<number>
}

function blanked(text: string): string {
  return text.replace(BRACKETS, (each) => " ".repeat(each.length))
}

export function readTitle(words: AxisWords, printed: string): Title {
  const text = blanked(printed)
  const raw = tokenize(text)
  const folded = foldTokens(text, raw)
  const tokens = raw.map(({ start, end }, i) => ({ start, end, folded: folded[i] ?? "" }))
  const hits: TitleHit[] = []
  const asks: string[] = []
  const vague = new Set<number>()
  const unsaid = new Set<number>()
  let unspecified = 0
  let definite = 0
  for (let at = 0; at < tokens.length; at++) {
    const word = folded[at] ?? ""
    if (word === "unspecified" || (word === "specified" && folded[at - 1] === "not")) {
      unspecified++
      if (!BESIDE.has(folded[at - 1] ?? "") && !BESIDE.has(folded[at + 1] ?? "")) definite++
      const group = groupBehind(text, tokens, at)
      for (const each of group) unsaid.add(each)
      if (WHETHER.has(folded[at + 1] ?? "")) for (const each of group) vague.add(each)
      const noun = nounBeside(words, text, tokens, at)
      if (noun) asks.push(noun.axis)
      for (const each of noun?.at ?? []) vague.add(each)
    }
    const phrase = words.values
      .startingWith(word)
      .find(({ tokens: want }) => want.every((token, i) => folded[at + i] === token))
    if (!phrase) continue
    hits.push({ ...phrase.value, first: at, last: at + phrase.tokens.length })
    at += phrase.tokens.length - 1
  }
  hits.push(...accompaniments(text, tokens, hits, vague))
  return {
    text,
    tokens,
    hits,
    unspecified,
    definite,
    others: text.match(/\bother\b/gi)?.length ?? 0,
    asks,
    vague,
    unsaid
  }
}

/** "Collision with", "contact with": what follows is no company of the condition. */
export const BOUND: ReadonlySet<string> = new Set([
  "collision",
  "contact",
  "associated",
  "concerned",
  "encounter",
  "dealing"
])
const WITH: ReadonlySet<string> = new Set(["with", "without"])

/**
 * "With macular edema", "without perforation or abscess": what comes with the condition, each to the next mark or the
 * next "with". One that says "other" or "unspecified" has no value.
 */
function accompaniments(
  text: string,
  tokens: Title["tokens"],
  hits: readonly TitleHit[],
  vague: ReadonlySet<number>
): TitleHit[] {
  const found: TitleHit[] = []
  const taken = new Set(
    hits.flatMap(({ first, last }) => Array.from({ length: last - first }, (_, i) => first + i))
  )
  for (let first = 0; first < tokens.length; first++) {
    if (!WITH.has(tokens[first]!.folded) || taken.has(first)) continue
    if (BOUND.has(tokens[first - 1]?.folded ?? "")) continue
    let last = first + 1
    while (last < tokens.length && !taken.has(last)) {
      if (
        WITH.has(tokens[last]!.folded) ||
        /[,;]/.test(text.slice(tokens[last - 1]!.end, tokens[last]!.start))
      )
        break
      last++
    }
    const words = tokens.slice(first, last).map(({ folded }) => folded)
    const said = words.some((word) => word === "unspecified" || word === "other" || word === "unknown")
      ? ""
      : text
    const value = vague.has(first)
      ? ""
      : said.slice(tokens[first]!.start, tokens[last - 1]!.end).replace(/\s+/g, " ")
    if (last > first + 1) found.push({ axis: ACCOMPANIED, value, first, last })
    first = last - 1
  }
  return found
}

/** The axis of what comes with a condition. */
export const ACCOMPANIED = "complication"

const BESIDE: ReadonlySet<string> = new Set(["and", "or"])

/** "Unspecified whether with hypoxia or hypercapnia", "unspecified as to episode of care". */
const WHETHER: ReadonlySet<string> = new Set(["whether", "as"])

/** Positions behind "unspecified" to the next mark; a linking word ends them, too, unless it says "whether". */
function groupBehind(text: string, tokens: Title["tokens"], at: number): number[] {
  const whole = WHETHER.has(tokens[at + 1]?.folded ?? "")
  const group: number[] = []
  for (let next = at + 1; next < tokens.length; next++) {
    if (/[,;]/.test(text.slice(tokens[next - 1]?.end, tokens[next]?.start))) break
    if (!whole && isFunctionWord(tokens[next]?.folded ?? "")) break
    group.push(next)
  }
  return group
}

/** The axis of "unspecified <noun>", "unspecified precerebral artery" and "<noun> unspecified", and where the noun is. */
function nounBeside(
  words: AxisWords,
  text: string,
  tokens: Title["tokens"],
  at: number
): { axis: string; at: number[] } | undefined {
  const said = (from: number, to: number) => {
    const axis = words.nouns.get(
      tokens
        .slice(from, to)
        .map(({ folded }) => folded)
        .join(" ")
    )
    const places = Array.from({ length: to - from }, (_, i) => from + i)
    return axis === undefined ? undefined : { axis, at: places }
  }
  for (const length of [3, 2, 1]) {
    const found = said(at + 1, at + 1 + length) ?? said(at, at + length)
    if (found?.at.every((each) => each < tokens.length)) return found
  }
  for (const next of groupBehind(text, tokens, at)) {
    const found = said(next, next + 1)
    if (found) return found
  }
  const gap = text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? 0)
  return at === 0 || /;/.test(gap) ? undefined : said(at - 1, at)
}

/** A word of a title that no value of an axis takes; a denied one is marked. */
export interface RestWord {
  word: string
  at: number
}

/** @param axes whose values count: phrases of all others are words like any */
export function restOf(title: Title, axes: ReadonlySet<string>): RestWord[] {
  const taken = new Set<number>()
  for (const { axis, value, first, last } of title.hits)
    if (axes.has(axis) || value === "") for (let at = first; at < last; at++) taken.add(at)
  const rest: RestWord[] = []
  let denying = false
  title.tokens.forEach(({ folded }, at) => {
    if (DENIALS.has(folded)) denying = true
    else if (ENDS_DENIAL.has(folded)) denying = false
    if (taken.has(at) || title.vague.has(at) || folded === "" || DENIALS.has(folded)) return
    if (isFunctionWord(folded) || UNSPECIFIC_WORDS.has(folded) || NOISE.has(folded)) return
    rest.push({ word: denying ? denied(folded) : folded, at })
  })
  return rest
}
