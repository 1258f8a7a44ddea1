/** Checks of a worksheet: codes in, results out. Pure; the same in worker, page and Node. */
import type { System } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { pickRelease } from "@/classification/releases"
import { compilePatterns } from "../lexicon/patterns"
import type { IntegralSymptoms } from "../lexicon-types"
import { checkAdmission, checkEdits, checkProcedures } from "./edits"
import { NotesChecker } from "./notes-checks"
import { compileTables } from "./tables"
import type { Check, CheckRequest, Line, RuleEntry, Worksheet } from "./types"
import { checkValidity } from "./validity"

export type { CheckRequest, RuleEntry } from "./types"

export interface Checker {
  /** Failures first, then warnings, what is not covered, and what passed. Never throws on any codes. */
  check(request: CheckRequest): Check[]
}

export interface CheckerParts {
  packs: readonly CodePack[]
  rules: readonly RuleEntry[]
  integralSymptoms: readonly IntegralSymptoms[]
}

const ORDER: Check["status"][] = ["fail", "warn", "not-covered", "pass"]

export function createChecker({ packs, rules, integralSymptoms }: CheckerParts): Checker {
  const tables = compileTables(rules)
  const notes = new NotesChecker()
  const integral = integralChecker(integralSymptoms)
  return {
    check(request) {
      const sheet = readWorksheet(packs, request)
      const checks = [
        ...checkValidity(sheet),
        ...notes.check(sheet),
        ...tables(sheet),
        ...integral(sheet),
        ...checkEdits(sheet),
        ...checkAdmission(sheet),
        ...checkProcedures(sheet)
      ]
      return withoutRepeats(checks).sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))
    }
  }
}

/** Two sources that object to the same codes for the same reason are one result: the first. */
function withoutRepeats(checks: readonly Check[]): Check[] {
  const seen = new Set<string>()
  return checks.filter((check) => {
    const key = [check.id, ...check.codes.map((ref) => `${ref.system} ${ref.code}`).sort()].join("|")
    return !seen.has(key) && seen.add(key)
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
  request.codes.forEach((ref, at) => {
    const found = packOf(ref.system)
    if (!found) {
      missing.push(ref)
      return
    }
    const row = found.pack.find(ref.code)
    if (row < 0) unknown.push({ ref, at, pack: found.pack })
    else {
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
