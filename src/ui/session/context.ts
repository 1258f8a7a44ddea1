/** An evidence in its sentence: some words around the quote, never across a line. */

export interface QuoteInContext {
  before: string
  quote: string
  after: string
}

const REACH = 56

/**
 * @param text the document the span counts in, if it is still known
 * @returns the bare quote when the text is not known or says something else there
 */
export function quoteInContext(
  text: string | undefined,
  evidence: { start: number; end: number; quote: string },
  reach = REACH
): QuoteInContext {
  const { start, end, quote } = evidence
  if (text === undefined || text.slice(start, end) !== quote)
    return { before: "", quote: oneLine(quote), after: "" }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1
  const nextBreak = text.indexOf("\n", end)
  const lineEnd = nextBreak < 0 ? text.length : nextBreak
  let from = Math.max(start === 0 ? 0 : lineStart, start - reach)
  let to = Math.min(lineEnd, end + reach)
  // Cut between words, so that no half word (or half character) stands at the edge.
  if (from > lineStart) {
    const space = text.slice(from, start).search(/\s/)
    from = space < 0 ? start : from + space + 1
  }
  if (to < lineEnd) {
    const space = text.slice(end, to).search(/\s\S*$/)
    to = space < 0 ? end : end + space
  }
  const before = text.slice(from, start).trimStart()
  const after = text.slice(end, to).trimEnd()
  return {
    before: oneLine(from > lineStart ? `… ${before}` : before),
    quote: oneLine(quote),
    after: oneLine(to < lineEnd ? `${after} …` : after)
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ")
}
