import { describe, expect, it } from "vitest"
import { guidelinesFor } from "@/classification/guidelines"
import { guidelineBookSchema } from "@/classification/guidelines-schema"
import { codesNamed } from "@/classification/readers/guideline-codes"
import { type PrintedParagraph, readGuidelines } from "@/classification/readers/guidelines"
import { ReaderError } from "@/classification/readers/reader-error"

const TITLE = ["ICD-10-CM Official Guidelines for Coding and Reporting", "FY 2026 -- UPDATED October 1, 2025"]
const SPAN = "(October 1, 2025 - September 30, 2026)"
const CONTENTS = [
  "Section I. Conventions ........ 7",
  "A. Conventions for the ICD-10-CM ........ 7",
  "1. The Index ........ 7",
  "2. Format ........ 7",
  "B. General Guidelines ........ 8",
  "C. Chapter-Specific Guidelines ........ 9",
  "1. Chapter 1: Infections (A00-B99), U07.1 ........ 9",
  "2. Chapter 2: Neoplasms (C00-D49) ........ 9",
  "3. Chapter 3: Blood ........ 9",
  "4. Chapter 4: Endocrine Diseases (E00-E89) ........ 9",
  "a. Diabetes mellitus ........ 9",
  "Section II. Selection of Principal Diagnosis ........ 11"
]
/** Each inner list is a page; footers as printed. */
const BODY = [
  [
    "Section I. Conventions",
    "A. Conventions for the ICD-10-CM",
    "1. The Index",
    "See Section I.C.4. Diabetes",
    "2. Format",
    "1. A list inside the text is no section, whatever its number.",
    "Codes may be 3 to 7 characters. The first-listed code, and what the page breaks",
    "FY 2026",
    "Page 7 of 9"
  ],
  ["off, goes on here.", "B. General Guidelines", "Codes from A00.0 through T88.9, Z00-Z99.8 are used."],
  [
    "C. Chapter-Specific Guidelines",
    "1. Chapter 1: Infections (A00-B99), U07.1",
    "2. Chapter 2: Neoplasms (C00-D49)",
    "3. Chapter 3: Blood (D50-D89)",
    "4. Chapter 4: Endocrine Diseases (E00-E89)",
    "a. Diabetes mellitus",
    "The codes are in categories E08–E13.",
    "1) Type of diabetes",
    "(a) Remission",
    "Assign code E11.A, Type 2 diabetes mellitus without complications in remission.",
    "(i) First roman",
    "Subcategory E11.4- and code Z79.4.",
    "(ii) Second roman",
    "More about E11.40:",
    "(b) Second letter",
    "T36.0X5-"
  ],
  [
    "E11.65, Type 2 diabetes mellitus with hyperglycemia",
    "Section II. Selection of Principal Diagnosis",
    "Text."
  ],
  ["Appendix I", "Present on Admission", "A. is no section here.", "Exempt: Q00-Q99."]
]

function printed(contents = CONTENTS, body = BODY, head = [...TITLE, SPAN]): PrintedParagraph[] {
  const introduction = `These guidelines ${"are a set of rules that accompany the conventions. ".repeat(5)}`
  return [
    ...[...head, introduction].map((text) => ({ page: 1, text })),
    ...contents.map((text) => ({ page: 2, text })),
    ...body.flatMap((page, at) => page.map((text) => ({ page: at + 3, text })))
  ]
}

const book = () => readGuidelines(printed(), "guidelines.pdf", "local-release")
const section = (id: string) => book().sections.find((each) => each.id === id)

