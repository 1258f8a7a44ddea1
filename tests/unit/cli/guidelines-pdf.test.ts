/** The Official Guidelines as CMS and NCHS print them, where they are; and what is no such PDF. */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { guidelinesFor } from "@/classification/guidelines"
import { ReaderError } from "@/classification/readers/reader-error"
import { guidelineBook } from "@/cli/sources/guidelines-pdf"
import { sourceSettings } from "@/cli/sources/resolve"

const releases = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES }).releases ?? ""
const here = releases !== "" && existsSync(join(releases, "guidelines"))
if (!here)
  console.log("the Official Guidelines are not on this machine: the tests that read them are skipped")

const pdf = (name: string) => ({
  name,
  content: new Uint8Array(readFileSync(join(releases, "guidelines", name)))
})
const FY2026 = "ICD-10-CM-October-2025-Guidelines.pdf"

describe.skipIf(!here)("printed guidelines", () => {
  it("of FY2026 become a book whose sections concern codes", async () => {
    const book = await guidelineBook(pdf(FY2026), "FY2026", "local-release")
    expect(book.effective).toEqual({ from: "2025-10-01", to: "2026-09-30" })
    const section = (id: string) => book.sections.find((each) => each.id === id)
    expect(section("I.A.15")?.title).toBe("“With”")
    expect(section("I.C.1.d.6")?.title).toBe(
      "Sepsis and severe sepsis associated with a noninfectious process (condition)"
    )
    expect(section("I.C.1.g.1.c.iii")?.title).toBe("Lower respiratory infection")
    expect(section("IV.Q")?.parent).toBe("IV")
    // Broken off by a page and joined again.
    expect(section("I.C.1.d.4")?.paragraphs.join("\n")).toContain("doesn’t develop until after admission")
    const about = (code: string, chapter: string) => guidelinesFor(book, code, chapter).map(({ id }) => id)
    expect(about("E11.40", "4")).toContain("I.C.4.a.3")
    expect(about("E11.40", "4").at(-1)).toBe("I.C.4")
    expect(about("Z79.4", "21")).toEqual([
      "I.C.4.a.3",
      "I.C.4.a.6.a",
      "I.C.15.i",
      "I.C.21.c.3",
      "IV.E",
      "I.C.21"
    ])
    for (const { paragraphs, title } of book.sections) {
      for (const text of [title, ...paragraphs]) {
        expect(text).not.toMatch(/Page \d+ of \d+|\.{4,}/)
        expect(text).toBe(text.replace(/\s+/g, " ").trim())
      }
    }
  }, 60_000)

  it("of FY2025 are read by the same rules, and are not taken for those of another year", async () => {
    const name = "icd-10-cm-FY25-guidelines-october-2024.pdf"
    const book = await guidelineBook(pdf(name), "FY2025", "local-release")
    expect(book.sections.length).toBeGreaterThan(450)
    expect(book.sections.at(-1)?.id).toBe("Appendix I")
    await expect(guidelineBook(pdf(name), "FY2026", "local-release")).rejects.toThrow(
      "expected the guidelines of FY2026, found FY2025"
    )
  }, 60_000)

  it("are refused when the file is cut", async () => {
    const { name, content } = pdf(FY2026)
    await expect(guidelineBook({ name, content: content.slice(0, 1000) }, "FY2026", "x")).rejects.toThrow(
      ReaderError
    )
    await expect(guidelineBook({ name, content: content.slice(0, 400_000) }, "FY2026", "x")).rejects.toThrow(
      ReaderError
    )
  }, 60_000)
})

describe("what is no PDF of the guidelines", () => {
  it.each([
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("Section I. Conventions")],
    ["a page of a server", new TextEncoder().encode("<html><body>Access denied</body></html>")]
  ])("is refused: %s", async (_, content) => {
    const read = guidelineBook({ name: "guidelines.pdf", content }, "FY2026", "x")
    await expect(read).rejects.toThrow(ReaderError)
    await expect(read).rejects.toThrow("guidelines.pdf: expected")
  })
})
