/**
 * Documentation rules (codesets/rules/documentation) over one chart: what opens each, what keeps it silent, which of
 * its axes the documentation leaves open. One gap a rule and condition: the gravest open axis, the others named in it.
 */
import type { TriggerTable } from "../assertion/triggers"
import { factsOf } from "../match/pack-facts"
import { packOf } from "../suggest/candidate"
import type { Evidence, Gap, GapLevel, GapOption, Severity } from "../types"
import { type Answer, Answers, type CannotTell, type Condition } from "./rules-answers"
import { RuleChart } from "./rules-chart"
import { type CompiledAxis, type CompiledRule, RuleIndex } from "./rules-compile"
import { compileWording } from "./rules-text"
import type { DocumentationRule, DocumentationWords } from "./rules-types"
import type { GapFinder, GapInput, Suggested } from "./types"

const MOST_EVIDENCE = 4
const RANK: Record<Severity, number> = { high: 0, medium: 1, low: 2 }

interface Open {
  compiled: CompiledAxis
  answer: Answer & { state: "missing" }
  level: GapLevel
  severity: Severity
}

/** Looks for what documentation rules ask of a chart. Made once an engine; keeps nothing of a chart. */
export class RuleFinder implements GapFinder {
  private readonly index: RuleIndex
  private readonly cannotTell: CannotTell

  constructor(
    rules: readonly DocumentationRule[],
    words: readonly DocumentationWords[],
    private readonly triggers: TriggerTable
  ) {
    this.index = new RuleIndex(rules)
    const those = (says: DocumentationWords["says"]) =>
      words.filter((each) => each.says === says).flatMap((each) => each.words.map(compileWording))
    this.cannotTell = { undetermined: those("undetermined"), unknown: those("unknown") }
  }

  /** @returns gaps, gravest first */
  find(input: GapInput): Gap[] {
    const chart = new RuleChart(input, this.triggers)
    const byRule = new Map<CompiledRule, Suggested[]>()
    for (const each of input.suggested) {
      for (const rule of this.index.byCode(each.suggestion.code)) {
        if (each.suggestion.tier !== "code" && !rule.rule.opens.considered) continue
        byRule.set(rule, [...(byRule.get(rule) ?? []), each])
      }
    }
    for (const text of chart.texts)
      for (const rule of this.index.byWords(text.words())) if (!byRule.has(rule)) byRule.set(rule, [])
    const gaps: Gap[] = []
    for (const [rule, opening] of byRule) gaps.push(...this.gapsOf(rule, opening, chart))
    return gaps.sort((a, b) => RANK[a.severity] - RANK[b.severity] || startOf(a) - startOf(b))
  }

  private gapsOf(compiled: CompiledRule, opening: readonly Suggested[], chart: RuleChart): Gap[] {
    const { rule, opens } = compiled
    if (!isAsked(rule, chart.input)) return []
    const conditions = [...grouped(rule, opening)]
    if (conditions.length === 0) {
      const places = chart.places(opens, rule.opens.where)
      if (places.length === 0) return []
      conditions.push({ group: [], places, categories: new Set(), opened: opens.words })
    }
    const { unless, needs, care } = compiled.body
    if (unless.codes && chart.spokenOf(unless.codes, rule.level === "diagnosis")) return []
    if (unless.chart.length > 0 && chart.isTold(unless.chart)) return []
    const via = `rule: ${rule.id}`
    const indicators: Evidence[] = []
    for (const need of needs) {
      const found = chart.holds(need, via)
      if (!found) return []
      indicators.push(...found)
    }
    if (care.length > 0) {
      const found = chart.care(care, via)
      if (!found) return []
      indicators.push(...found)
    }
    return conditions.flatMap((condition) => {
      const gap = this.gapOf(compiled, condition, indicators, chart)
      return gap ? [gap] : []
    })
  }

  private gapOf(
    compiled: CompiledRule,
    condition: Condition,
    indicators: readonly Evidence[],
    chart: RuleChart
  ): Gap | undefined {
    const { rule, body } = compiled
    const answers = new Answers(chart, condition, this.cannotTell)
    if (answers.hasNear(body.unless.near) || answers.isUndetermined()) return undefined
    const open: Open[] = []
    for (const axis of body.axes) {
      if (axis.when && !chart.holds(axis.when, "")) continue
      const answer = answers.of(axis)
      if (answer.state === "answered") continue
      const { level = rule.level, severity = rule.severity, severityIn } = axis.axis
      if (level === "diagnosis" && !isStay(chart.input)) continue
      open.push({
        compiled: axis,
        answer,
        level,
        severity: answer.elsewhere ? "low" : (severityIn?.[chart.input.setting] ?? severity)
      })
    }
    const order = ({ answer, severity }: Open) => (answer.elsewhere ? 10 : 0) + RANK[severity]
    open.sort((a, b) => order(a) - order(b))
    return open[0] && toGap(rule, condition, open, indicators, chart)
  }
}

