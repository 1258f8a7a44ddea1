/** A query as plain text, out of what `prepareQuery` found and what the coder chose of it. Pure. */
import type { OfferedOption, QueryChoice, QueryMaterial, QuotedStatement } from "./composer-types"
import { oneLine, usDay } from "./quote"
import type { QueryDraft, QueryIndicator } from "./types"

export function firstChoice(material: QueryMaterial): QueryChoice {
  return { indicators: material.indicators.flatMap(({ preset }, at) => (preset ? [at] : [])) }
}

/** Options whose support is quoted; fewer than two mean an open question. */
export function optionsFor(material: QueryMaterial, choice: QueryChoice): OfferedOption[] {
  if (choice.open) return []
  const quoted = new Set([-1, ...choice.indicators])
  const offered = material.options.filter(
    ({ support }) => support.length === 0 || support.some((at) => quoted.has(at))
  )
  return offered.length < 2 ? [] : offered
}

/** Options are listed alike, none preselected, the two ways out last. */
export function writeQuery(material: QueryMaterial, choice: QueryChoice): QueryDraft & { title: string } {
  const { headings, statements, ways, extra } = material
  const indicators = choice.indicators.flatMap((at) => material.indicators[at] ?? [])
  const options = optionsFor(material, choice)
  const list = options.length === 0 ? [] : [...options.map(({ text }) => text), ...extra, ...ways]
  const blocks = [
    [material.encounter],
    statements.length === 0 ? [] : [headings.documented, ...statements.map(quotedLine)],
    indicators.length === 0 ? [] : [headings.indicators, ...indicators.map(quotedLine)],
    [headings.question, material.question],
    list.map((option) => `- ${option}`),
    [material.signOff]
  ]
  const used: QueryIndicator[] = [...statements, ...indicators].map(
    ({ quote, source, date, doc, start, end }) => ({
      quote: oneLine(quote),
      ...(source === undefined ? {} : { source }),
      ...(date === undefined ? {} : { date }),
      doc,
      start,
      end
    })
  )
  return {
    title: material.title,
    text: blocks
      .filter((block) => block.length > 0)
      .map((block) => block.join("\n"))
      .join("\n\n"),
    indicators: used,
    documented: material.documented,
    ...(material.date === undefined ? {} : { date: material.date }),
    generated: true
  }
}

/** `- "Hgb 7.9 g/dL" (Results, progress note, 01/14/2026)` */
function quotedLine({ quote, source, date }: QuotedStatement): string {
  const where = [source, date === undefined ? undefined : usDay(date)].filter((each) => each)
  return `- ${inQuotes(oneLine(quote))}${where.length > 0 ? ` (${where.join(", ")})` : ""}`
}

/** Marks that the quotation itself does not hold, so that it stays to the letter. */
function inQuotes(quote: string): string {
  return quote.includes('"') ? `\u201c${quote}\u201d` : `"${quote}"`
}

/** For the clipboard: the subject, then the text. */
export function asPlainText({ title, text }: Pick<QueryDraft, "title" | "text">): string {
  return title?.trim() ? `Subject: ${title.trim()}\n\n${text.trim()}\n` : `${text.trim()}\n`
}
