/**
 * A release whose order file is out before its XML (FY2027): codes and titles are its own, notes and index
 * are borrowed from the release before. What the older index says of a code that was deleted or divided is
 * not trusted: FY2026 sends plantar fasciitis to M72.2, which in FY2027 is a header for something else,
 * while plantar fasciitis is M67.A-. So, for every borrowed wording:
 *
 * 1. It says exactly what the title of a new code says: it leads there, wherever it led before.
 * 2. Its code is unchanged: it stays.
 * 3. Its code was divided and its own title is the wording: it leads to the header, more characters needed.
 * 4. Else it leads nowhere and is marked outdated; it is never walked down to the children.
 *
 * Inclusion terms go by the same rule; an outdated one stays readable as a note.
 */
import type { CodeSetModel, ModelCode, ModelIndexEntry, ModelNote, ModelSection } from "../model"
import type { ReleaseIdentity } from "./assemble"
import { expectOneTree } from "./one-tree"
import type { OrderRow } from "./order-file"
import { ReaderError } from "./reader-error"
import { matchIndex, TitleMatcher } from "./title-match"

export interface NewRelease extends ReleaseIdentity {
  order: OrderRow[]
}

/** @throws ReaderError when the lender is of another system or the order file makes no tree */
export function borrowFrom(lender: CodeSetModel, release: NewRelease): CodeSetModel {
  if (lender.system !== "ICD-10-CM" || !lender.complete) {
    throw new ReaderError(
      release.release,
      undefined,
      "a full ICD-10-CM release to borrow from",
      lender.release
    )
  }
  const older = new Map(lender.codes.map((code) => [code.code, code]))
  const codes = release.order.map(({ code, title, billable }): ModelCode => {
    const before = older.get(code)
    return {
      code,
      title,
      billable,
      notes: before ? [...before.notes] : [],
      ...(before?.seventh ? { seventh: before.seventh } : {})
    }
  })
  expectOneTree(codes, release.release)
  const changes = compare(older, codes)
  const terms = moveInclusionTerms(codes, changes, lender.release)
  const { index, retargeted, outdated } = moveIndex(lender.index, changes)
  const remarks = [
    `Notes and index are those of ${lender.release}: those of ${release.release} are not part of this source. Checks that rest on them warn, they never pass.`,
    ...lender.remarks.filter((remark) => !remark.startsWith("No order file"))
  ]
  if (retargeted + outdated + terms.outdated > 0) {
    remarks.push(
      `Codes of ${lender.release} that were deleted or divided: ${retargeted} index entries were matched to titles of ${release.release}; ${outdated} index entries and ${terms.outdated} inclusion terms are outdated and lead nowhere.`
    )
  }
  return {
    system: lender.system,
    release: release.release,
    effective: release.effective,
    complete: true,
    remarks,
    borrowedFrom: lender.release,
    provenance: {
      source: release.provenance.source,
      files: [...release.provenance.files, ...lender.provenance.files]
    },
    codes,
    sections: stretchSections(lender.sections, lender.codes, codes),
    index
  }
}

interface Changes {
  codes: ReadonlyMap<string, ModelCode>
  /** Codes that the newer release divided (billable before, header now) or deleted. */
  stale: ReadonlySet<string>
  /** Titles of the codes that are new. */
  added: TitleMatcher
}

function compare(older: ReadonlyMap<string, ModelCode>, codes: readonly ModelCode[]): Changes {
  const newer = new Map(codes.map((code) => [code.code, code]))
  const stale = new Set<string>()
  for (const [code, before] of older) {
    const now = newer.get(code)
    if (!now || (before.billable && !now.billable)) stale.add(code)
  }
  return { codes: newer, stale, added: new TitleMatcher(codes.filter((code) => !older.has(code.code))) }
}

/**
 * The one code a wording leads to, of several titles that say the same. A code "X, unspecified" is what the
 * index means by X, so it goes before its header; "Unspecified X, right ..." leaves a side open, so there the
 * header stands and more characters are needed.
 */
function theOne(matched: readonly string[], codes: ReadonlyMap<string, ModelCode>): string | undefined {
  const endings = matched.filter((code) => /, unspecified$/i.test(codes.get(code)?.title ?? ""))
  if (endings.length === 1) return endings[0]
  const tops = matched.filter((code) => !matched.some((other) => other !== code && code.startsWith(other)))
  return tops.length === 1 ? tops[0] : undefined
}

function sameWording(text: string, title: string): boolean {
  return new TitleMatcher([{ code: "", title }]).matchText(text).length > 0
}

function moveInclusionTerms(codes: ModelCode[], changes: Changes, from: string): { outdated: number } {
  let outdated = 0
  for (const code of codes) {
    const notes: ModelNote[] = []
    for (const note of code.notes) {
      const superseded = note.kind === "inclusion" && changes.added.matchText(note.text).length > 0
      const stale =
        note.kind === "inclusion" && changes.stale.has(code.code) && !sameWording(note.text, code.title)
      if (!superseded && !stale) {
        notes.push(note)
        continue
      }
      // The title of the new code says it; only what no title says needs telling.
      if (superseded) continue
      outdated++
      notes.push({ kind: "note", text: `${from} included here (outdated): ${note.text}` })
    }
    code.notes = notes
  }
  return { outdated }
}

