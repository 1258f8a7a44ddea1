/** Every note of the Tabular List can be reached from its code and from the codes below; 7th characters too. */
import type { NoteKind } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import { TitleMatcher } from "@/classification/readers/title-match"
import type { RawTabular } from "./raw-xml"
import type { CheckReport } from "./report"

const KINDS: Record<string, NoteKind> = {
  inclusionTerm: "inclusion",
  includes: "includes",
  excludes1: "excludes1",
  excludes2: "excludes2",
  codeFirst: "codeFirst",
  useAdditionalCode: "useAdditional",
  codeAlso: "codeAlso",
  notes: "note",
  sevenChrNote: "seventhNote"
}

/** @param lender release the notes were borrowed from, when they were; then terms may have moved on */
export function checkTabular(
  pack: CodePack,
  raw: RawTabular,
  report: CheckReport,
  lender?: { pack: CodePack; release: string }
): void {
  checkNotes(pack, raw, report, lender)
  checkSeventh(pack, raw, report, lender !== undefined)
}

function checkNotes(
  pack: CodePack,
  raw: RawTabular,
  report: CheckReport,
  lender?: { pack: CodePack; release: string }
): void {
  const lost: string[] = []
  const gone: string[] = []
  const outdated: string[] = []
  const said: string[] = []
  const newTitles = lender && new TitleMatcher(addedTitles(pack, lender.pack))
  let reached = 0
  for (const { at, where, element, text } of raw.notes) {
    if (text === "") continue
    const kind = KINDS[element]
    // Notes of a block or chapter must be seen from each of its categories.
    const from =
      where === "code"
        ? [at]
        : (raw.categories.get(`${where === "block" ? "section" : "chapter"} ${at}`) ?? [])
    const rows = from.map((code) => pack.find(code)).filter((row) => row >= 0)
    if (where === "code" && rows.length === 0) {
      if (lender) gone.push(at)
      else lost.push(`${at} (no such code)`)
      continue
    }
    const own = where !== "code"
    // From where it stands, and from the last code below.
    const places = rows.flatMap((row) => [
      { row, inherited: own },
      { row: pack.subtreeEnd(row), inherited: true }
    ])
    const misses = places.filter(
      ({ row, inherited }) =>
        !pack.notes(row, inherited).some((note) => note.kind === kind && note.text === text)
    )
    if (misses.length === 0) {
      reached++
      continue
    }
    const old = `${lender?.release ?? ""} included here (outdated): ${text}`
    const row = rows[0]!
    if (lender && pack.notes(row).some((note) => note.text === old)) outdated.push(at)
    else if (newTitles && newTitles.matchText(text).length > 0) said.push(at)
    else lost.push(`${at} ${element}`)
  }
  const all = raw.notes.filter(({ text }) => text !== "").length
  report.count(
    "notes of the Tabular List reached from their code and from below it",
    reached + gone.length + outdated.length + said.length,
    all
  )
  report.explained("notes of codes that this release deleted", gone)
  report.explained("inclusion terms of divided codes, kept as outdated notes", outdated)
  report.explained("inclusion terms that the title of a new code says now", said)
  report.different("not reached", lost)
}

function addedTitles(pack: CodePack, older: CodePack): { code: string; title: string }[] {
  const added: { code: string; title: string }[] = []
  for (let row = 0; row < pack.size; row++) {
    if (older.find(pack.code(row)) < 0) added.push({ code: pack.code(row), title: pack.title(row) })
  }
  return added
}

function checkSeventh(pack: CodePack, raw: RawTabular, report: CheckReport, borrowed: boolean): void {
  const wrong: string[] = []
  const gone: string[] = []
  const without: string[] = []
  let inherited = 0
  let below = 0
  for (let row = 0; row < pack.size; row++) {
    const code = pack.code(row).replace(".", "")
    let definer: string | undefined
    for (let length = code.length; length >= 3 && definer === undefined; length--) {
      const beginning = code.slice(0, length)
      const dotted = length > 3 ? `${beginning.slice(0, 3)}.${beginning.slice(3)}` : beginning
      if (raw.seventh.has(dotted)) definer = dotted
    }
    if (definer === undefined) {
      if (code.length === 7) without.push(pack.code(row))
      continue
    }
    below++
    const expected = raw.seventh.get(definer)!
    const told = pack.seventh(row)
    const same =
      told.length === expected.length &&
      told.every((each, at) => each.character === expected[at]!.character && each.text === expected[at]!.text)
    const allowed = code.length < 7 || told.some(({ character }) => character === code[6])
    if (same && allowed) inherited++
    else wrong.push(pack.code(row))
  }
  for (const code of raw.seventh.keys()) if (pack.find(code) < 0) gone.push(code)
  report.count("codes with 7th characters defined at them or above, inherited in full", inherited, below)
  report.count(
    "7th-character definitions of the Tabular List in use",
    raw.seventh.size - gone.length,
    raw.seventh.size - (borrowed ? gone.length : 0)
  )
  report.explained("definitions at codes that this release deleted", borrowed ? gone : [])
  report.explained("codes of seven characters that are listed outright, with no definition above", without)
  report.different("other 7th characters", wrong)
}
