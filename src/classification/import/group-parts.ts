/** Recognised files of one drop, sorted into the code sets that they make. */
import type { System } from "../model"
import type { RecognisedPart } from "../readers/detect-release"
import { ReaderError } from "../readers/reader-error"
import { ImportError } from "./compiled-set"

export interface PartGroup {
  system: System
  parts: RecognisedPart[]
}

/**
 * ICD-10-CM and HCPCS files of different releases make different sets. Those of ICD-10-PCS stay together
 * unless there are order files of two years, because its index may be older; CPT files always do.
 * Groups come oldest release first, so that an order file without XML may borrow from the one before it.
 */
export function groupParts(parts: readonly RecognisedPart[]): PartGroup[] {
  const groups = new Map<string, PartGroup>()
  for (const part of parts) {
    const key = `${part.system} ${apart(part, parts) ? (part.version ?? "") : ""}`
    const group = groups.get(key) ?? { system: part.system, parts: [] }
    group.parts.push(part)
    groups.set(key, group)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function apart({ system }: RecognisedPart, parts: readonly RecognisedPart[]): boolean {
  if (system === "ICD-10-CM" || system === "HCPCS") return true
  if (system === "CPT") return false
  const orders = parts.filter((each) => each.system === system && each.part === "order")
  return new Set(orders.map(({ version }) => version)).size > 1
}

/** File name that says the release, for each system. */
const NAMED: Record<System, string> = {
  "ICD-10-CM": "icd10cm_order_2026.txt",
  "ICD-10-PCS": "icd10pcs_order_2026.txt",
  HCPCS: "HCPC2026_JAN_ANWEB.txt",
  CPT: "LONGULT_2026.txt"
}

/**
 * What a group must have so that its release can be told, said in words of what to do.
 * @throws ReaderError, ImportError
 */
export function expectRelease({ system, parts }: PartGroup): void {
  const [main] = parts.filter(({ part }) => ["order", "records", "workbook"].includes(part))
  const strange = parts.find(({ part, version, file }) => part !== "order" && !version && isXml(file.name))
  if (strange) {
    throw new ReaderError(
      strange.file.name,
      undefined,
      "a <version> that is a year such as 2026",
      "none or another"
    )
  }
  if (!main && (system === "ICD-10-CM" || system === "ICD-10-PCS")) {
    const year = parts[0]?.version ?? "YYYY"
    const names = parts.map(({ file }) => file.name).join(", ")
    const order = NAMED[system].replace("2026", year)
    throw new ImportError(
      `The order file of ${system} FY${year} (${order}) is missing. Add it together with ${names}.`
    )
  }
  if (main && !main.version) {
    throw new ImportError(
      `${main.file.name} does not say of which release it is. Put it into the name of the file, such as ${NAMED[system]}.`
    )
  }
}

const isXml = (name: string) => /\.xml$/i.test(name)
