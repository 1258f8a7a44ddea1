import { describe, expect, it } from "vitest"
import type { CodeSetModel } from "@/classification/model"
import {
  addCc,
  addHcc,
  addMce,
  addPoaExempt,
  borrowAttributes,
  type ListIdentity
} from "@/classification/readers/attributes"
import { readCcList } from "@/classification/readers/cc-list"
import { readCsv } from "@/classification/readers/csv"
import { expectSameHcc, readHccFormat, readHccLabels } from "@/classification/readers/hcc-format"
import { readHccMappings } from "@/classification/readers/hcc-mappings"
import { readMceAges, readMceFlags } from "@/classification/readers/mce-flags"
import { readPoaExempt } from "@/classification/readers/poa-exempt"
import { ReaderError } from "@/classification/readers/reader-error"
import { hccCsv, poaText } from "./minis"

const TITLES: [string, boolean, string][] = [
  ["E11", false, "Type 2 diabetes mellitus"],
  ["E1140", true, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"],
  ["I10", true, "Essential (primary) hypertension"],
  ["Z79", false, "Long term (current) drug therapy"],
  ["Z794", true, "Long term (current) use of insulin"]
]

function model(release = "FY2026", codes = TITLES): CodeSetModel {
  return {
    system: "ICD-10-CM",
    release,
    effective: { from: "2025-10-01", to: "2026-09-30" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: codes.map(([code, billable, title]) => ({ code, billable, title, notes: [] })),
    sections: [],
    index: []
  }
}

const identity = (kind: ListIdentity["kind"], release = "FY2026"): ListIdentity => ({
  kind,
  name: `${kind} of ${release}`,
  effective: { from: "2025-10-01" },
  release,
  knowsUntil: "2026-09-30"
})

describe("comma-separated values", () => {
  it("reads quotes, commas, doubled quotes and line ends in fields, with the line of each row", () => {
    const rows = readCsv({ name: "x.csv", content: 'a,"b ""q"", c",\r\n"d\ne",f\n,\ng' })
    expect(rows).toEqual([
      { line: 1, fields: ["a", 'b "q", c', ""] },
      { line: 2, fields: ["d\ne", "f"] },
      { line: 4, fields: ["", ""] },
      { line: 5, fields: ["g"] }
    ])
  })

  it.each([
    ["an open quote", 'a\n"b', "line 2: expected a closing quote"],
    ["text behind a quote", '"a"b,c', "a comma or a line end behind a quote"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readCsv({ name: "x.csv", content })).toThrow(message)
  })
})

const HCC_ROWS: [string, string, ...string[]][] = [
  [
    "E1140",
    "Type 2 diabetes mellitus with diabetic neuropathy, unspecified",
    "18",
    "37",
    "30",
    "Yes",
    "Yes",
    "Yes"
  ],
  ["Z794", "Long term (current) use of insulin", "19", "", "", "Yes", "No", "No"],
  ["I10", "Essential (primary) hypertension", "", "", "187", "No", "No", "No"],
  ["B377", "Candidal sepsis", "2", "6", "5", "Yes", "Yes", "Yes"],
  ["B377", "Candidal sepsis", "2", "2", "", "Yes", "Yes", "--"]
]
const hccFile = (content: string) => ({ name: "mappings.csv", content })

describe("CMS-HCC", () => {
  it("reads the categories that pay, by model, two rows of one code as one", () => {
    const mappings = readHccMappings(hccFile(hccCsv(HCC_ROWS)))
    expect(mappings.covers).toEqual(["FY2024", "FY2025"])
    expect(mappings.models).toEqual(["ESRD V24", "V28", "RxHCC"])
    expect(mappings.codes.get("E1140")?.categories).toEqual({
      "ESRD V24": ["18"],
      V28: ["37"],
      RxHCC: ["30"]
    })
    expect(mappings.codes.get("Z794")?.categories).toEqual({ "ESRD V24": ["19"] })
    expect(mappings.codes.get("B377")?.categories).toMatchObject({ V28: ["2", "6"], RxHCC: ["5"] })
    // A category that does not pay is none.
    expect(mappings.codes.has("I10")).toBe(false)
  })

  it.each([
    ["another file", "a,b\n1,2", 'begins with "Diagnosis Code"'],
    [
      "no releases named",
      hccCsv(HCC_ROWS).replace("Includes ICD-10 codes valid", "Codes valid"),
      "Includes ICD-10"
    ],
    ["a model nobody knows", hccCsv(HCC_ROWS).replaceAll("RxHCC", "FooHCC"), "CMS-HCC or RxHCC model"],
    [
      "no payment column",
      hccCsv(HCC_ROWS).replace("V28 for 2025", "V29 for 2025"),
      "a payment-year column for V28"
    ],
    [
      "another answer",
      hccCsv([["I10", "Hypertension", "", "", "", "No", "Maybe", "No"]]),
      "Yes, No or -- for V28"
    ],
    [
      "a word as category",
      hccCsv([["I10", "Hypertension", "x", "", "", "No", "No", "No"]]),
      "a category number"
    ],
    ["a Yes without category", hccCsv([["I10", "Hypertension", "", "", "", "No", "Yes", "No"]]), "that pays"],
    [
      "a code that is none",
      hccCsv([["10", "Hypertension", "", "", "", "No", "No", "No"]]),
      "line 29: expected an ICD"
    ],
    [
      "a cut file",
      hccCsv(HCC_ROWS).replace(/\r\n,,,,,,,\r\nNotes[\s\S]*$/, ""),
      "the notes behind the last code"
    ]
  ])("refuses %s, naming file and line", (_, content, message) => {
    expect(() => readHccMappings(hccFile(content))).toThrow(ReaderError)
    expect(() => readHccMappings(hccFile(content))).toThrow(message)
  })

  it("holds the format file of the software against the mappings", () => {
    const mappings = readHccMappings(hccFile(hccCsv(HCC_ROWS)))
    const format = readHccFormat({ name: "F.TXT", content: "B377\t6\tD\r\nB377\t2\tD\r\nE1140\t37\t\r\n" })
    expect(() => expectSameHcc(mappings, "V28", format, "F.TXT")).not.toThrow()
    expect(() => expectSameHcc(mappings, "V28", new Map([...format].slice(1)), "F.TXT")).toThrow(
      "F.TXT: expected V28 category 2, 6 for B377, as in the mappings, found none"
    )
    for (const content of ["E1140 37", "E1140\t37", "E1140\t37\tX", "E1140\t37\t\nE1140\t37\t"]) {
      expect(() => readHccFormat({ name: "F.TXT", content })).toThrow(ReaderError)
    }
  })

  it("reads labels", () => {
    expect(
      readHccLabels({ name: "l.csv", content: 'hcc,label\n37,"Diabetes, with complications"\n' })
    ).toEqual({
      "37": "Diabetes, with complications"
    })
    expect(() => readHccLabels({ name: "l.csv", content: "hcc,label\n37,\n" })).toThrow(
      "line 2: expected a label"
    )
    expect(() => readHccLabels({ name: "l.csv", content: "hcc,text\n" })).toThrow("the columns hcc, label")
  })

  it("is borrowed for a later release: only for codes whose title did not change", () => {
    const later = model("FY2026", [...TITLES.slice(0, 1), ["E1140", true, "Reworded"], ...TITLES.slice(2)])
    const mappings = readHccMappings(hccFile(hccCsv(HCC_ROWS)))
    addHcc(later, identity("hcc", "FY2025"), mappings, "mappings.csv", { V28: { "37": "Diabetes" } })
    expect([...later.attributes!]).toEqual([["Z794", { hcc: { "ESRD V24": "19" } }]])
    expect(later.lists).toEqual([
      expect.objectContaining({ kind: "hcc", borrowed: true, labels: { V28: { "37": "Diabetes" } } })
    ])
    expect(() => addHcc(model(), identity("hcc", "FY2024"), mappings, "mappings.csv")).toThrow(
      "a list for the codes of FY2024, found FY2025"
    )
  })
})

const POA = poaText([[5, "Z79.4", "Long term (current) use of insulin"]])
const poaFile = (content: string) => ({ name: "poa.txt", content })

describe("POA-exempt list", () => {
  it("marks its codes, whose positions must be those of the release", () => {
    const release = model()
    addPoaExempt(release, identity("poa"), readPoaExempt(poaFile(POA)))
    expect([...release.attributes!]).toEqual([["Z794", { poaExempt: true }]])
    expect(release.lists).toEqual([
      { kind: "poa", name: "poa of FY2026", effective: { from: "2025-10-01" }, knowsUntil: "2026-09-30" }
    ])
  })

  it.each([
    ["another position", poaText([[4, "Z79.4", "Long term (current) use of insulin"]])],
    ["another title", poaText([[5, "Z79.4", "Use of insulin"]])],
    ["a header", poaText([[4, "Z79", "Long term (current) drug therapy"]])],
    ["a code that does not exist", poaText([[9, "Z99.9", "Something"]])]
  ])("does not fit a release with %s, and leaves nothing behind", (_, content) => {
    const release = model()
    expect(() => addPoaExempt(release, identity("poa"), readPoaExempt(poaFile(content)))).toThrow(ReaderError)
    expect(release.attributes).toBeUndefined()
    expect(release.lists).toBeUndefined()
  })

  it("counts its rows against the description that comes with it", () => {
    const readme = (text: string) => ({ name: "readme.txt", content: text })
    const told = "List of Present On Admission (POA) exempt codes, for FY2026 (1 codes)."
    expect(readPoaExempt(poaFile(POA), readme(told)).rows).toHaveLength(1)
    expect(() => readPoaExempt(poaFile(POA), readme(told.replace("(1 ", "(1,204 ")))).toThrow(
      "poa.txt: expected 1204 codes, as its description tells, found 1"
    )
    expect(() => readPoaExempt(poaFile(POA), readme(told.replace("2026", "2025")))).toThrow("expected FY2026")
    expect(() => readPoaExempt(poaFile(POA), readme("something else"))).toThrow("exempt codes")
  })

  it.each([
    ["the sheet of additions of an older year", "POAexemptCode\tDescription\r\n", "the columns Order26"],
    ["a row of two columns", `${POA}00009\tZ79.5\r\n`, "line 3: expected three columns"],
    ["positions that do not rise", `${POA}00005\tZ79.5\tx\r\n`, "a position behind 5"],
    ["a code without dot", `${POA}00009\tZ795\tx\r\n`, "with its dot"],
    ["no rows", poaText([]), "codes below the header"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readPoaExempt(poaFile(content))).toThrow(message)
  })
})

const MCE = `code,start_date,end_date,flags
E1140,20151001,,
I10,20151001,20260331,unacceptable|unspecified
I10,20260401,,unspecified
Z794,20151001,20250930,unacceptable
Z794,20251001,,
`
const mceFile = (content: string) => ({ name: "mce.csv", content })

describe("Medicare Code Editor", () => {
  it("takes the row in force on the day", () => {
    expect([...readMceFlags(mceFile(MCE), "2026-04-01")]).toEqual([
      ["E1140", []],
      ["I10", ["unspecified"]],
      ["Z794", []]
    ])
    expect(readMceFlags(mceFile(MCE), "2026-03-31").get("I10")).toEqual(["unacceptable", "unspecified"])
  })

  it("marks codes, and must know every code of its own release", () => {
    const release = model()
    const ages = { maternity: [9, 64] as [number, number] }
    addMce(release, identity("mce"), readMceFlags(mceFile(MCE), "2026-04-01"), "mce.csv", ages)
    expect([...release.attributes!]).toEqual([["I10", { mce: ["unspecified"] }]])
    expect(release.lists?.[0]).toMatchObject({ ages })
    const cut = MCE.slice(0, MCE.indexOf("Z794"))
    expect(() =>
      addMce(model(), identity("mce"), readMceFlags(mceFile(cut), "2026-04-01"), "mce.csv")
    ).toThrow("a row for every billable code of FY2026, found none for Z794")
  })

  it.each([
    ["two rows in force", `${MCE}I10,20260101,,adult\n`, "one row of I10 for 2026-04-01"],
    ["a date that is none", `${MCE}I20,20261301,,\n`, "the first day as YYYYMMDD"],
    ["no first day", `${MCE}I20,,,\n`, "the first day"],
    ["a broken row", `${MCE}I20,2026\n`, "line 7: expected 4 fields"],
    ["odd flags", `${MCE}I20,20151001,,a||b\n`, 'flags between "|"'],
    ["another header", "code,flags\n", "the columns code, start_date"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readMceFlags(mceFile(content), "2026-04-01")).toThrow(message)
  })

  it("reads the ages of its groups", () => {
    const head = "group,start_age,end_age,start_date,end_date\n"
    const content = `${head}Maternity,12,55,19840301,20190930\nMaternity,9,64,20191001,\nNewborn,0,0,19840301,\n`
    expect(readMceAges(mceFile(content), "2026-04-01")).toEqual({ maternity: [9, 64], newborn: [0, 0] })
    expect(() => readMceAges(mceFile(`${head}Adult,15,x,19840301,\n`), "2026-04-01")).toThrow("a last age")
    expect(() => readMceAges(mceFile(`${head}Adult,15,9,19840301,\n`), "2026-04-01")).toThrow("15-9")
  })
})

describe("CC and MCC", () => {
  const head = "code,mdc,severity,pdx_exclusion_group\n"
  const file = (rows: string) => ({ name: "cc.csv", content: head + rows })

  it("marks codes, and must know every code of its own release", () => {
    const release = model()
    const rows = "E1140,1,CC,4\nI10,5,,\nZ794,23,MCC,\n"
    addCc(release, identity("cc"), readCcList(file(rows)), "cc.csv")
    expect([...release.attributes!]).toEqual([
      ["E1140", { cc: "CC" }],
      ["Z794", { cc: "MCC" }]
    ])
    expect(() => addCc(model(), identity("cc"), readCcList(file("E1140,1,CC,4\n")), "cc.csv")).toThrow(
      "none for I10"
    )
    expect(() => readCcList(file("E1140,1,XX,4\n"))).toThrow("line 2: expected CC, MCC or nothing")
    expect(() => readCcList(file("E1140,1,CC,4\nE1140,1,CC,4\n"))).toThrow("each code once")
    expect(() => readCcList({ name: "cc.csv", content: head })).toThrow("codes below the header")
  })

  it("made for another release: not for codes that were changed since", () => {
    const release = model("FY2027")
    addCc(release, identity("cc"), readCcList(file("E1140,1,CC,4\nI10,5,CC,\n")), "cc.csv", new Set(["I10"]))
    expect([...release.attributes!.keys()]).toEqual(["E1140"])
    expect(release.lists?.[0]?.borrowed).toBe(true)
  })
})

describe("lists of the release before", () => {
  it("go over for codes that stayed as they were, marked as borrowed", () => {
    const before = model()
    addPoaExempt(before, identity("poa"), readPoaExempt(poaFile(POA)))
    addCc(
      before,
      identity("cc"),
      new Map([
        ["E1140", "CC"],
        ["I10", "MCC"],
        ["Z794", ""]
      ]),
      "cc.csv"
    )
    const now = model("FY2027", [
      ["E11", false, "Type 2 diabetes mellitus"],
      ["E1140", false, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"],
      ["E11401", true, "New"],
      ["I10", true, "Hypertension"],
      ...TITLES.slice(3)
    ])
    borrowAttributes(before, now)
    // E11.40 became a header, I10 was reworded.
    expect([...now.attributes!]).toEqual([["Z794", { poaExempt: true }]])
    expect(now.lists?.map(({ kind, borrowed }) => [kind, borrowed])).toEqual([
      ["poa", true],
      ["cc", true]
    ])
    expect(before.lists?.[0]).not.toHaveProperty("borrowed")
  })
})
