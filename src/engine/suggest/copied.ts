/**
 * Text that was carried from one document of a chart into another. It keeps its tier with a badge; it is left out
 * only when the chart finished the condition since, or when it is dated to another visit (design.md 1).
 */
import type { CodePack, Row } from "@/classification/pack-api"
import type { Reason } from "../assertion/decide"
import type { Mention } from "../match/scan"
import type { Sentence } from "../text/document"
import type { Span } from "../types"
import type { ReadChart } from "./candidate"
import { orderOf } from "./finality"

/** Shorter sentences are the same in many notes by chance. */
const FEWEST_WORDS = 6
const SAYS_SO =
  /\b(?:cop(?:ied|y)(?:[ -]?forward)?(?: forward)? from|copied forward|carried forward|pulled forward|brought forward|forwarded from|imported from (?:the )?(?:prior|previous|last))\b/i
/** "3/4/2026:", "On 03/04/2026,", "Day 3:" at the head of a sentence. */
const DATED = /^\W*(?:(?:on|as of)\s+)?(?:(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2}))\b/i
const FINISHED = /resol|heal|cure|eradicat|no longer/i

export interface Copy {
  /** Where the text stands first, or the words that say it was carried over. */
  from: Span
  /** ISO date at the head of the sentence. */
  dated?: string
}

function keyOf(chart: ReadChart, { first, last }: Sentence): string | undefined {
  const { atoms } = chart.read
  const words: string[] = []
  for (let at = first; at < last; at++) if (atoms.isWord[at]) words.push(atoms.lower[at] ?? "")
  return words.length < FEWEST_WORDS ? undefined : words.join(" ")
}

function spanOf(chart: ReadChart, { first, last }: Sentence): Span {
  const { atoms } = chart.read
  const span = { start: atoms.start[first] ?? 0, end: atoms.end[last - 1] ?? 0 }
  return chart.given.doc ? { doc: chart.given.doc, ...span } : span
}

function dateOf(text: string): string | undefined {
  const match = DATED.exec(text)
  if (!match) return undefined
  if (match[4]) return `${match[4]}-${match[5]}-${match[6]}`
  const year = match[3]?.length === 2 ? `20${match[3]}` : match[3]
  return `${year}-${match[1]?.padStart(2, "0")}-${match[2]?.padStart(2, "0")}`
}

/** The sentences of a chart that were carried over from an earlier document, or say that they were. */
export function copiedSentences(charts: readonly ReadChart[]): Map<Sentence, Copy> {
  const copied = new Map<Sentence, Copy>()
  const order = orderOf(charts)
  const sorted = [...charts].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  const seen = new Map<string, { chart: ReadChart; sentence: Sentence }>()
  for (const chart of sorted) {
    const { read } = chart
    let told: { span: Span; section: string } | undefined
    const saysSo = SAYS_SO.test(read.text)
    if (!saysSo && charts.length === 1) continue
    for (const sentence of read.sentences) {
      const span = spanOf(chart, sentence)
      if (told && told.section !== sentence.section) told = undefined
      if (saysSo && SAYS_SO.test(read.text.slice(Math.max(0, span.start - 40), span.end)))
        told = { span, section: sentence.section }
      const key = charts.length > 1 ? keyOf(chart, sentence) : undefined
      const before = key === undefined ? undefined : seen.get(key)
      if (key !== undefined && !before) seen.set(key, { chart, sentence })
      const from = before && before.chart !== chart ? spanOf(before.chart, before.sentence) : told?.span
      if (!from) continue
      const dated = dateOf(read.text.slice(span.start, Math.min(span.end, span.start + 40)))
      copied.set(sentence, dated === undefined ? { from } : { from, dated })
    }
  }
  return copied
}

/** Conditions that a chart says are over, in words of its own and not in text that was carried over. */
export class Finished {
  private readonly rows = new Map<CodePack, Set<Row>>()

  constructor(charts: readonly ReadChart[], copied: ReadonlyMap<Sentence, Copy>) {
    if (copied.size === 0) return
    for (const { mentions } of charts) {
      for (const { match, sentence, reasons } of mentions) {
        if (copied.has(sentence) || !reasons.some(isOver)) continue
        const rows = this.rows.get(match.pack) ?? new Set<Row>()
        rows.add(match.row)
        this.rows.set(match.pack, rows)
      }
    }
  }

  has({ match }: Mention): boolean {
    return this.rows.get(match.pack)?.has(match.row) ?? false
  }
}

function isOver({ category, rule, bySection }: Reason): boolean {
  return category === "historical" && !bySection && FINISHED.test(rule)
}
