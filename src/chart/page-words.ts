/** The word lists of codesets/page/words.json as the tests that the reader needs. */
import words from "~codesets/page/words.json"

export type IdentityField =
  | "mrn"
  | "account"
  | "born"
  | "dateOfService"
  | "admitted"
  | "discharged"
  | "sex"
  | "name"

export interface IdentityLabel {
  field: IdentityField
  value: "number" | "date" | "sex" | "name"
  /** Longest first, so that "encounter date" is not read as "encounter". */
  labels: string[]
}

const longestFirst = (list: readonly string[]) => [...list].sort((a, b) => b.length - a.length)
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/ /g, "[\\s]+")
const anyOf = (list: readonly string[]) => `(?:${longestFirst(list).map(literal).join("|")})`

export const identityLabels = words.identity.map((entry) => ({
  ...entry,
  labels: longestFirst(entry.labels)
})) as IdentityLabel[]

/** Source of an expression for any label of `entry`, without groups. */
export const labelPattern = (entry: IdentityLabel) => anyOf(entry.labels)

export const urlParts = new Set(words.urlParts)

const settings = words.settings.map((entry) => ({
  setting: entry.setting as "inpatient" | "outpatient",
  sure: "sure" in entry && entry.sure === true,
  pattern: new RegExp(`\\b${anyOf(entry.words)}\\b`, "i")
}))

/** What kind of claim the words of a header speak of; undefined when they say nothing or contradict. */
export function settingIn(text: string): "inpatient" | "outpatient" | undefined {
  const found = settings.filter((entry) => entry.pattern.test(text))
  const sure = found.find((entry) => entry.sure)
  if (sure) return sure.setting
  const kinds = new Set(found.map((entry) => entry.setting))
  return kinds.size === 1 ? [...kinds][0] : undefined
}

const heading = new RegExp(`^[\\s\\d.)#*-]{0,8}${anyOf(words.noteHeadings)}\\s*(?:\\(\\d+\\))?[\\s:*]*$`, "i")
const headings = new RegExp(
  `(?:^|\\n)[\\s\\d.)#*-]{0,8}${anyOf(words.noteHeadings)}[ \\t]*(?::|(?=\\n|$))`,
  "gi"
)
const clinical = new Set(words.clinical)
const word = /[a-z][a-z0-9]*(?:[-/.][a-z0-9]+)*/gi
/** Doses, pressures, codes: what only a note says. */
const measured =
  /\b\d{2,3}\/\d{2,3}\b|\b\d+(?:\.\d+)?\s?(?:mg|mcg|ml|cm|mm|%)\b|\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b/gi

/** Is this line (or the label of a field) a heading that notes use? */
export const isNoteHeading = (line: string) => line.length < 80 && heading.test(line)

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0

/** From here on a text reads like a note. */
export const NOTE_SCORE = 4

/** How much this reads like a note: 0 for the application around it. */
export const noteScore = (text: string) => 3 * count(text, headings) + clinicalScore(text)

/** The same without headings: the items of a menu are headings too. */
export function clinicalScore(text: string): number {
  let known = 0
  for (const [token] of text.matchAll(word)) if (clinical.has(token.toLowerCase())) known++
  return known + count(text, measured)
}

export const holdsNoteHeading = (text: string) => text.search(headings) >= 0

/** Word of a class or id that says what an element is for: `note-toolbar` is a toolbar, `has-toolbar` is not. */
const purpose = (list: readonly string[]) =>
  new RegExp(`(?:^|\\s)(?!(?:has|with|no|is|show|hide)[-_])(?:[\\w-]*[-_])?${anyOf(list)}(?=$|\\s)`, "i")

export const saysApplication = (names: string) => applicationNames.test(names)
export const saysOtherPatients = (names: string) => otherPatientsNames.test(names)
export const saysBanner = (names: string) => bannerNames.test(names)
export const saysHiddenText = (names: string) => hiddenTextNames.test(names)
const applicationNames = purpose(words.application)
const otherPatientsNames = purpose(words.otherPatients)
const bannerNames = purpose(words.banner)
const hiddenTextNames = purpose(words.hiddenText)

const columns = new RegExp(`^\\s*${anyOf(words.otherPatientsColumns)}\\s*$`, "i")
export const isPatientColumn = (title: string) => columns.test(title)

const headerFields = (["mrn", "born"] as const).map((field) => {
  const labels = identityLabels.filter((entry) => entry.field === field).map(labelPattern)
  return new RegExp(`(?<![\\w-])(?:${labels.join("|")})(?![\\w-])`, "i")
})

/** Record number and date of birth are named: the header of a chart. */
export const readsLikeHeader = (text: string) => headerFields.every((field) => field.test(text))
