/** What the note says about itself: the date that counts and the setting. Offers, never decisions. */
import { isIsoDate } from "@/classification/releases"
import type { ChartDocument, Setting, Span } from "./types"

export interface DetectedDate extends Span {
  /** ISO. */
  date: string
  kind: "discharge" | "service" | "note"
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ")
const DATE =
  /(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/i

const LABELS: [RegExp, DetectedDate["kind"]][] = [
  [/(?:date of discharge|discharge(?:d| date)?(?: on)?)\s*[:-]?\s*/gi, "discharge"],
  [
    /(?:date of (?:service|visit|encounter|procedure|surgery|operation|exam(?:ination)?)|dos|(?:visit|service|encounter) date)\s*[:-]?\s*/gi,
    "service"
  ],
  [/(?:^|\n)\s*date\s*:\s*/gi, "note"]
]

function isoOf(match: RegExpExecArray): string | undefined {
  const pad = (text: string | undefined) => (text ?? "").padStart(2, "0")
  let iso: string
  if (match[1]) iso = `${match[1]}-${match[2]}-${match[3]}`
  else if (match[4]) {
    const year = match[6]!.length === 2 ? `20${match[6]}` : match[6]
    iso = `${year}-${pad(match[4])}-${pad(match[5])}`
  } else {
    const month = MONTHS.indexOf((match[7] ?? "").slice(0, 3).toLowerCase()) + 1
    iso = `${match[9]}-${pad(String(month))}-${pad(match[8])}`
  }
  return isIsoDate(iso) ? iso : undefined
}

/** Labels beyond this many characters belong to the story, not to the head of a note. */
const READ_AT_MOST = 200_000

/**
 * The date that picks the release: of discharge when the note has one, else of service, else the document's
 * own. Dates are read as US clinicians write them (month first).
 */
export function detectDate(documents: readonly ChartDocument[]): DetectedDate | undefined {
  for (const [label, kind] of LABELS) {
    for (const document of documents) {
      const text = document.text.slice(0, READ_AT_MOST)
      for (const found of text.matchAll(label)) {
        const from = found.index + found[0].length
        const match = DATE.exec(text.slice(from, from + 24))
        if (!match || match.index > 2) continue
        const date = isoOf(match)
        if (!date) continue
        const start = from + match.index
        return {
          ...(document.doc ? { doc: document.doc } : {}),
          start,
          end: start + match[0].length,
          date,
          kind
        }
      }
    }
  }
  const dated = documents.find((document) => isIsoDate(document.date))
  if (!dated?.date) return undefined
  return { ...(dated.doc ? { doc: dated.doc } : {}), start: 0, end: 0, date: dated.date, kind: "note" }
}

export interface DetectedSetting extends Span {
  setting: Setting
}

/** Inpatient when the chart holds a discharge summary or tells of an admission's discharge date. */
export function detectSetting(documents: readonly ChartDocument[]): DetectedSetting | undefined {
  const signs = /\bdischarge summary\b|\bhospital course\b|\bdischarge diagnos[ie]s\b/i
  for (const document of documents) {
    const doc = document.doc ? { doc: document.doc } : {}
    if (document.kind === "discharge-summary") return { ...doc, start: 0, end: 0, setting: "inpatient" }
    const match = signs.exec(document.text.slice(0, READ_AT_MOST))
    if (match) return { ...doc, start: match.index, end: match.index + match[0].length, setting: "inpatient" }
  }
  return undefined
}
