/** Unfilled parts of templates: choices in braces, wildcards that wait for words. */
import type { Mention } from "../match/scan"
import type { ReadDocument } from "../text/document"

/** Choices longer than this are no list of a template. */
const LONGEST_CHOICE = 300

/** Whether a document holds such parts at all: asked once, before every mention. */
export function mayHoldTemplates(document: ReadDocument): boolean {
  return /\*\*\*|\{[^{}\n]/.test(document.text)
}

/** The mention stands among the choices of a list in braces, or in a statement with a wildcard "***" left in it. */
export function isTemplated(document: ReadDocument, { match, sentence }: Mention): boolean {
  const { atoms, text } = document
  const start = atoms.start[match.first] ?? 0
  const end = atoms.end[match.last - 1] ?? start
  const before = text.slice(Math.max(0, start - LONGEST_CHOICE), start)
  const open = before.lastIndexOf("{")
  if (open > before.lastIndexOf("}")) {
    if (text.slice(end, end + LONGEST_CHOICE).includes("}")) return true
  }
  // "Hypertension: ***" names a problem all the same.
  if (sentence.nameEnd >= 0 && match.last <= sentence.nameEnd) return false
  const from = atoms.start[sentence.first] ?? 0
  const to = atoms.end[sentence.last - 1] ?? 0
  return text.slice(from, to).includes("***") && sentence.part !== "problem"
}
