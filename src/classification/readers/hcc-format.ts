/**
 * Two parts of the CMS-HCC software: its format file (code, tab, category, tab, and "D" where the code has a
 * second category in another row) and the labels of categories.
 */
import { csvTable } from "./csv"
import type { HccMappings } from "./hcc-mappings"
import { ICD10CM_CODE } from "./order-file"
import { ReaderError } from "./reader-error"
import { linesOf, type SourceFile } from "./text"

/** Categories by code without dot (F2825T1N.TXT). @throws ReaderError for a broken row or a pair given twice */
export function readHccFormat(file: SourceFile): Map<string, string[]> {
  const codes = new Map<string, string[]>()
  for (const [at, line] of linesOf(file).entries()) {
    const [code = "", category = "", rest, ...more] = line.split("\t")
    if (
      !ICD10CM_CODE.test(code.trim()) ||
      !/^\d{1,3}$/.test(category.trim()) ||
      !/^D?$/.test(rest ?? "-") ||
      more.length > 0
    ) {
      throw new ReaderError(
        file.name,
        at + 1,
        "a code, a category, and D or nothing behind, between tabs",
        line
      )
    }
    const known = codes.get(code.trim()) ?? []
    if (known.includes(category.trim())) {
      throw new ReaderError(file.name, at + 1, "each code once for a category", line)
    }
    codes.set(
      code.trim(),
      [...known, category.trim()].sort((a, b) => Number(a) - Number(b))
    )
  }
  return codes
}

/**
 * The software's own file and the mappings that are published for readers must say the same: either of
 * them cut, altered or of another year is noticed here.
 * @throws ReaderError with the first code on which they differ
 */
export function expectSameHcc(
  mappings: HccMappings,
  model: string,
  format: ReadonlyMap<string, string[]>,
  file: string
): void {
  for (const code of new Set([...mappings.codes.keys(), ...format.keys()])) {
    const published = mappings.codes.get(code)?.categories[model]?.join(", ") ?? "none"
    const used = format.get(code)?.join(", ") ?? "none"
    if (published !== used) {
      throw new ReaderError(
        file,
        undefined,
        `${model} category ${published} for ${code}, as in the mappings`,
        used
      )
    }
  }
}

/** Labels of one model by category: "37" -> "Diabetes with Chronic Complications". @throws ReaderError */
export function readHccLabels(file: SourceFile): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const { line, fields } of csvTable(file, ["hcc", "label"])) {
    const [category = "", label = ""] = fields
    if (!/^\d{1,3}$/.test(category)) throw new ReaderError(file.name, line, "a category number", category)
    if (label.trim() === "") throw new ReaderError(file.name, line, "a label", "")
    if (Object.hasOwn(labels, category))
      throw new ReaderError(file.name, line, "each category once", category)
    labels[category] = label.trim()
  }
  return labels
}
