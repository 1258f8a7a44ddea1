/** Documentation rules made ready: what opens them at once, the rest of a rule when it is first opened. */
import { compilePatterns, type PatternSet } from "../lexicon/patterns"
import { type CompiledWording, compileWording, phraseTokens } from "./rules-text"
import type { DocumentationRule, Figure, RuleAxis, RuleValue, Signs, Wording } from "./rules-types"

export interface CompiledSigns {
  signs: Signs
  codes?: PatternSet
  words: CompiledWording[]
  figures: { of: CompiledWording[]; figure: Figure }[]
}

export interface CompiledValue {
  value: RuleValue
  codes?: PatternSet
  words: CompiledWording[]
}

export interface CompiledAxis {
  axis: RuleAxis
  when?: CompiledSigns
  answeredBy?: PatternSet
  values: CompiledValue[]
  /** Folded words of its name: "type unknown". */
  name: ReadonlySet<string>
}

export interface RuleBody {
  needs: CompiledSigns[]
  care: CompiledWording[]
  unless: { codes?: PatternSet; near: CompiledWording[]; chart: CompiledWording[] }
  axes: CompiledAxis[]
}

function patterns(list: readonly string[] | undefined): PatternSet | undefined {
  return list && list.length > 0 ? compilePatterns(list) : undefined
}

const wordings = (list: readonly Wording[] | undefined) => (list ?? []).map(compileWording)

export function compileSigns(signs: Signs): CompiledSigns {
  return {
    signs,
    codes: patterns(signs.codes),
    words: wordings(signs.words),
    figures: (signs.figures ?? []).map((figure) => ({ figure, of: wordings(figure.of) }))
  }
}

/** The code of a value carries it, unless silence leads to that code as well. */
function carriedBy({ code, codes, byWords }: RuleValue, missing: string | undefined): PatternSet | undefined {
  const telling = code !== undefined && !byWords && !missing?.startsWith(code)
  return patterns([...(telling ? [code] : []), ...(codes ?? [])])
}

function compileAxis(axis: RuleAxis, missing: string | undefined): CompiledAxis {
  return {
    axis,
    ...(axis.when ? { when: compileSigns(axis.when) } : {}),
    answeredBy: patterns(axis.answeredBy),
    values: axis.values.map((value) => ({
      value,
      codes: carriedBy(value, missing),
      words: wordings(value.words)
    })),
    name: new Set(phraseTokens(axis.name).filter((word) => word.length > 2))
  }
}

export class CompiledRule {
  readonly opens: CompiledSigns
  private compiled?: RuleBody

  constructor(readonly rule: DocumentationRule) {
    this.opens = compileSigns(rule.opens)
  }

  get body(): RuleBody {
    const { needs, care, unless, axes } = this.rule
    this.compiled ??= {
      needs: (needs ?? []).map(compileSigns),
      care: wordings(care),
      unless: {
        codes: patterns(unless?.codes),
        near: wordings(unless?.near),
        chart: wordings(unless?.chart)
      },
      axes: axes.map((axis) => compileAxis(axis, this.rule.missing))
    }
    return this.compiled
  }
}

/** The question about a condition that no provider names, as a rule of its own under the same id. */
function undocumented({
  id,
  settings,
  guideline,
  age,
  sex,
  indicators
}: DocumentationRule): DocumentationRule[] {
  if (!indicators) return []
  const { named, ...rest } = indicators
  const axis: RuleAxis = {
    id: "diagnosis",
    name: "diagnosis",
    elsewhere: "anywhere",
    settles: true,
    values: [{ value: "named, or found without significance", words: named }]
  }
  const who = { ...(settings ? { settings } : {}), ...(age ? { age } : {}), ...(sex ? { sex } : {}) }
  const examples = { fires: [], quiet: [] }
  return [{ ...rest, ...who, id, guideline, level: "diagnosis", axes: [axis], examples }]
}

/** Rules by what opens them: the letter of a code, the first word of a wording. */
export class RuleIndex {
  private readonly letters = new Map<string, CompiledRule[]>()
  private readonly words = new Map<string, Set<CompiledRule>>()

  constructor(rules: readonly DocumentationRule[]) {
    for (const rule of rules)
      for (const each of [rule, ...undocumented(rule)]) this.add(new CompiledRule(each))
  }

  private add(compiled: CompiledRule): void {
    for (const pattern of compiled.rule.opens.codes ?? []) {
      const [from = "", to = from] = pattern.split("-")
      for (let letter = from.charCodeAt(0); letter <= to.charCodeAt(0); letter++) {
        const key = String.fromCharCode(letter)
        const list = this.letters.get(key) ?? []
        if (!list.includes(compiled)) list.push(compiled)
        this.letters.set(key, list)
      }
    }
    const { words, figures } = compiled.opens
    for (const wording of [...words, ...figures.flatMap(({ of }) => of)]) {
      const key = wording[0]?.[0] ?? ""
      const set = this.words.get(key) ?? new Set()
      set.add(compiled)
      this.words.set(key, set)
    }
  }

  byCode(code: string): CompiledRule[] {
    return (this.letters.get(code[0] ?? "") ?? []).filter(({ opens }) => opens.codes?.has(code))
  }

  /** Rules that one of these words may open. */
  byWords(said: Iterable<string>): Set<CompiledRule> {
    const found = new Set<CompiledRule>()
    for (const word of said) for (const rule of this.words.get(word) ?? []) found.add(rule)
    return found
  }
}
