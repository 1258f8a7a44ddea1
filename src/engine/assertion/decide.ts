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

const DASHES: ReadonlySet<string> = new Set(["-", "–", "—"])

/** A dash between blanks: what stands before it was named apart ("Acute arthritis - gout vs infection"). */
function hasDash({ atoms }: ReadDocument, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (!DASHES.has(atoms.lower[at] ?? "")) continue
    const apart = at === 0 || atoms.end[at - 1] !== atoms.start[at]
    if (apart && atoms.end[at] !== atoms.start[at + 1]) return true
  }
  return false
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
  if (hit.answers) return 0
  // "Strong family history of colon cancer": the wording "history of colon cancer" begins inside the trigger.
  if (category === "family" && hit.first < first && hit.last > first && hit.last <= last) return 0
  if (hit.last <= first && trigger.direction !== "backward") {
    if (trigger.glued) {
      return document.atoms.end[hit.last - 1] === document.atoms.start[first] ? 0 : -1
    }
    const words = distance(document, hits, hit.last, first, category)
    return words <= (trigger.maxScope ?? Number.MAX_SAFE_INTEGER) ? words : -1
  }
  if (hit.first >= last && trigger.direction !== "forward") {
    if (trigger.glued) {
      return (hit.closed && hit.first === last) ||
        document.atoms.end[last - 1] === document.atoms.start[hit.first]
        ? 0
        : -1
    }
    if (trigger.behindDash && hasDash(document, last, hit.first)) return -1
    const words = distance(document, hits, last, hit.first, category)
    return words <= (trigger.maxScope ?? Number.MAX_SAFE_INTEGER) ? words : -1
  }
  return -1
}

/** Categories of which a wording cannot be half in and half out: denied, doubted, another's, conditional. */
const PARTING: ReadonlySet<string> = new Set([
  "negated",
  "ruled-out",
  "possible",
  "family",
  "other-person",
  "hypothetical"
])

/** Shielded or part of a longer trigger, as seen from the words `first` .. `last`. */
function isHidden(hit: TriggerHit, first: number, last: number): boolean {
  return hit.under?.some((over) => over.last <= first || over.first >= last) ?? false
}

/**
 * True when a trigger between the words of a match reaches only some of them: "hernia without obstruction" is no
 * obstructed hernia, "feet, no ulcer" no ulcer of the foot. Nor is a condition made of two that are said to be unrelated.
 * @param words atoms of the match, ascending
 */
export function isParted(
  document: ReadDocument,
  hits: readonly TriggerHit[],
  words: readonly number[]
): boolean {
  const first = words[0] ?? 0
  const last = (words[words.length - 1] ?? 0) + 1
  if (last - first === words.length) return false
  for (const hit of hits) {
    if (hit.first < first || hit.last > last) continue
    if (hit.trigger.unlinks && !words.some((at) => at >= hit.first && at < hit.last)) return true
    if (!PARTING.has(hit.trigger.category)) continue
    if (words.some((at) => at >= hit.first && at < hit.last)) continue
    if (hit.under?.some((over) => !words.some((at) => at >= over.first && at < over.last))) continue
    const next = words.find((at) => at >= hit.last)
    const before = words.findLast((at) => at < hit.first)
    if (next !== undefined && reaches(document, hits, hit, next, next + 1) >= 0) return true
    if (before !== undefined && reaches(document, hits, hit, before, before + 1) >= 0) return true
  }
  return false
}

/** Which atoms of a sentence its parting triggers reach: worked out once, asked for every mention and word. */
export class Reach {
  private readonly parting: readonly TriggerHit[]
  private readonly reached: Uint8Array[] = []

  constructor(
    private readonly document: ReadDocument,
    private readonly sentence: Sentence,
    private readonly hits: readonly TriggerHit[]
  ) {
    this.parting = hits.filter((hit) => PARTING.has(hit.trigger.category) && !hit.answers)
  }

  private atomsOf(index: number, hit: TriggerHit): Uint8Array {
    let atoms = this.reached[index]
    if (!atoms) {
      const { first, last } = this.sentence
      const reached = new Uint8Array(last - first)
      atoms = reached
      // What a trigger does not reach it reaches no further on either.
      const reachesTo = (at: number): boolean => {
        if (reaches(this.document, this.hits, hit, at, at + 1) < 0) return false
        if (!isHidden(hit, at, at + 1)) reached[at - first] = 1
        return true
      }
      for (let at = hit.last; at < last && reachesTo(at); ) at++
      for (let at = hit.first - 1; at >= first && reachesTo(at); ) at--
      this.reached[index] = atoms
    }
    return atoms
  }

  /** Triggers that leave the mention alone, with the atoms they reach. */
  beside(first: number, last: number): { denies: boolean; atoms: Uint8Array }[] {
    const beside: { denies: boolean; atoms: Uint8Array }[] = []
    this.parting.forEach((hit, index) => {
      if (hit.first < last && hit.last > first) return
      if (reaches(this.document, this.hits, hit, first, last) >= 0) return
      const { category } = hit.trigger
      beside.push({
        denies: category === "negated" || category === "ruled-out",
        atoms: this.atomsOf(index, hit)
      })
    })
    return beside
  }
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
    if (isHidden(hit, first, last)) continue
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
  if (sentence.box === "open") reasons.push({ category: "negated", rule: "template.open-box" })
  const byRole = BY_ROLE[sentence.role]
  if (sentence.section === "differential")
    reasons.push({ category: "possible", rule: "section.differential", bySection: true })
  if (byRole) reasons.push({ category: byRole, rule: `section.${sentence.section}`, bySection: true })
  return reasons
}
