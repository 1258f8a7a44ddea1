/** Queries as the worker drafts and reads them, small: words of the gap in, a text to look at out. */
import type { QueryMaterial } from "@/engine/provider-query/composer-types"
import type { QueryDraft, QueryFinding } from "@/engine/provider-query/types"
import type { PanelRequests } from "@/messages/panel-protocol"

export function fakeMaterial({ chart, gap }: PanelRequests["query/prepare"]["in"]): QueryMaterial {
  const doc = chart.documents[0]?.doc ?? ""
  const text = chart.documents[0]?.text ?? ""
  const line = (quote: string, section: string) => {
    const start = Math.max(0, text.indexOf(quote))
    return { quote, doc, start, end: start + quote.length, section, source: section }
  }
  return {
    template: gap.template ?? "specificity",
    ...(gap.rule === undefined ? {} : { rule: gap.rule }),
    title: "Further detail requested",
    question: `Based on your clinical judgement, can the ${gap.axis} be further specified?`,
    encounter: "Outpatient encounter, date of service 03/14/2026",
    headings: {
      documented: "Documentation:",
      indicators: "Clinical indicators from the record:",
      question: "Question:"
    },
    signOff: "Please answer in the medical record, in your own independent clinical judgement.",
    statements: gap.evidence.map(({ quote }) => line(quote, "Assessment and plan")),
    indicators: [
      { ...line("landed on her right wrist", "HPI"), kind: "answer", preset: true },
      { ...line("splinted today", "Assessment and plan"), kind: "procedure", preset: true },
      { ...line("Numbness in both feet", "HPI"), kind: "exam", preset: false }
    ],
    options: gap.options.map(({ value }, at) => ({ text: `Fracture, ${value}`, support: [at] })),
    extra: [],
    ways: ["Other (please specify)", "Unable to determine"],
    documented: gap.evidence.map(({ quote }) => quote),
    remarks: [],
    date: "2026-03-14"
  }
}

export function fakeLint({ text, title = "", generated, reviewed }: QueryDraft): QueryFinding[] {
  const found: QueryFinding[] = []
  for (const [word, id, level, why] of [
    ["DRG", "q.no-impact", "F", "A query must not mention payment, grouping, risk or quality scores."],
    ["please document", "q.nonleading-stem", "F", "These words steer the provider to an answer."],
    ["last visit", "q.prior-encounter", "W", "This comes from an earlier encounter: give its date."]
  ] as const) {
    const start = text.indexOf(word)
    if (start >= 0) found.push({ id, level, in: "text", start, end: start + word.length, text: why })
  }
  const sepsis = title.indexOf("Sepsis")
  if (sepsis >= 0) {
    const why = "The title names a condition that the provider has not documented."
    found.push({ id: "q.neutral-title", level: "F", in: "title", start: sepsis, end: sepsis + 6, text: why })
  }
  if (!/["\d]/.test(text)) {
    const why = "No clinical indicator is quoted."
    found.push({ id: "q.indicators", level: "F", in: "text", start: 0, end: 0, text: why })
  }
  if (generated && !reviewed) {
    const why = "Software wrote this text: a person reads it before it is sent."
    found.push({ id: "q.ai-label", level: "F", in: "text", start: 0, end: 0, text: why })
  }
  return found
}
