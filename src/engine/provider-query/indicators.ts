/**
 * Finds what a query on a condition may quote: values, findings, drugs and procedures that stand in the chart. It
 * chooses sentences by words (codesets/rules/query-indicators.json) and by nearness; what they mean is for the
 * provider to say.
 */
import type { SectionRole } from "../lexicon-types"
import { atomize } from "../text/atoms"
import type { ReadDocument, Sentence } from "../text/document"
import type { IndicatorEntry, IndicatorKind, OfferedIndicator } from "./composer-types"
import { placeOf, quoteAround } from "./quote"

export interface ReadChartDocument {
  doc: string
  date?: string
  read: ReadDocument
}

export interface CollectRequest {
  charts: readonly ReadChartDocument[]
  entries: readonly IndicatorEntry[]
  /** Places of the statements that the query is about: they are not quoted twice. */
  about: readonly { doc: string; start: number; end: number }[]
  /** Content words of the condition, folded. */
  words: ReadonlySet<string>
  /** ISO day of the encounter. */
  date?: string | undefined
  /** Words that must not stand near a query (payment, scores) or that name the patient. */
  forbidden(text: string): boolean
}

/** Sections in which nothing about this patient's findings is said. */
const SILENT: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "family",
  "instructions",
  "administrative",
  "allergies",
  "orders",
  "ros"
])

const OFFERED = 12
const PRESET = 5
const PRESET_OF_A_KIND = 2
/** Atoms between the word of a label and what it labels. */
const LABEL = 3

interface Candidate extends OfferedIndicator {
  score: number
}

/** Best first by nearness and kind, then shown in the order of the chart; at most twelve, five of them preset. */
export function collectIndicators(request: CollectRequest): OfferedIndicator[] {
  const found = request.charts.flatMap((chart) => inDocument(chart, request))
  found.sort((a, b) => b.score - a.score)
  const kept: Candidate[] = []
  for (const each of found) {
    if (kept.length >= OFFERED) break
    const same = kept.some((other) => other.quote.toLowerCase() === each.quote.toLowerCase())
    if (!same) kept.push(each)
  }
  const byKind = new Map<string, number>()
  let preset = 0
  for (const each of kept) {
    const count = byKind.get(each.kind) ?? 0
    if (each.earlier || preset >= PRESET || count >= PRESET_OF_A_KIND) continue
    byKind.set(each.kind, count + 1)
    each.preset = true
    preset++
  }
  const order = new Map(request.charts.map(({ doc }, at) => [doc, at]))
  return kept
    .sort((a, b) => (order.get(a.doc) ?? 0) - (order.get(b.doc) ?? 0) || a.start - b.start)
    .map(({ score: _, ...indicator }) => indicator)
}

interface Hit {
  first: number
  last: number
  kind: IndicatorKind
  near: boolean
}

function inDocument({ doc, date, read }: ReadChartDocument, request: CollectRequest): Candidate[] {
  const { words, about, forbidden } = request
  const own = about.filter((place) => place.doc === doc)
  const items = new Set(
    own.flatMap(({ start, end }) =>
      read.sentences
        .filter((sentence) => {
          const place = placeOf(read, sentence)
          return sentence.item >= 0 && place.start < end && place.end > start
        })
        .map(({ section, item }) => `${section} ${item}`)
    )
  )
  const found = new Map<Sentence, Candidate>()
  for (const hit of hitsIn(read, request.entries)) {
    const sentence = sentenceOf(read, hit)
    if (!sentence || SILENT.has(sentence.role)) continue
    const sameProblem = items.has(`${sentence.section} ${sentence.item}`)
    const named = sharesWord(read, sentence, words)
    if (!(sameProblem || named) && (hit.near || sentence.role === "history" || sentence.role === "social"))
      continue
    const within = placeOf(read, sentence)
    const from = read.atoms.start[hit.first] ?? 0
    const to = read.atoms.end[hit.last - 1] ?? 0
    if (own.some((place) => place.start < to && place.end > from)) continue
    const piece = quoteAround(read.text, within, from, to)
    if (piece.quote.length < 4 || forbidden(piece.quote) || piece.quote.includes("***")) continue
    const score =
      (sameProblem ? 6 : 0) +
      (named ? 3 : 0) +
      (hit.near ? 0 : 2) +
      (/\d/.test(piece.quote) ? 1 : 0) +
      (sentence.role === "findings" ? 1 : 0)
    const before = found.get(sentence)
    if (before && before.score >= score) continue
    const earlier = date !== undefined && request.date !== undefined && date < request.date
    found.set(sentence, {
      ...piece,
      doc,
      section: sentence.section,
      kind: hit.kind,
      preset: false,
      ...(date === undefined ? {} : { date }),
      ...(earlier ? { earlier: true as const } : {}),
      score: earlier ? score - 4 : score
    })
  }
  return [...found.values()]
}

