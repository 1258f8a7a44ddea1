/** From mentions to findings: judge each, gather by code, consolidate, rank. */
import type { CodePack } from "@/classification/pack-api"
import { contentWords, isFunctionWord } from "@/classification/words"
import type { Reason } from "../assertion/decide"
import { axesFor } from "../axes"
import type { Suggested } from "../gaps/types"
import type { CompiledLexicon } from "../lexicon/compile"
import { goesOn, phrasesByForm } from "../lexicon/phrases"
import type { SupportPhrase } from "../lexicon-types"
import { factsOf } from "../match/pack-facts"
import type { Mention } from "../match/scan"
import { strength } from "../match/select"
import type { ReadDocument, Sentence } from "../text/document"
import { keywordsFrom } from "../text/keywords"
import type { Meat, Setting, Span, Suggestion, Suppressed } from "../types"
import { type Candidate, evidenceOf, packOf, type ReadChart } from "./candidate"
import type { CodeGroups } from "./code-groups"
import { consolidate } from "./consolidate"
import { type Statement, takenBack } from "./contradicted"
import { type Copy, copiedSentences, Finished } from "./copied"
import { Exclusions } from "./excluded"
import { isFinalStatement } from "./finality"
import { judge, type Verdict } from "./judge"
import { ageGroups, misfit, type Patient } from "./patient"
import { phaseOf, phaseSigns } from "./phase"
import { refineSides, Tree } from "./refine"
import { isTemplated, mayHoldTemplates } from "./template"

export interface SuggestOptions extends Patient {
  setting: Setting
  allMentions: boolean
}

const MOST_EVIDENCE = 8
/** Scores within one step of this scale count as equal. */
const STEPS = 8
/** Atoms of a document are fewer than this. */
const MOST_TEXT = 2_000_000

type Shows = SupportPhrase["shows"]

/** Whether the sentence says that what it names is diagnosed, treated or evaluated (design.md 3.1, tier code b). */
function showsOf(lexicon: CompiledLexicon, document: ReadDocument, sentence: Sentence): ReadonlySet<Shows> {
  const { atoms } = document
  const shows = new Set<Shows>()
  const starting = phrasesByForm(lexicon.support, atoms)
  for (let at = sentence.first; at < sentence.last; at++) {
    for (const { tokens, value } of starting[atoms.form[at]!]!) {
      if (goesOn(atoms, at, tokens, sentence.last)) shows.add(value.shows)
    }
  }
  return shows
}

function hasAssessment(charts: readonly ReadChart[]): boolean {
  return charts.some((chart) => chart.read.sentences.some((sentence) => sentence.role === "assessed"))
}

/** 0..1: where it stands, how much of it was said, how rare the words are. */
function scoreOf(mention: Mention, tier: "code" | "consider"): number {
  const { match, sentence } = mention
  const place =
    sentence.part === "problem"
      ? 1
      : sentence.role === "assessed"
        ? 0.85
        : sentence.role === "plan"
          ? 0.65
          : 0.45
  const words = Math.min(1, strength(match) / 20)
  const compact = 1 / (1 + match.gap * 0.3)
  const score = 0.55 * place + 0.25 * words + 0.2 * compact
  return tier === "code" ? 0.5 + score / 2 : score / 2
}

/** "Same" behind the heading leaves the diagnosis made before the operation standing. */
const SAME: ReadonlySet<string> = new Set(["same", "unchanged"])

/** A postoperative diagnosis of its own stands in the document. */
function statesPostoperative(chart: ReadChart): boolean {
  const { sentences, atoms } = chart.read
  const stated = sentences.filter((sentence) => sentence.section === "postop-diagnosis")
  return (
    stated.length > 0 &&
    !stated.some(({ first, last }) => atoms.lower.slice(first, last).some((word) => SAME.has(word)))
  )
}

/** Taken back further down or in a later document. */
function revokedBy(statement: Statement | undefined): Verdict | undefined {
  return (
    statement && { reason: "negated", rule: "conv.contradicted", trigger: statement.reason, by: statement }
  )
}

