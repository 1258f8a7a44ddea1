/** A desk for queries over the starter set and the repository's own words, and gaps for notes written in a test. */
import { readFileSync } from "node:fs"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { assembleStarter } from "@/classification/readers/assemble"
import { readStarterTsv } from "@/classification/readers/starter-tsv"
import { createEngine } from "@/engine/index"
import { createQueryDesk } from "@/engine/provider-query"
import type { Evidence, Gap } from "@/engine/types"
import { repositoryLexicon } from "../../lexicon/read-files"

export const DATE = "2026-01-15"
const starter = readStarterTsv(
  { name: "icd10cm.tsv", content: readFileSync("codesets/starter/icd10cm.tsv") },
  "ICD-10-CM"
)
const pack = openPack(
  compilePack(
    assembleStarter("ICD-10-CM", starter, {
      release: "starter",
      effective: { from: "2025-10-01" },
      provenance: { source: "starter", files: [] }
    })
  )
)
export const lexicon = repositoryLexicon()
export const engine = createEngine({ packs: [pack], lexicon })
export const {
  queryChecks: checks = [],
  queryTemplates: templates = [],
  queryIndicators: indicators = []
} = lexicon
export const desk = createQueryDesk({ lexicon, engine, date: DATE })

/** Evidence at the first place where the words stand in the note. */
export function said(note: string, quote: string, change: Partial<Evidence> = {}): Evidence {
  const start = note.indexOf(quote)
  if (start < 0) throw new Error(`The note does not say "${quote}".`)
  return {
    start,
    end: start + quote.length,
    quote,
    term: quote.toLowerCase(),
    via: "title",
    section: "",
    assertion: { negation: "affirmed", temporality: "recent", experiencer: "patient" },
    ...change
  }
}

export function gapOf(note: string, statements: readonly string[], change: Partial<Gap> = {}): Gap {
  return {
    id: "gap.test.type",
    key: "gap.test.type|test",
    level: "specificity",
    severity: "medium",
    axis: "type",
    title: `${statements[0] ?? ""}: type`,
    text: "The classification asks for the type.",
    options: [],
    evidence: statements.map((quote) => said(note, quote)),
    lookedIn: ["assessment"],
    folded: false,
    ...change
  }
}
