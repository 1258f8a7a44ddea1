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

/** Kinds of lexicon entries, by the beginning of their ids; brands are named as brands already. */
const ENTRIES: Record<string, string> = {
  syn: "synonym ",
  comb: "combined by convention: ",
  supply: "supply: ",
  brand: ""
}

/**
 * The way from words to a code as a person would say it: "title; syn.renal" is "Title of the code; synonym renal".
 * Ids of the lexicon never reach the screen.
 */
export function wayOf(via: string): string {
  const ways = via.split("; ").map((way) => {
    if (way === "title") return "title of the code"
    if (way === "includes") return "inclusion term"
    let before = ""
    return way.replace(/\b(syn|comb|supply|brand)\.([\w.-]+)/g, (_, kind: string, id: string) => {
      const said = kind === before ? "" : ENTRIES[kind]
      before = kind
      return `${said}${id.replace(/[.-]+/g, " ")}`
    })
  })
  const text = ways.join("; ")
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const SOURCES: Record<string, string> = {
  "local-release": "official files on the machine that built it",
  "official-download": "official download",
  starter: "starter set, not complete",
  imported: "files that were imported here",
  "licensed-files": "your licensed files"
}

/** Where a code set came from, as a person would say it: ids of sources are for manifests. */
export function sourceName(source: string): string {
  return SOURCES[source] ?? source.replace(/^pypi:/, "Python package ")
}

export interface Reading {
  /** How the result was found, without the readings of shorthand; "" when that goes without saying. */
  way: string
  /** "dm2 = type 2 diabetes mellitus" */
  readings: string[]
}

/** Takes a result's explanation apart: "index: Diabetes (dm2 = type 2 diabetes mellitus)". */
export function readingOf(via: string): Reading {
  const told = / \(([^()]+ = [^()]+)\)$/.exec(via)
  const way = told ? via.slice(0, told.index) : via
  const named = /^(title|code)$/.test(way) ? "" : /^(index|title|includes): /.test(way) ? `via ${way}` : way
  return { way: named, readings: told?.[1]?.split("; ") ?? [] }
}

/** Readings that all results agree on: said once for the list. Shorthand read in two ways stays with each result. */
export function commonReadings(vias: readonly string[]): string[] {
  const meanings = new Map<string, Set<string>>()
  for (const reading of vias.flatMap((via) => readingOf(via).readings)) {
    const short = reading.split(" = ")[0] ?? ""
    meanings.set(short, (meanings.get(short) ?? new Set()).add(reading))
  }
  return [...meanings.values()].flatMap((readings) => (readings.size === 1 ? [...readings] : []))
}
