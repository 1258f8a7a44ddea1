/**
 * What the note says of a mention: present, denied, doubted, past, another person's, conditional.
 * ConText with data: triggers reach forward or backward to the end of the clause or a terminator; a trigger
 * never modifies a target it overlaps. Each decision names its trigger or section.
 */
import type { AssertionCategory, SectionRole } from "../lexicon-types"
import type { ReadDocument, Sentence } from "../text/document"
import type { TriggerHit } from "./triggers"

export interface Reason {
  category: AssertionCategory
  /** Trigger id, or "section.<id>" when the section decided. */
  rule: string
  /** Offsets of the trigger words; missing when the section decided. */
  start?: number
  end?: number
  /** The section's default, weaker than any words. */
  bySection?: boolean
}

const BREAKS: ReadonlySet<string> = new Set([";", "•", "●", "▪", "|"])

/** Words between two atom positions, or -1 when a break or a terminator of the category stands between. */
function distance(
  document: ReadDocument,
  hits: readonly TriggerHit[],
  from: number,
  to: number,
  category: AssertionCategory
): number {
  let words = 0
  for (let at = from; at < to; at++) {
    if (document.atoms.isWord[at]) words++
    else if (BREAKS.has(document.atoms.lower[at] ?? "")) return -1
  }
  for (const hit of hits) {
    if (hit.first >= to) break
    if (hit.first >= from && hit.trigger.category === "terminate" && hit.trigger.ends?.includes(category))
      return -1
  }
  return words
}

function reaches(
  document: ReadDocument,
  hits: readonly TriggerHit[],
  hit: TriggerHit,
  first: number,
  last: number
): number {
  const { trigger } = hit
  const category = trigger.category as AssertionCategory
  if (hit.last <= first && trigger.direction !== "backward") {
    if (trigger.glued) {
      return document.atoms.end[hit.last - 1] === document.atoms.start[first] ? 0 : -1
    }
    const words = distance(document, hits, hit.last, first, category)
    return words <= (trigger.maxScope ?? Number.MAX_SAFE_INTEGER) ? words : -1
  }
  if (hit.first >= last && trigger.direction !== "forward") {
    if (trigger.glued) {
      return document.atoms.end[last - 1] === document.atoms.start[hit.first] ? 0 : -1
    }
    const words = distance(document, hits, last, hit.first, category)
    return words <= (trigger.maxScope ?? Number.MAX_SAFE_INTEGER) ? words : -1
  }
  return -1
}

const BY_ROLE: Partial<Record<SectionRole, AssertionCategory>> = {
  family: "family",
  history: "historical",
  instructions: "hypothetical",
  allergies: "allergy"
}

/**
 * Everything that modifies the words `first` .. `last` (atom positions, `last` exclusive), nearest first;
 * a section's default comes last. Empty: affirmed, current, the patient's own.
 */
export function reasonsFor(
  document: ReadDocument,
  sentence: Sentence,
  hits: readonly TriggerHit[],
  first: number,
  last: number
): Reason[] {
  const found: { words: number; reason: Reason }[] = []
  for (const hit of hits) {
    const { category } = hit.trigger
    if (category === "pseudo" || category === "terminate") continue
    // "no acute fracture": for the target "acute fracture" it is the shorter "no" that speaks.
    if (hit.under?.some((over) => over.last <= first || over.first >= last)) continue
    const words = reaches(document, hits, hit, first, last)
    if (words < 0) continue
    found.push({
      words,
      reason: {
        category,
        rule: hit.trigger.id,
        start: document.atoms.start[hit.first] ?? 0,
        end: document.atoms.end[hit.last - 1] ?? 0
      }
    })
  }
  found.sort((a, b) => a.words - b.words)
  const reasons = found.map((each) => each.reason)
  const byRole = BY_ROLE[sentence.role]
  if (byRole) reasons.push({ category: byRole, rule: `section.${sentence.section}`, bySection: true })
  return reasons
}
