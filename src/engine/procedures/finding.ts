/** A drug, a supply or a procedure found in a note, on its way to a suggestion. */
import type { System } from "@/classification/model"
import { toAssertion } from "../assertion/answer"
import type { ReadChart } from "../suggest/candidate"
import type { Sentence } from "../text/document"
import type { Axis, Evidence, Suggestion, Tier } from "../types"

export interface Finding {
  system: System
  code: string
  title: string
  billable: boolean
  tier: Tier
  score: number
  evidence: Evidence
  axes: Axis[]
}

/** Evidence of atoms `first` .. `last`; the term is what the lexicon or the code set calls it. */
export function evidenceAt(
  chart: ReadChart,
  sentence: Sentence,
  first: number,
  last: number,
  said: { term: string; via: string },
  several: boolean
): Evidence {
  const { read, given } = chart
  const start = read.atoms.start[first] ?? 0
  const end = read.atoms.end[last - 1] ?? start
  const doc = several ? given.doc : undefined
  return {
    ...(doc === undefined ? {} : { doc }),
    start,
    end,
    quote: read.text.slice(start, end),
    term: said.term,
    via: said.via,
    section: sentence.section,
    assertion: toAssertion([], sentence.role, read.text, doc)
  }
}

const MOST_EVIDENCE = 8

/** One suggestion for each code, best first; the place that says most gives the axes. */
export function suggestionsOf(findings: readonly Finding[]): Suggestion[] {
  const byCode = new Map<string, Suggestion>()
  const ranked = [...findings].sort((a, b) => rank(b) - rank(a))
  for (const { evidence, ...rest } of ranked) {
    const key = `${rest.system} ${rest.code}`
    const known = byCode.get(key)
    if (!known) byCode.set(key, { ...rest, evidence: [evidence] })
    else if (known.evidence.length < MOST_EVIDENCE) known.evidence.push(evidence)
  }
  return [...byCode.values()]
}

function rank({ tier, score, axes }: Finding): number {
  return (tier === "code" ? 2 : 0) + score + axes.filter(({ value }) => value !== undefined).length / 100
}

/** Both lists as one: tier by tier, diagnoses first, scores never rising. */
export function besideDiagnoses(
  diagnoses: readonly Suggestion[],
  procedures: readonly Suggestion[]
): Suggestion[] {
  if (procedures.length === 0) return [...diagnoses]
  const merged: Suggestion[] = []
  for (const tier of ["code", "consider"] as const) {
    const first = diagnoses.filter((each) => each.tier === tier)
    let most = first[first.length - 1]?.score ?? 1
    merged.push(...first)
    for (const each of procedures) {
      if (each.tier !== tier) continue
      most = Math.min(most, each.score)
      merged.push({ ...each, score: most })
    }
  }
  return merged
}
