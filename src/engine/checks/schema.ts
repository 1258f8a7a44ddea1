/** Checks codesets/rules/worksheet-checks.json before anything uses it. */
import * as z from "zod"
import type { RuleEntry } from "./types"

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
  codes: patterns,
  unless: patterns.optional(),
  examples: z.strictObject({ fires: lists, quiet: lists })
}

const entry = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pair"), ...common, with: patterns }),
  z.strictObject({ kind: z.literal("need"), ...common, needs: patterns }),
  z.strictObject({ kind: z.literal("place"), ...common, place: z.enum(["first", "not-first", "not-alone"]) }),
  z.strictObject({ kind: z.literal("order"), ...common, before: patterns })
])

const file = z.strictObject({
  kind: z.literal("worksheet-checks"),
  version: z.literal(1),
  about: text,
  rules: z.array(entry).min(1)
})

/** The file cannot be used; the message names the rule and what is wrong. */
export class WorksheetChecksError extends Error {
  override name = "WorksheetChecksError"
}

/** @throws WorksheetChecksError */
export function parseWorksheetChecks(data: unknown): RuleEntry[] {
  const parsed = file.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new WorksheetChecksError(`worksheet-checks: ${issue?.path.join(".")}: ${issue?.message}`)
  }
  const ids = parsed.data.rules.map((each) => each.id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) throw new WorksheetChecksError(`worksheet-checks: ${twice} stands twice`)
  return parsed.data.rules
}
