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
import { foldedWords, type Hit, phrasesIn, type Says, type SentenceReasons } from "./said"
import type { PcsProcedure, PcsWord } from "./types"

interface CompiledProcedure {
  procedure: PcsProcedure
  with: string[][]
  without: string[][]
}

export class PcsTables {
  readonly terms = new PhraseTable<CompiledProcedure>()
  readonly words = new PhraseTable<PcsWord>()

  constructor(procedures: readonly PcsProcedure[], words: readonly PcsWord[]) {
    for (const procedure of procedures) {
      const compiled = {
        procedure,
        with: (procedure.with ?? []).map(foldedWords),
        without: (procedure.without ?? []).map(foldedWords)
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
  words: readonly string[]
): Hit<CompiledProcedure>[] {
  const holding = hits.filter(
    ({ value }) =>
      (value.with.length === 0 || value.with.some((phrase) => holdsPhrase(words, phrase))) &&
      !value.without.some((phrase) => holdsPhrase(words, phrase))
  )
  const weight = ({ value }: Hit<CompiledProcedure>) =>
    (value.procedure.rank ?? 0) * 2 + (value.with.length > 0 ? 1 : 0)
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

export function proceduresIn(
  tables: PcsTables,
  pack: CodePack,
  book: PcsBook,
  chart: ReadChart,
  at: number,
  says: () => ReadonlySet<Says>,
  reasons: SentenceReasons,
  options: { date: string | undefined; several: boolean }
): Finding[] {
  const sentence = chart.read.sentences[at]!
  const hits = phrasesIn(tables.terms, chart.read, sentence.first, sentence.last)
  if (hits.length === 0) return []
  const words = wordsOf(chart, sentence)
  const findings: Finding[] = []
  for (const { first, last, value } of applying(hits, words)) {
    // A report of an operation tells what was done; elsewhere the sentence has to say so.
    if (sentence.role !== "procedure" && !says().has("done")) continue
    if (says().has("elsewhere") && sentence.role !== "procedure") continue
    if (reasons.isElsewhere(first, last)) continue
    const { procedure } = value
    const prefixes = new Set(procedure.begins.map((start) => start.slice(0, 3)))
    for (const prefix of prefixes) {
      const table = book.table(prefix)
      if (!table) continue
      const wide = sectionOf(chart, at)
      const near = new Set(words)
      const said: SaidOfProcedure = {
        near,
        side: sideSaid(words) ?? sideSaid(wide.flatMap((each) => wordsOf(chart, each))),
        nearLabels: labelsIn(tables, chart, [sentence], prefix),
        wideLabels: sentence.role === "procedure" ? labelsIn(tables, chart, wide, prefix) : new Map()
      }
      const starts = procedure.begins.filter((start) => start.startsWith(prefix))
      const filled = fillAxes(table, starts, procedure.implies ?? {}, said)
      if (!filled) continue
      const row = filled.code.length === 7 ? pack.find(filled.code) : -1
      const known = row >= 0 && inForce(pack, row, options.date)
      findings.push({
        system: "ICD-10-PCS",
        code: filled.code,
        title: known
          ? pack.title(row)
          : [`${table.bodySystem.label}, ${table.operation.label}`, ...filled.labels].join("; "),
        billable: known,
        tier: "consider",
        score: 0.3 + filled.code.length / 50 + (sentence.role === "procedure" ? 0.05 : 0),
        evidence: evidenceAt(
          chart,
          sentence,
          first,
          last,
          { term: chart.read.atoms.folded.slice(first, last).join(" "), via: procedure.id },
          options.several
        ),
        axes: filled.axes
      })
    }
  }
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
