/**
 * Codes that are listed, graded against what the chart documents: the way back from code to words. It rests on the
 * findings of the engine alone, so that a suggestion and a grade never disagree.
 */
import type { CodeRef } from "@/classification/model"
import type { CodePack, Row } from "@/classification/pack-api"
import type { Section } from "../lexicon-types"
import type { Evidence, Findings, Suggestion, Suppressed } from "../types"
import { compareCodes } from "./specificity"
import type { CodeSupport, SupportGrade } from "./types"
import type { WordsSeen } from "./words-seen"

export interface SupportInput {
  /** Codes to be graded, in their order. */
  listed: readonly CodeRef[]
  findings: Pick<Findings, "suggestions" | "suppressed">
  /** The release in force of a system; undefined when none is installed. */
  packOf(system: CodeRef["system"]): CodePack | undefined
  sections: readonly Pick<Section, "id" | "role">[]
  /** Whether words of a code's title stand anywhere in the chart. */
  seen: WordsSeen
}

/** What a suppression says about a code that is on the list. */
const REFUSED: Record<Suppressed["reason"], Pick<CodeSupport, "grade" | "action" | "text">> = {
  negated: { grade: "contradicted", action: "remove", text: "The chart denies it or takes it back." },
  family: { grade: "history", action: "remove", text: "Only documented about somebody else." },
  historical: { grade: "history", action: "remove", text: "Only documented as past or finished." },
  uncertain: {
    grade: "uncertain",
    action: "remove",
    text: "Only documented as possible: not coded in this setting."
  },
  hypothetical: {
    grade: "uncertain",
    action: "remove",
    text: "Only spoken of as what may happen or is planned."
  },
  templated: { grade: "copied", action: "verify", text: "Only seen in a template." },
  integral: {
    grade: "supported",
    action: "remove",
    text: "Documented, but routinely part of a diagnosis that is documented too."
  },
  superseded: {
    grade: "less-specific",
    action: "change",
    text: "The chart documents more than this code says."
  }
}

/** Every listed code, then what is documented, assessed and not listed. Never throws on any codes. */
export function gradeSupport(input: SupportInput): CodeSupport[] {
  const once = new Map(input.listed.map((ref) => [keyOf(ref), ref]))
  const graded = [...once.values()].map((ref) => grade(ref, input))
  const spoken = new Set([
    ...graded.map(keyOf),
    ...graded.flatMap(({ instead }) => (instead ? [keyOf(instead)] : []))
  ])
  const open = input.findings.suggestions.filter(
    (each) =>
      each.tier === "code" &&
      each.billable &&
      !each.copiedForward &&
      each.lane !== "external" &&
      !spoken.has(keyOf(each))
  )
  return [...graded, ...open.map(notListed)]
}

const keyOf = ({ system, code }: CodeRef) => `${system} ${code.replace(".", "").toUpperCase()}`

function notListed({ system, code, title, evidence }: Suggestion): CodeSupport {
  return {
    system,
    code,
    title,
    grade: "not-listed",
    action: "add",
    text: "Documented and assessed, but not on the list.",
    evidence
  }
}

function grade(ref: CodeRef, input: SupportInput): CodeSupport {
  const pack = input.packOf(ref.system)
  const row = pack?.find(ref.code) ?? -1
  if (!pack || row < 0)
    return {
      ...bare(ref),
      title: "",
      grade: "not-graded",
      action: "verify",
      text: "No code of an installed release: it cannot be compared with the chart.",
      evidence: []
    }
  const code = pack.code(row)
  const of = (said: Omit<CodeSupport, "system" | "code" | "title">): CodeSupport => ({
    system: ref.system,
    code,
    title: pack.title(row),
    ...said
  })
  const own = input.findings.suggestions.find((each) => each.system === ref.system && each.code === code)
  if (own) return of(documented(own, input.sections))
  const refused = input.findings.suppressed.find((each) => each.system === ref.system && each.code === code)
  const near = ref.system === "ICD-10-CM" ? nearest(pack, row, input.findings.suggestions) : undefined
  // What the chart documents in other words says more than a denial of these.
  if (near && refused?.reason !== "negated") return of(near)
  if (refused) return of(denied(refused))
  if (ref.system !== "ICD-10-CM")
    return of({
      grade: "not-graded",
      action: "verify",
      text: "Supplies, drugs and procedures are not read closely enough to say that something is missing.",
      evidence: []
    })
  // A denial of the wider thing holds for the narrower; a symptom that was dropped was documented, side or not.
  const wider = input.findings.suppressed.find((each) => {
    if (each.system !== ref.system || each.reason === "superseded" || !sameCategory(each.code, code))
      return false
    const verdict = compareCodes(pack, row, pack.find(each.code))
    return verdict === "more" || (verdict === "less" && each.reason === "integral")
  })
  if (wider) return of(denied(wider))
  return of(unseen(pack, row, input.seen))
}

