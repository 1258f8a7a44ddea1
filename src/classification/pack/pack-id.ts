/** The name under which a pack is stored; it follows from what the pack holds, so no pack can take another's. */
import type { CodeSetModel, System } from "../model"

const SYSTEM_IDS: Record<System, string> = {
  "ICD-10-CM": "icd10cm",
  HCPCS: "hcpcs",
  "ICD-10-PCS": "icd10pcs",
  CPT: "cpt"
}

export const isSystem = (value: unknown): value is System =>
  typeof value === "string" && Object.hasOwn(SYSTEM_IDS, value)

/** "icd10cm-FY2026", "hcpcs-2025-10"; a set that is not complete is the "starter" of its system. */
export function packId(of: Pick<CodeSetModel, "system" | "release" | "complete">): string {
  return `${SYSTEM_IDS[of.system]}-${of.complete ? of.release : "starter"}`
}
