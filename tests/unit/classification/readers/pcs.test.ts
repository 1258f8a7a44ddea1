/** ICD-10-PCS from its official layouts. */
import { describe, expect, it } from "vitest"
import { readPcsDefinitions, withDefinitionsAddenda } from "@/classification/readers/pcs-definitions"
import { readPcsIndex } from "@/classification/readers/pcs-index"
import { compareTablesWithOrder, type PcsParts, pcsModel } from "@/classification/readers/pcs-model"
import { readPcsOrder, readPcsOrderAddenda } from "@/classification/readers/pcs-order"
import { codesOfTables, readPcsTables } from "@/classification/readers/pcs-tables"
import { readPcsTablesAddenda, withTablesAddenda } from "@/classification/readers/pcs-tables-addenda"
import { ReaderError } from "@/classification/readers/reader-error"
import {
  PCS_DEFINITIONS,
  PCS_ORDER,
  PCS_TABLES,
  pcsIndexXml,
  pcsOrderText,
  pcsTablesXml,
  pcsTableXml
} from "./pcs-layouts"

const file = (content: string, name = "file") => ({ name, content })
const order = (rows: readonly (readonly [string, string])[] = PCS_ORDER) =>
  readPcsOrder(file(pcsOrderText(rows)))
const tables = () => readPcsTables(file(pcsTablesXml(PCS_TABLES)))

const parts = (): PcsParts => ({
  release: "FY2026",
  effective: { from: "2025-10-01", to: "2026-09-30" },
  provenance: { source: "test", files: [] },
  order: order(),
  tables: tables(),
  definitions: readPcsDefinitions(file(PCS_DEFINITIONS)),
  index: readPcsIndex(
    file(pcsIndexXml("<mainTerm><title>Cholecystectomy</title><code>0FT44ZZ</code></mainTerm>"))
  )
})

describe("PCS order file", () => {
  it("reads tables as headers and seven characters as codes", () => {
    expect(order().map(({ code, billable }) => [code, billable])).toEqual(
      PCS_ORDER.map(([code]) => [code, code.length === 7])
    )
  })

  it.each([
    ["a letter that reads like a digit", [["0FO", "x"]] as const, "an ICD-10-PCS table"],
    ["a code without its table", [PCS_ORDER[1]!], "a code of table"],
    ["a code of another table", [PCS_ORDER[0]!, PCS_ORDER[6]!], "a code of table 0FB"]
  ])("refuses %s", (_, rows, message) => {
    expect(() => order(rows)).toThrow(ReaderError)
    expect(() => order(rows)).toThrow(message)
  })
})

describe("PCS order addenda", () => {
  const line = (action: string, code: string, title: string) =>
    `${action.padEnd(13)}${code.padEnd(7)} ${title.slice(0, 60).padEnd(60)} ${title}\r\n`
  const summary = (added: number, deleted: number, revised: number) =>
    `\r\nHeaders\r\n  2 headers in a.txt\r\n      ${added} additions\r\n      0 deletions\r\n      0 revisions\r\n\r\nCodes\r\n      0 additions\r\n      ${deleted} deletions\r\n      ${revised} revisions\r\n`

  it("reads what was added, deleted and revised, and holds it against both parts of the summary", () => {
    const text =
      line("Add:", "0FT", "Resection") +
      line("Delete:", "0FB00ZX", "Excision of Liver") +
      line("Revise from:", "0FB00ZZ", "Excision of Livr") +
      line("Revise to:", "0FB00ZZ", "Excision of Liver")
    const addenda = readPcsOrderAddenda(file(text + summary(1, 1, 1)))
    expect(addenda.added.map(({ code, billable }) => [code, billable])).toEqual([["0FT", false]])
    expect(addenda.deleted.map(({ code }) => code)).toEqual(["0FB00ZX"])
    expect(addenda.revised).toMatchObject([{ from: { title: "Excision of Livr" }, to: { code: "0FB00ZZ" } }])
    expect(() => readPcsOrderAddenda(file(text + summary(2, 1, 1)))).toThrow("2 additions")
    expect(() => readPcsOrderAddenda(file(text))).toThrow("file cut off?")
  })

  it("refuses half a revision", () => {
    expect(() => readPcsOrderAddenda(file(line("Revise to:", "0FT", "x") + summary(0, 0, 1)))).toThrow(
      "Revise from:"
    )
    expect(() => readPcsOrderAddenda(file(line("Revise from:", "0FT", "x") + summary(0, 0, 1)))).toThrow(
      "Revise to:"
    )
  })
})

