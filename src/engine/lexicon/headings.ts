/** Headings of notes, ready to be looked up: one table for exact wordings, one for how long they can be. */
import type { Heading, Lexicon, Section, SectionId, SectionRole } from "../lexicon-types"

export interface HeadingTable {
  exact: Map<string, Heading>
  sections: Map<SectionId, Section>
  /** One or two lower-case words of what is told in one section only. */
  tells: ReadonlyMap<string, Section>
}

export function compileHeadings(lexicon: Pick<Lexicon, "headings" | "sections">): HeadingTable {
  const exact = new Map<string, Heading>()
  for (const heading of lexicon.headings) exact.set(normalizeHeading(heading.text), heading)
  return {
    exact,
    sections: new Map(lexicon.sections.map((section) => [section.id, section])),
    tells: new Map(
      lexicon.sections.flatMap((section) => (section.tells ?? []).map((word) => [word, section] as const))
    )
  }
}

/** Lower case, one space between words, no markup, brackets or end marks: how headings are compared. */
export function normalizeHeading(text: string): string {
  return text
    .toLowerCase()
    .replace(/\([^)]{0,60}\)?/g, " ")
    .replace(/&/g, " and ")
    .replace(/[*_#=[\]"]/g, " ")
    .replace(/\s*\/\s*/g, "/")
    .replace(/[\s\u00a0]+/g, " ")
    .replace(/^[\s.,:;-]+|[\s.,:;?–—-]+$/g, "")
    .replace(/ (?:#? ?\d{1,2}|no\.? \d{1,2})$/, "")
}

export function roleOf(table: HeadingTable, section: SectionId): SectionRole {
  return table.sections.get(section)?.role ?? "narrative"
}

/** Words that may stand after a known heading without changing it ("VITALS REVIEWED"). */
function headingWithin(table: HeadingTable, wording: string): Heading | undefined {
  const words = wording.split(" ")
  for (let keep = words.length - 1; keep > 0; keep--) {
    const found =
      table.exact.get(words.slice(0, keep).join(" ")) ?? table.exact.get(words.slice(-keep).join(" "))
    if (found && !found.needs) return found
  }
  return undefined
}

/**
 * @param style how the wording stands there: before a colon or dash, alone on its line, and whether in capitals
 * @param loose also accept a known heading with words around it ("PHYSICAL EXAMINATION FINDINGS")
 */
export function findHeading(
  table: HeadingTable,
  wording: string,
  style: { colon: boolean; alone: boolean; capitals: boolean },
  loose = false
): Heading | undefined {
  const normal = normalizeHeading(wording)
  if (normal.length < 1 || normal.length > 70) return undefined
  if (normal.length === 1 && !style.colon) return undefined
  const found = table.exact.get(normal)
  if (found) {
    if (found.needs === "colon" && !style.colon) return undefined
    if (found.needs === "line" && !style.colon && !style.alone) return undefined
    return found
  }
  return loose ? headingWithin(table, normal) : undefined
}

/** What follows says when, where or for whom: "... on File Prior to Visit", "... for Knee Pain". */
const TAIL = /\s(?:on|of|for|in|at|with|from|per|prior|during|as|by|this|since|to)\s.*$/

/**
 * The heading that is the head of a title: its last words before any preposition ("Current Outpatient Medications
 * on File", "Abdominal Imaging"). Words that need a colon or a line of their own head nothing.
 */
export function headOf(table: HeadingTable, title: string): Heading | undefined {
  const head = normalizeHeading(title).replace(TAIL, "")
  const words = head.split(" ")
  for (let from = 0; from < words.length; from++) {
    const found = table.exact.get(words.slice(from).join(" "))
    if (found) return found.needs || found.system ? undefined : found
  }
  return undefined
}
