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
  /** `from`: where the note stands when it is not at the code itself. */
  notes: { text: string; from?: string }[]
}

export interface CodeDetail extends CodeLineData {
  release: string
  source: string
  derivedTitle: boolean
  dates: { added?: string; ended?: string }
  /** Chapter, block and parents, outermost first; those without a code cannot be opened. */
  path: { label: string; title: string; code?: string }[]
  notes: NoteGroup[]
  seventh: SeventhCharacter[]
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
  ["seventhNote", "7th character"]
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
    dates: pack.dates(row),
    path: pathTo(pack, row),
    notes: groupNotes(pack.notes(row, true), line.code),
    seventh: pack.seventh(row),
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
    ...(chapter ? [{ label: `Chapter ${chapter.id}`, title: chapter.title }] : []),
    ...(block ? [{ label: block.id, title: block.title }] : []),
    ...parents
  ]
}

/** Notes of the code itself stand before inherited ones of the same kind. */
export function groupNotes(notes: PackNote[], code: string): NoteGroup[] {
  const own = (note: PackNote) => note.at === code
  return KINDS.flatMap(([kind, label]) => {
    const found = notes.filter((note) => note.kind === kind)
    if (found.length === 0) return []
    const ordered = [...found.filter(own), ...found.filter((note) => !own(note))]
    return [
      {
        kind,
        label,
        notes: ordered.map((note) => (own(note) ? { text: note.text } : { text: note.text, from: note.at }))
      }
    ]
  })
}
