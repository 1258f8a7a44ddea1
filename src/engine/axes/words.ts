/** The axes of codesets/rules/gap-axes.json, compiled: which phrase of a title says which value of which axis. */
import { foldTokens, tokenize } from "@/classification/words"
import { PhraseTable } from "../lexicon/phrases"

/** An entry of codesets/rules/gap-axes.json. */
export interface AxisEntry {
  id: string
  /** "laterality", "stage", "7th character" ... */
  axis: string
  /** As a coder calls it: "side". */
  name: string
  /** Values with the phrases of titles that say them; none for an axis that is told by its noun alone. */
  values: Record<string, string[]>
  /** Words beside "unspecified" in a title that tell this axis was not said. */
  nouns: string[]
  /** Words of kinds that tell what kinds they are, when no noun does. */
  words?: string[]
  /** Words of titles whose kinds, behind "of" or "in", are values of this axis: "neoplasm of", "pain in" a place. */
  conditions?: string[]
  /** What is not said is not there: silence answers it ("COPD, unspecified" beside "with exacerbation"). */
  absence?: true
  /** Of a gap of this axis; missing: low. */
  severity?: "medium"
  /** The coder answers it, from the kind of encounter: no question to the provider. */
  coder?: true
  /** Section of the Official Guidelines that asks for it. */
  guideline?: string
  /** Codes that leave it open, with codes of values it offers then; and codes that do not. */
  examples: { fires: { code: string; options: string[] }[]; quiet: string[] }
}

export interface AxisValue {
  axis: string
  value: string
}

export interface AxisWords {
  /** By folded words of a title, denying and linking words kept. */
  values: PhraseTable<AxisValue>
  /** Folded noun phrase -> axis. */
  nouns: ReadonlyMap<string, string>
  /** Folded word of a kind -> axis. */
  kinds: ReadonlyMap<string, string>
  /** Folded word of a condition -> axis of what stands behind "of" or "in" there. */
  conditions: ReadonlyMap<string, string>
  entries: ReadonlyMap<string, AxisEntry>
}

/** Folded words of a phrase of titles, all of them. */
export function titleTokens(text: string): string[] {
  return foldTokens(text, tokenize(text))
}

export function compileAxisWords(entries: readonly AxisEntry[]): AxisWords {
  const values = new PhraseTable<AxisValue>()
  const nouns = new Map<string, string>()
  const kinds = new Map<string, string>()
  const conditions = new Map<string, string>()
  for (const { axis, values: said, nouns: beside, words, conditions: of } of entries) {
    for (const word of of ?? []) conditions.set(titleTokens(word).join(" "), axis)
    for (const word of words ?? []) kinds.set(titleTokens(word).join(" "), axis)
    for (const [value, phrases] of Object.entries(said))
      for (const phrase of phrases) values.add(titleTokens(phrase), { axis, value })
    for (const noun of beside) nouns.set(titleTokens(noun).join(" "), axis)
  }
  return { values, nouns, kinds, conditions, entries: new Map(entries.map((entry) => [entry.axis, entry])) }
}
