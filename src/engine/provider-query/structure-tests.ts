/** The checks that look at how a query is built. Each gives the places it objects to. */
import { atomize } from "../text/atoms"
import { type Found, isInside } from "./find-phrases"
import type { QueryStructure } from "./structure"
import type { NamedCondition, QueryDraft, StructureTest } from "./types"

export interface Reading {
  draft: QueryDraft
  structure: QueryStructure
  /** Where words of the record stand that were handed over: they are the provider's. */
  record: readonly Found[]
  /** Conditions named in the text, in the title. */
  conditions: readonly NamedCondition[]
  titleConditions: readonly NamedCondition[]
  /** Categories of what the provider has documented: quoted passages, indicators, `documented`. */
  documented: ReadonlySet<string>
}

export interface Objection extends Found {
  in: "title" | "text"
  /** What exactly, where the place alone does not show it. */
  detail?: string
}

/** Something that should be there is not. */
const MISSING: readonly Objection[] = [{ in: "text", start: 0, end: 0 }]
const NONE: readonly Objection[] = []

const OTHER = /\bother\b/i
const UNABLE =
  /\b(?:unable to (?:be )?determin|cannot (?:be )?determin|can't determine|clinically undetermined|undetermined|not able to determine)/i
const NO_DIAGNOSIS =
  /\bno (?:additional|further|clinically significant|other)?\s*(?:diagnosis|condition|documentation|significance)|\bnot clinically significant\b/i
/** The answer is a yes or a no, maybe with words behind it. */
const YES = /^yes\b/i
const NO = /^no\b/i
const ASKS_YES_OR_NO = /^(?:does|do|did|is|are|was|were|has|have|had|can|could|would|should|will)\b/i
/** A yes or no may confirm, link or time what is documented already, or settle a conflict. */
const CODE =
  /(?<![A-Za-z0-9])(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|[A-TV-Z]\d[0-9A-Z]{5}|(?:ICD|CPT|HCPCS)(?:-10)?(?:-CM|-PCS)?\s+(?:code\s+)?[A-Z0-9][0-9A-Z.]{2,7})(?![A-Za-z0-9])/g
const IDENTIFIER =
  /\b(?:MRN|medical record (?:number|no\.?)|DOB|date of birth|SSN|social security(?: number)?|account (?:number|no\.?)|phone)\b\s*[:#]?\s*\d[\d/.-]*|\b\d{3}-\d{2}-\d{4}\b/gi
const DATED = /\b(?:\d{1,2}\/\d{1,2}(?:\/\d{2,4})?|\d{4}-\d{2}-\d{2}|(?:19|20)\d{2})\b/
const EARLIER =
  /\b(?:(?:prior|previous|earlier|last|past)\s+(?:encounter|admission|visit|hospitali[sz]ation|stay|discharge|episode)s?|(?:last|previous)\s+(?:year|month))\b/gi

const inText = (found: Iterable<Found>): Objection[] =>
  Array.from(found, ({ start, end }) => ({ in: "text" as const, start, end }))

const matches = (pattern: RegExp, text: string): Found[] =>
  Array.from(text.matchAll(pattern), (m) => ({ start: m.index, end: m.index + m[0].length }))

const TESTS: Record<StructureTest, (reading: Reading) => readonly Objection[]> = {
  /** At least one clinical indicator of this patient. */
  indicators: ({ draft, structure }) => {
    const given = draft.indicators?.some((each) => each.quote.trim() !== "")
    return (given ?? structure.indicators.length > 0) ? NONE : MISSING
  },

  /** Every indicator that was handed over stands in the text to the letter. */
  source: ({ draft }) => {
    const flat = flatten(draft.text)
    const lost = draft.indicators?.find((each) => !flat.includes(flatten(each.quote)))
    return lost ? [{ in: "text", start: 0, end: 0, detail: `Not as in the record: "${lost.quote}".` }] : NONE
  },

  /** An earlier encounter is named, and no date beside it. */
  "prior-encounter": ({ draft, record }) => {
    const undated = matches(EARLIER, draft.text).filter(({ start, end }) => {
      if (isInside({ start, end }, record)) return false
      const line = draft.text.slice(draft.text.lastIndexOf("\n", start) + 1, lineEnd(draft.text, end))
      return !DATED.test(line)
    })
    const old = draft.indicators?.filter((each) => each.date && draft.date && each.date < draft.date) ?? []
    const unlabelled = old.flatMap((each) => {
      const start = draft.text.indexOf(each.quote)
      if (start < 0) return []
      const line = draft.text.slice(draft.text.lastIndexOf("\n", start) + 1, lineEnd(draft.text, start))
      return DATED.test(line) ? [] : [{ start, end: start + each.quote.length }]
    })
    return inText([...undated, ...unlabelled])
  },

  /** The title names a condition that nobody has documented. */
  "neutral-title": ({ titleConditions, documented }) =>
    titleConditions
      .filter((each) => !documented.has(each.category))
      .map(({ start, end }) => ({ in: "title", start, end })),

  /** Yes or no about a condition that is not documented. */
  format: ({ structure, conditions, documented }) => {
    const answers = structure.options.map((option) => option.text)
    const closed = answers.some((text) => YES.test(text)) && answers.some((text) => NO.test(text))
    const asked = structure.questions.filter(
      (question) => (closed && question === structure.questions.at(-1)) || isYesOrNo(question.text)
    )
    return inText(
      asked.filter((question) =>
        conditions.some(
          (each) => each.start >= question.start && each.end <= question.end && !documented.has(each.category)
        )
      )
    )
  },

  /** An option that is ticked or set off; options without any indicator. */
  "options-supported": ({ draft, structure }) => {
    const { options } = structure
    if (options.length === 0) return NONE
    const marked = options.filter((option) => option.marked)
    const shallow = Math.min(...options.map((option) => option.indent))
    const deep = options.filter((option) => option.indent >= shallow + 2)
    const uneven = deep.length > 0 && deep.length < options.length ? deep : []
    // All alike set off is a style, not a hint.
    const wrong = marked.length === options.length ? uneven : [...new Set([...marked, ...uneven])]
    const bare = structure.indicators.length === 0 && !draft.indicators?.length
    return bare ? inText([options[0]!, ...wrong]) : inText(wrong)
  },

  /** Choices without "other" and a way to say that it cannot be told. */
  "options-complete": ({ structure }) => {
    const texts = structure.options.map((option) => option.text)
    const answers = texts.filter((text) => !YES.test(text) && !NO.test(text))
    if (texts.length === 0) return NONE
    const whole = texts.some((text) => OTHER.test(text)) && texts.some((text) => UNABLE.test(text))
    // Yes and no need the same two ways out.
    return whole ? NONE : inText([structure.options[answers.length > 0 ? texts.length - 1 : 0]!])
  },

  /** One clinical choice beside "other" and "unable to determine". */
  "single-option": ({ structure }) => {
    const clinical = structure.options.filter(
      ({ text }) =>
        !OTHER.test(text) &&
        !UNABLE.test(text) &&
        !NO_DIAGNOSIS.test(text) &&
        !YES.test(text) &&
        !NO.test(text)
    )
    const closed = structure.options.some(({ text }) => YES.test(text))
    return clinical.length === 1 && !closed ? inText(clinical) : NONE
  },

  code: ({ draft, record }) => [
    ...inText(matches(CODE, draft.text).filter((found) => !isInside(found, record))),
    ...matches(CODE, draft.title ?? "").map((found) => ({ in: "title" as const, ...found }))
  ],

  "one-issue": ({ structure }) => inText(structure.questions.slice(1)),

  /** The question itself names a condition that is neither documented nor one of several choices. */
  "new-information": ({ structure, conditions, documented }) => {
    const offered = structure.options.filter(
      (option) => !OTHER.test(option.text) && !UNABLE.test(option.text)
    )
    const first = structure.options[0]?.start ?? Number.POSITIVE_INFINITY
    const choices = new Set(
      conditions
        .filter((each) => offered.some((option) => each.start >= option.start && each.end <= option.end))
        .map((each) => each.category)
    )
    const indicators = structure.indicators
    return inText(
      conditions.filter(
        (each) =>
          each.end <= first &&
          !documented.has(each.category) &&
          !(choices.size > 1 && choices.has(each.category)) &&
          !indicators.some((line) => each.start >= line.start && each.end <= line.end)
      )
    )
  },

  identifiers: ({ draft }) => [
    ...inText(matches(IDENTIFIER, draft.text)),
    ...matches(IDENTIFIER, draft.title ?? "").map((found) => ({ in: "title" as const, ...found }))
  ],

  /** Software wrote it and nobody read it. */
  review: ({ draft }) => (draft.generated === true && draft.reviewed !== true ? MISSING : NONE)
}

export function runTest(test: StructureTest, reading: Reading): readonly Objection[] {
  return TESTS[test](reading)
}

function isYesOrNo(question: string): boolean {
  const words = question.replace(/^.*,\s*/s, "")
  return (
    ASKS_YES_OR_NO.test(words.trim()) && !/\b(?:please|further specified|be specified|clarif)/i.test(question)
  )
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from)
  return end < 0 ? text.length : end
}

/** Line breaks and runs of blanks of a quotation are the page's, not the author's. */
function flatten(text: string): string {
  const atoms = atomize(text)
  return Array.from({ length: atoms.count }, (_, at) => atoms.lower[at]).join(" ")
}
