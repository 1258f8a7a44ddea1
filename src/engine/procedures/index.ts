/**
 * Candidates of HCPCS Level II and ICD-10-PCS: what the note says was given, handed out or done. Beside the
 * diagnoses, by other rules: a drug counts when it was given, a procedure when it took place.
 */
import type { CodePack } from "@/classification/pack-api"
import type { CompiledLexicon } from "../lexicon/compile"
import { PhraseTable } from "../lexicon/phrases"
import type { SectionRole } from "../lexicon-types"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import type { Setting, Suggestion } from "../types"
import { drugCodesOf } from "./drug-codes"
import { type Finding, suggestionsOf } from "./finding"
import { type DrugTables, drugsIn } from "./hcpcs-drugs"
import { addSupply, type CompiledSupply, suppliesIn } from "./hcpcs-supplies"
import { PcsTables, proceduresIn, withoutBeginnings, withoutIntegral } from "./pcs"
import { operationsOf } from "./pcs-index"
import { foldedWords, type Says, SentenceReasons, saysOf } from "./said"
import type { DrugBrand, ProcedureLexicon } from "./types"

export { besideDiagnoses } from "./finding"

/** Sections that tell of other times and places, or of what should be done. */
const ELSEWHERE: ReadonlySet<SectionRole> = new Set<SectionRole>([
  "medications",
  "allergies",
  "family",
  "social",
  "ros",
  "instructions",
  "administrative"
])

export interface ProcedureOptions {
  setting: Setting
  date: string | undefined
}

export class ProcedureFinder {
  private readonly says = new PhraseTable<Says>()
  private readonly brands = new PhraseTable<{ brand: DrugBrand; generic: string[] }>()
  private readonly supplies = new PhraseTable<CompiledSupply>()
  /** First words of brands and supplies: a sentence without any, and without a drug, is passed over. */
  private readonly starts = new Set<string>()
  private readonly drugs = new WeakMap<CodePack, DrugTables>()
  private readonly operations = new WeakMap<CodePack, ReturnType<typeof operationsOf>>()
  private readonly pcs: PcsTables

  constructor(
    private readonly lexicon: CompiledLexicon,
    words: ProcedureLexicon
  ) {
    for (const { text, says } of words.servicePhrases) this.says.add(foldedWords(text), says)
    for (const brand of words.drugBrands) {
      const generic = foldedWords(brand.generic)
      for (const name of brand.brands) {
        const words = foldedWords(name)
        this.brands.add(words, { brand, generic })
        this.starts.add(words[0] ?? "")
      }
    }
    for (const supply of words.supplies) {
      addSupply(this.supplies, supply)
      for (const term of supply.terms) this.starts.add(foldedWords(term)[0] ?? "")
    }
    this.pcs = new PcsTables(words.pcsProcedures, words.pcsWords)
  }

  /** Suggestions of the packs that are no diagnoses, best first. */
  find(charts: readonly ReadChart[], packs: readonly CodePack[], options: ProcedureOptions): Suggestion[] {
    const hcpcs = packs.find(({ info }) => info.system === "HCPCS")
    const findings: Finding[] = []
    // A facility's claim for a stay has no HCPCS drugs or supplies.
    if (hcpcs && options.setting !== "inpatient") findings.push(...this.hcpcs(charts, hcpcs, options.date))
    const pcs = packs.find(({ info }) => info.system === "ICD-10-PCS")
    // Only facilities report ICD-10-PCS, and only for a stay.
    if (pcs && options.setting === "inpatient") findings.push(...this.procedures(charts, pcs, options.date))
    return suggestionsOf(findings)
  }

  private procedures(charts: readonly ReadChart[], pack: CodePack, date: string | undefined): Finding[] {
    const book = pack.pcsBook
    if (!book) return []
    const options = { date, several: charts.length > 1 }
    const operations = () => this.operationsOf(pack)
    const findings: Finding[] = []
    for (const chart of charts) {
      chart.read.sentences.forEach((sentence, at) => {
        if (ELSEWHERE.has(sentence.role)) return
        const says = this.saying(chart, sentence)
        const reasons = new SentenceReasons(this.lexicon, chart.read, sentence)
        findings.push(...proceduresIn(this.pcs, pack, book, chart, at, says, reasons, operations, options))
      })
    }
    return withoutBeginnings(withoutIntegral(findings))
  }

  private names({ read }: ReadChart, { first, last }: Sentence, { byWord }: DrugTables): boolean {
    for (let at = first; at < last; at++) {
      const word = read.atoms.folded[at] ?? ""
      if (this.starts.has(word) || byWord.has(word)) return true
    }
    return false
  }

  /** What the sentence says happened, worked out when first asked. */
  private saying(chart: ReadChart, sentence: Sentence): () => ReadonlySet<Says> {
    let known: ReadonlySet<Says> | undefined
    return () => {
      known ??= saysOf(this.says, chart.read, sentence)
      return known
    }
  }

  private hcpcs(charts: readonly ReadChart[], pack: CodePack, date: string | undefined): Finding[] {
    const drugs = this.drugsOf(pack)
    const supplies = { pack, terms: this.supplies }
    const options = { date, several: charts.length > 1 }
    const findings: Finding[] = []
    for (const chart of charts) {
      for (const sentence of chart.read.sentences) {
        if (ELSEWHERE.has(sentence.role) || !this.names(chart, sentence, drugs)) continue
        const says = this.saying(chart, sentence)
        const reasons = new SentenceReasons(this.lexicon, chart.read, sentence)
        findings.push(
          ...drugsIn(drugs, chart, sentence, says, reasons, options),
          ...suppliesIn(supplies, chart, sentence, says, reasons, options)
        )
      }
    }
    return findings
  }

  /** The Index is walked once, when an operation is first reported. */
  private operationsOf(pack: CodePack): ReturnType<typeof operationsOf> {
    const known = this.operations.get(pack) ?? operationsOf(pack)
    this.operations.set(pack, known)
    return known
  }

  private drugsOf(pack: CodePack): DrugTables {
    const known = this.drugs.get(pack)
    if (known) return known
    const tables: DrugTables = { pack, byWord: drugCodesOf(pack), brands: this.brands }
    this.drugs.set(pack, tables)
    return tables
  }
}
