/** Supplies, equipment and services that HCPCS has codes for, where the note says they were handed out or given. */
import type { CodePack } from "@/classification/pack-api"
import type { PhraseTable } from "../lexicon/phrases"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import { evidenceAt, type Finding } from "./finding"
import { foldedWords, outermost, phrasesIn, type Says, type SentenceReasons } from "./said"
import type { Supply } from "./types"

export interface CompiledSupply {
  /** Missing for wording that only looks like one: "crutch training". */
  supply?: Supply
  codes: { code: string; words: string[][] }[]
}

export interface SupplyTables {
  pack: CodePack
  terms: PhraseTable<CompiledSupply>
}

/** Puts the wordings of a supply into the table. */
export function addSupply(table: PhraseTable<CompiledSupply>, supply: Supply): void {
  const codes = supply.codes.map(({ code, words }) => ({ code, words: (words ?? []).map(foldedWords) }))
  for (const term of supply.terms) table.add(foldedWords(term), { supply, codes })
  for (const term of supply.except ?? []) table.add(foldedWords(term), { codes: [] })
}

export function suppliesIn(
  { pack, terms }: SupplyTables,
  chart: ReadChart,
  sentence: Sentence,
  says: () => ReadonlySet<Says>,
  reasons: SentenceReasons,
  options: { date: string | undefined; several: boolean }
): Finding[] {
  const findings: Finding[] = []
  for (const { first, last, value } of outermost(
    phrasesIn(terms, chart.read, sentence.first, sentence.last)
  )) {
    const { supply } = value
    const said = says()
    if (!supply || said.has("elsewhere")) continue
    const happened = supply.needs === "given" ? said.has("given") : said.has("supplied")
    if (!happened && !(said.has("ordered") && supply.needs === "supplied")) continue
    if (reasons.isElsewhere(first, last)) continue
    const inForce = value.codes.flatMap(({ code, words }) => {
      const row = pack.find(code)
      if (row < 0) return []
      const { added, ended } = pack.dates(row)
      if (options.date === undefined ? ended !== undefined : (ended ?? "9") < options.date) return []
      if (options.date !== undefined && (added ?? "0") > options.date) return []
      return [{ row, code, words }]
    })
    const near = chart.read.atoms.folded.slice(sentence.first, sentence.last)
    const chosen =
      inForce.find(({ words }) => words.some((phrase) => holdsPhrase(near, phrase))) ??
      inForce.find(({ words }) => words.length === 0)
    if (!chosen) continue
    const picked = chosen.words.length > 0 || inForce.length === 1
    // A vaccine's code depends on who pays: it is for the coder to say.
    const certain = happened && picked && supply.needs === "supplied"
    findings.push({
      system: "HCPCS",
      code: chosen.code,
      title: pack.title(chosen.row),
      billable: true,
      tier: certain ? "code" : "consider",
      score: certain ? 0.58 : 0.28,
      evidence: evidenceAt(
        chart,
        sentence,
        first,
        last,
        { term: chart.read.atoms.folded.slice(first, last).join(" "), via: supply.id },
        options.several
      ),
      axes:
        inForce.length > 1
          ? [
              {
                axis: "type",
                ...(picked ? { value: pack.title(chosen.row) } : {}),
                options: inForce.map(({ row, code }) => ({ value: pack.title(row), code }))
              }
            ]
          : []
    })
  }
  return findings
}

function holdsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  for (let at = 0; at + phrase.length <= words.length; at++) {
    if (phrase.every((word, i) => words[at + i] === word)) return true
  }
  return false
}
