/** Findings as the Chart tab shows them: two groups, a lane of its own, and what was not suggested. */
import type { CodeRef } from "@/classification/model"
import type { Evidence, Findings, Gap, Span, Suggestion, Suppressed } from "@/engine/types"

export interface SuggestionItem {
  kind: "suggestion"
  /** Stable over refreshes of the same chart. */
  key: string
  suggestion: Suggestion
}

export interface SuppressedItem {
  kind: "suppressed"
  key: string
  suppressed: Suppressed
}

export type Item = SuggestionItem | SuppressedItem

export interface FindingGroups {
  code: SuggestionItem[]
  consider: SuggestionItem[]
  lane: SuggestionItem[]
  suppressed: SuppressedItem[]
}

export const NO_GROUPS: FindingGroups = { code: [], consider: [], lane: [], suppressed: [] }

export const cardKey = ({ system, code }: CodeRef): string => `${system} ${code}`

/** Keeps the engine's order inside each group. */
export function groupFindings(findings: Findings | undefined): FindingGroups {
  if (!findings) return NO_GROUPS
  const groups: FindingGroups = { code: [], consider: [], lane: [], suppressed: [] }
  const seen = new Set<string>()
  for (const suggestion of findings.suggestions) {
    const key = unique(cardKey(suggestion), seen)
    const group = suggestion.lane ? groups.lane : groups[suggestion.tier]
    group.push({ kind: "suggestion", key, suggestion })
  }
  for (const suppressed of findings.suppressed) {
    const key = unique(`not ${suppressed.reason} ${suppressed.system} ${suppressed.code}`, seen)
    groups.suppressed.push({ kind: "suppressed", key, suppressed })
  }
  return groups
}

/** Negatives of a review of systems and of template text: one counted line says that they are there. */
export function isRoutine({ suppressed: { reason, evidence } }: SuppressedItem): boolean {
  if (reason === "templated") return true
  return reason === "negated" && evidence.length > 0 && evidence.every(({ section }) => section === "ros")
}

export function allItems(groups: FindingGroups): Item[] {
  return [...groups.code, ...groups.consider, ...groups.lane, ...groups.suppressed]
}

export const gapKey = (gap: Pick<Gap, "key">): string => `gap ${gap.key}`
/** Of the words elsewhere that answer a gap. */
export const answerKey = (gap: Pick<Gap, "key">): string => `answer ${gap.key}`

/** Words of a gap as something that can be lit up and gone to, like those of a card. */
export function gapItem(gaps: readonly Gap[], key: string): Item | undefined {
  const gap = gaps.find((each) => gapKey(each) === key || answerKey(each) === key)
  if (!gap) return undefined
  const { foundElsewhere } = gap
  const evidence =
    key === answerKey(gap)
      ? foundElsewhere === undefined
        ? []
        : [{ ...foundElsewhere, term: "", via: "", assertion: AFFIRMED }]
      : gap.evidence
  const nothing = { system: "ICD-10-CM", code: "", title: "", billable: false, score: 0, axes: [] } as const
  return { kind: "suggestion", key, suggestion: { ...nothing, axes: [], tier: "consider", evidence } }
}

const AFFIRMED = { negation: "affirmed", temporality: "recent", experiencer: "patient" } as const

export function evidenceOf(item: Item): Evidence[] {
  return item.kind === "suggestion" ? item.suggestion.evidence : item.suppressed.evidence
}

/** Words that decided against a code, for lighting up together with the evidence. */
export function triggerOf(item: Item): (Span & { text: string }) | undefined {
  return item.kind === "suppressed" ? item.suppressed.trigger : undefined
}

/**
 * Whether showing `next` instead of `shown` leaves every card where it is. Evidence beyond the quotes that
 * a card shows does not count.
 */
export function sameLayout(shown: FindingGroups, next: FindingGroups, quotes: number): boolean {
  const line = (item: Item) => {
    const axes = item.kind === "suggestion" ? item.suggestion.axes.length : 0
    const shownEvidence = evidenceOf(item)
      .slice(0, quotes)
      .map((evidence) => evidence.quote + evidence.section)
    return JSON.stringify([item.key, shownEvidence, axes])
  }
  const layout = (groups: FindingGroups) =>
    [groups.code, groups.consider, groups.lane, groups.suppressed]
      .map((group) => group.map(line).join())
      .join("|")
  return layout(shown) === layout(next)
}

/** How many cards are new, gone or elsewhere: for the line "3 changes, shown when the pointer leaves". */
export function countChanges(shown: FindingGroups, next: FindingGroups): number {
  const place = (groups: FindingGroups) =>
    new Map(
      (["code", "consider", "lane", "suppressed"] as const).flatMap((name) =>
        groups[name].map((item) => [item.key, name] as const)
      )
    )
  const before = place(shown)
  const after = place(next)
  let changes = 0
  for (const [key, name] of after) if (before.get(key) !== name) changes++
  for (const key of before.keys()) if (!after.has(key)) changes++
  return changes
}

function unique(key: string, seen: Set<string>): string {
  let candidate = key
  for (let n = 2; seen.has(candidate); n++) candidate = `${key} ${n}`
  seen.add(candidate)
  return candidate
}
