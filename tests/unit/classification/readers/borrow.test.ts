import { describe, expect, it } from "vitest"
import type { CodeSetModel, ModelIndexEntry } from "@/classification/model"
import { assembleIcd10cm } from "@/classification/readers/assemble"
import { borrowFrom } from "@/classification/readers/borrow"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readOrderFile } from "@/classification/readers/order-file"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { indexXml, orderText, tableXml, tabularXml } from "./layouts"

const OLDER = [
  ["C32", false, "Malignant neoplasm of larynx"],
  ["C320", true, "Malignant neoplasm of glottis"],
  ["C78", false, "Secondary malignant neoplasm of respiratory and digestive organs"],
  ["C7839", true, "Secondary malignant neoplasm of other respiratory organs"],
  ["I42", false, "Cardiomyopathy"],
  ["I420", true, "Dilated cardiomyopathy"],
  ["I49", false, "Other cardiac arrhythmias"],
  ["I498", true, "Other specified cardiac arrhythmias"],
  ["J44", false, "Other chronic obstructive pulmonary disease"],
  ["J449", true, "Chronic obstructive pulmonary disease, unspecified"],
  ["J4A", true, "Chronic lung allograft dysfunction"],
  ["J45", true, "Asthma"],
  ["M72", false, "Fibroblastic disorders"],
  ["M722", true, "Plantar fascial fibromatosis"],
  ["T52", false, "Toxic effect of organic solvents"],
  ["T528X1A", true, "Toxic effect of other organic solvents, initial encounter"]
] as const

const NEWER = [
  ...OLDER.slice(0, 3),
  ["C7831", true, "Secondary malignant neoplasm of larynx"],
  OLDER[3],
  OLDER[4],
  ["I420", false, "Dilated cardiomyopathy"],
  ["I4200", true, "Dilated cardiomyopathy, unspecified"],
  ["I4201", true, "Familial-genetic dilated cardiomyopathy"],
  OLDER[6],
  ["I498", false, "Other specified cardiac arrhythmias"],
  ["I4981", true, "Brugada syndrome"],
  ["I4989", true, "Other specified cardiac arrhythmias not elsewhere classified"],
  ...OLDER.slice(8, 11),
  ["J4B", true, "Pulmonary mycetoma"],
  OLDER[11],
  ["M67", false, "Other disorders of synovium and tendon"],
  ["M67A", false, "Plantar fasciitis"],
  ["M67A1", true, "Plantar fasciitis, right foot"],
  OLDER[12],
  ["M722", false, "Plantar fascial fibromatosis"],
  ["M7220", true, "Plantar fascial fibromatosis, unspecified foot"],
  OLDER[14],
  ["T5281", true, "Toxic effect of alkenes"]
] as const

const TABULAR = tabularXml(`
<chapter><name>10</name><desc>Respiratory (J00-J99)</desc>
  <section id="J40-J4A"><desc>Chronic lower respiratory diseases (J40-J4A)</desc>
    <diag><name>J44</name><desc>Other chronic obstructive pulmonary disease</desc>
      <excludes2><note>asthma (J45)</note></excludes2><diag><name>J44.9</name><desc>COPD</desc></diag></diag>
    <diag><name>J4A</name><desc>Chronic lung allograft dysfunction</desc></diag></section>
  <section id="J45"><desc>Asthma (J45)</desc><diag><name>J45</name><desc>Asthma</desc></diag></section></chapter>
<chapter><name>13</name><desc>Musculoskeletal (M00-M99)</desc>
  <section id="M70-M79"><desc>Other soft tissue disorders (M70-M79)</desc>
    <diag><name>M72</name><desc>Fibroblastic disorders</desc>
      <diag><name>M72.2</name><desc>Plantar fascial fibromatosis</desc>
        <inclusionTerm><note>Plantar fasciitis</note><note>Ledderhose disease</note><note>Plantar fascial fibromatosis NOS</note></inclusionTerm>
        <excludes1><note>knuckle pads (M72.1)</note></excludes1></diag></diag></section></chapter>`)

const INDEX = indexXml(`
<mainTerm><title>Cardiomyopathy<nemod>(familial)</nemod></title>
  <term level="1"><title>congestive</title><code>I42.0</code></term>
  <term level="1"><title>dilated</title><code>I42.0</code></term></mainTerm>
<mainTerm><title>Fasciitis</title><term level="1"><title>plantar</title><code>M72.2</code></term></mainTerm>
<mainTerm><title>Fibromatosis</title><term level="1"><title>plantar fascial</title><code>M72.2</code></term></mainTerm>
<mainTerm><title>Contraction, contracture</title><term level="1"><title>plantar fascia</title><code>M72.2</code></term></mainTerm>
<mainTerm><title>Syndrome</title><term level="1"><title>Brugada's</title><code>I49.8</code></term></mainTerm>
<mainTerm><title>Asthma</title><code>J45</code><manif>I49.8</manif></mainTerm>`)

const TABLE = tableXml(
  "Neoplasm",
  ["Malignant Primary", "Malignant Secondary"],
  `<mainTerm><title>Neoplasm, neoplastic</title>
    <term level="1"><title>larynx, laryngeal</title><cell col="2">C32.0</cell><cell col="3">C78.39</cell></term>
    <term level="1"><title>glottis</title><cell col="2">C32.0</cell><cell col="3">C78.39</cell></term>
    <term level="1"><title>trachea</title><cell col="3">C78.39</cell></term></mainTerm>`
)

