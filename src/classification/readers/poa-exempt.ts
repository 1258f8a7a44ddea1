/**
 * Codes exempt from present-on-admission reporting, as NCHS publishes them: tab-delimited, a header
 * `Order26  POAexemptCode  Description`; the first column is the position of the code in the order file of
 * the same release, so that a list of another release cannot pass for this one. Only the file that describes
 * it (ReadMePOAexemptFYyy.txt) tells how many rows there must be.
 */
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile, textOf } from "./text"

export interface PoaRow {
  /** Without dot. */
  code: string
  /** 1-based row of the order file. */
  order: number
  title: string
  line: number
}

export interface PoaExemptList {
  file: string
  /** "FY2026", from the header. */
  release: string
  rows: PoaRow[]
}

/**
 * @param readme the description that comes with the list
 * @throws ReaderError for another header, a broken row, positions out of step, or another number of rows
 */
export function readPoaExempt(file: SourceFile, readme?: SourceFile): PoaExemptList {
  const lines = linesOf(file)
  const year = /^Order(\d\d)\tPOAexemptCode\tDescription\s*$/.exec(lines[0] ?? "")?.[1]
  if (!year) {
    throw new ReaderError(file.name, 1, "the columns Order26, POAexemptCode, Description", lines[0] ?? "")
  }
  const list: PoaExemptList = { file: file.name, release: `FY20${year}`, rows: [] }
  let before = 0
  for (let at = 1; at < lines.length; at++) {
    const line = lines[at]!
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    const [order = "", dotted = "", description = "", ...more] = line.split("\t")
    if (more.length > 0 || description.trim() === "") fail("three columns between tabs", line)
    if (!/^\d{5}$/.test(order)) fail("the position in the order file, five digits", order)
    // Positions rise: a row that stands elsewhere, or twice, is damage.
    if (Number(order) <= before) fail(`a position behind ${before}`, order)
    before = Number(order)
    if (!/^[A-Z][0-9A-Z]{2}(?:\.[0-9A-Z]{1,4})?$/.test(dotted)) fail("an ICD-10-CM code with its dot", dotted)
    list.rows.push({
      code: dotted.replace(".", ""),
      order: before,
      title: unquoted(description.trim()),
      line: at + 1
    })
  }
  if (list.rows.length === 0) throw new ReaderError(file.name, undefined, "codes below the header", "none")
  if (readme) expectTold(list, readme)
  return list
}

/** A description that holds a comma stands in quotes. */
function unquoted(text: string): string {
  return /^".*"$/.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text
}

function expectTold(list: PoaExemptList, readme: SourceFile): void {
  const told = /exempt codes, for FY ?(20\d\d) \(([\d,]+) codes\)/i.exec(textOf(readme))
  if (!told) {
    throw new ReaderError(
      readme.name,
      undefined,
      'a line "... exempt codes, for FY2026 (38,349 codes)"',
      "none"
    )
  }
  const release = `FY${told[1]}`
  if (release !== list.release) throw new ReaderError(readme.name, undefined, list.release, release)
  const count = Number(told[2]!.replaceAll(",", ""))
  if (count !== list.rows.length) {
    throw new ReaderError(
      list.file,
      undefined,
      `${count} codes, as its description tells`,
      `${list.rows.length}`
    )
  }
}
