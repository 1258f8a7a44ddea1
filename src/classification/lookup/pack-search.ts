/** The search by words in one pack. */
import type { CompiledPack } from "../pack/open"
import { titleAlternatives } from "../pack/title-alternatives"
import { CandidateFinder } from "./candidates"
import { endedBefore } from "./hit"
import { nearestTerms } from "./nearest-terms"
import { PhraseBook } from "./phrases"
import { QueryReader, type Slot } from "./query"
import { combined, PreparedSearch, shareAnswered, type TermScore } from "./score"
import { type Steered, Steering } from "./steer"
import { TitlesOfPack } from "./titles-of-pack"
import type { LookupExpansion } from "./types"
import { WordKinds } from "./word-kinds"
import { WordsOfPack } from "./words-of-pack"
import { wordsIn } from "./words-of-text"

export interface RowHit {
  row: number
  score: number
  /** 0 billable and valid, 1 header, 2 ended before the date. */
  tier: 0 | 1 | 2
  via: () => string
  /** How much of the search text it answers, from 0 to 1. */
  share: number
  /** UTF-16 spans of its title that the search text accounts for. */
  matched: (title: string) => { start: number; end: number }[]
}

export interface PackAnswer {
  hits: RowHit[]
  corrected?: string
  /** How much of the search text the best result answers. */
  share: number
  /** Index terms near the words of the search text; worked out when asked for. */
  nearest: () => string[]
}

/** Of the scored terms so many are followed to codes. */
const MOST_FOLLOWED = 48
const FOLLOWED_BESIDE = 16
/** And only those that are worth this part of the best one. */
const LEAST_FOLLOWED = 0.2
/** A result that answers less of the search text than this, compared with the best one, is noise. */
const LEAST_SHARE = 0.4
const LITERAL = 0.05
const MOVED = 0.98
const NONESSENTIALS_KEPT = 4000
/** The n-th result of one category gives way a little, so that one category does not fill the page. */
const CROWDING = 0.985

export class PackSearch {
  private readonly words: WordsOfPack
  private readonly reader: QueryReader
  private readonly finder: CandidateFinder
  private readonly kinds: WordKinds
  private readonly titles: TitlesOfPack
  /** Words in parentheses by index entry. */
  private readonly nonessentials = new Map<number, readonly number[]>()

  /** @param isWord a word of another pack: it is no slip of the finger, even if this pack does not hold it */
  constructor(
    private readonly pack: CompiledPack,
    shared: PhraseBook,
    isWord: (word: string) => boolean
  ) {
    this.words = new WordsOfPack(pack)
    this.finder = new CandidateFinder(pack)
    this.titles = new TitlesOfPack(pack)
    this.kinds = new WordKinds(pack, this.words)
    this.reader = new QueryReader(this.words, withAliases(pack, shared), isWord)
  }

  /** @param beside results of other systems lead: fewer wordings are followed to codes */
  search(text: string, limit: number, date: string | undefined, beside = false): PackAnswer {
    const query = this.reader.read(text)
    const hits = this.hits(query.slots, limit, date, beside ? FOLLOWED_BESIDE : MOST_FOLLOWED)
    const share = hits[0]?.share ?? 0
    const nearest = (): string[] => nearestTerms(this.pack, this.words, query.slots)
    const answer: PackAnswer = { hits, share, nearest }
    if (query.corrected !== undefined) answer.corrected = query.corrected
    return answer
  }

