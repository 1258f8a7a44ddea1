import { existsSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { GuidelineBook } from "@/classification/guidelines-api"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { assembleIcd10cm } from "@/classification/readers/assemble"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readOrderFile } from "@/classification/readers/order-file"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { checkHistory } from "@/cli/check/check-extras"
import { checkGuidelines } from "@/cli/check/check-guidelines"
import { checkIndex } from "@/cli/check/check-index"
import { checkOrder, rawHcpcs, rawOrder } from "@/cli/check/check-order"
import { checkTabular } from "@/cli/check/check-tabular"
import { rawIndex, rawTabular } from "@/cli/check/raw-xml"
import { CheckReport } from "@/cli/check/report"
import { checkPacks } from "@/cli/check/run"
import { loadPacks } from "@/cli/load-packs"
import { sourceSettings } from "@/cli/sources/resolve"
import { hcpcsRecord, indexXml, orderText, tabularXml } from "../classification/readers/layouts"

const { releases } = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES })
const here = releases !== undefined && existsSync(join(releases, "icd10cm"))
if (!here) console.log("official releases are not on this machine: the full check of the packs is skipped")

describe.skipIf(!here)("packs check on the full releases", () => {
  it("finds every row, note, index line, attribute and section, and no difference without a reason", async () => {
    const shelf = await loadPacks()
    const lines: string[] = []
    expect(
      checkPacks(releases, shelf, (line) => lines.push(line)),
      lines.join("\n")
    ).toBe(0)
    const told = lines.join("\n")
    expect(told).toContain(
      "icd10cm-FY2026: rows of the code file in the pack, once, with title and flag: 98186 of 98186"
    )
    expect(told).toContain(
      "icd10cm-FY2027: rows of the code file in the pack, once, with title and flag: 98403 of 98403"
    )
    expect(told).toContain("misprints of the official index addenda, in no order file: Z1508, Q99814")
    expect(told).toMatch(/sections whose every letter stands in the printed text, in order: (\d+) of \1/)
  }, 300_000)

  it("tells of codes what their lists and earlier releases say", async () => {
    const shelf = await loadPacks()
    const [now] = shelf.pick("2026-01-15").packs
    const [next] = shelf.pick("2026-11-01").packs
    const history = (code: string) => now!.history(now!.find(code))
    expect(history("G35")).toEqual({ headerSince: "2025-10-01" })
    expect(history("M54.5")).toEqual({ headerSince: "2021-10-01" })
    expect(history("R10.2")).toEqual({ headerSince: "2025-10-01" })
    expect(history("C56.3")).toEqual({ addedSince: "2021-10-01", previous: ["C56.1 and C56.2"] })
    expect(now!.retired("H40.11X0")).toMatchObject({ since: "2016-10-01" })
    expect(next!.retired("T52.8X1A")?.successors).toEqual(["T52.891A"])
    expect(next!.retired("S23.420A")).toMatchObject({ since: "2026-10-01", successors: [] })
    expect(now!.attributes(now!.find("E11.40")).hcc).toMatchObject({ V24: "18", V28: "37", RxHCC: "30" })
    expect(now!.attributes(now!.find("O80"))).toEqual({ poaExempt: true, mce: ["maternity"] })
    // A new code is unknown to an older list; a divided one has no mark any more.
    expect(now!.attributes(now!.find("G35.D")).hcc).toBeUndefined()
    expect(now!.lists().map(({ kind, borrowed = false }) => [kind, borrowed])).toEqual([
      ["poa", false],
      ["hcc", true],
      ["mce", false],
      ["cc", false]
    ])
    expect(now!.lists().find(({ kind }) => kind === "hcc")?.knowsUntil).toBe("2025-09-30")
    expect(next!.lists().every(({ borrowed }) => borrowed)).toBe(true)
    expect(next!.attributes(next!.find("I42.0"))).toEqual({})
  }, 300_000)
})

