/**
 * Problems addressed: diagnoses that the provider assessed in these notes, never a list of old ones (rules.md E4.1).
 * What kind of problem it is, its code tells; how it stands, the words of its own entry.
 */

import type { Suggested } from "../gaps/types"
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import { type Found, quoteOf } from "./phrases"
import type { EmClass, EmCondition, EmItem, EmLevel, EmQuote } from "./types"

interface Problem {
  classes: ReadonlySet<EmClass>
  /** Categories of the phrases in its entry: "not-stable", "severe" ... */
  status: ReadonlySet<string>
  evidence: EmQuote[]
  name: string
}

const ADDRESSED: ReadonlySet<string> = new Set(["assessed", "plan"])

export class Problems {
  private readonly classes: { of: EmClass; codes: PatternSet }[]

  constructor(conditions: readonly EmCondition[]) {
    this.classes = conditions.map(({ class: of, codes }) => ({ of, codes: compilePatterns(codes) }))
  }

  classesOf(code: string): ReadonlySet<EmClass> {
    return new Set(this.classes.filter(({ codes }) => codes.has(code)).map(({ of }) => of))
  }

  /** One problem a category of diagnoses: a combination and the code beside it are told by their entry once. */
  items(suggested: readonly Suggested[], found: readonly Found[], several: boolean): EmItem[] {
    const entries = new Map<string, Problem>()
    for (const { suggestion, candidate } of suggested) {
      if (suggestion.tier !== "code" || suggestion.copiedForward || suggestion.lane) continue
      if (/^[V-Z]/.test(suggestion.code)) continue
      const mention = candidate.mentions.find(({ mention: { sentence } }) => ADDRESSED.has(sentence.role))
      if (!mention) continue
      const { chart } = mention
      const { sentence, match } = mention.mention
      // Codes of one entry of the list are one problem; text without a list has one entry a sentence.
      const place = sentence.item >= 0 ? `item ${sentence.item}` : `sentence ${mention.mention.sentenceAt}`
      const key = `${chart.given.doc} ${sentence.section} ${place}`
      const own = found.filter(
        (each) =>
          each.chart === chart &&
          (sentence.item >= 0
            ? each.sentence.item === sentence.item && each.sentence.section === sentence.section
            : each.sentence === sentence)
      )
      const known = entries.get(key)
      const classes = new Set([...(known?.classes ?? []), ...this.classesOf(suggestion.code)])
      const status = own.filter(({ phrase }) => phrase.element === "problems")
      entries.set(key, {
        classes,
        status: new Set(status.map(({ phrase }) => phrase.category)),
        name: known?.name ?? suggestion.title,
        evidence: known?.evidence ?? [
          quoteOf(chart, sentence, match.first, match.last, several),
          ...status.map((each) => quoteOf(chart, each.sentence, each.first, each.last, several))
        ]
      })
    }
    return [...entries.values()].map(itemOf)
  }
}

function itemOf({ classes, status, evidence, name }: Problem): EmItem {
  const item = (rule: string, level: EmLevel, text: string): EmItem => ({
    rule: `em.problem-${rule}`,
    level,
    text: `${name}: ${text}`,
    evidence
  })
  const chronic = classes.has("chronic")
  // The disease alone says no threat: the words must say that it is one now (rules.md E4.5).
  if (status.has("severe") && (chronic || classes.has("threat") || classes.has("systemic")))
    return item("severe", "high", "severe, or a threat to life or function")
  if (classes.has("threat")) return item("threat", "high", "an illness that may threaten life or function")
  if (chronic && status.has("not-stable")) return item("not-stable", "moderate", "chronic, not at goal")
  if (classes.has("complicated-injury")) return item("injury", "moderate", "complicated injury")
  if (status.has("undiagnosed")) return item("undiagnosed", "moderate", "new, of uncertain outcome")
  if (classes.has("systemic")) return item("systemic", "moderate", "acute, of the whole body")
  if (chronic) return item("chronic", "low", status.has("stable") ? "chronic, stable" : "chronic")
  if (status.has("systemic")) return item("systemic", "moderate", "acute, with systemic symptoms")
  if (classes.has("self-limited")) return item("self-limited", "straightforward", "self-limited")
  return item("acute", "low", "acute, uncomplicated")
}

/** Level of the element: what counts once, and what counts in numbers. */
export function problemLevel(items: readonly EmItem[]): EmLevel | undefined {
  const has = (level: EmLevel) => items.some((each) => each.level === level)
  const chronic = items.filter(({ rule }) => rule === "em.problem-chronic").length
  const minor = items.filter(({ rule }) => rule === "em.problem-self-limited").length
  if (has("high")) return "high"
  if (has("moderate") || chronic >= 2) return "moderate"
  if (has("low") || minor >= 2) return "low"
  return items.length > 0 ? "straightforward" : undefined
}