const rows = (list: readonly (readonly [string, boolean, string])[]) =>
  readOrderFile({ name: "order.txt", content: orderText(list) })

const lender = (): CodeSetModel =>
  assembleIcd10cm({
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    provenance: { source: "test", files: [{ name: "tabular.xml", sha256: "0", bytes: 1 }] },
    order: rows(OLDER),
    tabular: readTabularXml({ name: "tabular.xml", content: TABULAR }),
    indexes: [INDEX, TABLE].map((content) => readIndexXml({ name: "index.xml", content }))
  })

const borrowed = () =>
  borrowFrom(lender(), {
    release: "FY2027",
    effective: { from: "2026-10-01" },
    provenance: { source: "test", files: [{ name: "order.txt", sha256: "1", bytes: 2 }] },
    order: rows(NEWER)
  })

function entry(model: CodeSetModel, ...path: string[]): ModelIndexEntry | undefined {
  let at = -1
  for (const title of path)
    at = model.index.findIndex((each) => each.parent === at && (each.column ?? each.title) === title)
  return model.index[at]
}

describe("a release that borrows notes and index", () => {
  const model = borrowed()

  it("has its own codes and says whose notes it carries", () => {
    expect(model.codes.map(({ code }) => code)).toEqual(NEWER.map(([code]) => code))
    expect(model.borrowedFrom).toBe("FY2026")
    expect(model.remarks[0]).toContain("Notes and index are those of FY2026")
    expect(model.provenance.files.map(({ name }) => name)).toEqual(["order.txt", "tabular.xml"])
    expect(model.codes.find(({ code }) => code === "J44")?.notes).toHaveLength(1)
  })

  it("sends plantar fasciitis to its own new header, never below the old code", () => {
    expect(entry(model, "Fasciitis", "plantar")).toMatchObject({ code: "M67A", incomplete: true })
    const below = model.index.filter(({ code }) => code?.startsWith("M722"))
    // Only the wording of M72.2's own title still leads to it, as a header.
    expect(below.map(({ title, code, incomplete }) => ({ title, code, incomplete }))).toEqual([
      { title: "plantar fascial", code: "M722", incomplete: true }
    ])
  })

  it("marks what no title says as outdated and leads it nowhere", () => {
    for (const path of [
      ["Contraction, contracture", "plantar fascia"],
      ["Cardiomyopathy", "congestive"]
    ]) {
      const moved = entry(model, ...path)
      expect(moved?.code).toBeUndefined()
      expect(moved?.outdated).toMatch(/^(M722|I420)$/)
    }
    expect(model.remarks.join()).toContain("outdated")
  })

  it("takes the unspecified code for the wording of its header, and new titles for wordings of theirs", () => {
    expect(entry(model, "Cardiomyopathy", "dilated")).toMatchObject({ code: "I4200" })
    expect(entry(model, "Cardiomyopathy", "dilated")).not.toHaveProperty("incomplete")
    expect(entry(model, "Syndrome", "Brugada's")).toMatchObject({ code: "I4981" })
    expect(entry(model, "Asthma")).toMatchObject({ code: "J45" })
    expect(entry(model, "Asthma")).not.toHaveProperty("manifestation")
  })

  it("follows the neoplasm table to new codes of a site", () => {
    const secondary = (site: string) =>
      entry(model, "Neoplasm, neoplastic", site, "Malignant Secondary")?.code
    expect(secondary("larynx, laryngeal")).toBe("C7831")
    // Its primary code lies in C32, whose title is "Malignant neoplasm of larynx".
    expect(secondary("glottis")).toBe("C7831")
    expect(secondary("trachea")).toBe("C7839")
  })

  it("keeps an outdated inclusion term readable, and drops one that a new title says", () => {
    expect(model.codes.find(({ code }) => code === "M722")?.notes).toEqual([
      { kind: "note", text: "FY2026 included here (outdated): Ledderhose disease" },
      { kind: "inclusion", text: "Plantar fascial fibromatosis NOS" },
      { kind: "excludes1", text: "knuckle pads (M72.1)" }
    ])
  })

  it("stretches a block over a new category behind it, but not a block of one category", () => {
    const blocks = model.sections
      .filter(({ kind }) => kind === "block")
      .map(({ id, first, last }) => [id, first, last])
    expect(blocks).toEqual([
      ["J40-J4A", "J44", "J4B"],
      ["J45", "J45", "J45"],
      ["M70-M79", "M72", "M72"]
    ])
  })

  it("leads nowhere outside the new release", () => {
    const known = new Set(model.codes.map(({ code }) => code))
    for (const { code, manifestation } of model.index) {
      if (code) expect(known.has(code)).toBe(true)
      if (manifestation) expect(known.has(manifestation)).toBe(true)
    }
  })

  it("leaves the lender as it was", () => {
    const fresh = lender()
    const before = JSON.stringify(fresh)
    borrowFrom(fresh, { ...borrowed(), order: rows(NEWER) })
    expect(JSON.stringify(fresh)).toBe(before)
  })

  it("refuses to borrow from a starter set", () => {
    expect(() => borrowFrom({ ...lender(), complete: false }, { ...borrowed(), order: rows(NEWER) })).toThrow(
      "a full ICD-10-CM release"
    )
  })
})
