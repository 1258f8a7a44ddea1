/**
 * The date that counts, picked up from the words of the notes: inpatient facility claims go by the
 * discharge, everything else by the service line (design.md 1). The coder sees where it came from and may
 * change it.
 */
import type { Setting } from "@/engine/types"

export interface PickedDate {
  /** ISO date. */
  date: string
  /** The words it stood behind, as written: "Date of service". */
  from: string
}

const SERVICE = `date of (?:service|visit|encounter|procedure|surgery|operation|consultation)|dos|(?:service|visit|encounter|appointment|procedure|operative) date|date seen|seen on`
const DISCHARGE = `date of discharge|discharge date|discharged(?: on)?|date discharged`
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const DATE = String.raw`(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|(?:${MONTHS.join("|")})[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}\s+(?:${MONTHS.join("|")})[a-z]*\.?,?\s+\d{4})`

/** Only the start of a text is searched: headers stand there, and a 1 MB chart stays quick. */
const SEARCHED = 60_000

/**
 * @param texts note texts, the most telling first
 * @param fallback date of service that the page itself names (ISO)
 */
export function pickDate(texts: string[], setting: Setting, fallback?: string): PickedDate | undefined {
  const discharge = () => firstLabelled(texts, DISCHARGE)
  const service = () => firstLabelled(texts, SERVICE)
  const page = fallback && isDate(fallback) ? { date: fallback, from: "Date of service" } : undefined
  return setting === "inpatient" ? (discharge() ?? page ?? service()) : (page ?? service() ?? discharge())
}

function firstLabelled(texts: string[], label: string): PickedDate | undefined {
  const pattern = new RegExp(String.raw`\b(${label})\b[ \t]*(?::|-|is|was|of)?\s{0,3}${DATE}(?![\d/])`, "i")
  for (const text of texts) {
    const found = pattern.exec(text.slice(0, SEARCHED))
    const date = found?.[2] === undefined ? undefined : parseDate(found[2])
    if (found?.[1] && date) return { date, from: found[1] }
  }
  return undefined
}

/** US order (month first) where figures leave it open. Two-digit years are of this century. */
export function parseDate(words: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(words)
  if (iso) return toDate(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const figures = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(words)
  if (figures) {
    const year = figures[3]?.length === 2 ? 2000 + Number(figures[3]) : Number(figures[3])
    const [first, second] = [Number(figures[1]), Number(figures[2])]
    return first > 12 ? toDate(year, second, first) : toDate(year, first, second)
  }
  const month = MONTHS.findIndex((name) => words.toLowerCase().includes(name)) + 1
  const year = /\d{4}/.exec(words)?.[0]
  const day = /\b(\d{1,2})(?:st|nd|rd|th)?\b/.exec(words)?.[1]
  return month > 0 && year && day ? toDate(Number(year), month, Number(day)) : undefined
}

function toDate(year: number, month: number, day: number): string | undefined {
  if (year < 1990 || year > 2100) return undefined
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return date.toISOString().slice(0, 10)
}

export function isDate(words: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(words) && parseDate(words) === words
}
