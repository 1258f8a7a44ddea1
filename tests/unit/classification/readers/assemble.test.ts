import { describe, expect, it } from "vitest"
import {
  assembleHcpcs,
  assembleIcd10cm,
  assembleStarter,
  type Icd10cmParts
} from "@/classification/readers/assemble"
import { codesFromList } from "@/classification/readers/derive-titles"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readOrderFile } from "@/classification/readers/order-file"
import { ReaderError } from "@/classification/readers/reader-error"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { indexXml, orderText, tabularXml } from "./layouts"

const WRIST = `
<chapter><name>19</name><desc>Injury (S00-T88)</desc>
  <section id="S50-S59"><desc>Injuries to the elbow and forearm (S50-S59)</desc>
    <diag><name>S52</name><desc>Fracture of forearm</desc>
      <excludes1><note>traumatic amputation of forearm (S58.-)</note></excludes1>
      <sevenChrDef><extension char="A">initial encounter for closed fracture</extension><extension char="S">sequela</extension></sevenChrDef>
      <diag><name>S52.5</name><desc>Fracture of lower end of radius</desc></diag>
    </diag>
    <diag><name>S53</name><desc>Dislocation of elbow</desc>
      <diag><name>S53.1</name><desc>Dislocation of ulnohumeral joint</desc>
        <sevenChrDef><extension char="A">initial encounter</extension></sevenChrDef></diag></diag>
  </section></chapter>`

const tabular = (version = "2026", xml = WRIST) =>
  readTabularXml({ name: "tabular.xml", content: tabularXml(xml, version) })

const order = readOrderFile({
  name: "order.txt",
  content: orderText([
    ["S52", false, "Fracture of forearm"],
    ["S525", false, "Fracture of lower end of radius"],
    ["S525XXA", true, "Fracture of lower end of radius, initial encounter for closed fracture"],
    ["S525XXS", true, "Fracture of lower end of radius, sequela"],
    ["S53", false, "Dislocation of elbow"],
    ["S531", false, "Dislocation of ulnohumeral joint"],
    ["S531XXA", true, "Dislocation of ulnohumeral joint, initial encounter"]
  ])
})

const parts = (more: Partial<Icd10cmParts> = {}): Icd10cmParts => ({
  release: "FY2026",
  effective: { from: "2025-10-01" },
  provenance: { source: "test", files: [] },
  order,
  tabular: tabular(),
  indexes: [],
  ...more
})

const index = (entries: string, version = "2026") =>
  readIndexXml({ name: "index.xml", content: indexXml(entries, undefined, version) })

describe("one ICD-10-CM release", () => {
  it("takes codes and titles from the order file, notes and 7th characters from the Tabular List", () => {
    const model = assembleIcd10cm(parts())
    expect(model.codes.map(({ code }) => code)).toEqual(order.map(({ code }) => code))
    expect(model.codes[0]?.notes).toEqual([
      { kind: "excludes1", text: "traumatic amputation of forearm (S58.-)" }
    ])
    expect(model.codes[0]?.seventh).toHaveLength(2)
    expect(model.codes.some((code) => code.derivedTitle)).toBe(false)
    expect(model.complete).toBe(true)
    expect(model.remarks.join()).toContain("No Alphabetic Index")
  })

  it("joins several indexes and drops codes that do not exist, and says so", () => {
    const model = assembleIcd10cm(
      parts({
        indexes: [
          index(
            "<mainTerm><title>Fracture</title><term level='1'><title>radius</title><code>S52.5-</code></term></mainTerm>"
          ),
          index(
            "<mainTerm><title>Misprint</title><code>Z15.08</code><term level='1'><title>below</title><code>S53</code></term></mainTerm>"
          )
        ]
      })
    )
    expect(model.index.map(({ parent, code }) => [parent, code])).toEqual([
      [-1, undefined],
      [0, "S525"],
      [-1, undefined],
      [2, "S53"]
    ])
    expect(model.remarks.join()).toContain("Z1508")
  })

  it("takes a code that exists out of the title of a line without one", () => {
    const titles = ["at homeS53", "at work S99", "resting S53.1"]
    const lines = titles.map((title) => `<mainTerm><title>${title}</title></mainTerm>`)
    const model = assembleIcd10cm(parts({ indexes: [index(lines.join(""))] }))
    expect(model.index.map(({ title, code }) => [title, code])).toEqual([
      ["at homeS53", undefined],
      ["at work S99", undefined],
      ["resting", "S531"]
    ])
  })

  it("refuses parts of different releases", () => {
    expect(() => assembleIcd10cm(parts({ tabular: tabular("2025") }))).toThrow("version 2026")
    expect(() =>
      assembleIcd10cm(parts({ indexes: [index("<mainTerm><title>X</title></mainTerm>", "2024")] }))
    ).toThrow("version 2026")
    const foreign = tabular("2026", WRIST.replaceAll("S53", "S54"))
    expect(() => assembleIcd10cm(parts({ tabular: foreign }))).toThrow("of the same release")
    expect(() => assembleIcd10cm(parts({ release: "October" }))).toThrow("a release such as FY2026")
    expect(() =>
      assembleIcd10cm({ ...parts(), order: undefined, tabular: undefined } as Icd10cmParts)
    ).toThrow("an order file, or a code list")
  })

  it("refuses codes that make no tree", () => {
    const apart = readOrderFile({
      name: "o",
      content: orderText([
        ["S52", false, "Fracture of forearm"],
        ["S53", false, "Dislocation of elbow"],
        ["S525", true, "Fracture of lower end of radius"]
      ])
    })
    expect(() => assembleIcd10cm(parts({ order: apart, tabular: undefined }))).toThrow(
      "next to its header S52"
    )
    const billableHeader = readOrderFile({
      name: "o",
      content: orderText([
        ["S52", true, "Fracture of forearm"],
        ["S525", true, "Fracture of lower end of radius"]
      ])
    })
    expect(() => assembleIcd10cm(parts({ order: billableHeader, tabular: undefined }))).toThrow(
      "S52 as a header"
    )
  })
})