  private hits(slots: readonly Slot[], limit: number, date: string | undefined, most: number): RowHit[] {
    if (!slots.some((slot) => slot.alternatives.length > 0)) return []
    const terms = this.finder.find(slots)
    const prepared = new PreparedSearch(this.kinds, slots)
    const best = new Map<number, RowHit>()
    try {
      const scored = terms.map((term) => ({
        term,
        total: prepared.total(term, this.finder.slotsOf(term), this.finder.hoped(term))
      }))
      scored.sort((a, b) => b.total - a.total || a.term - b.term)
      const least = (scored[0]?.total ?? 0) * LEAST_FOLLOWED
      const steering = new Steering(this.pack, slots, prepared, this.titles)
      for (const { term, total } of scored.slice(0, most)) {
        if (total < least) break
        const score = prepared.score(term, this.finder.slotsOf(term))
        this.follow(score, slots, prepared, steering, best, date)
      }
    } finally {
      // A damaged pack may throw half-way; the next search must not see what this one left.
      prepared.release()
      this.finder.clear()
    }
    return this.ordered([...best.values()], limit, date)
  }

  /** A term, its nonessential words and the words of the code that it leads to. */
  private follow(
    score: TermScore,
    slots: readonly Slot[],
    prepared: PreparedSearch,
    steering: Steering,
    best: Map<number, RowHit>,
    date: string | undefined
  ): void {
    const full = this.withNonessential(score, slots, prepared)
    const row = this.pack.terms.row(score.term)
    const steered = steering.steer(row, full.answered, () => this.preferred(score.term))
    const share = shareAnswered(slots, steered.answered)
    // Words of the title that chose a code count, but less than a wording that says all by itself.
    const moved = steered.row !== row && share > shareAnswered(slots, full.answered) + 0.01
    const certainty = (steered.chosen ? 1 : 0.99) * (moved ? MOVED : 1)
    // Of codes as good as each other the one whose title says what was typed.
    const literal = 1 - LITERAL + LITERAL * steering.literalShare(steered.row)
    const total = combined(share, full) * steered.agreement * certainty * literal
    const known = best.get(steered.row)
    if (known && known.score >= total) return
    best.set(steered.row, {
      row: steered.row,
      score: total,
      share,
      tier: this.tier(steered.row, date),
      via: () => this.via(full, slots, steered),
      matched: (title) => this.matched(title, slots)
    })
  }

  /** Words of the wording, and of the reference that it follows. */
  private preferred(term: number): ReadonlySet<number> {
    const { terms, index } = this.pack
    const preferred = new Set(terms.words(term))
    const entry = terms.entry(term)
    const see = entry >= 0 && index.row(entry) < 0 ? index.see(entry) : undefined
    if (see !== undefined) for (const word of wordsIn(see)) preferred.add(this.words.exact(word))
    return preferred
  }

  private tier(row: number, date: string | undefined): 0 | 1 | 2 {
    if (endedBefore(this.pack, row, date) !== undefined) return 2
    return this.pack.billable(row) ? 0 : 1
  }

  /**
   * Words in parentheses answer too: of a title "(congestive)", and of a whole index path, so that "diabetes
   * mellitus" is read at any subterm of "Diabetes, diabetic (mellitus)".
   */
  private withNonessential(score: TermScore, slots: readonly Slot[], prepared: PreparedSearch): TermScore {
    if (!score.answered.some((value) => value < 0.6)) return score
    const entry = this.pack.terms.entry(score.term)
    // Titles and inclusion terms have their words in parentheses in the postings: no promise, nothing to read.
    const promised = this.finder.hoped(score.term) > shareAnswered(slots, score.answered) + 0.02
    if (entry < 0 && !promised) return score
    const ids =
      entry < 0 ? this.idsIn(parenthesesIn(this.pack.terms.text(score.term))) : this.nonessentialOfPath(entry)
    return ids.length > 0 ? prepared.score(score.term, 0, ids) : score
  }

  private nonessentialOfPath(entry: number): number[] {
    const { index } = this.pack
    return index.path(entry).flatMap((at) => {
      let ids = this.nonessentials.get(at)
      if (ids === undefined) {
        ids = this.idsIn(index.nonessential(at))
        if (this.nonessentials.size >= NONESSENTIALS_KEPT) this.nonessentials.clear()
        this.nonessentials.set(at, ids)
      }
      return ids
    })
  }

