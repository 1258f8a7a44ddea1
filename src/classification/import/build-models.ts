/** Recognised files, grouped by system and release, read into models. */
import type { CodeSetModel, Provenance } from "../model"
import { assembleHcpcs, assembleIcd10cm, type ReleaseIdentity } from "../readers/assemble"
import { borrowFrom } from "../readers/borrow"
import { readCodeList } from "../readers/code-list"
import { readHcpcs } from "../readers/hcpcs-anweb"
import { type AlphabeticIndex, readIndexXml } from "../readers/index-xml"
import { readOrderFile } from "../readers/order-file"
import { ReaderError } from "../readers/reader-error"
import { readTabularXml } from "../readers/tabular-xml"
import { ImportError } from "./compiled-set"
import type { Recognised, Role } from "./recognise"
import { counted, type Steps } from "./steps"

export interface BuiltModel {
  model: CodeSetModel
  /** Names of the files that went in. */
  files: string[]
}

interface Group {
  system: "ICD-10-CM" | "HCPCS"
  release: string
  parts: Recognised[]
}

/** Where an imported pack says it came from. */
const SOURCE = "imported"

/** @throws ReaderError, ImportError */
export async function buildModels(
  wanted: readonly Recognised[],
  steps: Steps
): Promise<{ models: BuiltModel[]; unused: string[] }> {
  const unused: string[] = []
  const models: BuiltModel[] = []
  // Older first, so that a release whose notes are not out yet may borrow from the one before it.
  const groups = grouped(wanted).sort((a, b) => (a.release < b.release ? -1 : 1))
  for (const group of groups) {
    models.push(
      group.system === "HCPCS"
        ? await hcpcs(group, steps)
        : await icd10cm(group, steps, unused, models.findLast((each) => isLender(each.model))?.model)
    )
  }
  return { models, unused }
}

const isLender = (model: CodeSetModel) => model.system === "ICD-10-CM" && model.sections.length > 0

function grouped(wanted: readonly Recognised[]): Group[] {
  const groups = new Map<string, Group>()
  for (const part of wanted) {
    const { system, release } = part
    if ((system !== "ICD-10-CM" && system !== "HCPCS") || release === undefined) continue
    const key = `${system} ${release}`
    const group = groups.get(key) ?? { system, release, parts: [] }
    group.parts.push(part)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** The only file of its kind. @throws ImportError when there are two */
function one({ system, release, parts }: Group, role: Role): Recognised | undefined {
  const found = parts.filter((part) => part.role === role)
  if (found.length > 1) {
    const names = found.map(({ member }) => member.name).join(" and ")
    throw new ImportError(`Two files of the same kind for ${system} ${release}: ${names}. Add one of them.`)
  }
  return found[0]
}

const provenance: Provenance = { source: SOURCE, files: [] }
const namesOf = (parts: readonly (Recognised | undefined)[]) =>
  parts.flatMap((part) => (part ? [part.member.name] : []))
const shortName = (part: Recognised) => part.member.name.split("/").at(-1) ?? part.member.name

/** FY2026 is in force from 1 October 2025 to 30 September 2026. */
function fiscalYear(release: string): { from: string; to: string } {
  const year = Number(release.slice(2))
  return { from: `${year - 1}-10-01`, to: `${year}-09-30` }
}

/** "2025-10" is in force from its first day to the end of the quarter. */
function quarter(release: string): { from: string; to: string } {
  const [year, month] = release.split("-").map(Number) as [number, number]
  return { from: `${release}-01`, to: new Date(Date.UTC(year, month + 2, 0)).toISOString().slice(0, 10) }
}

async function icd10cm(
  group: Group,
  steps: Steps,
  unused: string[],
  lender: CodeSetModel | undefined
): Promise<BuiltModel> {
  const identity: ReleaseIdentity = {
    release: group.release,
    effective: fiscalYear(group.release),
    provenance
  }
  const orderPart = one(group, "order")
  const listPart = one(group, "codeList")
  const tabularPart = one(group, "tabular")
  const indexParts = group.parts.filter(({ role }) => role === "index")
  if (!orderPart && !(listPart && tabularPart)) {
    throw new ReaderError(
      `ICD-10-CM ${group.release}`,
      undefined,
      `the order file (icd10cm_order_${group.release.slice(2)}.txt) among the files`,
      namesOf(group.parts).join(", ")
    )
  }
  const codeList = orderPart ? undefined : listPart
  if (orderPart && listPart) unused.push(`${listPart.member.name}: the order file says more`)
  const order =
    orderPart &&
    (await steps.run(
      `Reading ${shortName(orderPart)}`,
      () => readOrderFile(orderPart.member),
      (rows) => `Order file ${group.release}: ${counted(rows.length)} codes and headers`
    ))
  const list =
    codeList && (await steps.run(`Reading ${shortName(codeList)}`, () => readCodeList(codeList.member)))
  const tabular =
    tabularPart &&
    (await steps.run(
      `Reading ${shortName(tabularPart)}`,
      () => readTabularXml(tabularPart.member),
      ({ diagnoses }) => `Tabular List ${group.release}: ${counted(diagnoses.length)} codes with their notes`
    ))
  const indexes: AlphabeticIndex[] = []
  for (const part of indexParts) {
    const index = await steps.run(
      `Reading ${shortName(part)}`,
      () => readIndexXml(part.member),
      ({ source, entries }) => `Index (${source}) ${group.release}: ${counted(entries.length)} entries`
    )
    if (indexes.some(({ source }) => source === index.source)) {
      throw new ImportError(
        `Two files of the ${index.source} index for ICD-10-CM ${group.release}: ${namesOf(indexParts).join(", ")}. Add each once.`
      )
    }
    indexes.push(index)
  }
  const model =
    order && !tabular && lender
      ? borrowFrom(lender, { ...identity, order })
      : assembleIcd10cm({
          ...identity,
          ...(order ? { order } : {}),
          ...(list ? { codeList: list } : {}),
          ...(tabular ? { tabular } : {}),
          indexes
        })
  return { model, files: namesOf([orderPart, codeList, tabularPart, ...indexParts]) }
}

async function hcpcs(group: Group, steps: Steps): Promise<BuiltModel> {
  const part = one(group, "hcpcs")!
  const identity: ReleaseIdentity = { release: group.release, effective: quarter(group.release), provenance }
  const edition = await steps.run(
    `Reading ${shortName(part)}`,
    () => readHcpcs(part.member),
    ({ codes, modifiers }) =>
      `HCPCS Level II ${group.release}: ${counted(codes.length)} codes, ${counted(modifiers.length)} modifiers`
  )
  return { model: assembleHcpcs(edition, identity), files: namesOf([part]) }
}
