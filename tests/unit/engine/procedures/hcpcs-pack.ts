/** A few HCPCS codes for tests: titles as published, and every code that the supplies of the lexicon name. */
import type { ModelCode } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { repositoryLexicon } from "../../lexicon/read-files"

const DRUGS = `
J0561|Injection, penicillin g benzathine, 100,000 units
J0585|Injection, onabotulinumtoxina, 1 unit
J0696|Injection, ceftriaxone sodium, per 250 mg
J0897|Injection, denosumab, 1 mg
J1010|Injection, methylprednisolone acetate, 1 mg
J1030|Injection, methylprednisolone acetate, 40 mg
J1630|Injection, haloperidol, up to 5 mg
J1631|Injection, haloperidol decanoate, per 50 mg
J1885|Injection, ketorolac tromethamine, per 15 mg
J2405|Injection, ondansetron hydrochloride, per 1 mg
J2540|Injection, penicillin g potassium, up to 600,000 units
J3300|Injection, triamcinolone acetonide, preservative free, 1 mg
J3301|Injection, triamcinolone acetonide, not otherwise specified, 10 mg
J3303|Injection, triamcinolone hexacetonide, per 5 mg
J3420|Injection, vitamin b-12 cyanocobalamin, up to 1000 mcg
`
  .trim()
  .split("\n")
  .map((line) => line.split("|"))

let opened: CodePack | undefined

export function hcpcsPack(): CodePack {
  if (opened) return opened
  const codes = new Map<string, ModelCode>()
  for (const [code = "", title = ""] of DRUGS) codes.set(code, { code, title, billable: true, notes: [] })
  codes.get("J1030")!.ended = "2024-03-31"
  for (const { codes: listed } of repositoryLexicon().supplies ?? []) {
    for (const { code } of listed) codes.set(code, { code, title: `Item ${code}`, billable: true, notes: [] })
  }
  const bytes = compilePack({
    system: "HCPCS",
    release: "2026-01",
    effective: { from: "2026-01-01", to: "2026-03-31" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: [...codes.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
    sections: [],
    index: []
  })
  opened = openPack(bytes)
  return opened
}
