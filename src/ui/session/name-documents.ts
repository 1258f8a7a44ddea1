/** The engine leaves `doc` out where there is one document; here every span names its document. */
import type { Evidence, Findings } from "@/engine/types"

/** @param doc the only document of the request; undefined when there were several */
export function nameDocuments(findings: Findings, doc: string | undefined): Findings {
  if (doc === undefined) return findings
  const named = <T extends { doc?: string }>(span: T): T => ({ ...span, doc: span.doc || doc })
  const evidence = (all: Evidence[]) => all.map(named)
  return {
    ...findings,
    suggestions: findings.suggestions.map((each) => ({ ...each, evidence: evidence(each.evidence) })),
    suppressed: findings.suppressed.map((each) => ({
      ...each,
      evidence: evidence(each.evidence),
      ...(each.trigger ? { trigger: named(each.trigger) } : {})
    })),
    gaps: findings.gaps.map((each) => ({
      ...each,
      evidence: evidence(each.evidence),
      ...(each.foundElsewhere ? { foundElsewhere: named(each.foundElsewhere) } : {})
    }))
  }
}
