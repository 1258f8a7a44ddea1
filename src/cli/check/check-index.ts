/** Every line of the indexes and tables stands in the pack at its level, and every code it prints resolves. */
import type { IndexSource } from "@/classification/model"
import type { CodePack, IndexBook, IndexLine } from "@/classification/pack-api"
import type { RawIndexLine } from "./raw-xml"
import type { CheckReport } from "./report"

/** Codes that the official index addenda misprint: they are in no order file (README of the releases). */
const MISPRINTS = new Set(["Z1508", "Q99814"])

/** @param borrowed the index is of an older release: codes that changed since lead elsewhere or nowhere */
export function checkIndex(
  pack: CodePack,
  source: IndexSource,
  raw: readonly RawIndexLine[],
  report: CheckReport,
  borrowed: boolean
): void {
  const book = pack.indexBook
  if (!book) {
    report.different(`${source}: no index in the pack`, [source])
    return
  }
  const lines = [...inPrintedOrder(book, source)]
  const levels = (each: readonly { level: number }[]) => {
    const counts: number[] = []
    for (const { level } of each) counts[level] = (counts[level] ?? 0) + 1
    return counts
  }
  const [inPack, inFile] = [levels(lines), levels(raw)]
  for (let level = 0; level < Math.max(inPack.length, inFile.length); level++) {
    const what = level === 0 ? "main terms" : `terms of level ${level}`
    report.count(`${source}: ${what}`, inPack[level] ?? 0, inFile[level] ?? 0)
  }
  if (lines.length !== raw.length) return
  const tally = new CodeTally(pack, borrowed)
  const columns = book.columns(source)
  const texts: string[] = []
  const inTitle: string[] = []
  for (const [at, printed] of raw.entries()) {
    const { line, level } = lines[at]!
    const where = printed.title.slice(0, 40)
    const stuck = printed.code === undefined && line.code !== undefined && printed.title.endsWith(line.code)
    const words = stuck ? printed.title.slice(0, -line.code!.length) : printed.title
    if (stuck) inTitle.push(line.code!)
    if (level !== printed.level || !sameWords(line, words)) texts.push(where)
    if (
      (printed.see !== undefined && line.see !== printed.see) ||
      (line.seeAlso ?? "") !== (printed.seeAlso ?? "")
    ) {
      texts.push(`${where} (see)`)
    }
    if (printed.code !== undefined) tally.add(printed.code, plain(line.code), line.outdated)
    if (printed.manifestation !== undefined)
      tally.manifestation(printed.manifestation, plain(line.manifestation))
    for (const [column, code] of printed.cells) {
      tally.add(code, plain(line.cells?.[column - 2]), line.outdated)
    }
    if (columns.length > 0 && (line.cells ?? []).filter((cell) => cell !== "").length > printed.cells.size) {
      texts.push(`${where} (cells)`)
    }
  }
  report.explained(`${source}: printed behind the words of the title, read as its code`, inTitle)
  report.different(`${source}: other words, level or reference`, texts)
  tally.tell(source, report)
}

function* inPrintedOrder(
  book: IndexBook,
  source: IndexSource
): Generator<{ line: IndexLine; level: number }> {
  for (let from = 0; ; from += 500) {
    const mains = book.mainTerms(source, from, 500)
    for (const line of mains) {
      // Rows of the neoplasm table are offered as main terms too; they stand below the one main term.
      if (book.path(line.id).length === 1) yield* withChildren(book, line, 0)
    }
    if (mains.length < 500) return
  }
}

function* withChildren(
  book: IndexBook,
  line: IndexLine,
  level: number
): Generator<{ line: IndexLine; level: number }> {
  yield { line, level }
  if (line.children > 0) {
    for (const child of book.children(line.id)) yield* withChildren(book, child, level + 1)
  }
}

function plain(code: string | undefined): string {
  return (code ?? "").replace(/[.-]/g, "")
}

/**
 * Letter by letter: what the line says is printed, in its order, and of what is printed nothing is lost but
 * the endings in parentheses ("(s)") and the word "see".
 */
function sameWords(line: IndexLine, printed: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
  const asked = letters(printed)
  const said =
    letters(line.title).length + line.nonessential.reduce((sum, each) => sum + letters(each).length, 0)
  const groups = (printed.match(/\(/g) ?? []).length
  return (
    [line.title, ...line.nonessential].every((text) => isWithin(letters(text), asked)) &&
    asked.length - said - (/\(see /i.test(printed) ? asked.length : 0) <= groups * 4
  )
}

/** Are these letters there, in this order, others between them or not? */
function isWithin(letters: string, text: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}

class CodeTally {
  private codes = 0
  private resolved = 0
  private readonly misprints: string[] = []
  private readonly outdated: string[] = []
  private readonly moved: string[] = []
  private readonly lost: string[] = []

  constructor(
    private readonly pack: CodePack,
    private readonly borrowed: boolean
  ) {}

  add(printed: string, found: string, outdated: string | undefined): void {
    this.codes++
    if (found === printed && this.pack.find(printed) >= 0) this.resolved++
    else if (MISPRINTS.has(printed) && found === "" && this.pack.find(printed) < 0)
      this.misprints.push(printed)
    else if (this.borrowed && outdated?.replaceAll(".", "").includes(printed)) {
      this.outdated.push(printed)
    } else if (this.borrowed && found !== "" && this.pack.find(found) >= 0)
      this.moved.push(`${printed} -> ${found}`)
    else this.lost.push(`${printed}${found === "" ? "" : ` (${found})`}`)
  }

  manifestation(printed: string, found: string): void {
    this.codes++
    if (found === printed) this.resolved++
    else if (this.borrowed && found === "" && !this.stillBillable(printed)) this.outdated.push(printed)
    else this.lost.push(`[${printed}]`)
  }

  private stillBillable(code: string): boolean {
    const row = this.pack.find(code)
    return row >= 0 && this.pack.billable(row)
  }

  tell(source: IndexSource, report: CheckReport): void {
    const explained = this.misprints.length + this.outdated.length + this.moved.length
    report.count(
      `${source}: printed codes that resolve or are explained`,
      this.resolved + explained,
      this.codes
    )
    report.explained(`${source}: misprints of the official index addenda, in no order file`, this.misprints)
    report.explained(
      `${source}: outdated, their codes were deleted or divided: they lead nowhere`,
      this.outdated
    )
    report.explained(`${source}: led to the new code whose title says the same`, this.moved)
    report.different(`${source}: codes that do not resolve`, this.lost)
  }
}