/** The sentence that holds a hit; behind a label ("ECG: ...", "EMG: ...") the one that the label stands before. */
function sentenceOf(
  { sentenceOf: of, sentences, text, atoms }: ReadDocument,
  hit: Hit
): Sentence | undefined {
  for (let at = hit.first; at < Math.min(hit.last + LABEL, atoms.count); at++) {
    const found = sentences[of[at] ?? -1]
    if (!found) continue
    return text.slice(atoms.start[hit.first], atoms.start[at]).includes("\n") ? undefined : found
  }
  return undefined
}

/** Places of the entries' words in a document. */
function hitsIn(read: ReadDocument, entries: readonly IndicatorEntry[]): Hit[] {
  const { atoms, text } = read
  const byWord = new Map<string, number[]>()
  for (let at = 0; at < atoms.count; at++) {
    const word = atoms.lower[at] ?? ""
    const places = byWord.get(word)
    if (places) places.push(at)
    else byWord.set(word, [at])
  }
  const hits: Hit[] = []
  const add = (phrase: string, kind: IndicatorKind, near: boolean, spelled: boolean) => {
    const wanted = atomize(phrase)
    const { lower } = wanted
    for (const first of byWord.get(lower[0] ?? "") ?? []) {
      const last = first + wanted.count
      if (!lower.every((word, n) => atoms.lower[first + n] === word)) continue
      if (spelled && text.slice(atoms.start[first], atoms.end[last - 1]) !== phrase) continue
      hits.push({ first, last, kind, near })
    }
  }
  for (const { findings } of entries) {
    for (const { kind, words, exact, near } of findings) {
      for (const phrase of words ?? []) add(phrase, kind, false, false)
      for (const phrase of exact ?? []) add(phrase, kind, false, true)
      for (const phrase of near ?? []) add(phrase, kind, true, false)
    }
  }
  return hits
}

function sharesWord({ atoms }: ReadDocument, { first, last }: Sentence, words: ReadonlySet<string>): boolean {
  for (let at = first; at < last; at++) if (words.has(atoms.folded[at] ?? "")) return true
  return false
}

/** Axes on which a quote bears, by the words of the entries that it holds. */
export function axesOf(quote: string, entries: readonly IndicatorEntry[]): Set<string> {
  const atoms = atomize(quote)
  const axes = new Set<string>()
  const holds = (phrase: string, spelled: boolean) => {
    const { lower } = atomize(phrase)
    for (let first = 0; first + lower.length <= atoms.count; first++) {
      if (!lower.every((word, n) => atoms.lower[first + n] === word)) continue
      const said = quote.slice(atoms.start[first], atoms.end[first + lower.length - 1])
      if (!spelled || said === phrase) return true
    }
    return false
  }
  for (const { findings } of entries) {
    for (const { words = [], near = [], exact = [], bears = [] } of findings) {
      if (bears.length === 0) continue
      const said =
        [...words, ...near].some((each) => holds(each, false)) || exact.some((each) => holds(each, true))
      if (said) for (const axis of bears) axes.add(axis)
    }
  }
  return axes
}
