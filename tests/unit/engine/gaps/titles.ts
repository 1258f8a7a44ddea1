/** A pack of a few hand-typed titles: "code|+ or -|title", one a line. */
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"

export function packOfTitles(lines: string): CodePack {
  const codes = lines
    .trim()
    .split("\n")
    .map((line) => {
      const [code = "", billable, title = ""] = line.split("|")
      return { code, title, billable: billable === "+", notes: [] }
    })
  return openPack(
    compilePack({
      system: "ICD-10-CM",
      release: "FY2026",
      effective: { from: "2025-10-01" },
      complete: true,
      remarks: [],
      provenance: { source: "test", files: [] },
      codes,
      sections: [],
      index: []
    })
  )
}