describe("PCS tables", () => {
  it("allows every combination inside a row and none between rows", () => {
    expect([...codesOfTables(tables().tables)].sort()).toEqual(
      PCS_ORDER.map(([code]) => code).filter((code) => code.length === 7)
    )
  })

  it("says how the first three characters are called where it is not the usual", () => {
    const [usual, other] = [PCS_TABLES[0]!, PCS_TABLES[1]!.replace(">Operation<", ">Modality<")]
    const read = readPcsTables(file(pcsTablesXml([usual, other]))).tables
    expect(read.map(({ headings }) => headings)).toEqual([undefined, ["Section", "Body System", "Modality"]])
  })

  it.each([
    [
      "a row that counts other codes",
      pcsTablesXml([
        pcsTableXml(
          ["T", "Resection", ""],
          [{ parts: [["4", "x"]], approaches: [["0", "Open"]], qualifiers: [["Z", "No"]], codes: 7 }]
        )
      ]),
      'codes="7"'
    ],
    ["a table twice", pcsTablesXml([PCS_TABLES[0]!, PCS_TABLES[0]!]), "each table once"],
    ["no tables", pcsTablesXml([]), "tables"],
    ["another root", PCS_DEFINITIONS, "<ICD10PCS.tabular>"],
    ["an axis out of step", pcsTablesXml(PCS_TABLES).replace('pos="5"', 'pos="6"'), 'pos="5"'],
    ["a file cut off", pcsTablesXml(PCS_TABLES).slice(0, 900), "well-formed XML"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readPcsTables(file(content))).toThrow(ReaderError)
    expect(() => readPcsTables(file(content))).toThrow(message)
  })
})

const ADDENDA = `
FY2026: table 0 F T
  First character (Section) is value 0: Medical and Surgical
  Second character (Body System) is value F: Hepatobiliary System and Pancreas
  Third character (Operation) is value T: Resection: Cutting out all of a body part

No change: First panel of table 0 F T
  Fourth character (Body Part) is value 4: Gallbladder
  Fifth character (Approach) has 2 choices.
    First choice is value 0: Open
    Second choice is value 8: Via Natural or Artificial Opening Endoscopic
  Sixth character (Device) is value Z: No Device
  Seventh character (Qualifier) is value Z: No Qualifier
`

describe("PCS tables addenda", () => {
  it("keeps its headings", () => {
    const [changed] = readPcsTablesAddenda(file(ADDENDA.replace("(Operation)", "(Modality)")))
    expect(changed?.headings).toEqual(["Section", "Body System", "Modality"])
    expect(readPcsTablesAddenda(file(ADDENDA))[0]?.headings).toBeUndefined()
  })

  it("prints a changed table whole: it takes the place of the older one", () => {
    const changed = readPcsTablesAddenda(file(ADDENDA.replaceAll("\n", "\r\n")))
    expect(changed).toMatchObject([
      { prefix: "0FT", operation: { label: "Resection", definition: "Cutting out all of a body part" } }
    ])
    const codes = [...codesOfTables(withTablesAddenda(tables().tables, changed))]
    expect(codes).toContain("0FT48ZZ")
    expect(codes).not.toContain("0FT44ZZ")
    expect(codes).toContain("0FB00ZZ")
  })

  it.each([
    ["a choice too few", ADDENDA.replace(/ {4}Second.*\n/, ""), "1 more choices"],
    ["a character left out", ADDENDA.replace(/ {2}Sixth.*\n/, ""), "Sixth character"],
    ["a panel of another table", ADDENDA.replace("panel of table 0 F T", "panel of table 0 F B"), "0FT"],
    ["a panel cut off", ADDENDA.replace(/ {2}Seventh.*\n/, ""), "characters 4 to 7"],
    ["a foreign line", `${ADDENDA}\nHello`, "a table, a panel"],
    ["nothing", "\n", "tables"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readPcsTablesAddenda(file(content))).toThrow(message)
  })
})

