/** The worksheet as it is stored, checked when it is read: what an older or damaged row says never gets further. */
import * as z from "zod"
import { POA_VALUES } from "@/engine/checks/types"
import type { History } from "./history"
import { DISMISS_REASONS, OVERRIDE_REASONS } from "./sheet"

const system = z.enum(["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"])
const code = z.string().min(1).max(12)
const id = z.string().min(1).max(60)
const overrides = z
  .array(
    z.strictObject({
      check: z.string().max(600),
      reason: z.enum(Object.keys(OVERRIDE_REASONS) as [keyof typeof OVERRIDE_REASONS])
    })
  )
  .max(200)
const line = {
  id,
  system,
  code,
  title: z.string().max(600),
  billable: z.boolean(),
  origin: z.enum(["suggestion", "overruled", "look-up", "typed", "gap", "form"]),
  overrides
}
const drug = z.strictObject({ given: z.string().max(40), discarded: z.string().max(40).optional() })
const pointers = z.array(id).max(4)
const modifiers = z.array(z.string().regex(/^[A-Z0-9]{2}$/)).max(4)
const poa = z.enum(POA_VALUES)
const diagnosis = z.strictObject({ ...line, kind: z.literal("diagnosis"), poa: poa.optional() })
const procedure = z.strictObject({
  ...line,
  kind: z.literal("procedure"),
  pointers,
  units: z.int().min(1).optional(),
  modifiers,
  drug: drug.optional()
})
const dismissal = z.strictObject({
  system,
  code,
  reason: z.enum(Object.keys(DISMISS_REASONS) as [keyof typeof DISMISS_REASONS])
})
const place = z.int().min(0).optional()
const change = z.strictObject({
  poa: poa.optional(),
  units: z.int().min(1).optional(),
  modifiers: modifiers.optional(),
  pointers: pointers.optional(),
  drug: drug.optional(),
  overrides: overrides.optional()
})
const action = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("accept"),
    line: z.discriminatedUnion("kind", [diagnosis, procedure]),
    at: place
  }),
  z.strictObject({ do: z.literal("remove"), id }),
  z.strictObject({ do: z.literal("move"), id, to: z.int() }),
  z.strictObject({ do: z.literal("change"), id, change }),
  z.strictObject({
    do: z.literal("replace"),
    id,
    by: z.strictObject({ system, code, title: line.title, billable: z.boolean() })
  }),
  z.strictObject({ do: z.literal("dismiss"), what: dismissal, at: place }),
  z.strictObject({ do: z.literal("restore"), what: z.strictObject({ system, code }) })
])
const step = z.strictObject({ name: z.string().max(200), forth: z.array(action), back: z.array(action) })

const historySchema = z.strictObject({
  sheet: z.strictObject({
    diagnoses: z.array(diagnosis),
    procedures: z.array(procedure),
    dismissed: z.array(dismissal)
  }),
  done: z.array(step),
  undone: z.array(step)
})

/** undefined when it is no history of a worksheet that this version can read. */
export function parseHistory(value: unknown): History | undefined {
  const parsed = historySchema.safeParse(value)
  return parsed.success ? (parsed.data as History) : undefined
}
