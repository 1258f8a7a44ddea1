/** How a chart supports the codes that are already on a claim or a billing form: plain data for panel and command line. */
import type { CodeRef } from "@/classification/model"
import type { Evidence, Span } from "../types"

/**
 * - supported: the provider documents it as a current diagnosis, or it is documented beside an assessment
 * - less-specific: supported, and the chart says more than the code
 * - more-specific: the chart says less than the code
 * - history: only as past, in a history section or about a relative
 * - copied: only in text carried over from an earlier note
 * - uncertain: only as possible, planned or hypothetical
 * - contradicted: negated or ruled out, with the words that say so
 * - not-mentioned: no words of it were seen
 * - not-graded: nothing the chart's words can decide (header, unknown code, a system that is not read)
 * - not-listed: documented and assessed, but not on the list
 */
export type SupportGrade =
  | "supported"
  | "less-specific"
  | "more-specific"
  | "history"
  | "copied"
  | "uncertain"
  | "contradicted"
  | "not-mentioned"
  | "not-graded"
  | "not-listed"

export interface CodeSupport extends CodeRef {
  title: string
  grade: SupportGrade
  /** What it comes to for the list: "remove" stands as plainly as "add". */
  action: "keep" | "verify" | "change" | "remove" | "add"
  /** One plain sentence. */
  text: string
  /** Words it rests on, best first; [] when none were seen. */
  evidence: Evidence[]
  /** Words that negate, rule out or date it. */
  trigger?: Span & { text: string }
  /** The code that fits what is documented (grades less-specific and more-specific, sometimes contradicted). */
  instead?: CodeRef & { title: string }
}
