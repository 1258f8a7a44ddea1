/** What every check says of itself in the same way. */
import type { Check, Line, Worksheet } from "./types"

export interface Said {
  id: string
  status: Check["status"]
  text: string
  source: string
  quote?: string
  exception?: string
}

/** A result about lines of one system. */
export function result(sheet: Worksheet, lines: readonly Line[], said: Said): Check {
  const { id, status, text, source, ...more } = said
  return {
    id,
    codes: lines.map(({ ref }) => ({ system: ref.system, code: ref.code })),
    status,
    text,
    source,
    release: sheet.release(lines[0]?.ref.system ?? "ICD-10-CM"),
    ...more
  }
}

export function diagnosesOf(sheet: Worksheet): Line[] {
  return sheet.lines.filter((line) => line.ref.system === "ICD-10-CM")
}

/** The first-listed or principal diagnosis; undefined when that one is no code of the release. */
export function firstListed(sheet: Worksheet): Line | undefined {
  const at = sheet.request.codes.findIndex(({ system }) => system === "ICD-10-CM")
  return sheet.lines.find((line) => line.at === at)
}
