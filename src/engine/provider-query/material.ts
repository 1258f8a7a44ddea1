/** From a gap and its chart to everything a query can be written of. Pure; keeps no text. */
import type { HeadingTable } from "../lexicon/headings"
import { atomize } from "../text/atoms"
import { type ReadDocument, readDocument } from "../text/document"
import type { Evidence, Gap, QueryTemplateId, Setting } from "../types"
import type {
  ComposeRequest,
  IndicatorEntry,
  OfferedIndicator,
  OfferedOption,
  QueryMaterial,
  QueryTemplate,
  QueryWording,
  QuotedStatement
} from "./composer-types"
import { collectIndicators, type ReadChartDocument } from "./indicators"
import { capital, type Quoted, supportedOptions } from "./options"
import { oneLine, placeOf, quoteAround, sentenceAt, usDay } from "./quote"

export interface MaterialParts {
  templates: readonly QueryTemplate[]
  wording: QueryWording
  indicators: readonly IndicatorEntry[]
  headings: HeadingTable
  /** Characters of a chart that are read. */
  most: number
  /** Words about payment or scores, or that name the patient: never quoted as an indicator. */
  forbidden(text: string): boolean
  /** Words that would steer where the query itself says them: not in a title, question or option. */
  unfit(text: string): boolean
  /** Categories of the conditions named in a text. */
  named(text: string): ReadonlySet<string>
}

const PLAIN_QUESTION =
  "Based on your clinical judgement, can the documentation quoted above be further specified?"
const PLAIN_TITLE = "Clarification of documentation"
const STATEMENTS = 4
const LONGEST_TERM = 60
const ENCOUNTERS: Record<Setting, (day: string | undefined) => string> = {
  outpatient: (day) => `Outpatient encounter${day ? `, date of service ${day}` : ""}`,
  inpatient: (day) => `Inpatient stay${day ? `, discharge ${day}` : ""}`,
  professional: (day) => `Professional service${day ? `, date of service ${day}` : ""}`
}
/** Words that stand in the names of many conditions. */
const COMMON = new Set(
  "disease disorder unspecified other chronic acute type with without stage syndrome condition status history patient left right bilateral primary secondary finding due to of and the in on for documented site encounter initial".split(
    " "
  )
)

/**
 * @param plain names no condition in title and question: for statements whose words, put together, would name
 *   something that nobody documented
 */
export function prepareQuery(parts: MaterialParts, request: ComposeRequest, plain = false): QueryMaterial {
  const { gap, setting = "outpatient", date } = request
  const template = templateOf(parts.templates, gap)
  const charts = readCharts(parts, request)
  const label = (doc: string) => documentName(parts.wording.documents, request, doc)
  const place = <T extends { doc: string; start: number; section: string }>(each: T) => {
    const source = sourceOf(parts, charts, each, label(each.doc))
    const day = charts.find(({ doc }) => doc === each.doc)?.date
    return { ...each, ...(source ? { source } : {}), ...(day === undefined ? {} : { date: day }) }
  }
  const statements = distinctPlaces(gap.evidence)
    .slice(0, STATEMENTS)
    .map((each) => place(statementOf(charts, each)))
  const term = termOf(parts, gap)
  const entries = entriesFor(parts.indicators, gap)
  const collected = collectIndicators({
    charts,
    entries,
    about: statements,
    words: contentWords([
      ...gap.evidence.map(({ quote }) => quote),
      ...gap.evidence.map(({ term: said }) => said)
    ]),
    date,
    forbidden: parts.forbidden
  })
  const indicators = [
    ...answerOf(charts, gap),
    ...mentionsOf(parts, charts, request, statements),
    ...collected
  ]
    .filter(
      (each, at, all) =>
        all.findIndex((o) => o.doc === each.doc && o.start < each.end && o.end > each.start) === at
    )
    .map(place)
  const found = gap.foundElsewhere
  const quoted: Quoted[] = [
    ...statements.map(({ quote }) => ({ quote, at: -1 })),
    ...indicators.map(({ quote }, at) => ({ quote, at }))
  ]
  const answerAt = indicators.findIndex(({ kind }) => kind === "answer")
  const axis = axisWords(parts.wording, gap.axis)
  const fill = filler(parts, gap, plain ? NO_TERM : term, axis, plain)
  const options = optionsOf(
    parts,
    template,
    gap,
    fill,
    template.choices === "values"
      ? supportedOptions(
          gap.options,
          gap.axis,
          term.neutral ? term.text : "",
          quoted,
          entries,
          found && answerAt >= 0 ? { value: found.value, at: answerAt } : undefined
        )
      : []
  )
  const preset = indicators.filter((each) => each.preset)
  return {
    template: template.template,
    ...(gap.rule === undefined ? {} : { rule: gap.rule }),
    title: fill(template.title) ?? fill(template.plainTitle) ?? PLAIN_TITLE,
    question: questionOf(template, gap, fill),
    encounter: ENCOUNTERS[setting](date === undefined ? undefined : usDay(date)),
    headings: parts.wording.headings,
    signOff: parts.wording.signOff,
    statements,
    indicators,
    options,
    extra: template.extra ?? [],
    ways: [template.other ?? parts.wording.other, template.unable ?? parts.wording.unable],
    documented: [
      ...new Set([
        ...gap.evidence.map(({ quote }) => quote),
        ...(request.suggestions ?? []).flatMap((each) => each.evidence.map(({ quote }) => quote))
      ])
    ],
    remarks: remarksOn(template, statements, preset),
    ...(date === undefined ? {} : { date })
  }
}

