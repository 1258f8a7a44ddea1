/** Quotations in a query that the chart does not hold: wrong, of another patient, or of a note that was not read. */
import { recordSpans } from "./lint"
import { readStructure } from "./structure"
import type { QueryDraft, QueryFinding } from "./types"

/** Shorter ones are single words put in quotation marks. */
const SHORTEST = 12

const WHY =
  "This quotation is not in the notes that were read: an indicator is quoted to the letter from this patient's record."

/** @param chart texts as they were read; without any, nothing can be said */
export function foreignQuotes(draft: QueryDraft, chart: readonly string[]): QueryFinding[] {
  if (chart.length === 0) return []
  const known = recordSpans(draft)
  const quoted = readStructure(draft.text).quoted.filter(
    ({ start, end, text }) =>
      text.trim().length >= SHORTEST && !known.some((span) => start >= span.start && end <= span.end)
  )
  if (quoted.length === 0) return []
  const texts = chart.map(flatten)
  return quoted
    .filter(({ text }) => !texts.some((each) => each.includes(flatten(text))))
    .map(({ start, end }) => ({ id: "q.source", level: "F", in: "text", start, end, text: WHY }))
}

function flatten(text: string): string {
  return text.replace(/\s+/g, " ").trim().toLowerCase()
}
