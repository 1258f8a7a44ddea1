/** How a query is built: its question, the options behind it, the indicators before it. */

export interface Piece {
  /** UTF-16 offsets in the text. */
  start: number
  end: number
  text: string
}

export interface QueryOption extends Piece {
  /** Ticked or set off from the others. */
  marked: boolean
  /** Blanks before the option's mark, for "none is more heavily indented". */
  indent: number
}

export interface QueryStructure {
  questions: Piece[]
  options: QueryOption[]
  /** Lines that give a value, a finding or a quotation, before the options. */
  indicators: Piece[]
  /** Passages in quotation marks. */
  quoted: Piece[]
}

const OPTION =
  /^([ \t]*)(?:[-*\u2022\u25cb\u25cf\u25a1\u2610-\u2612]|\[[ xX\u2713]?\]|\([ xX]?\)|\(?[A-Za-z0-9]{1,2}[.)])[ \t]+(?:\[[ xX\u2713]?\][ \t]*)?(\S.*)$/
const TICKED = /^[ \t]*(?:[-*\u2022][ \t]+)?(?:\[[xX\u2713]\]|\([xX]\)|[\u2611\u2612])/
const SET_OFF = /^(?:\*\*.+\*\*|__.+__|<b>.*)$/
const ASKS_TO_CHOOSE =
  /\b(?:options?|(?:please )?(?:select|choose|check|tick|mark)(?: one)?|one of the following)\b[^\n]*:\s*$|\b(?:please|kindly|can you|could you) (?:specify|clarify|indicate|document|state|confirm)\b[^\n?]*[.:]\s*$/i
const HEADING_OF_INDICATORS = /^[ \t]*(?:clinical )?(?:indicators?|findings|evidence)\b[^\n]{0,40}:?/i
/** A number beside something, as results, vital signs and doses are written, or a quotation. */
const TELLS = /[\d"\u201c]/
const QUOTATION = /"([^"\n]{3,})"|\u201c([^\u201d\n]{3,})\u201d/g

export function readStructure(text: string): QueryStructure {
  const lines = linesOf(text)
  const quoted = Array.from(text.matchAll(QUOTATION), (match) => ({
    start: match.index + 1,
    end: match.index + match[0].length - 1,
    text: match[1] ?? match[2] ?? ""
  }))
  // "? pneumonia" of the record is no question of the query.
  const questions = questionsOf(text).filter(
    (question) =>
      !quoted.some(({ start, end }) => question.start < end && question.end > start && question.end <= end)
  )
  const first = firstOptionLine(lines, questions)
  const options: QueryOption[] = []
  for (const line of lines.slice(first)) {
    const found = OPTION.exec(line.text)
    if (found) options.push(optionOf(line, found[1]!, found[2]!))
    else if (options.length > 0 && line.text.trim() !== "") break
  }
  if (options.length === 0) options.push(...yesOrNo(text, questions))
  const before = options[0]?.start ?? text.length
  return {
    questions,
    options,
    indicators: indicatorLines(
      lines.filter((line) => line.end <= before),
      questions
    ),
    quoted
  }
}

function linesOf(text: string): Piece[] {
  const lines: Piece[] = []
  let start = 0
  for (const line of text.split("\n")) {
    lines.push({ start, end: start + line.length, text: line.replace(/\r$/, "") })
    start += line.length + 1
  }
  return lines
}

/** Sentences that end in a question mark. */
function questionsOf(text: string): Piece[] {
  return Array.from(text.matchAll(/[^.?!\n:]*\?/g), (match) => {
    const blanks = match[0].length - match[0].trimStart().length
    const start = match.index + blanks
    return { start, end: match.index + match[0].length, text: match[0].trim() }
  }).filter((question) => /\p{L}{2}/u.test(question.text))
}

/** Options stand behind the last question, or behind a line that asks to choose. */
function firstOptionLine(lines: readonly Piece[], questions: readonly Piece[]): number {
  const asked = lines.findLastIndex((line) => ASKS_TO_CHOOSE.test(line.text))
  const last = questions.at(-1)
  const questioned = last === undefined ? -1 : lines.findIndex((line) => line.end >= last.end)
  const at = Math.max(asked, questioned)
  return at < 0 ? lines.length : at + 1
}

function optionOf(line: Piece, blanks: string, words: string): QueryOption {
  const start = line.start + line.text.lastIndexOf(words)
  return {
    start,
    end: start + words.length,
    text: words.trim(),
    marked: TICKED.test(line.text) || SET_OFF.test(words.trim()),
    indent: blanks.replaceAll("\t", "    ").length
  }
}

/** "... ? Yes / No" on one line. */
function yesOrNo(text: string, questions: readonly Piece[]): QueryOption[] {
  const last = questions.at(-1)
  if (!last) return []
  const found = /^\s*(yes)\s*(?:\/|or|,|\n)\s*(no)\b/i.exec(text.slice(last.end))
  if (!found) return []
  return [found[1]!, found[2]!].map((word) => {
    const start = text.indexOf(word, last.end)
    return { start, end: start + word.length, text: word, marked: false, indent: 0 }
  })
}

function indicatorLines(lines: readonly Piece[], questions: readonly Piece[]): Piece[] {
  const found: Piece[] = []
  let below = false
  for (const line of lines) {
    if (line.text.trim() === "" || /\?\s*$/.test(line.text)) {
      if (line.text.trim() !== "") below = false
      const told = beforeQuestion(line, questions)
      if (told && TELLS.test(told.text)) found.push(told)
      continue
    }
    const heading = HEADING_OF_INDICATORS.exec(line.text)
    if (heading) {
      below = true
      if (line.text.slice(heading[0].length).trim() === "") continue
      found.push(line)
      continue
    }
    if (below || TELLS.test(line.text)) found.push(line)
  }
  return found
}

/** What a line says before its question: "EF 30 % on 01/09. Can the type be specified?" */
function beforeQuestion(line: Piece, questions: readonly Piece[]): Piece | undefined {
  const question = questions.find(({ start, end }) => start >= line.start && end <= line.end)
  if (!question || question.start === line.start) return undefined
  return { start: line.start, end: question.start, text: line.text.slice(0, question.start - line.start) }
}
