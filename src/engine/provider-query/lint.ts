/** Reads a query as a reviewer for compliance would, and says what is wrong with it, place by place. */
import { type Found, isInside, PhraseFinder, withoutOverlaps } from "./find-phrases"
import { readStructure } from "./structure"
import { type Objection, type Reading, runTest } from "./structure-tests"
import type { NamedCondition, QueryCheck, QueryDraft, QueryFinding } from "./types"

export interface QueryLinter {
  /** Findings in the order of the checks, then of the text. Never throws on any text. */
  lint(draft: QueryDraft): QueryFinding[]
}

/**
 * @param checks as `parseQueryChecks` gives them
 * @param conditionsIn what the engine finds named in a text, whatever is asserted of it
 */
export function createQueryLinter(
  checks: readonly QueryCheck[],
  conditionsIn: (text: string) => readonly NamedCondition[]
): QueryLinter {
  return {
    lint(draft) {
      const reading = read(draft, conditionsIn)
      return checks.flatMap((check) => {
        const places = [...phrasePlaces(check, draft), ...(check.test ? runTest(check.test, reading) : [])]
        return distinct(places).map(({ detail, ...place }) => ({
          id: check.id,
          level: check.level,
          ...place,
          text: detail === undefined ? check.why : `${check.why} ${detail}`
        }))
      })
    }
  }
}

function read(draft: QueryDraft, conditionsIn: (text: string) => readonly NamedCondition[]): Reading {
  const structure = readStructure(draft.text)
  const conditions = conditionsIn(draft.text)
  const documented = new Set<string>()
  const said = [...(draft.documented ?? []), ...(draft.indicators ?? []).map((each) => each.quote)]
  // One reading for all of them; an empty line keeps them apart.
  for (const each of said.length === 0 ? [] : conditionsIn(said.join(".\n\n")))
    if (!each.denied) documented.add(each.category)
  for (const each of conditions) {
    if (each.denied) continue
    if (isInside(each, structure.quoted)) documented.add(each.category)
  }
  return {
    draft,
    structure,
    record: recordSpans(draft),
    conditions,
    titleConditions: draft.title ? conditionsIn(draft.title) : [],
    documented
  }
}

/** Words of the record that were handed over and stand in the text to the letter: the provider's, not the query's. */
export function recordSpans({ text, indicators = [] }: QueryDraft): Found[] {
  return indicators.flatMap(({ quote }) => {
    const spans: Found[] = []
    if (quote.trim() === "") return spans
    for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + quote.length))
      spans.push({ start: at, end: at + quote.length })
    return spans
  })
}

function phrasePlaces(check: QueryCheck, draft: QueryDraft): Objection[] {
  if (!check.phrases && !check.exact) return []
  const texts = [
    { in: "title" as const, text: draft.title ?? "" },
    { in: "text" as const, text: draft.text }
  ]
  return texts.flatMap(({ in: where, text }) => {
    const finder = new PhraseFinder(text)
    const allowed = [...finder.any(check.except ?? []), ...(where === "text" ? recordSpans(draft) : [])]
    const found = [...finder.any(check.phrases ?? []), ...finder.exact(check.exact ?? [])]
    return withoutOverlaps(found)
      .filter((each) => !isInside(each, allowed))
      .map((each) => ({ in: where, ...each }))
  })
}

function distinct(places: readonly Objection[]): Objection[] {
  const seen = new Set<string>()
  return places
    .filter((place) => {
      const key = `${place.in} ${place.start} ${place.end}`
      return !seen.has(key) && seen.add(key)
    })
    .sort((a, b) => (a.in === b.in ? a.start - b.start : a.in === "title" ? -1 : 1))
}
