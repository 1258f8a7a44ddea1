/**
 * One release of ICD-10-PCS. Codes come from the order file in force at the end of the fiscal year (April); a
 * code that only the order file before it has ends the day before, one that only the later has begins with it.
 * The tables are the October ones with the April addenda put in; the definitions are joined onto their values.
 */
import type { CodeSetModel, ModelCode, ModelIndexEntry, ModelSection, PcsTable } from "../model"
import type { ReleaseIdentity } from "./assemble"
import { expectOneTree } from "./one-tree"
import type { OrderRow } from "./order-file"
import { defineTables, type PcsDefinitions } from "./pcs-definitions"
import type { PcsIndex } from "./pcs-index"
import type { PcsTables } from "./pcs-tables"
import { codesOfTables } from "./pcs-tables"
import { withTablesAddenda } from "./pcs-tables-addenda"
import { ReaderError } from "./reader-error"

export interface PcsParts extends ReleaseIdentity {
  order: OrderRow[]
  /** Order file of October, when `order` is the update of April; `until`: first day without it. */
  before?: { order: OrderRow[]; until: string }
  tables?: PcsTables
  /** Tables that changed since `tables` was published. */
  tablesAddenda?: PcsTable[]
  definitions?: PcsDefinitions
  /** May be older than the release: it is borrowed then, and what no longer resolves is dropped. */
  index?: PcsIndex
}

export interface PcsDifference {
  /** Codes of the order file that no table allows. */
  onlyListed: string[]
  /** Codes that a table allows and the order file does not list. */
  onlyAllowed: string[]
}

/** The two ways in which the release says what its codes are, held against each other. */
export function compareTablesWithOrder(
  tables: readonly PcsTable[],
  codes: readonly Pick<ModelCode, "code" | "billable">[]
): PcsDifference {
  const listed = new Set(codes.filter(({ billable }) => billable).map(({ code }) => code))
  const onlyAllowed: string[] = []
  const allowed = new Set<string>()
  for (const code of codesOfTables(tables)) {
    allowed.add(code)
    if (!listed.has(code)) onlyAllowed.push(code)
  }
  return { onlyListed: [...listed].filter((code) => !allowed.has(code)), onlyAllowed }
}

/** Above this share of codes on which tables and order file differ, they are of different releases. */
const TOLERATED_DIFFERENCE = 0.01

/** @throws ReaderError when parts belong to different releases or do not make one tree */
export function pcsModel(parts: PcsParts): CodeSetModel {
  const year = /^FY(20\d\d)$/.exec(parts.release)?.[1]
  if (!year) throw new ReaderError(parts.release, undefined, "a release such as FY2026", parts.release)
  const remarks: string[] = []
  const codes = withEnded(parts)
  expectOneTree(codes, parts.release)
  for (const [name, part] of [
    ["PCS tables", parts.tables],
    ["PCS definitions", parts.definitions]
  ] as const) {
    if (part && part.version !== year) throw new ReaderError(name, undefined, `version ${year}`, part.version)
  }
  const tables = tablesOf(parts, codes, remarks)
  const index = indexOf(parts, year, codes, remarks)
  return {
    system: "ICD-10-PCS",
    release: parts.release,
    effective: parts.effective,
    complete: true,
    remarks,
    ...(parts.index && parts.index.version !== year ? { borrowedFrom: `FY${parts.index.version}` } : {}),
    provenance: parts.provenance,
    codes,
    sections: sectionsOf(tables, codes),
    index,
    ...(tables.length > 0 ? { pcsTables: tables } : {})
  }
}

/** The later order file, with what only the earlier has put back at its place and marked as ended. */
function withEnded({ order, before }: PcsParts): ModelCode[] {
  const codes = order.map(({ code, title, billable }): ModelCode => ({ code, title, billable, notes: [] }))
  if (!before) return codes
  const earlier = new Set(before.order.map(({ code }) => code))
  const later = new Set(order.map(({ code }) => code))
  for (const code of codes) if (!earlier.has(code.code)) code.added = before.until
  const ended = new Map<string, ModelCode[]>()
  let last = ""
  for (const { code, title, billable } of before.order) {
    if (later.has(code)) {
      last = code
      continue
    }
    const gone: ModelCode = { code, title, billable, notes: [], ended: dayBefore(before.until) }
    ended.set(last, [...(ended.get(last) ?? []), gone])
  }
  return [...(ended.get("") ?? []), ...codes.flatMap((code) => [code, ...(ended.get(code.code) ?? [])])]
}

