/** Schemas of the entries of codesets/rules/query-templates.json, query-wording.json and query-indicators.json. */
import * as z from "zod"
import { QUERY_TEMPLATES } from "../types"
import { INDICATOR_KINDS } from "./composer-types"

const SLOTS = ["term", "finding", "a", "b", "axis"]
const text = z.string().min(1).max(400)
/** Names no slot that nobody fills. */
const slotted = text.refine(
  (value) => Array.from(value.matchAll(/\{([^}]*)\}?/g)).every((slot) => SLOTS.includes(slot[1] ?? "")),
  `slots are ${SLOTS.join(", ")}`
)

const example = z.strictObject({
  note: text,
  /** Words of the note that the gap rests on. */
  statements: z.array(text).min(1),
  axis: text,
  /** Values of the gap. */
  values: z.array(text).optional(),
  title: text,
  /** What is offered beside the two ways out; empty: an open question. */
  options: z.array(text)
})

export const queryTemplate = z
  .strictObject({
    id: z.string().regex(/^query\.[a-z]+(-[a-z]+)*$/),
    template: z.enum(QUERY_TEMPLATES),
    title: slotted,
    plainTitle: slotted,
    question: slotted,
    plainQuestion: slotted.optional(),
    choices: z.enum(["values", "statements", "fixed"]),
    fixed: z.array(slotted).min(2).optional(),
    extra: z.array(text).optional(),
    other: text.optional(),
    unable: text.optional(),
    leastIndicators: z.int().min(1).max(5),
    order: z.enum(["alphabetical", "given"]),
    examples: z.array(example).min(1)
  })
  .refine((each) => each.id === `query.${each.template}`, "the id names the structure")
  .refine(
    (each) => (each.choices === "fixed") === (each.fixed !== undefined),
    "a template has a fixed list where it says so, and nowhere else"
  )

export const queryWording = z.strictObject({
  id: z.literal("query.wording"),
  source: text,
  headings: z.strictObject({ documented: text, indicators: text, question: text }),
  signOff: text,
  other: text,
  unable: text,
  documents: z.array(text).min(1),
  axes: z.array(z.strictObject({ axes: z.array(text).min(1), words: text }))
})

const word = z
  .string()
  .min(2)
  .max(60)
  .refine((value) => value === value.toLowerCase(), "words are lower case")

const findings = z
  .strictObject({
    kind: z.enum(INDICATOR_KINDS),
    words: z.array(word).min(1).optional(),
    exact: z.array(z.string().min(1).max(20)).min(1).optional(),
    near: z.array(word).min(1).optional(),
    bears: z.array(z.string().min(1)).min(1).optional()
  })
  .refine((each) => each.words || each.exact || each.near, "a finding has words")

export const queryIndicators = z.strictObject({
  id: z.string().regex(/^ind\.[a-z0-9]+(-[a-z0-9]+)*$/),
  /** Beginnings of codes. */
  categories: z.array(z.string().regex(/^[A-Z][0-9A-Z]{0,2}(\.[0-9A-Z]+)?$/)),
  rules: z.array(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  findings: z.array(findings).min(1),
  examples: z.strictObject({ fires: z.array(text).min(1), quiet: z.array(text).min(1) })
})
