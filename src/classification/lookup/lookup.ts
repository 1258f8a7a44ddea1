/**
 * Look-up: from a search text to codes, at typing speed. Own engine over compiled packs; nothing is built at
 * start but a few small tables, and every search reads only postings of the words it was asked for.
 *
 *   text -> code prefix?  -> rows in order of codes
 *        -> slots (query.ts: forms, shorthand, prefixes, corrected spelling)
 *        -> candidate terms (candidates.ts) -> scores (score.ts) -> the code meant (steer.ts) -> results
 */
import type { System } from "../model"
import type { CompiledPack } from "../pack/open"
import type { CodePack, LookupAnswer, LookupHit } from "../pack-api"
import { pickRelease } from "../releases"
import { contentWords, foldWord } from "../words"
import { answerByCode, foreignHint } from "./code-answer"
import { hitOf } from "./hit"
import { answerByModifier, modifierAsked, modifierNamed } from "./modifiers"
import { breakTies } from "./own"
import { PackSearch, type RowHit } from "./pack-search"
import { PhraseBook } from "./phrases"
import type { LookupOptions, SearchOptions } from "./types"

export {
  expansionsOf,
  type LexiconWords,
  type LookupExpansion,
  type LookupOptions,
  type OwnCodes,
  type SearchOptions
} from "./types"

export interface Lookup {
  /** Never throws for any text. @throws PackDamaged when a pack turns out to be damaged */
  search(query: string, options: SearchOptions): LookupAnswer
  /**
   * Makes the next slice of the tables that the first search of each pack needs, a few milliseconds at most;
   * true while there is more. To be called while nobody types; a search that comes earlier makes the rest itself.
   */
  warm(date?: string): boolean
}

/** Shown and searched in this order when no system is asked for. */
const SYSTEMS: readonly System[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]
/** Results of other systems stand behind equally good diagnoses. */
const OTHER_SYSTEM = 0.8
/** Procedures answer unasked only when the diagnoses answer less of the search text than this. */
const HARDLY_ANSWERED = 0.55

/** @param packs opened by `openPack`; several releases of one system are chosen by the date of a search */
export function createLookup(packs: readonly CodePack[], options: LookupOptions = {}): Lookup {
  return new PackLookup(packs.map(asCompiled), options)
}

const WARMING_TEXTS = 24

/** Beginnings of titles spread over the pack, whole, half typed and with a slip. */
function warmingTexts(pack: CompiledPack): string[] {
  if (pack.size === 0) return []
  return Array.from({ length: WARMING_TEXTS }, (_, n) => {
    const row = Math.floor(((n + 0.5) / WARMING_TEXTS) * pack.size)
    const words = contentWords(pack.title(row)).slice(0, 3).join(" ")
    return n % 3 === 0 ? words : n % 3 === 1 ? words.slice(0, -2) : words.replace(/(.)(.)$/, "$2$1")
  })
}

function asCompiled(pack: CodePack): CompiledPack {
  if (!("rows" in pack && "index" in pack)) throw new TypeError("createLookup needs packs opened by openPack")
  return pack as CompiledPack
}

class PackLookup implements Lookup {
  private readonly searches = new Map<CompiledPack, PackSearch>()
  private readonly warmed = new Map<CompiledPack, number>()
  private readonly phrases = new PhraseBook()
  private readonly installed: readonly System[]

  constructor(
    private readonly packs: readonly CompiledPack[],
    private readonly options: LookupOptions
  ) {
    this.phrases.add(options.abbreviations ?? [], 1, true)
    this.phrases.add(options.synonyms ?? [], 0.96, false)
    this.installed = [...new Set(packs.map((pack) => pack.info.system))]
  }

  search(query: string, options: SearchOptions): LookupAnswer {
    const all = SYSTEMS.flatMap((system) => this.packOf(system, options.date) ?? [])
    const asked =
      options.system === undefined ? all : all.filter((pack) => pack.info.system === options.system)
    const limit = Math.max(1, Math.floor(options.limit))
    if (query.trim() === "" || asked.length === 0) return { results: [] }
    const { date, system } = options
    const modifier = modifierAsked(query)
    if (modifier !== undefined) return answerByModifier(modifier, all, limit, date)
    const folded = foldWord(query.trim())
    const known = this.phrases.knows(folded) || asked.some((pack) => pack.vocabulary.id(folded) >= 0)
    const byCode = answerByCode({ text: query, asked, all, limit, date, system, known })
    return byCode ?? this.byWords(query, asked, limit, options)
  }

