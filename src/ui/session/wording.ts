/** Plain sentences for what the coder meets. One place, so that the same thing is always called the same. */
import { isIsoDate } from "@/classification/releases"
import type { Setting, Suggestion, SuppressionReason } from "@/engine/types"
import { AskError } from "@/messages/client"
import { PageError } from "@/messages/page-rpc"

export const SETTINGS: { value: Setting; label: string; hint: string }[] = [
  { value: "outpatient", label: "Outpatient", hint: "Uncertain diagnoses are not coded (Section IV.H)." },
  {
    value: "inpatient",
    label: "Inpatient",
    hint: "Inpatient facility claim: uncertain diagnoses at discharge are coded as if established (II.H, III.C)."
  },
  {
    value: "professional",
    label: "Professional",
    hint: "Professional claim: follows Section IV wherever the patient lies."
  }
]

export const LANES: Record<NonNullable<Suggestion["lane"]>, string> = {
  status: "Status",
  history: "History",
  allergy: "Allergy",
  external: "External cause"
}

export const REASONS: Record<SuppressionReason, string> = {
  negated: "Negated",
  family: "Family history",
  historical: "History, not current",
  uncertain: "Uncertain",
  hypothetical: "Hypothetical",
  templated: "Template text",
  integral: "Part of another diagnosis",
  superseded: "Replaced by another code"
}

const SECTIONS: Record<string, string> = {
  hpi: "HPI",
  pmh: "Past medical history",
  psh: "Past surgical history",
  ros: "Review of systems",
  cc: "Chief complaint",
  mdm: "Medical decision making",
  "assessment-plan": "Assessment and plan"
}

/** Canonical section id as a person would write it; "" when the note has no sections. */
export function sectionName(section: string): string {
  if (section === "") return ""
  const known = SECTIONS[section]
  if (known) return known
  const words = section.replace(/[-_]+/g, " ")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`
}

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC"
})

/** "1 October 2026" of an ISO day; the text itself when it is none. */
export function dayName(day: string): string {
  return isIsoDate(day) ? DAY.format(new Date(`${day}T00:00:00Z`)) : day
}

/** "ehr.example.org" of an origin or URL; the text itself when it is none. */
export function hostOf(origin: string): string {
  try {
    return new URL(origin).host || origin
  } catch {
    return origin
  }
}

/** What to tell the coder when a question failed: both kinds of error carry a plain sentence already. */
export function explain(error: unknown): string {
  if (error instanceof AskError || error instanceof PageError) return error.message
  return "Something went wrong inside Chartside. Nothing was lost; try again."
}
