/** Groups of ICD-10-CM codes that the Official Guidelines treat apart (codesets/lexicon/code-groups.json). */
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import type { CodeGroup, CodeGroupName } from "../lexicon-types"
import type { Suggestion } from "../types"

const NONE: PatternSet = { has: () => false }

/** The groups of a lexicon, ready to be asked; a group that it leaves out is empty. */
export class CodeGroups {
  private readonly sets: ReadonlyMap<CodeGroupName, PatternSet>

  constructor(groups: readonly CodeGroup[]) {
    const codes = new Map<CodeGroupName, string[]>()
    for (const each of groups) codes.set(each.group, [...(codes.get(each.group) ?? []), ...each.codes])
    this.sets = new Map([...codes].map(([group, patterns]) => [group, compilePatterns(patterns)]))
  }

  has(group: CodeGroupName, code: string): boolean {
    return (this.sets.get(group) ?? NONE).has(code)
  }

  /** The lane of the panel that a code stands in; undefined: among the diagnoses. */
  laneOf(code: string): Suggestion["lane"] {
    if (!/^[V-Z]/.test(code)) return undefined
    if (this.has("allergy", code)) return "allergy"
    if (this.has("external-cause", code)) return "external"
    if (this.has("history", code)) return "history"
    return this.has("status", code) ? "status" : undefined
  }
}
