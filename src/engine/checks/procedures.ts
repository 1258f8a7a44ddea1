/**
 * Pairs of procedures and units (NCCI PTP and MUE tables of CMS), when the coder has imported them. Without the table
 * for a kind of edit, that kind is not covered. NCCI is for professional and outpatient claims, not for a stay.
 */
import { type EditAudience, type EditTable, editsName, type PtpEdit } from "@/classification/edits/types"
import type { Check, Line, Worksheet } from "./types"

/** Modifiers that may separate a pair (NCCI Policy Manual, chapter I, E). */
const SEPARATING: ReadonlySet<string> = new Set(
  "E1 E2 E3 E4 FA F1 F2 F3 F4 F5 F6 F7 F8 F9 TA T1 T2 T3 T4 T5 T6 T7 T8 T9 LT RT LC LD RC LM RI 24 25 27 57 58 59 78 79 91 XE XS XP XU".split(
    " "
  )
)

const KINDS = [
  { kind: "ptp", id: "conv.ncci", name: "NCCI pairs of procedures" },
  { kind: "mue", id: "conv.mue", name: "Medically unlikely units" }
] as const

export function checkProcedures(sheet: Worksheet, tables: readonly EditTable[]): Check[] {
  const given = [...sheet.lines.map(({ ref, at }) => ({ ref, at })), ...sheet.unlisted]
    .filter(({ ref }) => ref.system === "HCPCS" || ref.system === "CPT")
    .sort((a, b) => a.at - b.at)
  if (given.length === 0 || sheet.setting === "inpatient") return []
  return KINDS.flatMap(({ kind, id, name }) => {
    const table = pick(tables, kind, sheet)
    if (!table)
      return [
        about(given, {
          id,
          status: "not-covered",
          text: `${name} are not imported: drop the CMS files on the options page.`,
          source: "CMS NCCI tables",
          release: "not imported"
        })
      ]
    return kind === "ptp" ? pairs(sheet, given, table) : units(sheet, given, table)
  })
}

type Procedure = Pick<Line, "ref" | "at">

/** The table of the quarter, else the nearest; of hospital and practitioner the one that fits the setting. */
function pick(
  tables: readonly EditTable[],
  kind: "ptp" | "mue",
  { setting, request }: Worksheet
): EditTable | undefined {
  const wanted: EditAudience[] = setting === "professional" ? ["practitioner"] : ["hospital", "practitioner"]
  const fitting = tables.filter(({ facts }) => facts.kind === kind)
  for (const audience of wanted) {
    const own = fitting
      .filter(({ facts }) => facts.audience === audience)
      .sort((a, b) => (a.facts.release < b.facts.release ? 1 : -1))
    const { date } = request
    const found =
      date === undefined
        ? own[0]
        : (own.find(({ facts }) => date >= facts.effective.from && date <= facts.effective.to) ??
          own.find(({ facts }) => facts.effective.from <= date) ??
          own.at(-1))
    if (found) return found
  }
  return undefined
}

function about(lines: readonly Procedure[], check: Omit<Check, "codes">): Check {
  return { ...check, codes: lines.map(({ ref }) => ({ system: ref.system, code: ref.code })) }
}

function named({ facts }: EditTable): Pick<Check, "source" | "release"> {
  return { source: `CMS ${editsName(facts)}`, release: facts.release }
}

/** What a table of another quarter says is told; that it says nothing is no pass. */
function silence(sheet: Worksheet, { facts }: EditTable): { status: "pass" | "not-covered"; words: string } {
  const { date } = sheet.request
  if (date === undefined) return { status: "not-covered", words: " No date of service is given." }
  // Pairs carry their own days, so a newer table knows the older ones too.
  const known =
    facts.kind === "ptp"
      ? date <= facts.effective.to
      : date >= facts.effective.from && date <= facts.effective.to
  return known
    ? { status: "pass", words: "" }
    : { status: "not-covered", words: ` The table is of ${facts.release}, not of the date of service.` }
}

const inForce = (edit: PtpEdit, date: string) =>
  edit.modifier !== 9 && edit.from <= date && (edit.to === undefined || date <= edit.to)

function pairs(sheet: Worksheet, lines: readonly Procedure[], table: EditTable): Check[] {
  const date = sheet.request.date ?? table.facts.effective.to
  const checks = lines.flatMap((one) =>
    lines.flatMap((two) => {
      if (one === two) return []
      const edit = table.pairs(plain(one), plain(two)).find((each) => inForce(each, date))
      return edit ? [paired(one, two, edit, table)] : []
    })
  )
  if (checks.length > 0) return checks
  const { status, words } = silence(sheet, table)
  return [
    about(lines, { id: "conv.ncci", status, text: `No NCCI pair among these.${words}`, ...named(table) })
  ]
}

const plain = ({ ref }: Procedure) => ref.code.trim().toUpperCase()

function paired(one: Procedure, two: Procedure, edit: PtpEdit, table: EditTable): Check {
  const modifiers = [...(one.ref.modifiers ?? []), ...(two.ref.modifiers ?? [])].map((each) =>
    each.toUpperCase()
  )
  const separating = modifiers.find((each) => SEPARATING.has(each))
  const base = `${edit.column2} is not reported beside ${edit.column1}`
  const common = { id: "conv.ncci", quote: edit.reason, ...named(table) }
  if (edit.modifier === 0)
    return about([one, two], { ...common, status: "fail", text: `${base}; no modifier separates the two.` })
  if (separating)
    return about([one, two], {
      ...common,
      status: "warn",
      text: `${base} unless they are separate: ${separating} says so, and the documentation must show it.`
    })
  return about([one, two], {
    ...common,
    status: "fail",
    text: `${base} unless a modifier says that the two are separate and the documentation shows it.`
  })
}

function units(sheet: Worksheet, lines: readonly Procedure[], table: EditTable): Check[] {
  const byCode = new Map<string, Procedure[]>()
  for (const line of lines) byCode.set(plain(line), [...(byCode.get(plain(line)) ?? []), line])
  const quiet: Procedure[] = []
  const checks = [...byCode].flatMap(([code, same]) => {
    const edit = table.units(code)
    const each = same.map(({ ref }) => ref.units ?? 1)
    // Indicator 1 counts each line of the claim, 2 and 3 the whole day.
    const most = edit?.indicator === 1 ? Math.max(...each) : each.reduce((sum, n) => sum + n, 0)
    if (!edit || most <= edit.units) {
      quiet.push(...same)
      return []
    }
    const by = edit.indicator === 1 ? "on one line" : "on one day"
    return [
      about(same, {
        id: "conv.mue",
        status: edit.indicator === 2 ? "fail" : "warn",
        text: `${most} units of ${code}: more than ${edit.units} ${by} are unlikely${edit.indicator === 2 ? ", by rule" : ": verify the units"}.`,
        quote: edit.reason,
        ...(edit.indicator === 3 ? { exception: "The documentation shows that the units were needed." } : {}),
        ...named(table)
      })
    ]
  })
  if (quiet.length === 0) return checks
  const unnamed = quiet.filter((line) => !table.units(plain(line)))
  const { status, words } = silence(sheet, table)
  const text =
    unnamed.length === 0
      ? `The units are within the table.${words}`
      : `The units are within the table; it has no number for ${[...new Set(unnamed.map(plain))].join(", ")}.${words}`
  return [...checks, about(quiet, { id: "conv.mue", status, text, ...named(table) })]
}
