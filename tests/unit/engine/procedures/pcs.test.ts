/**
 * Procedures of a stay as ICD-10-PCS. The pack is the real one, where it is; without it the tests skip (a table of
 * ICD-10-PCS in a test would be an extract of the release).
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { openArchive } from "@/classification/readers/archive"
import { readPcsDefinitions } from "@/classification/readers/pcs-definitions"
import { readPcsIndex } from "@/classification/readers/pcs-index"
import { pcsModel } from "@/classification/readers/pcs-model"
import { readPcsOrder } from "@/classification/readers/pcs-order"
import { readPcsTables } from "@/classification/readers/pcs-tables"
import { sourceSettings } from "@/cli/sources/resolve"
import { createEngine, type Engine } from "@/engine/index"
import type { Setting } from "@/engine/types"
import { repositoryLexicon } from "../../lexicon/read-files"

const releases = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES }).releases ?? ""
const here = releases !== "" && existsSync(join(releases, "icd10pcs"))
if (!here) console.log("official PCS releases are not on this machine: the tests of procedures are skipped")

const lexicon = repositoryLexicon()

let engine: Engine | undefined
function pcsEngine(): Engine {
  if (engine) return engine
  const file = (path: string) => ({
    name: path,
    content: new Uint8Array(readFileSync(join(releases, "icd10pcs/2025-10", path)))
  })
  const order = openArchive(
    file("2026-icd-10-pcs-order-file-long-and-abbreviated-titles.zip"),
    (name) => name === "icd10pcs_order_2026.txt"
  )
  const model = pcsModel({
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    provenance: { source: "test", files: [] },
    order: readPcsOrder([...order.values()][0]!),
    tables: readPcsTables(file("icd10pcs_tables_2026.xml")),
    definitions: readPcsDefinitions(file("icd10pcs_definitions_2026.xml")),
    index: readPcsIndex({
      name: "index",
      content: new Uint8Array(readFileSync(join(releases, "icd10pcs/2024-10/icd10pcs_index_2025.xml")))
    })
  })
  engine = createEngine({ packs: [openPack(compilePack(model))], lexicon })
  return engine
}

function suggestions(text: string, setting: Setting = "inpatient") {
  return pcsEngine().suggest({ documents: [{ doc: "", text }], setting, date: "2026-01-15" }).suggestions
}

describe.skipIf(!here)("procedures of a stay", () => {
  it.each(lexicon.pcsProcedures ?? [])("$id reads its examples", ({ examples }) => {
    for (const { text, code } of examples.fires) {
      const codes = suggestions(text).map((each) => each.code)
      expect([text, codes.includes(code) ? code : codes]).toEqual([text, code])
    }
    for (const text of examples.quiet) {
      expect([text, suggestions(text).map(({ code }) => code)]).toEqual([text, []])
    }
  })

  it("are never suggested outside a stay", () => {
    const text = "Procedure performed: Laparoscopic cholecystectomy."
    expect(suggestions(text, "outpatient")).toEqual([])
    expect(suggestions(text, "professional")).toEqual([])
  })

  it("are billable only when every axis is known, and offer what is open", () => {
    const [open] = suggestions("Procedure performed: Cholecystectomy.")
    expect(open).toMatchObject({ code: "0FT4", billable: false, tier: "consider", system: "ICD-10-PCS" })
    const approach = open?.axes.find(({ axis }) => axis === "Approach")
    expect(approach?.options).toContainEqual({ value: "Percutaneous Endoscopic", code: "0FT44" })
    expect(open?.axes.find(({ axis }) => axis === "Device")).toMatchObject({ value: "No Device" })
    const [whole] = suggestions("Procedure performed: Laparoscopic cholecystectomy.")
    expect(whole).toMatchObject({ code: "0FT44ZZ", billable: true, tier: "consider" })
  })

  it.each([
    ["Procedure performed: Open omentectomy.", ["0DT"]],
    ["Procedure performed: Partial open omentectomy.", ["0DB"]],
    ["Procedure performed: Culdocentesis.", ["0U9F"]],
    ["Past surgical history: Omentectomy.", []],
    ["Hospital course: Omentectomy was discussed.", []]
  ])("by the Index, where an operation is reported: %s", (text, expected) => {
    const codes = suggestions(text).map(({ code }) => code)
    expect(codes).toHaveLength(expected.length)
    for (const code of expected) expect(codes.join()).toContain(code)
  })

  it.each([
    // B3.1b, B3.11a: the way in and the look around belong to the operation; so does the airway of an anesthesia.
    ["Procedure performed: Craniotomy.", []],
    ["Procedure performed: EGD. PEG tube placement.", ["0DH63UZ"]],
    // Told of another time, or only spoken of.
    ["Indications: The patient underwent colonoscopy.", []],
    ["History of present illness: She underwent bronchoscopy and came to our clinic.", []],
    ["Procedure: I felt that the cystectomy would be palliative.", []],
    ["Procedure: The dressing was placed on the tracheostomy site.", []],
    // A name too wide for the Index to tell the part.
    ["Procedure performed: Arthroplasty left second toe.", []],
    // What the note says elsewhere decides the root operation.
    ["Preoperative diagnosis: Blighted ovum. Procedure performed: Suction D&C.", ["10D1"]]
  ])("as a coder signs: %s", (text, expected) => {
    expect(
      suggestions(text)
        .filter(({ system }) => system === "ICD-10-PCS")
        .map(({ code }) => code)
    ).toEqual(expected)
  })

  it("says one suggestion for a procedure named and described", () => {
    const text =
      "Procedure performed: Laparoscopic cholecystectomy.\nDescription of procedure: After consent a cholecystectomy was performed in the usual manner."
    expect(suggestions(text).map(({ code }) => code)).toEqual(["0FT44ZZ"])
  })
})
