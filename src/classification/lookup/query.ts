/** From a search text to slots: what must be found, and in which words it may be said. */
import { contentWords, foldTokens, isFunctionWord, tokenize, UNSPECIFIC_WORDS } from "../words"
import type { PhraseBook, Reading } from "./phrases"
import type { WordsOfPack } from "./words-of-pack"

/** Word ids and how well each answers, from 0 to 1. */
type WordMatch = ReadonlyMap<number, number>

/** A word of the vocabulary, or one of several that would do. */
export interface Need {
  match: WordMatch
  rarity: number
  /** The vocabulary has the very word. */
  exact: boolean
}

/** All of its needs together say what the slot asks. */
export interface Alternative {
  needs: Need[]
  factor: number
  rarity: number
  /** How the search text was understood: "dm2 = type 2 diabetes mellitus". */
  told?: string
}

export interface Slot {
  text: string
  alternatives: Alternative[]
  /** Weight among the slots. */
  importance: number
  /** Folded words of the slot and of what it opens into: for 7th characters and modifiers in parentheses. */
  words: Set<string>
  /** Behind "without" or "no": wanted to be absent. */
  refused?: boolean
}

export interface Query {
  slots: Slot[]
  /** Search text with corrected words, when any was corrected. */
  corrected?: string
  /** Words that nothing in the vocabulary answers. */
  unknown: string[]
}

export const MOST_SLOTS = 12
const MOST_CHARACTERS = 200
/** A word that the pack does not hold weighs like a rather rare one. */
const UNKNOWN_RARITY = 6
/** Shorthand that opens into many words still is one word of the search text. */
const MOST_IMPORTANCE = 14
/** Words about the state of the work-up, not about the patient's condition: "fever, cause to be determined". */
const WORK_UP: ReadonlySet<string> = new Set(
  (
    "cause etiology determined determine unclear unknown undetermined possible probable suspected likely " +
    "evaluate evaluation workup work-up rule out patient pt diagnosis dx complaint"
  ).split(" ")
)
const WORK_UP_WEIGHT = 0.2
/** A side chooses among codes; it is no reason for another condition than the one that was named. */
const SIDES: ReadonlySet<string> = new Set(["left", "right", "bilateral"])
const SIDE_WEIGHT = 0.35
const REFUSING: ReadonlySet<string> = new Set(["without", "w/o", "no", "not"])
const SHORTHAND_LENGTH = 4
/** Shorthand that counts only in capitals, typed in small letters, where the letters are a word too. */
const OTHER_CASE = 0.7
/** How good a typed word is that is also shorthand for something. */
const ALSO_SHORTHAND = 0.5
const BESIDE_OTHERS = 0.85
/** A reading of so many words says all that a code can say. */
const WHOLE_TITLE = 6

/** Rarity of the word itself; of several that would do alike, the most common one's. */
function rarityOf(match: WordMatch, words: WordsOfPack): number {
  let exact: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (const [id, quality] of match) {
    if (quality === 1) exact = words.rarity[id]!
    least = Math.min(least, words.rarity[id]!)
  }
  return exact ?? (match.size > 0 ? least : 0)
}

function alternative(needs: WordMatch[], factor: number, words: WordsOfPack, told?: string): Alternative {
  const weighed = needs.map((match) => ({
    match,
    rarity: Math.max(0.5, rarityOf(match, words)),
    exact: [...match.values()].includes(1)
  }))
  return {
    needs: weighed,
    factor,
    rarity: weighed.reduce((sum, need) => sum + need.rarity, 0),
    ...(told === undefined ? {} : { told })
  }
}

/** "24w3d", "24wk": weeks of gestation. */
function weeks(word: string): string[] | undefined {
  const parts = /^(\d{1,2})w(?:ks?)?(?:\d(?:d|\/7)?)?$/.exec(word)
  return parts ? [parts[1]!, "week", "gestation"] : undefined
}

const BMI = /\b(?:bmi|body mass index)\s*(?:of|is|[=:])?\s*(\d{2})(?:\.\d+)?(?![\d-])/i
/** From 40 on the groups of Z68 are wider than a whole number. */
const BMI_GROUPS = [40, 45, 50, 60, 70]