describe("a release without order file", () => {
  const list = order.map(({ code }) => code)

  it("derives titles and flags that equal those of the order file", () => {
    const model = assembleIcd10cm(parts({ order: undefined, codeList: list }))
    expect(model.codes.map(({ code, title, billable }) => ({ code, title, billable }))).toEqual(
      order.map(({ code, title, billable }) => ({ code, title, billable }))
    )
    expect(model.codes.filter((code) => code.derivedTitle).map(({ code }) => code)).toEqual([
      "S525XXA",
      "S525XXS",
      "S531XXA"
    ])
    expect(model.remarks.join()).toContain("the titles of 3 codes")
  })

  it("takes the nearest definition of the 7th characters and refuses a character that has none", () => {
    expect(codesFromList(["S53", "S531", "S531XXA"], tabular(), "list")[2]?.title).toBe(
      "Dislocation of ulnohumeral joint, initial encounter"
    )
    // "S" is defined for fractures only.
    expect(() => codesFromList(["S53", "S531", "S531XXS"], tabular(), "list")).toThrow(ReaderError)
    // No placeholder X where the code has to be filled up.
    expect(() => codesFromList(["S52", "S525", "S52500A"], tabular(), "list")).toThrow("neither")
  })
})

describe("other sets", () => {
  it("marks the starter set as not complete", () => {
    const model = assembleStarter(
      "ICD-10-CM",
      [
        { code: "E11", title: "Type 2 diabetes mellitus", billable: false, notes: [] },
        { code: "E119", title: "Type 2 diabetes mellitus without complications", billable: true, notes: [] }
      ],
      parts()
    )
    expect(model.complete).toBe(false)
    expect(model.remarks[0]).toContain("1 codes, not complete")
  })

  it("keeps HCPCS modifiers out of the codes", () => {
    const model = assembleHcpcs(
      {
        codes: [{ code: "E0143", title: "Walker", billable: true, notes: [] }],
        modifiers: [{ code: "LT", title: "Left side", billable: false, notes: [] }],
        attributes: new Map([["E0143", { hcpcs: { coverage: "D" } }]])
      },
      { ...parts(), release: "2025-10" }
    )
    expect(model.codes.map(({ code }) => code)).toEqual(["E0143"])
    expect(model.modifiers?.map(({ code }) => code)).toEqual(["LT"])
    expect(model.attributes?.get("E0143")).toEqual({ hcpcs: { coverage: "D" } })
    expect(model.lists).toMatchObject([{ kind: "hcpcs", name: "HCPCS Level II 2025-10" }])
  })
})
