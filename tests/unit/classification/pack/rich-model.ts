/** The small model with everything that stands beside the classification. */
import type { CodeSetModel } from "@/classification/model"
import { smallModel } from "../small-model"

export function richModel(): CodeSetModel {
  return {
    ...smallModel(),
    attributes: new Map([
      ["E1122", { hcc: { V24: "18", V28: "37" }, cc: "CC" as const }],
      ["E1121", { hcc: { V24: "18", V28: "37" }, cc: "CC" as const }],
      ["W540XXA", { poaExempt: true, mce: ["external cause", "unacceptable"] }],
      ["Z999", { poaExempt: true }]
    ]),
    lists: [
      { kind: "poa", name: "POA exempt list FY2026", effective: { from: "2025-10-01", to: "2026-09-30" } },
      { kind: "hcc", name: "CMS-HCC PY2026", borrowed: true }
    ],
    history: new Map([
      ["E11", { headerSince: "2015-10-01" }],
      ["N1832", { addedSince: "2020-10-01", previous: ["N18.3"] }],
      ["N183", { headerSince: "2020-10-01", previous: [] }]
    ]),
    retired: [
      { code: "M722", title: "Plantar fascial fibromatosis", since: "2026-10-01", successors: ["M67.A0"] },
      { code: "E140", title: "Diabetes of a former edition", since: "2015-10-01", successors: [] }
    ]
  }
}
