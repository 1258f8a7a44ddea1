/** What the gap finders read and give. A finder never changes what it is given and keeps nothing of it. */
import type { Candidate, ReadChart } from "../suggest/candidate"
import type { Patient } from "../suggest/patient"
import type { Gap, Setting, Suggestion, Suppressed } from "../types"

/** A suggestion with the mentions and the place in the tree that it was made of. */
export interface Suggested {
  suggestion: Suggestion
  candidate: Candidate
}

export interface GapInput {
  setting: Setting
  /** A documentation specialist reads: indicators without a diagnosis are asked about outside a stay, too. */
  cdi?: boolean
  patient: Patient
  /** Every document, with all its mentions: also those that were not suggested. */
  charts: readonly ReadChart[]
  /** ICD-10-CM, best first. */
  suggested: readonly Suggested[]
  suppressed: readonly Suppressed[]
}

/** Finds gaps of one kind; made once with the lexicon, asked once a chart. Order does not matter. */
export interface GapFinder {
  find(input: GapInput): Gap[]
}
