/**
 * Procedures of an inpatient stay as ICD-10-PCS: the table and the axes that the words carry. What is open
 * stays a choice. Always *consider*: whether a procedure is reported is the coder's and the facility's to say.
 */
import type { CodePack, PcsBook } from "@/classification/pack-api"
import { PhraseTable } from "../lexicon/phrases"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import { evidenceAt, type Finding } from "./finding"
import { fillAxes, type SaidOfProcedure, sideSaid } from "./pcs-axes"
import { fittingBeginnings } from "./pcs-index"
import { foldedWords, type Hit, outermost, phrasesIn, type Says, type SentenceReasons } from "./said"
import { describesThing, isTitle, isToldHere } from "./told"
import type { PcsProcedure, PcsWord } from "./types"

interface CompiledProcedure {
  procedure: PcsProcedure
  with: string[][]
  without: string[][]
  anywhere: string[][]
  nowhere: string[][]
}

export class PcsTables {
  readonly terms = new PhraseTable<CompiledProcedure>()
  readonly words = new PhraseTable<PcsWord>()

  constructor(procedures: readonly PcsProcedure[], words: readonly PcsWord[]) {
    for (const procedure of procedures) {
      const compiled = {
        procedure,
        with: (procedure.with ?? []).map(foldedWords),
        without: (procedure.without ?? []).map(foldedWords),
        anywhere: (procedure.anywhere ?? []).map(foldedWords),
        nowhere: (procedure.nowhere ?? []).map(foldedWords)
      }
      for (const term of procedure.terms) this.terms.add(foldedWords(term), compiled)
    }
    for (const word of words) this.words.add(foldedWords(word.text), word)
  }
}

function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  for (let at = 0; at + phrase.length <= words.length; at++) {
    if (phrase.every((word, i) => words[at + i] === word)) return true
  }
  return false
}

/** Of the entries that share a wording, those whose conditions hold; conditions beat none, rank beats both. */
function applying(
  hits: readonly Hit<CompiledProcedure>[],
  words: readonly string[],
  all: readonly string[]
): Hit<CompiledProcedure>[] {
  const meets = (among: readonly string[], needed: readonly string[][], barred: readonly string[][]) =>
    (needed.length === 0 || needed.some((phrase) => holdsPhrase(among, phrase))) &&
    !barred.some((phrase) => holdsPhrase(among, phrase))
  const holding = hits.filter(
    ({ value }) => meets(words, value.with, value.without) && meets(all, value.anywhere, value.nowhere)
  )
  const weight = ({ value }: Hit<CompiledProcedure>) =>
    (value.procedure.rank ?? 0) * 2 + (value.with.length + value.anywhere.length > 0 ? 1 : 0)
  return holding.filter((hit) =>
    holding.every(
      (other) => other.first >= hit.last || other.last <= hit.first || weight(other) <= weight(hit)
    )
  )
}

function labelsIn(
  tables: PcsTables,
  chart: ReadChart,
  sentences: readonly Sentence[],
  prefix: string
): Map<number, Set<string>> {
  const labels = new Map<number, Set<string>>()
  for (const { first, last } of sentences) {
    for (const { value } of phrasesIn(tables.words, chart.read, first, last)) {
      if (value.tables && !value.tables.some((table) => prefix.startsWith(table))) continue
      const known = labels.get(value.position) ?? new Set<string>()
      for (const label of value.labels) known.add(label)
      labels.set(value.position, known)
    }
  }
  return labels
}

/** Sentences of the same section around this one: the report of one operation. */
function sectionOf(chart: ReadChart, at: number): Sentence[] {
  const { sentences } = chart.read
  const { section } = sentences[at]!
  let from = at
  let to = at + 1
  while (from > 0 && sentences[from - 1]!.section === section) from--
  while (to < sentences.length && sentences[to]!.section === section) to++
  return sentences.slice(from, to)
}

function wordsOf(chart: ReadChart, { first, last }: Sentence): string[] {
  return chart.read.atoms.folded.slice(first, last)
}

/** One sentence that names procedures, asked about table after table. */
class AskedSentence {
  private readonly sentence: Sentence
  private readonly words: string[]

  constructor(
    private readonly tables: PcsTables,
    private readonly pack: CodePack,
    private readonly book: PcsBook,
    private readonly chart: ReadChart,
    private readonly at: number,
    private readonly options: { date: string | undefined; several: boolean }
  ) {
    this.sentence = chart.read.sentences[at]!
    this.words = wordsOf(chart, this.sentence)
  }

  private said(prefix: string): SaidOfProcedure {
    const { chart, sentence, words } = this
    const wide = sectionOf(chart, this.at)
    return {
      near: new Set(words),
      side: sideSaid(words) ?? sideSaid(wide.flatMap((each) => wordsOf(chart, each))),
      nearLabels: labelsIn(this.tables, chart, [sentence], prefix),
      wideLabels: sentence.role === "procedure" ? labelsIn(this.tables, chart, wide, prefix) : new Map()
    }
  }

  /** A finding of one table; undefined when the release has no such table or rows. */
  fill(
    prefix: string,
    starts: readonly string[],
    implies: Readonly<Record<string, string>>,
    first: number,
    last: number,
    via: string
  ): Finding | undefined {
    const table = this.book.table(prefix)
    const filled = table && fillAxes(table, starts, implies, this.said(prefix))
    if (!filled) return undefined
    const row = filled.code.length === 7 ? this.pack.find(filled.code) : -1
    const known = row >= 0 && inForce(this.pack, row, this.options.date)
    const term = this.chart.read.atoms.folded.slice(first, last).join(" ")
    return {
      system: "ICD-10-PCS",
      code: filled.code,
      title: known
        ? this.pack.title(row)
        : [`${table.bodySystem.label}, ${table.operation.label}`, ...filled.labels].join("; "),
      billable: known,
      tier: "consider",
      score: 0.3 + filled.code.length / 50 + (this.sentence.role === "procedure" ? 0.05 : 0),
      evidence: evidenceAt(this.chart, this.sentence, first, last, { term, via }, this.options.several),
      axes: filled.axes
    }
  }

