/**
 * zod schemas of every request and reply of `panel-protocol.ts`. They hold exactly the same fields: the
 * type tests at the end of this file fail to compile when one side gets a field that the other lacks.
 * Requests refuse unknown keys; replies may carry more than we know (a newer engine) and lose nothing.
 */
import * as z from "zod"
import { POA_VALUES } from "@/engine/checks/types"
import { EM_LEVELS } from "@/engine/em/types"
import { INDICATOR_KINDS } from "@/engine/provider-query/composer-types"
import { QUERY_TEMPLATES } from "@/engine/types"
import type { PanelKind, PanelRequests } from "./panel-protocol"

// The extension's content security policy forbids compiled code; without this zod tries it once and is
// refused, which Chrome writes into the console as an error.
z.config({ jitless: true })

const isoDate = z.iso.date()
const text = z.string()
const name = z.string().min(1).max(300)
const offset = z.int().min(0)
const origin = z.string().regex(/^https?:\/\/[^/?#\s*]+$/i)
const tabId = z.int().min(0)
const system = z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"])
const nothing = z.strictObject({})

const documents = z
  .array(
    z.strictObject({
      doc: z.string().max(300),
      text,
      kind: z.string().max(100).optional(),
      date: isoDate.optional(),
      authorRole: z.string().max(100).optional(),
      signed: z.boolean().optional()
    })
  )
  .max(2_000)

/** What decides release and rules. */
const encounter = {
  setting: z.enum(["outpatient", "inpatient", "professional"]).optional(),
  date: isoDate.optional(),
  age: z.number().min(0).max(150).optional(),
  sex: z.enum(["female", "male"]).optional()
}

const suggestRequest = z.strictObject({
  documents,
  ...encounter,
  cdi: z.boolean().optional(),
  allMentions: z.boolean().optional(),
  personal: z
    .array(z.strictObject({ term: z.string().max(60), words: z.string().max(200) }))
    .max(1000)
    .optional(),
  em: z.boolean().optional()
})

const listedCode = { system, code: z.string().max(100) }
const MOST_LISTED = 500

const worksheetRequest = z.strictObject({
  codes: z
    .array(
      z.strictObject({
        ...listedCode,
        poa: z.enum(POA_VALUES).optional(),
        modifiers: z.array(z.string().max(10)).max(20).optional(),
        units: z.number().min(0).max(1_000_000).optional()
      })
    )
    .max(MOST_LISTED),
  ...encounter,
  overrides: z
    .array(
      z.strictObject({
        id: name,
        codes: z.array(z.strictObject(listedCode)).max(MOST_LISTED),
        reason: z.string().max(2_000)
      })
    )
    .max(MOST_LISTED)
    .optional(),
  documents: documents.optional(),
  billed: z.array(z.strictObject(listedCode)).max(MOST_LISTED).optional()
})

const span = { doc: text.optional(), start: offset, end: offset }
const codeRef = { system, code: name }

const assertion = z.object({
  negation: z.enum(["affirmed", "negated", "possible"]),
  temporality: z.enum(["recent", "historical", "hypothetical"]),
  experiencer: z.enum(["patient", "other"]),
  trigger: z.object({ ...span, rule: text, text }).optional()
})

const evidence = z.object({
  ...span,
  quote: text,
  term: text,
  via: text,
  section: text,
  assertion,
  meat: z.array(z.enum(["monitor", "evaluate", "assess", "treat"])).optional(),
  copiedForward: z.object(span).optional()
})

const suggestion = z.object({
  ...codeRef,
  title: text,
  billable: z.boolean(),
  tier: z.enum(["code", "consider"]),
  score: z.number(),
  evidence: z.array(evidence),
  axes: z.array(
    z.object({
      axis: text,
      value: text.optional(),
      options: z.array(z.object({ value: text, code: text.optional() }))
    })
  ),
  lane: z.enum(["status", "history", "allergy", "external"]).optional(),
  copiedForward: z.literal(true).optional(),
  caution: z.object({ rule: text, text }).optional()
})

const suppressed = z.object({
  ...codeRef,
  title: text,
  reason: z.enum([
    "negated",
    "family",
    "historical",
    "uncertain",
    "hypothetical",
    "templated",
    "integral",
    "superseded"
  ]),
  trigger: z.object({ ...span, text }).optional(),
  rule: text,
  evidence: z.array(evidence)
})

const gap = z.object({
  id: text,
  key: text,
  rule: text.optional(),
  level: z.enum(["specificity", "diagnosis", "link"]),
  severity: z.enum(["high", "medium", "low"]),
  axis: text,
  title: text,
  text,
  code: z.object(codeRef).optional(),
  options: z.array(z.object({ value: text, code: text.optional(), title: text.optional() })),
  evidence: z.array(evidence),
  lookedIn: z.array(text),
  foundElsewhere: z.object({ ...span, quote: text, section: text, value: text }).optional(),
  folded: z.boolean(),
  safety: z.literal(true).optional(),
  guideline: text.optional(),
  question: text.optional(),
  template: z.enum(QUERY_TEMPLATES).optional()
})

const check = z.object({
  id: text,
  codes: z.array(z.object(codeRef)),
  status: z.enum(["pass", "fail", "warn", "not-covered"]),
  text,
  source: text,
  release: text,
  quote: text.optional(),
  exception: text.optional(),
  overridden: text.optional()
})

const codeSupport = z.object({
  ...codeRef,
  title: text,
  grade: z.enum([
    "supported",
    "less-specific",
    "more-specific",
    "history",
    "copied",
    "uncertain",
    "contradicted",
    "not-mentioned",
    "not-graded",
    "not-listed"
  ]),
  action: z.enum(["keep", "verify", "change", "remove", "add"]),
  text,
  evidence: z.array(evidence),
  trigger: z.object({ ...span, text }).optional(),
  instead: z.object({ ...codeRef, title: text }).optional()
})

const emLevel = z.enum(EM_LEVELS)
const emQuote = z.object({ ...span, quote: text, section: text })
const emEstimate = z.object({
  label: text,
  level: emLevel.optional(),
  elements: z.array(
    z.object({
      element: z.enum(["problems", "data", "risk"]),
      level: emLevel.optional(),
      items: z.array(z.object({ rule: text, text, level: emLevel, evidence: z.array(emQuote) })),
      next: text.optional()
    })
  ),
  time: z
    .object({
      minutes: z.number(),
      evidence: emQuote,
      activities: z.boolean(),
      levels: z.array(z.object({ visit: text, level: emLevel, from: z.number() }))
    })
    .optional(),
  cautions: z.array(z.object({ text, evidence: emQuote.optional() }))
})

const worksheetAnswer = z.object({
  checks: z.array(check),
  standing: z.enum(["pass", "fail", "warn", "not-covered"]),
  support: z.array(codeSupport).optional()
})

const queryIndicator = {
  quote: text,
  source: text.optional(),
  date: isoDate.optional(),
  doc: text.optional(),
  start: offset.optional(),
  end: offset.optional()
}
const quoted = { ...queryIndicator, doc: text, start: offset, end: offset, section: text }

const queryDraft = z.strictObject({
  title: text.max(2_000).optional(),
  text: text.max(60_000),
  indicators: z.array(z.strictObject(queryIndicator)).max(200).optional(),
  documented: z.array(text).max(2_000).optional(),
  date: isoDate.optional(),
  generated: z.boolean().optional(),
  reviewed: z.boolean().optional()
})

const queryMaterial = z.object({
  template: z.enum(QUERY_TEMPLATES),
  rule: text.optional(),
  title: text,
  question: text,
  encounter: text,
  headings: z.object({ documented: text, indicators: text, question: text }),
  signOff: text,
  statements: z.array(z.object(quoted)),
  indicators: z.array(
    z.object({
      ...quoted,
      kind: z.enum([...INDICATOR_KINDS, "answer", "mention"]),
      preset: z.boolean(),
      earlier: z.literal(true).optional()
    })
  ),
  options: z.array(z.object({ text, support: z.array(z.int()) })),
  extra: z.array(text),
  ways: z.tuple([text, text]),
  documented: z.array(text),
  remarks: z.array(text),
  date: isoDate.optional()
})

const queryFinding = z.object({
  id: text,
  level: z.enum(["F", "W"]),
  in: z.enum(["title", "text"]),
  start: offset,
  end: offset,
  text
})

const findings = z.object({
  packs: z.array(z.object({ id: text, version: text, sha256: text })),
  suggestions: z.array(suggestion),
  suppressed: z.array(suppressed),
  gaps: z.array(gap),
  checks: z.array(check),
  em: emEstimate.optional(),
  notices: z.array(text),
  ms: z.number()
})

const packInfo = z.object({
  id: name,
  system,
  release: text,
  effective: z.object({ from: isoDate, to: isoDate.optional() }),
  complete: z.boolean(),
  remarks: z.array(text),
  borrowedFrom: text.optional(),
  source: text,
  codes: offset,
  billable: offset,
  bytes: offset,
  sha256: text
})

const packStatus = z.object({
  packs: z.array(packInfo),
  complete: z.boolean(),
  sentence: text,
  notices: z.array(text),
  imported: z.array(name).optional(),
  edits: z
    .array(
      z.object({
        id: name,
        kind: z.enum(["ptp", "mue"]),
        audience: z.enum(["practitioner", "hospital", "supplier"]),
        release: text,
        effective: z.object({ from: isoDate, to: isoDate }),
        rows: offset
      })
    )
    .optional(),
  unreadable: z.array(z.object({ id: name, system, release: text })).optional()
})

const siteStatus = z.object({
  origin: text,
  granted: z.boolean(),
  enabled: z.boolean(),
  possible: z.boolean(),
  tabId: z.int(),
  reason: text.optional()
})

export const requestSchemas = {
  "worker/ping": nothing,
  "engine/suggest": suggestRequest,
  "worksheet/check": worksheetRequest,
  "query/prepare": z.strictObject({
    chart: suggestRequest,
    gap,
    labels: z.record(text, text).optional()
  }),
  "query/lint": z.strictObject({ draft: queryDraft, date: isoDate.optional() }),
  "packs/status": nothing,
  "packs/ensure": z.strictObject({ date: isoDate.optional() }),
  "packs/report-damage": z.strictObject({ id: name }),
  "packs/activate": z.strictObject({ keys: z.array(name).min(1).max(50) }),
  "packs/remove": z.strictObject({ id: name }),
  "sites/status": z.strictObject({ tabId: tabId.optional() }),
  "sites/enable": z.strictObject({ origin }),
  "sites/disable": z.strictObject({ origin }),
  "sites/list": nothing
} satisfies Record<PanelKind, z.ZodType>

export const replySchemas = {
  "worker/ping": z.object({ startedAt: z.number() }),
  "engine/suggest": findings,
  "worksheet/check": worksheetAnswer,
  "query/prepare": queryMaterial,
  "query/lint": z.object({ findings: z.array(queryFinding) }),
  "packs/status": packStatus,
  "packs/ensure": packStatus,
  "packs/report-damage": packStatus,
  "packs/activate": packStatus,
  "packs/remove": packStatus,
  "sites/status": siteStatus,
  "sites/enable": siteStatus,
  "sites/disable": siteStatus,
  "sites/list": z.array(z.object({ origin: text, granted: z.boolean(), enabled: z.boolean() }))
} satisfies Record<PanelKind, z.ZodType>

// Type tests: `true` is only assignable when both sides are the same type, optional fields included.
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = T extends (infer U)[] ? Flat<U>[] : T extends object ? { [K in keyof T]: Flat<T[K]> } : T
type Matches<S extends Record<PanelKind, z.ZodType>, Side extends "in" | "out"> = {
  [K in PanelKind]: Same<Flat<z.output<S[K]>>, Flat<PanelRequests[K][Side]>>
}
type EveryKind = { [K in PanelKind]: true }
const _requests: EveryKind = {} as Matches<typeof requestSchemas, "in">
const _replies: EveryKind = {} as Matches<typeof replySchemas, "out">
void _requests
void _replies
