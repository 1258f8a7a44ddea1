import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { compareStarter, orderKey, readStarter, STARTER_DIR } from "../../../src/cli/starter-check"

const icd = readStarter("icd10cm", readFileSync(join(STARTER_DIR, "icd10cm.tsv"), "utf8"))
const hcpcs = readStarter("hcpcs", readFileSync(join(STARTER_DIR, "hcpcs.tsv"), "utf8"))

/** First and last category of each chapter of ICD-10-CM. */
const CHAPTERS: [string, string][] = [
  ["A00", "B99"],
  ["C00", "D49"],
  ["D50", "D89"],
  ["E00", "E89"],
  ["F01", "F99"],
  ["G00", "G99"],
  ["H00", "H59"],
  ["H60", "H95"],
  ["I00", "I99"],
  ["J00", "J99"],
  ["K00", "K95"],
  ["L00", "L99"],
  ["M00", "M99"],
  ["N00", "N99"],
  ["O00", "O9A"],
  ["P00", "P96"],
  ["Q00", "Q99"],
  ["R00", "R99"],
  ["S00", "T88"],
  ["U00", "U85"],
  ["V00", "Y99"],
  ["Z00", "Z99"]
]

describe("starter ICD-10-CM", () => {
  it("has no shape problems: three columns, unique codes, classification order, categories present", () => {
    expect(icd.problems).toEqual([])
  })

  it("has at least 1,500 rows, 1,400 of them billable", () => {
    expect(icd.rows.length).toBeGreaterThanOrEqual(1500)
    expect(icd.rows.filter((row) => row.billable).length).toBeGreaterThanOrEqual(1400)
  })

  it("covers all 22 chapters with billable codes", () => {
    expect(CHAPTERS.length).toBe(22)
    const empty = CHAPTERS.filter(
      ([first, last]) =>
        !icd.rows.some((row) => row.billable && row.code.slice(0, 3) >= first && row.code.slice(0, 3) <= last)
    )
    expect(empty).toEqual([])
  })

  it("has no billable row that is also the parent of another row", () => {
    const codes = icd.rows.map((row) => row.code.replace(".", ""))
    const parents = icd.rows.filter((row) => {
      const plain = row.code.replace(".", "")
      return row.billable && codes.some((code) => code !== plain && code.startsWith(plain))
    })
    expect(parents.map((row) => row.code)).toEqual([])
  })
})

describe("starter HCPCS", () => {
  it("has no shape problems and at least 200 rows, all billable", () => {
    expect(hcpcs.problems).toEqual([])
    expect(hcpcs.rows.length).toBeGreaterThanOrEqual(200)
    expect(hcpcs.rows.every((row) => row.billable)).toBe(true)
  })

  it("holds neither CPT codes nor dental D codes", () => {
    expect(hcpcs.rows.filter((row) => /^\d/.test(row.code) || row.code.startsWith("D"))).toEqual([])
  })
})

describe("the check itself", () => {
  const typed = (body: string) => readStarter("icd10cm", `code\tbillable\ttitle\n${body}`)

  it("finds malformed files", () => {
    expect(typed("R52\t1\tPain, unspecified\n").problems).toEqual([])
    expect(typed("R52\t1\t\n").problems.join()).toContain("three non-empty columns")
    expect(typed("R52\tx\tPain\n").problems.join()).toContain("not 0 or 1")
    expect(typed("R52\t1\tPain\nR52\t1\tPain\n").problems.join()).toContain("there twice")
    expect(typed("R52\t1\tPain\nR42\t1\tDizziness\n").problems.join()).toContain("out of order")
    expect(typed("R05.9\t1\tCough\n").problems.join()).toContain("no row for its category")
    expect(typed("R059\t1\tCough\n").problems.join()).toContain("does not look like a code")
  })

  it("knows where classification order leaves the order of characters", () => {
    const shuffled = ["U07.1", "Z37.0", "Z3A.00", "Z36.9", "M10.9", "M1A.9XX0", "C44.91", "C4A.9", "C43.9"]
    const sorted = shuffled.toSorted((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1))
    expect(sorted.join(" ")).toBe("C43.9 C4A.9 C44.91 M1A.9XX0 M10.9 Z36.9 Z3A.00 Z37.0 U07.1")
  })

  it("reports unknown codes, flags and titles, but not case or blanks", () => {
    const { rows } = typed("R05\t1\tCough\nR42\t1\tdizziness  and giddiness\nR52\t1\tAches\nR99\t1\tDeath\n")
    const official = new Map([
      ["R05", { title: "Cough", billable: false, position: 0 }],
      ["R42", { title: "Dizziness and giddiness", billable: true, position: 1 }],
      ["R52", { title: "Pain, unspecified", billable: true, position: 2 }]
    ])
    const report = compareStarter("icd10cm", rows, official)
    expect(report.summary).toBe(
      "starter icd10cm: 4 rows, 1 equal, 1 title differences, 1 unknown codes, 1 flag differences"
    )
    expect(report.differences.length).toBe(3)
  })
})
