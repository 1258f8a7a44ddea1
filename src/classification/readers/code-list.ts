/**
 * The code list of the PyPI distribution `simple-icd-10-cm`: chapters ("4"), blocks ("E08-E13") and codes
 * without dot, one a line, in tabular order, 7-character codes included. A block of one category ("B20")
 * stands twice, once as block, once as code. It names no titles and no flags: a code is billable when
 * nothing in the list hangs below it.
 */
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

const CHAPTER = /^(?:[1-9]|1\d|2[0-2])$/
const BLOCK = /^[A-Z][0-9A-Z]{2}-[A-Z][0-9A-Z]{2}$/

/** Codes in the order of the list, each once. @throws ReaderError for a line that is none of the three kinds */
export function readCodeList(file: SourceFile): string[] {
  const codes: string[] = []
  const seen = new Set<string>()
  let chapters = 0
  for (const [at, raw] of linesOf(file).entries()) {
    const line = raw.trim()
    if (CHAPTER.test(line)) {
      chapters++
      continue
    }
    if (BLOCK.test(line)) continue
    if (!ICD10CM_CODE.test(line)) {
      throw new ReaderError(file.name, at + 1, "a chapter number, a block or a code without dot", raw)
    }
    if (seen.has(line)) {
      if (line.length === 3) continue
      throw new ReaderError(file.name, at + 1, "each code once", `${line} again`)
    }
    seen.add(line)
    codes.push(line)
  }
  if (chapters < 20) {
    throw new ReaderError(file.name, undefined, "the chapters 1 to 22 of ICD-10-CM", `${chapters} chapters`)
  }
  return codes
}
