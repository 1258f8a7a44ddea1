/**
 * CPT from the user's own licensed files. The AMA holds the rights: nothing of it is shipped, and whoever calls
 * this has asked the user for the licence.
 */
import type { CodeSetModel, ModelCode, Provenance } from "../model"
import { type CptLength, type CptList, readCptFile } from "./cpt-files"
import { ReaderError } from "./reader-error"
import type { SourceFile } from "./text"

const LENGTHS: readonly CptLength[] = ["long", "medium", "short"]

/** Above this share of codes that one list has and another has not, they are of different years. */
const TOLERATED_DIFFERENCE = 0.02

/**
 * @param files one or more lists of descriptors of one year
 * @param release the year: "2026" (in force from 1 January to 31 December)
 * @throws ReaderError naming the file and line, or two files that do not belong together
 */
export function cptModel(
  files: readonly SourceFile[],
  release: string,
  provenance: Provenance = { source: "licensed-files", files: [] }
): CodeSetModel {
  if (!/^20\d\d$/.test(release)) throw new ReaderError("CPT", undefined, "a year such as 2026", release)
  if (files.length === 0) throw new ReaderError("CPT", undefined, "a file of descriptors", "none")
  const byLength = new Map<CptLength, { file: string; texts: Map<string, string> }>()
  for (const list of files.map(readCptFile)) merge(byLength, list)
  const best = LENGTHS.find((length) => byLength.has(length))!
  const remarks: string[] = []
  if (best !== "long") {
    remarks.push(`There are no long descriptors in these files: titles are the ${best} ones.`)
  }
  const titles = byLength.get(best)!
  for (const [length, { file, texts }] of byLength) {
    if (length !== best) expectSameCodes(titles, { file, texts }, remarks)
  }
  // By number: the lists of the AMA are, and a merged set must be.
  const codes = [...titles.texts]
    .map(([code, title]): ModelCode => ({ code, title, billable: true, notes: [] }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  return {
    system: "CPT",
    release,
    effective: { from: `${release}-01-01`, to: `${release}-12-31` },
    complete: true,
    remarks,
    provenance,
    codes,
    sections: [],
    index: []
  }
}

function merge(byLength: Map<CptLength, { file: string; texts: Map<string, string> }>, list: CptList): void {
  for (const [length, texts] of list.descriptors) {
    const known = byLength.get(length)
    if (!known) {
      byLength.set(length, { file: list.file, texts })
      continue
    }
    // Two lists of one length may hold different parts of the year (PLA codes come apart), never the same code.
    for (const [code, text] of texts) {
      const before = known.texts.get(code)
      if (before !== undefined && before !== text) {
        throw new ReaderError(list.file, undefined, `${code} as in ${known.file}`, "another descriptor")
      }
      known.texts.set(code, text)
    }
  }
}

function expectSameCodes(
  titles: { file: string; texts: ReadonlyMap<string, string> },
  other: { file: string; texts: ReadonlyMap<string, string> },
  remarks: string[]
): void {
  const missing = [...other.texts.keys()].filter((code) => !titles.texts.has(code))
  if (missing.length > titles.texts.size * TOLERATED_DIFFERENCE) {
    throw new ReaderError(
      other.file,
      undefined,
      `codes of the same year as ${titles.file}`,
      `${missing.length} others`
    )
  }
  if (missing.length > 0) {
    remarks.push(`${missing.length} codes of ${other.file} have no long descriptor: left out.`)
  }
}
