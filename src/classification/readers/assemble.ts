/** Parts of one release, as the readers gave them, put together into one code set. */
import type { CodeSetModel, ModelCode, ModelIndexEntry, ModelSection, Provenance } from "../model"
import { codesFromList } from "./derive-titles"
import type { HcpcsEdition } from "./hcpcs-anweb"
import { codeInTitle } from "./index-title"
import type { AlphabeticIndex } from "./index-xml"
import { expectOneTree } from "./one-tree"
import type { OrderRow } from "./order-file"
import { ReaderError } from "./reader-error"
import type { TabularList } from "./tabular-xml"

export interface ReleaseIdentity {
  /** "FY2026" */
  release: string
  effective: { from: string; to?: string }
  provenance: Provenance
}

export interface Icd10cmParts extends ReleaseIdentity {
  /** Either the order file, or the plain code list (then the Tabular List gives the titles). */
  order?: OrderRow[]
  codeList?: string[]
  tabular?: TabularList
  indexes: AlphabeticIndex[]
}

/** Above this share of codes that one file has and the other has not, they are of different releases. */
const TOLERATED_DIFFERENCE = 0.01

/** @throws ReaderError when parts are missing, belong to different releases, or do not make one tree */
export function assembleIcd10cm(parts: Icd10cmParts): CodeSetModel {
  const year = /^FY(20\d\d)$/.exec(parts.release)?.[1]
  if (!year) throw new ReaderError(parts.release, undefined, "a release such as FY2026", parts.release)
  for (const part of [parts.tabular, ...parts.indexes]) {
    if (part && part.version !== year) {
      throw new ReaderError(
        "source" in part ? `${part.source} index` : "Tabular List",
        undefined,
        `version ${year}`,
        part.version
      )
    }
  }
  const remarks: string[] = []
  const codes = codesOf(parts, remarks)
  expectOneTree(codes, parts.release)
  if (parts.tabular) addNotes(codes, parts.tabular, parts.release, remarks)
  else remarks.push("No Tabular List came with this release: there are no notes.")
  if (!parts.indexes.some((index) => index.source === "disease")) {
    remarks.push("No Alphabetic Index came with this release: codes are found by titles and inclusion terms.")
  }
  const model: CodeSetModel = {
    system: "ICD-10-CM",
    release: parts.release,
    effective: parts.effective,
    complete: true,
    remarks,
    provenance: parts.provenance,
    codes,
    sections: parts.tabular ? existingSections(parts.tabular.sections, codes) : [],
    index: joinIndexes(parts.indexes)
  }
  takeCodesOutOfTitles(model)
  dropUnknownTargets(model)
  return model
}

function codesOf(parts: Icd10cmParts, remarks: string[]): ModelCode[] {
  if (parts.order) {
    return parts.order.map(({ code, title, billable }) => ({ code, title, billable, notes: [] }))
  }
  if (!parts.codeList || !parts.tabular) {
    throw new ReaderError(
      parts.release,
      undefined,
      "an order file, or a code list with the Tabular List",
      "neither"
    )
  }
  const codes = codesFromList(parts.codeList, parts.tabular, parts.release)
  const derived = codes.filter((code) => code.derivedTitle).length
  if (derived > 0) {
    remarks.push(
      `No order file came with this release: the titles of ${derived} codes with a 7th character were put together from the Tabular List.`
    )
  }
  return codes
}

function addNotes(codes: ModelCode[], tabular: TabularList, release: string, remarks: string[]): void {
  const byCode = new Map(codes.map((each) => [each.code, each]))
  let unknown = 0
  for (const diagnosis of tabular.diagnoses) {
    const code = byCode.get(diagnosis.code)
    if (!code) {
      unknown++
      continue
    }
    code.notes.push(...diagnosis.notes)
    if (diagnosis.seventh) code.seventh = diagnosis.seventh
  }
  if (unknown > tabular.diagnoses.length * TOLERATED_DIFFERENCE) {
    throw new ReaderError(
      release,
      undefined,
      "a Tabular List of the same release as the order file",
      `${unknown} codes that the order file does not have`
    )
  }
  // The lists end alike: where the last code is missing, one of the files was cut off.
  const last = tabular.diagnoses[tabular.diagnoses.length - 1]
  if (last && !byCode.has(last.code)) {
    throw new ReaderError(
      release,
      undefined,
      `an order file up to ${last.code}, the last code of the Tabular List`,
      `${codes[codes.length - 1]?.code ?? "nothing"} as its last code`
    )
  }
  if (unknown > 0) remarks.push(`${unknown} codes of the Tabular List are not in the order file: left out.`)
}

