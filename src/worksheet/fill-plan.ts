/** Which line of the worksheet goes into which field of a billing form. Pure; the page is only known by its fields. */
import type { CodeRef } from "@/classification/model"
import { claimRows } from "./claim-rows"
import { type Shape, shapeForField } from "./copy-shape"
import type { Sheet } from "./sheet"

/** A field of the form as the page describes it (messages/page-protocol). */
export interface FormField {
  field: string
  label: string
  value: string
  role: "diagnosis" | "procedure" | "modifier" | "units" | "pointer" | "poa" | "admitting" | "reason"
  row: number
  dot?: boolean
  maxLength?: number
}

export interface PlannedFill {
  /** Key in this plan. */
  id: string
  /** What of the line: its code, or what stands beside it. */
  what: "code" | "modifiers" | "units" | "pointers" | "poa"
  /** As the coder would name it: "E11.42", "modifiers of 99213". */
  name: string
  field: string
  label: string
  value: string
  /** What the field holds now, and would lose. */
  replaces: string
  /** What the coder should know before: a header cannot be billed. */
  caution?: string
}

export interface FillPlan {
  fills: PlannedFill[]
  /** Codes that stand in the form already, in their place. */
  there: string[]
  /** What has no place, with the reason. */
  left: { name: string; why: string }[]
}

const bare = (text: string) => text.replace(/[.\s]/g, "").toUpperCase()
const isCode = (text: string) => /^[A-Z0-9]{3,8}$/.test(bare(text)) && /\d/.test(text)

/** Codes that stand in a form now: of ICD-10-CM in diagnosis fields, of HCPCS or CPT in those of procedures. */
export function codesOnForm(fields: readonly FormField[]): CodeRef[] {
  return fields.flatMap(({ role, value }): CodeRef[] => {
    const code = value.trim().toUpperCase().split(/\s/)[0] ?? ""
    if (!isCode(code)) return []
    if (role === "diagnosis" || role === "admitting" || role === "reason")
      return [{ system: "ICD-10-CM", code: bare(code).replace(/^(.{3})(.+)$/, "$1.$2") }]
    if (role === "procedure") return [{ system: /^[A-Z]/.test(code) ? "HCPCS" : "CPT", code: bare(code) }]
    return []
  })
}

/**
 * Diagnoses go into the diagnosis fields in their order, lines of the claim into its rows. A field that holds
 * something else is only written over when the coder says so. Pointers are left out when the form's diagnoses
 * would not be those of the worksheet in the same order: their letters would point elsewhere.
 */
export function planFill(
  sheet: Sheet,
  fields: readonly FormField[],
  usual: Shape,
  { overwrite, poa }: { overwrite: boolean; poa: boolean }
): FillPlan {
  const plan: FillPlan = { fills: [], there: [], left: [] }
  const at = (role: FormField["role"]) => fields.filter((field) => field.role === role)
  const put = (
    what: PlannedFill["what"],
    name: string,
    field: FormField | undefined,
    value: string,
    caution?: string
  ): boolean => {
    if (!field) {
      plan.left.push({ name, why: "no field for it" })
      return false
    }
    if (bare(field.value) === bare(value)) {
      if (what === "code") plan.there.push(name)
      return true
    }
    if (field.value.trim() !== "" && !overwrite) {
      plan.left.push({ name, why: `${field.label || "the field"} holds ${field.value.trim().slice(0, 20)}` })
      return false
    }
    const id = `${what} ${field.field}`
    plan.fills.push({
      id,
      what,
      name,
      field: field.field,
      label: field.label,
      value,
      replaces: field.value.trim(),
      ...(caution === undefined ? {} : { caution })
    })
    return true
  }
  const places = at("diagnosis")
  const placed = sheet.diagnoses.map((line, place) => {
    const field = places[place]
    const done = put("code", line.code, field, field ? shapeForField(line, field, usual) : "", header(line))
    const poaField = fields.find(({ role, row }) => role === "poa" && row === place)
    if (done && poa && line.poa !== undefined && poaField)
      put("poa", `POA of ${line.code}`, poaField, line.poa)
    return done
  })
  const inOrder = placed.every(Boolean)
  const rows = at("procedure")
  claimRows(sheet).forEach((line, place) => {
    const field = rows[place]
    const whole = [line.code, ...line.modifiers].join("-")
    if (!put("code", whole, field, field ? shapeForField(line, field, usual) : "")) return
    const beside = (role: FormField["role"]) =>
      fields.filter((each) => each.role === role && each.row === place)
    modifiers(line.modifiers, beside("modifier"), (name, target, value) =>
      put("modifiers", `${name} of ${line.code}`, target, value)
    )
    const [units] = beside("units")
    if (line.units !== undefined && units) put("units", `units of ${line.code}`, units, String(line.units))
    const [pointer] = beside("pointer")
    if (line.pointers.length === 0 || !pointer) return
    const letters = line.pointers.join("")
    if (inOrder) put("pointers", `pointers of ${line.code}`, pointer, letters)
    else
      plan.left.push({
        name: `pointers of ${line.code}`,
        why: "the form's diagnoses are not in the order of the worksheet"
      })
  })
  return plan
}

const header = ({ billable }: { billable: boolean }) =>
  billable ? undefined : "a header, which cannot be billed"

/** One field each, or all in one field with blanks between. */
function modifiers(
  values: readonly string[],
  fields: readonly FormField[],
  put: (name: string, field: FormField | undefined, value: string) => void
): void {
  if (values.length === 0) return
  const [only, another] = fields
  const room = only?.maxLength === undefined || only.maxLength < 0 || only.maxLength > 2
  if (only && !another && (values.length === 1 || room)) put("modifiers", only, values.join(" "))
  else for (const [at, value] of values.entries()) put(`modifier ${value}`, fields[at], value)
}