/** "bmi 42" asks for the group that 42 falls in: "body mass index 40.0 44.9". */
function bodyMassIndex(text: string): string {
  return text.replace(BMI, (_, digits: string) => {
    const value = Number(digits)
    if (value < 20) return "body mass index 19.9 less"
    if (value >= 70) return "body mass index 70 greater"
    const group = BMI_GROUPS.filter((from) => from <= value).pop()
    const last = group === undefined ? value : BMI_GROUPS[BMI_GROUPS.indexOf(group) + 1]! - 1
    return `body mass index ${group ?? value}.0 ${last}.9`
  })
}

/** Words after which "od" is the right eye, not an overdose. */
const EYE =
  /\b(?:eye|ocul|cornea|catarac|glaucom|conjunctiv|retin|macul|vision|visual|uveit|iriti|iridocycl|kerat|bleph|eyelid|pterygi|stye|chalaz|hordeol|vitre|optic|floater|ptosis|amblyop|strabis|trichia|entrop|ectrop|dacryo|scler|hyphema|drusen|pseudophak|aphak|lid)/i
const EYE_SIDES: Readonly<Record<string, string>> = { od: "right", os: "left", ou: "bilateral" }

function eyeSides(text: string): string {
  if (!EYE.test(text)) return text
  return text.replace(/\b(?:od|os|ou)\b/gi, (side) => EYE_SIDES[side.toLowerCase()]!)
}

/** Letters and digits run together: "stage3b", "covid19". */
function splitNumber(word: string): string[] | undefined {
  const parts = /^([a-z]{2,})(\d+[a-z]?)$/.exec(word)
  return parts ? [parts[1]!, parts[2]!] : undefined
}

export class QueryReader {
  constructor(
    private readonly words: WordsOfPack,
    private readonly phrases: PhraseBook,
    private readonly isWord: (word: string) => boolean = () => false
  ) {}

  read(text: string): Query {
    const shown = eyeSides(bodyMassIndex(text.slice(0, MOST_CHARACTERS)))
    const tokens = tokenize(shown)
    const open = tokens.length > 0 && tokens[tokens.length - 1]!.end === shown.length
    const folded = foldTokens(shown, tokens)
    const spelled = tokens.map((token) => token.text)
    const slots: Slot[] = []
    const unknown: string[] = []
    const corrections = new Map<number, string>()
    for (let at = 0; at < folded.length && slots.length < MOST_SLOTS; ) {
      const phrase = this.phrases.at(folded, at, spelled)
      const length = phrase?.length ?? 1
      if (phrase?.silent) {
        at += length
        continue
      }
      const own = folded.slice(at, at + length)
      const last = open && at + length === folded.length
      const slot = this.slot(own, phrase?.readings ?? [], last, folded.length === length)
      if (slot && at > 0 && REFUSING.has(folded[at - 1]!)) slot.refused = true
      const joined =
        length === 1 && at + 1 < folded.length ? this.joined(own[0]!, folded[at + 1]!) : undefined
      if (joined && (!slot || slot.alternatives.length === 0)) {
        slots.push(joined)
        at += 2
        continue
      }
      if (slot && slot.alternatives.length === 0) {
        const corrected = length === 1 && !this.isWord(own[0]!) ? this.words.correction(own[0]!) : undefined
        if (corrected !== undefined) {
          corrections.set(at, corrected)
          const repaired = this.slot(
            [corrected],
            this.phrases.at([corrected], 0, [corrected])?.readings ?? [],
            false,
            false
          )
          if (repaired) slots.push({ ...repaired, text: own[0]! })
        } else {
          unknown.push(own.join(" "))
          slots.push(slot)
        }
      } else if (slot) slots.push(slot)
      at += length
    }
    return {
      slots,
      unknown,
      ...(corrections.size > 0 ? { corrected: rewrite(shown, tokens, corrections) } : {})
    }
  }

