/** Small right answers for every kind, and handlers that give them. */
import type { PackInfo } from "@/classification/pack-api"
import type { WorksheetAnswer } from "@/engine/checks/types"
import type { QueryMaterial } from "@/engine/provider-query/composer-types"
import type { Findings } from "@/engine/types"
import type { PackStatus, SiteStatus } from "@/messages/panel-protocol"
import type { PanelHandlers } from "@/messages/router"

export const EXTENSION = { extensionId: "abcdef", baseUrl: "chrome-extension://abcdef/" }
export const PANEL_SENDER = {
  id: "abcdef",
  url: "chrome-extension://abcdef/sidepanel.html",
  origin: "chrome-extension://abcdef"
}

export const packInfo: PackInfo = {
  id: "icd10cm-FY2026",
  system: "ICD-10-CM",
  release: "FY2026",
  effective: { from: "2025-10-01", to: "2026-09-30" },
  complete: true,
  remarks: [],
  source: "local-release",
  codes: 98_000,
  billable: 74_719,
  bytes: 9_000_000,
  sha256: "ab".repeat(32)
}

export const findings: Findings = {
  packs: [{ id: "icd10cm-FY2026", version: "FY2026", sha256: "ab".repeat(32) }],
  suggestions: [
    {
      system: "ICD-10-CM",
      code: "I10",
      title: "Essential (primary) hypertension",
      billable: true,
      tier: "code",
      score: 0.9,
      axes: [],
      evidence: [
        {
          doc: "a",
          start: 0,
          end: 12,
          quote: "Hypertension",
          term: "Hypertension",
          via: "index: Hypertension",
          section: "assessment",
          assertion: { negation: "affirmed", temporality: "recent", experiencer: "patient" }
        }
      ]
    }
  ],
  suppressed: [],
  gaps: [],
  checks: [],
  notices: ["No date of service was given."],
  ms: 3
}

const worksheetAnswer: WorksheetAnswer = {
  checks: [
    {
      id: "conv.excludes1",
      codes: [
        { system: "ICD-10-CM", code: "J96.01" },
        { system: "ICD-10-CM", code: "R09.02" }
      ],
      status: "warn",
      text: "Excludes1",
      source: "Tabular List",
      release: "ICD-10-CM FY2026",
      quote: "hypoxemia",
      exception: "The two conditions are clearly unrelated (I.A.12.a).",
      overridden: "Unrelated."
    }
  ],
  standing: "warn",
  support: [
    {
      system: "ICD-10-CM",
      code: "I10",
      title: "Essential (primary) hypertension",
      grade: "supported",
      action: "keep",
      text: "Documented.",
      evidence: []
    }
  ]
}

const queryMaterial: QueryMaterial = {
  template: "specificity",
  rule: "heart-failure",
  title: "Further detail requested: heart failure",
  question: "Can the type be further specified?",
  encounter: "Outpatient encounter",
  headings: { documented: "Documentation:", indicators: "Indicators:", question: "Question:" },
  signOff: "Please answer in the record.",
  statements: [{ quote: "heart failure", doc: "a", start: 0, end: 13, section: "assessment" }],
  indicators: [
    {
      quote: "EF 25 %",
      doc: "a",
      start: 20,
      end: 27,
      section: "results",
      kind: "measure",
      preset: true,
      source: "Results"
    },
    {
      quote: "EF 30 %",
      doc: "b",
      start: 0,
      end: 7,
      section: "",
      kind: "answer",
      preset: false,
      earlier: true,
      date: "2024-01-02"
    }
  ],
  options: [{ text: "Heart failure, systolic", support: [0] }],
  extra: [],
  ways: ["Other (please specify)", "Unable to determine"],
  documented: ["heart failure"],
  remarks: [],
  date: "2026-01-15"
}

const packStatus: PackStatus = {
  packs: [packInfo],
  complete: true,
  sentence: "ICD-10-CM FY2026",
  notices: []
}
const siteStatus: SiteStatus = {
  origin: "https://ehr.example",
  granted: true,
  enabled: true,
  possible: true,
  tabId: 4
}

export const goodHandlers = (): PanelHandlers => ({
  "worker/ping": async () => ({ startedAt: 1 }),
  "engine/suggest": async () => findings,
  "worksheet/check": async () => worksheetAnswer,
  "query/prepare": async () => queryMaterial,
  "query/lint": async () => ({
    findings: [
      { id: "q.no-impact", level: "F", in: "text", start: 0, end: 3, text: "No word about payment." }
    ]
  }),
  "packs/status": async () => packStatus,
  "packs/ensure": async () => packStatus,
  "packs/report-damage": async () => packStatus,
  "packs/activate": async () => packStatus,
  "packs/remove": async () => ({ ...packStatus, imported: [], unreadable: [] }),
  "sites/status": async () => siteStatus,
  "sites/enable": async () => siteStatus,
  "sites/disable": async () => ({ ...siteStatus, enabled: false }),
  "sites/list": async () => [{ origin: "https://ehr.example", granted: true, enabled: true }]
})

export const bodies = {
  "worker/ping": {},
  "engine/suggest": { documents: [{ doc: "a", text: "Hypertension, stable." }], date: "2026-01-15" },
  "worksheet/check": {
    codes: [
      { system: "ICD-10-CM", code: "J96.01", poa: "Y" },
      { system: "ICD-10-CM", code: "R09.02" }
    ],
    setting: "inpatient",
    overrides: [
      { id: "conv.excludes1", codes: [{ system: "ICD-10-CM", code: "J96.01" }], reason: "Unrelated." }
    ],
    documents: [{ doc: "a", text: "Hypoxia." }],
    billed: [{ system: "HCPCS", code: "E0110" }]
  },
  "query/prepare": {
    chart: { documents: [{ doc: "a", text: "Heart failure." }], date: "2026-01-15" },
    gap: {
      id: "gap.heart-failure.type",
      key: "gap.heart-failure.type I50.9",
      rule: "heart-failure",
      level: "specificity",
      severity: "low",
      axis: "type",
      title: "Heart failure: type",
      text: "The type leads to another code.",
      code: { system: "ICD-10-CM", code: "I50.9" },
      options: [{ value: "systolic", code: "I50.20" }],
      evidence: [],
      lookedIn: ["hpi"],
      folded: false
    },
    labels: { a: "Progress note" }
  },
  "query/lint": {
    draft: { title: "Further detail", text: "Which type?", generated: true },
    date: "2026-01-15"
  },
  "packs/status": {},
  "packs/ensure": { date: "2026-01-15" },
  "packs/report-damage": { id: "icd10cm-FY2026" },
  "packs/activate": { keys: ["icd10cm-FY2026@0123456789abcdef"] },
  "packs/remove": { id: "icd10cm-FY2026" },
  "sites/status": { tabId: 4 },
  "sites/enable": { origin: "https://ehr.example" },
  "sites/disable": { origin: "http://localhost:8080" },
  "sites/list": {}
} as const
