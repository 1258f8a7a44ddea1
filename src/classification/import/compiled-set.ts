/** What the import Worker and the options page say to each other. */
import type { EditTableFacts } from "../edits/types"
import type { PackInfo } from "../pack-api"

/** One step of an import, for the screen. */
export interface ImportProgress {
  /** 1-based; `steps` may grow while archives are opened, and never shrinks. */
  step: number
  steps: number
  /** "Reading icd10cm_order_2026.txt" */
  label: string
  /** Figures of the steps that are done: "98,186 codes and headers". */
  done: string[]
}

/** A code set that was compiled, verified whole and is ready to be stored. */
export interface CompiledSet {
  info: PackInfo
  blob: Blob
  /** Names of the files that went in. */
  files: string[]
  /** Plain sentences on parts that would make it whole: "The Tabular List is missing: there will be no notes." */
  missing: string[]
}

/** Claim edits of CMS (NCCI pairs, medically unlikely units), compiled and ready to be stored. */
export interface CompiledEdits {
  facts: EditTableFacts
  bytes: number
  sha256: string
  blob: Blob
  files: string[]
}

export interface ImportOutcome {
  sets: CompiledSet[]
  edits?: CompiledEdits[]
  /** Files that nothing was taken from, with their archive. */
  unused: string[]
}

/** What a person must have confirmed before certain files are taken. */
export interface ImportTerms {
  /** "I have a licence of the American Medical Association for these CPT files." */
  cptLicence: boolean
  /** The files of the AMA do not say their year: "2026". */
  cptYear?: string
}

/** Page to Worker, once. */
export interface ImportOrder {
  files: File[]
  terms: ImportTerms
  /** Code sets that are installed, as handles: an import takes over what its files do not hold. */
  installed?: { id: string; blob: Blob }[]
}

/** Worker to page; the last one is `outcome` or `error`. */
export type ImportMessage =
  | { kind: "progress"; progress: ImportProgress }
  | { kind: "outcome"; outcome: ImportOutcome }
  /** `sentence` is for the screen: it names file, line and what was expected. */
  | { kind: "error"; sentence: string }

/** The files cannot be taken. The message is a plain sentence. */
export class ImportError extends Error {
  override readonly name = "ImportError"
}