/** What the rule names, else what level and axis tell. */
function templateOf(templates: readonly QueryTemplate[], gap: Gap): QueryTemplate {
  const id = gap.template ?? derivedTemplate(gap)
  // The desk has made sure that every structure is there.
  return templates.find(({ template }) => template === id) ?? templates[0]!
}

function derivedTemplate({ level, axis, code, evidence }: Gap): QueryTemplateId {
  if (/present.on.admission|^poa$/i.test(axis)) return "present-on-admission"
  if (/conflict/i.test(axis)) return "conflict"
  if (/active.*history|history.*(?:active|current)|^status$/i.test(axis)) return "history-or-current"
  if (level === "link") return "link"
  if (level === "diagnosis") {
    return evidence.some(({ via }) => /drug|therap|treat|device/i.test(via)) ? "treatment" : "undocumented"
  }
  return code && /^[ST]\d/.test(code.code) ? "injury" : "specificity"
}

function readCharts(parts: MaterialParts, { documents }: ComposeRequest): ReadChartDocument[] {
  let left = parts.most
  return documents.flatMap(({ doc, text, date }) => {
    const limit = Math.min(left, text.length)
    left -= limit
    if (limit === 0) return []
    const read = readDocument(text, parts.headings, limit)
    return [{ doc, read, ...(date === undefined ? {} : { date }) }]
  })
}

/** The engine leaves `doc` out where there is one document. */
function docOf(charts: readonly ReadChartDocument[], doc: string | undefined): string {
  return doc ?? charts[0]?.doc ?? ""
}

function readOf(charts: readonly ReadChartDocument[], doc: string): ReadDocument | undefined {
  return charts.find((chart) => chart.doc === doc)?.read
}

/** The statement with what stands around it in its sentence. */
function statementOf(charts: readonly ReadChartDocument[], each: Evidence): QuotedStatement {
  const doc = docOf(charts, each.doc)
  const piece = around(charts, doc, each)
  return { ...piece, doc, section: each.section }
}

function around(
  charts: readonly ReadChartDocument[],
  doc: string,
  { start, end, quote }: { start: number; end: number; quote: string }
) {
  const read = readOf(charts, doc)
  const sentence = read && sentenceAt(read, start)
  if (!read || !sentence || read.text.slice(start, end) !== quote) return { start, end, quote }
  return quoteAround(read.text, placeOf(read, sentence), start, end)
}

