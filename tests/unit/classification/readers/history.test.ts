import { describe, expect, it } from "vitest"
import type { CodeSetModel } from "@/classification/model"
import { readConversionTable } from "@/classification/readers/conversion-table"
import { addHistory, borrowHistory, changedCodes } from "@/classification/readers/history"
import { readOrderAddenda } from "@/classification/readers/order-addenda"
import { ReaderError } from "@/classification/readers/reader-error"
import { readWorkbook } from "@/classification/readers/xlsx"
import { addendaLine, addendaText, conversionWorkbook, workbook } from "./minis"

const FY2026: [string, boolean, string][] = [
  ["G35", false, "Multiple sclerosis"],
  ["G35A", true, "Relapsing-remitting multiple sclerosis"],
  ["G35D", true, "Multiple sclerosis, unspecified"],
  ["M54", false, "Dorsalgia"],
  ["M545", false, "Low back pain"],
  ["M5450", true, "Low back pain, unspecified"],
  ["M5451", true, "Vertebrogenic low back pain"],
  ["S30", false, "Injury of abdomen"],
  ["S3011XA", true, "Contusion of flank, initial encounter"],
  ["T52", false, "Toxic effect of organic solvents"],
  ["T52891A", true, "Toxic effect of other organic solvents, accidental (unintentional), initial encounter"]
]

function model(codes = FY2026, release = "FY2026"): CodeSetModel {
  const year = Number(release.slice(2))
  return {
    system: "ICD-10-CM",
    release,
    effective: { from: `${year - 1}-10-01`, to: `${year}-09-30` },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: codes.map(([code, billable, title]) => ({ code, billable, title, notes: [] })),
    sections: [],
    index: []
  }
}

const COUNTS = { headers: 5, billable: 6 }
const addenda2026 = (counts = COUNTS) =>
  readOrderAddenda({
    name: "addenda_2026.txt",
    content: addendaText(
      [
        addendaLine("Delete:", "G35", true, "Multiple sclerosis"),
        addendaLine("Add:", "G35", false, "Multiple sclerosis"),
        addendaLine("Add:", "G35A", true, "Relapsing-remitting multiple sclerosis"),
        addendaLine("Add:", "G35D", true, "Multiple sclerosis, unspecified"),
        addendaLine("Delete:", "S301XXA", true, "Contusion of abdominal wall, initial encounter"),
        addendaLine("Add:", "S3011XA", true, "Contusion of flank, initial encounter"),
        addendaLine(
          "Delete:",
          "T528X1A",
          true,
          "Toxic effect of other organic solvents, accidental (unintentional), initial encounter"
        ),
        addendaLine(
          "Add:",
          "T52891A",
          true,
          "Toxic effect of other organic solvents, accidental (unintentional), initial encounter"
        ),
        addendaLine("Revise from:", "M5450", true, "Lumbago"),
        addendaLine("Revise to:", "M5450", true, "Low back pain, unspecified")
      ],
      counts
    )
  })

const conversions = (rows: readonly (readonly (string | number)[])[], title?: string) =>
  readConversionTable({ name: "conversion.xlsx", content: conversionWorkbook(rows, title) })

describe("order addenda", () => {
  it("name the release they lead to, its first day and its size", () => {
    expect(addenda2026()).toMatchObject({ release: "FY2026", since: "2025-10-01", counts: COUNTS })
    expect([...changedCodes(addenda2026())].sort()).toEqual([
      "G35",
      "G35A",
      "G35D",
      "M5450",
      "S3011XA",
      "T52891A"
    ])
  })
})

