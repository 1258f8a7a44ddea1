/**
 * Diagnosis flags of the Medicare Code Editor: `code,start_date,end_date,flags`; flags between "|", dates as
 * YYYYMMDD, an empty end is open. A code whose flags changed stands in several rows with dates that do not
 * overlap. And its age groups: `group,start_age,end_age,start_date,end_date`.
 */
import { csvTable } from "./csv"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { isoFromCompact, type SourceFile } from "./text"

const FLAG = /^[A-Za-z][A-Za-z0-9_]*$/

/**
 * Flags of every code that the editor knows on a day ([] for most), by code without dot.
 * @param day ISO
 * @throws ReaderError for another header, a broken row, or two rows of one code in force on the day
 */
export function readMceFlags(file: SourceFile, day: string): Map<string, string[]> {
  const codes = new Map<string, string[]>()
  for (const { line, fields } of csvTable(file, ["code", "start_date", "end_date", "flags"])) {
    const [code = "", start = "", end = "", printed = ""] = fields
    if (!ICD10CM_CODE.test(code))
      throw new ReaderError(file.name, line, "an ICD-10-CM code without dot", code)
    const flags = printed === "" ? [] : printed.split("|")
    const odd = flags.find((flag) => !FLAG.test(flag))
    if (odd !== undefined) throw new ReaderError(file.name, line, 'flags between "|"', printed)
    if (!inForce(start, end, day, file.name, line)) continue
    if (codes.has(code)) throw new ReaderError(file.name, line, `one row of ${code} for ${day}`, "another")
    codes.set(code, flags)
  }
  if (codes.size === 0) throw new ReaderError(file.name, undefined, `rows in force on ${day}`, "none")
  return codes
}

/** Ages in years, both inclusive, by group ("maternity"). @throws ReaderError */
export function readMceAges(file: SourceFile, day: string): Record<string, [number, number]> {
  const ages: Record<string, [number, number]> = {}
  const columns = ["group", "start_age", "end_age", "start_date", "end_date"]
  for (const { line, fields } of csvTable(file, columns)) {
    const [group = "", from = "", to = "", start = "", end = ""] = fields
    if (!/^[A-Za-z]+$/.test(group)) throw new ReaderError(file.name, line, "a group of ages", group)
    if (!/^\d{1,3}$/.test(from) || !/^\d{1,3}$/.test(to) || Number(from) > Number(to)) {
      throw new ReaderError(file.name, line, "a first and a last age", `${from}-${to}`)
    }
    if (!inForce(start, end, day, file.name, line)) continue
    const name = group.toLowerCase()
    if (ages[name]) throw new ReaderError(file.name, line, `one row of ${group} for ${day}`, "another")
    ages[name] = [Number(from), Number(to)]
  }
  return ages
}

function inForce(start: string, end: string, day: string, file: string, line: number): boolean {
  const from = isoFromCompact(start, file, line, "the first day")
  const to = isoFromCompact(end, file, line, "the last day")
  if (!from) throw new ReaderError(file, line, "the first day as YYYYMMDD", "")
  return from <= day && (!to || day <= to)
}
