/** Trigger words of assertion (negation, doubt, history, family ...) found in a sentence. */
import {
  isPlaceholder,
  type PhraseSource,
  PhraseTable,
  phrasesByForm,
  placeholdersOf
} from "../lexicon/phrases"
import type { AssertionCategory, Trigger } from "../lexicon-types"
import { type Atoms, atomize } from "../text/atoms"
import type { Sentence } from "../text/document"

export interface TriggerHit {
  /** Atom positions, `last` exclusive. */
  first: number
  last: number
  trigger: CompiledTrigger
  /** Longer or shielding triggers over the same words: this one only counts where all of those overlap the target. */
  under?: TriggerHit[]
  /** Of a glued trigger that may stand apart: nothing follows it. */
  closed?: true
  /** Stands in another cell of the row and speaks of the whole sentence. */
  answers?: true
}

export interface CompiledTrigger extends Omit<Trigger, "sections" | "notSections" | "examples"> {
  sections?: ReadonlySet<string>
  notSections?: ReadonlySet<string>
}

export interface TriggerTable extends PhraseSource<CompiledTrigger> {
  /** As the table itself, those behind that begin with a placeholder the word can stand for ("<number>"). */
  starts: PhraseSource<CompiledTrigger>
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  for (const part of text.split(/(<[a-z]+>)/)) {
    if (isPlaceholder(part)) tokens.push(part)
    else tokens.push(...atomize(part).lower)
  }
  return tokens
}

export function compileTriggers(triggers: readonly Trigger[]): TriggerTable {
  const table = new PhraseTable<CompiledTrigger>()
  for (const { examples: _, sections, notSections, ...trigger } of triggers) {
    table.add(tokensOf(trigger.text), {
      ...trigger,
      sections: sections && new Set(sections),
      notSections: notSections && new Set(notSections)
    })
  }
  const starts: PhraseSource<CompiledTrigger> = {
    startingWith: (word) => {
      const placeholders = placeholdersOf(word)
      if (placeholders.length === 0) return table.startingWith(word)
      return [word, ...placeholders].flatMap((each) => table.startingWith(each))
    }
  }
  return { startingWith: (word) => table.startingWith(word), starts }
}

/**
 * End of the phrase (exclusive) that begins at `at`, or -1. Hyphens of the note are passed over where the
 * phrase has none: "two-day history of" is "<number> <unit> history of".
 */
function matchEnd(atoms: Atoms, at: number, tokens: readonly string[], to: number): number {
  let position = at + 1
  for (let i = 1; i < tokens.length; i++) {
    const token = tokens[i]!
    if (atoms.lower[position] === "-" && token !== "-") position++
    if (position >= to) return -1
    const lower = atoms.lower[position] ?? ""
    if (lower !== token && !(token.charCodeAt(0) === 60 && placeholdersOf(lower).includes(token))) return -1
    position++
  }
  return position
}

const CLOSING: ReadonlySet<string> = new Set([",", ".", ";", ")", "/", "|"])

/** Nothing is said behind position `at` any more, or something else begins. */
function isClosed(atoms: Atoms, at: number, to: number): boolean {
  return at >= to || CLOSING.has(atoms.lower[at] ?? "")
}

function applies(trigger: CompiledTrigger, section: string): boolean {
  if (trigger.sections && !trigger.sections.has(section)) return false
  return !trigger.notSections?.has(section)
}

/** One reading wins where words overlap: pseudo triggers hide what they shield, longer hides shorter. */
function hides(a: TriggerHit, b: TriggerHit): boolean {
  const overlap = a.first < b.last && b.first < a.last
  if (!overlap || a === b) return false
  if (a.trigger.category === "pseudo") {
    // "Brother noted" tells who speaks, "brother noted to have" whose disease it is: who goes on has said more.
    if (b.first === a.first && b.last > a.last) return false
    return (
      b.trigger.category !== "pseudo" &&
      (a.trigger.shields?.includes(b.trigger.category as AssertionCategory) ?? false)
    )
  }
  if (b.trigger.category === "pseudo") return false
  // ", with" ends what went before; the "with no" that it runs into begins anew.
  if (a.trigger.category === "terminate" && b.last > a.last) return false
  // Whatever their directions: in "pharyngitis, negative for mono" the "negative" that looks back is no word of its own.
  const longer = a.last - a.first - (b.last - b.first)
  return longer > 0 || (longer === 0 && a.first < b.first)
}

/** No trigger has more atoms. */
const LONGEST = 12

/** A cell of a table answers like the words behind a colon or dash: "Gout: resolved", "colon cancer - father". */
function answerHit(
  table: TriggerTable,
  atoms: Atoms,
  { first, last }: { first: number; last: number },
  section: string
): TriggerHit | undefined {
  for (const mark of [":", "-"]) {
    for (const { tokens, value } of table.startingWith(mark)) {
      if (tokens.length !== last - first + 1 || value.direction !== "backward") continue
      if (!applies(value, section)) continue
      if (tokens.every((token, i) => i === 0 || atoms.lower[first + i - 1] === token))
        return { first, last, trigger: value, answers: true }
    }
  }
  return undefined
}

/** Triggers of one sentence, in order; of overlapping ones it is noted which hides which. */
export function findTriggers(table: TriggerTable, atoms: Atoms, sentence: Sentence): TriggerHit[] {
  const hits: TriggerHit[] = []
  const starting = phrasesByForm(table.starts, atoms, "lower")
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const { tokens, value } of starting[atoms.form[at]!]!) {
      const last = matchEnd(atoms, at, tokens, sentence.last)
      if (last < 0 || !applies(value, sentence.section)) continue
      const { closes, opens, apartAtEnd } = value
      const closed = (closes || opens || apartAtEnd) && isClosed(atoms, last, sentence.last)
      if ((closes && !closed) || (opens && closed)) continue
      hits.push({ first: at, last, trigger: value, ...(apartAtEnd && closed ? { closed } : {}) })
    }
  }
  for (const answer of sentence.answers ?? []) {
    const hit = answerHit(table, atoms, answer, sentence.section)
    if (hit) hits.push(hit)
  }
  for (let i = 0; i < hits.length; i++) {
    const hit = hits[i]!
    const under: TriggerHit[] = []
    for (let j = i - 1; j >= 0 && hits[j]!.first > hit.first - LONGEST; j--) {
      if (hides(hits[j]!, hit)) under.push(hits[j]!)
    }
    for (let j = i + 1; j < hits.length && hits[j]!.first < hit.last; j++) {
      if (hides(hits[j]!, hit)) under.push(hits[j]!)
    }
    if (under.length > 0) hit.under = under
  }
  return hits
}
