/** NCCI and MUE files of CMS, read from miniatures of their layouts and held against a naive oracle. */
import fc from "fast-check"
import { strToU8 } from "fflate"
import { describe, expect, it } from "vitest"
import { compileEdits, openEdits } from "@/classification/edits/table"
import type { PtpEdit } from "@/classification/edits/types"
import { PackDamaged } from "@/classification/pack/open"
import { groupEdits, quarterOf, readEdits, recogniseEdits } from "@/classification/readers/ncci-files"
import { ReaderError } from "@/classification/readers/reader-error"
import { workbook } from "./minis"
import { mueCsv, type PairRow, ptpCells, ptpText } from "./ncci"

const PAIRS: PairRow[] = [
  ["G0101", "G0102", "20100101", "*", "1", "Misuse of column two code with column one code"],
  ["G0101", "Q0091", "20150101", "20191231", "0", "Standards of medical / surgical practice"],
  ["J1100", "G0101", "20200101", "*", "0", "Mutually exclusive procedures"]
]
const file = (name: string, content: string | Uint8Array) => ({
  name,
  content: typeof content === "string" ? strToU8(content) : content
})
const tables = (...files: ReturnType<typeof file>[]) =>
  groupEdits(files.flatMap((each) => recogniseEdits(each) ?? [])).map((parts) => {
    const { facts, edits } = readEdits(parts)
    return openEdits(compileEdits(facts, edits))
  })

