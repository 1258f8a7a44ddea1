/** The book of the Official Guidelines against the plain text of the same print, letter by letter, in order. */
import type { GuidelineBook, GuidelineSection } from "@/classification/guidelines-api"
import type { CheckReport } from "./report"

const PAGE_FOOT =
  /^\s*ICD-10-CM Official Guidelines for Coding and Reporting\s*\n\s*FY 20\d\d\s*\n\s*Page \d+ of \d+\s*$/gm

/** Letters and digits: blanks, dashes at line ends and marks of lists are the layout's. */
function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "")
}

/** A section as it is printed: "Section I", "C", "4", "a" before its title. */
function printed({ id, title, paragraphs }: GuidelineSection): string {
  const number = id.slice(id.lastIndexOf(".") + 1)
  const head = /^[IVX]+$/.test(id) ? `Section ${id}` : number
  return letters([head, title, ...paragraphs].join(" "))
}

/** @param text layout kept, with page feet and table of contents */
export function checkGuidelines(book: GuidelineBook, text: string, report: CheckReport): void {
  const whole = text.replace(/[\f\uFEFF]/g, "\n").replace(PAGE_FOOT, "")
  const body = letters(whole.slice(whole.indexOf("Section I.", whole.lastIndexOf("...."))))
  const sections = book.sections.filter(({ id }) => id !== "Introduction")
  let at = 0
  const different: string[] = []
  for (const section of sections) {
    const wanted = printed(section)
    if (body.startsWith(wanted, at)) at += wanted.length
    else {
      different.push(section.id)
      at = Math.max(at, body.indexOf(wanted.slice(0, 40), at)) + wanted.length
    }
  }
  report.count(
    "sections whose every letter stands in the printed text, in order",
    sections.length - different.length,
    sections.length
  )
  report.different("sections with other letters", different)
  report.count("letters of the printed text in the book", sections.map(printed).join("").length, body.length)
  report.note(`${sections.flatMap(({ codes }) => codes).length} codes and ranges named`)
}