describe("conversion table", () => {
  it("reads years, days, alternatives, combinations, ranges, words and codes without dot", () => {
    const { release, conversions: read } = conversions([
      ["M54.50", 2021, "M54.5"],
      ["D57.454 ", 45017, "D57.458"],
      ["C50.A1", 2025, "C50.911, C50.921"],
      ["G93.32", 2022, "G93.3; R53.82"],
      ["C56.3", 2021, "C56.1 AND C56.2"],
      ["M96.A1", 2022, "M96.89 & Y84.8"],
      ["H36.811", 2023, "H35.20 - H35.23"],
      ["W44.A0XA", 2023, "Codes in Categories T15-T19"],
      ["P91.821", 2020, "I63.- and P91.88"],
      ["W453XXA", 2016, "W45.8XXA"],
      ["M04.8", 2016, "None"],
      ["O44.20", 2016, "O44.00"],
      ["O44.20", 2016, "O44.10"],
      ["", ""]
    ])
    expect(release).toBe("FY2026")
    expect(read).toEqual([
      { code: "M5450", since: "2021-10-01", previous: ["M54.5"] },
      { code: "D57454", since: "2023-04-01", previous: ["D57.458"] },
      { code: "C50A1", since: "2025-10-01", previous: ["C50.911", "C50.921"] },
      { code: "G9332", since: "2022-10-01", previous: ["G93.3", "R53.82"] },
      { code: "C563", since: "2021-10-01", previous: ["C56.1 and C56.2"] },
      { code: "M96A1", since: "2022-10-01", previous: ["M96.89 and Y84.8"] },
      { code: "H36811", since: "2023-10-01", previous: ["H35.20-H35.23"] },
      { code: "W44A0XA", since: "2023-10-01", previous: ["Codes in Categories T15-T19"] },
      { code: "P91821", since: "2020-10-01", previous: ["I63.- and P91.88"] },
      { code: "W453XXA", since: "2016-10-01", previous: ["W45.8XXA"] },
      { code: "M048", since: "2016-10-01", previous: [] },
      { code: "O4420", since: "2016-10-01", previous: ["O44.00", "O44.10"] }
    ])
  })

  it.each([
    ["a sheet of another kind", workbook([["Code", "Title"]]), "a sheet with the columns"],
    [
      "a title without release",
      conversionWorkbook([["M54.50", 2021, "M54.5"]], "Table"),
      "a release such as FY 2026"
    ],
    [
      "a code that is none",
      conversionWorkbook([["Total", 2021, "M54.5"]]),
      "line 3: expected an ICD-10-CM code"
    ],
    ["a year that is none", conversionWorkbook([["M54.50", 21, "M54.5"]]), "a year or a day in column B"],
    ["no previous code", conversionWorkbook([["M54.50", 2021]]), "previous codes or None"],
    ["no rows", conversionWorkbook([]), "codes below the header"],
    ["no zip", new Uint8Array([1, 2, 3, 4]), "an Excel workbook"]
  ])("refuses %s", (_, content, message) => {
    const read = () => readConversionTable({ name: "conversion.xlsx", content })
    expect(read).toThrow(ReaderError)
    expect(read).toThrow(message)
  })

  it("reads workbooks by the names of their sheets, and refuses a broken one", () => {
    const sheets = readWorkbook({
      name: "x.xlsx",
      content: workbook(
        [
          ["a & b", 1],
          ["", "c"]
        ],
        "One"
      )
    })
    expect(sheets).toEqual([
      {
        name: "One",
        rows: [
          {
            row: 1,
            cells: new Map([
              ["A", "a & b"],
              ["B", "1"]
            ])
          },
          { row: 2, cells: new Map([["B", "c"]]) }
        ]
      }
    ])
  })
})

