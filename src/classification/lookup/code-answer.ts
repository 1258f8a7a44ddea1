/**
 * Answers to a text that is a code, the beginning of one, or looks like one. Systems are not mixed: the first
 * that has such codes answers, and the hint names the others. Only a whole code of another system stands beside
 * the best one, or it could not be found without choosing its system first.
 */
import type { System } from "../model"
import type { CompiledPack } from "../pack/open"
import type { LookupAnswer, LookupHit } from "../pack-api"
import { nearestByBeginning, type Repair, repairIcd10, typedCode } from "./code-repair"
import { codePrefix, looksLikeCpt, looksLikeIcd9, rowsWithPrefix } from "./codes"
import { dayInWords, hitOf } from "./hit"

export interface CodeQuery {
  text: string
  /** The pack of each system that is asked, in order. */
  asked: readonly CompiledPack[]
  /** Every installed pack that counts on the day, asked for or not: a code of another system is named. */
  all: readonly CompiledPack[]
  limit: number
  date: string | undefined
  system: System | undefined
  /** The text is shorthand or a word that people search by ("a1c"). */
  known: boolean
}

/** Letter, digit, letter: as often shorthand ("a1c") as the beginning of a code. */
const LETTER_DIGIT_LETTER = /^[a-z]\d[a-z]$/i

/** Undefined when the text is to be searched by words. */
export function answerByCode(query: CodeQuery): LookupAnswer | undefined {
  return byBeginning(query) ?? byRetired(query) ?? (query.known ? undefined : explained(query))
}

function byBeginning(query: CodeQuery): LookupAnswer | undefined {
  const { text, asked, limit, date, known } = query
  let results: LookupHit[] = []
  const hints: string[] = []
  /** Whole codes of other systems that are typed alike: G04.39 and G0439. */
  const alike: LookupHit[] = []
  for (const pack of asked) {
    const { system } = pack.info
    const prefix = codePrefix(text, system)
    if (prefix === undefined) continue
    const rows = rowsWithPrefix(pack, prefix, limit, date)
    if (rows.length === 0) continue
    const first = rows[0]!
    const exact = pack.rows.plain(first) === prefix
    if (known && !exact && LETTER_DIGIT_LETTER.test(text.trim())) continue
    // "dm2" is shorthand, not a table of radiation therapy, unless procedures are asked for.
    if (known && query.system === undefined && system !== "ICD-10-CM" && !pack.billable(first)) continue
    if (results.length > 0) {
      if (exact) alike.push(hitOf(pack, first, results[0]!.score, "code", date))
      else hints.push(`${system} has codes that begin with ${prefix} too: choose ${system} to see them.`)
      continue
    }
    results = rows.map((row, n) => hitOf(pack, row, 1 - n / (rows.length + 1), "code", date))
    if (exact && !pack.billable(first)) hints.push(headerHint(pack, first, results[0]!))
    else if (pack !== asked[0] && !exact) {
      hints.push(`No ${asked[0]!.info.system} code begins with ${prefix}: these are ${system}.`)
    }
    const { ended } = results[0]!
    if (exact && ended !== undefined) hints.push(`${results[0]!.code} ended on ${dayInWords(ended)}.`)
  }
  if (results.length === 0) return undefined
  const [best, ...rest] = results
  if (best && alike.length > 0) {
    results = [best, ...alike, ...rest].slice(0, limit)
    const named = [best, ...alike].map(({ code, system }) => `${code} (${system})`).join(" and ")
    hints.push(`${named} are typed alike: check which is meant.`)
  }
  return hints.length > 0 ? { results, hint: hints.join(" ") } : { results }
}

function headerHint(pack: CompiledPack, row: number, hit: LookupHit): string {
  if (hit.headerSince !== undefined) {
    return `${hit.code} has been a header since ${dayInWords(hit.headerSince)} and is no longer billable: choose a code below it.`
  }
  const children = pack.children(row)
  const length = pack.rows.plain(row).length
  const meanings = pack.seventh(row)
  const needsSeventh =
    meanings.length > 0 && children.length > 0 && children.every((child) => isSeventh(pack, child, length))
  if (needsSeventh) {
    const characters = meanings.map((each) => each.character).join(", ")
    return `${hit.code} is not billable: it needs a 7th character (${characters}).`
  }
  return `${hit.code} is a header, not billable: choose a code below it.`
}

