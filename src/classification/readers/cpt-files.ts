/**
 * The AMA's licensed CPT data files: lists of one length of descriptor (LONGULT.txt, MEDU.txt, SHORTU.txt: code,
 * then a tab or blanks, then the text) and the consolidated list with a line of column headings. Above the codes
 * may stand a licence banner, below them a closing line; between them only codes.
 */
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

export type CptLength = "long" | "medium" | "short"

export interface CptList {
  file: string
  /** Descriptors by code, in the order of the file, for each length that the file has. */
  descriptors: Map<CptLength, Map<string, string>>
}

/** Five digits, or four and a letter: F performance measure, T emerging, U laboratory, M and A others. */
const CODE = /^\d{4}[0-9AFMTU]$/
const CODE_LINE = /^(\d{4}[0-9AFMTU])(\t+| +)(\S.*)$/
/** Longest banner above the first code. */
const MOST_BANNER_LINES = 200
/** Longest descriptor of the shorter lists: 28 and 48 characters, as the AMA defines them. */
const SHORT_LENGTH = 28
const MEDIUM_LENGTH = 48

/** Encoding by byte order mark, else UTF-8 when valid, else Windows-1252. */
function decoded({ name, content }: SourceFile): string {
  if (typeof content === "string") return content.replace(/^\uFEFF/, "")
  const [first, second] = content
  try {
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(content)
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(content)
  } catch {
    throw new ReaderError(name, undefined, "text in UTF-16", "bytes that are not")
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content)
  } catch {
    return new TextDecoder("windows-1252").decode(content)
  }
}

/** True when the lines could be such a file: the check of `detect-release`, cheaper than reading. */
export function looksLikeCpt(lines: readonly string[]): boolean {
  const head = lines.slice(0, MOST_BANNER_LINES)
  if (head.some((line) => headingsOf(line) !== undefined)) return true
  const first = head.findIndex((line) => CODE_LINE.test(line))
  // Three in a row: one line of a banner may begin with a number.
  return first >= 0 && lines.slice(first, first + 3).every((line) => line === "" || CODE_LINE.test(line))
}

interface Headings {
  code: number
  columns: Map<CptLength, number>
  width: number
}

/** The line of column headings of a consolidated list: a code column and at least one descriptor column. */
function headingsOf(line: string): Headings | undefined {
  const cells = line.split("\t").map((cell) => cell.trim().toLowerCase())
  if (cells.length < 2) return undefined
  const code = cells.findIndex((cell) => /^(?:cpt )?code$/.test(cell))
  const columns = new Map<CptLength, number>()
  for (const length of ["long", "medium", "short"] as const) {
    const at = cells.findIndex((cell) => new RegExp(`^${length}(?: descriptor| description)?$`).test(cell))
    if (at >= 0) columns.set(length, at)
  }
  const plain = cells.findIndex((cell) => /^descript(?:or|ion)$/.test(cell))
  if (columns.size === 0 && plain >= 0) columns.set("long", plain)
  if (code < 0 || columns.size === 0) return undefined
  return { code, columns, width: cells.length }
}

/**
 * @throws ReaderError naming file and line: no codes, a line between codes that is none, a row with other
 *   columns than the headings, a code given twice
 */
export function readCptFile(file: SourceFile): CptList {
  const lines = decoded(file)
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((line) => line.trimEnd())
  const headAt = lines.slice(0, MOST_BANNER_LINES).findIndex((line) => headingsOf(line) !== undefined)
  if (headAt >= 0) return readConsolidated(file.name, lines, headAt, headingsOf(lines[headAt]!)!)
  return readPlain(file.name, lines)
}

function readConsolidated(
  file: string,
  lines: readonly string[],
  headAt: number,
  headings: Headings
): CptList {
  const descriptors = new Map<CptLength, Map<string, string>>(
    [...headings.columns.keys()].map((length) => [length, new Map<string, string>()])
  )
  const seen = new Set<string>()
  for (let at = headAt + 1; at < lines.length; at++) {
    const line = lines[at]!
    if (line === "") continue
    const cells = line.split("\t").map((cell) => cell.trim())
    const code = cells[headings.code] ?? ""
    if (!CODE.test(code)) {
      if (seen.size > 0 && isClosing(lines, at)) break
      throw new ReaderError(file, at + 1, `a CPT code in column ${headings.code + 1}`, line)
    }
    if (cells.length > headings.width) {
      throw new ReaderError(
        file,
        at + 1,
        `${headings.width} columns as in line ${headAt + 1}`,
        `${cells.length} columns`
      )
    }
    if (seen.has(code)) throw new ReaderError(file, at + 1, "each code once", `${code} again`)
    seen.add(code)
    for (const [length, column] of headings.columns) {
      const text = cells[column] ?? ""
      if (text !== "") descriptors.get(length)!.set(code, text)
      else if (length === "long") throw new ReaderError(file, at + 1, "a long descriptor", "an empty column")
    }
  }
  if (seen.size === 0) throw new ReaderError(file, headAt + 1, "codes below the headings", "none")
  return { file, descriptors }
}

function readPlain(file: string, lines: readonly string[]): CptList {
  const start = lines.findIndex((line) => CODE_LINE.test(line))
  if (start < 0) {
    throw new ReaderError(
      file,
      undefined,
      "lines of a CPT code, a tab or blank, and its descriptor",
      lines[0] ?? ""
    )
  }
  if (start > MOST_BANNER_LINES) {
    throw new ReaderError(file, start + 1, `codes within the first ${MOST_BANNER_LINES} lines`, "other text")
  }
  const texts = new Map<string, string>()
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!
    if (line === "") continue
    const match = CODE_LINE.exec(line)
    if (!match) {
      if (isClosing(lines, at)) break
      throw new ReaderError(file, at + 1, "a CPT code, a tab or blank, and its descriptor", line)
    }
    const [, code = "", , text = ""] = match
    if (texts.has(code)) throw new ReaderError(file, at + 1, "each code once", `${code} again`)
    if (text.includes("\t")) {
      throw new ReaderError(file, at + 1, "two columns, or a line of column headings above", line)
    }
    texts.set(code, text.trim())
  }
  return { file, descriptors: new Map([[lengthOf(file, texts), texts]]) }
}

/** No code follows: the rest is a closing remark. */
function isClosing(lines: readonly string[], at: number): boolean {
  return lines.slice(at).every((line) => !CODE.test(line.slice(0, 5)))
}

/** By name (LONGULT, MEDU, SHORTU), else by the longest text: 28 and 48 characters are the AMA's limits. */
function lengthOf(file: string, texts: ReadonlyMap<string, string>): CptLength {
  const base = file.slice(file.lastIndexOf("/") + 1)
  const named = /^(long|med|short)/i.exec(base)?.[1]?.toLowerCase()
  if (named) return named === "med" ? "medium" : named === "long" ? "long" : "short"
  let longest = 0
  for (const text of texts.values()) longest = Math.max(longest, text.length)
  return longest <= SHORT_LENGTH ? "short" : longest <= MEDIUM_LENGTH ? "medium" : "long"
}