describe("PCS definitions", () => {
  it("are joined to the values they hold for, and to no other", () => {
    const { pcsTables } = pcsModel(parts())
    const [excision, resection] = pcsTables!
    expect(resection!.operation).toMatchObject({
      explanation: "The whole of it.",
      includes: ["Total nephrectomy"]
    })
    expect(excision!.operation).not.toHaveProperty("explanation")
    expect(excision!.rows[0]!.axes[0]!.values[0]).toMatchObject({ includes: ["Quadrate lobe"] })
    expect(excision!.rows[0]!.axes[1]!.values[0]).toMatchObject({ definition: "Cutting through the skin" })
    expect(resection!.rows[0]!.axes[2]!.values[0]).toMatchObject({ includes: ["Nothing left behind"] })
    expect(excision!.rows[0]!.axes[2]!.values[0]).not.toHaveProperty("includes")
  })

  it("take the addenda in", () => {
    const addenda = `Section 0               Medical and Surgical\r
Axis 4                  Body Part\r
Row                     \r
Term                    Liver\r
Includes    Add         Caudate lobe(R)\r
Includes    Delete      Quadrate lobe\r
Row         Add         \r
Term        Add         Gallbladder\r
Definition  Add         A small sac\r
`
    const { terms } = withDefinitionsAddenda(readPcsDefinitions(file(PCS_DEFINITIONS)), file(addenda))
    expect(terms.find(({ title }) => title === "Liver")?.includes).toEqual(["Caudate lobe®"])
    expect(terms.find(({ title }) => title === "Gallbladder")?.definition).toBe("A small sac")
    const broken = addenda.replace("Delete      Quadrate", "Delete      Left")
    expect(() => withDefinitionsAddenda(readPcsDefinitions(file(PCS_DEFINITIONS)), file(broken))).toThrow(
      "an inclusion that exists"
    )
    expect(() => withDefinitionsAddenda(readPcsDefinitions(file(PCS_DEFINITIONS)), file("Hello"))).toThrow(
      "a line of the definitions addenda"
    )
  })
})

describe("PCS index", () => {
  it("reads codes, beginnings, references with their table, and keys", () => {
    const { entries } = readPcsIndex(
      file(
        pcsIndexXml(`
<mainTerm><title>Abdominohysterectomy</title><see>Resection, Uterus<codes>0UT9</codes></see></mainTerm>
<mainTerm><title>Abductor hallucis muscle</title>
  <term level="1"><use>Foot Muscle, Right</use></term><term level="1"><use>Foot Muscle, Left</use></term></mainTerm>
<mainTerm><title>Accolade(R) (hip)</title><use>Stimulator Generator in<tab>0JH</tab></use></mainTerm>
<mainTerm><title>Bypass</title><term level="1"><title>Liver</title><codes>0F1</codes></term></mainTerm>`)
      )
    )
    expect(entries).toMatchObject([
      { parent: -1, see: "Resection, Uterus", beginnings: ["0UT9"], incomplete: true },
      { parent: -1, title: "Abductor hallucis muscle" },
      { parent: 1, title: "", use: "Foot Muscle, Right" },
      { parent: 1, title: "", use: "Foot Muscle, Left" },
      { title: "Accolade®", nonessential: ["hip"], use: "Stimulator Generator", beginnings: ["0JH"] },
      { title: "Bypass" },
      { parent: 5, title: "Liver", beginnings: ["0F1"] }
    ])
  })

  it.each([
    ["a text that is no code", "<mainTerm><title>A</title><code>0FT4</code></mainTerm>", "a PCS code"],
    ["an unknown element", "<mainTerm><title>A</title><cell>0FT4</cell></mainTerm>", "the PCS index"],
    ["a main term without title", "<mainTerm><code>0FT44ZZ</code></mainTerm>", "a title of the main term"]
  ])("refuses %s", (_, letters, message) => {
    expect(() => readPcsIndex(file(pcsIndexXml(letters)))).toThrow(message)
  })
})

