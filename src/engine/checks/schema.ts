/** Shape of the entries of codesets/rules/worksheet-checks.json, packed with the lexicon. */
import * as z from "zod"

const text = z.string().min(1).max(600)
const pattern = z
  .string()
  .regex(/^[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)?$/)
const patterns = z.array(pattern).min(1)
const lists = z.array(z.array(z.string().regex(/^[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?$/)).min(1)).min(1)

const common = {
  id: z.string().regex(/^[a-z]+\.[a-z0-9]+([.-][a-z0-9]+)*$/),
  check: z.string().regex(/^conv\.[a-z0-9-]+$/),
  status: z.enum(["fail", "warn"]),
  text,
  source: text,
  settings: z
    .array(z.enum(["outpatient", "inpatient", "professional"]))
    .min(1)
    .optional(),
  exception: text.optional(),
  codes: patterns,
  unless: patterns.optional(),
  examples: z.strictObject({ fires: lists, quiet: lists })
}

export const worksheetRule = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pair"), ...common, with: patterns }),
  z.strictObject({ kind: z.literal("need"), ...common, needs: patterns }),
  z.strictObject({ kind: z.literal("place"), ...common, place: z.enum(["first", "not-first", "not-alone"]) }),
  z.strictObject({ kind: z.literal("order"), ...common, before: patterns }),
  z.strictObject({ kind: z.literal("sex"), ...common, sex: z.enum(["female", "male"]) }),
  z.strictObject({
    kind: z.literal("age"),
    ...common,
    from: z.int().min(0).max(124),
    to: z.int().min(0).max(124)
  })
])
