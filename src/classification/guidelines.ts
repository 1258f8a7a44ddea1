/** Which sections of the Official Guidelines concern a code. */
import type { GuidelineBook, GuidelineSection } from "./guidelines-api"

/** Lower comes first. */
const RANK = { code: 0, header: 100, range: 200, below: 300, chapter: 400 }

/** A range over several chapters ("A00.0-T88.9") is about all codes, and says nothing of one. */
const FARTHEST_LETTERS = 2

/**
 * Sections that name the code itself, then its headers (nearest first), then a range around it, then codes
 * below it; last the section of its chapter. In each row as printed.
 * @param code with or without dot; a header as well
 * @param chapter number of its chapter, "4"
 */
export function guidelinesFor(book: GuidelineBook, code: string, chapter?: string): GuidelineSection[] {
  const plain = code.replace(".", "").toUpperCase()
  const chapterId = chapter === undefined ? "" : `I.C.${chapter}`
  return book.sections
    .map((section, at) => ({ section, at, rank: rankOf(section, plain, chapterId) }))
    .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ section }) => section)
}

function rankOf(section: GuidelineSection, code: string, chapterId: string): number {
  // The range in the heading of a chapter is the chapter.
  if (/^I\.C\.\d+$/.test(section.id)) {
    const named = Math.min(
      ...section.codes.filter((each) => !each.includes("-")).map((each) => nearness(each, code))
    )
    if (named <= RANK.header + code.length) return named
    return section.id === chapterId ? RANK.chapter : Number.POSITIVE_INFINITY
  }
  // "Codes from A00.0 through T88.9, Z00-Z99.8": all of these together are the whole classification.
  const general = section.codes.some(isFar)
  const named = section.codes.filter((each) => !general || !each.includes("-"))
  return Math.min(Number.POSITIVE_INFINITY, ...named.map((each) => nearness(each, code)))
}

function isFar(named: string): boolean {
  const [first = "", last] = named.split("-")
  return last !== undefined && last.charCodeAt(0) - first.charCodeAt(0) >= FARTHEST_LETTERS
}

function nearness(named: string, code: string): number {
  const [first = "", last] = named.replaceAll(".", "").split("-")
  if (last === undefined) {
    if (first === code) return RANK.code
    if (code.startsWith(first)) return RANK.header + code.length - first.length
    return first.startsWith(code) ? RANK.below : Number.POSITIVE_INFINITY
  }
  const inside = code.slice(0, first.length) >= first && code.slice(0, last.length) <= last
  return inside ? RANK.range : Number.POSITIVE_INFINITY
}
