/** The Alphabetic Index as lines of a tree: main terms from a place on, subterms where they were opened. Pure. */
import type { IndexSource } from "@/classification/model"
import type { IndexBook, IndexLine } from "@/classification/pack-api"

export interface IndexTreeLine {
  id: string
  line: IndexLine
  level: number
  expanded?: boolean
  position: number
  size: number
}

/** Lines of one term that are shown at most; the index has none with more. */
const REACH = 400

/** Whether there is something to unfold: subterms, or the cells of a table. */
export function branches(line: IndexLine): boolean {
  return line.children > 0 || (line.cells?.some((cell) => cell !== "") ?? false)
}

/**
 * The neoplasm table stands below one line of its own, and its rows count as main terms beside it: that line
 * is not unfolded a second time.
 */
function isWholeTable(line: IndexLine, source: IndexSource, mainTerms: number): boolean {
  return source === "neoplasm" && mainTerms > 1 && line.children >= mainTerms - 1
}

export function indexLines(
  book: IndexBook,
  source: IndexSource,
  from: number,
  to: number,
  open: ReadonlySet<number>
): IndexTreeLine[] {
  const total = mainTermCount(book, source)
  const lines: IndexTreeLine[] = []
  const add = (line: IndexLine, level: number, position: number, size: number) => {
    const whole = isWholeTable(line, source, total)
    const expanded = !whole && branches(line) ? open.has(line.id) : undefined
    lines.push({
      id: String(line.id),
      line,
      level,
      position,
      size,
      ...(expanded === undefined ? {} : { expanded })
    })
    if (!expanded) return
    const below = book.children(line.id)
    below.forEach((child, index) => {
      add(child, level + 1, index + 1, below.length)
    })
  }
  book.mainTerms(source, from, to - from).forEach((line, index) => {
    add(line, 1, from + index + 1, total)
  })
  return lines
}

export function mainTermCount(book: IndexBook, source: IndexSource): number {
  return book.sources().find((each) => each.source === source)?.mainTerms ?? 0
}

export interface IndexPlace {
  source: IndexSource
  /** Position of the main term in the book. */
  position: number
  /** From the main term down to the line. */
  path: number[]
}

/** Where a line stands in the book; undefined when its main term is not found. */
export function placeOfLine(book: IndexBook, id: number): IndexPlace | undefined {
  const { source } = book.line(id)
  const ids = book.path(id)
  const total = mainTermCount(book, source)
  const [top, ...below] = ids
  if (top === undefined) return undefined
  const path = below.length > 0 && isWholeTable(book.line(top), source, total) ? below : ids
  const main = path[0] ?? id
  const start = book.seek(source, book.line(main).title)
  // Printed order strays from that of the letters: the main term stands near the place, not always behind it.
  for (const from of [start, Math.max(0, start - REACH)]) {
    const near = book.mainTerms(source, from, REACH)
    const at = near.findIndex((line) => line.id === main)
    if (at >= 0) return { source, position: from + at, path }
  }
  return undefined
}

/**
 * The line of a path as codes name it: "Diabetes, type 2, with, chronic kidney disease". Titles have commas of
 * their own, so every way to cut the text is tried.
 * @returns -1 when no line is found
 */
export function lineOfPath(book: IndexBook, source: IndexSource, path: string): number {
  const below = (id: number, rest: string): number => {
    for (const child of book.children(id)) {
      const found = match(child, rest)
      if (found >= 0) return found
    }
    return -1
  }
  const match = (line: IndexLine, text: string): number => {
    if (text === line.title) return line.id
    return text.startsWith(`${line.title}, `) ? below(line.id, text.slice(line.title.length + 2)) : -1
  }
  const words = path.split(", ")
  for (let count = words.length; count > 0; count--) {
    const title = words.slice(0, count).join(", ")
    const near = book.mainTerms(source, book.seek(source, title), 3)
    for (const line of near) {
      const found = match(line, path)
      if (found >= 0) return found
    }
  }
  return -1
}
