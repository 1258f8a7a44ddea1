/** Checks of a worksheet: codes in, results out. Pure; the same in worker, page and Node. */
import type { EditTable } from "@/classification/edits/types"
import type { CodeRef, System } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { compilePatterns } from "../lexicon/patterns"
import type { IntegralSymptoms, Lexicon } from "../lexicon-types"
import { checkAcuity } from "./acuity"
import { checkAdmission } from "./admission"
import { compileCombinations } from "./combinations"
import { checkEdits } from "./edits"
import { checkInjuries } from "./injuries"
import { kept } from "./kept"
import { NotesChecker } from "./notes-checks"
import { checkProcedures } from "./procedures"
import { checkRepeats } from "./repeats"
import { checkSides } from "./sides"
import { compileTables } from "./tables"
import type { Check, CheckRequest, Line, Override, Worksheet } from "./types"
import { checkValidity } from "./validity"

export type { CheckRequest, RuleEntry } from "./types"

export interface Checker {
  /**
   * Failures first, then warnings, what is not covered, and what passed. Never throws on any codes.
   *
   * @param documented codes that the chart documents as assessed, whether they are on the worksheet or not: only with
   *   them an additional code can be missed
   */
  check(request: CheckRequest, documented?: readonly CodeRef[]): Check[]
}

export interface CheckerParts {
  /** Any subset, several releases side by side; may grow after the checker is made. */
  packs: readonly CodePack[]
  lexicon: Pick<Lexicon, "integralSymptoms" | "combinations" | "worksheetChecks">
  /** Claim edits that the coder imported; may grow after the checker is made. */
  edits?: readonly EditTable[]
}

const ORDER: Check["status"][] = ["fail", "warn", "not-covered", "pass"]

/** The worst result decides: all is well only when nothing failed, nothing warns and nothing is uncovered. */
export function standingOf(checks: readonly Check[]): Check["status"] {
  return ORDER.find((status) => checks.some((check) => check.status === status)) ?? "not-covered"
}

export function createChecker({ packs, lexicon, edits = [] }: CheckerParts): Checker {
  const tables = compileTables(lexicon.worksheetChecks ?? [])
  const notes = new NotesChecker()
  const combinations = compileCombinations(lexicon.combinations)
  const integral = integralChecker(lexicon.integralSymptoms)
  return {
    check(request, documented = []) {
      const sheet = readWorksheet(packs, request)
      const checks = [
        ...checkValidity(sheet),
        ...notes.check(sheet, documented),
        ...combinations(sheet),
        ...checkAcuity(sheet),
        ...checkSides(sheet),
        ...tables(sheet),
        ...checkInjuries(sheet),
        ...checkRepeats(sheet),
        ...integral(sheet),
        ...checkEdits(sheet),
        ...checkAdmission(sheet),
        ...checkProcedures(sheet, edits)
      ]
      const told = withOverrides(withoutRepeats(checks), request.overrides ?? [])
      return [...told, ...kept(sheet, told)]
        .map((each) => ({ ...each, codes: each.codes.map(({ system, code }) => ({ system, code })) }))
        .sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    }
  }
}

const keyOf = ({ id, codes }: Pick<Check, "id" | "codes">) =>
  [id, ...codes.map(({ system, code }) => `${system} ${code.replace(".", "").toUpperCase()}`).sort()].join(
    "|"
  )

/** An objection with an exception that the coder recorded warns and stays visible; nothing else can be overridden. */
function withOverrides(checks: readonly Check[], overrides: readonly Override[]): Check[] {
  const reasons = new Map(overrides.map((each) => [keyOf(each), each.reason.trim()]))
  return checks.map((check) => {
    const reason = check.exception === undefined ? "" : (reasons.get(keyOf(check)) ?? "")
    return reason === "" ? check : { ...check, status: "warn", overridden: reason }
  })
}

/** What says less about the same codes than another objection does. */
const WEAKER: ReadonlySet<string> = new Set([
  "conv.unacceptable-pdx",
  "conv.integral-symptom",
  "conv.conflict",
  "conv.redundant"
])

/** One objection about the same codes for the same reason: the first, and of several reasons not the weaker ones too. */
function withoutRepeats(checks: readonly Check[]): Check[] {
  const seen = new Set<string>()
  const objecting = ({ status }: Check) => status === "fail" || status === "warn"
  const about = (check: Check) => keyOf({ id: "", codes: check.codes })
  return checks.filter((check, at) => {
    const key = keyOf(check)
    if (seen.has(key)) return false
    seen.add(key)
    if (!WEAKER.has(check.id) || !objecting(check)) return true
    return !checks.some(
      (other, n) =>
        other !== check &&
        objecting(other) &&
        about(other) === about(check) &&
        (!WEAKER.has(other.id) || n < at) &&
        (other.status === "fail" || check.status === "warn")
    )
  })
}

function readWorksheet(packs: readonly CodePack[], request: CheckRequest): Worksheet {
  const picked = new Map<System, { pack: CodePack; exact: boolean } | undefined>()
  const packOf = (system: System) => {
    if (!picked.has(system)) {
      const found = pickRelease(
        packs.map((pack) => ({ ...pack.info, pack })),
        system,
        request.date
      )
      picked.set(system, found && { pack: found.release.pack, exact: found.fit === "exact" })
    }
    return picked.get(system)
  }
  const lines: Line[] = []
  const unknown: { ref: CheckRequest["codes"][number]; at: number; pack?: CodePack }[] = []
  const missing: CheckRequest["codes"][number][] = []
  const unlisted: { ref: CheckRequest["codes"][number]; at: number }[] = []
  request.codes.forEach((ref, at) => {
    const found = packOf(ref.system)
    if (!found) {
      missing.push(ref)
      unlisted.push({ ref, at })
      return
    }
    const row = found.pack.find(ref.code)
    if (row < 0) {
      unknown.push({ ref, at, pack: found.pack })
      unlisted.push({ ref, at })
    } else {
      const code = found.pack.code(row)
      lines.push({
        ref: { ...ref, code },
        at,
        pack: found.pack,
        row,
        bare: code.replace(".", ""),
        exact: found.exact
      })
    }
  })
  return {
    lines,
    unknown,
    missing,
    unlisted,
    setting: request.setting ?? "outpatient",
    request,
    release: (system) => {
      const release = picked.get(system)?.pack.info.release
      return release ? `${system} ${release}` : system
    }
  }
}

/** A symptom beside a diagnosis that it belongs to (I.B.5). */
function integralChecker(entries: readonly IntegralSymptoms[]): (sheet: Worksheet) => Check[] {
  const compiled = entries.map((entry) => ({
    entry,
    diagnosis: compilePatterns(entry.diagnosis),
    symptoms: compilePatterns(entry.symptoms)
  }))
  return (sheet) => {
    const lines = sheet.lines.filter((line) => line.ref.system === "ICD-10-CM")
    return compiled.flatMap(({ entry, diagnosis, symptoms }) => {
      const known = lines.find((line) => diagnosis.has(line.ref.code))
      if (!known) return []
      return lines
        .filter((line) => line !== known && symptoms.has(line.ref.code) && !diagnosis.has(line.ref.code))
        .map((line) => ({
          id: "conv.integral-symptom",
          codes: [known.ref, line.ref],
          status: "warn" as const,
          text: `${line.ref.code} is routinely part of ${known.ref.code}: ${entry.why}`,
          source: `Guidelines I.B.5 (${entry.id})`,
          release: sheet.release("ICD-10-CM")
        }))
    })
  }
}