  /** Names of operations that the Index has and the lexicon has not. */
  byIndex(
    operations: ReadonlyMap<string, { term: string; begins: string[] }>,
    hits: readonly Hit<unknown>[],
    reasons: SentenceReasons,
    parts: ReadonlySet<string>
  ): Finding[] {
    const findings: Finding[] = []
    for (let at = this.sentence.first; at < this.sentence.last; at++) {
      const word = this.chart.read.atoms.folded[at] ?? ""
      const operation = word.length > 6 ? operations.get(word) : undefined
      if (!operation || parts.has(word) || hits.some(({ first, last }) => first <= at && last > at)) continue
      if (reasons.isElsewhere(at, at + 1) || describesThing(this.chart.read, at + 1)) continue
      const begins = fittingBeginnings(operation.begins, new Set(this.words))
      const prefixes = [...new Set(begins.map((start) => start.slice(0, 3)))]
      const found = prefixes.flatMap((prefix) => {
        const starts = begins.filter((start) => start.startsWith(prefix))
        return this.fill(prefix, starts, {}, at, at + 1, `index: ${operation.term}`) ?? []
      })
      // Several tables: those in which the words find the part; none, or too many, says nothing.
      const placed = found.length > 1 ? found.filter(({ code }) => code.length > 3) : found
      if (placed.length <= MOST_TABLES) findings.push(...placed)
    }
    return findings
  }
}

/** A name of the Index is one procedure: where two tables hold it, the coder looks it up. */
const MOST_TABLES = 1

/** Words by which an entry chose: "osteotomy" of "bunionectomy with osteotomy" is no procedure beside it. */
function partsOf(named: readonly Hit<CompiledProcedure>[]): ReadonlySet<string> {
  return new Set(named.flatMap(({ value }) => value.with.flat()))
}

export function proceduresIn(
  tables: PcsTables,
  pack: CodePack,
  book: PcsBook,
  chart: ReadChart,
  at: number,
  says: () => ReadonlySet<Says>,
  reasons: SentenceReasons,
  operations: () => ReadonlyMap<string, { term: string; begins: string[] }>,
  options: { date: string | undefined; several: boolean }
): Finding[] {
  const sentence = chart.read.sentences[at]!
  const hits = outermost(phrasesIn(tables.terms, chart.read, sentence.first, sentence.last))
  if (hits.length === 0 && sentence.role !== "procedure") return []
  const words = wordsOf(chart, sentence)
  if (!isToldHere(sentence, words)) return []
  // A report tells what was done in its titles and where it says so; the rest speaks of ways, tools and reasons.
  const reported = isTitle(words) || says().has("done")
  const asked = new AskedSentence(tables, pack, book, chart, at, options)
  const findings: Finding[] = []
  const named = applying(hits, words, chart.read.atoms.folded)
  for (const { first, last, value } of named) {
    // A report of an operation tells what was done; elsewhere the sentence has to say so.
    if (sentence.role === "procedure" ? !reported : !says().has("done")) continue
    if (describesThing(chart.read, last)) continue
    if (says().has("elsewhere") && sentence.role !== "procedure") continue
    if (reasons.isElsewhere(first, last)) continue
    const { procedure } = value
    for (const prefix of new Set(procedure.begins.map((start) => start.slice(0, 3)))) {
      const starts = procedure.begins.filter((start) => start.startsWith(prefix))
      const found = asked.fill(prefix, starts, procedure.implies ?? {}, first, last, procedure.id)
      if (found) findings.push(found)
    }
  }
  // A name that only the Index knows counts where an operation is reported.
  if (sentence.role === "procedure" && reported)
    findings.push(...asked.byIndex(operations(), hits, reasons, partsOf(named)))
  return findings
}

function inForce(pack: CodePack, row: number, date: string | undefined): boolean {
  const { added, ended } = pack.dates(row)
  if (date === undefined) return ended === undefined
  return (ended ?? "9") >= date && (added ?? "0") <= date
}

/** A beginning says less than a code that begins so: it goes, and leaves its evidence there. */
export function withoutBeginnings(findings: readonly Finding[]): Finding[] {
  const codes = [...new Set(findings.map(({ code }) => code))]
  return findings.map((finding) => {
    const longer = codes.find((code) => code !== finding.code && code.startsWith(finding.code))
    const whole = longer && findings.find(({ code }) => code === longer)
    return whole ? { ...whole, evidence: finding.evidence, score: finding.score } : finding
  })
}

/** Root operation Inspection, character 3, of the sections that have one. */
const INSPECTION = /^0.J/
const INTUBATION = "0BH17EZ"

/**
 * Drops what another procedure of the same report holds: looking at the parts that are worked on is no procedure
 * beside it (B3.11a), nor is the airway of an anesthesia beside an operation.
 */
export function withoutIntegral(findings: readonly Finding[]): Finding[] {
  const reported = findings.filter(({ evidence }) => evidence.section === "procedure")
  return findings.filter((finding) => {
    const { code, evidence } = finding
    if (evidence.section !== "procedure") return true
    const others = reported.filter(
      (other) => other.code !== code && !INSPECTION.test(other.code) && other.evidence.doc === evidence.doc
    )
    if (INSPECTION.test(code)) return !others.some((other) => other.code.slice(0, 2) === code.slice(0, 2))
    if (code === INTUBATION) return !others.some((other) => /^0[^B]/.test(other.code))
    return true
  })
}
