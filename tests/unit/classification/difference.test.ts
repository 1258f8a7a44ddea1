import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { affected, compareReleases, DifferenceError } from "@/classification/difference"
import type { CodeSetModel, ModelCode } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { smallHcpcs } from "./small-model"

function release(
  name: string,
  from: string,
  codes: ModelCode[],
  more: Partial<CodeSetModel> = {}
): CodeSetModel {
  return {
    system: "ICD-10-CM",
    release: name,
    effective: { from },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes,
    sections: [],
    index: [],
    ...more
  }
}

const line = (code: string, title: string, billable = true): ModelCode => ({
  code,
  title,
  billable,
  notes: []
})
const open = (model: CodeSetModel) => openPack(compilePack(model))

const older = release("FY2025", "2024-10-01", [
  line("G35", "Multiple sclerosis"),
  line("I10", "Essential (primary) hypertension"),
  line("M72", "Fibroblastic disorders", false),
  line("M722", "Plantar fascial fibromatosis"),
  line("N18", "Chronic kidney disease", false),
  line("Z16", "Resistance")
])
const newer = release(
  "FY2026",
  "2025-10-01",
  [
    line("G35", "Multiple sclerosis", false),
    line("G35A", "Relapsing-remitting multiple sclerosis"),
    line("G35D", "Multiple sclerosis, unspecified"),
    line("I10", "Essential hypertension"),
    line("M67A0", "Plantar fasciitis"),
    line("M72", "Fibroblastic disorders"),
    line("N18", "Chronic kidney disease", false)
  ],
  {
    history: new Map([["M67A0", { previous: ["M72.2"] }]]),
    retired: [{ code: "Z16", title: "Resistance", since: "2025-10-01", successors: ["Z16.10"] }]
  }
)
const difference = compareReleases(open(older), open(newer))

describe("the difference between two releases", () => {
  it("names what is new, gone, divided, made whole and retitled", () => {
    expect(difference.added.map(({ code }) => code)).toEqual(["G35.A", "G35.D", "M67.A0"])
    expect(difference.retired).toEqual([
      { code: "M72.2", title: "Plantar fascial fibromatosis", billable: true, successors: ["M67.A0"] },
      { code: "Z16", title: "Resistance", billable: true, successors: ["Z16.10"] }
    ])
    expect(
      difference.becameHeader.map(({ code, children }) => [code, ...children.map((c) => c.code)])
    ).toEqual([["G35", "G35.A", "G35.D"]])
    expect(difference.becameBillable.map(({ code }) => code)).toEqual(["M72"])
    expect(difference.retitled).toEqual([
      { code: "I10", from: "Essential (primary) hypertension", to: "Essential hypertension" }
    ])
    expect(difference.counts).toEqual({
      added: 3,
      addedBillable: 3,
      retired: 2,
      retiredBillable: 2,
      becameHeader: 1,
      becameBillable: 1,
      retitled: 1,
      unchanged: 1
    })
  })

  it("says in a sentence what it changes for the coder's own codes, and nothing of the others", () => {
    const refs = ["I10", "G35", "N18", "M72.2", "Z16"].map((code) => ({ system: "ICD-10-CM" as const, code }))
    const told = affected(difference, [...refs, { system: "HCPCS", code: "G35" }])
    expect(told.map(({ text }) => text)).toEqual([
      'I10 has a new title since 1 October 2025: "Essential hypertension" (before: "Essential (primary) hypertension").',
      "G35 is a header since 1 October 2025: choose G35.A or G35.D.",
      "M72.2 is no longer a code since 1 October 2025: choose M67.A0.",
      "Z16 is no longer a code since 1 October 2025: choose Z16.10."
    ])
    expect(told[1]!.instead).toEqual([
      { system: "ICD-10-CM", code: "G35.A" },
      { system: "ICD-10-CM", code: "G35.D" }
    ])
  })

  it("is none between a release and itself, and refuses two systems", () => {
    const { added, retired, becameHeader, becameBillable, retitled, counts } = compareReleases(
      open(newer),
      open(newer)
    )
    expect([added, retired, becameHeader, becameBillable, retitled].flat()).toEqual([])
    expect(counts.unchanged).toBe(newer.codes.length)
    expect(() => compareReleases(open(newer), open(smallHcpcs()))).toThrow(DifferenceError)
  })

  it("takes a code that ended before the newer release for gone", () => {
    const before = smallHcpcs()
    const { ended: _, ...j0120 } = before.codes[2]!
    const old = { ...before, release: "2019-10", effective: { from: "2019-10-01" } }
    old.codes = before.codes.map((code) => (code.code === "J0120" ? j0120 : code))
    expect(compareReleases(open(old), open(before)).retired.map(({ code }) => code)).toEqual(["J0120"])
  })
})

const codes: fc.Arbitrary<ModelCode[]> = fc
  .uniqueArray(fc.stringMatching(/^[A-C][0-9][0-1][A-B]{0,2}$/), { maxLength: 15 })
  .chain((list) =>
    fc.tuple(
      ...[...list]
        .sort()
        .map((code) =>
          fc
            .record({ title: fc.constantFrom("One", "Two"), billable: fc.boolean() })
            .map((each) => line(code, each.title, each.billable))
        )
    )
  )

describe("any two releases", () => {
  it("differ as their models do", () => {
    fc.assert(
      fc.property(codes, codes, (before, after) => {
        const found = compareReleases(
          open(release("A", "2024-10-01", before)),
          open(release("B", "2025-10-01", after))
        )
        const plain = (list: readonly { code: string }[]): string[] =>
          list.map(({ code }) => code.replace(".", ""))
        const old = new Map(before.map((each) => [each.code, each]))
        const now = new Map(after.map((each) => [each.code, each]))
        const both = before
          .filter((each) => now.has(each.code))
          .map((each) => [each, now.get(each.code)!] as const)
        expect(plain(found.added)).toEqual(
          after.filter((each) => !old.has(each.code)).map((each) => each.code)
        )
        expect(plain(found.retired)).toEqual(
          before.filter((each) => !now.has(each.code)).map((each) => each.code)
        )
        expect(plain(found.becameHeader)).toEqual(
          both.filter(([a, b]) => a.billable && !b.billable).map(([a]) => a.code)
        )
        expect(plain(found.becameBillable)).toEqual(
          both.filter(([a, b]) => !a.billable && b.billable).map(([a]) => a.code)
        )
        expect(plain(found.retitled)).toEqual(
          both.filter(([a, b]) => a.title !== b.title).map(([a]) => a.code)
        )
        expect(found.counts.unchanged).toBe(
          both.filter(([a, b]) => a.title === b.title && a.billable === b.billable).length
        )
      }),
      { numRuns: 60 }
    )
  })
})

const packs = join(__dirname, "..", "..", "..", "assets", "packs")
const files = ["FY2026", "FY2027"].map((name) => join(packs, `icd10cm-${name}.bin`))
const installed = files.every((file) => existsSync(file))
if (!installed) console.info("Skipped: the packs of FY2026 and FY2027 are not built here.")

describe.runIf(installed)("FY2026 and FY2027", () => {
  it("differ as the official addenda say: 253 Add, 36 Delete, 4 Revise", () => {
    const [fy2026, fy2027] = files.map((file) => openPack(readFileSync(file)))
    const { counts } = compareReleases(fy2026!, fy2027!)
    // The addenda list a code that becomes a header twice: as a deleted code and as an added header.
    expect(counts.added + counts.becameHeader + counts.becameBillable).toBe(253)
    expect(counts.retired + counts.becameHeader + counts.becameBillable).toBe(36)
    expect(counts.retitled).toBe(4)
  })
})
