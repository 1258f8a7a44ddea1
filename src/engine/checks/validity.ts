/** Is each code a code of the day: known, billable, long enough, in force, once (guidelines I.A.4, I.A.5, I.B.2). */
import type { CodeRef } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { foldTokens, tokenize } from "@/classification/words"
import type { Check, Line, Worksheet } from "./types"

const MOST_NAMED = 6

export function checkValidity(sheet: Worksheet): Check[] {
  const checks = [
    ...sheet.unknown.map((each) => unknownCode(sheet, each)),
    ...sheet.lines.filter((line) => !line.pack.billable(line.row)).map((line) => header(sheet, line)),
    ...sheet.lines.flatMap((line) => ended(sheet, line)),
    ...duplicates(sheet)
  ]
  const wrong = new Set(checks.flatMap((check) => check.codes.map((ref) => `${ref.system} ${ref.code}`)))
  const right = sheet.lines.filter((line) => !wrong.has(`${line.ref.system} ${line.ref.code}`))
  // Of each code set by itself: what is not known of one says nothing of another.
  for (const pack of new Set(right.map((line) => line.pack)))
    checks.push(
      valid(
        sheet,
        right.filter((line) => line.pack === pack)
      )
    )
  for (const ref of sheet.missing) checks.push(notInstalled(ref))
  return checks
}

function valid(sheet: Worksheet, lines: readonly Line[]): Check {
  const complete = lines.every((line) => line.pack.info.complete)
  const [status, text] = !complete
    ? ([
        "not-covered",
        "Only the starter set is installed: a code can be right and not be in it, or be out of date."
      ] as const)
    : lines.every((line) => line.exact)
      ? (["pass", `In force on ${sheet.request.date}, with all characters.`] as const)
      : ([
          "not-covered",
          "No release in force on the date of service is known, so validity cannot be confirmed."
        ] as const)
  return {
    id: "conv.invalid",
    codes: lines.map((line) => line.ref),
    status,
    text,
    source: "Code set of the release",
    release: sheet.release(lines[0]!.ref.system)
  }
}

function unknownCode(sheet: Worksheet, { ref, pack }: Worksheet["unknown"][number]): Check {
  const common = { codes: [ref], source: "Code set of the release", release: sheet.release(ref.system) }
  const retired = pack?.retired(ref.code)
  if (retired) {
    const now =
      retired.successors.length > 0 ? ` Now: ${retired.successors.slice(0, MOST_NAMED).join(", ")}.` : ""
    return {
      id: "conv.deleted-code",
      status: "fail",
      ...common,
      text: `${ref.code} is no longer a code since ${retired.since}.${now}`
    }
  }
  const seventh = pack && seventhProblem(pack, ref.code)
  if (seventh) return { id: seventh.id, status: "fail", ...common, text: seventh.text }
  if (pack && !pack.info.complete)
    return {
      id: "conv.invalid",
      status: "not-covered",
      ...common,
      text: `${ref.code} is not in the starter set, which is not complete.`
    }
  return { id: "conv.invalid", status: "fail", ...common, text: `${ref.code} is no code of this release.` }
}

/** The code without its last character, or filled up with X, is one that wants a 7th character. */
function seventhProblem(pack: CodePack, code: string): { id: string; text: string } | undefined {
  const bare = code.replace(".", "").toUpperCase()
  const last = bare.at(-1) ?? ""
  if (bare.length < 7 && bare.length > 3) {
    const filled = pack.find(`${bare.slice(0, -1).padEnd(6, "X")}${last}`)
    if (filled >= 0)
      return {
        id: "conv.placeholder",
        text: `The 7th character stands in the seventh place, with X before it: ${pack.code(filled)}.`
      }
  }
  const base = bare.length === 7 ? pack.find(bare.slice(0, 6)) : -1
  if (base < 0 || pack.children(base).length === 0) return undefined
  const allowed = pack.seventh(base).map((each) => each.character)
  return {
    id: "conv.seventh-char",
    text: `"${last}" is no 7th character of ${pack.code(base)}${allowed.length > 0 ? `; it takes ${allowed.join(", ")}` : ""}.`
  }
}