interface MovedIndex {
  index: ModelIndexEntry[]
  retargeted: number
  outdated: number
}

function moveIndex(entries: readonly ModelIndexEntry[], changes: Changes): MovedIndex {
  const matches = matchIndex(entries, changes.added)
  const moved: MovedIndex = { index: [], retargeted: 0, outdated: 0 }
  /** Cells of the neoplasm table that were led elsewhere: "row|column" -> from, to. */
  const cells = new Map<string, { from: string; to: string }>()
  for (const [at, printed] of entries.entries()) {
    const entry = { ...printed }
    moved.index.push(entry)
    if (entry.manifestation && changes.stale.has(entry.manifestation)) delete entry.manifestation
    if (entry.code === undefined) continue
    const target = targetOf(entry, at, entries, matches.get(at) ?? [], changes, cells)
    if (target === entry.code) continue
    if (target === undefined) {
      entry.outdated = entry.code
      delete entry.code
      delete entry.incomplete
      delete entry.manifestation
      moved.outdated++
      continue
    }
    if (entry.column) cells.set(`${entry.parent}|${entry.column}`, { from: entry.code, to: target })
    entry.code = target
    delete entry.incomplete
    if (!changes.codes.get(target)?.billable) entry.incomplete = true
    moved.retargeted++
  }
  return moved
}

function targetOf(
  entry: ModelIndexEntry,
  at: number,
  entries: readonly ModelIndexEntry[],
  matched: readonly string[],
  changes: Changes,
  cells: ReadonlyMap<string, { from: string; to: string }>
): string | undefined {
  const code = entry.code!
  const isStale = changes.stale.has(code)
  const now = changes.codes.get(code)
  if (matched.length > 0) {
    const one = theOne(matched, changes.codes)
    if (one) return one
    return isStale ? undefined : code
  }
  if (entry.source === "neoplasm" && entry.column) {
    const bySite = secondaryOfSite(at, entries, changes)
    if (bySite) return bySite
    // A site below a site goes where that one went: what is below the oral cavity went with it.
    for (let row = entries[entry.parent]?.parent ?? -1; row >= 0; row = entries[row]!.parent) {
      const above = cells.get(`${row}|${entry.column}`)
      if (above?.from === code) return above.to
    }
  }
  if (!isStale) return code
  if (!now) return undefined
  return saysTitle(at, entries, now.title) ? code : undefined
}

/**
 * The vocal cords are told to belong to the larynx by their primary code (C32.0, C32 "Malignant neoplasm of
 * larynx"): a new code "Secondary malignant neoplasm of larynx" is theirs too.
 */
function secondaryOfSite(
  at: number,
  entries: readonly ModelIndexEntry[],
  changes: Changes
): string | undefined {
  const primary = entries[at - 1]
  if (entries[at]?.column !== "Malignant Secondary" || primary?.column !== "Malignant Primary")
    return undefined
  if (primary.parent !== entries[at]?.parent || !primary.code) return undefined
  const site = changes.codes.get(primary.code.slice(0, 3))?.title
  if (!site || !/^Malignant neoplasm of /.test(site)) return undefined
  return theOne(changes.added.matchText(`Secondary ${site}`), changes.codes)
}

/** The wording of the entry, with all it hangs below, is the title itself. */
function saysTitle(at: number, entries: readonly ModelIndexEntry[], title: string): boolean {
  const path: ModelIndexEntry[] = []
  for (let position = at; position >= 0; position = entries[position]!.parent)
    path.unshift(entries[position]!)
  const alone = path.map((entry, depth) => ({ ...entry, parent: depth - 1 }))
  return matchIndex(alone, new TitleMatcher([{ code: "-", title }])).has(path.length - 1)
}

/**
 * Borrowed ranges, stretched over categories that are new. One that stands between two blocks goes with the
 * neighbour it shares two characters with (J4B behind J40-J4A), else with the block before it.
 */
function stretchSections(
  sections: readonly ModelSection[],
  older: readonly ModelCode[],
  codes: readonly ModelCode[]
): ModelSection[] {
  const known = new Set(older.filter((code) => code.code.length === 3).map((code) => code.code))
  const categories = codes.filter((code) => code.code.length === 3).map((code) => code.code)
  const result = sections.map((section) => ({ ...section }))
  for (const [at, category] of categories.entries()) {
    if (known.has(category)) continue
    const before = categories[at - 1]
    const behind = categories.slice(at + 1).find((each) => known.has(each))
    const joinsBehind =
      behind?.slice(0, 2) === category.slice(0, 2) && before?.slice(0, 2) !== category.slice(0, 2)
    for (const section of result) {
      // A block of one category names that category (QA0): a neighbour is not part of it.
      if (section.kind === "block" && section.first === section.last) continue
      if (joinsBehind && section.first === behind) section.first = category
      else if (!joinsBehind && section.last === before) section.last = category
    }
  }
  return result.filter((section) => categories.includes(section.first) && categories.includes(section.last))
}