/** Carried over, and finished since or dated to another visit. */
function staleCopy(
  copy: Copy | undefined,
  mention: Mention,
  chart: ReadChart,
  finished: Finished
): Verdict | undefined {
  if (!copy) return undefined
  const { date } = chart.given
  const elsewhen = copy.dated !== undefined && date !== undefined && copy.dated !== date
  if (!elsewhen && !finished.has(mention)) return undefined
  return { reason: "historical", rule: "assertion.copied-forward" }
}

const MEAT: readonly [Shows, Meat][] = [
  ["monitored", "monitor"],
  ["evaluated", "evaluate"],
  ["status", "assess"],
  ["treated", "treat"]
]

function meatOf(shows: ReadonlySet<Shows>): Meat[] {
  return MEAT.flatMap(([said, meat]) => (shows.has(said) ? [meat] : []))
}

/** Stands in front of the colon of its sentence: "Hypertension: at goal". */
function isNamed({ match, sentence }: Mention): boolean {
  return sentence.nameEnd >= 0 && match.last <= sentence.nameEnd
}

interface Judged {
  candidate: Candidate
  verdict: Verdict
}

export class Suggester {
  private readonly trees = new Map<object, Tree>()
  private readonly exclusions = new Exclusions()

  constructor(private readonly lexicon: CompiledLexicon) {}

  private treeOf(mention: Mention): Tree {
    const { pack } = mention.match
    let tree = this.trees.get(pack)
    if (!tree) {
      tree = new Tree(pack, this.lexicon.defaultWords, this.lexicon.optionalWords)
      this.trees.set(pack, tree)
    }
    return tree
  }

  private judgeAll(charts: readonly ReadChart[], options: SuggestOptions): Judged[] {
    const assessed = hasAssessment(charts)
    const revoked = options.allMentions ? undefined : takenBack(charts)
    const copied: Map<Sentence, Copy> = options.allMentions ? new Map() : copiedSentences(charts)
    const finished = new Finished(charts, copied)
    const judged: Judged[] = []
    for (const [chartAt, chart] of charts.entries()) {
      const support = new Map<Sentence, ReadonlySet<Shows>>()
      const phases = new Map<Sentence, ReturnType<typeof phaseOf>>()
      const signs = phaseSigns(this.lexicon, chart.read, chart.given.kind)
      if (options.allMentions) signs.active = true
      const templates = mayHoldTemplates(chart.read)
      const keywords = keywordsFrom(chart.read.text)
      const hasPostoperative = statesPostoperative(chart)
      const namesHeld = new Set(chart.mentions.filter(isNamed).map((mention) => mention.sentence))
      for (const mention of chart.mentions) {
        const tree = this.treeOf(mention)
        const { sentence } = mention
        if ((chart.read.atoms.start[mention.match.first] ?? 0) >= keywords) continue
        let shows = support.get(sentence)
        if (!shows) {
          shows = showsOf(this.lexicon, chart.read, sentence)
          support.set(sentence, shows)
        }
        const fromCode = tree.pack.code(mention.match.row)
        // "Examination", "screening for": a reason for a visit is no mention of a condition.
        if (
          options.allMentions &&
          sentence.part !== "problem" &&
          this.lexicon.groups.has("encounter", fromCode)
        )
          continue
        const verdict: Verdict = options.allMentions
          ? { tier: "code" }
          : (revokedBy(revoked?.get(mention)) ??
            staleCopy(copied.get(sentence), mention, chart, finished) ??
            judge(mention, fromCode, {
              groups: this.lexicon.groups,
              setting: options.setting,
              hasAssessment: assessed,
              isFinal: isFinalStatement(chart, mention),
              hasPostoperative,
              templated: templates && isTemplated(chart.read, mention),
              nameHeld: namesHeld.has(sentence),
              shows
            }))
        if (!phases.has(sentence)) phases.set(sentence, phaseOf(this.lexicon, chart.read, sentence, signs))
        const phase = phases.get(sentence)
        const tier = tree.pack.info.system === "ICD-10-CM" ? (verdict.tier ?? "consider") : "consider"
        const evidence = evidenceOf(chart, mention, charts.length > 1)
        const meat = meatOf(shows)
        if (meat.length > 0) evidence.meat = meat
        const copy = copied.get(sentence)
        if (copy) evidence.copiedForward = copy.from
        for (const row of refineSides(tree, mention.match.row, wordsFor(mention), phase)) {
          judged.push({
            verdict,
            candidate: {
              tree,
              from: mention.match.row,
              row,
              code: tree.pack.code(row),
              tier,
              score: scoreOf(mention, tier),
              place: chartAt * MOST_TEXT + mention.match.first,
              evidence: [evidence],
              mentions: [{ mention, chart }]
            }
          })
        }
      }
    }
    return judged
  }