function header(sheet: Worksheet, line: Line): Check {
  const { pack, row, ref } = line
  const children = pack.children(row).map((child) => pack.code(child))
  const seventh = pack.seventh(row).length > 0 && children.every((code) => code.replace(".", "").length === 7)
  const since = pack.history(row).headerSince
  const named = children.slice(0, MOST_NAMED).join(", ")
  return {
    id: seventh ? "conv.seventh-char" : "conv.header",
    codes: [ref],
    status: "fail",
    text: `${ref.code} is a header${since ? ` since ${since}` : ""}: ${seventh ? "a 7th character is missing" : "more characters are needed"} (${named}${children.length > MOST_NAMED ? ", ..." : ""}).`,
    source: seventh ? "Guidelines I.A.5" : "Guidelines I.B.2",
    release: sheet.release(ref.system)
  }
}

/** HCPCS codes carry dates of their own. */
function ended(sheet: Worksheet, line: Line): Check[] {
  const { added, ended: end } = line.pack.dates(line.row)
  const day = sheet.request.date
  if (day === undefined) return []
  const early = added !== undefined && day < added
  const late = end !== undefined && day > end
  if (!early && !late) return []
  return [
    {
      id: "conv.deleted-code",
      codes: [line.ref],
      status: "fail",
      text: late ? `${line.ref.code} ended on ${end}.` : `${line.ref.code} begins on ${added}.`,
      source: "HCPCS Level II file",
      release: sheet.release(line.ref.system)
    }
  ]
}

/** The same code twice (I.B.12), or a side beside the code for both sides. */
function duplicates(sheet: Worksheet): Check[] {
  const checks: Check[] = []
  const seen = new Map<string, Line>()
  for (const line of sheet.lines) {
    const key = `${line.ref.system} ${line.bare}`
    const first = seen.get(key)
    if (first && line.ref.system === "ICD-10-CM")
      checks.push(duplicate(sheet, [line], `${line.ref.code} stands twice; a code is reported once.`))
    if (!first) seen.set(key, line)
  }
  for (const both of sheet.lines) {
    if (!/\bbilateral\b/i.test(both.pack.title(both.row))) continue
    for (const one of sheet.lines) {
      if (one.pack !== both.pack || one === both || !sameButSide(one, both)) continue
      checks.push(
        duplicate(
          sheet,
          [both, one],
          `${both.ref.code} says both sides: ${one.ref.code} says one of them again.`
        )
      )
    }
  }
  return checks
}

/** Its system has no code set here: a licensed one, or one that was never built. */
function notInstalled(ref: CodeRef): Check {
  return {
    id: "conv.invalid",
    codes: [ref],
    status: "not-covered",
    text: `No ${ref.system} code set is installed: ${ref.code} is taken as typed.`,
    source: "Code set of the release",
    release: ref.system
  }
}

function duplicate(sheet: Worksheet, lines: readonly Line[], text: string): Check {
  return {
    id: "conv.duplicate",
    codes: lines.map((line) => line.ref) as CodeRef[],
    status: "fail",
    text,
    source: "Guidelines I.B.12, I.B.13",
    release: sheet.release("ICD-10-CM")
  }
}

/** Words of a title that only say the side, or nothing. */
const SIDE_WORDS: ReadonlySet<string> = new Set("bilateral unilateral right left both of the".split(" "))

/** Titles of one category that differ in the side only. */
function sameButSide(one: Line, both: Line): boolean {
  const title = one.pack.title(one.row)
  if (one.bare.slice(0, 3) !== both.bare.slice(0, 3) || !/\b(?:right|left)\b/i.test(title)) return false
  return rest(title) === rest(both.pack.title(both.row))
}

function rest(title: string): string {
  const words = foldTokens(title, tokenize(title)).filter((word) => word !== "" && !SIDE_WORDS.has(word))
  return [...new Set(words)].sort().join(" ")
}
