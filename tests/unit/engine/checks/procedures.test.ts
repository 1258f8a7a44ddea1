/** Pairs and units against tables made by hand. */
import { describe, expect, it } from "vitest"
import { compileEdits, openEdits } from "@/classification/edits/table"
import type { EditAudience, EditTable, MueEdit, PtpEdit } from "@/classification/edits/types"
import { createChecker } from "@/engine/checks"
import type { CheckedCode, CheckRequest } from "@/engine/checks/types"
import { repositoryLexicon } from "../../lexicon/read-files"

const QUARTER = { release: "2026-01", effective: { from: "2026-01-01", to: "2026-03-31" } }
const pairs = (rows: PtpEdit[], audience: EditAudience = "practitioner"): EditTable =>
  openEdits(
    compileEdits({ id: `ncci-ptp-${audience}`, kind: "ptp", audience, ...QUARTER }, { kind: "ptp", rows })
  )
const units = (rows: MueEdit[], audience: EditAudience = "practitioner"): EditTable =>
  openEdits(
    compileEdits({ id: `ncci-mue-${audience}`, kind: "mue", audience, ...QUARTER }, { kind: "mue", rows })
  )
const edit = (column1: string, column2: string, change: Partial<PtpEdit> = {}): PtpEdit => ({
  column1,
  column2,
  from: "2010-01-01",
  modifier: 1,
  reason: "Misuse of column two code",
  ...change
})

function told(edits: EditTable[], codes: (string | CheckedCode)[], request: Partial<CheckRequest> = {}) {
  const checker = createChecker({ packs: [], lexicon: repositoryLexicon(), edits })
  return checker
    .check({
      codes: codes.map((code) => (typeof code === "string" ? { system: "HCPCS", code } : code)),
      date: "2026-01-15",
      setting: "professional",
      ...request
    })
    .filter(({ id }) => id === "conv.ncci" || id === "conv.mue")
    .map(({ status, id, codes: of }) => `${status} ${id} ${of.map(({ code }) => code).join(" ")}`)
}

describe("claim edits", () => {
  it("are not covered until the files are there, kind by kind", () => {
    expect(told([], ["G0101"])).toEqual(["not-covered conv.ncci G0101", "not-covered conv.mue G0101"])
    expect(told([pairs([edit("G0101", "G0102")])], ["G0101"])).toContain("pass conv.ncci G0101")
  })

  it("fail a pair in either order, and let a modifier separate it where the indicator says so", () => {
    const table = pairs([edit("G0101", "G0102"), edit("G0101", "Q0091", { modifier: 0 })])
    for (const codes of [
      ["G0101", "G0102"],
      ["G0102", "G0101"]
    ])
      expect(told([table], codes)).toContain("fail conv.ncci G0101 G0102")
    const separate: CheckedCode = { system: "HCPCS", code: "G0102", modifiers: ["59"] }
    expect(told([table], ["G0101", separate])).toContain("warn conv.ncci G0101 G0102")
    expect(told([table], ["G0101", { ...separate, modifiers: ["GA"] }])).toContain(
      "fail conv.ncci G0101 G0102"
    )
    expect(told([table], ["G0101", { ...separate, code: "Q0091" }])).toContain("fail conv.ncci G0101 Q0091")
  })

  it("count only on the days they are in force, and not with indicator 9", () => {
    const table = pairs([
      edit("G0101", "G0102", { to: "2020-12-31" }),
      edit("G0101", "Q0091", { modifier: 9 }),
      edit("J1100", "J1200", { from: "2026-02-01" })
    ])
    expect(told([table], ["G0101", "G0102"], { date: "2020-12-31" })).toContain("fail conv.ncci G0101 G0102")
    expect(told([table], ["G0101", "G0102"])).toContain("pass conv.ncci G0101 G0102")
    expect(told([table], ["G0101", "Q0091"])).toContain("pass conv.ncci G0101 Q0091")
    expect(told([table], ["J1100", "J1200"])).toContain("pass conv.ncci J1100 J1200")
    expect(told([table], ["J1100", "J1200"], { date: "2026-02-01" })).toContain("fail conv.ncci J1100 J1200")
  })

  it("never pass for a quarter that the table does not know", () => {
    const table = pairs([edit("G0101", "G0102")])
    expect(told([table], ["J1100"], { date: "2026-05-01" })).toContain("not-covered conv.ncci J1100")
    expect(told([table], ["J1100"], { date: undefined })).toContain("not-covered conv.ncci J1100")
    const mue = units([{ code: "J1100", units: 2, indicator: 3, reason: "Clinical: Data" }])
    expect(told([mue], ["J1100"], { date: "2025-12-31" })).toContain("not-covered conv.mue J1100")
  })

  it("add the units of a day, or look at each line, as the indicator says", () => {
    const table = units([
      { code: "J1100", units: 2, indicator: 2, reason: "Policy" },
      { code: "J1200", units: 2, indicator: 3, reason: "Clinical" },
      { code: "J1300", units: 2, indicator: 1, reason: "Line" }
    ])
    const of = (code: string, n: number): CheckedCode => ({ system: "HCPCS", code, units: n })
    expect(told([table], [of("J1100", 2), of("J1100", 1)])).toContain("fail conv.mue J1100 J1100")
    expect(told([table], [of("J1200", 3)])).toContain("warn conv.mue J1200")
    expect(told([table], [of("J1300", 2), of("J1300", 2)])).toContain("pass conv.mue J1300 J1300")
    expect(told([table], [of("J1300", 3)])).toContain("warn conv.mue J1300")
    expect(told([table], [of("J1100", 2)])).toContain("pass conv.mue J1100")
  })

  it("are those of the setting, and none for a stay", () => {
    const tables = [
      pairs([edit("G0101", "G0102")], "practitioner"),
      pairs([edit("G0101", "Q0091")], "hospital")
    ]
    expect(told(tables, ["G0101", "G0102"])).toContain("fail conv.ncci G0101 G0102")
    expect(told(tables, ["G0101", "G0102"], { setting: "outpatient" })).toContain(
      "pass conv.ncci G0101 G0102"
    )
    expect(told(tables, ["G0101", "G0102"], { setting: "inpatient" })).toEqual([])
  })
})
