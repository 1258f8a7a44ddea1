/**
 * HCPCS Level II in the ANWEB record layout. Fixed width (293 in 2025, 320 in 2019, which starts with a page
 * of disclaimers). 1-based columns: 1-5 code (a modifier stands in 4-5), 6-10 sequence, 11 record type
 * (3 first line of a code, 4 continuation, 7 first line of a modifier, 8 continuation), 12-91 part of the
 * long description, 92-119 short description, 269-276 added, 277-284 action effective, 285-292 ended.
 */
import type { ModelCode } from "../model"
import { ReaderError } from "./reader-error"
import { isoFromCompact, linesOf, type SourceFile } from "./text"

export interface HcpcsEdition {
  /** In the order of the file. A code whose `ended` has passed is kept: notes of that time need it. */
  codes: ModelCode[]
  modifiers: ModelCode[]
}

const RECORD = /^(?:[A-V]\d{4}| {3}[0-9A-Z]{2})\d{5}[3478]/

/** @throws ReaderError for a broken record, a continuation without its first line, or a code given twice */
export function readHcpcs(file: SourceFile): HcpcsEdition {
  const lines = linesOf(file)
  const start = lines.findIndex((line) => RECORD.test(line))
  if (start < 0) {
    throw new ReaderError(file.name, undefined, "records of the HCPCS ANWEB layout", lines[0] ?? "")
  }
  const edition: HcpcsEdition = { codes: [], modifiers: [] }
  const seen = new Set<string>()
  let current: ModelCode | undefined
  for (let at = start; at < lines.length; at++) {
    const line = lines[at]!
    if (line.trim() === "") continue
    const fail = (expected: string, found: string): never => {
      throw new ReaderError(file.name, at + 1, expected, found)
    }
    if (!RECORD.test(line))
      fail("a HCPCS record (code, sequence, record type 3, 4, 7 or 8)", line.slice(0, 40))
    const code = line.slice(0, 5).trim()
    const type = line[10]!
    const part = line.slice(11, 91).trim()
    const isModifier = type === "7" || type === "8"
    if (isModifier !== (code.length === 2))
      fail("record type 7 or 8 for modifiers, 3 or 4 for codes", line.slice(0, 40))
    if (type === "4" || type === "8") {
      if (current?.code !== code) fail(`a first line of ${code} before its continuation`, line.slice(0, 40))
      // Parts end at a word: the rest of the 80 columns is blank.
      if (current && part !== "") current.title = `${current.title} ${part}`
      continue
    }
    if (line.length < 293) fail("a record of at least 293 columns", `${line.length} columns`)
    if (part === "") fail("a long description in columns 12-91", "")
    if (seen.has(code)) fail("each code once", `${code} again`)
    seen.add(code)
    current = { code, title: part, billable: !isModifier, notes: [] }
    const added = isoFromCompact(line.slice(268, 276), file.name, at + 1, "the date the code was added")
    const ended = isoFromCompact(line.slice(284, 292), file.name, at + 1, "the date the code ended")
    if (added) current.added = added
    if (ended) current.ended = ended
    if (isModifier) edition.modifiers.push(current)
    else edition.codes.push(current)
  }
  return edition
}