describe("files of CMS claim edits", () => {
  it("are pairs in parts, as text", () => {
    const [table, ...more] = tables(
      file("ccipra-v320r0-f1.txt", ptpText(PAIRS.slice(0, 2))),
      file("ccipra-v320r0-f2.txt", ptpText(PAIRS.slice(2)))
    )
    expect(more).toEqual([])
    expect(table!.facts).toMatchObject({
      id: "ncci-ptp-practitioner-2026-01",
      effective: { from: "2026-01-01", to: "2026-03-31" },
      rows: 3
    })
    expect(table!.pairs("G0101", "Q0091")).toEqual([
      {
        column1: "G0101",
        column2: "Q0091",
        from: "2015-01-01",
        to: "2019-12-31",
        modifier: 0,
        reason: PAIRS[1]![5]
      }
    ])
    expect(table!.pairs("Q0091", "G0101")).toEqual([])
  })

  it("are the same as a workbook, and a workbook beside its text counts once", () => {
    const book = file("ccioph-v321r0-f1.xlsx", workbook(ptpCells(PAIRS)))
    const [table] = tables(book)
    expect(table!.facts).toMatchObject({ audience: "hospital", release: "2026-04", rows: 3 })
    const both = [book, file("ccioph-v321r0-f1.txt", ptpText(PAIRS))].flatMap(
      (each) => recogniseEdits(each) ?? []
    )
    expect(groupEdits(both).map((group) => group.map(({ file: { name } }) => name))).toEqual([
      ["ccioph-v321r0-f1.txt"]
    ])
  })

  it("are units by audience, as csv or workbook", () => {
    const rows = [
      ["G0101", 1, "2 Date of Service Edit: Policy", "Code Descriptor, CPT Instruction"],
      ["J1100", 120, "3 Date of Service Edit: Clinical", "Nature of Service"]
    ] as const
    const [one, two] = tables(
      file("MCR_MUE_PractitionerServices_Eff_01-01-2026.csv", mueCsv(rows)),
      file("MCR_MUE_OutpatientHospitalServices_Eff_04-01-2026.csv", mueCsv(rows, "hospital"))
    )
    expect(one!.facts.id).toBe("ncci-mue-practitioner-2026-01")
    expect(two!.facts.id).toBe("ncci-mue-hospital-2026-04")
    expect(one!.units("J1100")).toMatchObject({ units: 120, indicator: 3 })
    expect(one!.units("A0000")).toBeUndefined()
    const cells = [
      ["HCPCS/CPT Code", "DME Supplier Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"],
      ["E0110", 2, "1 Line Edit", "Clinical: Data"]
    ]
    const [supplier] = tables(file("MUE_Eff_07-01-2026.xlsx", workbook(cells)))
    expect(supplier!.facts.audience).toBe("supplier")
    expect(supplier!.units("E0110")).toMatchObject({ units: 2, indicator: 1 })
  })

  it.each([
    ["ccipra-v313r0-f2.txt", "2025-10"],
    ["MCR_MUE_DMESupplier_Eff_10-01-2025.csv", "2025-10"],
    ["medicare-ncci-2026q2-practitioner.txt", "2026-04"],
    ["pairs.txt", undefined]
  ])("%s is of quarter %s", (name, quarter) => {
    expect(quarterOf(name)).toBe(quarter)
  })

  it("tell the quarter of pairs by their newest day when the name is silent, and ask for that of units", () => {
    expect(tables(file("pairs.txt", ptpText(PAIRS)))[0]!.facts.release).toBe("2020-01")
    const units = file("units.csv", mueCsv([["G0101", 1, "2 Policy", "x"]]))
    expect(() => tables(units)).toThrow(/a name with its quarter/)
  })

  it("name file and line of what is wrong, and nothing is taken", () => {
    const broken = (change: Partial<Record<number, string>>) => {
      const row: string[] = [...PAIRS[0]!]
      for (const [at, value] of Object.entries(change)) row[Number(at)] = value ?? ""
      return file("ccipra-v320r0-f1.txt", ptpText([PAIRS[1]!, row as unknown as PairRow]))
    }
    for (const change of [{ 1: "G01" }, { 2: "2010-01-01" }, { 2: "" }, { 3: "19" }, { 4: "2" }])
      expect(() => tables(broken(change))).toThrow(/f1\.txt.*8/)
    expect(() => tables(file("m_Eff_01-01-2026.csv", mueCsv([["G0101", 1, "7 Other", "x"]])))).toThrow(
      ReaderError
    )
  })

  it("are not taken for anything else", () => {
    expect(recogniseEdits(file("order.txt", "00001 A00     0 Cholera    Cholera"))).toBeUndefined()
    expect(recogniseEdits(file("no.xlsx", "no workbook"))).toBeUndefined()
    expect(recogniseEdits(file("other.xlsx", workbook([["Code", "Title"]])))).toBeUndefined()
  })

  it("answer as a plain list of rows would", () => {
    const code = fc.constantFrom("A0001", "A0002", "B0001", "C0009", "G0101")
    const day = fc.constantFrom("2010-01-01", "2015-07-01", "2020-10-01")
    const edit: fc.Arbitrary<PtpEdit> = fc.record(
      {
        column1: code,
        column2: code,
        from: day,
        to: fc.constant("2021-01-01"),
        modifier: fc.constantFrom(0 as const, 1 as const, 9 as const),
        reason: fc.constantFrom("a", "b")
      },
      { requiredKeys: ["column1", "column2", "from", "modifier", "reason"] }
    )
    const unique = fc.uniqueArray(edit, {
      selector: (e) => `${e.column1} ${e.column2} ${e.from}`,
      maxLength: 30
    })
    fc.assert(
      fc.property(unique, code, code, (rows, a, b) => {
        const facts = {
          id: "ncci-ptp-practitioner-2026-01",
          kind: "ptp" as const,
          audience: "practitioner" as const,
          release: "2026-01",
          effective: { from: "2026-01-01", to: "2026-03-31" }
        }
        const table = openEdits(compileEdits(facts, { kind: "ptp", rows }))
        const wanted = rows
          .filter((row) => row.column1 === a && row.column2 === b)
          .sort((x, y) => x.from.localeCompare(y.from))
        expect(table.pairs(a, b)).toEqual(wanted)
      })
    )
  })

  it("are opened whole or refused as damaged", () => {
    const { facts, edits } = readEdits([recogniseEdits(file("ccipra-v320r0-f1.txt", ptpText(PAIRS)))!])
    const bytes = compileEdits(facts, edits)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        for (const wrong of [
          bytes.slice(0, at),
          Uint8Array.from(bytes, (byte, i) => (i === at ? value : byte))
        ]) {
          try {
            openEdits(wrong as Uint8Array<ArrayBuffer>).pairs("G0101", "G0102")
          } catch (error) {
            expect(error).toBeInstanceOf(PackDamaged)
          }
        }
      })
    )
  })
})