  private idsIn(texts: readonly string[]): number[] {
    return texts
      .flatMap((text) => wordsIn(text).map((word) => this.words.exact(word)))
      .filter((id) => id >= 0)
  }

  private ordered(hits: RowHit[], limit: number, date: string | undefined): RowHit[] {
    hits.sort((a, b) => a.tier - b.tier || b.score - a.score || a.row - b.row)
    const top = hits.reduce((most, each) => Math.max(most, each.score), 0)
    const kept = hits.filter((each) => each.score >= top * LEAST_SHARE * LEAST_SHARE)
    const perCategory = new Map<string, number>()
    for (const each of kept) {
      const category = this.pack.code(each.row).slice(0, 3)
      const before = perCategory.get(category) ?? 0
      perCategory.set(category, before + 1)
      each.score *= CROWDING ** before
    }
    kept.sort((a, b) => a.tier - b.tier || b.score - a.score || a.row - b.row)
    if (kept.length < limit && kept.length > 0) this.fill(kept, limit, date)
    return kept.slice(0, limit)
  }

  /** Room left: the siblings of the best result, which a coder may have meant. */
  private fill(kept: RowHit[], limit: number, date: string | undefined): void {
    const first = kept[0]!
    const parent = this.pack.parent(first.row)
    if (parent < 0) return
    const have = new Set(kept.map((each) => each.row))
    for (const row of [...this.pack.children(parent), parent]) {
      if (kept.length >= limit) break
      if (have.has(row)) continue
      const via = (): string => (row === parent ? "header of the first result" : "beside the first result")
      const { share, matched } = first
      kept.push({ row, score: first.score * 0.3, share, tier: this.tier(row, date), via, matched })
    }
  }

  private via(score: TermScore, slots: readonly Slot[], steered: Steered): string {
    const { terms } = this.pack
    const kind = score.kind === "title" ? "title" : score.kind === "inclusion" ? "includes" : "index"
    const wording =
      kind === "title" && terms.row(score.term) === steered.row
        ? "title"
        : `${kind}: ${terms.text(score.term)}`
    const told = slots.flatMap((slot, n) => slot.alternatives[score.by[n]!]?.told ?? [])
    return told.length > 0 ? `${wording} (${told.join("; ")})` : wording
  }

  /** Words of the title that answer some word of the search text, shorthand and beginnings too. */
  private matched(title: string, slots: readonly Slot[]): { start: number; end: number }[] {
    return this.titles
      .words(title)
      .filter(({ id }) => slots.some((slot) => answers(slot, id)))
      .map(({ start, end }) => ({ start, end }))
  }
}

function answers(slot: Slot, id: number): boolean {
  return slot.alternatives.some(({ needs }) => needs.some(({ match }) => match.has(id)))
}

/** A main term as people type it: "Overdose, overdosage" either way, "Abruption, placenta" both ways round. */
function spellings(title: string): string[] {
  const sets = titleAlternatives(title)
  if (sets.length > 1) return sets.map((set) => set.join(" "))
  const parts = title.split(", ")
  return parts.length === 2 ? [title, `${parts[1]} ${parts[0]}`] : [title]
}

function parenthesesIn(text: string): string[] {
  return [...text.matchAll(/\(([^()]*)\)|\[([^[\]]*)\]/g)].map((match) => match[1] ?? match[2] ?? "")
}

/** The shared phrases and what the index of this pack equates. */
function withAliases(pack: CompiledPack, shared: PhraseBook): PhraseBook {
  const aliases = pack.aliases()
  if (aliases.length === 0) return shared
  const expansions = (also: boolean): LookupExpansion[] =>
    aliases
      .filter((alias) => alias.also === also)
      .flatMap(({ title, means }) => spellings(title).map((abbr) => ({ abbr, expansions: [means] })))
  const phrases = new PhraseBook(shared)
  phrases.add(expansions(false), 0.92, false)
  phrases.add(expansions(true), 0.85, false)
  return phrases
}
