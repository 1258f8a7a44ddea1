/**
 * Which patient and encounter a page shows, told by header words and parts of the URL. When nothing can be
 * found the whole URL and title stand for the chart, so that in doubt any move counts as another chart.
 */
import type { PageIdentity } from "@/messages/page-protocol"
import { type IdentityField, identityLabels, labelPattern, settingIn, urlParts } from "./page-words"

export interface IdentitySource {
  url: string
  title: string
  top: boolean
  /** Text of the patient header(s). */
  header: string
  /** The first lines of the note. */
  head: string
  /** Header fields shown in inputs. */
  inputs: { label: string; value: string }[]
}

type Found = Partial<Record<IdentityField, string>>

const NUMBER = "([A-Za-z]{0,5}[-:]?\\d[\\dA-Za-z-]{2,24})"
const DATE =
  "(\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}|\\d{1,2}[ -][A-Za-z]{3,9}[ ,-]{1,2}\\d{4}|[A-Za-z]{3,9}\\.? \\d{1,2},? \\d{4})"
const SEX = "(female|male|f|m|woman|man)(?![A-Za-z])"
const AGE_AND_SEX = /\b\d{1,3}[ -]?(?:y\.?o\.?|y\/o|years?[ -]old)[ ,]+(female|male|woman|man|f|m)\b/i
const NAME = "([A-Za-z][A-Za-z'’., -]{2,60})"
const VALUES = { number: NUMBER, date: DATE, sex: SEX, name: NAME }

/** A label, then a colon, number sign, cell or line break, then the value. Names need the colon or break. */
const patterns = identityLabels.map((entry) => {
  const gap = entry.value === "name" ? "\\s*(?::|\\t|\\n)\\s*" : "\\s*(?:number|no\\.?|id)?\\s*[:#]{0,2}\\s*"
  const head = `(?<![\\w-])(?:${labelPattern(entry)})(?![A-Za-z-])`
  return { field: entry.field, pattern: new RegExp(head + gap + VALUES[entry.value], "gi") }
})

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

/**
 * ISO date of what stands in a header, month first where both are possible (charts of the United States).
 * Two-digit years are of this century unless that is after `latest`. Undefined when it is no date.
 */
export function isoDate(text: string, latest = new Date()): string | undefined {
  const words = text.match(/[A-Za-z]+|\d+/g) ?? []
  if (words.length !== 3) return undefined
  const named = words.findIndex((word) => /[A-Za-z]/.test(word))
  const numbers = words.map(Number)
  let [year, month, day] = numbers as [number, number, number]
  if (named >= 0) {
    month = MONTHS.indexOf((words[named] as string).slice(0, 3).toLowerCase()) + 1
    day = numbers[named === 0 ? 1 : 0] as number
    year = numbers[2] as number
  } else if ((words[0] as string).length < 3) {
    ;[month, day, year] = numbers as [number, number, number]
    if (month > 12) [month, day] = [day, month]
  }
  if ((words[named >= 0 || numbers[0] !== year ? 2 : 0] as string).length <= 2) {
    year += 2000
    if (year > latest.getFullYear() + 1) year -= 100
  }
  const date = new Date(Date.UTC(year, month - 1, day))
  const real = month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && year > 1850
  return real ? date.toISOString().slice(0, 10) : undefined
}

/** What stands beside the labels of a text. Dates are ISO, sex is a word, numbers are without outer signs. */
export function fieldsIn(text: string): Found {
  const found: { [K in IdentityField]?: string | undefined } = {}
  for (const { field, pattern } of patterns) {
    for (const [, value] of text.matchAll(pattern)) {
      found[field] ??= cleanValue(field, value as string)
    }
  }
  const spoken = AGE_AND_SEX.exec(text)?.[1]
  if (spoken) found.sex ??= cleanValue("sex", spoken)
  return found
}