describe("PCS model", () => {
  it("puts the release together, sections as chapters and body systems as blocks", () => {
    const model = pcsModel(parts())
    expect(model.codes.map(({ code }) => code)).toEqual(PCS_ORDER.map(([code]) => code))
    expect(model.remarks).toEqual([])
    expect(model.sections.map(({ kind, id, first, last }) => [kind, id, first, last])).toEqual([
      ["chapter", "0", "0FB", "0FT"],
      ["block", "0F", "0FB", "0FT"]
    ])
  })

  it("dates what an update within the year added and ended, and keeps both", () => {
    const october = order(PCS_ORDER.filter(([code]) => code !== "0FB40ZZ"))
    const april = order(PCS_ORDER.filter(([code]) => code !== "0FB00ZX"))
    const { tables: _, definitions: __, ...bare } = parts()
    const { codes } = pcsModel({ ...bare, order: april, before: { order: october, until: "2026-04-01" } })
    expect(codes.map(({ code }) => code)).toEqual(PCS_ORDER.map(([code]) => code))
    expect(codes.filter(({ added }) => added)).toMatchObject([{ code: "0FB40ZZ", added: "2026-04-01" }])
    expect(codes.filter(({ ended }) => ended)).toMatchObject([{ code: "0FB00ZX", ended: "2026-03-31" }])
  })

  it("borrows an older index, says so, and drops what it no longer has", () => {
    const model = pcsModel({
      ...parts(),
      index: readPcsIndex(
        file(
          pcsIndexXml(
            `<mainTerm><title>A</title><code>0FT47ZZ</code></mainTerm><mainTerm><title>B</title><codes>0FT7</codes></mainTerm><mainTerm><title>C</title><codes>0FT4</codes></mainTerm>`,
            "2025"
          )
        )
      )
    })
    expect(model.borrowedFrom).toBe("FY2025")
    expect(model.index).toEqual([
      { source: "pcs", parent: -1, title: "A", nonessential: [], outdated: "0FT47ZZ" },
      { source: "pcs", parent: -1, title: "B", nonessential: [], outdated: "0FT7" },
      { source: "pcs", parent: -1, title: "C", nonessential: [], beginnings: ["0FT4"], incomplete: true }
    ])
    expect(model.remarks.join(" ")).toContain("2 of its 3 lines")
  })

  it("says by which codes tables and order file differ", () => {
    const { codes } = pcsModel(parts())
    const some = codes.filter(({ code }) => code !== "0FT44ZZ")
    expect(compareTablesWithOrder(tables().tables, some)).toEqual({
      onlyListed: [],
      onlyAllowed: ["0FT44ZZ"]
    })
    expect(compareTablesWithOrder(tables().tables.slice(1), some).onlyListed).toHaveLength(4)
  })

  it("refuses parts of other releases", () => {
    const older = readPcsTables(file(pcsTablesXml(PCS_TABLES, "2025")))
    expect(() => pcsModel({ ...parts(), tables: older })).toThrow("version 2026")
    expect(() => pcsModel({ ...parts(), release: "2026" })).toThrow("a release such as FY2026")
    const other = { version: "2026", tables: tables().tables.slice(0, 1) }
    expect(() => pcsModel({ ...parts(), tables: other })).toThrow("tables of the same release")
  })
})
