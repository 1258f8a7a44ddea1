import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { CodeSetModel, PcsTable, PcsValue } from "@/classification/model"
import { compilePack, ModelError } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { PcsBook } from "@/classification/pack-api"
import { smallModel } from "../small-model"
import { smallTables } from "./rich-model"

function modelOf(pcsTables: PcsTable[]): CodeSetModel {
  return {
    system: "ICD-10-PCS",
    release: "FY2026",
    effective: { from: "2025-10-01" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: [{ code: "001", title: "Bypass", billable: false, notes: [] }],
    sections: [],
    index: [],
    pcsTables
  }
}

const bookOf = (tables: PcsTable[]): PcsBook => openPack(compilePack(modelOf(tables))).pcsBook!
const book = bookOf(smallTables())
const offered = (prefix: string): string =>
  (book.next(prefix)?.values ?? []).map(({ value }) => value).join("")

describe("the PCS tables", () => {
  it("are there only when the pack has any", () => {
    expect(openPack(compilePack(smallModel())).pcsBook).toBeUndefined()
  })

  it("offer what may stand next, axis by axis", () => {
    expect(book.next("")).toMatchObject({ position: 1, title: "Section" })
    expect(offered("")).toBe("0F")
    expect(offered("0")).toBe("0D")
    expect(offered("00")).toBe("12")
    expect(book.next("001")).toMatchObject({ position: 4, title: "Body Part" })
    expect(offered("001")).toBe("6U")
    expect(book.next("0016")).toMatchObject({ position: 5, title: "Approach" })
    expect(offered("00160")).toBe("7JZ")
    // The rows part at the device.
    expect(offered("00160Z")).toBe("B")
    expect(offered("001607")).toBe("01")
    expect(offered("00160ZB")).toBe("")
    for (const wrong of ["9", "09", "009", "001X", "0016X", "00160Z0", "00160ZBB", "?"]) {
      expect(book.next(wrong), wrong).toBeUndefined()
    }
    expect(book.next(" 00160z ")?.values).toEqual(book.next("00160Z")?.values)
  })

  it("explain each character, with its definition", () => {
    expect(book.explain("00160ZB").map(({ title, value }) => `${title}: ${value.label}`)).toEqual([
      "Section: Medical and Surgical",
      "Body System: Central Nervous System and Cranial Nerves",
      "Operation: Bypass",
      "Body Part: Cerebral Ventricle",
      "Approach: Open",
      "Device: No Device",
      "Qualifier: Cerebral Cisterns"
    ])
    expect(book.explain("001")[2]!.value).toMatchObject({
      definition: "Altering the route of passage of the contents of a tubular body part",
      includes: ["Coronary artery bypass, colostomy formation"]
    })
    expect(book.explain("F0").map(({ title }) => title)).toEqual(["Section", "Section Qualifier"])
    for (const wrong of ["", "9", "00160Z0", "00160ZBB"]) expect(book.explain(wrong), wrong).toEqual([])
  })

  it("know which codes they allow, and give a table back", () => {
    expect(book.valid("00160zb")).toBe(true)
    expect(book.valid("00160Z0")).toBe(false)
    expect(book.valid("00160Z")).toBe(false)
    for (const table of smallTables()) {
      expect(book.table(table.prefix)).toEqual(table)
      expect(book.table(`${table.prefix}6`)).toEqual(table)
    }
    expect(book.table("00")).toBeUndefined()
    expect(book.table("0ZZ")).toBeUndefined()
  })

  it("are refused when they cannot be true", () => {
    const [table] = smallTables()
    expect(() => bookOf([table!, table!])).toThrow(ModelError)
    expect(() => bookOf([{ ...table!, prefix: "0D1" }])).toThrow(ModelError)
    expect(() => bookOf([{ ...table!, rows: [{ axes: [] }] }])).toThrow(ModelError)
    const [row] = table!.rows
    const hollow = { axes: row!.axes.map((axis) => ({ ...axis, values: [] })) }
    expect(() => bookOf([{ ...table!, rows: [hollow] }])).toThrow(ModelError)
  })
})

const character = fc.constantFrom("0", "1", "A", "Z")
const value: fc.Arbitrary<PcsValue> = fc
  .record(
    {
      value: character,
      label: fc.string(),
      definition: fc.string(),
      includes: fc.array(fc.constantFrom("a", "b"), { minLength: 1 })
    },
    { requiredKeys: ["value", "label"] }
  )
  .map((each) => ({ ...each }) as PcsValue)
const axis = fc.record({
  title: fc.constantFrom("Body Part", "Approach"),
  values: fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: (each) => each.value })
})
const tables: fc.Arbitrary<PcsTable[]> = fc
  .array(
    fc.record({
      section: value,
      bodySystem: value,
      operation: value,
      rows: fc.array(fc.record({ axes: fc.array(axis, { minLength: 4, maxLength: 4 }) }), { maxLength: 3 })
    }),
    { minLength: 1, maxLength: 6 }
  )
  .map((list) => {
    const made = list.map((each) => ({
      prefix: each.section.value + each.bodySystem.value + each.operation.value,
      ...each
    }))
    return made.filter((each, n) => made.findIndex(({ prefix }) => prefix === each.prefix) === n)
  })

function expansion(list: readonly PcsTable[]): Set<string> {
  const codes = new Set<string>()
  for (const { prefix, rows } of list) {
    for (const { axes } of rows) {
      let beginnings = [prefix]
      for (const { values } of axes) {
        beginnings = beginnings.flatMap((begun) => values.map((each) => begun + each.value))
      }
      for (const code of beginnings) codes.add(code)
    }
  }
  return codes
}

/** Every way through `next`, from nothing to seven characters; a way that ends early is a dead end. */
function walked(from: PcsBook): { codes: Set<string>; deadEnds: string[] } {
  const codes = new Set<string>()
  const deadEnds: string[] = []
  const open = [""]
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    if (prefix.length === 7) {
      codes.add(prefix)
      continue
    }
    const next = from.next(prefix)
    if (!next) deadEnds.push(prefix)
    else for (const each of next.values) open.push(prefix + each.value)
  }
  return { codes, deadEnds }
}

describe("any tables", () => {
  it("allow by `next` and by `valid` what their rows combine, and nothing else", () => {
    fc.assert(
      fc.property(tables, fc.array(fc.array(character, { minLength: 7, maxLength: 7 })), (list, others) => {
        const read = bookOf(list)
        const wanted = expansion(list)
        const { codes, deadEnds } = walked(read)
        expect(codes).toEqual(wanted)
        // A table without rows is the only way to nowhere.
        for (const end of deadEnds) expect(list.find(({ prefix }) => prefix === end)?.rows).toEqual([])
        for (const code of wanted) {
          expect(read.valid(code)).toBe(true)
          expect(
            read
              .explain(code)
              .map((each) => each.value.value)
              .join("")
          ).toBe(code)
        }
        for (const each of others) expect(read.valid(each.join(""))).toBe(wanted.has(each.join("")))
        for (const table of list) expect(read.table(table.prefix)).toEqual(table)
      }),
      { numRuns: 60 }
    )
  })
})