function cleanValue(field: IdentityField, value: string): string | undefined {
  if (field === "sex") return /^(f|w)/i.test(value) ? "female" : "male"
  if (field === "name")
    return value
      .split(/ {2}|\b(?:mrn|dob|sex|age|acct|account)\b/i)[0]
      ?.trim()
      .toLowerCase()
  if (field === "mrn" || field === "account") {
    // "Visit 03/04/2026" names a day, not a number.
    return /^\d{1,4}-\d{1,2}-\d/.test(value) ? undefined : value.toUpperCase()
  }
  return isoDate(value)
}

/** The parts of a URL that name a patient or encounter, also behind `#`: "patients=4711", "enc=12". */
export function chartPartsOf(url: string): string[] {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return [] // No URL at all (about:blank has none to read): nothing to tell a chart by.
  }
  const parts: string[] = []
  const [hashPath = "", hashQuery = ""] = parsed.hash.replace(/^#!?/, "").split("?")
  const segments = [...parsed.pathname.split("/"), ...hashPath.split("/")].filter(Boolean)
  segments.forEach((segment, i) => {
    const next = segments[i + 1]
    if (next && namesChart(segment) && /\d/.test(next)) parts.push(`${segment.toLowerCase()}=${next}`)
  })
  for (const query of [parsed.searchParams, new URLSearchParams(hashQuery)]) {
    for (const [key, value] of query)
      if (value && namesChart(key)) parts.push(`${key.toLowerCase()}=${value}`)
  }
  return parts
}

function namesChart(word: string): boolean {
  const plain = word.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase()
  const core = plain.replace(/[-_.]?(?:id|no|num|number|key|uuid|guid|ref)$/, "")
  return urlParts.has(plain.replace(/[-_.]/g, "")) || urlParts.has(core)
}

/** Undefined for a frame that names nobody: the top document speaks for it. */
export function identityOf(source: IdentitySource): PageIdentity | undefined {
  const header = fieldsIn(source.header)
  for (const { label, value } of source.inputs) {
    for (const [field, found] of Object.entries(fieldsIn(`${label}: ${value}`)))
      header[field as IdentityField] ??= found
  }
  const note = fieldsIn(source.head)
  const parts = chartPartsOf(source.url)
  const told = Boolean(header.mrn || header.account || header.name || note.mrn || note.account)
  if (!source.top && !told) return undefined

  const both: Found = { ...note, ...header }
  const settingHint = settingIn(`${source.title}\n${source.header}\n${source.head.slice(0, 1_000)}`)
  // An inpatient stay is coded by the day of discharge.
  const day =
    (settingHint === "inpatient" ? both.discharged : undefined) ?? both.dateOfService ?? both.admitted
  return {
    changeKey: changeKeyOf(source, header, note, parts, told),
    ...(both.mrn && { mrn: both.mrn }),
    ...(both.account && { account: both.account }),
    ...(day && { dateOfService: day }),
    ...(both.born && { born: both.born }),
    ...(both.sex && { sex: both.sex as "female" | "male" }),
    ...(settingHint && { settingHint })
  }
}

function changeKeyOf(
  source: IdentitySource,
  header: Found,
  note: Found,
  parts: string[],
  told: boolean
): string {
  const signals = [header.mrn, header.name, header.born, header.account, note.mrn, note.account, ...parts]
  // Without a number of the encounter its day tells encounters of one patient apart.
  if (!header.account && !note.account) {
    signals.push(header.dateOfService ?? header.admitted ?? note.dateOfService ?? note.admitted)
  }
  if (!told && parts.length === 0) signals.push(source.url, source.title)
  const { origin } = URL.canParse(source.url) ? new URL(source.url) : { origin: "" }
  return JSON.stringify([origin, ...signals.map((signal) => signal ?? null)])
}

/** After a move within the page: does the new address alone speak of another chart than the one with this key? */
export function namesOtherChart(changeKey: string, before: string, after: string): boolean {
  if (before === after) return false
  if (chartPartsOf(before).join() !== chartPartsOf(after).join()) return true
  // Nothing but the address itself told the chart.
  return changeKey.includes(JSON.stringify(before))
}
