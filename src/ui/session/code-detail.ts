/** One code with everything the classification says about it, ready to show. Pure. */
import type { NoteKind, SeventhCharacter, System } from "@/classification/model"
import type { CodePack, PackNote, Row } from "@/classification/pack-api"

export interface CodeLineData {
  system: System
  code: string
  title: string
  billable: boolean
}

export interface NoteGroup {
  kind: NoteKind
  label: string
  /** Printed at the code itself. */
  own: string[]
  /** Printed further up, and where: "E11", "E08-E13" (block), "Chapter 4". */
  inherited: { text: string; from: string }[]
}

/** A 7th character, and the code it makes of this one; none while characters before it are missing. */
export interface SeventhChoice extends SeventhCharacter {
  code?: string
  current: boolean
}

export interface CodeDetail extends CodeLineData {
  release: string
  source: string
  derivedTitle: boolean
  /** Chapter, block and parents, outermost first; those without a code cannot be opened. */
  path: { label: string; title: string; code?: string }[]
  notes: NoteGroup[]
  seventh: SeventhChoice[]
  /** Before and behind it on its level; at the ends the parent and what follows the parent. */
  previous?: CodeLineData
  next?: CodeLineData
  children: CodeLineData[]
  indexPaths: string[]
}

const INDEX_PATHS = 40
/** In the order of the Tabular List. */
const KINDS: [NoteKind, string][] = [
  ["inclusion", "Inclusion terms"],
  ["includes", "Includes"],
  ["excludes1", "Excludes1: not coded here"],
  ["excludes2", "Excludes2: not included here"],
  ["codeFirst", "Code first"],
  ["useAdditional", "Use additional code"],
  ["codeAlso", "Code also"],
  ["note", "Note"],
  ["seventhNote", "Note on the 7th character"]
]

export function lineOf(pack: CodePack, row: Row): CodeLineData {
  return {
    system: pack.info.system,
    code: pack.code(row),
    title: pack.title(row),
    billable: pack.billable(row)
  }
}

export function codeDetail(pack: CodePack, row: Row): CodeDetail {
  const line = lineOf(pack, row)
  return {
    ...line,
    release: pack.info.release,
    source: pack.info.source,
    derivedTitle: pack.derivedTitle(row),
    path: pathTo(pack, row),
    notes: groupNotes(pack.notes(row, true), line.code),
    seventh: seventhChoices(pack, row),
    ...neighbours(pack, row),
    children: pack.children(row).map((child) => lineOf(pack, child)),
    indexPaths: pack.indexPaths(row, INDEX_PATHS)
  }
}

function pathTo(pack: CodePack, row: Row): CodeDetail["path"] {
  const parents: CodeDetail["path"] = []
  for (let parent = pack.parent(row); parent >= 0; parent = pack.parent(parent)) {
    const code = pack.code(parent)
    parents.unshift({ label: code, title: pack.title(parent), code })
  }
  const chapter = pack.chapter(row)
  const block = pack.block(row)
  return [
    ...(chapter ? [{ label: `${chapterWord(pack)} ${chapter.id}`, title: chapter.title }] : []),
    ...(block ? [{ label: block.id, title: block.title }] : []),
    ...parents
  ]
}

/** ICD-10-PCS has sections where ICD-10-CM has chapters. */
export const chapterWord = (pack: CodePack) => (pack.info.system === "ICD-10-PCS" ? "Section" : "Chapter")

/** Notes by kind, in the order of the Tabular List, each with what is printed at the code and further up. */
export function groupNotes(notes: PackNote[], code: string): NoteGroup[] {
  return KINDS.flatMap(([kind, label]) => {
    const found = notes.filter((note) => note.kind === kind)
    if (found.length === 0) return []
    const own = found.filter((note) => note.at === code).map(({ text }) => text)
    const inherited = found.filter((note) => note.at !== code).map(({ text, at }) => ({ text, from: at }))
    return [{ kind, label, own, inherited }]
  })
}

/** Length of an ICD-10-CM code with its 7th character, without dot. */
const FULL = 7

/** The characters that apply to a code, each with the code it makes: S52.501 and A make S52.501A. */
export function seventhChoices(pack: CodePack, row: Row): SeventhChoice[] {
  const bare = pack.code(row).replace(".", "")
  const stem = bare.slice(0, FULL - 1).padEnd(FULL - 1, "X")
  const current = bare.length === FULL ? bare.at(-1) : undefined
  return pack.seventh(row).map((each) => {
    const made = pack.find(stem + each.character)
    return {
      ...each,
      ...(made >= 0 ? { code: pack.code(made) } : {}),
      current: each.character === current
    }
  })
}

/** Steps of one level: siblings, and at their ends the parent and what follows it. */
export function neighbours(pack: CodePack, row: Row): Pick<CodeDetail, "previous" | "next"> {
  const next = pack.subtreeEnd(row) + 1
  let previous = row - 1
  const parent = pack.parent(row)
  while (previous >= 0 && previous !== parent && pack.parent(previous) !== parent) {
    previous = pack.parent(previous)
  }
  return {
    ...(previous >= 0 ? { previous: lineOf(pack, previous) } : {}),
    ...(next < pack.size ? { next: lineOf(pack, next) } : {})
  }
}
