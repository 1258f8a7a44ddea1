/**
 * The Official Guidelines for Coding and Reporting as sections that can be shown beside a code. Public domain
 * text; one book a release, compiled to JSON (`guidelines-FY2026.json`, kind "guidelines" in packs.json).
 */
import type { System } from "./model"

export interface GuidelineSection {
  /** "I.A.15", "I.C.4.a.3", "II.C", "IV.H": the number as guidelines are cited. */
  id: string
  /** Id of the section around it, "" at the top. */
  parent: string
  title: string
  /** Paragraphs, without page headers and line breaks of the print. Its own text only, not that of subsections. */
  paragraphs: string[]
  /** Codes, categories and ranges named in the text: ["E11.9"], ["E08-E13"]; dotted. */
  codes: string[]
}

export interface GuidelineBook {
  /** "FY2026" */
  release: string
  system: System
  effective: { from: string; to?: string }
  source: string
  /** In printed order. */
  sections: GuidelineSection[]
}