function startOf(gap: Gap): number {
  return gap.evidence[0]?.start ?? 0
}

/** A drug, a figure or a device opens a question only in a stay or for a CDI specialist. */
function isStay({ setting, cdi }: GapInput): boolean {
  return setting === "inpatient" || cdi === true
}

function isAsked(rule: DocumentationRule, input: GapInput): boolean {
  const { settings, age, sex, level } = rule
  const { patient } = input
  if (level === "diagnosis" && !isStay(input)) return false
  const asked = settings === undefined || settings.includes(input.setting)
  if (!asked && level !== "diagnosis" && !(input.cdi && settings.includes("inpatient"))) return false
  if (sex && patient.sex && sex !== patient.sex) return false
  if (age && patient.age !== undefined)
    return patient.age >= (age.from ?? 0) && patient.age <= (age.to ?? Number.POSITIVE_INFINITY)
  return true
}

/** Suggestions that opened the rule, one condition a category, a code or the rule. */
function* grouped(rule: DocumentationRule, opening: readonly Suggested[]): Iterable<Condition> {
  const groups = new Map<string, Suggested[]>()
  for (const each of opening) {
    const { code } = each.suggestion
    const key = rule.per === "code" ? code : rule.per === "rule" ? "" : code.slice(0, 3)
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  for (const group of groups.values()) {
    const categories = new Set(group.map(({ suggestion }) => suggestion.code.slice(0, 3)))
    yield { group, places: [], categories, opened: [] }
  }
}

/** Options with the titles of the release; a code that it does not have is left out. */
function optionsOf(open: Open, condition: Condition, chart: RuleChart): GapOption[] {
  const candidate = condition.group[0]?.candidate ?? chart.input.suggested[0]?.candidate
  const pack = candidate
    ? packOf(candidate)
    : chart.input.charts.find(({ mentions }) => mentions[0])?.mentions[0]?.match.pack
  return open.compiled.values.map(({ value: { value, code } }) => {
    const row = code === undefined ? -1 : (pack?.find(code) ?? -1)
    return pack && row >= 0 ? { value, code: pack.code(row), title: factsOf(pack).title(row) } : { value }
  })
}

function toGap(
  rule: DocumentationRule,
  condition: Condition,
  open: readonly Open[],
  indicators: readonly Evidence[],
  chart: RuleChart
): Gap {
  const [first, ...others] = open
  const { axis } = first!.compiled
  const main = condition.group[0]?.suggestion
  const own = main
    ? condition.group.flatMap(({ suggestion }) => suggestion.evidence)
    : condition.places.map((place) => chart.evidence(place, `rule: ${rule.id}`))
  const about = main?.code ?? own[0]?.quote.toLowerCase() ?? ""
  const { elsewhere } = first!.answer
  const id = `gap.${rule.id}.${axis.id}`
  const names = others.map(({ compiled }) => compiled.axis.name)
  return {
    id,
    key: `${id} ${about}`,
    rule: rule.id,
    level: first!.level,
    severity: first!.severity,
    axis: axis.name,
    title: `${rule.title}: ${axis.name}`,
    text: names.length > 0 ? `${rule.why} Also not said: ${names.join(", ")}.` : rule.why,
    ...(main ? { code: { system: main.system, code: main.code } } : {}),
    // A diagnosis that nobody made is asked for openly.
    options: first!.level === "diagnosis" ? [] : optionsOf(first!, condition, chart),
    evidence: [...own.slice(0, MOST_EVIDENCE), ...indicators],
    lookedIn: sectionsOf(chart),
    ...(elsewhere ? { foundElsewhere: elsewhere } : {}),
    folded: !rule.safety && (elsewhere !== undefined || first!.severity === "low"),
    ...(rule.safety ? { safety: true as const } : {}),
    guideline: rule.guideline,
    ...(rule.question ? { question: rule.question, template: rule.template } : {})
  }
}

function sectionsOf(chart: RuleChart): string[] {
  const sections = new Set<string>()
  for (const { read } of chart.input.charts)
    for (const { section, role } of read.sentences)
      if (section !== "" && role !== "administrative" && role !== "instructions") sections.add(section)
  return [...sections]
}