  warm(date?: string): boolean {
    for (const system of SYSTEMS) {
      const pack = this.packOf(system, date)
      if (!pack) continue
      if (!this.searches.has(pack)) {
        this.searchOf(pack)
        return true
      }
      // What runs for the first time runs slowly: a few searches as a coder types them, one a slice.
      const done = this.warmed.get(pack) ?? 0
      const text = warmingTexts(pack)[done]
      if (text === undefined) continue
      this.warmed.set(pack, done + 1)
      this.searchOf(pack).search(text, 20, date)
      return true
    }
    return false
  }

  private packOf(system: System, date: string | undefined): CompiledPack | undefined {
    const candidates = this.packs.map((pack) => ({
      pack,
      system: pack.info.system,
      release: pack.info.release,
      effective: pack.info.effective,
      complete: pack.info.complete
    }))
    return pickRelease(candidates, system, date)?.release.pack
  }

  private searchOf(pack: CompiledPack): PackSearch {
    let search = this.searches.get(pack)
    if (!search) {
      search = new PackSearch(pack, this.phrases, (word) =>
        this.packs.some((each) => each !== pack && each.vocabulary.id(word) >= 0)
      )
      this.searches.set(pack, search)
    }
    return search
  }

  private byWords(
    query: string,
    asked: readonly CompiledPack[],
    limit: number,
    { date, own }: SearchOptions
  ): LookupAnswer {
    const found: { pack: CompiledPack; hit: RowHit; score: number }[] = []
    let corrected: string | undefined
    let nearby: () => string[] = () => []
    let answered = 0
    for (const [n, pack] of asked.entries()) {
      const { system } = pack.info
      // Procedures beside diagnoses would be a silent mixture: only when asked for, or nothing else answers.
      if (n > 0 && system === "ICD-10-PCS" && answered >= HARDLY_ANSWERED) continue
      const answer = this.searchOf(pack).search(query, limit, date, n > 0 && system === "HCPCS")
      const replaces = system === "ICD-10-PCS" && n > 0 && answer.share > answered + 0.1
      if (system === "ICD-10-PCS" && n > 0 && !replaces) continue
      if (replaces) found.length = 0
      const weight = n === 0 || replaces ? 1 : OTHER_SYSTEM
      for (const each of answer.hits) found.push({ pack, hit: each, score: each.score * weight })
      if (n === 0 || replaces) corrected = answer.hits.length > 0 ? answer.corrected : undefined
      answered = Math.max(answered, answer.share)
      if (n === 0) nearby = answer.nearest
    }
    // Codes that may be billed before headers and ended codes, whatever their score.
    found.sort((a, b) => a.hit.tier - b.hit.tier || b.score - a.score)
    const best = found.slice(0, limit)
    const results = breakTies(
      best.map(({ pack, hit, score }) => withSpans(hitOf(pack, hit.row, score, hit.via(), date), hit)),
      own ?? this.options.own
    )
    const nearest = answered < HARDLY_ANSWERED ? nearby() : []
    const answer: LookupAnswer = { results }
    if (corrected !== undefined) answer.corrected = corrected
    if (nearest.length > 0) answer.nearest = nearest
    const hint = this.hintFor(query, results, nearest, asked)
    if (hint !== undefined) answer.hint = hint
    return answer
  }

  private hintFor(
    query: string,
    results: readonly LookupHit[],
    nearest: readonly string[],
    asked: readonly CompiledPack[]
  ): string | undefined {
    const foreign = foreignHint(query, this.installed) ?? modifierNamed(query, asked)
    if (foreign !== undefined) return foreign
    if (results.length === 0) {
      return nearest.length === 0 ? "Nothing found." : `Nothing found. Nearest index term: ${nearest[0]}.`
    }
    const first = results[0]!
    const procedures = first.system === "ICD-10-PCS" && asked[0]!.info.system !== "ICD-10-PCS"
    return procedures ? "No diagnosis says this: these are ICD-10-PCS procedure codes." : undefined
  }
}

function withSpans(hit: LookupHit, found: RowHit): LookupHit {
  const matched = found.matched(hit.title)
  return matched.length > 0 ? { ...hit, matched } : hit
}
