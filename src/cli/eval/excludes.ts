/**
 * Excludes1 over every note of the release (guidelines I.A.12): what each reference of each note comes to, the same
 * in both orders, and never a failure that no Excludes1 line of the Tabular List names. What names what is read here
 * a second time, by letters alone, so that the checks cannot agree with themselves.
 */

import { readNoteReferences, spanOf } from "@/classification/note-references"
import type { CodePack, PackNote, Row } from "@/classification/pack-api"
import { ExcludesReader } from "@/engine/checks/excludes"
import type { PackShelf } from "../load-packs"
import { EVAL_DATE, type Line } from "./note-sets"

const OTHER_LISTS: ReadonlySet<string> = new Set(["excludes2", "codeFirst", "useAdditional", "codeAlso"])
/** Codes tried for each end of a reference: the first, the last and some between. */
const TRIED = 4

/** Pairs of rules.md B2, and what the Tabular List of FY2026 says of each by our reading of it. */
const HIGH_VALUE = `
J96.01 R09.02, J96.01 J80, J96.01 R06.03, J96.01 J95.821, N39.0 N30.00, N39.0 N34.1, N39.0 R82.81, M54.50 M54.41,
M54.50 M51.26, M54.50 S39.012A, M54.12 M50.121, M54.16 M51.16, M54.16 M47.26, R73.01 E11.9, R73.03 E08.9,
F17.210 Z87.891, F17.210 Z72.0, I20.0 I25.110, I20.9 I25.700, Z86.73 I69.351, K92.2 K25.4, K92.2 K29.01, K92.2 K57.31,
K92.2 K31.811, K92.2 K62.5, G31.84 F03.90, G31.84 F02.80, G31.84 R41.82, E11.9 E08.9, E11.9 E09.9, E11.9 E10.9,
E11.9 E13.9, E11.9 O24.410, J45.909 R06.2, R56.9 G40.909, R41.82 R40.20, R41.82 R41.0, F32.9 F31.9, F32.9 F33.9,
I10 O10.911, I10 O13.3, I10 O14.03, F45.8 G47.63, G56.01 M54.12, D05.11 C50.911, I10 I63.9, I63.9 I69.351,
L97.511 L89.610, Z86.79 I25.2, F03.90 F05, R09.02 R06.89, J18.9 J69.0, J18.9 J85.1, J44.9 J41.0, J44.9 J43.9,
J44.9 J47.9, J45.909 J82.83`

const bare = (code: string) => code.replace(/[.-]/g, "")

/** Does the text name the code, read by letters alone: "(E08-E13)", "(M54.1-)", "(I10)". Conditions are not read. */
function namesByLetters(text: string, code: string): boolean {
  const own = bare(code)
  const found = text.matchAll(/([A-Z]\d[0-9A-Z][.0-9A-Z]*)(?:-?\s?[-\u2013]\s?([A-Z]\d[0-9A-Z][.0-9A-Z]*))?/g)
  for (const [, from = "", to = from] of found) {
    const [first, last] = [bare(from), bare(to)]
    if (own.slice(0, first.length) >= first && own.slice(0, last.length) <= last) return true
  }
  return false
}

/** Billable codes at or below a row, spread over it. */
function sample(pack: CodePack, first: Row, last: Row, most: number): Row[] {
  const rows: Row[] = []
  const step = Math.max(1, Math.floor((last - first) / (most - 1)))
  for (let at = first; at <= last && rows.length < most; at += step) {
    let row = at
    while (row <= last && !pack.billable(row)) row++
    if (row <= last && !rows.includes(row)) rows.push(row)
  }
  return rows
}

interface Counts {
  notes: number
  references: number
  unresolved: number
  pairs: number
  fail: number
  warn: number
  itself: number
  otherPairs: number
  otherFails: number
  orders: string[]
  unfounded: string[]
  missed: string[]
  doubles: Map<string, { at: string; text: string; second: string; verdicts: Set<string> }>
}

/** Every note once, with the rows it holds for. */
function* notesOf(pack: CodePack): Generator<{ note: PackNote; first: Row; last: Row }> {
  const sections = new Map<string, { note: PackNote; first: Row; last: Row }>()
  for (let row = 0; row < pack.size; row++) {
    for (const note of pack.notes(row)) yield { note, first: row, last: pack.subtreeEnd(row) }
    if (pack.parent(row) >= 0) continue
    for (const note of pack.notes(row, true)) {
      if (!/[\s-]/.test(note.at)) continue
      const key = `${note.kind} ${note.at} ${note.text}`
      const known = sections.get(key)
      if (known) known.last = pack.subtreeEnd(row)
      else sections.set(key, { note, first: row, last: pack.subtreeEnd(row) })
    }
  }
  yield* sections.values()
}

