/**
 * What the lexicon says of drugs, supplies and procedures, as plain types (checks: `schema.ts`; files:
 * codesets/lexicon/procedures/ and drug-brands.json). Words only, besides the codes that a supply may lead to and
 * the beginnings of ICD-10-PCS codes that a procedure may.
 */

/** Brand names of one drug, or of one combination of drugs. */
export interface DrugBrand {
  /** "brand.ceftriaxone" */
  id: string
  /** Generic words as the field writes them, lower case: "acetaminophen hydrocodone". */
  generic: string
  brands: string[]
}

/** Wording that says what happened to a drug, a supply or a procedure. */
export interface ServicePhrase {
  /** "serv.was-given" */
  id: string
  text: string
  /**
   * - given: a drug or vaccine reached the patient here ("administered", "injected")
   * - supplied: an item was handed out or fitted ("dispensed", "fitted with")
   * - ordered: it was asked for ("ordered", "DME order")
   * - done: a procedure took place ("underwent", "was performed")
   * - elsewhere: at home, at a pharmacy, at another time, by mouth ("prescribed", "takes", "at home")
   */
  says: "given" | "supplied" | "ordered" | "done" | "elsewhere"
}

/** A supply, an item of equipment or a service that HCPCS has codes for. */
export interface Supply {
  /** "supply.walker" */
  id: string
  terms: string[]
  /** Wordings that hold a term and mean something else: "crutch training". */
  except?: string[]
  /** `words`: one of them in the same sentence picks this code. The first code without `words` is the default. */
  codes: { code: string; words?: string[] }[]
  /** What has to have happened: a vaccine is given, an item supplied or ordered. */
  needs: "given" | "supplied"
  examples: { fires: { text: string; code: string }[]; quiet: string[] }
}

/** A procedure that ICD-10-PCS knows by its root operation, not by this name. */
export interface PcsProcedure {
  /** "pcs.cholecystectomy" */
  id: string
  terms: string[]
  /** One of these must be said in the same sentence; one of `without` must not. */
  with?: string[]
  without?: string[]
  /** One of these must, none of `nowhere` may, stand anywhere in the document: "blighted ovum". */
  anywhere?: string[]
  nowhere?: string[]
  /** Beginnings of codes, 3 to 7 characters; several when the words of the note choose (side, part). */
  begins: string[]
  /** Characters that the name of the procedure implies, by position (4 to 7). */
  implies?: Record<string, string>
  /** Where two procedures of the list match the same words, the higher wins; default 0. */
  rank?: number
  examples: { fires: { text: string; code: string }[]; quiet: string[] }
}

/** Words of a note for a value of an axis: "laparoscopic" is "Percutaneous Endoscopic". */
export interface PcsWord {
  /** "pcsw.laparoscopic" */
  id: string
  text: string
  /** Position of the axis, 4 to 7. */
  position: number
  /** Labels of the value, as the tables print it; more than one where they differ between tables. */
  labels: string[]
  /** Only in these tables or sections ("0S", "027"). */
  tables?: string[]
}

export interface ProcedureLexicon {
  drugBrands: DrugBrand[]
  servicePhrases: ServicePhrase[]
  supplies: Supply[]
  pcsProcedures: PcsProcedure[]
  pcsWords: PcsWord[]
}
