/** Shapes of the entries of codesets/rules/em-*.json, packed with the lexicon. */
import * as z from "zod"
import { EM_LEVELS } from "./types"

const text = z.string().min(1).max(300)
const word = z.string().regex(/^(?:<drug>|<number>|[a-z0-9][a-z0-9'-]*)$/)
const phrase = z.string().regex(/^[a-z0-9][a-z0-9' -]*$/)
const pattern = z
  .string()
  .regex(/^[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?:-[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?)?$/)
const level = z.enum(EM_LEVELS)
const examples = z.strictObject({ fires: z.array(text), quiet: z.array(text) })

export const emPhrase = z.strictObject({
  id: z.string().regex(/^em\.[a-z0-9-]+$/),
  element: z.enum(["problems", "data", "risk", "time", "caution"]),
  category: z.string().regex(/^[a-z-]+$/),
  level: level.optional(),
  text,
  words: z.array(z.array(word).min(1)).min(1).max(4),
  within: z.int().min(1).max(20),
  roles: z
    .array(z.enum(["assessed", "plan"]))
    .min(1)
    .optional(),
  unless: z.array(phrase).min(1).optional(),
  examples
})

export const emTest = z.strictObject({
  id: z.string().regex(/^emtest\.[a-z0-9-]+$/),
  name: text,
  words: z.array(phrase).min(1),
  examples
})

export const emCondition = z.strictObject({
  id: z.string().regex(/^emcond\.[a-z0-9-]+$/),
  class: z.enum(["chronic", "self-limited", "systemic", "threat", "complicated-injury", "symptom"]),
  codes: z.array(pattern).min(1),
  reason: text,
  examples
})

export const emVisit = z.strictObject({
  id: z.string().regex(/^emtime\.[a-z0-9-]+$/),
  visit: text,
  minutes: z.strictObject({
    straightforward: z.int().min(1).optional(),
    low: z.int().min(1).optional(),
    moderate: z.int().min(1).optional(),
    high: z.int().min(1).optional()
  })
})
