/** Checks codesets/rules/query-checks.json before anything uses it: at build time and when a pack comes in. */
import * as z from "zod"
import { type QueryCheck, STRUCTURE_TESTS } from "./types"

const text = z.string().min(1).max(4000)
const indicator = z.strictObject({
  quote: text,
  source: text.optional(),
  date: z.iso.date().optional(),
  doc: z.string().optional(),
  start: z.int().nonnegative().optional(),
  end: z.int().nonnegative().optional()
})
const example = z.strictObject({
  title: text.optional(),
  text,
  indicators: z.array(indicator).optional(),
  documented: z.array(text).optional(),
  date: z.iso.date().optional(),
  generated: z.boolean().optional(),
  reviewed: z.boolean().optional(),
  at: text.optional()
})

const check = z
  .strictObject({
    id: z.string().regex(/^q\.[a-z]+(-[a-z]+)*$/),
    level: z.enum(["F", "W"]),
    title: text,
    why: text,
    source: text,
    phrases: z.array(text.refine((s) => s === s.toLowerCase(), "phrases are lower case")).optional(),
    exact: z.array(text).optional(),
    except: z.array(text).optional(),
    test: z.enum(STRUCTURE_TESTS).optional(),
    examples: z.strictObject({ fires: z.array(example).min(3), quiet: z.array(example).min(3) })
  })
  .refine((c) => c.phrases || c.exact || c.test, "a check looks for phrases or has a test")

const file = z.strictObject({
  kind: z.literal("query-checks"),
  version: z.literal(1),
  about: text,
  checks: z.array(check).min(1)
})

/** The file cannot be used; the message names the check and what is wrong. */
export class QueryChecksError extends Error {
  override name = "QueryChecksError"
}

/** @throws QueryChecksError */
export function parseQueryChecks(data: unknown): QueryCheck[] {
  const parsed = file.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new QueryChecksError(`query-checks: ${issue?.path.join(".")}: ${issue?.message}`)
  }
  const ids = parsed.data.checks.map((each) => each.id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) throw new QueryChecksError(`query-checks: ${twice} stands twice`)
  return parsed.data.checks
}