  suggest(
    charts: readonly ReadChart[],
    options: SuggestOptions
  ): { suggestions: Suggestion[]; suppressed: Suppressed[]; suggested: Suggested[] } {
    const byCode = new Map<string, Candidate>()
    const refused = new Map<string, { candidate: Candidate; verdict: Verdict & { tier?: undefined } }>()
    for (const { candidate, verdict } of this.judgeAll(charts, options)) {
      const key = `${packOf(candidate).info.id} ${candidate.row}`
      if (verdict.tier === undefined) {
        const known = refused.get(key)
        if (known) {
          known.candidate.evidence.push(...candidate.evidence)
          // That the chart takes it back says more than the denial that did.
          if (verdict.by) known.verdict = verdict
        } else refused.set(key, { candidate, verdict })
        continue
      }
      const known = byCode.get(key)
      if (known) {
        known.evidence.push(...candidate.evidence)
        known.mentions.push(...candidate.mentions)
        if (candidate.score >= known.score) known.place = Math.min(known.place, candidate.place)
        known.score = Math.max(known.score, candidate.score) + 0.004
        if (candidate.tier === "code") known.tier = "code"
        if (candidate.score > (known.evidence.length > 1 ? known.score : 0)) known.from = candidate.from
      } else {
        byCode.set(key, candidate)
      }
    }
    const all = [...byCode.values()]
    const { kept, dropped } = options.allMentions
      ? { kept: all, dropped: [] }
      : consolidate(this.lexicon, all, (candidate) => saidOf(candidate))
    const suppressed: Suppressed[] = []
    for (const [key, { candidate, verdict }] of refused) {
      if (byCode.has(key)) continue
      const chart = verdict.by?.chart ?? candidate.mentions[0]?.chart
      suppressed.push(
        this.toSuppressed(candidate, verdict.reason, verdict.rule, verdict.trigger, charts, chart)
      )
    }
    for (const { candidate, reason, rule } of dropped) {
      suppressed.push(this.toSuppressed(candidate, reason, rule, undefined, charts, undefined))
    }
    const ages = new Map<CodePack, ReturnType<typeof ageGroups>>()
    const agesOf = (pack: CodePack) => {
      const groups = ages.get(pack) ?? ageGroups(pack.lists())
      ages.set(pack, groups)
      return groups
    }
    const cautions = new Map<Candidate, Suggestion["caution"]>()
    const excluded = options.allMentions ? undefined : this.exclusions.among(kept)
    for (const candidate of kept) {
      const { mce } = packOf(candidate).attributes(candidate.row)
      const caution = misfit(mce, options, agesOf(packOf(candidate))) ?? excluded?.get(candidate)
      if (!caution) continue
      cautions.set(candidate, caution)
      candidate.tier = "consider"
      candidate.score /= 2
    }
    kept.sort((a, b) => byRank(this.lexicon.groups, a, b))
    // Scores never rise along the list, whatever the order of the provider did to near ties.
    kept.forEach((each, i) => {
      const before = kept[i - 1]
      if (before && before.tier === each.tier) each.score = Math.min(each.score, before.score)
    })
    const suggested = kept.map((candidate) => ({
      candidate,
      suggestion: this.toSuggestion(candidate, cautions.get(candidate))
    }))
    return { suggestions: suggested.map(({ suggestion }) => suggestion), suppressed, suggested }
  }

