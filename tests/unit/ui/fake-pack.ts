/** A code set of a few rows, for screens and sessions: the interface of a pack without its binary form. */
import type { NoteKind, SeventhCharacter } from "@/classification/model"
import type { CodePack, LookupAnswer, PackInfo, Row } from "@/classification/pack-api"

export interface FakeRow {
  code: string
  title: string
  /** Position of the parent in the list. */
  parent?: number
  billable?: boolean
  notes?: { kind: NoteKind; text: string }[]
  seventh?: SeventhCharacter[]
  index?: string[]
}

export function packInfo(change: Partial<PackInfo> = {}): PackInfo {
  return {
    id: "icd10cm-FY2026",
    system: "ICD-10-CM",
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    complete: true,
    remarks: [],
    source: "local-release",
    codes: 98_000,
    billable: 74_719,
    bytes: 9_400_000,
    sha256: "5f2c9ab1d0e47c3388aa10f2ff6d2a7791c6f4e08cb1c0a2f3d4e5b6a7c8d9e0",
    ...change
  }
}

export function fakePack(info: PackInfo, rows: FakeRow[]): CodePack {
  const at = (row: Row) => rows[row]!
  const bare = (code: string) => code.replace(/[.\s]/g, "").toUpperCase()
  const ancestors = (row: Row): Row[] => {
    const parent = at(row).parent ?? -1
    return parent < 0 ? [] : [parent, ...ancestors(parent)]
  }
  const missing = (): never => {
    throw new Error("The fake pack has no words and terms.")
  }
  const words = new Proxy({}, { get: missing }) as CodePack["vocabulary"]
  const terms = new Proxy({}, { get: missing }) as CodePack["terms"]
  return {
    info,
    size: rows.length,
    vocabulary: words,
    terms,
    find: (code) => rows.findIndex((row) => bare(row.code) === bare(code)),
    code: (row) => at(row).code,
    title: (row) => at(row).title,
    billable: (row) => at(row).billable ?? false,
    derivedTitle: () => false,
    dates: () => ({}),
    attributes: () => ({}),
    lists: () => [],
    history: () => ({}),
    retired: () => undefined,
    allRetired: () => [],
    parent: (row) => at(row).parent ?? -1,
    children: (row) => rows.flatMap((candidate, index) => (candidate.parent === row ? [index] : [])),
    subtreeEnd: (row) => {
      let end = row
      while (end + 1 < rows.length && ancestors(end + 1).includes(row)) end++
      return end
    },
    chapter: () =>
      info.system === "ICD-10-CM"
        ? { id: "4", title: "Endocrine, nutritional and metabolic diseases (E00-E89)" }
        : undefined,
    block: () => (info.system === "ICD-10-CM" ? { id: "E08-E13", title: "Diabetes mellitus" } : undefined),
    notes: (row, inherited = false) =>
      [row, ...(inherited ? ancestors(row) : [])].flatMap((from) =>
        (at(from).notes ?? []).map((note) => ({ ...note, at: at(from).code }))
      ),
    seventh: (row) =>
      [row, ...ancestors(row)].map((from) => at(from).seventh ?? []).find((s) => s.length) ?? [],
    indexPaths: (row, limit = 40) => (at(row).index ?? []).slice(0, limit)
  }
}

/** Every word must stand in the title or be the beginning of the code. */
export function fakeSearch(packs: CodePack[]) {
  return (text: string, limit: number): LookupAnswer => {
    const wanted = text.toLowerCase().split(/\s+/).filter(Boolean)
    const results = packs.flatMap((pack) =>
      Array.from({ length: pack.size }, (_, row) => row).flatMap((row) => {
        const code = pack.code(row)
        const title = pack.title(row)
        const byCode = wanted.every((word) =>
          code.replace(".", "").toLowerCase().startsWith(word.replace(".", ""))
        )
        if (!byCode && !wanted.every((word) => title.toLowerCase().includes(word))) return []
        const via = byCode ? "code" : "title"
        return [
          {
            system: pack.info.system,
            code,
            title,
            billable: pack.billable(row),
            score: 1,
            via,
            pack: pack.info.id
          }
        ]
      })
    )
    return { results: results.slice(0, limit) }
  }
}

export const DIABETES: FakeRow[] = [
  {
    code: "E11",
    title: "Type 2 diabetes mellitus",
    notes: [
      { kind: "includes", text: "diabetes (mellitus) due to insulin secretory defect" },
      { kind: "includes", text: "insulin resistant diabetes (mellitus)" },
      { kind: "useAdditional", text: "code to identify control using: insulin (Z79.4)" },
      { kind: "excludes1", text: "type 1 diabetes mellitus (E10.-)" },
      { kind: "excludes1", text: "gestational diabetes (O24.4-)" }
    ]
  },
  { code: "E11.2", title: "Type 2 diabetes mellitus with kidney complications", parent: 0 },
  {
    code: "E11.22",
    title: "Type 2 diabetes mellitus with diabetic chronic kidney disease",
    parent: 1,
    billable: true,
    notes: [
      {
        kind: "useAdditional",
        text: "code to identify stage of chronic kidney disease (N18.1-N18.6)"
      }
    ],
    index: ["Diabetes, type 2, with, chronic kidney disease"]
  },
  { code: "E11.4", title: "Type 2 diabetes mellitus with neurological complications", parent: 0 },
  {
    code: "E11.42",
    title: "Type 2 diabetes mellitus with diabetic polyneuropathy",
    parent: 3,
    billable: true,
    notes: [{ kind: "inclusion", text: "Type 2 diabetes mellitus with diabetic neuralgia" }],
    index: [
      "Diabetes, type 2, with, polyneuropathy",
      "Polyneuropathy, in, diabetes: see Diabetes, polyneuropathy"
    ]
  },
  { code: "E11.9", title: "Type 2 diabetes mellitus without complications", parent: 0, billable: true },
  {
    code: "S52.5",
    title: "Fracture of lower end of radius",
    seventh: [
      { character: "A", text: "initial encounter for closed fracture" },
      { character: "D", text: "subsequent encounter for fracture with routine healing" },
      { character: "S", text: "sequela" }
    ]
  },
  { code: "S52.50", title: "Unspecified fracture of the lower end of radius", parent: 6 },
  { code: "S52.501", title: "Unspecified fracture of the lower end of right radius", parent: 7 },
  {
    code: "S52.501A",
    title: "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture",
    parent: 8,
    billable: true
  },
  {
    code: "S52.501D",
    title:
      "Unspecified fracture of the lower end of right radius, subsequent encounter for closed fracture with routine healing",
    parent: 8,
    billable: true
  },
  { code: "S52.502", title: "Unspecified fracture of the lower end of left radius", parent: 7 },
  {
    code: "S52.502A",
    title: "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture",
    parent: 11,
    billable: true
  },
  { code: "I10", title: "Essential (primary) hypertension", billable: true },
  { code: "Z79.4", title: "Long term (current) use of insulin", billable: true },
  { code: "J18.9", title: "Pneumonia, unspecified organism", billable: true }
]

export const SUPPLIES: FakeRow[] = [
  { code: "J1885", title: "Injection, ketorolac tromethamine, per 15 mg", billable: true },
  { code: "E0607", title: "Home blood glucose monitor", billable: true }
]
