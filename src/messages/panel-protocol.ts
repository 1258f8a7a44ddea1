/**
 * What extension pages (panel, popup, options) ask the worker. One discriminated union; replies are
 * `{ok: true, value}` or `{ok: false, code, message}`. The zod schemas beside this file hold exactly this.
 */
import type { EditTableFacts } from "@/classification/edits/types"
import type { System } from "@/classification/model"
import type { PackInfo } from "@/classification/pack-api"
import type { WorksheetAnswer, WorksheetRequest } from "@/engine/checks/types"
import type { QueryMaterial } from "@/engine/provider-query/composer-types"
import type { QueryDraft, QueryFinding } from "@/engine/provider-query/types"
import type { Findings, Gap, SuggestRequest } from "@/engine/types"

export const PROTOCOL_VERSION = 1

export type ErrorCode =
  | "bad-request"
  | "unknown-kind"
  | "not-allowed"
  | "no-pack"
  | "pack-damaged"
  | "storage"
  | "text-too-long"
  | "no-permission"
  | "internal"

export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string }

export interface PackStatus {
  packs: PackInfo[]
  /** False while only the starter set is installed for ICD-10-CM. */
  complete: boolean
  /** Sentence for the panel, e.g. "starter set: 1,512 codes, not complete". */
  sentence: string
  notices: string[]
  /** Ids of packs that the coder imported from files; the others came with Chartside. */
  imported?: string[]
  /** Claim edits of CMS that the coder imported. */
  edits?: EditTableFacts[]
  /** Imported packs that this version cannot open (another pack format): to be imported again or removed. */
  unreadable?: { id: string; system: System; release: string }[]
}

export interface SiteStatus {
  /** Origin of the active tab, "" where there is none (chrome://, new tab). */
  origin: string
  granted: boolean
  enabled: boolean
  /** False on pages an extension may not read (chrome://, web store, PDF viewer ...). */
  possible: boolean
  tabId: number
  /** Plain sentence: why the page cannot be read, or what the coder can do so that it can. */
  reason?: string
}

export interface PanelRequests {
  "worker/ping": { in: Record<string, never>; out: { startedAt: number } }
  "engine/suggest": { in: SuggestRequest; out: Findings }
  /** Checks of the coder's worksheet; with documents also how the chart supports its codes. */
  "worksheet/check": { in: WorksheetRequest; out: WorksheetAnswer }
  /** What a query to the provider about a gap can be written of. Like the chart, it is kept nowhere. */
  "query/prepare": {
    in: { chart: SuggestRequest; gap: Gap; labels?: Record<string, string> }
    out: QueryMaterial
  }
  /** What a reviewer would object to in the text of a query. */
  "query/lint": { in: { draft: QueryDraft; date?: string }; out: { findings: QueryFinding[] } }
  "packs/status": { in: Record<string, never>; out: PackStatus }
  /** Imports missing packs; answers when the ICD-10-CM pack for `date` can be used. */
  "packs/ensure": { in: { date?: string }; out: PackStatus }
  /** The caller could not open the stored pack: drop it and import the packaged copy again. */
  "packs/report-damage": { in: { id: string }; out: PackStatus }
  /** Packs that a page has stored under these keys: checks them whole, then lets them count, all or none. */
  "packs/activate": { in: { keys: string[] }; out: PackStatus }
  /** Removes what was imported under this id; the packaged copy, if there is one, counts again. */
  "packs/remove": { in: { id: string }; out: PackStatus }
  "sites/status": { in: { tabId?: number }; out: SiteStatus }
  /** After the page asked chrome.permissions itself (needs a gesture): register or unregister. */
  "sites/enable": { in: { origin: string }; out: SiteStatus }
  "sites/disable": { in: { origin: string }; out: SiteStatus }
  "sites/list": { in: Record<string, never>; out: { origin: string; granted: boolean; enabled: boolean }[] }
}

export type PanelKind = keyof PanelRequests
