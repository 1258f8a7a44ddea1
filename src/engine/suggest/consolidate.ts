/**
 * Candidates against each other: a less specific code beside a more specific one, symptoms that a diagnosis
 * explains, pairs that the classification joins in one code.
 */
import type { CompiledLexicon } from "../lexicon/compile"
import { factsOf } from "../match/pack-facts"
import type { Mention } from "../match/scan"
import type { SuppressionReason } from "../types"
import { type Candidate, packOf, type ReadChart } from "./candidate"
import { inDocumentedType } from "./diabetes-type"
import { etiologiesOf } from "./etiology"
import { refine, type Tree } from "./refine"
import { supersededBy } from "./supersede"

/** Chapter 20. */
const EXTERNAL_CAUSE = /^[V-Y]/

export interface Dropped {
  candidate: Candidate
  reason: SuppressionReason
  rule: string
}

export interface Consolidated {
  kept: Candidate[]
  dropped: Dropped[]
}

const SILENT_TITLE = /\bunspecified\b|\bwithout (?:complications?|mention)\b|\buncomplicated\b|\bNOS\b/i

const BOTH = /\bacute (?:on|and) chronic\b/i
const SIDES: ReadonlySet<string> = new Set(["right", "left", "bilateral"])
const VAGUE_WORDS: ReadonlySet<string> = new Set(["uncomplicated", "type", "site", "organism", "part"])

function isVague(candidate: Candidate): boolean {
  const pack = packOf(candidate)
  return !pack.billable(candidate.row) || SILENT_TITLE.test(factsOf(pack).title(candidate.row))
}

function category(code: string): string {
  return code.slice(0, 3)
}

/** What a title affirms, the words for its side left out: a side of one says nothing against the other. */
function affirmed(candidate: Candidate): string[] {
  return factsOf(packOf(candidate))
    .signedBareTitle(candidate.row)
    .filter((word) => !word.startsWith("-") && !SIDES.has(word) && !VAGUE_WORDS.has(word))
}

/** `a` says the same as `b` and more. */
function outdoes(a: Candidate, b: Candidate): boolean {
  if (a.tree.pack !== b.tree.pack || a === b) return false
  const pack = packOf(b)
  if (a.row > b.row && a.row <= pack.subtreeEnd(b.row)) return true
  if (category(a.code) !== category(b.code)) return false
  const more = new Set(affirmed(a))
  if (!affirmed(b).every((word) => more.has(word))) return false
  return (isVague(b) && !isVague(a)) || isPartOfBoth(a, b)
}

/** "Chronic" or "acute" beside "acute on chronic" of the same condition. */
function isPartOfBoth(a: Candidate, b: Candidate): boolean {
  return BOTH.test(factsOf(packOf(a)).title(a.row)) && !BOTH.test(factsOf(packOf(b)).title(b.row))
}

function tierRank(candidate: Candidate): number {
  return candidate.tier === "code" ? 1 : 0
}

function absorb(into: Candidate, from: Candidate): void {
  into.evidence.push(...from.evidence)
  into.mentions.push(...from.mentions)
  into.score = Math.max(into.score, from.score)
  if (from.tier === "code") into.tier = "code"
}

/**
 * An assessed code that is vague takes the detail another affirmed mention gives: "knee pain" assessed, "right
 * knee pain" told. Only within one subcategory, and only when there is one such detail.
 */
function borrowDetail(candidates: Candidate[]): Candidate[] {
  const gone = new Set<Candidate>()
  for (const vague of candidates) {
    if (!isVague(vague)) continue
    const pack = packOf(vague)
    const parent = pack.billable(vague.row) ? pack.parent(vague.row) : vague.row
    if (parent < 0) continue
    const finer = candidates.filter(
      (other) =>
        other !== vague &&
        !gone.has(other) &&
        other.tree.pack === pack &&
        !isVague(other) &&
        other.row > parent &&
        other.row <= pack.subtreeEnd(parent)
    )
    if (finer.length === 1 && pack.code(parent).length > 3) {
      absorb(finer[0]!, vague)
      gone.add(vague)
    }
  }
  return candidates.filter((candidate) => !gone.has(candidate))
}

/** Words that say that one condition comes of another. */
const LINKS: readonly string[][] = [
  ["due", "to"],
  ["secondary", "to"],
  ["caused", "by"],
  ["because", "of"],
  ["related", "to"],
  ["associated", "with"],
  ["complicated", "by"],
  ["with"],
  ["w", "/"],
  ["from"],
  ["in"]
]

/** @param between only what stands between the mention and this one counts, else the whole sentence */
function says(mention: Mention, chart: ReadChart, phrases: readonly string[][], between?: Mention): boolean {
  const { atoms } = chart.read
  const first = between ? Math.min(mention.match.last, between.match.last) : mention.sentence.first
  const last = between ? Math.max(mention.match.first, between.match.first) : mention.sentence.last
  for (let at = first; at < last; at++) {
    for (const phrase of phrases) {
      if (at + phrase.length <= last && phrase.every((token, i) => atoms.folded[at + i] === token))
        return true
    }
  }
  return false
}

/** The note says that the conditions are not related (I.A.15). */
function isUnlinked(parts: readonly Candidate[][], unless: readonly string[][]): boolean {
  if (unless.length === 0) return false
  return parts.flat().some((each) => each.mentions.some(({ mention, chart }) => says(mention, chart, unless)))
}