function dayBefore(iso: string): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

function tablesOf(parts: PcsParts, codes: readonly ModelCode[], remarks: string[]): PcsTable[] {
  if (!parts.tables) {
    remarks.push("No tables came with this release: codes cannot be put together axis by axis.")
    return []
  }
  let tables = withTablesAddenda(parts.tables.tables, parts.tablesAddenda ?? [])
  const inForce = codes.filter(({ ended }) => ended === undefined)
  const { onlyListed, onlyAllowed } = compareTablesWithOrder(tables, inForce)
  const differing = onlyListed.length + onlyAllowed.length
  if (differing > codes.length * TOLERATED_DIFFERENCE) {
    throw new ReaderError(
      parts.release,
      undefined,
      "tables of the same release as the order file",
      `${differing} codes that only one of them has`
    )
  }
  if (differing > 0) {
    remarks.push(
      `The tables are older than the order file: ${onlyListed.length} of its codes are in no table (${clip(onlyListed)}), and the tables allow ${onlyAllowed.length} codes that it does not have (${clip(onlyAllowed)}).`
    )
  }
  if (parts.definitions) {
    const defined = defineTables(tables, parts.definitions)
    tables = defined.tables
    if (defined.unused.length > parts.definitions.terms.length / 4) {
      const titles = clip(defined.unused.map(({ title }) => title))
      throw new ReaderError(parts.release, undefined, "definitions of the values of these tables", titles)
    }
  } else remarks.push("No definitions came with this release: the values of the tables have names only.")
  return tables
}

function clip(list: readonly string[]): string {
  if (list.length === 0) return "none"
  return `${list.slice(0, 5).join(", ")}${list.length > 5 ? ", ..." : ""}`
}

/** An index of an older release: entries whose code or table is gone lead nowhere. */
function indexOf(
  { index, release }: PcsParts,
  year: string,
  codes: readonly ModelCode[],
  remarks: string[]
): ModelIndexEntry[] {
  if (!index) {
    remarks.push("No index came with this release: codes are found by their titles.")
    return []
  }
  const inForce = codes.filter(({ ended }) => ended === undefined)
  const known = new Set(inForce.map(({ code }) => code))
  const beginnings = new Set(
    inForce.flatMap(({ code }) => [3, 4, 5, 6].map((length) => code.slice(0, length)))
  )
  let gone = 0
  const entries = index.entries.map((entry): ModelIndexEntry => {
    const kept: ModelIndexEntry = { ...entry, nonessential: [...entry.nonessential] }
    if (kept.code !== undefined && !known.has(kept.code)) {
      kept.outdated = kept.code
      delete kept.code
      gone++
    }
    const live = kept.beginnings?.filter((beginning) => beginnings.has(beginning)) ?? []
    if (kept.beginnings && live.length < kept.beginnings.length) {
      gone++
      if (live.length === 0 && kept.code === undefined) {
        kept.outdated = kept.beginnings[0]!
        delete kept.incomplete
      }
      if (live.length === 0) delete kept.beginnings
    }
    if (kept.beginnings && live.length > 0) kept.beginnings = live
    return kept
  })
  const where =
    index.version === year ? "" : `The index is that of FY${index.version}, the newest that this source has. `
  const lost =
    gone === 0
      ? ""
      : `${gone} of its ${entries.length} lines name codes that ${release} does not have: they lead nowhere.`
  if (where || lost) remarks.push(`${where}${lost}`.trim())
  return entries
}

/** Sections as chapters, body systems as blocks: the first and the first two characters. */
function sectionsOf(tables: readonly PcsTable[], codes: readonly ModelCode[]): ModelSection[] {
  const headers = codes.filter(({ billable }) => !billable).map(({ code }) => code)
  const sections: ModelSection[] = []
  const add = (kind: ModelSection["kind"], id: string, title: string) => {
    if (sections.some((each) => each.id === id)) return
    const inside = headers.filter((code) => code.startsWith(id))
    if (inside.length === 0) return
    sections.push({ kind, id, title, first: inside[0]!, last: inside[inside.length - 1]!, notes: [] })
  }
  for (const { section, bodySystem } of tables) {
    add("chapter", section.value, section.label)
    add("block", section.value + bodySystem.value, bodySystem.label)
  }
  return sections
}