  private toSuggestion(candidate: Candidate, caution: Suggestion["caution"]): Suggestion {
    const pack = packOf(candidate)
    const lane = pack.info.system === "ICD-10-CM" ? this.lexicon.groups.laneOf(candidate.code) : undefined
    return {
      system: pack.info.system,
      code: candidate.code,
      title: factsOf(pack).title(candidate.row),
      billable: pack.billable(candidate.row),
      tier: candidate.tier,
      score: Math.round(Math.min(1, candidate.score) * 1000) / 1000,
      evidence: bestEvidence(candidate),
      axes: axesFor(pack, this.lexicon.axisWords).shown(candidate.from, candidate.row),
      ...(lane ? { lane } : {}),
      ...(candidate.evidence.every((each) => each.copiedForward) ? { copiedForward: true as const } : {}),
      ...(caution ? { caution } : {})
    }
  }

  private toSuppressed(
    candidate: Candidate,
    reason: Suppressed["reason"],
    rule: string,
    trigger: Reason | undefined,
    charts: readonly ReadChart[],
    chart: ReadChart | undefined
  ): Suppressed {
    const pack = packOf(candidate)
    const span = trigger && triggerSpan(chart, trigger, charts.length > 1)
    return {
      system: pack.info.system,
      code: candidate.code,
      title: factsOf(pack).title(candidate.row),
      reason,
      ...(span ? { trigger: span } : {}),
      rule,
      evidence: candidate.evidence.slice(0, MOST_EVIDENCE)
    }
  }
}

function triggerSpan(
  chart: ReadChart | undefined,
  trigger: Reason,
  several: boolean
): (Span & { text: string }) | undefined {
  if (!chart || trigger.start === undefined || trigger.end === undefined) return undefined
  return {
    ...(several ? { doc: chart.given.doc } : {}),
    start: trigger.start,
    end: trigger.end,
    text: chart.read.text.slice(trigger.start, trigger.end)
  }
}

function byRank(groups: CodeGroups, a: Candidate, b: Candidate): number {
  if (a.tier !== b.tier) return a.tier === "code" ? -1 : 1
  // How an injury came about stands in a lane of its own, behind what was found.
  const external = Number(groups.laneOf(a.code) === "external") - Number(groups.laneOf(b.code) === "external")
  if (external !== 0) return external
  if (a.tier === "consider") {
    // A list of allergies is long and tells of no problem: behind what else is to be considered.
    const listed = Number(groups.laneOf(a.code) === "allergy") - Number(groups.laneOf(b.code) === "allergy")
    return listed || b.score - a.score || a.row - b.row
  }
  // Near ties go by the provider's own order: what is listed first was meant first.
  return step(b) - step(a) || a.place - b.place || b.score - a.score || a.row - b.row
}

function step(candidate: Candidate): number {
  return Math.floor(Math.min(1, candidate.score) * STEPS)
}

/** The evidence that made the suggestion first: problem lines, assessed text, current mentions, then the rest. */
function bestEvidence(candidate: Candidate): Candidate["evidence"] {
  const weight = ({ mention }: Candidate["mentions"][number]) => {
    const { part, role } = mention.sentence
    const place =
      part === "problem" ? 0 : part === "summary" ? 2 : role === "assessed" ? 1 : role === "plan" ? 2 : 3
    return place + (mention.reasons.length > 0 ? 4 : 0)
  }
  const order = candidate.mentions.map((each, i) => ({ i, weight: weight(each) }))
  order.sort((a, b) => a.weight - b.weight || a.i - b.i)
  const sorted = order.map(({ i }) => candidate.evidence[i]).filter((each) => each !== undefined)
  return (sorted.length > 0 ? sorted : candidate.evidence).slice(0, MOST_EVIDENCE)
}

const SEE = /\(see (?:also )?([^()]*)\)/

/** What may refine a mention: the words around it, and what the Index says its wording means ("leg": see lower limb). */
function wordsFor({ match, said }: Mention): ReadonlySet<string> {
  const see = SEE.exec(factsOf(match.pack).text(match.term))?.[1]
  return see === undefined ? said : new Set([...said, ...contentWords(see)])
}

function saidOf(candidate: Candidate): ReadonlySet<string> {
  const words = new Set<string>()
  for (const { mention } of candidate.mentions)
    for (const word of mention.said) if (!isFunctionWord(word)) words.add(word)
  return words
}