/** The child only adds a 7th character, with placeholders between. */
function isSeventh(pack: CompiledPack, child: number, length: number): boolean {
  const plain = pack.rows.plain(child)
  return plain.length === 7 && /^X*$/.test(plain.slice(length, 6))
}

/** A code of an earlier release answers with those that took its place. */
function byRetired({ text, asked, limit, date }: CodeQuery): LookupAnswer | undefined {
  for (const pack of asked) {
    const plain = codePrefix(text, pack.info.system)
    const retired = plain === undefined ? undefined : pack.retired(plain)
    if (!retired) continue
    const code = printedLike(pack, retired.code)
    const rows = retired.successors.flatMap((successor) => {
      const row = pack.find(successor.replace(/-$/, ""))
      if (row < 0) return []
      return pack.billable(row) ? [row] : [...pack.children(row), row]
    })
    const distinct = [...new Set(rows)].slice(0, limit)
    const since = dayInWords(retired.since)
    const gone = `${code} (${retired.title}) ended with the release of ${since}.`
    if (distinct.length === 0) {
      const near = explainedBy(pack, retired.code, limit)
      const results = (near?.rows ?? []).map((row, n) => hitOf(pack, row, 0.5 - n / 100, "beside it", date))
      return { results, hint: `${gone} No official file names a successor.` }
    }
    const results = distinct.map((row, n) => ({
      ...hitOf(pack, row, 1 - n / (distinct.length + 1), `replaces ${code}`, date),
      replaces: code
    }))
    return { results, hint: `${gone} It was replaced by the codes below.` }
  }
  return undefined
}

function printedLike(pack: CompiledPack, plain: string): string {
  return pack.info.system === "ICD-10-CM" && plain.length > 3
    ? `${plain.slice(0, 3)}.${plain.slice(3)}`
    : plain
}

/** Nothing begins so: says why, and shows the nearest codes. */
function explained(query: CodeQuery): LookupAnswer | undefined {
  const { text, asked, limit, date } = query
  if (looksLikeIcd9(text) || looksLikeCpt(text)) return undefined
  const plain = typedCode(text)
  if (plain === undefined) return undefined
  const elsewhere = ofAnotherSystem(query, plain)
  for (const pack of asked) {
    const near = explainedBy(pack, plain, limit)
    if (!near) continue
    const results = near.rows
      .slice(0, limit)
      .map((row, n) => hitOf(pack, row, 0.5 - n / (near.rows.length + 1) / 2, "nearest code", date))
    return { results, hint: elsewhere === undefined ? near.says : `${elsewhere} ${near.says}` }
  }
  return elsewhere === undefined ? undefined : { results: [], hint: elsewhere }
}

function explainedBy(pack: CompiledPack, plain: string, limit: number): Repair | undefined {
  return pack.info.system === "ICD-10-CM"
    ? repairIcd10(pack, plain, limit)
    : nearestByBeginning(pack, plain, limit)
}

/** A code of a system that was not asked for. */
function ofAnotherSystem({ all, asked }: CodeQuery, plain: string): string | undefined {
  for (const pack of all) {
    if (asked.includes(pack)) continue
    const row = pack.find(plain)
    if (row >= 0) return `${pack.code(row)} is a code of ${pack.info.system}: ${pack.title(row)}.`
  }
  return undefined
}

/** For texts that are searched by words too: why there is no such code. */
export function foreignHint(text: string, installed: readonly System[]): string | undefined {
  const typed = text.trim()
  if (looksLikeIcd9(typed)) {
    return `${typed} looks like an ICD-9-CM code; ICD-9-CM ended on 30 September 2015. Search by words instead.`
  }
  if (!looksLikeCpt(typed)) return undefined
  return installed.includes("CPT")
    ? `${typed.toUpperCase()} is not in the CPT files that were imported here.`
    : `${typed.toUpperCase()} looks like a CPT code; CPT is only there after your own licensed files are imported on the options page.`
}
