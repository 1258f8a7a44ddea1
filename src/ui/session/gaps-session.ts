/**
 * What the documentation of this chart lacks, and what the coder has done about it. Decisions belong to one chart and
 * live as long as the panel; what stays is two numbers by rule (see `RuleCountServices`).
 */
import type { CodeRef } from "@/classification/model"
import type { Gap, GapOption } from "@/engine/types"
import type { RuleCount, RuleCountServices } from "../services"
import type { Announcer } from "./announcer"
import type { ChartSession } from "./chart-session"
import { type GapDecisions, type GapReason, ruleOf } from "./gaps-board"
import { Watched } from "./state"

export interface GapsState extends GapDecisions {
  /** undefined: nothing was read yet. */
  gaps: Gap[] | undefined
  /** Number of the chart they belong to. */
  chart: number | undefined
  /** Values taken, by gap: the option, and the code shown before. */
  taken: ReadonlyMap<string, GapOption>
  /** By rule. */
  counts: ReadonlyMap<string, RuleCount>
}

type Decided = Pick<GapsState, "dismissed" | "away" | "taken">

const UNDECIDED: Decided = { dismissed: new Map(), away: new Set(), taken: new Map() }
const CHARTS_REMEMBERED = 6

/** Chooses another code on the card of a suggestion. @returns false when it cannot be shown */
export type Refine = (from: CodeRef, to: string | undefined) => boolean

export class GapsSession {
  readonly state = new Watched<GapsState>({
    gaps: undefined,
    chart: undefined,
    counts: new Map(),
    ...UNDECIDED
  })
  /** Of charts that the coder may come back to. */
  readonly #decided = new Map<number, Decided>()
  #stop: () => void = () => {}

  constructor(
    private readonly chart: ChartSession,
    private readonly counts: RuleCountServices,
    private readonly announcer: Announcer,
    private readonly refine: Refine
  ) {}

  start(): void {
    this.#stop = this.chart.state.subscribe(() => this.#follow())
    this.#follow()
    this.counts.read().then(
      (counts) => this.state.patch({ counts: new Map(counts.map((each) => [each.rule, each])) }),
      // Then nothing folds; the gaps are there all the same.
      () => undefined
    )
  }

  stop(): void {
    this.#stop()
    this.#decided.clear()
  }

  /** It stays where it is until the tab is left. */
  dismiss(gap: Gap, reason: GapReason): void {
    const { dismissed } = this.state.get()
    if (!dismissed.has(gap.key)) this.#count(gap, { dismissed: 1 })
    this.#decide({ dismissed: new Map(dismissed).set(gap.key, reason) })
    this.announcer.say(`Dismissed: ${gap.title}`, "plain", { label: "Undo", run: () => this.restore(gap) })
  }

  restore(gap: Gap): void {
    const { dismissed, away } = this.state.get()
    if (!dismissed.has(gap.key)) return
    const next = new Map(dismissed)
    next.delete(gap.key)
    this.#count(gap, { dismissed: -1 })
    this.#decide({ dismissed: next, away: new Set([...away].filter((key) => key !== gap.key)) })
    this.announcer.say(`Restored: ${gap.title}`)
  }

  /** The value that the chart tells, or one that the coder read there: the suggestion becomes that code. */
  take(gap: Gap, option: GapOption): void {
    const { code } = gap
    if (!code || option.code === undefined) return
    if (this.state.get().taken.get(gap.key)?.value === option.value) {
      this.untake(gap)
      return
    }
    if (!this.refine(code, option.code)) return
    if (!this.state.get().taken.has(gap.key)) this.#count(gap, { accepted: 1 })
    this.#decide({ taken: new Map(this.state.get().taken).set(gap.key, option) })
    const to = option.code.replace(/-+$/, "")
    this.announcer.say(`${option.value}: ${to} stands on the card of ${code.code} now.`, "good", {
      label: "Undo",
      run: () => this.untake(gap)
    })
  }

  untake(gap: Gap): void {
    const taken = new Map(this.state.get().taken)
    if (!gap.code || !taken.delete(gap.key)) return
    this.refine(gap.code, undefined)
    this.#count(gap, { accepted: -1 })
    this.#decide({ taken })
    this.announcer.say(`${gap.code.code} stands on its card again.`)
  }

  /** A query about it was copied. */
  asked(gap: Gap): void {
    this.#count(gap, { accepted: 1 })
  }

  /** The tab was left: what was dismissed goes out of the way. */
  leave(): void {
    const { dismissed, away } = this.state.get()
    if (dismissed.size === away.size) return
    this.#decide({ away: new Set(dismissed.keys()) })
  }

  async forgetCounts(): Promise<void> {
    try {
      await this.counts.clear()
      this.state.patch({ counts: new Map() })
      this.announcer.say("Your counts by rule are forgotten; no rule is folded by them.")
    } catch {
      this.announcer.say("The counts could not be removed. Try again.", "warn")
    }
  }

  #decide(change: Partial<Decided>): void {
    this.state.patch(change)
    const { chart, dismissed, away, taken } = this.state.get()
    if (chart === undefined) return
    this.#decided.delete(chart)
    this.#decided.set(chart, { dismissed, away, taken })
    for (const old of [...this.#decided.keys()].slice(0, -CHARTS_REMEMBERED)) this.#decided.delete(old)
  }

  #count(gap: Gap, change: { accepted?: number; dismissed?: number }): void {
    // A safety rule never folds: there is nothing to count for it.
    if (gap.safety) return
    const rule = ruleOf(gap)
    const counts = new Map(this.state.get().counts)
    const { accepted, dismissed } = counts.get(rule) ?? { accepted: 0, dismissed: 0 }
    counts.set(rule, {
      rule,
      accepted: Math.max(0, accepted + (change.accepted ?? 0)),
      dismissed: Math.max(0, dismissed + (change.dismissed ?? 0))
    })
    this.state.patch({ counts })
    // A count that is lost is not worth a word.
    this.counts.add(rule, change).catch(() => undefined)
  }

  #follow(): void {
    const { phase, findings, chart } = this.chart.state.get()
    const gaps = phase === "ready" ? findings?.gaps : undefined
    const same = chart === this.state.get().chart
    this.state.patch({
      gaps,
      ...(same
        ? {}
        : { chart, ...(chart === undefined ? UNDECIDED : (this.#decided.get(chart) ?? UNDECIDED)) })
    })
  }
}
