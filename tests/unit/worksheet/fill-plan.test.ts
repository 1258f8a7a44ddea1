import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { codesOnForm, type FormField, planFill } from "@/worksheet/fill-plan"
import { EMPTY_SHEET, type Sheet } from "@/worksheet/sheet"
import { diagnosis, procedure } from "./random-actions"

const fields = (values: Record<string, string> = {}, dx = 4, rows = 2): FormField[] => [
  ...Array.from({ length: dx }, (_, row): FormField => field("diagnosis", row, values)),
  ...Array.from({ length: rows }, (_, row) =>
    (["procedure", "modifier", "units", "pointer"] as const).map((role) => field(role, row, values))
  ).flat()
]
const field = (role: FormField["role"], row: number, values: Record<string, string>): FormField => {
  const name = `${role}${row}`
  return { field: name, label: name, role, row, value: values[name] ?? "" }
}

const SHEET: Sheet = {
  ...EMPTY_SHEET,
  diagnoses: [diagnosis("E11.42"), diagnosis("I10")],
  procedures: [procedure("99213", "p", { modifiers: ["25"], pointers: ["I10", "E11.42"], units: 1 })]
}
const plan = (form: FormField[], overwrite = false, sheet = SHEET) =>
  planFill(sheet, form, "dot", { overwrite, poa: true })
const told = ({ fills }: ReturnType<typeof plan>) => fills.map(({ field, value }) => [field, value])

describe("what goes where", () => {
  it("codes in their order, and what stands beside them in the same row", () => {
    expect(told(plan(fields()))).toEqual([
      ["diagnosis0", "E11.42"],
      ["diagnosis1", "I10"],
      ["procedure0", "99213"],
      ["modifier0", "25"],
      ["units0", "1"],
      ["pointer0", "BA"]
    ])
  })

  it("what stands there already is left alone, however the form writes it", () => {
    const found = plan(fields({ diagnosis0: "E1142", procedure0: "99213" }))
    expect(found.there).toEqual(["E11.42", "99213-25"])
    expect(told(found).map(([name]) => name)).toEqual(["diagnosis1", "modifier0", "units0", "pointer0"])
  })

  it("another code is not written over unless the coder says so, and pointers then stay out", () => {
    const form = fields({ diagnosis0: "J44.9" })
    const careful = plan(form)
    expect(careful.left).toEqual([
      { name: "E11.42", why: "diagnosis0 holds J44.9" },
      { name: "pointers of 99213", why: expect.stringContaining("not in the order") }
    ])
    expect(told(careful).map(([name]) => name)).not.toContain("pointer0")
    const bold = plan(form, true)
    expect(bold.fills[0]).toMatchObject({ field: "diagnosis0", value: "E11.42", replaces: "J44.9" })
    expect(told(bold).map(([name]) => name)).toContain("pointer0")
  })

  it("a header is told before it is filled", () => {
    const sheet = { ...SHEET, diagnoses: [{ ...diagnosis("S52.50"), billable: false }], procedures: [] }
    expect(plan(fields(), false, sheet).fills).toMatchObject([
      { value: "S52.50", caution: "a header, which cannot be billed" }
    ])
    expect(plan(fields()).fills.every(({ caution }) => caution === undefined)).toBe(true)
  })

  it("what has no field is named", () => {
    expect(plan(fields({}, 1, 0)).left).toEqual([
      { name: "I10", why: "no field for it" },
      { name: "99213-25", why: "no field for it" }
    ])
  })

  it("writes the shape that a field wants, and a discarded amount in a row of its own", () => {
    const form = fields().map((each) => ({ ...each, dot: false }))
    const drug = procedure("J1885", "d", {
      title: "Injection, ketorolac tromethamine, per 15 mg",
      units: 4,
      drug: { given: "60 mg", discarded: "30 mg" }
    })
    const found = plan(form, false, { ...EMPTY_SHEET, diagnoses: [diagnosis("E11.42")], procedures: [drug] })
    expect(told(found)).toEqual([
      ["diagnosis0", "E1142"],
      ["procedure0", "J1885"],
      ["units0", "4"],
      ["procedure1", "J1885"],
      ["modifier1", "JW"],
      ["units1", "2"]
    ])
  })

  it("one field for modifiers takes all of them, unless it has room for one only", () => {
    const sheet: Sheet = {
      ...EMPTY_SHEET,
      procedures: [procedure("99213", "p", { modifiers: ["25", "59"] })]
    }
    expect(told(plan(fields(), false, sheet))).toContainEqual(["modifier0", "25 59"])
    const small = fields().map((each) => (each.role === "modifier" ? { ...each, maxLength: 2 } : each))
    expect(told(plan(small, false, sheet))).toContainEqual(["modifier0", "25"])
    expect(plan(small, false, sheet).left).toContainEqual({
      name: "modifier 59 of 99213",
      why: "no field for it"
    })
  })

  it("no field is filled twice, and nothing that holds something is touched without leave", () => {
    const value = fc.constantFrom("", "E11.42", "I10", "J44.9", "99213", "25", "1")
    fc.assert(
      fc.property(fc.array(value, { minLength: 12, maxLength: 12 }), fc.boolean(), (values, overwrite) => {
        const form = fields().map((each, at) => ({ ...each, value: values[at]! }))
        const { fills } = plan(form, overwrite)
        expect(new Set(fills.map(({ field: name }) => name)).size).toBe(fills.length)
        if (!overwrite) expect(fills.every(({ replaces }) => replaces === "")).toBe(true)
      })
    )
  })
})

describe("codes on the form", () => {
  it("are read with their system", () => {
    const form = fields({
      diagnosis0: "e1142",
      diagnosis1: "I10",
      diagnosis2: "see note",
      procedure0: "99213",
      procedure1: "J1885"
    })
    expect(codesOnForm(form)).toEqual([
      { system: "ICD-10-CM", code: "E11.42" },
      { system: "ICD-10-CM", code: "I10" },
      { system: "CPT", code: "99213" },
      { system: "HCPCS", code: "J1885" }
    ])
  })
})
