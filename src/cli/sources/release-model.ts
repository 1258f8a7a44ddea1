/** Files of a source, read and put together into the code set of one release. */
import type { CodeSetModel } from "@/classification/model"
import {
  assembleHcpcs,
  assembleIcd10cm,
  assembleStarter,
  type ReleaseIdentity
} from "@/classification/readers/assemble"
import { borrowFrom } from "@/classification/readers/borrow"
import { readCodeList } from "@/classification/readers/code-list"
import { readHcpcs } from "@/classification/readers/hcpcs-anweb"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readOrderFile } from "@/classification/readers/order-file"
import { readPcsDefinitions, withDefinitionsAddenda } from "@/classification/readers/pcs-definitions"
import { readPcsIndex } from "@/classification/readers/pcs-index"
import { pcsModel } from "@/classification/readers/pcs-model"
import { readPcsOrder } from "@/classification/readers/pcs-order"
import { readPcsTables } from "@/classification/readers/pcs-tables"
import { readPcsTablesAddenda } from "@/classification/readers/pcs-tables-addenda"
import { ReaderError } from "@/classification/readers/reader-error"
import { readStarterTsv } from "@/classification/readers/starter-tsv"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import type { CataloguePack, CatalogueStarter, FileRole } from "./catalogue"
import type { FoundFile } from "./found"
import { applyExtras, type ResolvedExtra } from "./release-extras"
import type { ResolvedSource } from "./resolve"

const INDEX_ROLES: readonly FileRole[] = ["index", "external", "neoplasm", "drug"]

/**
 * @param lender gives the release to borrow from, for a source that has an order file and no Tabular List
 * @param extras what was found beside the classification; one that is damaged is told in a line and left out
 * @throws ReaderError when a file is damaged or parts are missing
 */
export function releaseModel(
  pack: CataloguePack,
  source: ResolvedSource,
  lender?: () => CodeSetModel,
  extras: readonly ResolvedExtra[] = [],
  log: (line: string) => void = () => {}
): CodeSetModel {
  const model = classification(pack, source, lender)
  applyExtras(model, extras, (line) => log(`${pack.id} ${line}`))
  return model
}

function classification(
  pack: CataloguePack,
  { provenance, files }: ResolvedSource,
  lender?: () => CodeSetModel
): CodeSetModel {
  const identity: ReleaseIdentity = { release: pack.release, effective: pack.effective, provenance }
  if (pack.system === "HCPCS") return assembleHcpcs(readHcpcs(needed(files, "hcpcs", pack.id)), identity)
  if (pack.system === "ICD-10-PCS") return pcsRelease(pack, files, identity)
  const order = files.get("order")
  const tabular = files.get("tabular")
  if (order && !tabular && lender) return borrowFrom(lender(), { ...identity, order: readOrderFile(order) })
  const codeList = files.get("codeList")
  return assembleIcd10cm({
    ...identity,
    ...(order ? { order: readOrderFile(order) } : {}),
    ...(codeList ? { codeList: readCodeList(codeList) } : {}),
    ...(tabular ? { tabular: readTabularXml(tabular) } : {}),
    indexes: INDEX_ROLES.flatMap((role) => {
      const file = files.get(role)
      return file ? [readIndexXml(file)] : []
    })
  })
}

function pcsRelease(
  pack: CataloguePack,
  files: ReadonlyMap<FileRole, FoundFile>,
  identity: ReleaseIdentity
): CodeSetModel {
  const read = <T>(role: FileRole, reader: (file: FoundFile) => T): T | undefined => {
    const file = files.get(role)
    return file && reader(file)
  }
  const before = read("orderBefore", readPcsOrder)
  const tables = read("tables", readPcsTables)
  const tablesAddenda = read("tablesAddenda", readPcsTablesAddenda)
  const printed = read("definitions", readPcsDefinitions)
  const changed = files.get("definitionsAddenda")
  const definitions = printed && changed ? withDefinitionsAddenda(printed, changed) : printed
  const index = read("index", readPcsIndex)
  return pcsModel({
    ...identity,
    order: readPcsOrder(needed(files, "order", pack.id)),
    ...(before && pack.updated ? { before: { order: before, until: pack.updated } } : {}),
    ...(tables ? { tables } : {}),
    ...(tablesAddenda ? { tablesAddenda } : {}),
    ...(definitions ? { definitions } : {}),
    ...(index ? { index } : {})
  })
}

/** The file for a role. @throws ReaderError when the source has none */
export function needed(files: ReadonlyMap<FileRole, FoundFile>, role: FileRole, pack: string): FoundFile {
  const file = files.get(role)
  if (!file) throw new ReaderError(pack, undefined, `a file for ${role}`, "none")
  return file
}

/** @throws ReaderError */
export function starterModel(starter: CatalogueStarter, file: FoundFile): CodeSetModel {
  return assembleStarter(starter.system, readStarterTsv(file, starter.system), {
    release: starter.release,
    effective: starter.effective,
    provenance: {
      source: "starter",
      files: [{ name: file.name, sha256: file.sha256, bytes: file.content.length }]
    }
  })
}