describe("history", () => {
  it("tells since when codes exist or are headers, and what became of those that are gone", () => {
    const release = model()
    addHistory(release, {
      addenda: [addenda2026()],
      conversions: conversions([
        ["G35.A", 2025, "G35"],
        ["M54.50", 2021, "M54.5"],
        ["M54.51", 2021, "M54.5"],
        ["S30.11XA", 2025, "S30.1XXA"],
        ["S30.12XA", 2025, "S30.1XXA"],
        ["H40.1110", 2016, "H40.11X0"]
      ])
    })
    expect(Object.fromEntries(release.history!)).toEqual({
      G35: { headerSince: "2025-10-01" },
      G35A: { addedSince: "2025-10-01", previous: ["G35"] },
      G35D: { addedSince: "2025-10-01" },
      M545: { headerSince: "2021-10-01" },
      M5450: { addedSince: "2021-10-01", previous: ["M54.5"] },
      M5451: { addedSince: "2021-10-01", previous: ["M54.5"] },
      S3011XA: { addedSince: "2025-10-01", previous: ["S30.1XXA"] },
      T52891A: { addedSince: "2025-10-01" }
    })
    expect(release.retired).toEqual([
      { code: "H4011X0", title: "", since: "2016-10-01", successors: [] },
      // S30.12XA is no code of this release: only what exists is named.
      {
        code: "S301XXA",
        title: "Contusion of abdominal wall, initial encounter",
        since: "2025-10-01",
        successors: ["S30.11XA"]
      },
      expect.objectContaining({ code: "T528X1A", successors: ["T52.891A"] })
    ])
  })

  it("does not guess a successor from a title that only resembles", () => {
    const release = model()
    addHistory(release, { addenda: [addenda2026()] })
    expect(release.retired?.find(({ code }) => code === "S301XXA")?.successors).toEqual([])
  })

  it("follows a successor that is gone too, and ends a circle", () => {
    const release = model([
      ["M54", false, "Dorsalgia"],
      ["M5450", true, "Low back pain, unspecified"]
    ])
    addHistory(release, {
      addenda: [],
      conversions: conversions([
        ["M54.8", 2018, "M54.1"],
        ["M54.50", 2021, "M54.8"],
        ["Q51.20", 2018, "Q51.2"],
        ["Q51.2", 2019, "Q51.20"]
      ])
    })
    expect(release.retired?.map(({ code, successors }) => [code, successors])).toEqual([
      ["M541", ["M54.50"]],
      ["M548", ["M54.50"]],
      ["Q512", []],
      ["Q5120", []]
    ])
  })

  it.each([
    ["an order file that was cut off", addenda2026({ headers: 5, billable: 7 }), model()],
    [
      "an added code that is missing",
      addenda2026(),
      model([...FY2026.slice(0, 2), ["G359", true, "x"], ...FY2026.slice(3)])
    ],
    [
      "a deleted code that is there",
      addenda2026(),
      model([...FY2026.slice(0, 5), ["S301XXA", true, "x"], ...FY2026.slice(6)])
    ]
  ])("refuses %s, and leaves nothing behind", (_, addenda, release) => {
    expect(() => addHistory(release, { addenda: [addenda] })).toThrow(ReaderError)
    expect(release.history).toBeUndefined()
    expect(release.retired).toBeUndefined()
  })

  it("goes over to the next release, which adds its own", () => {
    const before = model()
    addHistory(before, { addenda: [addenda2026()] })
    const now = model(
      [
        ...FY2026.slice(0, 2),
        ["G35D", false, "Multiple sclerosis, unspecified"],
        ["G35D1", true, "x"],
        ...FY2026.slice(3, -1)
      ],
      "FY2027"
    )
    borrowHistory(before, now)
    addHistory(now, {
      addenda: [
        readOrderAddenda({
          name: "addenda_2027.txt",
          content: addendaText(
            [
              addendaLine("Delete:", "G35D", true, "Multiple sclerosis, unspecified"),
              addendaLine("Add:", "G35D", false, "Multiple sclerosis, unspecified"),
              addendaLine("Add:", "G35D1", true, "x"),
              addendaLine("Delete:", "T52891A", true, "Toxic effect")
            ],
            { year: 2027, headers: 6, billable: 5 }
          )
        })
      ]
    })
    expect(now.history?.get("G35")).toEqual({ headerSince: "2025-10-01" })
    expect(now.history?.get("G35D")).toEqual({ addedSince: "2025-10-01", headerSince: "2026-10-01" })
    expect(now.history?.get("G35D1")).toEqual({ addedSince: "2026-10-01" })
    expect(now.history?.has("T52891A")).toBe(false)
    expect(now.retired?.map(({ code, since, successors }) => [code, since, successors])).toEqual([
      ["S301XXA", "2025-10-01", []],
      // Its successor of FY2026 is gone in FY2027.
      ["T52891A", "2026-10-01", []],
      ["T528X1A", "2025-10-01", []]
    ])
    expect(before.retired?.find(({ code }) => code === "T528X1A")?.successors).toEqual(["T52.891A"])
  })
})