const ORDER = orderText([
  ["S52", false, "Fracture of forearm"],
  ["S52501", false, "Unspecified fracture of the lower end of right radius"],
  [
    "S52501A",
    true,
    "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"
  ],
  ["S52501D", true, "Unspecified fracture of the lower end of right radius, subsequent encounter"]
])
const TABULAR = tabularXml(`<chapter><name>19</name><desc>Injury (S00-T88)</desc>
  <excludes2><note>burns</note></excludes2>
  <section id="S50-S59"><desc>Injuries to the elbow and forearm (S50-S59)</desc><includes><note>crush</note></includes>
  <diag><name>S52</name><desc>Fracture of forearm</desc><excludes1><note>traumatic amputation</note></excludes1>
  <sevenChrDef><extension char="A">initial</extension><extension char="D">subsequent</extension></sevenChrDef>
  <diag><name>S52.501</name><desc>Unspecified fracture</desc><inclusionTerm><note>broken wrist</note></inclusionTerm></diag>
  </diag></section></chapter>`)
const INDEX =
  indexXml(`<mainTerm><title>Fracture<nemod>(closed)</nemod></title><term level="1"><title>radius</title>
  <code>S52.501-</code></term></mainTerm><mainTerm><title>Break</title><see>Fracture</see></mainTerm>`)

function pack(change: (model: CodeSetModel) => void = () => {}): CodePack {
  const model = assembleIcd10cm({
    release: "FY2026",
    effective: { from: "2025-10-01" },
    provenance: { source: "test", files: [] },
    order: readOrderFile({ name: "order.txt", content: ORDER }),
    tabular: readTabularXml({ name: "tabular.xml", content: TABULAR }),
    indexes: [readIndexXml({ name: "index.xml", content: INDEX })]
  })
  change(model)
  return openPack(compilePack(model))
}

function differences(check: (report: CheckReport) => void): { unexplained: number; told: string } {
  const report = new CheckReport("x")
  check(report)
  return { unexplained: report.unexplained, told: report.lines.join("\n") }
}

describe("check of code files", () => {
  const order = (rows: string, of = pack()) => differences((report) => checkOrder(of, rawOrder(rows), report))

  it("finds nothing where nothing is wrong, and each thing that is", () => {
    expect(order(ORDER)).toMatchObject({ unexplained: 0 })
    expect(order(ORDER.replace(/subsequent encounter\r\n$/, "sequela\r\n")).told).toContain(
      "another title: S52501D"
    )
    expect(order(ORDER.replace("S52501A 1", "S52501A 0")).told).toContain("another flag: S52501A")
    expect(order(ORDER.replaceAll("S52501A", "S52501B")).told).toContain("not in the pack: S52501B")
    expect(order(ORDER.replace(/[^\n]*S52501D[^\n]*\n/, "")).told).toContain("not in the file: S52501D")
    expect(order(ORDER + ORDER).told).toContain("twice in the file")
  })

  it("joins the parts of a HCPCS description", () => {
    const text = [
      hcpcsRecord("E0143", 1, "3", "Walker, folding,"),
      hcpcsRecord("E0143", 2, "4", "wheeled")
    ].join("\r\n")
    expect(rawHcpcs(text)).toEqual([{ code: "E0143", billable: true, title: "Walker, folding, wheeled" }])
  })
})

describe("check of the Tabular List", () => {
  const tabular = (of: CodePack) => differences((report) => checkTabular(of, rawTabular(TABULAR), report))
  const without = (code: string) => (model: CodeSetModel) => {
    const found = model.codes.find((each) => each.code === code)
    if (found) found.notes = []
  }

  it("finds nothing where nothing is wrong, and each note or 7th character that is lost", () => {
    expect(tabular(pack())).toMatchObject({ unexplained: 0 })
    expect(tabular(pack()).told).toContain(
      "notes of the Tabular List reached from their code and from below it: 4 of 4"
    )
    expect(tabular(pack(without("S52501"))).told).toContain("not reached: S52.501 inclusionTerm")
    expect(tabular(pack((model) => void model.sections.splice(0, 1))).told).toContain(
      "not reached: 19 excludes2"
    )
    const shorter = pack((model) => void model.codes[0]!.seventh?.pop())
    expect(tabular(shorter).told).toContain("other 7th characters")
    expect(tabular(shorter).unexplained).toBeGreaterThan(0)
  })
})

