/**
 * An estimate of the E/M level (shared knowledge rules.md E): problems, data and risk with the words they rest on, the
 * level by two of three, and a stated time. It never proposes to document more, and it is no billing decision.
 */
import type { CodePack } from "@/classification/pack-api"
import type { TriggerTable } from "../assertion/triggers"
import type { Suggested } from "../gaps/types"
import type { ReadChart } from "../suggest/candidate"
import { dataItems, dataLevel, Tests } from "./data"
import { drugWords } from "./drug-words"
import { type Found, PhraseFinder, quoteOf } from "./phrases"
import { Problems, problemLevel } from "./problems"
import { timeOf } from "./time"
import {
  EM_LEVELS,
  type EmElement,
  type EmEstimate,
  type EmItem,
  type EmLevel,
  type EmTables,
  type EmVisit
} from "./types"

export const EM_LABEL = "Estimate, not a billing decision"

export interface EmInput {
  charts: readonly ReadChart[]
  suggested: readonly Suggested[]
  /** ICD-10-CM in force: its Table of Drugs names drugs. */
  pack: CodePack | undefined
}

/** What the next level of an element rests on, as a description. */
const NEXT: Record<EmElement["element"], Partial<Record<EmLevel, string>>> = {
  problems: {
    low: "Low: a chronic or an acute uncomplicated illness, or two self-limited problems.",
    moderate:
      "Moderate: a chronic illness not at goal, two stable ones, a new problem of uncertain outcome, or an acute illness with systemic symptoms.",
    high: "High: a severe worsening of a chronic illness, or a threat to life or function."
  },
  data: {
    low: "Low: two tests or outside notes, or an independent historian.",
    moderate: "Moderate: three items, an independent interpretation, or a discussion with another clinician.",
    high: "High: two of these three kinds."
  },
  risk: {
    low: "Low: a decision of low risk.",
    moderate:
      "Moderate: management of a prescription drug, a decision about surgery, or social circumstances that limit care.",
    high: "High: monitoring for toxicity, hospital care, emergency or high-risk surgery, or a decision to limit care."
  }
}

export class EmEstimator {
  private readonly finder: PhraseFinder
  private readonly problems: Problems
  private readonly tests: Tests
  private readonly visits: readonly EmVisit[]

  constructor(tables: EmTables, triggers: TriggerTable) {
    this.finder = new PhraseFinder(tables.emPhrases ?? [], triggers)
    this.problems = new Problems(tables.emConditions ?? [])
    this.tests = new Tests(tables.emTests ?? [])
    this.visits = tables.emVisits ?? []
  }

  /** Never throws on any chart. */
  estimate({ charts, suggested, pack }: EmInput): EmEstimate {
    const several = charts.length > 1
    const found = this.finder.find(charts, drugWords(pack))
    const interpreted = new Set(
      found.filter(({ phrase }) => phrase.category === "interpretation").map(({ sentence }) => sentence)
    )
    const problems = this.problems.items(suggested, found, several)
    const data = [...dataItems(found, several), ...this.tests.items(charts, interpreted, several)]
    const risk = riskItems(found, several)
    const elements = [
      element("problems", problems, problemLevel(problems)),
      element("data", data, dataLevel(data)),
      element("risk", risk, highest(risk))
    ]
    const level = twoOfThree(elements)
    const time = timeOf(found, this.visits, several)
    return {
      label: EM_LABEL,
      ...(level ? { level } : {}),
      elements,
      ...(time ? { time } : {}),
      cautions: cautions(charts, found, suggested, time !== undefined && !time.activities, several)
    }
  }
}

function element(name: EmElement["element"], items: EmItem[], level: EmLevel | undefined): EmElement {
  const above = EM_LEVELS[level ? EM_LEVELS.indexOf(level) + 1 : 1]
  const next = above && NEXT[name][above]
  return { element: name, ...(level ? { level } : {}), items, ...(next ? { next } : {}) }
}

/** Of each kind of decision one item, with all its words. */
function riskItems(found: readonly Found[], several: boolean): EmItem[] {
  const items = new Map<string, EmItem>()
  for (const { phrase, chart, sentence, first, last } of found) {
    if (phrase.element !== "risk" || !phrase.level) continue
    const quote = quoteOf(chart, sentence, first, last, several)
    const key = `${phrase.category} ${phrase.level}`
    const known = items.get(key)
    if (known) known.evidence.push(quote)
    else items.set(key, { rule: phrase.id, text: phrase.text, level: phrase.level, evidence: [quote] })
  }
  return [...items.values()]
}

function highest(items: readonly EmItem[]): EmLevel | undefined {
  return [...EM_LEVELS].reverse().find((level) => items.some((each) => each.level === level))
}

/** The level that two of the three reach. An element of which nothing was found is minimal; without a problem none. */
function twoOfThree(elements: readonly EmElement[]): EmLevel | undefined {
  if (!elements.find(({ element: name }) => name === "problems")?.level) return undefined
  const ranks = elements.map(({ level }) => (level ? EM_LEVELS.indexOf(level) : 0)).sort((a, b) => b - a)
  return EM_LEVELS[ranks[1] ?? 0]
}

function cautions(
  charts: readonly ReadChart[],
  found: readonly Found[],
  suggested: readonly Suggested[],
  bareTime: boolean,
  several: boolean
): EmEstimate["cautions"] {
  const said = (category: string, text: string): EmEstimate["cautions"] => {
    const first = found.find(({ phrase }) => phrase.category === category)
    if (!first) return []
    return [{ text, evidence: quoteOf(first.chart, first.sentence, first.first, first.last, several) }]
  }
  const copied = suggested.filter(({ suggestion }) => suggestion.copiedForward).length
  const preventive = suggested.some(({ suggestion: { code } }) => /^Z00\.[01]/.test(code))
  return [
    ...(copied > 0
      ? [
          {
            text: `${copied === 1 ? "One problem stands" : `${copied} problems stand`} only in text carried over from an earlier note and ${copied === 1 ? "is" : "are"} not counted.`
          }
        ]
      : []),
    ...(bareTime ? [{ text: "A time is stated without what was done in it." }] : []),
    ...said("half", "A share of the visit spent in counseling has not counted since 2021."),
    ...said("staff", "The time of staff, residents or scribes does not count."),
    ...procedureSaid(charts, several, said("procedure", PROCEDURE)),
    ...said("interpretation", "An interpretation that is reported by itself does not count here."),
    ...(preventive
      ? [{ text: "A preventive visit is documented too: only what goes beyond it counts here." }]
      : [])
  ]
}

const PROCEDURE = "A procedure is documented: its time and its own work do not count here."

/** A section of its own says it as well as words do. */
function procedureSaid(
  charts: readonly ReadChart[],
  several: boolean,
  said: EmEstimate["cautions"]
): EmEstimate["cautions"] {
  if (said.length > 0) return said
  for (const chart of charts) {
    const sentence = chart.read.sentences.find(({ role }) => role === "procedure")
    if (sentence)
      return [{ text: PROCEDURE, evidence: quoteOf(chart, sentence, sentence.first, sentence.last, several) }]
  }
  return []
}
