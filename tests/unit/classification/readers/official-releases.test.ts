/** The readers on the real releases, where they are (CHARTSIDE_RELEASES, else ../shared/releases). */
import { createHash } from "node:crypto"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { CodeSetModel, IndexSource, NoteKind } from "@/classification/model"
import { openArchive } from "@/classification/readers/archive"
import { assembleIcd10cm } from "@/classification/readers/assemble"
import { borrowFrom } from "@/classification/readers/borrow"
import { readHcpcs } from "@/classification/readers/hcpcs-anweb"
import { readHcpcsWorkbook } from "@/classification/readers/hcpcs-workbook"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readOrderAddenda } from "@/classification/readers/order-addenda"
import { readOrderFile } from "@/classification/readers/order-file"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { sourceSettings } from "@/cli/sources/resolve"

const releases = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES }).releases ?? ""
const here = releases !== "" && existsSync(join(releases, "icd10cm"))
if (!here) console.log("official releases are not on this machine: the tests that read them are skipped")

const file = (path: string) => ({ name: path, content: new Uint8Array(readFileSync(join(releases, path))) })
/** Raw lines, to hold what was read against the file without using the reader. */
const lines = (path: string) =>
  readFileSync(join(releases, path), "latin1")
    .split("\r\n")
    .filter((line) => line !== "")

const ORDER_2026 = "icd10cm/2025-10/icd10cm_order_2026.txt"
const ORDER_2027 = "icd10cm/2026-10/icd10cm_order_2027.txt"
const TABULAR = "icd10cm/2025-10/reconstructed/icd10cm_tabular_2026.xml"
const INDEXES = [
  "icd10cm/2025-10/reconstructed/icd10cm_index_2026.xml",
  "icd10cm/2026-04/icd10cm-eindex-April-1-2026-XML.xml",
  "icd10cm/2026-04/icd10cm-neoplasm-April-1-2026-XML.xml",
  "icd10cm/2026-04/icd10cm-drug-April-1-2026-XML.xml"
]

let fy2026: CodeSetModel | undefined
function model2026(): CodeSetModel {
  fy2026 ??= assembleIcd10cm({
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    provenance: { source: "local-release", files: [] },
    order: readOrderFile(file(ORDER_2026)),
    tabular: readTabularXml(file(TABULAR)),
    indexes: INDEXES.map((path) => readIndexXml(file(path)))
  })
  return fy2026
}

let fy2027: CodeSetModel | undefined
function model2027(): CodeSetModel {
  fy2027 ??= borrowFrom(model2026(), {
    release: "FY2027",
    effective: { from: "2026-10-01" },
    provenance: { source: "local-release", files: [] },
    order: readOrderFile(file(ORDER_2027))
  })
  return fy2027
}

