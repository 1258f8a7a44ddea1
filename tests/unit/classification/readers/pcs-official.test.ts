/** ICD-10-PCS of the real releases, where they are (CHARTSIDE_RELEASES, else ../shared/releases). */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { openArchive } from "@/classification/readers/archive"
import { readPcsDefinitions, withDefinitionsAddenda } from "@/classification/readers/pcs-definitions"
import { readPcsIndex } from "@/classification/readers/pcs-index"
import { compareTablesWithOrder, pcsModel } from "@/classification/readers/pcs-model"
import { readPcsOrder, readPcsOrderAddenda } from "@/classification/readers/pcs-order"
import { readPcsTables } from "@/classification/readers/pcs-tables"
import { readPcsTablesAddenda } from "@/classification/readers/pcs-tables-addenda"
import { sourceSettings } from "@/cli/sources/resolve"

const releases = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES }).releases ?? ""
const here = releases !== "" && existsSync(join(releases, "icd10pcs"))
if (!here) console.log("official PCS releases are not on this machine: the tests that read them are skipped")

const file = (path: string) => ({
  name: path,
  content: new Uint8Array(readFileSync(join(releases, "icd10pcs", path)))
})
const member = (path: string, pattern: RegExp) =>
  [...openArchive(file(path), (name) => pattern.test(name)).values()][0]!

const ORDER = "2026-04/icd10pcs_order_2026.txt"
const OCTOBER = "2025-10/2026-icd-10-pcs-order-file-long-and-abbreviated-titles.zip"
const ADDENDA = "2026-04/2026-addendum.zip"

describe.skipIf(!here)("official ICD-10-PCS releases", () => {
  const read = () => ({
    order: readPcsOrder(file(ORDER)),
    october: readPcsOrder(member(OCTOBER, /icd10pcs_order_2026\.txt$/)),
    tables: readPcsTables(file("2025-10/icd10pcs_tables_2026.xml")),
    tablesAddenda: readPcsTablesAddenda(member(ADDENDA, /^tables_addenda_2026\.txt$/)),
    definitions: withDefinitionsAddenda(
      readPcsDefinitions(file("2025-10/icd10pcs_definitions_2026.xml")),
      member(ADDENDA, /^definitions_addenda_2026\.txt$/)
    ),
    index: readPcsIndex(file("2024-10/icd10pcs_index_2025.xml"))
  })

  it("tables and order file give the same codes; April differs from October's tables by its addenda", () => {
    const { order, october, tables } = read()
    expect([tables.tables.length, order.length]).toEqual([914, 80_110])
    const inOctober = compareTablesWithOrder(tables.tables, october)
    console.log(`October 2025: order file and tables differ by ${inOctober.onlyListed.length} codes`)
    expect(inOctober).toEqual({ onlyListed: [], onlyAllowed: [] })
    // The October tables do not know what April added and still allow what April deleted.
    const inApril = compareTablesWithOrder(tables.tables, order)
    const addenda = readPcsOrderAddenda(file("2026-04/order_addenda_2026.txt"))
    expect(inApril.onlyListed.sort()).toEqual(
      addenda.added.flatMap(({ code, billable }) => (billable ? [code] : [])).sort()
    )
    expect(inApril.onlyAllowed.sort()).toEqual(addenda.deleted.map(({ code }) => code).sort())
    console.log(
      `April 2026 against October's tables: ${inApril.onlyListed.length} codes added, ${inApril.onlyAllowed.join(", ")} deleted, as the addenda say`
    )
  })

  it("with the addenda the tables give every billable code of April, and no other", () => {
    const { order, october, tables, tablesAddenda, definitions, index } = read()
    const model = pcsModel({
      release: "FY2026",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      provenance: { source: "local-release", files: [] },
      order,
      before: { order: october, until: "2026-04-01" },
      tables,
      tablesAddenda,
      definitions,
      index
    })
    expect(model.pcsTables).toHaveLength(917)
    expect(model.codes).toHaveLength(80_110 + 2)
    expect(compareTablesWithOrder(model.pcsTables!, order)).toEqual({ onlyListed: [], onlyAllowed: [] })
    expect(model.codes.filter(({ ended }) => ended).map(({ code }) => code)).toEqual(["30233AZ", "30243AZ"])
    expect(model.codes.filter(({ added }) => added)).toHaveLength(83)
    expect(model.index).toHaveLength(3_215 + 21_269)
    const gone = model.index.filter(({ outdated }) => outdated)
    console.log(`${gone.length} index lines of FY2025 lead nowhere in FY2026; ${model.remarks.join(" ")}`)
    expect(gone.length).toBeLessThan(30)
    const values = model.pcsTables!.flatMap((table) => [
      table.operation,
      ...table.rows.flatMap(({ axes }) => axes.flatMap((axis) => axis.values))
    ])
    const approach = values.find(({ label }) => label === "Percutaneous Endoscopic")
    expect(approach?.definition).toContain("puncture or minor incision")
    const cavities = values.filter(({ label }) => label === "Peritoneal Cavity")
    expect(cavities.flatMap(({ includes }) => includes ?? [])).toContain("Gallbladder fossa")
  })
})
