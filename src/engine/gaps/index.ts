/**
 * All gaps of a chart as one ranked list: those of documentation rules and those that the classification's own
 * axes ask for. One gap a rule and condition; where a rule asks what an axis asks, the rule speaks.
 */
import type { Gap, GapOption } from "../types"
import type { GapFinder, GapInput } from "./types"

export type { GapFinder, GapInput, Suggested } from "./types"

const RANK = { high: 0, medium: 1, low: 2 } as const

function category(gap: Gap): string | undefined {
  return gap.code?.code.slice(0, 3)
}

/** Codes that the options lead to: how two gaps are seen to ask the same in different words. */
function codesOf(options: readonly GapOption[]): string[] {
  return options.flatMap(({ code }) => (code === undefined ? [] : [code.replace(/[-.]/g, "")]))
}

/** Share of the options of one gap that another leads to as well, by code or by what stands above it. */
function sharedOptions(asked: Gap, by: Gap): number {
  const codes = codesOf(asked.options)
  const others = codesOf(by.options)
  const shared = codes.filter((code) =>
    others.some((other) => code.startsWith(other) || other.startsWith(code))
  )
  return codes.length === 0 ? 0 : shared.length / codes.length
}

/** The rule's gap is about the same condition and asks for the same axis as the one of the classification. */
function replaces(rule: Gap, derived: Gap): boolean {
  if (category(rule) === undefined || category(rule) !== category(derived)) return false
  return rule.axis === derived.axis || sharedOptions(derived, rule) >= 0.5
}

/** One gap a rule and condition: the graver one, then the first. */
function oncePerRule(gaps: readonly Gap[]): Gap[] {
  const kept = new Map<string, Gap>()
  for (const gap of gaps) {
    const key = gap.rule === undefined ? gap.key : `${gap.rule} ${category(gap) ?? gap.key}`
    const known = kept.get(key)
    if (!known || RANK[gap.severity] < RANK[known.severity]) kept.set(key, gap)
  }
  return [...kept.values()]
}

/**
 * @param rules gaps of documentation rules
 * @param derived gaps of the classification's axes
 * @returns safety first, then by severity, what begins folded last; else in the order given, rules first
 */
export function rankGaps(rules: readonly Gap[], derived: readonly Gap[]): Gap[] {
  const left = derived.filter((gap) => !rules.some((rule) => replaces(rule, gap)))
  const order = (gap: Gap) => (gap.safety ? 0 : 10) + 2 * RANK[gap.severity] + Number(gap.folded)
  return oncePerRule([...rules, ...left])
    .map((gap, i) => ({ gap, i }))
    .sort((a, b) => order(a.gap) - order(b.gap) || a.i - b.i)
    .map(({ gap }) => gap)
}

/** Every gap of a chart. Made once an engine. */
export class Gaps {
  /** @param rules finders of documentation rules; @param derived finders of the classification's axes */
  constructor(
    private readonly rules: readonly GapFinder[],
    private readonly derived: readonly GapFinder[]
  ) {}

  find(input: GapInput): Gap[] {
    const found = (finders: readonly GapFinder[]) => finders.flatMap((finder) => finder.find(input))
    return rankGaps(found(this.rules), found(this.derived))
  }
}