/**
 * Ends of a section that exist as categories, so that a range can be worked out by position. The printed
 * ends of a super-block need not exist.
 */
export function existingSections(
  sections: readonly ModelSection[],
  codes: readonly ModelCode[]
): ModelSection[] {
  const categories = codes.filter((each) => each.code.length === 3).map((each) => each.code)
  const known = new Set(categories)
  const result: ModelSection[] = []
  for (const section of sections) {
    let { first, last } = section
    if (!known.has(first) || !known.has(last)) {
      const inside = categories.filter((category) => category >= first && category <= last)
      if (inside.length === 0) continue
      first = known.has(first) ? first : inside[0]!
      last = known.has(last) ? last : inside[inside.length - 1]!
    }
    result.push({ ...section, first, last })
  }
  return result
}

/** One list for all indexes: positions of parents move by what stands before. */
export function joinIndexes(indexes: readonly AlphabeticIndex[]): ModelIndexEntry[] {
  const joined: ModelIndexEntry[] = []
  for (const index of indexes) {
    const offset = joined.length
    for (const entry of index.entries) {
      joined.push(entry.parent < 0 ? entry : { ...entry, parent: entry.parent + offset })
    }
  }
  return joined
}

/** A few lines print their code in the title, which would lead nowhere then. Only a code that exists is one. */
function takeCodesOutOfTitles({ codes, index }: CodeSetModel): void {
  const known = new Set(codes.map(({ code }) => code))
  for (const entry of index) {
    if (entry.code !== undefined || !(entry.source === "disease" || entry.source === "external")) continue
    const found = codeInTitle(entry.title)
    if (!found || !known.has(found.code)) continue
    entry.title = found.title
    entry.code = found.code
  }
}

/** The official index has misprints (Z15.08, Q99.814): a target that does not exist leads nowhere. */
function dropUnknownTargets(model: CodeSetModel): void {
  const known = new Set(model.codes.map((each) => each.code))
  const unknown = new Set<string>()
  for (const entry of model.index) {
    if (entry.code !== undefined && !known.has(entry.code)) {
      unknown.add(entry.code)
      delete entry.code
      delete entry.incomplete
      delete entry.manifestation
    }
    if (entry.manifestation !== undefined && !known.has(entry.manifestation)) {
      unknown.add(entry.manifestation)
      delete entry.manifestation
    }
  }
  if (unknown.size > 0) {
    const listed = [...unknown].slice(0, 10).join(", ")
    model.remarks.push(
      `The index prints ${unknown.size} codes that do not exist in ${model.release} (${listed}): left out.`
    )
  }
}

/** HCPCS has neither notes nor index nor headers; its records say of coverage and pricing what they say. */
export function assembleHcpcs(edition: HcpcsEdition, identity: ReleaseIdentity): CodeSetModel {
  return {
    system: "HCPCS",
    release: identity.release,
    effective: identity.effective,
    complete: true,
    remarks: [],
    provenance: identity.provenance,
    codes: edition.codes,
    modifiers: edition.modifiers,
    attributes: edition.attributes,
    lists: [{ kind: "hcpcs", name: `HCPCS Level II ${identity.release}`, effective: identity.effective }],
    sections: [],
    index: []
  }
}

/** The starter set says of itself that it is not complete, everywhere. */
export function assembleStarter(
  system: "ICD-10-CM" | "HCPCS",
  codes: ModelCode[],
  identity: ReleaseIdentity
): CodeSetModel {
  if (system === "ICD-10-CM") expectOneTree(codes, identity.release)
  const billable = codes.filter((code) => code.billable).length
  return {
    system,
    release: identity.release,
    effective: identity.effective,
    complete: false,
    remarks: [`Starter set, typed by hand: ${billable} codes, not complete. No notes, no index.`],
    provenance: identity.provenance,
    codes,
    sections: [],
    index: []
  }
}