describe("the Official Guidelines as a book", () => {
  it("names sections as guidelines are cited, in printed order, with their parents", () => {
    expect(book().sections.map(({ id }) => id)).toEqual([
      "Introduction",
      "I",
      "I.A",
      "I.A.1",
      "I.A.2",
      "I.B",
      "I.C",
      "I.C.1",
      "I.C.2",
      "I.C.3",
      "I.C.4",
      "I.C.4.a",
      "I.C.4.a.1",
      "I.C.4.a.1.a",
      "I.C.4.a.1.a.i",
      "I.C.4.a.1.a.ii",
      "I.C.4.a.1.b",
      "II",
      "Appendix I"
    ])
    expect(section("I.C.4.a.1.a.ii")?.parent).toBe("I.C.4.a.1.a")
    expect(section("I.C.4")).toMatchObject({
      parent: "I.C",
      title: "Chapter 4: Endocrine Diseases (E00-E89)"
    })
    expect(section("II")?.parent).toBe("")
    expect(guidelineBookSchema.parse(book())).toEqual(book())
    expect(book()).toMatchObject({
      release: "FY2026",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      source: "local-release"
    })
  })

  it("joins what a page breaks off, without headers, footers and contents", () => {
    expect(section("I.A.2")?.paragraphs).toEqual([
      "1. A list inside the text is no section, whatever its number.",
      "Codes may be 3 to 7 characters. The first-listed code, and what the page breaks off, goes on here."
    ])
    // A line of a list of codes begins anew on its page.
    expect(section("I.C.4.a.1.b")?.paragraphs).toEqual([
      "T36.0X5-",
      "E11.65, Type 2 diabetes mellitus with hyperglycemia"
    ])
    expect(section("Appendix I")).toMatchObject({
      title: "Present on Admission",
      paragraphs: ["A. is no section here.", "Exempt: Q00-Q99."]
    })
    expect(JSON.stringify(book())).not.toContain("Page 7")
    expect(JSON.stringify(book())).not.toContain("....")
    expect(section("Introduction")?.paragraphs).toHaveLength(1)
  })

  it("knows the codes that a section names", () => {
    expect(section("I.C.4.a")?.codes).toEqual(["E08-E13"])
    expect(section("I.C.1")?.codes).toEqual(["A00-B99", "U07.1"])
    expect(section("I.C.4.a.1.a.i")?.codes).toEqual(["E11.4", "Z79.4"])
    expect(codesNamed("T81.41 to T81.43, X36.0.-, O35.-, I21.0-I21.2, QA0-QA1, (E11.65), F01 – F99")).toEqual(
      ["T81.41-T81.43", "X36.0", "O35", "I21.0-I21.2", "QA0-QA1", "E11.65", "F01-F99"]
    )
    expect(codesNamed("COVID-19, A1C, vitamin B12b, H1N1, ICD-10-CM, FY2026, AND, SARS-CoV-2")).toEqual([])
  })

  it.each([
    ["another document", printed(CONTENTS, BODY, ["A report", SPAN]), "the Official Guidelines"],
    ["no first and last day", printed(CONTENTS, BODY, TITLE), "the Official Guidelines"],
    ["no contents", printed([]), "a table of contents"],
    ["contents of a few lines", printed(CONTENTS.slice(0, 2)), "a table of contents, found 2 lines"],
    [
      "a section that is missing",
      printed(CONTENTS, BODY.toSpliced(3, 1)),
      "a section II, as in the table of contents"
    ],
    ["no sections", printed(CONTENTS, [["Text."]]), "sections behind it"],
    ["nothing", [], "the Official Guidelines"]
  ])("refuses %s", (_, paragraphs, message) => {
    expect(() => readGuidelines(paragraphs, "guidelines.pdf", "x")).toThrow(ReaderError)
    expect(() => readGuidelines(paragraphs, "guidelines.pdf", "x")).toThrow(message)
  })
})

describe("sections that concern a code", () => {
  const ids = (code: string, chapter?: string) => guidelinesFor(book(), code, chapter).map(({ id }) => id)

  it("names the code first, then its headers, a range, codes below, and last its chapter", () => {
    expect(ids("E11.40", "4")).toEqual(["I.C.4.a.1.a.ii", "I.C.4.a.1.a.i", "I.C.4.a", "I.C.4"])
    expect(ids("e1140", "4")).toEqual(ids("E11.40", "4"))
    expect(ids("E11", "4")).toEqual([
      "I.C.4.a",
      "I.C.4.a.1.a",
      "I.C.4.a.1.a.i",
      "I.C.4.a.1.a.ii",
      "I.C.4.a.1.b",
      "I.C.4"
    ])
    expect(ids("T36.0X5A", "19")).toEqual(["I.C.4.a.1.b"])
  })

  it("leaves out ranges that are the whole classification, and chapters of other codes", () => {
    expect(ids("Z79.899", "21")).toEqual([])
    expect(ids("B20", "1")).toEqual(["I.C.1"])
    // A chapter that names the code in its title.
    expect(ids("U07.1", "22")).toEqual(["I.C.1"])
    expect(ids("Q21.0", "17")).toEqual(["Appendix I"])
    expect(ids("E66.9")).toEqual([])
  })
})
