/**
 * What changed from one release of a code set to the next, and what of it concerns a coder's own codes. Pure: two
 * open packs in, plain data out.
 */
import type { CodeRef, System } from "./model"
import type { CodePack, Row } from "./pack-api"

export interface ChangedCode {
  /** As the field writes it. */
  code: string
  title: string
  billable: boolean
}

export interface RetiredChange extends ChangedCode {
  /** Codes of the newer release that took its place, as far as a list or the code before it tells. */
  successors: string[]
}

export interface HeaderChange {
  code: string
  title: string
  /** Codes right below it in the newer release. */
  children: ChangedCode[]
}

export interface ReleaseDifference {
  system: System
  older: { id: string; release: string; from: string }
  newer: { id: string; release: string; from: string }
  added: ChangedCode[]
  retired: RetiredChange[]
  /** Billable before, a header now. */
  becameHeader: HeaderChange[]
  /** A header before, billable now. */
  becameBillable: ChangedCode[]
  retitled: { code: string; from: string; to: string }[]
  counts: {
    added: number
    addedBillable: number
    retired: number
    retiredBillable: number
    becameHeader: number
    becameBillable: number
    retitled: number
    /** In both releases and the same in all that is compared. */
    unchanged: number
  }
}

/** The two packs are of different systems. */
export class DifferenceError extends Error {
  override readonly name = "DifferenceError"
}

/** Ended by a date inside the release (HCPCS, the update of PCS): then it is no longer there for the newer one. */
function isThere(pack: CodePack, row: Row): boolean {
  const { ended } = pack.dates(row)
  return ended === undefined || ended >= pack.info.effective.from
}

function told(pack: CodePack, row: Row): ChangedCode {
  return { code: pack.code(row), title: pack.title(row), billable: pack.billable(row) }
}

/**
 * Compares code by code: which are there, billable or header, and their titles.
 * @throws DifferenceError when the packs are of different systems; PackDamaged
 */
export function compareReleases(older: CodePack, newer: CodePack): ReleaseDifference {
  if (older.info.system !== newer.info.system) {
    throw new DifferenceError(`${older.info.id} and ${newer.info.id} are of different code sets.`)
  }
  const found: Omit<ReleaseDifference, "system" | "older" | "newer" | "counts"> = {
    added: [],
    retired: [],
    becameHeader: [],
    becameBillable: [],
    retitled: []
  }
  let unchanged = 0
  const gone: Row[] = []
  const come: Row[] = []
  for (let row = 0; row < older.size; row++) {
    if (!isThere(older, row)) continue
    const now = rowIn(newer, older.code(row))
    if (now < 0) gone.push(row)
    else if (!compareRow(older, row, newer, now, found)) unchanged++
  }
  for (let row = 0; row < newer.size; row++) {
    if (isThere(newer, row) && rowIn(older, newer.code(row)) < 0) come.push(row)
  }
  found.added.push(...come.map((row) => told(newer, row)))
  const successors = successorsOf(newer, come)
  for (const row of gone) {
    const code = older.code(row)
    found.retired.push({ ...told(older, row), successors: successors(code) })
  }
  const billable = (codes: readonly ChangedCode[]): number => codes.filter((each) => each.billable).length
  return {
    system: older.info.system,
    older: release(older),
    newer: release(newer),
    ...found,
    counts: {
      added: found.added.length,
      addedBillable: billable(found.added),
      retired: found.retired.length,
      retiredBillable: billable(found.retired),
      becameHeader: found.becameHeader.length,
      becameBillable: found.becameBillable.length,
      retitled: found.retitled.length,
      unchanged
    }
  }
}

function release({ info }: CodePack): ReleaseDifference["older"] {
  return { id: info.id, release: info.release, from: info.effective.from }
}

function rowIn(pack: CodePack, code: string): Row {
  const row = pack.find(code)
  return row >= 0 && isThere(pack, row) ? row : -1
}

/** @returns true when anything changed */
function compareRow(
  older: CodePack,
  row: Row,
  newer: CodePack,
  now: Row,
  found: Pick<ReleaseDifference, "becameHeader" | "becameBillable" | "retitled">
): boolean {
  const before = told(older, row)
  const after = told(newer, now)
  if (before.billable && !after.billable) {
    const children = newer.children(now).map((child) => told(newer, child))
    found.becameHeader.push({ code: after.code, title: after.title, children })
  } else if (!before.billable && after.billable) found.becameBillable.push(after)
  if (before.title !== after.title) {
    found.retitled.push({ code: after.code, from: before.title, to: after.title })
  }
  return before.billable !== after.billable || before.title !== after.title
}

/** What the newer pack says of a code that is gone, else the new codes that name it as what was coded before. */
function successorsOf(newer: CodePack, added: readonly Row[]): (code: string) => string[] {
  const after = new Map<string, string[]>()
  for (const row of added) {
    const code = newer.code(row)
    for (const line of newer.history(row).previous ?? []) {
      for (const before of line.split(/\s*\+\s*/)) after.set(before, [...(after.get(before) ?? []), code])
    }
  }
  return (code) => {
    const listed = newer.retired(code)?.successors ?? []
    return listed.length > 0 ? listed : (after.get(code) ?? [])
  }
}

export interface AffectedRef {
  ref: CodeRef
  change: "retired" | "header" | "retitled"
  /** A plain sentence for the coder. */
  text: string
  /** What may be chosen instead, in the order of the release. */
  instead: CodeRef[]
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December"
]

/** "2025-10-01" -> "1 October 2025" */
function dayInWords(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number)
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`
}

/** "G35.A, G35.B1 ... G35.D": the first and the last when there are many. */
function listed(codes: readonly string[]): string {
  if (codes.length <= 4) {
    const last = codes[codes.length - 1]
    return codes.length > 1 ? `${codes.slice(0, -1).join(", ")} or ${last}` : (last ?? "")
  }
  return `${codes.slice(0, 2).join(", ")} ... ${codes[codes.length - 1]}`
}

/**
 * What a release changes for a coder's own codes (pins, recents, worksheets): one entry for each code concerned, in
 * the order of the references; codes that stay as they are do not appear.
 */
export function affected(difference: ReleaseDifference, refs: readonly CodeRef[]): AffectedRef[] {
  const { system } = difference
  const since = dayInWords(difference.newer.from)
  const retired = new Map(difference.retired.map((each) => [each.code, each]))
  const headers = new Map(difference.becameHeader.map((each) => [each.code, each]))
  const titles = new Map(difference.retitled.map((each) => [each.code, each]))
  const asRefs = (codes: readonly string[]): CodeRef[] => codes.map((code) => ({ system, code }))
  return refs.flatMap((ref): AffectedRef[] => {
    if (ref.system !== system) return []
    const gone = retired.get(ref.code)
    if (gone) {
      const choose = gone.successors.length > 0 ? `: choose ${listed(gone.successors)}` : ""
      const text = `${ref.code} is no longer a code since ${since}${choose}.`
      return [{ ref, change: "retired", text, instead: asRefs(gone.successors) }]
    }
    const header = headers.get(ref.code)
    if (header) {
      const children = header.children.map(({ code }) => code)
      const choose = children.length > 0 ? `: choose ${listed(children)}` : ""
      const text = `${ref.code} is a header since ${since}${choose}.`
      return [{ ref, change: "header", text, instead: asRefs(children) }]
    }
    const title = titles.get(ref.code)
    if (!title) return []
    const text = `${ref.code} has a new title since ${since}: "${title.to}" (before: "${title.from}").`
    return [{ ref, change: "retitled", text, instead: [] }]
  })
}
