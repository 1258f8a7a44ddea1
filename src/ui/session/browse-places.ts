/** Where one can leaf, for the code sets that are open. Pure. */
import type { IndexSource, System } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import type { Place } from "./places"
import { plural } from "./wording"

export interface BrowsePlace {
  label: string
  hint: string
  place: Place
}

const INDEXES: Record<IndexSource, { label: string; what: string }> = {
  disease: { label: "Index to Diseases", what: "main term" },
  external: { label: "External Cause Index", what: "main term" },
  neoplasm: { label: "Table of Neoplasms", what: "site" },
  drug: { label: "Table of Drugs", what: "substance" },
  pcs: { label: "ICD-10-PCS Index", what: "main term" }
}

const LISTS: Record<System, string> = {
  "ICD-10-CM": "Tabular List",
  HCPCS: "HCPCS Level II",
  "ICD-10-PCS": "ICD-10-PCS tables",
  CPT: "CPT"
}

export function browsePlaces(packs: CodePack[]): BrowsePlace[] {
  return packs.flatMap((pack): BrowsePlace[] => {
    const { system, release, codes } = pack.info
    const list: BrowsePlace =
      system === "ICD-10-PCS"
        ? {
            label: LISTS[system],
            hint: `built axis by axis, ${release}`,
            place: { kind: "pcs", prefix: "" }
          }
        : {
            label: LISTS[system],
            hint: `${plural(codes, "code")}, ${release}`,
            place: { kind: "tabular", system }
          }
    const sources = pack.indexBook?.sources() ?? []
    const indexes = sources.map(
      ({ source, mainTerms }): BrowsePlace => ({
        label: INDEXES[source].label,
        hint: plural(mainTerms, INDEXES[source].what),
        place: { kind: "index", source }
      })
    )
    // Without its tables ICD-10-PCS can only be searched.
    return system === "ICD-10-PCS" && !pack.pcsBook ? indexes : [list, ...indexes]
  })
}

export function indexLabel(source: IndexSource): string {
  return INDEXES[source].label
}

/** The pack whose Index it is. */
export function indexPack(packs: CodePack[], source: IndexSource): CodePack | undefined {
  const system = source === "pcs" ? "ICD-10-PCS" : "ICD-10-CM"
  return packs.find(({ info }) => info.system === system)
}
