/**
 * Complications and comorbidities of the MS-DRG grouper: `code,mdc,severity,pdx_exclusion_group`, one row for
 * every diagnosis the grouper knows; severity is CC, MCC or empty.
 */
import { csvTable } from "./csv"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

export type Severity = "CC" | "MCC"

/** Severity of every code, "" for none, by code without dot. @throws ReaderError */
export function readCcList(file: SourceFile): Map<string, Severity | ""> {
  const codes = new Map<string, Severity | "">()
  for (const { line, fields } of csvTable(file, ["code", "mdc", "severity", "pdx_exclusion_group"])) {
    const [code = "", , severity = ""] = fields
    if (!ICD10CM_CODE.test(code))
      throw new ReaderError(file.name, line, "an ICD-10-CM code without dot", code)
    if (severity !== "" && severity !== "CC" && severity !== "MCC") {
      throw new ReaderError(file.name, line, "CC, MCC or nothing", severity)
    }
    if (codes.has(code)) throw new ReaderError(file.name, line, "each code once", `${code} again`)
    codes.set(code, severity)
  }
  if (codes.size === 0) throw new ReaderError(file.name, undefined, "codes below the header", "none")
  return codes
}