function answerOf(charts: readonly ReadChartDocument[], gap: Gap): OfferedIndicator[] {
  const found = gap.foundElsewhere
  if (!found) return []
  const doc = docOf(charts, found.doc)
  return [{ ...around(charts, doc, found), doc, section: found.section, kind: "answer", preset: true }]
}

/** Other affirmed mentions of the same category, in the provider's words. */
function mentionsOf(
  parts: MaterialParts,
  charts: readonly ReadChartDocument[],
  { gap, suggestions = [] }: ComposeRequest,
  statements: readonly QuotedStatement[]
): OfferedIndicator[] {
  const category = gap.code?.code.slice(0, 3)
  if (category === undefined) return []
  return suggestions
    .filter(({ system, code }) => system === gap.code?.system && code.startsWith(category))
    .flatMap(({ evidence }) => evidence)
    .map((each) => {
      const doc = docOf(charts, each.doc)
      return {
        ...around(charts, doc, each),
        doc,
        section: each.section,
        kind: "mention" as const,
        preset: false
      }
    })
    .filter(
      (each) =>
        !parts.forbidden(each.quote) &&
        !statements.some((own) => own.doc === each.doc && own.start < each.end && own.end > each.start)
    )
    .slice(0, 3)
}

function distinctPlaces(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter(
    (each, at) => evidence.findIndex((other) => other.doc === each.doc && other.start === each.start) === at
  )
}

const NO_TERM: Term = { text: "", neutral: false }

interface Term {
  text: string
  /** It names nothing that is not documented. */
  neutral: boolean
}

/** How the question names the condition: the provider's own words; an abbreviation is written out where it can be. */
function termOf(parts: MaterialParts, gap: Gap): Term {
  const quote = oneLine(gap.evidence[0]?.quote ?? "")
  if (quote === "") return { text: "", neutral: false }
  const documented = parts.named(gap.evidence.map((each) => each.quote).join(".\n"))
  const head = oneLine(gap.title.split(":")[0] ?? "")
  const allowed = (text: string) =>
    text !== "" && text.length <= LONGEST_TERM && [...parts.named(text)].every((each) => documented.has(each))
  if (isAbbreviation(quote) && gap.level !== "diagnosis" && /\s/.test(head) && allowed(head))
    return { text: uncapital(head), neutral: true }
  const short = quote.length <= LONGEST_TERM && !parts.unfit(quote)
  return { text: short ? uncapital(quote) : "", neutral: short }
}

function isAbbreviation(text: string): boolean {
  return /^[A-Za-z]{0,2}[A-Z0-9/-]{2,8}$/.test(text)
}

/** "Heart failure" in the middle of a sentence; "Parkinson disease" and "CHF" stay. */
function uncapital(text: string): string {
  return /^[A-Z][a-z]+(?:\s|$)/.test(text) && !/^[A-Z][a-z]+(?:'s)? (?:disease|syndrome)/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text
}

/** Fills slots; undefined when one of them has nothing to say. */
function filler(parts: MaterialParts, gap: Gap, term: Term, axis: string, plain: boolean) {
  const quotes = plain
    ? []
    : [...new Set(gap.evidence.map(({ quote }) => uncapital(oneLine(quote))))].filter(
        (quote) => quote.length <= LONGEST_TERM && !parts.unfit(quote)
      )
  const slots: Record<string, string | undefined> = {
    term: term.neutral ? term.text : undefined,
    finding: term.neutral ? term.text : undefined,
    b: quotes[0],
    a: quotes[1],
    axis: plain ? undefined : axis
  }
  return (template: string): string | undefined => {
    let whole = true
    const filled = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
      const value = slots[slot]
      if (value === undefined || value === "") whole = false
      return value ?? ""
    })
    return whole ? filled : undefined
  }
}

type Fill = ReturnType<typeof filler>

function questionOf(template: QueryTemplate, gap: Gap, fill: Fill): string {
  return (
    fill(template.question) ??
    (template.plainQuestion === undefined ? undefined : fill(template.plainQuestion)) ??
    (gap.level === "diagnosis"
      ? "Based on your clinical judgement, what condition, if any, do these findings represent?"
      : (fill(
          "Based on your clinical judgement, can the documentation quoted above be further specified ({axis})?"
        ) ?? PLAIN_QUESTION))
  )
}

