/** Every family of checks on the official code set (rules.md B1 to B6), where its pack is built. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createChecker } from "@/engine/checks"
import { type CheckRequest, POA_VALUES, type RuleEntry } from "@/engine/checks/types"
import { repositoryLexicon } from "../../lexicon/read-files"
import { whole } from "../whole-set"

const lexicon = repositoryLexicon()

describe.skipIf(!whole)("checks on the whole code set", () => {
  const checker = createChecker({ packs: whole ? [whole] : [], lexicon })
  const check = (codes: string[], more: Partial<CheckRequest> = {}) =>
    checker
      .check({
        codes: codes.map((each) => {
          const [code = "", poa] = each.split(" ")
          const chosen = POA_VALUES.find((value) => value === poa)
          return { system: "ICD-10-CM", code, ...(chosen ? { poa: chosen } : {}) }
        }),
        date: "2026-01-15",
        ...more
      })
      .map(({ status, id, codes: of }) => `${status} ${id} ${of.map(({ code }) => code).join(" ")}`)

  it.each<[string, string[], string, Partial<CheckRequest>?]>([
    ["no code", ["E11.99"], "fail conv.invalid E11.99"],
    ["a header", ["M17.1"], "fail conv.header M17.1"],
    ["a header that was billable once", ["G35"], "fail conv.header G35"],
    ["a retired code", ["T78.07XA"], "fail conv.deleted-code T78.07XA"],
    ["no 7th character", ["S52.501"], "fail conv.seventh-char S52.501"],
    ["a wrong 7th character", ["S52.501Z"], "fail conv.seventh-char S52.501Z"],
    ["no placeholder", ["T78.2A"], "fail conv.placeholder T78.2A"],
    ["a side left open", ["S52.509A"], "warn conv.laterality S52.509A"],
    ["two sides of one code", ["M17.12", "M17.11"], "warn conv.laterality M17.11 M17.12"],
    ["a side beside both", ["M17.0", "M17.11"], "fail conv.duplicate M17.0 M17.11"],
    ["diabetes and kidney disease", ["E11.9", "N18.4"], "warn conv.combination E11.9 N18.4"],
    ["three that are one", ["I10", "I50.9", "N18.4"], "warn conv.combination I10 I50.9 N18.4"],
    ["acute and chronic in one code", ["I50.22", "I50.21"], "warn conv.combination I50.22 I50.21"],
    ["chronic before acute", ["J32.9", "J01.90"], "warn conv.acute-chronic J32.9 J01.90"],
    ["a sequela first", ["S52.501S", "M25.531"], "warn conv.sequela S52.501S"],
    ["a poisoning behind", ["R40.20", "T40.2X1A"], "warn conv.etiology-first T40.2X1A R40.20"],
    ["an adverse effect first", ["T45.515A", "R04.0"], "warn conv.etiology-first T45.515A"],
    ["an underdosing first", ["T38.3X6A", "E11.65"], "fail conv.etiology-first T38.3X6A"],
    ["a place told again", ["S52.501D", "Y92.010"], "warn conv.external-cause-once Y92.010"],
    ["a principal that is none", ["F05", "I10"], "fail conv.unacceptable-pdx F05", { setting: "inpatient" }],
    ["the same outside", ["F05", "I10"], "warn conv.unacceptable-pdx F05"],
    ["a manifestation first", ["F02.80", "G30.9"], "fail conv.code-first G30.9 F02.80"],
    ["an organism told twice", ["J15.211", "B95.61"], "warn conv.redundant J15.211 B95.61"],
    ["two stages of one ulcer", ["L89.152", "L89.153"], "warn conv.conflict L89.152 L89.153"],
    ["a child's percentile", ["E66.9", "Z68.54"], "fail conv.age Z68.54", { age: 40 }],
    ["an age too high", ["O80", "Z37.0", "Z3A.39"], "fail conv.age O80", { age: 70 }],
    ["another sex", ["N40.1"], "warn conv.sex N40.1", { sex: "female" }],
    ["POA not chosen", ["J18.9", "I10 Y"], "not-covered conv.poa J18.9", { setting: "inpatient" }],
    ["POA chosen", ["J18.9 Y"], "pass conv.poa J18.9", { setting: "inpatient" }],
    ["POA undocumented", ["J18.9 U"], "warn conv.poa J18.9", { setting: "inpatient" }],
    ["POA exempt that is not", ["J18.9 1"], "fail conv.poa J18.9", { setting: "inpatient" }],
    ["POA of an exempt code", ["J18.9 Y", "Z79.4 N"], "warn conv.poa Z79.4", { setting: "inpatient" }]
  ])("%s", (_, codes, expected, request) => {
    expect(check(codes, request)).toContain(expected)
  })

  it.each(["outpatient", "professional"] as const)("does not speak of POA in the setting %s", (setting) => {
    expect(check(["J18.9 Y"], { setting }).some((each) => each.includes("conv.poa"))).toBe(false)
  })

  it("is all green where nothing is wrong and nothing uncovered, and says what was looked at", () => {
    const told = check(["I10", "E78.5"], { age: 50, sex: "male" })
    expect(told.filter((each) => !each.startsWith("pass"))).toEqual([])
    expect(told.length).toBeGreaterThan(6)
  })

  it("names table, release and text of every result", () => {
    const checks = checker.check({
      codes: ["J96.01", "R09.02", "M17.1", "E11.9", "N18.4"].map((code) => ({ system: "ICD-10-CM", code })),
      date: "2026-01-15"
    })
    for (const { source, release, text } of checks) expect([source, release, text].every(Boolean)).toBe(true)
    expect(checks.find(({ id }) => id === "conv.excludes1")?.quote).toMatch(/respiratory failure/)
  })

  it("records an exception with a reason, in any order of the codes, and never hides it", () => {
    const codes = ["J96.01", "R09.02"]
    const override = (reason: string) => ({
      overrides: [
        {
          id: "conv.excludes1",
          codes: ["R09.02", "J96.01"].map((code) => ({ system: "ICD-10-CM" as const, code })),
          reason
        }
      ]
    })
    expect(check(codes)).toContain("fail conv.excludes1 J96.01 R09.02")
    expect(check(codes, override(" "))).toContain("fail conv.excludes1 J96.01 R09.02")
    expect(check(codes, override("Hypoxemia of another day."))).toContain("warn conv.excludes1 J96.01 R09.02")
    const header = {
      id: "conv.header",
      codes: [{ system: "ICD-10-CM" as const, code: "M17.1" }],
      reason: "I want it."
    }
    expect(check(["M17.1"], { overrides: [header] })).toContain("fail conv.header M17.1")
  })

  it("finds the same conflicts in any order", () => {
    const pool = [
      "J96.01",
      "R09.02",
      "I10",
      "N18.4",
      "E11.9",
      "E10.9",
      "M17.11",
      "M17.12",
      "G56.01",
      "M54.12",
      "O80",
      "I21.4"
    ]
    const unordered =
      /conv\.(?:excludes1|combination|conflict|laterality|duplicate|redundant|needs|integral-symptom)/
    const found = (codes: string[]) =>
      check(codes)
        .filter((each) => unordered.test(each) && !each.startsWith("pass"))
        .map((each) => each.split(" ").sort().join(" "))
        .sort()
    fc.assert(
      fc.property(
        fc
          .subarray(pool, { minLength: 2 })
          .chain((codes) =>
            fc.tuple(fc.constant(codes), fc.shuffledSubarray(codes, { minLength: codes.length }))
          ),
        ([codes, shuffled]) => {
          expect(found(shuffled)).toEqual(found(codes))
        }
      ),
      { numRuns: 60 }
    )
  })

  it("knows every code that the tables name", () => {
    const ends = (entry: RuleEntry) =>
      [
        entry.codes,
        "with" in entry ? entry.with : [],
        "needs" in entry ? entry.needs : [],
        "before" in entry ? entry.before : [],
        entry.unless ?? []
      ]
        .flat()
        .flatMap((pattern) => pattern.split("-"))
    const gone = (lexicon.worksheetChecks ?? []).flatMap((entry) =>
      ends(entry)
        .filter((code) => whole!.find(code) < 0)
        .map((code) => `${entry.id}: ${code}`)
    )
    // Ranges may end at a letter that stands for the rest of a chapter.
    expect(gone.filter((each) => !/: [A-Z]\d\d$/.test(each))).toEqual([])
  })
})