/** One sentence names a condition of each part, and says how they hang together: as causes or as unrelated. */
function saysTogether(parts: readonly Candidate[][], phrases: readonly string[][]): boolean {
  const [first, ...rest] = parts
  return (first ?? []).some((each) =>
    each.mentions.some(({ mention, chart }) =>
      rest.every((part) =>
        part.some((other) =>
          other.mentions.some(
            (there) =>
              there.mention.sentence === mention.sentence && says(mention, chart, phrases, there.mention)
          )
        )
      )
    )
  )
}

/** Combination rules whose parts are all there (I.B.9, I.A.15). */
function combine(
  lexicon: CompiledLexicon,
  candidates: Candidate[],
  dropped: Dropped[],
  said: (candidate: Candidate) => ReadonlySet<string>
): Candidate[] {
  let current = candidates
  for (const { rule, all, drops, unless } of lexicon.combinations) {
    const parts = all.map((patterns) =>
      current.filter((each) => each.tier === "code" && patterns.has(each.code))
    )
    if (parts.some((part) => part.length === 0) || isUnlinked(parts, unless)) continue
    if (saysTogether(parts, lexicon.unlinks)) continue
    if (rule.link === "documented" && !saysTogether(parts, LINKS)) continue
    const first = parts[0]![0]!
    const { tree } = first
    const target = tree.pack.find(rule.gives)
    if (target < 0) continue
    const words = new Set(parts.flat().flatMap((each) => [...said(each)]))
    const row = refine(tree, target, words, undefined)
    const code = tree.pack.code(row)
    const involved = [...new Set(parts.flat())]
    const existing = current.find((each) => each.tree === tree && each.row === row)
    const joined: Candidate = existing ?? {
      tree,
      from: target,
      row,
      code,
      tier: "code",
      score: Math.max(...involved.map((each) => each.score)),
      place: Math.min(...involved.map((each) => each.place)),
      evidence: involved.flatMap((each) =>
        each.evidence.slice(0, 1).map((one) => ({ ...one, via: `${one.via}; ${rule.id}` }))
      ),
      mentions: involved.flatMap((each) => each.mentions.slice(0, 1))
    }
    joined.tier = "code"
    const gone = current.filter((each) => each !== joined && drops.has(each.code))
    for (const candidate of gone) dropped.push({ candidate, reason: "superseded", rule: "conv.combination" })
    current = current.filter((each) => !gone.includes(each))
    if (!existing) current.push(joined)
  }
  return current
}

/** Said in an assessment, impression or diagnosis, or named as a problem that the plan deals with. */
function isAssessed(candidate: Candidate): boolean {
  return candidate.mentions.some(({ mention: { match, sentence } }) => {
    const named = sentence.part === "problem" && sentence.nameEnd >= match.last
    return named || sentence.role === "assessed"
  })
}

/**
 * Symptoms that are part of a diagnosis (I.B.5). A symptom that the provider assesses is not explained by a condition
 * that only the plan or the history tells of: there nobody says that it comes of it.
 */
function dropIntegral(lexicon: CompiledLexicon, candidates: Candidate[], dropped: Dropped[]): Candidate[] {
  const diagnoses = candidates.filter(
    (each) => each.tier === "code" && !lexicon.groups.has("symptom", each.code)
  )
  return candidates.filter((candidate) => {
    if (!lexicon.groups.has("symptom", candidate.code)) return true
    const may = isAssessed(candidate) ? diagnoses.filter(isAssessed) : diagnoses
    const rule = lexicon.integral.find(
      (each) =>
        each.symptoms.has(candidate.code) && may.some((diagnosis) => each.diagnosis.has(diagnosis.code))
    )
    if (!rule) return true
    dropped.push({ candidate, reason: "integral", rule: rule.rule.id })
    return false
  })
}

export function consolidate(
  lexicon: CompiledLexicon,
  candidates: readonly Candidate[],
  said: (candidate: Candidate) => ReadonlySet<string>
): Consolidated {
  const dropped: Dropped[] = []
  let kept = borrowDetail(inDocumentedType(candidates))
  kept = combine(lexicon, kept, dropped, said)
  // Only a code of the same category can say the same and more.
  const byCategory = new Map<string, Candidate[]>()
  for (const candidate of kept) {
    const alike = byCategory.get(category(candidate.code))
    if (alike) alike.push(candidate)
    else byCategory.set(category(candidate.code), [candidate])
  }
  kept = kept.filter((candidate) => {
    const by = byCategory
      .get(category(candidate.code))
      ?.find((other) => outdoes(other, candidate) && tierRank(other) >= tierRank(candidate))
    if (!by) return true
    dropped.push({ candidate, reason: "superseded", rule: "conv.duplicate" })
    return false
  })
  const assessed = kept.filter((candidate) => candidate.tier === "code")
  // Causes are never assessed: they are held against each other.
  const causes = kept.filter((candidate) => EXTERNAL_CAUSE.test(candidate.code))
  kept = kept.filter((candidate) => {
    for (const other of EXTERNAL_CAUSE.test(candidate.code) ? causes : assessed) {
      const rule = supersededBy(candidate, other)
      if (rule === undefined) continue
      dropped.push({ candidate, reason: "superseded", rule })
      return false
    }
    return true
  })
  kept = [...kept, ...etiologiesOf(kept)]
  kept = dropIntegral(lexicon, kept, dropped)
  return { kept, dropped }
}

export type { Tree }