  /** Undefined when the words ask nothing. */
  private slot(
    own: readonly string[],
    readings: readonly Reading[],
    last: boolean,
    alone: boolean
  ): Slot | undefined {
    const content = own.filter((word) => word !== "" && !isFunctionWord(word) && !UNSPECIFIC_WORDS.has(word))
    if (content.length === 0 && readings.length === 0 && !(last && own[0] !== "")) return undefined
    const alternatives: Alternative[] = []
    let rarest = 0
    const words = new Set(own)
    const needs = content.map((word) => this.words.known(word))
    const final = own[own.length - 1] ?? ""
    const known = needs.length > 0 && needs.every((match) => match.size > 0)
    const isWord = (reading: Reading): boolean => known && reading.otherCase === true
    // Letters that are shorthand for something are seldom meant as the word they spell.
    const shorthand = readings.some((reading) => reading.shorthand && !isWord(reading))
    if (known) {
      // "Age" among other words is more likely the word than gastroenteritis.
      const factor = !shorthand ? 1 : alone || own.length > 1 ? ALSO_SHORTHAND : BESIDE_OTHERS
      alternatives.push(alternative(needs, factor, this.words))
    }
    const shorter = readings.some((reading) => reading.words.length < WHOLE_TITLE)
    for (const reading of readings) {
      // "Overdose" alone is that of unspecified drugs; beside "insulin" it is only poisoning.
      if (!alone && shorter && own.length === 1 && reading.words.length >= WHOLE_TITLE) continue
      for (const word of reading.words) words.add(word)
      const read = reading.words.map((word) => this.words.known(word))
      if (read.every((match) => match.size > 0)) {
        const factor = isWord(reading) ? OTHER_CASE : shorthand && !reading.shorthand ? ALSO_SHORTHAND : 1
        alternatives.push(alternative(read, factor * reading.factor, this.words, reading.told))
      }
    }
    // What a beginning could still become says nothing about how much the word matters.
    for (const each of alternatives) rarest = Math.max(rarest, each.rarity)
    if (own.length === 1) {
      const split = known ? undefined : (splitNumber(final) ?? weeks(final))
      if (split) {
        const both = split.map((word) => this.words.known(word))
        for (const word of split) words.add(word)
        if (both.every((match) => match.size > 0)) alternatives.push(alternative(both, 0.95, this.words))
      }
      // The word may not be typed to its end yet, or be shortened ("exacerb"); digits are taken as they are.
      const begun = !/^\d/.test(final) && (last || (!known && final.length >= 3))
      const sure = readings.some((reading) => reading.factor > 0.8)
      // "doe" is shorthand typed to its end, hardly the beginning of "Doehle".
      if (begun && (!sure || final.length > SHORTHAND_LENGTH)) {
        const beginning = this.words.beginning(final)
        for (const id of needs[0]?.keys() ?? []) beginning.delete(id)
        if (beginning.size > 0) alternatives.push(alternative([beginning], known ? 0.6 : 0.9, this.words))
      }
    }
    if (rarest === 0) for (const each of alternatives) rarest = Math.max(rarest, each.rarity)
    const isSide =
      own.every((word) => SIDES.has(word)) ||
      readings.some(({ words: [word, more] }) => SIDES.has(word!) && !more)
    const weight = own.every((word) => WORK_UP.has(word)) ? WORK_UP_WEIGHT : isSide ? SIDE_WEIGHT : 1
    const importance = weight * (rarest > 0 ? Math.min(rarest, MOST_IMPORTANCE) : UNKNOWN_RARITY)
    return { text: own.join(" "), alternatives, importance, words }
  }

  /** "intra cerebral" for "intracerebral". */
  private joined(a: string, b: string): Slot | undefined {
    const match = this.words.known(a + b)
    if (match.size === 0) return undefined
    const only = alternative([match], 1, this.words)
    return { text: `${a} ${b}`, alternatives: [only], importance: only.rarity, words: new Set([a + b]) }
  }
}

/** The search text with corrected words in their places. */
function rewrite(
  text: string,
  tokens: readonly { start: number; end: number }[],
  corrections: ReadonlyMap<number, string>
): string {
  let out = ""
  let from = 0
  for (const [at, token] of tokens.entries()) {
    const corrected = corrections.get(at)
    if (corrected === undefined) continue
    out += text.slice(from, token.start) + corrected
    from = token.end
  }
  return (out + text.slice(from)).trim()
}

/** Content words of a text, for matching against the words of slots. */
export function saysAny(text: string, words: ReadonlySet<string>): boolean {
  return contentWords(text).some((word) => words.has(word))
}
