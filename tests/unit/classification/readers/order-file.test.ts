import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { readOrderAddenda } from "@/classification/readers/order-addenda"
import { readOrderFile } from "@/classification/readers/order-file"
import { ReaderError } from "@/classification/readers/reader-error"
import { orderLine, orderText } from "./layouts"

const DIABETES = [
  ["E11", false, "Type 2 diabetes mellitus"],
  ["E114", false, "Type 2 diabetes mellitus with neurological complications"],
  ["E1140", true, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"]
] as const

describe("order file", () => {
  it("reads code, flag and both titles by their columns", () => {
    const rows = readOrderFile({ name: "order.txt", content: orderText(DIABETES) })
    expect(rows).toHaveLength(3)
    expect(rows[2]).toEqual({
      code: "E1140",
      billable: true,
      shortTitle: "Type 2 diabetes mellitus with diabetic neuropathy, unspecifi",
      title: "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"
    })
    expect(rows[0]?.billable).toBe(false)
  })

  it("takes LF as well as CRLF, a missing last line end, and Latin-1 bytes", () => {
    const text = orderText([["I73", false, "Raynaud é"]])
      .replaceAll("\r\n", "\n")
      .trimEnd()
    const content = Uint8Array.from(text, (character) => character.charCodeAt(0))
    expect(readOrderFile({ name: "order.txt", content })[0]?.title).toBe("Raynaud é")
  })

  it.each([
    [
      "a lost line",
      orderText(DIABETES)
        .split("\r\n")
        .filter((_, at) => at !== 1)
        .join("\r\n"),
      2,
      "order number 00002"
    ],
    ["a cut line", `${orderText(DIABETES)}00004 E116`, 4, "0 (header) or 1 (billable) in column 15"],
    ["another flag", orderText(DIABETES).replace("E1140   1", "E1140   7"), 3, "column 15"],
    ["a dotted code", orderText(DIABETES).replace("E1140 ", "E11.40"), 3, "without dot"],
    ["shifted columns", orderText(DIABETES).replace("E114    0 ", "E114    0"), 2, "blanks in columns"],
    ["a code twice", orderText([...DIABETES, DIABETES[2]]), 4, "each code once"],
    ["no text at all", "", undefined, "a text file"],
    ["an HTML page", "<!doctype html><html>Not found</html>", 1, "order number"]
  ])("refuses %s, with line and expectation", (_, content, line, expected) => {
    const read = () => readOrderFile({ name: "order.txt", content })
    expect(read).toThrow(ReaderError)
    try {
      read()
    } catch (error) {
      const refused = error as ReaderError
      expect(refused.line).toBe(line)
      expect(refused.message).toContain("order.txt")
      expect(refused.message).toContain(expected)
    }
  })

  it("gives back whatever was written in its columns", () => {
    const code = fc.stringMatching(/^[A-Z][0-9A-Z]{2,6}$/)
    const title = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,()-]{0,120}[A-Za-z]$/)
    fc.assert(
      fc.property(
        fc.uniqueArray(code, { minLength: 1, maxLength: 20 }),
        title,
        fc.boolean(),
        (codes, text, billable) => {
          const rows = readOrderFile({
            name: "order.txt",
            content: orderText(codes.map((each) => [each, billable, text]))
          })
          expect(rows.map((row) => row.code)).toEqual(codes)
          expect(rows.every((row) => row.title === text && row.billable === billable)).toBe(true)
        }
      )
    )
  })

  it("never throws anything but a ReaderError", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat(200), (noise, at) => {
        const good = orderText(DIABETES)
        const content = good.slice(0, at) + noise + good.slice(at)
        try {
          readOrderFile({ name: "order.txt", content })
        } catch (error) {
          expect(error).toBeInstanceOf(ReaderError)
        }
      })
    )
  })
})

function addendaLine(action: string, code: string, billable: boolean, title: string): string {
  return `${action.padEnd(13)}${orderLine(1, code, billable, title).slice(14, 15)} ${orderLine(1, code, billable, title).slice(6, 13)} ${title.slice(0, 60).padEnd(60)} ${title}`
}

const SUMMARY = [
  "",
  "Headers",
  "  23467 headers in icd10cm_order_2026.txt",
  "  23524 headers in icd10cm_order_2027.txt",
  "      1 additions",
  "      0 deletions",
  "      0 revisions",
  "Codes",
  "  74719 codes in icd10cm_order_2026.txt",
  "  74879 codes in icd10cm_order_2027.txt",
  "      1 additions",
  "      1 deletions",
  "      1 revisions"
]

describe("order addenda", () => {
  const lines = [
    addendaLine("Delete:", "M722", true, "Plantar fascial fibromatosis"),
    addendaLine("Add:", "M722", false, "Plantar fascial fibromatosis"),
    addendaLine("Add:", "M7221", true, "Plantar fascial fibromatosis, right foot"),
    addendaLine("Revise from:", "Z2914", true, "Encounter for prophylactic rabies immune globin"),
    addendaLine("Revise to:", "Z2914", true, "Encounter for prophylactic rabies immune globulin")
  ]

  it("reads additions, deletions and pairs of revisions, and holds them against the summary", () => {
    const addenda = readOrderAddenda({ name: "addenda.txt", content: [...lines, ...SUMMARY].join("\r\n") })
    expect(addenda.added.map(({ code, billable }) => [code, billable])).toEqual([
      ["M722", false],
      ["M7221", true]
    ])
    expect(addenda.deleted.map(({ code }) => code)).toEqual(["M722"])
    expect(addenda.revised[0]?.to.title).toContain("globulin")
    expect(addenda).toMatchObject({ release: "FY2027", since: "2026-10-01" })
    expect(addenda.counts).toEqual({ headers: 23_524, billable: 74_879 })
  })

  it.each([
    ["a line lost", [...lines.slice(1), ...SUMMARY], "1 deletions as in its summary, found 0"],
    ["no summary", lines, "a summary that counts the additions"],
    [
      "a summary without totals",
      [...lines, ...SUMMARY.filter((line) => !line.includes("codes in"))],
      "the number of headers and codes"
    ],
    ["half a revision", [...lines.slice(0, 4), ...SUMMARY], "Revise to:"],
    ["another action", [lines[0]!.replace("Delete:", "Remove:"), ...SUMMARY], "one of Add:"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readOrderAddenda({ name: "addenda.txt", content: content.join("\r\n") })).toThrow(message)
  })
})
