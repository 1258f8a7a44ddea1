/** What stands beside the classification, read and put on a release: its history and the lists of attributes. */
import type { CodeSetModel } from "@/classification/model"
import { addCc, addHcc, addMce, addPoaExempt, type ListIdentity } from "@/classification/readers/attributes"
import { readCcList } from "@/classification/readers/cc-list"
import { readConversionTable } from "@/classification/readers/conversion-table"
import { expectSameHcc, readHccFormat, readHccLabels } from "@/classification/readers/hcc-format"
import { readHccMappings } from "@/classification/readers/hcc-mappings"
import { addHistory, changedCodes } from "@/classification/readers/history"
import { readMceAges, readMceFlags } from "@/classification/readers/mce-flags"
import { type OrderAddenda, readOrderAddenda } from "@/classification/readers/order-addenda"
import { readPoaExempt } from "@/classification/readers/poa-exempt"
import { ReaderError } from "@/classification/readers/reader-error"
import type { CatalogueExtra, FileRole } from "./catalogue"
import type { FoundFile } from "./found"
import type { ResolvedSource } from "./resolve"

export interface ResolvedExtra {
  extra: CatalogueExtra
  source: ResolvedSource
}

/** Adds what fits. An extra that does not is told in one line and leaves nothing behind. */
export function applyExtras(
  model: CodeSetModel,
  extras: readonly ResolvedExtra[],
  log: (line: string) => void
): void {
  const changed = changesOf(model, extras)
  // History first: lists that were made for another release ask what changed since.
  const inOrder = [...extras].sort(
    (a, b) => Number(b.extra.id === "history") - Number(a.extra.id === "history")
  )
  for (const { extra, source } of inOrder) {
    try {
      apply(model, extra, source, changed)
      model.provenance.files.push(...source.provenance.files)
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error
      log(`${extra.id}: left out: ${error.message}`)
    }
  }
}

/** Empty when the release came without addenda, or with damaged ones (told when they are applied). */
function changesOf(model: CodeSetModel, extras: readonly ResolvedExtra[]): Set<string> {
  for (const { source } of extras) {
    const file = source.files.get("addenda")
    try {
      const addenda = file && readOrderAddenda(file)
      if (addenda?.release === model.release) return changedCodes(addenda)
    } catch (error) {
      if (!(error instanceof ReaderError)) throw error
    }
  }
  return new Set()
}

function apply(
  model: CodeSetModel,
  extra: CatalogueExtra,
  { files }: ResolvedSource,
  changed: ReadonlySet<string>
): void {
  const file = (role: FileRole): FoundFile => {
    const found = files.get(role)
    if (!found) throw new ReaderError(extra.id, undefined, `a file for ${role}`, "none")
    return found
  }
  if (extra.id === "history") {
    const addenda = (["addenda", "olderAddenda"] as const).flatMap((role): OrderAddenda[] => {
      const found = files.get(role)
      return found ? [readOrderAddenda(found)] : []
    })
    const conversions = files.get("conversion")
    addHistory(model, { addenda, ...(conversions ? { conversions: readConversionTable(conversions) } : {}) })
    return
  }
  if (!extra.list) throw new ReaderError(extra.id, undefined, "a list with name and release", "none")
  const identity: ListIdentity = { kind: extra.id, ...extra.list }
  if (extra.id === "poa") {
    addPoaExempt(model, identity, readPoaExempt(file("poa"), files.get("poaReadme")), changed)
  } else if (extra.id === "hcc") {
    const mappings = readHccMappings(file("hcc"))
    const format = files.get("hccFormat")
    if (format) expectSameHcc(mappings, "V28", readHccFormat(format), format.name)
    const labels = files.get("hccLabels")
    addHcc(model, identity, mappings, file("hcc").name, labels && { V28: readHccLabels(labels) })
  } else if (extra.id === "cc") {
    addCc(model, identity, readCcList(file("cc")), file("cc").name, changed)
  } else {
    // The newest day that both the list and the release know.
    const [from, since] = [model.effective.from, extra.list.effective.from]
    const day = from > since ? from : since
    const ages = files.get("mceAges")
    const flags = readMceFlags(file("mce"), day)
    addMce(model, identity, flags, file("mce").name, ages && readMceAges(ages, day), changed)
  }
}
