/** Attributes against the lists that gave them, and history against the order files of three releases. */
import type { CodeAttributes } from "@/classification/model"
import type { CodePack } from "@/classification/pack-api"
import type { RawRow } from "./check-order"
import type { CheckReport } from "./report"

export interface RawLists {
  poa: string
  hcc: string
  mce: string
  cc: string
}

/** What each list says of a code, as text: the same words that `saidBy` makes of the pack. */
interface RawMark {
  list: keyof RawLists
  code: string
  mark: string
  title?: string
}

/** The day the marks of the Medicare Code Editor are taken for: the first of its version. */
const MCE_DAY = "20260401"

function marksOf(lists: RawLists): RawMark[] {
  const rows = (text: string) => text.split(/\r?\n/).filter((line) => line !== "")
  const marks: RawMark[] = []
  for (const line of rows(lists.poa).slice(1)) {
    marks.push({ list: "poa", code: line.split("\t")[1]!.replace(".", ""), mark: "exempt" })
  }
  const v28 = new Map<string, string[]>()
  for (const line of rows(lists.hcc)) {
    // Code, description (in quotes when it holds a comma), six categories, six answers.
    const found = /^([A-Z]\d[0-9A-Z]{1,5}),(?:"(?:[^"]|"")*"|[^,"]*)((?:,[^,]*){12})$/.exec(line)
    const [category, pays] = [found?.[2]?.split(",")[5], found?.[2]?.split(",")[11]]
    if (found && pays === "Yes") v28.set(found[1]!, [...(v28.get(found[1]!) ?? []), category!])
  }
  for (const [code, categories] of v28) {
    const inOrder = [...new Set(categories)].sort((a, b) => Number(a) - Number(b))
    marks.push({ list: "hcc", code, mark: inOrder.join(", ") })
  }
  for (const line of rows(lists.mce).slice(1)) {
    const [code = "", from = "", to = "", flags = ""] = line.split(",")
    if (flags !== "" && from <= MCE_DAY && (to === "" || to >= MCE_DAY)) {
      marks.push({ list: "mce", code, mark: flags.split("|").join(", ") })
    }
  }
  for (const line of rows(lists.cc).slice(1)) {
    const [code = "", , severity = ""] = line.split(",")
    if (severity !== "") marks.push({ list: "cc", code, mark: severity })
  }
  return marks
}

function saidBy(attributes: CodeAttributes, list: keyof RawLists): string {
  if (list === "poa") return attributes.poaExempt ? "exempt" : ""
  if (list === "hcc") return attributes.hcc?.V28 ?? ""
  if (list === "mce") return (attributes.mce ?? []).join(", ")
  return attributes.cc ?? ""
}

/** @param older rows of the release each list was made for: marks stay with codes that did not change since */
export function checkAttributes(
  pack: CodePack,
  lists: RawLists,
  older: Record<keyof RawLists, readonly RawRow[]>,
  report: CheckReport
): void {
  const marks = marksOf(lists)
  for (const list of ["poa", "hcc", "mce", "cc"] as const) {
    const before = new Map(older[list].map((row) => [row.code, row]))
    const changed: string[] = []
    const lost: string[] = []
    let right = 0
    const marked = new Set<string>()
    for (const { code, mark } of marks.filter((each) => each.list === list)) {
      marked.add(code)
      const row = pack.find(code)
      const was = before.get(code)
      // A list may name codes of an earlier year that were headers by then.
      const same = row >= 0 && was?.billable && pack.billable(row) && pack.title(row) === was.title
      if (row >= 0 && saidBy(pack.attributes(row), list) === mark) right++
      else if (!same && (row < 0 || saidBy(pack.attributes(row), list) === "")) changed.push(code)
      else lost.push(code)
    }
    const more: string[] = []
    for (let row = 0; row < pack.size; row++) {
      const code = pack.code(row).replace(".", "")
      if (saidBy(pack.attributes(row), list) !== "" && !marked.has(code)) more.push(code)
    }
    report.count(
      `${list}: codes of the list marked in the pack or explained`,
      right + changed.length,
      marked.size
    )
    report.explained(`${list}: deleted, divided or reworded since the list was made: no mark`, changed)
    report.different(`${list}: another mark`, lost)
    report.different(`${list}: marked, but not in the list`, more)
  }
}

/** What two order files differ in must be in the history of the newer one's pack. @param since ISO, of the newer */
export function checkHistory(
  pack: CodePack,
  older: readonly RawRow[],
  newer: readonly RawRow[],
  since: string,
  report: CheckReport
): void {
  const [before, after] = [older, newer].map((rows) => new Map(rows.map((row) => [row.code, row]))) as [
    Map<string, RawRow>,
    Map<string, RawRow>
  ]
  const history = (code: string) => {
    const row = pack.find(code)
    return row < 0 ? {} : pack.history(row)
  }
  const added = newer.filter(({ code }) => !before.has(code))
  const divided = newer.filter(({ code, billable }) => !billable && before.get(code)?.billable)
  const gone = older.filter(({ code }) => !after.has(code))
  // A code may have been divided or deleted again since.
  const stillThere = added.filter(({ code }) => pack.find(code) >= 0)
  const kept = (rows: readonly RawRow[], isTold: (row: RawRow) => boolean) => rows.filter(isTold).length
  report.count(
    `codes that are new since ${since}, told as new`,
    kept(stillThere, ({ code }) => history(code).addedSince === since),
    stillThere.length
  )
  report.count(
    `codes that became headers on ${since}, told as such`,
    kept(divided, ({ code }) => history(code).headerSince === since),
    divided.length
  )
  report.count(
    `codes that are gone since ${since}, told as retired`,
    kept(
      gone,
      ({ code, title }) => pack.retired(code)?.since === since && pack.retired(code)?.title === title
    ),
    gone.length
  )
  const open = gone.filter(({ code }) => pack.retired(code)?.successors.length === 0)
  report.explained(
    "of these without successor: neither addenda, conversion table nor a title tells one",
    open.map(({ code }) => code)
  )
}
