/**
 * The desk at which queries to the provider are written and read: composer and linter over one set of data, made
 * once per engine. Pure; it keeps no text.
 */
import type { Engine } from "../index"
import { compileHeadings } from "../lexicon/headings"
import type { Lexicon } from "../lexicon-types"
import { QUERY_TEMPLATES } from "../types"
import type { ComposeRequest, QueryMaterial } from "./composer-types"
import { conditionsBy } from "./conditions"
import { createQueryLinter } from "./lint"
import { prepareQuery } from "./material"
import type { NamedCondition, QueryCheck, QueryDraft, QueryFinding } from "./types"
import { firstChoice, writeQuery } from "./write"

export interface QueryDesk {
  /** What a query about a gap can be written of. Never throws on any text. */
  prepare(request: ComposeRequest): QueryMaterial
  /** What a reviewer would object to. Never throws on any text. */
  lint(draft: QueryDraft): QueryFinding[]
}

export interface QueryDeskParts {
  lexicon: Lexicon
  engine: Engine
  /** ISO day that picks the release for naming conditions. */
  date?: string
  /** Characters of a chart that are read. */
  most?: number
}

const MOST = 1_000_000
/** Checks whose words are not quoted from a chart either. */
const NOT_QUOTED = new Set(["q.no-impact", "q.author-neutral", "q.consistency"])

/** The lexicon holds no checks or templates of queries: it was made by another version. */
export class NoQueryRulesError extends Error {
  override name = "NoQueryRulesError"
}

/** @throws NoQueryRulesError */
export function createQueryDesk({ lexicon, engine, date, most = MOST }: QueryDeskParts): QueryDesk {
  const {
    queryChecks: checks = [],
    queryTemplates: templates = [],
    queryIndicators: indicators = []
  } = lexicon
  const wording = lexicon.queryWording?.[0]
  const whole = QUERY_TEMPLATES.every((id) => templates.some(({ template }) => template === id))
  if (checks.length === 0 || !wording || !whole)
    throw new NoQueryRulesError("The lexicon holds no query rules.")
  const conditionsIn = conditionsBy(engine, date)
  const linter = createQueryLinter(checks, conditionsIn)
  const onlyWords = (which: (check: QueryCheck) => boolean) => {
    const words = createQueryLinter(checks.filter(which), () => [])
    return (text: string) => words.lint({ text }).length > 0
  }
  const headings = compileHeadings(lexicon)
  const material = {
    templates,
    wording,
    indicators,
    headings,
    most,
    forbidden: onlyWords(({ id }) => NOT_QUOTED.has(id)),
    unfit: onlyWords(({ level, phrases, test }) => level === "F" && phrases !== undefined && !test),
    named: (text: string) => categories(conditionsIn(text))
  }
  const fails = (prepared: QueryMaterial) => {
    const draft = writeQuery(prepared, firstChoice(prepared))
    return linter.lint({ ...draft, reviewed: true }).some(({ level }) => level === "F")
  }
  /** Where words put together would name something undocumented, title or question, or both, name nothing. */
  const neutral = (first: QueryMaterial, request: ComposeRequest): QueryMaterial => {
    if (!fails(first)) return first
    const plain = prepareQuery(material, request, true)
    const { title, question } = plain
    return (
      [
        { ...first, title },
        { ...first, question }
      ].find((each) => !fails(each)) ?? plain
    )
  }
  return {
    prepare(request) {
      const prepared = neutral(prepareQuery(material, request), request)
      const asked = request.gap.question?.trim()
      // The rule's own question asks more closely; it is taken when it is a question and leads nobody.
      if (!asked?.endsWith("?") || /[[\]{}]/.test(asked)) return prepared
      const own = { ...prepared, question: asked }
      return fails(own) ? prepared : own
    },
    lint: (draft) => linter.lint(draft)
  }
}

function categories(conditions: readonly NamedCondition[]): ReadonlySet<string> {
  return new Set(conditions.map(({ category }) => category))
}
