/** Data of the gaps that the classification's axes give: files codesets/rules/gap-*.json. */
import type { CodePattern } from "../lexicon-types"
import type { Setting } from "../types"

/** Codes whose open axes are not asked about ("quiet"), or are worth more than a folded line ("medium"). */
export interface GapGroup {
  id: string
  makes: "quiet" | "medium"
  codes: CodePattern[]
  /** Missing: all. */
  axes?: string[]
  settings?: Setting[]
  /** The group does not count where the chart holds one: a result of a laboratory. */
  unless?: "result"
  reason: string
  guideline?: string
  /** Codes it covers, and codes it leaves alone. */
  examples: { fires: string[]; quiet: string[] }
}

/** Wordings that close an axis because nobody can know ("unknown"), or that tell a result of a laboratory. */
export interface GapPhrase {
  id: string
  says: "unknown" | "result"
  /** Axes that "unknown" closes; missing: all. */
  axes?: string[]
  texts: string[]
  /** Sentences in which one of the texts stands, and sentences without. */
  examples: { fires: string[]; quiet: string[] }
}

/** Words that name one place of the body, near enough to share a side. */
export interface GapSite {
  id: string
  words: string[]
}