function optionsOf(
  parts: MaterialParts,
  template: QueryTemplate,
  gap: Gap,
  fill: Fill,
  values: OfferedOption[]
): OfferedOption[] {
  const free = (text: string): OfferedOption => ({ text, support: [] })
  if (template.choices === "values") {
    if (values.length < 2) return []
    return template.order === "alphabetical"
      ? [...values].sort((a, b) => a.text.localeCompare(b.text, "en"))
      : values
  }
  if (template.choices === "statements") {
    const said = [...new Set(gap.evidence.map(({ quote }) => capital(oneLine(quote))))]
    return said.length < 2 || said.some((text) => parts.unfit(text)) ? [] : said.map(free)
  }
  const fixed = (template.fixed ?? []).map(fill)
  const whole = fixed.filter((text) => text !== undefined)
  return whole.length < fixed.length ? [] : whole.map(free)
}

function remarksOn(
  template: QueryTemplate,
  statements: readonly QuotedStatement[],
  preset: readonly OfferedIndicator[]
): string[] {
  const told =
    preset.length +
    (template.template === "undocumented" || template.template === "treatment" ? statements.length : 0)
  if (preset.length === 0 && statements.length > 0 && template.leastIndicators === 1) {
    return ["No clinical indicator beside the statement itself was found in what was read."]
  }
  return told < template.leastIndicators
    ? [
        `A query of this kind should rest on at least ${template.leastIndicators} indicators; ${told === 1 ? "1 was" : `${told} were`} found in what was read.`
      ]
    : []
}

/** Entries that name the rule; without any, those of the code's category, the longest beginning first. */
export function entriesFor(entries: readonly IndicatorEntry[], gap: Gap): IndicatorEntry[] {
  const byRule = entries.filter(({ rules }) => gap.rule !== undefined && rules.includes(gap.rule))
  if (byRule.length > 0) return byRule
  const code = gap.code?.system === "ICD-10-CM" ? gap.code.code : undefined
  if (code === undefined) return []
  const matching = entries.filter(({ categories }) => categories.some((start) => code.startsWith(start)))
  const longest = Math.max(
    0,
    ...matching.flatMap(({ categories }) =>
      categories.filter((start) => code.startsWith(start)).map((start) => start.length)
    )
  )
  return matching.filter(({ categories }) =>
    categories.some((start) => code.startsWith(start) && start.length === longest)
  )
}

function contentWords(texts: readonly string[]): Set<string> {
  const words = new Set<string>()
  for (const text of texts) {
    const atoms = atomize(text)
    for (let at = 0; at < atoms.count; at++) {
      const word = atoms.folded[at] ?? ""
      if (atoms.isWord[at] && word.length > 3 && !COMMON.has(atoms.lower[at] ?? "")) words.add(word)
    }
  }
  return words
}

function axisWords(file: QueryWording, axis: string): string {
  const known = file.axes.find(({ axes }) => axes.includes(axis))
  return known?.words ?? axis.replace(/[-_]+/g, " ")
}

/** A kind of document that is named in its label or by the page; anything else may hold the patient's name. */
function documentName(known: readonly string[], request: ComposeRequest, doc: string): string | undefined {
  const given = request.documents.find((each) => each.doc === doc)
  const said = `${given?.kind?.replace(/[-_]+/g, " ") ?? ""} | ${request.labels?.[doc] ?? ""}`.toLowerCase()
  return known.find((name) => said.includes(name.toLowerCase()))
}

/** "Assessment and plan, progress note" */
function sourceOf(
  parts: MaterialParts,
  charts: readonly ReadChartDocument[],
  { doc, start, section }: { doc: string; start: number; section: string },
  name: string | undefined
): string {
  const read = readOf(charts, doc)
  const id = section || (read && sentenceAt(read, start)?.section) || ""
  const title = parts.headings.sections.get(id)?.title ?? id.replace(/[-_]+/g, " ")
  return [capital(title), name].filter((each) => each).join(", ")
}
