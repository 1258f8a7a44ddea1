/** A code on its way to a suggestion: its mentions, its tier, its place in the ranking. */
import type { CodePack, Row } from "@/classification/pack-api"
import { toAssertion } from "../assertion/answer"
import type { Match } from "../match/concepts"
import { factsOf } from "../match/pack-facts"
import type { Mention } from "../match/scan"
import type { ReadDocument } from "../text/document"
import type { ChartDocument, Evidence } from "../types"
import type { Tree } from "./refine"

/** A document of the chart with what was read from it. */
export interface ReadChart {
  given: ChartDocument
  read: ReadDocument
  mentions: Mention[]
}

export interface Candidate {
  tree: Tree
  /** Row the wording led to, and the row after refinement. */
  from: Row
  row: Row
  code: string
  tier: "code" | "consider"
  score: number
  /** Where the mention that made it stands in the chart, ascending. */
  place: number
  evidence: Evidence[]
  mentions: { mention: Mention; chart: ReadChart }[]
}

export function packOf(candidate: Candidate): CodePack {
  return candidate.tree.pack
}

function viaOf(match: Match, text: string): string {
  const source =
    match.kind === "title"
      ? "title"
      : match.kind === "inclusion"
        ? "includes"
        : match.kind === "index"
          ? `index: ${text}`
          : `${match.kind} table: ${text}`
  return match.via.length > 0 ? `${source}; ${match.via.join(", ")}` : source
}

export function evidenceOf(chart: ReadChart, mention: Mention, several: boolean): Evidence {
  const { read, given } = chart
  const { match, sentence } = mention
  const start = read.atoms.start[match.first] ?? 0
  const end = read.atoms.end[match.last - 1] ?? start
  const term = factsOf(match.pack).text(match.term)
  const doc = several ? given.doc : undefined
  return {
    ...(doc === undefined ? {} : { doc }),
    start,
    end,
    quote: read.text.slice(start, end),
    term,
    via: viaOf(match, term),
    section: sentence.section,
    assertion: toAssertion(mention.reasons, sentence.role, read.text, doc)
  }
}
