/**
 * The codes that a note of the Tabular List names: "(E11.-)", "(I10-I1A)", "(T36-T50 with fifth or sixth
 * character 5)", "(K85-K86.-)", "conditions classified to A74.-". Pure; nothing here knows a release, so what
 * looks like a code ("vitamin B12") is only one when the pack holds it.
 */
import type { CodePack, Row } from "./pack-api"

export interface NoteReference {
  /** UTF-16 offsets in the text of the note. */
  start: number
  end: number
  /** Without dot: "E11". With `to` the first of a range. */
  from: string
  to?: string
  /** "with fifth or sixth character 5": characters (from 1) any of which must be one of `allowed`. */
  positions?: number[]
  allowed?: string
  /** "with final characters -23" */
  endsWith?: string
}

export interface ReadNote {
  /** The wording without the references: "tuberculous enteritis". */
  words: string
  references: NoteReference[]
}

const CODE = String.raw`[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{0,4})?-?`
const REFERENCE = new RegExp(
  String.raw`(?<![A-Za-z0-9.])(${CODE})(?:\s?[-\u2013]?\s?(?<=[-\u2013]\s?)(${CODE}))?(?![A-Za-z0-9])`,
  "g"
)
const WITH_CHARACTER =
  /^\s*,?\s*with (?:(final|first|second|third|fourth|fifth|sixth|seventh|\d(?:st|nd|rd|th))(?: or (fourth|fifth|sixth|seventh|\d(?:st|nd|rd|th)))?) characters? -?([0-9A-Z]+(?:-[0-9A-Z])?)/
const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh"]

/** Every code and range a note names, in order, and its wording without them. Never throws. */
export function readNoteReferences(text: string): ReadNote {
  const references: NoteReference[] = []
  for (const match of text.matchAll(REFERENCE)) {
    const end = match.index + match[0].length
    const from = bare(match[1]!)
    const to = match[2] === undefined ? undefined : bare(match[2])
    const condition = WITH_CHARACTER.exec(text.slice(end))
    references.push({
      start: match.index,
      end: end + (condition?.[0].length ?? 0),
      from,
      ...(to === undefined ? {} : { to }),
      ...(condition ? characters(condition) : {})
    })
  }
  return { words: wordsWithout(text, references), references }
}

/** Whether the reference names this row: the code itself, one below it, or one inside the range. */
export function refersTo(pack: CodePack, reference: NoteReference, row: Row): boolean {
  const span = spanOf(pack, reference)
  if (!span || row < span[0] || row > span[1]) return false
  if (reference.positions === undefined && reference.endsWith === undefined) return true
  const code = bare(pack.code(row))
  if (reference.endsWith !== undefined) return code.endsWith(reference.endsWith)
  return reference.positions!.some((position) => {
    const character = code[position - 1]
    return character !== undefined && reference.allowed!.includes(character)
  })
}

/** First and last row that a reference spans; undefined when the release does not hold its codes. */
export function spanOf(pack: CodePack, { from, to }: NoteReference): [Row, Row] | undefined {
  const first = pack.find(from)
  if (first < 0) return undefined
  if (to === undefined) return [first, pack.subtreeEnd(first)]
  const last = pack.find(to)
  return last < first ? undefined : [first, pack.subtreeEnd(last)]
}

function bare(code: string): string {
  return code.replace(/[.\-\u2013]/g, "")
}

function characters(match: RegExpExecArray): Pick<NoteReference, "positions" | "allowed" | "endsWith"> {
  const [, first, second, value] = match
  if (first === "final") return { endsWith: value! }
  const positions = [first, second].flatMap((word) => {
    if (word === undefined) return []
    const named = ORDINALS.indexOf(word) + 1
    return [named > 0 ? named : Number.parseInt(word, 10)]
  })
  return { positions, allowed: expand(value!) }
}

/** "1-4" is 1234. */
function expand(value: string): string {
  const range = /^([0-9])-([0-9])$/.exec(value)
  if (!range) return value
  const [from, to] = [Number(range[1]), Number(range[2])]
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => from + n).join("")
}

/** Without the brackets that hold nothing but references; a code outside brackets is part of the wording. */
function wordsWithout(text: string, references: readonly NoteReference[]): string {
  let words = ""
  let at = 0
  for (const group of text.matchAll(/\(([^()]*)\)/g)) {
    const end = group.index + group[0].length
    const inside = references.filter((each) => each.start > group.index && each.end < end)
    if (inside.length === 0) continue
    let between = text.slice(group.index + 1, inside[0]!.start)
    inside.forEach((each, n) => {
      between += text.slice(each.end, inside[n + 1]?.start ?? end - 1)
    })
    if (/[A-Za-z]{4}/.test(between)) continue
    words += `${text.slice(at, group.index)} `
    at = end
  }
  words += text.slice(at)
  return words
    .replace(/\s+/g, " ")
    .replace(/[\s,;:]+$/, "")
    .trim()
}
