/**
 * Look-up: from a search text to codes, at typing speed. Own engine over compiled packs; nothing is built at
 * start but a few small tables, and every search reads only postings of the words it was asked for.
 *
 *   text -> code prefix?  -> rows in order of codes
 *        -> slots (query.ts: forms, shorthand, prefixes, corrected spelling)
 *        -> candidate terms (candidates.ts) -> scores (score.ts) -> the code meant (steer.ts) -> results
 */
import type { System } from "../model"
import { type CompiledPack } from "../pack/open"
import type { CodePack, LookupAnswer, LookupHit } from "../pack-api"
import { pickRelease } from "../releases"
import { codePrefix, looksLikeIcd9, rowsWithPrefix } from "./codes"
import { PackSearch, type RowHit } from "./pack-search"
import { PhraseBook } from "./phrases"
import type { LookupOptions, SearchOptions } from "./types"

export {
  expansionsOf,
  type LexiconWords,
  type LookupExpansion,
  type LookupOptions,
  type SearchOptions
} from "./types"

export interface Lookup {
  /** Never throws for any text. @throws PackDamaged when a pack turns out to be damaged */
  search(query: string, options: SearchOptions): LookupAnswer
}

/** Shown and searched in this order when no system is asked for. */
const SYSTEMS: readonly System[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]
/** Results of other systems stand behind equally good diagnoses. */
const OTHER_SYSTEM = 0.8

/** @param packs opened by `openPack`; several releases of one system are chosen by the date of a search */
export function createLookup(packs: readonly CodePack[], options: LookupOptions = {}): Lookup {
  const opened = packs.map(asCompiled)
  const searches = new Map<CompiledPack, PackSearch>()
  const phrases = new PhraseBook()
  phrases.add(options.abbreviations ?? [], 1, true)
  phrases.add(options.synonyms ?? [], 0.96, false)
  const searchOf = (pack: CompiledPack): PackSearch => {
    let search = searches.get(pack)
    if (!search) {
      search = new PackSearch(pack, phrases)
      searches.set(pack, search)
    }
    return search
  }
  return {
    search(query, searchOptions) {
      const wanted = searchOptions.system === undefined ? SYSTEMS : [searchOptions.system]
      const chosen = wanted.flatMap((system) => packOf(opened, system, searchOptions.date) ?? [])
      const limit = Math.max(1, Math.floor(searchOptions.limit))
      if (query.trim() === "" || chosen.length === 0) return { results: [] }
      return byCode(query, chosen, limit) ?? byWords(query, chosen, limit, searchOptions.date, searchOf)
    }
  }
}

function asCompiled(pack: CodePack): CompiledPack {
  if (!("rows" in pack && "index" in pack)) throw new TypeError("createLookup needs packs opened by openPack")
  return pack as CompiledPack
}

function packOf(
  packs: readonly CompiledPack[],
  system: System,
  date: string | undefined
): CompiledPack | undefined {
  const candidates = packs.map((pack) => ({
    pack,
    system: pack.info.system,
    release: pack.info.release,
    effective: pack.info.effective,
    complete: pack.info.complete
  }))
  return pickRelease(candidates, system, date)?.release.pack
}

function hit(pack: CompiledPack, row: number, score: number, via: string): LookupHit {
  return {
    system: pack.info.system,
    code: pack.code(row),
    title: pack.title(row),
    billable: pack.billable(row),
    score: Math.round(score * 10_000) / 10_000,
    via,
    pack: pack.info.id
  }
}

/** The first system that has codes beginning so answers alone; the hint names the others. */
function byCode(query: string, packs: readonly CompiledPack[], limit: number): LookupAnswer | undefined {
  let results: LookupHit[] = []
  const hints: string[] = []
  for (const pack of packs) {
    const prefix = codePrefix(query, pack.info.system)
    if (prefix === undefined) continue
    const rows = rowsWithPrefix(pack, prefix, limit)
    if (rows.length === 0) continue
    if (results.length > 0) {
      hints.push(
        `${pack.info.system} has codes that begin with ${prefix} too: choose ${pack.info.system} to see them.`
      )
      continue
    }
    results = rows.map((row, n) => hit(pack, row, 1 - n / (rows.length + 1), "code"))
    const first = rows[0]!
    if (pack.rows.plain(first) === prefix && !pack.billable(first)) {
      hints.push(`${pack.code(first)} is a header, not billable: choose a code below it.`)
    }
  }
  if (results.length === 0) return undefined
  return hints.length > 0 ? { results, hint: hints.join(" ") } : { results }
}

function byWords(
  query: string,
  packs: readonly CompiledPack[],
  limit: number,
  date: string | undefined,
  searchOf: (pack: CompiledPack) => PackSearch
): LookupAnswer {
  const found: { pack: CompiledPack; hit: RowHit; score: number }[] = []
  let corrected: string | undefined
  let nearest: string | undefined
  for (const [n, pack] of packs.entries()) {
    const answer = searchOf(pack).search(query, limit, date)
    for (const each of answer.hits)
      found.push({ pack, hit: each, score: each.score * (n === 0 ? 1 : OTHER_SYSTEM) })
    if (n === 0 && answer.hits.length > 0) corrected = answer.corrected
    nearest ??= answer.hits.length === 0 ? answer.nearest : undefined
  }
  // Codes that may be billed before headers and ended codes, whatever their score.
  found.sort((a, b) => a.hit.tier - b.hit.tier || b.score - a.score)
  const results = found
    .slice(0, limit)
    .map(({ pack, hit: each, score }) => hit(pack, each.row, score, each.via()))
  const answer: LookupAnswer = { results }
  if (corrected !== undefined) answer.corrected = corrected
  const hint = hintFor(query, results.length, nearest)
  if (hint !== undefined) answer.hint = hint
  return answer
}

function hintFor(query: string, results: number, nearest: string | undefined): string | undefined {
  if (looksLikeIcd9(query)) {
    return `${query.trim()} looks like an ICD-9-CM code; ICD-9-CM ended on 30 September 2015. Search by words instead.`
  }
  if (results > 0) return undefined
  return nearest === undefined ? "Nothing found." : `Nothing found. Nearest index term: ${nearest}.`
}
