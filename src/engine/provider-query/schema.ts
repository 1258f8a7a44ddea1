/** Schema of an entry of codesets/rules/query-checks.json. Build time and pack import only. */
import * as z from "zod"
import { STRUCTURE_TESTS } from "./types"

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

export const queryCheck = z
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