describe("check of the index", () => {
  const index = (of: CodePack, xml = INDEX, borrowed = false) =>
    differences((report) => checkIndex(of, "disease", rawIndex(xml), report, borrowed))

  it("finds nothing where nothing is wrong, and each line, code or reference that is", () => {
    expect(index(pack())).toMatchObject({ unexplained: 0 })
    expect(index(pack(), INDEX.replace("radius", "ulna")).told).toContain(
      "other words, level or reference: ulna"
    )
    expect(index(pack(), INDEX.replace("<see>Fracture", "<see>Fractures")).told).toContain("Break (see)")
    expect(index(pack(), INDEX.replace("S52.501-", "S52.502-")).told).toContain(
      "do not resolve: S52502 (S52501)"
    )
    expect(index(pack(), INDEX.replace("S52.501-", "Z15.08")).told).toContain("do not resolve")
    expect(index(pack((model) => void model.index.pop())).told).toContain("main terms: 1 of 2  DIFFERENT")
    expect(index(pack((model) => void model.index.splice(0))).unexplained).toBeGreaterThan(0)
  })

  it("takes an outdated or a moved code of a borrowed index for explained, but in no other", () => {
    const outdated = pack((model) => {
      const entry = model.index.find(({ code }) => code === "S52501")!
      delete entry.code
      delete entry.incomplete
      entry.outdated = "S52501"
    })
    expect(index(outdated, INDEX, true)).toMatchObject({ unexplained: 0 })
    expect(index(outdated, INDEX, false).unexplained).toBeGreaterThan(0)
  })
})

describe("check of the history", () => {
  it("wants every difference of two order files told", () => {
    const rows = rawOrder(ORDER)
    const older = [...rows.slice(0, 3), { code: "S52501S", billable: true, title: "Gone" }]
    const of = pack((model) => {
      model.history = new Map([["S52501D", { addedSince: "2025-10-01" }]])
      model.retired = [{ code: "S52501S", title: "Gone", since: "2025-10-01", successors: [] }]
    })
    const history = (each: CodePack) =>
      differences((report) => checkHistory(each, older, rows, "2025-10-01", report))
    expect(history(of)).toMatchObject({ unexplained: 0 })
    expect(history(pack()).told).toContain("told as new: 0 of 1  DIFFERENT")
    expect(history(pack()).told).toContain("told as retired: 0 of 1  DIFFERENT")
  })
})

describe("check of the guidelines", () => {
  const book: GuidelineBook = {
    release: "FY2026",
    system: "ICD-10-CM",
    effective: { from: "2025-10-01" },
    source: "test",
    sections: [
      { id: "Introduction", parent: "", title: "Introduction", paragraphs: ["Not in the body."], codes: [] },
      { id: "I", parent: "", title: "Conventions", paragraphs: [], codes: [] },
      { id: "I.A", parent: "I", title: "“And”", paragraphs: ["It means first-listed."], codes: [] }
    ]
  }
  const text = `Section I. Conventions ..... 7
Section I. Conventions
   ICD-10-CM Official Guidelines for Coding and Reporting
                        FY 2026
                  Page 7 of 9
 A. “And”
   It means first-
   listed.
`
  it("wants every letter, in order", () => {
    const check = (of: GuidelineBook, printed = text) =>
      differences((report) => checkGuidelines(of, printed, report))
    expect(check(book)).toMatchObject({ unexplained: 0 })
    expect(check(book, text.replace("means", "meant")).told).toContain("other letters: I.A")
    expect(check(book, `${text}More.`).unexplained).toBeGreaterThan(0)
    expect(check({ ...book, sections: book.sections.slice(0, 2) }).unexplained).toBeGreaterThan(0)
  })
})
