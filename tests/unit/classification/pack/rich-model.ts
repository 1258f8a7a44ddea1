/** The small model with everything that stands beside the classification. */
import type { CodeSetModel, PcsTable, PcsValue } from "@/classification/model"
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
      {
        kind: "hcc",
        name: "CMS-HCC PY2026",
        borrowed: true,
        knowsUntil: "2025-09-30",
        labels: { V28: { "37": "Diabetes with Chronic Complications" } }
      },
      { kind: "mce", name: "Medicare Code Editor 43.1", ages: { maternity: [9, 64] } }
    ],
    history: new Map([
      ["E11", { headerSince: "2015-10-01" }],
      ["N1832", { addedSince: "2020-10-01", previous: ["N18.3"] }],
      ["N183", { headerSince: "2020-10-01", previous: [] }]
    ]),
    retired: [
      { code: "M722", title: "Plantar fascial fibromatosis", since: "2026-10-01", successors: ["M67.A0"] },
      { code: "E140", title: "Diabetes of a former edition", since: "2015-10-01", successors: [] }
    ],
    pcsTables: smallTables()
  }
}

function value(value: string, label: string): PcsValue {
  return { value, label }
}

/** Three tables of ICD-10-PCS in small, with headings of its own in section F. */
export function smallTables(): PcsTable[] {
  const section = value("0", "Medical and Surgical")
  const ventricle = { title: "Body Part", values: [value("6", "Cerebral Ventricle")] }
  const approaches = { title: "Approach", values: [value("0", "Open"), value("3", "Percutaneous")] }
  const nervous = value("0", "Central Nervous System and Cranial Nerves")
  const none = { title: "Qualifier", values: [value("Z", "No Qualifier")] }
  return [
    {
      prefix: "001",
      section,
      bodySystem: nervous,
      operation: {
        ...value("1", "Bypass"),
        definition: "Altering the route of passage of the contents of a tubular body part",
        includes: ["Coronary artery bypass, colostomy formation"]
      },
      rows: [
        {
          axes: [
            ventricle,
            approaches,
            {
              title: "Device",
              values: [value("7", "Autologous Tissue Substitute"), value("J", "Synthetic Substitute")]
            },
            { title: "Qualifier", values: [value("0", "Nasopharynx"), value("1", "Mastoid Sinus")] }
          ]
        },
        {
          axes: [
            ventricle,
            approaches,
            { title: "Device", values: [value("Z", "No Device")] },
            { title: "Qualifier", values: [value("B", "Cerebral Cisterns")] }
          ]
        },
        {
          axes: [
            { title: "Body Part", values: [value("U", "Spinal Canal")] },
            approaches,
            { title: "Device", values: [value("Z", "No Device")] },
            { title: "Qualifier", values: [value("4", "Pleural Cavity")] }
          ]
        }
      ]
    },
    {
      prefix: "002",
      section,
      bodySystem: nervous,
      operation: value("2", "Change"),
      rows: [
        {
          axes: [ventricle, approaches, { title: "Device", values: [value("0", "Drainage Device")] }, none]
        }
      ]
    },
    {
      prefix: "0D5",
      section,
      bodySystem: value("D", "Gastrointestinal System"),
      operation: value("5", "Destruction"),
      rows: [
        {
          axes: [
            { title: "Body Part", values: [value("6", "Stomach")] },
            approaches,
            { title: "Device", values: [value("Z", "No Device")] },
            none
          ]
        }
      ]
    },
    {
      prefix: "F00",
      section: value("F", "Physical Rehabilitation and Diagnostic Audiology"),
      bodySystem: value("0", "Rehabilitation"),
      operation: value("0", "Speech Assessment"),
      headings: ["Section", "Section Qualifier", "Root Type"],
      rows: [
        {
          axes: [
            { title: "Body System / Region", values: [value("3", "Neurological System - Whole Body")] },
            { title: "Type Qualifier", values: [value("G", "Communicative/Cognitive Integration Skills")] },
            { title: "Equipment", values: [value("K", "Audiovisual")] },
            none
          ]
        }
      ]
    }
  ]
}
