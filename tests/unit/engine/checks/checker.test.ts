/** The checks on a small code set, and on the real one where it is built. */
import { existsSync, readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { CodeSetModel, ModelCode, NoteKind, System } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { PACK_FORMAT_VERSION } from "@/classification/pack/format"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { countExcludes } from "@/cli/eval/excludes"
import { ExcludesReader } from "@/engine/checks/excludes"
import { type CheckRequest, createChecker } from "@/engine/checks/index"
import { repositoryLexicon } from "../../lexicon/read-files"

const DATE = "2026-01-15"
const lexicon = repositoryLexicon()

type Line = [code: string, title: string, billable: boolean, notes?: [NoteKind, string][]]

/** Made up but for the shapes: the wordings decide, not the medicine. */
const LINES: Line[] = [
  ["B96", "Other bacterial agents as the cause of diseases classified elsewhere", false],
  ["B962", "Escherichia coli as the cause of diseases classified elsewhere", true],
  ["F02", "Dementia in other diseases classified elsewhere", false, [["codeFirst", "Alzheimer's (G30.-)"]]],
  ["F0280", "Dementia in other diseases classified elsewhere, unspecified severity", true],
  ["G30", "Alzheimer's disease", false],
  ["G309", "Alzheimer's disease, unspecified", true],
  ["G56", "Mononeuropathies of upper limb", false],
  ["G560", "Carpal tunnel syndrome", true],
  ["J44", "Other chronic obstructive pulmonary disease", false, [["excludes2", "lung disease (J60-J61)"]]],
  ["J449", "Chronic obstructive pulmonary disease, unspecified", true],
  ["J60", "Coalworker's pneumoconiosis", true],
  ["J61", "Pneumoconiosis due to asbestos", true, [["excludes1", "coalworker's pneumoconiosis (J60)"]]],
  ["K20", "Esophagitis", false, [["excludes1", "reflux sickness of any kind (K21.-)"]]],
  ["K209", "Esophagitis, unspecified", true],
  ["K21", "Gastro-esophageal reflux disease", false, [["excludes2", "esophagitis (K20.-)"]]],
  ["K219", "Gastro-esophageal reflux disease without esophagitis", true],
  ["M17", "Osteoarthritis of knee", false],
  ["M170", "Bilateral primary osteoarthritis of knee", true],
  ["M171", "Unilateral primary osteoarthritis of knee", false],
  ["M1711", "Unilateral primary osteoarthritis, right knee", true],
  ["M54", "Dorsalgia", false],
  ["M541", "Radiculopathy", true],
  ["N39", "Other disorders of urinary system", false],
  ["N390", "Urinary tract infection, site not specified", true, [["useAdditional", "organism (B96.-)"]]]
]

function smallPack(change: Partial<CodeSetModel> = {}): CodePack {
  const codes: ModelCode[] = LINES.map(([code, title, billable, notes = []]) => ({
    code,
    title,
    billable,
    notes: notes.map(([kind, text]) => ({ kind, text }))
  }))
  const nerves = codes.filter((each) => each.code.startsWith("G5"))
  return openPack(
    compilePack({
      system: "ICD-10-CM",
      release: "FY2026",
      effective: { from: "2025-10-01", to: "2026-09-30" },
      complete: true,
      remarks: [],
      provenance: { source: "test", files: [] },
      codes,
      sections: [
        {
          kind: "block",
          id: "G50-G59",
          title: "Nerve disorders",
          first: nerves[0]!.code,
          last: "G56",
          notes: [{ kind: "excludes1", text: "radiculitis NOS (M54.1)" }]
        }
      ],
      index: [],
      lists: [{ kind: "mce", name: "Editor" }],
      attributes: new Map([
        ["J449", { mce: ["adult"] }],
        ["B962", { mce: ["unacceptable"] }]
      ]),
      ...change
    })
  )
}

function resultsOf(codes: string[], request: Partial<CheckRequest> = {}, pack = smallPack()) {
  const checker = createChecker({ packs: [pack], lexicon })
  return checker
    .check({ codes: codes.map((code) => ({ system: "ICD-10-CM" as System, code })), date: DATE, ...request })
    .map((each) => `${each.status} ${each.id} ${each.codes.map((ref) => ref.code).join(" ")}`)
}

describe("Excludes1", () => {
  it("fails where the note names the other code, in both orders", () => {
    expect(resultsOf(["J61", "J60"])).toContain("fail conv.excludes1 J61 J60")
    expect(resultsOf(["J60", "J61"])).toContain("fail conv.excludes1 J60 J61")
  })

  it("only warns for a note of a block whose words are narrower", () => {
    expect(resultsOf(["G56.0", "M54.1"])).toContain("warn conv.excludes1 G56.0 M54.1")
  })

  it("only warns where a second list allows the pair", () => {
    expect(resultsOf(["K20.9", "K21.9"])).toContain("warn conv.excludes1 K20.9 K21.9")
  })

  it("has nothing against Excludes2", () => {
    expect(resultsOf(["J44.9", "J60"]).filter((each) => each.includes("excludes1"))).toEqual([
      "pass conv.excludes1 J44.9 J60"
    ])
  })

  it("never passes on the notes of another release", () => {
    const borrowed = smallPack({ borrowedFrom: "FY2025" })
    expect(resultsOf(["J44.9", "J60"], {}, borrowed)).toContain("warn conv.excludes1 J44.9 J60")
  })
})

describe("order and validity", () => {
  it("wants the disease before its manifestation, and the organism behind", () => {
    expect(resultsOf(["F02.80", "G30.9"])).toContain("fail conv.code-first G30.9 F02.80")
    expect(resultsOf(["F02.80"])).toContain("fail conv.code-first F02.80")
    expect(resultsOf(["G30.9", "F02.80"]).filter((each) => each.includes("first F02"))).toEqual([])
    expect(resultsOf(["B96.2", "N39.0"])).toContain("warn conv.use-additional N39.0 B96.2")
    expect(resultsOf(["N39.0", "B96.2"]).some((each) => each.includes("use-additional"))).toBe(false)
  })

  it("tells headers, unknown codes, codes given twice and a side beside both sides", () => {
    expect(resultsOf(["M17.1"])).toContain("fail conv.header M17.1")
    expect(resultsOf(["Q99.9"])).toContain("fail conv.invalid Q99.9")
    expect(resultsOf(["J60", "J60"])).toContain("fail conv.duplicate J60")
    expect(resultsOf(["M17.0", "M17.11"])).toContain("fail conv.duplicate M17.0 M17.11")
  })

  it("passes validity only with a date inside the release and the whole code set", () => {
    expect(resultsOf(["J60"])).toContain("pass conv.invalid J60")
    expect(resultsOf(["J60"], { date: undefined })).toContain("not-covered conv.invalid J60")
    expect(resultsOf(["J60"], { date: "2031-01-01" })).toContain("not-covered conv.invalid J60")
    const starter = smallPack({ complete: false })
    expect(resultsOf(["J60"], {}, starter).filter((each) => each.startsWith("pass conv.inv"))).toEqual([])
  })

  it("knows ages and what may be first-listed", () => {
    expect(resultsOf(["J44.9"], { age: 4 })).toContain("fail conv.age J44.9")
    expect(resultsOf(["J44.9"], { age: 60 })).toContain("pass conv.age J44.9")
    expect(resultsOf(["J44.9"])).toContain("not-covered conv.age J44.9")
    expect(resultsOf(["B96.2", "N39.0"], { setting: "inpatient" })).toContain(
      "fail conv.organism-first B96.2"
    )
    expect(resultsOf(["J60"], { setting: "inpatient" })).toContain("not-covered conv.poa J60")
  })

  it("takes codes of a system that is not installed as typed", () => {
    const checker = createChecker({ packs: [smallPack()], lexicon })
    const [first] = checker.check({ codes: [{ system: "CPT", code: "00000" }], date: DATE })
    expect(first).toMatchObject({ status: "not-covered", id: "conv.invalid" })
  })

  it("answers any codes, in the order of urgency", () => {
    const code = fc.oneof(fc.constantFrom(...LINES.map(([each]) => each)), fc.string())
    const pack = smallPack()
    const checker = createChecker({ packs: [pack], lexicon })
    const order = ["fail", "warn", "not-covered", "pass"]
    fc.assert(
      fc.property(fc.array(code, { maxLength: 8 }), fc.integer({ min: 0, max: 120 }), (codes, age) => {
        const checks = checker.check({
          codes: codes.map((each) => ({ system: "ICD-10-CM" as const, code: each })),
          date: DATE,
          age
        })
        const ranks = checks.map((each) => order.indexOf(each.status))
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
      }),
      { numRuns: 60 }
    )
  })
})

const FILE = "assets/packs/icd10cm-FY2026.bin"
const real = existsSync(FILE) ? readFileSync(FILE) : undefined
const here = real !== undefined && real.readUInt32LE(8) === PACK_FORMAT_VERSION
if (!here)
  console.warn("checks on the real Tabular List skipped: no full pack in assets/packs (npm run packs)")

describe.skipIf(!here)("on the Tabular List of FY2026", () => {
  const pack = here ? openPack(real) : smallPack()
  const reader = new ExcludesReader(pack)
  const verdict = (a: string, b: string) => reader.between(pack.find(a), pack.find(b))?.verdict ?? "none"

  it.each([
    ["E11.9", "O24.410", "fail"],
    ["J96.01", "R09.02", "fail"],
    ["N39.0", "N30.00", "fail"],
    ["F32.9", "F31.9", "fail"],
    ["R73.03", "E11.9", "fail"],
    ["G56.01", "M54.12", "warn"],
    ["D05.11", "C50.911", "warn"],
    ["I10", "O10.911", "fail"],
    ["I10", "O13.3", "fail"],
    ["M54.50", "S39.012A", "fail"],
    ["K92.2", "K25.4", "warn"],
    ["G31.84", "F02.80", "fail"],
    ["J18.9", "J69.0", "none"],
    ["J44.9", "J41.0", "none"],
    ["I63.9", "I69.354", "none"],
    ["I10", "I60.9", "none"]
  ])("%s with %s: %s, in both orders", (a, b, expected) => {
    expect([verdict(a, b), verdict(b, a)]).toEqual([expected, expected])
  })

  it("reads every Excludes1 note the same in both orders, and never fails for another list alone", () => {
    const counts = countExcludes(pack, 2)
    expect([counts.orders, counts.unfounded, counts.missed]).toEqual([[], [], []])
    expect(counts.fail).toBeGreaterThan(8_000)
    expect(counts.warn).toBeGreaterThan(3_000)
    expect(counts.unresolved).toBeLessThan(10)
    expect(counts.otherPairs).toBeGreaterThan(10_000)
    expect(counts.doubles.size).toBeGreaterThan(120)
  })

  it("checks a worksheet of 30 codes within 20 ms", () => {
    const codes = Array.from({ length: 30 }, (_, n) => {
      let row = 1_000 + n * 2_411
      while (!pack.billable(row)) row++
      return { system: "ICD-10-CM" as const, code: pack.code(row) }
    })
    const checker = createChecker({ packs: [pack], lexicon })
    const times = Array.from({ length: 30 }, () => {
      const before = process.cpuUsage()
      checker.check({ codes, date: DATE, age: 50, setting: "inpatient" })
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }).sort((a, b) => a - b)
    const best = times[0]!
    console.info(`30 codes, processor time: best ${best.toFixed(1)} ms, median ${times[15]!.toFixed(1)} ms`)
    expect(best).toBeLessThan(20)
  })
})
