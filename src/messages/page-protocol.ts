/**
 * The panel and the scripts in a page talk over a port that the panel opens to ONE document
 * (`chrome.tabs.connect(tabId, {documentId, name})`). While no panel is connected the page script does
 * nothing at all. Requests carry an id; replies carry the same id; events carry none. Page-side scripts
 * check by hand-written guards (zod is too large there).
 */
import type { Tier } from "@/engine/types"

export const CHART_PORT = "chartside-chart"
export const FORM_PORT = "chartside-form"

/** One readable text of a page: the visible note text of a frame, a textarea, an editable field. */
export interface PageText {
  /** Stable while the frame lives: "main", "field-3". */
  source: string
  kind: "page" | "field"
  /** What a person would call it: label of the field, title of the frame, nearest heading. */
  label: string
  text: string
  /** Rises with every change of `text`; spans are only painted on the version they were made for. */
  version: number
}

/** Everything on the page that tells which patient and encounter this is. Never stored, never logged. */
export interface PageIdentity {
  /** Joined signals; any change means: another chart. */
  changeKey: string
  /** As found beside the labels of the page, if at all. */
  mrn?: string
  account?: string
  dateOfService?: string
  /** ISO date of birth, if found. */
  born?: string
  sex?: "female" | "male"
  /** Guess from words of the page ("Discharge summary", "Inpatient"), if any. */
  settingHint?: "outpatient" | "inpatient"
}

export interface PageReading {
  url: string
  title: string
  top: boolean
  texts: PageText[]
  /** Only from the top frame, and from same-process frames that carry a header. */
  identity?: PageIdentity
  /** Origins of child frames that this script cannot reach. */
  foreignFrames: string[]
  /** Characters that were left out because of the 1 MB limit. */
  leftOut: number
}

export interface PaintSpan {
  source: string
  version: number
  start: number
  end: number
  /** Text at the span; used to find the place again when the page was re-rendered. */
  quote: string
  tier: Tier | "suppressed"
}

export interface PaintAnswer {
  painted: number
  /** Spans that could not be placed (text changed or not paintable). */
  missed: number
}

export interface ChartRequests {
  read: { in: Record<string, never>; out: PageReading }
  /** Replaces all marks; an empty list removes them. `active` marks are drawn stronger. */
  paint: { in: { spans: PaintSpan[]; active: PaintSpan[] }; out: PaintAnswer }
  /** The only thing that ever scrolls the chart. */
  goTo: { in: { span: PaintSpan }; out: { found: boolean } }
}

/**
 * Events from the page: `changed` = read again; `identity` = the chart may be another one: wipe first;
 * `focus` = the focus of this frame moved, so codes may go into another field.
 */
export type ChartEvent =
  | { event: "changed" }
  | { event: "identity" }
  | { event: "frames" }
  | { event: "focus" }

export interface FieldInfo {
  /** Handle, valid while the frame lives. */
  field: string
  /** What a person would call it: "Diagnosis 1 (21.A)". */
  label: string
  kind: "input" | "textarea" | "select" | "editable" | "combobox" | "cell"
  value: string
  /** When the field had the focus last (performance.timeOrigin + now), 0 if never. */
  focusedAt: number
  maxLength?: number
  /** Neighbouring values or the pattern suggest codes with or without dot. */
  dot?: boolean
}

/** What a field of a billing form is for. */
export type FieldRole =
  | "diagnosis"
  | "procedure"
  | "modifier"
  | "units"
  | "pointer"
  | "poa"
  | "admitting"
  | "reason"

export interface CodeField extends FieldInfo {
  role: FieldRole
  /** Number of the diagnosis or procedure it belongs to, from 0. */
  row: number
}

export interface FillAnswer {
  outcome: "accepted" | "altered" | "rejected"
  /** What the page shows after the fill. */
  value: string
  label: string
  /** Sentence for the coder when not accepted. */
  reason?: string
  undo: string
}

export interface FormRequests {
  /** The field that had the focus last in this frame, if it can be filled. */
  focused: { in: Record<string, never>; out: FieldInfo | null }
  /** Fields that take codes and what stands beside them, in the order of the page. */
  codeFields: { in: Record<string, never>; out: { url: string; fields: CodeField[] } }
  /** Lets the coder point at a field; answers when one was clicked or null when it was given up. */
  pick: { in: Record<string, never>; out: FieldInfo | null }
  cancelPick: { in: Record<string, never>; out: Record<string, never> }
  /** Refuses when `url` is no longer the frame's URL. Never submits. Reads back after 100-300 ms. */
  fill: { in: { field: string; value: string; url: string }; out: FillAnswer }
  undo: { in: { undo: string }; out: FillAnswer }
}

export type PageReply<T> =
  | { id: number; ok: true; value: T }
  | { id: number; ok: false; code: string; message: string }
export type PageRequest = { id: number; kind: string; body: unknown }

/**
 * Sent by the worker with `tabs.sendMessage` (every frame of the tab hears it) when a site was switched
 * off: scripts whose own origin is `origin` close their ports, drop what they read and stay silent.
 */
export interface PageStop {
  kind: "page/stop"
  origin: string
}
