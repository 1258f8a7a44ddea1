/** Compiled packs of a few codes with everything in them: notes, index, tables, lists, history. */
import { createLookup } from "@/classification/lookup"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { SearchScope } from "@/ui/services"
import { richModel, smallTables } from "../classification/pack/rich-model"
import { smallHcpcs } from "../classification/small-model"
import type { FakeBrowser } from "./fake-services"

/** Every code that the small tables allow. */
function pcsModel(): CodeSetModel {
  const pcsTables = smallTables()
  const codes = pcsTables.flatMap(({ prefix, operation, rows }) => {
    const whole = rows.flatMap(({ axes }) =>
      axes.reduce<{ code: string; words: string[] }[]>(
        (made, { values }) =>
          made.flatMap(({ code, words }) =>
            values.map(({ value, label }) => ({ code: code + value, words: [...words, label] }))
          ),
        [{ code: prefix, words: [operation.label] }]
      )
    )
    return [
      { code: prefix, title: operation.label, billable: false, notes: [] },
      ...whole
        .map(({ code, words }) => ({ code, title: words.join(", "), billable: true, notes: [] }))
        .sort((a, b) => (a.code < b.code ? -1 : 1))
    ]
  })
  return {
    system: "ICD-10-PCS",
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes,
    sections: [],
    index: [],
    pcsTables
  }
}

const compiled = (model: CodeSetModel) => openPack(compilePack(model))
export const SMALL_ICD = compiled(richModel())
export const SMALL_HCPCS = compiled(smallHcpcs())
export const SMALL_PCS = compiled(pcsModel())

/** Puts these packs and the real look-up into a browser in memory. */
export function withSmallPacks(browser: FakeBrowser): FakeBrowser {
  const packs = [SMALL_ICD, SMALL_HCPCS, SMALL_PCS]
  const ids = ["icd10cm-FY2026", "hcpcs-2025-10", "icd10pcs-FY2026"]
  browser.infos = packs.map(({ info }, n) => ({ ...info, id: ids[n] ?? info.id, sha256: `sha ${n}` }))
  browser.packs = {
    open: async ({ system }) => {
      const pack = packs.find(({ info }) => info.system === system)
      if (!pack) throw new Error(`There is no pack of ${system}.`)
      return pack
    },
    lookup: async (chosen) => {
      const lookup = createLookup(chosen)
      return (text: string, limit: number, scope: SearchScope = {}) =>
        lookup.search(text, { limit, ...scope })
    }
  }
  return browser
}
