/**
 * What lists beside the classification say of its codes, put on the codes of one release. A list that was
 * made for this very release must fit it row by row. One that was made for another is borrowed: it only
 * speaks of codes that are still there, billable and unchanged; what it says of others is left out.
 */
import type { AttributeList, CodeAttributes, CodeSetModel, ModelCode } from "../model"
import type { Severity } from "./cc-list"
import type { HccMappings } from "./hcc-mappings"
import type { PoaExemptList } from "./poa-exempt"
import { ReaderError } from "./reader-error"

/** A list as the catalogue names it, and the release whose codes it was made for ("FY2026"). */
export type ListIdentity = Pick<AttributeList, "kind" | "name" | "effective"> & {
  release: string
  knowsUntil?: string
}

/** Adds a list to the model. @param changed codes that this release added or revised, for lists without titles */
export function addPoaExempt(
  model: CodeSetModel,
  identity: ListIdentity,
  { file, release, rows }: PoaExemptList,
  changed: ReadonlySet<string> = new Set()
): void {
  expectRelease(identity, release, file)
  const codes = byCode(model)
  const own = identity.release === model.release
  const told = new Map<string, CodeAttributes>()
  // Positions are those of the order file: a code list put together otherwise may differ in titles.
  const byPosition = own && !model.codes.some((code) => code.derivedTitle)
  for (const { code, order, title, line } of rows) {
    const at = byPosition ? model.codes[order - 1] : codes.get(code)
    if (own && (at?.code !== code || !at.billable || (byPosition && at.title !== title))) {
      throw new ReaderError(
        file,
        line,
        `${code} as billable row ${order} of ${model.release}`,
        at ? `${at.code} ${at.title}` : "none"
      )
    }
    if (!own && !isUnchanged(codes.get(code), title, changed)) continue
    told.set(code, { poaExempt: true })
  }
  addList(model, identity, told)
}

export function addHcc(
  model: CodeSetModel,
  identity: ListIdentity,
  { covers, codes: mapped }: HccMappings,
  file: string,
  labels?: AttributeList["labels"]
): void {
  expectRelease(identity, covers[covers.length - 1]!, file)
  const codes = byCode(model)
  const told = new Map<string, CodeAttributes>()
  for (const [code, { title, categories }] of mapped) {
    if (!isUnchanged(codes.get(code), title, new Set())) continue
    const hcc = Object.entries(categories).map(([name, numbers]) => [name, numbers.join(", ")])
    told.set(code, { hcc: Object.fromEntries(hcc) as Record<string, string> })
  }
  addList(model, identity, told, labels ? { labels } : {})
}

export function addCc(
  model: CodeSetModel,
  identity: ListIdentity,
  severities: ReadonlyMap<string, Severity | "">,
  file: string,
  changed: ReadonlySet<string> = new Set()
): void {
  const codes = byCode(model)
  const told = new Map<string, CodeAttributes>()
  expectEveryCode(model, identity, severities, file)
  for (const [code, severity] of severities) {
    if (
      severity !== "" &&
      isUnchanged(codes.get(code), undefined, changed, identity.release === model.release)
    ) {
      told.set(code, { cc: severity })
    }
  }
  addList(model, identity, told)
}

export function addMce(
  model: CodeSetModel,
  identity: ListIdentity,
  flags: ReadonlyMap<string, string[]>,
  file: string,
  ages?: AttributeList["ages"],
  changed: ReadonlySet<string> = new Set()
): void {
  const codes = byCode(model)
  const told = new Map<string, CodeAttributes>()
  expectEveryCode(model, identity, flags, file)
  for (const [code, each] of flags) {
    if (
      each.length > 0 &&
      isUnchanged(codes.get(code), undefined, changed, identity.release === model.release)
    ) {
      told.set(code, { mce: each })
    }
  }
  addList(model, identity, told, ages ? { ages } : {})
}

/** Lists and attributes of the release before, for the codes that this one left as they were. */
export function borrowAttributes(lender: CodeSetModel, model: CodeSetModel): void {
  if (!lender.attributes || !lender.lists) return
  const codes = byCode(model)
  model.attributes ??= new Map()
  for (const { code, title, billable } of lender.codes) {
    const attributes = lender.attributes.get(code)
    const now = codes.get(code)
    if (attributes && now && now.billable === billable && sameTitle(now.title, title)) {
      model.attributes.set(code, attributes)
    }
  }
  model.lists = [...(model.lists ?? []), ...lender.lists.map((list) => ({ ...list, borrowed: true }))]
}

function byCode(model: CodeSetModel): Map<string, ModelCode> {
  return new Map(model.codes.map((code) => [code.code, code]))
}

/** Only here the model changes: a list that does not fit leaves nothing behind. */
function addList(
  model: CodeSetModel,
  { release, ...list }: ListIdentity,
  told: ReadonlyMap<string, CodeAttributes>,
  more: Partial<AttributeList> = {}
): void {
  model.attributes ??= new Map()
  for (const [code, attributes] of told) {
    model.attributes.set(code, { ...model.attributes.get(code), ...attributes })
  }
  const borrowed = release === model.release ? {} : { borrowed: true }
  model.lists = [...(model.lists ?? []), { ...list, ...borrowed, ...more }]
}

/** The wording of one release to the next: white space aside, every letter counts. */
function sameTitle(a: string, b: string): boolean {
  return a.replace(/\s+/g, " ").trim() === b.replace(/\s+/g, " ").trim()
}

function isUnchanged(
  code: ModelCode | undefined,
  title: string | undefined,
  changed: ReadonlySet<string>,
  own = false
): boolean {
  if (!code?.billable) return false
  if (own) return true
  // A title put together by us may differ in wording from the official one.
  if (title !== undefined && !code.derivedTitle) return sameTitle(code.title, title)
  return !changed.has(code.code)
}

function expectRelease(identity: ListIdentity, found: string, file: string): void {
  if (identity.release !== found) {
    throw new ReaderError(file, undefined, `a list for the codes of ${identity.release}`, found)
  }
}

/** The grouper and the editor know every billable code of their release: one missing means a cut file. */
function expectEveryCode(
  model: CodeSetModel,
  identity: ListIdentity,
  named: { has(code: string): boolean },
  file: string
): void {
  if (identity.release !== model.release) return
  const missing = model.codes.find((code) => code.billable && !named.has(code.code))
  if (missing) {
    throw new ReaderError(
      file,
      undefined,
      `a row for every billable code of ${model.release}`,
      `none for ${missing.code}`
    )
  }
}