describe.skipIf(!here)("official releases", () => {
  it.each([
    ["FY2026", ORDER_2026, model2026, 74_719, 23_467],
    ["FY2027", ORDER_2027, model2027, 74_879, 23_524]
  ])("%s has every row of its order file exactly once, in order", (_, path, model, billable, headers) => {
    const codes = model().codes
    expect(codes.filter((code) => code.billable)).toHaveLength(billable)
    expect(codes.filter((code) => !code.billable)).toHaveLength(headers)
    const told = codes.map(({ code, billable: flag, title }) => `${code.padEnd(7)} ${flag ? 1 : 0} ${title}`)
    const printed = lines(path).map((line) => `${line.slice(6, 13)} ${line[14]} ${line.slice(77).trim()}`)
    // As one checksum: a difference of 98,000 lines would print for minutes.
    const digest = (list: string[]) => createHash("sha256").update(list.join("\n")).digest("hex")
    expect(told.length).toBe(printed.length)
    expect(digest(told)).toBe(digest(printed))
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length)
  })

  it("FY2026 carries every note of the Tabular List", () => {
    const counts: Partial<Record<NoteKind, number>> = {}
    for (const { notes } of [...model2026().codes, ...model2026().sections]) {
      for (const { kind } of notes) counts[kind] = (counts[kind] ?? 0) + 1
    }
    // Notes inside the elements of the XML; "note" also counts 5 lines of the visual impairment table and
    // one note below a sequela; "seventhNote" 7 inclusion terms of 7th characters beside the 508 notes.
    expect(counts).toEqual({
      inclusion: 12_580,
      includes: 1_024,
      excludes1: 5_433,
      excludes2: 2_494,
      codeFirst: 814,
      useAdditional: 1_493,
      codeAlso: 634,
      note: 186,
      seventhNote: 515
    })
    expect(model2026().codes.filter((code) => code.seventh)).toHaveLength(508)
    expect(model2026().codes.flatMap((code) => code.seventh ?? [])).toHaveLength(1_790)
    expect(model2026().sections.filter(({ kind }) => kind === "chapter")).toHaveLength(22)
    expect(model2026().sections.filter(({ kind }) => kind === "block")).toHaveLength(297)
  })

  it("FY2026 carries every line of the index and every cell of the tables", () => {
    const lineCounts: Partial<Record<IndexSource, number>> = {}
    const cells: Partial<Record<IndexSource, number>> = {}
    for (const { source, column } of model2026().index) {
      const counts = column ? cells : lineCounts
      counts[source] = (counts[source] ?? 0) + 1
    }
    expect(lineCounts).toEqual({
      disease: 8_121 + 73_388,
      external: 314 + 7_776,
      neoplasm: 1_940,
      drug: 5_179 + 2_251
    })
    expect(cells).toEqual({ neoplasm: 10_922 - 1_902, drug: 43_224 - 3_188 })
    expect(model2026().index.filter(({ manifestation }) => manifestation)).toHaveLength(768)
    expect(model2026().remarks.join()).toContain("2 codes that do not exist in FY2026 (Z1508, Q99814)")
  })

  it("FY2027 differs from FY2026 as the addenda say", () => {
    const addenda = readOrderAddenda(file("icd10cm/2026-10/icd10cm_order_addenda_2027.txt"))
    expect([addenda.added.length, addenda.deleted.length, addenda.revised.length]).toEqual([253, 36, 4])
    const rolled = new Map(readOrderFile(file(ORDER_2026)).map((row) => [row.code, row]))
    for (const { code } of addenda.deleted) expect(rolled.delete(code)).toBe(true)
    for (const row of addenda.added) rolled.set(row.code, row)
    for (const { to } of addenda.revised) rolled.set(to.code, to)
    const newer = readOrderFile(file(ORDER_2027))
    expect(rolled.size).toBe(newer.length)
    expect(newer.filter((row) => JSON.stringify(rolled.get(row.code)) !== JSON.stringify(row))).toEqual([])
  })

  it("FY2027 never leads an older wording below a code that was divided", () => {
    const older = new Map(model2026().codes.map((code) => [code.code, code]))
    const divided = model2027().codes.filter((code) => !code.billable && older.get(code.code)?.billable)
    expect(divided).toHaveLength(15)
    const known = new Set(model2027().codes.map(({ code }) => code))
    for (const [at, entry] of model2027().index.entries()) {
      const before = model2026().index[at]
      if (entry.code) expect(known.has(entry.code)).toBe(true)
      if (entry.outdated) expect(entry.code).toBeUndefined()
      const header = divided.find(({ code }) => code === before?.code)
      if (header && entry.code === header.code) expect(entry.incomplete).toBe(true)
    }
    const fasciitis = model2027().index.findIndex(
      ({ title, parent }) => parent === -1 && title === "Fasciitis"
    )
    const plantar = model2027().index.find(({ title, parent }) => parent === fasciitis && title === "plantar")
    expect(plantar).toMatchObject({ code: "M67A", incomplete: true })
    const terms = model2027()
      .codes.find(({ code }) => code === "M722")
      ?.notes.filter(({ kind }) => kind === "inclusion")
    expect(terms).toEqual([])
  })

  it("reads HCPCS of 2025 and, with disclaimers and wider records, of 2019", () => {
    const edition = readHcpcs(file("hcpcs/2025-10/HCPC2025_OCT_ANWEB.rebuilt.txt"))
    expect([edition.codes.length, edition.modifiers.length]).toEqual([8_463, 383])
    expect(edition.codes.filter(({ ended }) => ended !== undefined)).toHaveLength(1_205)
    expect(edition.attributes.get("J0696")).toEqual({
      hcpcs: {
        short: "Ceftriaxone sodium injection",
        pricing: "51",
        multiplePricing: "A",
        carriersManual: "2049",
        coverage: "D",
        betos: "O1E",
        typeOfService: "1P",
        actionEffective: "1997-01-01"
      }
    })
    const zip = openArchive(file("hcpcs/2019-01/HCPC2019_CONTR_ANWEB.zip"), (name) =>
      name.endsWith("ANWEB.txt")
    )
    const older = readHcpcs([...zip.values()][0]!)
    expect([older.codes.length, older.modifiers.length]).toEqual([6_440, 360])
    const workbook = readHcpcsWorkbook(file("hcpcs/2020-10/anweb.xlsx"))
    console.log(
      `workbook of October 2020: ${workbook.codes.length} codes, ${workbook.modifiers.length} modifiers`
    )
    // The same record in both formats says the same.
    expect(workbook.attributes.get("J0256")).toEqual(older.attributes.get("J0256"))
    expect(workbook.codes.find(({ code }) => code === "J0696")).toEqual(
      older.codes.find(({ code }) => code === "J0696")
    )
  })

  it("reads the genuine FY2017 set from its zip", () => {
    const zip = openArchive(file("icd10cm/2016-10/ICD10CM_FY2017_Full_XML.zip"), (name) =>
      name.endsWith(".xml")
    )
    const sources: string[] = []
    for (const [name, member] of zip) {
      if (name.includes("tabular")) expect(readTabularXml(member)).toMatchObject({ version: "2017" })
      else sources.push(readIndexXml(member).source)
    }
    expect(sources.sort()).toEqual(["disease", "drug", "external", "neoplasm"])
  })

  it("reads and assembles FY2026 in seconds", () => {
    fy2026 = undefined
    const start = performance.now()
    model2026()
    const ms = performance.now() - start
    console.log(`FY2026 read and assembled in ${Math.round(ms)} ms`)
    // Some 2.5 s alone on this machine; the bound leaves room for what runs beside it.
    expect(ms).toBeLessThan(15_000)
  })
})