/** @param most codes tried for each end of a reference, 2 or more */
export function countExcludes(pack: CodePack, most = TRIED): Counts {
  const reader = new ExcludesReader(pack)
  const counts: Counts = {
    notes: 0,
    references: 0,
    unresolved: 0,
    pairs: 0,
    fail: 0,
    warn: 0,
    itself: 0,
    otherPairs: 0,
    otherFails: 0,
    orders: [],
    unfounded: [],
    missed: [],
    doubles: new Map()
  }
  for (const { note, first, last } of notesOf(pack)) {
    const excluding = note.kind === "excludes1"
    if (!excluding && !OTHER_LISTS.has(note.kind)) continue
    if (excluding) counts.notes++
    for (const reference of readNoteReferences(note.text).references) {
      if (excluding) counts.references++
      const span = spanOf(pack, reference)
      if (!span) {
        if (excluding) counts.unresolved++
        continue
      }
      for (const a of sample(pack, first, last, most))
        for (const b of sample(pack, span[0], span[1], most)) tryPair(pack, reader, note, a, b, counts)
    }
  }
  return counts
}

function tryPair(
  pack: CodePack,
  reader: ExcludesReader,
  note: PackNote,
  a: Row,
  b: Row,
  counts: Counts
): void {
  const excluding = note.kind === "excludes1"
  if (a === b) {
    if (excluding) counts.itself++
    return
  }
  const found = reader.between(a, b)
  const name = `${pack.code(a)} ${pack.code(b)}`
  if (JSON.stringify(found) !== JSON.stringify(reader.between(b, a))) counts.orders.push(name)
  if (found) {
    const founded = (from: Row, other: Row) =>
      pack
        .notes(from, true)
        .some(({ kind, text }) => kind === "excludes1" && namesByLetters(text, pack.code(other)))
    if (!founded(a, b) && !founded(b, a)) counts.unfounded.push(name)
  }
  if (!excluding) {
    counts.otherPairs++
    if (found?.verdict === "fail") counts.otherFails++
    return
  }
  counts.pairs++
  if (!found) {
    // The reference may hold only for some characters ("with fifth or sixth character 5").
    if (!/\bwith\b.*\bcharacters?\b/.test(note.text)) counts.missed.push(`${name} (${note.at}: ${note.text})`)
    return
  }
  counts[found.verdict]++
  if (!found.alsoIn) return
  const key = `${found.at} | ${found.text} | ${found.alsoIn.at} | ${found.alsoIn.text}`
  const double = counts.doubles.get(key) ?? {
    at: found.at,
    text: found.text,
    second: `${found.alsoIn.kind} at ${found.alsoIn.at}: ${found.alsoIn.text}`,
    verdicts: new Set<string>()
  }
  double.verdicts.add(found.verdict)
  counts.doubles.set(key, double)
}

const short = (texts: readonly string[]) =>
  texts.length === 0 ? "0" : `${texts.length}: ${texts.slice(0, 5).join("; ")}`

/** @param list also each double listing, and each high-value pair */
export function evalExcludes(shelf: PackShelf, list = true): Line[] | undefined {
  const pack = shelf.pick(EVAL_DATE).packs.find(({ info }) => info.system === "ICD-10-CM")
  if (!pack) return undefined
  const counts = countExcludes(pack)
  const resolved = [...counts.doubles.values()]
  const failing = resolved.filter(({ verdicts }) => verdicts.has("fail"))
  const lines: Line[] = [
    ["Excludes1 lines, references", `${counts.notes}, ${counts.references}`],
    ["references to no code", String(counts.unresolved)],
    ["pairs tried", `${counts.pairs} (and ${counts.itself} of a code with itself)`],
    ["fail", String(counts.fail)],
    ["warn, applies only if", String(counts.warn)],
    ["told differently in two orders", short(counts.orders)],
    ["named, but nothing told", short(counts.missed)],
    ["told without an Excludes1 line", short(counts.unfounded)],
    [
      "pairs of the other lists tried",
      `${counts.otherPairs}, of which an Excludes1 line fails ${counts.otherFails}`
    ],
    ["double listings", `${resolved.length}: ${failing.length} fail by wording, the others warn`]
  ]
  if (!list) return lines
  for (const each of resolved)
    lines.push([`double at ${each.at}`, `${[...each.verdicts].join("/")}: "${each.text}" | ${each.second}`])
  const reader = new ExcludesReader(pack)
  for (const pair of HIGH_VALUE.trim().split(/,\s*/)) {
    const [a = "", b = ""] = pair.split(" ")
    const found = reader.between(pack.find(a), pack.find(b))
    lines.push([
      pair,
      found ? `${found.verdict}: Excludes1 at ${found.at}, "${found.text}"` : "no Excludes1 note"
    ])
  }
  return lines
}
