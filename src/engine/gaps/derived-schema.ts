/** Checks codesets/rules/gap-*.json before anything uses them (build time and imports only). */
import * as z from "zod"

const text = z.string().min(1).max(300)
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}\\.[a-z0-9]+(-[a-z0-9]+)*$`))
const lower = text.refine((s) => s === s.toLowerCase() && s === s.trim(), "must be lower case and trimmed")
const axis = z.string().regex(/^[a-z0-9]+([ -][a-z0-9]+)*$/)
const code = z.string().regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/)
const pattern = z.string().regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(-[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?)?$/)
const guideline = z.string().regex(/^[IV]+(\.[A-Z])?(\.\d+)?(\.[a-z])?(\.\d+)?$/)

export const axisEntry = z.strictObject({
  id: id("axis"),
  axis,
  name: lower,
  values: z.record(text, z.array(lower).min(1)),
  nouns: z.array(lower),
  words: z.array(lower).min(1).optional(),
  conditions: z.array(lower).min(1).optional(),
  absence: z.literal(true).optional(),
  severity: z.literal("medium").optional(),
  coder: z.literal(true).optional(),
  guideline: guideline.optional(),
  examples: z.strictObject({
    fires: z.array(z.strictObject({ code, options: z.array(code).min(1) })),
    quiet: z.array(code).min(1)
  })
})

export const gapGroup = z.strictObject({
  id: id("group"),
  makes: z.enum(["quiet", "medium"]),
  codes: z.array(pattern).min(1),
  axes: z.array(axis).min(1).optional(),
  settings: z
    .array(z.enum(["outpatient", "inpatient", "professional"]))
    .min(1)
    .optional(),
  unless: z.literal("result").optional(),
  reason: text,
  guideline: guideline.optional(),
  examples: z.strictObject({ fires: z.array(code).min(1), quiet: z.array(code).min(1) })
})

export const gapPhrase = z.strictObject({
  id: id("said"),
  says: z.enum(["unknown", "result"]),
  axes: z.array(axis).min(1).optional(),
  texts: z.array(lower).min(1),
  examples: z.strictObject({ fires: z.array(text).min(1), quiet: z.array(text).min(1) })
})

export const gapSite = z.strictObject({ id: id("site"), words: z.array(lower).min(1) })
