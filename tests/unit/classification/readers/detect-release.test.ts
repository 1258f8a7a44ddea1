/** What a set of dropped files is. The CPT lines are made up (see cpt.test.ts). */
import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { detectRelease, readRelease } from "@/classification/readers/detect-release"
import { ReaderError } from "@/classification/readers/reader-error"
import { hcpcsRecord, indexXml, orderText, tableXml, tabularXml } from "./layouts"
import {
  PCS_DEFINITIONS,
  PCS_ORDER,
  PCS_TABLES,
  pcsIndexXml,
  pcsOrderText,
  pcsTablesXml
} from "./pcs-layouts"

const plain = (name: string, text: string) => ({ name, bytes: strToU8(text) })
const zip = (name: string, members: Record<string, string>) => ({
  name,
  bytes: zipSync(Object.fromEntries(Object.entries(members).map(([path, text]) => [path, strToU8(text)])))
})

const ORDER = orderText([
  ["I10", true, "Essential (primary) hypertension"],
  ["I11", false, "Hypertensive heart disease"],
  ["I110", true, "Hypertensive heart disease with heart failure"]
])
const TABULAR = tabularXml(
  `<chapter><name>9</name><desc>Diseases of the circulatory system (I00-I99)</desc><section id="I10-I16"><desc>Hypertensive diseases (I10-I16)</desc><diag><name>I10</name><desc>Essential (primary) hypertension</desc></diag></section></chapter>`
)
const INDEX = indexXml("<mainTerm><title>Hypertension</title><code>I10</code></mainTerm>")
const EXTERNAL = indexXml(
  "<mainTerm><title>Fall</title></mainTerm>",
  "ICD-10-CM EXTERNAL CAUSE OF INJURIES INDEX"
)
const NEOPLASM = tableXml("Neoplasm", ["Malignant Primary"], "<mainTerm><title>Neoplasm</title></mainTerm>")
const RECORDS = `***Disclaimers\r\n\r\n${hcpcsRecord("E0143", 1, "3", "Walker, folding, wheeled")}\r\n`
const CPT = "Licence of the publisher\r\n00011\tMade-up one\r\n00012\tMade-up two\r\n00013\tMade-up three\r\n"

describe("detectRelease", () => {
  it("knows ICD-10-CM from zips of order file and XML, and says what is missing", () => {
    const files = [
      zip("order.zip", { "icd10cm_order_2026.txt": ORDER, "icd10OrderFiles.pdf": "%PDF" }),
      zip("xml.zip", {
        "a/tabular.xml": TABULAR,
        "a/one.xml": INDEX,
        "a/two.xml": EXTERNAL,
        "n.xml": NEOPLASM
      })
    ]
    const found = detectRelease(files)
    expect(found).toMatchObject({
      system: "ICD-10-CM",
      release: "FY2026",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      missing: ["The Table of Drugs and Chemicals is missing."],
      ignored: ["order.zip/icd10OrderFiles.pdf"]
    })
    expect(found.parts.map(({ part }) => part)).toEqual(["order", "tabular", "index", "external", "neoplasm"])
    const model = readRelease(files)
    expect(model.codes).toHaveLength(3)
    expect(model.index.some(({ title, code }) => title === "Hypertension" && code === "I10")).toBe(true)
    expect(model.provenance).toMatchObject({
      source: "import",
      files: [{ name: "icd10cm_order_2026.txt" }, {}, {}, {}, {}]
    })
  })

  it("knows ICD-10-PCS; of two order files the longer is the update of April", () => {
    const october = PCS_ORDER.filter(([code]) => code !== "0FB40ZZ")
    const files = [
      zip("april.zip", { "icd10pcs_order_2026.txt": pcsOrderText(PCS_ORDER) }),
      zip("october.zip", { "icd10pcs_order_2026.txt": pcsOrderText(october) }),
      plain("icd10pcs_tables_2026.xml", pcsTablesXml(PCS_TABLES)),
      plain("definitions.xml", PCS_DEFINITIONS),
      plain("index.xml", pcsIndexXml("<mainTerm><title>A</title><tab>0FT</tab></mainTerm>", "2025"))
    ]
    expect(detectRelease(files)).toMatchObject({ system: "ICD-10-PCS", release: "FY2026", missing: [] })
    const model = readRelease(files)
    expect(model.codes.find(({ code }) => code === "0FB40ZZ")?.added).toBe("2026-04-01")
    expect(model.borrowedFrom).toBe("FY2025")
    expect(model.pcsTables).toHaveLength(2)
  })

  it("knows HCPCS and its quarter by the name", () => {
    const found = detectRelease([zip("x.zip", { "HCPC2026_JAN_ANWEB.txt": RECORDS })])
    expect(found).toMatchObject({
      system: "HCPCS",
      release: "2026-01",
      effective: { from: "2026-01-01", to: "2026-03-31" }
    })
    expect(readRelease([plain("anweb.txt", RECORDS)], { release: "2025-10" }).effective).toEqual({
      from: "2025-10-01",
      to: "2025-12-31"
    })
  })

  it("knows CPT, whose files tell no year: the user must", () => {
    const files = [plain("LONGULT.txt", CPT)]
    const found = detectRelease(files)
    expect(found.system).toBe("CPT")
    expect(found).not.toHaveProperty("release")
    expect(() => readRelease(files)).toThrow("the release to be named (2026)")
    expect(readRelease(files, { release: "2026" }).codes).toHaveLength(3)
    expect(() => readRelease(files, { release: "26" })).toThrow("a release such as 2026")
  })

  it.each([
    ["nothing known", [plain("a.txt", "Hello")], "official files of ICD-10-CM"],
    ["XML without order file", [plain("t.xml", TABULAR)], "the order file"],
    ["no file at all", [], "official files of ICD-10-CM"],
    [
      "a damaged zip",
      [{ name: "x.zip", bytes: Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0) }],
      "a whole zip archive"
    ]
  ])("refuses %s", (_, files, message) => {
    expect(() => detectRelease(files)).toThrow(ReaderError)
    expect(() => detectRelease(files)).toThrow(message)
  })

  it("refuses two files of the same kind, and parts of different years", () => {
    const two = [plain("icd10cm_order_2026.txt", ORDER), plain("icd10cm_order_2027.txt", ORDER)]
    expect(() => readRelease(two)).toThrow("two of the same kind")
    const mixed = [plain("icd10cm_order_2027.txt", ORDER), plain("t.xml", TABULAR)]
    expect(() => readRelease(mixed)).toThrow("version 2027")
  })
})