const bare = ({ system, code }: CodeRef): CodeRef => ({ system, code })
const sameCategory = (a: string, b: string) => a.slice(0, 3) === b.slice(0, 3)

function denied({ reason, trigger, evidence }: Suppressed): Omit<CodeSupport, "system" | "code" | "title"> {
  const said = REFUSED[reason]
  const words = trigger ? ` ("${trigger.text.trim().slice(0, 80)}")` : ""
  return {
    ...said,
    text: said.text.replace(/\.$/, `${words}.`),
    evidence,
    ...(trigger ? { trigger } : {})
  }
}

/** The very code is suggested: how firmly. */
function documented(
  { tier, evidence, copiedForward, caution }: Suggestion,
  sections: SupportInput["sections"]
): Omit<CodeSupport, "system" | "code" | "title"> {
  const say = (
    grade: SupportGrade,
    action: CodeSupport["action"],
    text: string
  ): Omit<CodeSupport, "system" | "code" | "title"> => ({ grade, action, text, evidence })
  if (copiedForward) return say("copied", "verify", "Only in text carried over from an earlier note.")
  if (caution) return say("supported", "verify", `Documented, but: ${caution.text}`)
  if (tier === "code") return say("supported", "keep", "Documented and assessed.")
  const roles = new Map(sections.map(({ id, role }) => [id, role]))
  const past = (each: Evidence) =>
    each.assertion.temporality === "historical" || roles.get(each.section) === "history"
  if (evidence.length > 0 && evidence.every(past))
    return say("history", "verify", "Only in the history: no assessment in these notes.")
  return say("supported", "verify", "Mentioned, but not assessed.")
}

/** A suggestion of the same category that says more, less or something else. */
function nearest(
  pack: CodePack,
  row: Row,
  suggestions: readonly Suggestion[]
): Omit<CodeSupport, "system" | "code" | "title"> | undefined {
  const code = pack.code(row)
  const related = suggestions
    .filter((each) => each.system === "ICD-10-CM" && sameCategory(each.code, code))
    .map((each) => ({ each, shared: sharedLength(each.code, code) }))
    .sort((a, b) => b.shared - a.shared || Number(b.each.tier === "code") - Number(a.each.tier === "code"))
  for (const { each } of related) {
    const other = pack.find(each.code)
    if (other < 0) continue
    const instead = { system: each.system, code: each.code, title: each.title }
    const { evidence } = each
    const verdict = compareCodes(pack, row, other)
    if (verdict === "less")
      return {
        grade: "less-specific",
        action: "change",
        text: `The chart says more: ${each.code} ${each.title}.`,
        evidence,
        instead
      }
    if (verdict === "more")
      return {
        grade: "more-specific",
        action: "verify",
        text: `The chart says less than this code; what was read supports ${each.code} ${each.title}.`,
        evidence,
        instead
      }
    if (verdict === "sibling")
      return {
        grade: "contradicted",
        action: "change",
        text: `The chart documents ${each.code} ${each.title} instead.`,
        evidence,
        instead
      }
  }
  return undefined
}

function sharedLength(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

function unseen(pack: CodePack, row: Row, seen: WordsSeen): Omit<CodeSupport, "system" | "code" | "title"> {
  const some = seen.anyOf(pack, row)
  return {
    grade: "not-mentioned",
    action: some ? "verify" : "remove",
    text: some
      ? "No mention seen, though some of its words stand in the chart: verify."
      : "No mention seen in what was read.",
    evidence: []
  }
}
