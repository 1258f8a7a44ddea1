/** Shapes of codesets/rules/documentation; read as kinds of the lexicon (lexicon-schema.ts). Build time only. */
import * as z from "zod"
import { QUERY_TEMPLATES } from "../types"
import type * as t from "./rules-types"

/** Nothing near a gap or a query speaks of payment (rules.md D1, q.no-impact). */
const PAYMENT =
  /\b(?:reimburs\w*|payments?|payers?|paid|revenue|ms-?drg|drgs?|cc|mcc|hccs?|raf|risk.adjust\w*|risk.scores?|quality (?:scores?|metrics?)|severity of illness|soi|rom|denials?|denied inpatient|audits?|audited|capture)\b/i

const text = z.string().min(1).max(300)
const neutral = text.refine((s) => !PAYMENT.test(s), "must not speak of payment")
const kebab = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const code = z
  .string()
  .regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/, "must be a code without dash or placeholder")
const codePattern = z
  .string()
  .regex(
    /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(-[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?)?$/,
    "must be a code prefix or range"
  )
const patterns = z.array(codePattern).min(1)
const phrase = text.refine((s) => s === s.toLowerCase() && s === s.trim(), "must be lower case and trimmed")
const wordings = z.array(z.union([phrase, z.array(phrase).min(2)])).min(1)
const level = z.enum(["specificity", "diagnosis", "link"])
const severity = z.enum(["high", "medium", "low"])
const setting = z.enum(["outpatient", "inpatient", "professional"])

const figure = z
  .strictObject({ of: z.array(phrase).min(1), below: z.number().optional(), above: z.number().optional() })
  .refine((f) => f.below !== undefined || f.above !== undefined, "below or above is needed")

const signsShape = {
  codes: patterns.optional(),
  considered: z.literal(true).optional(),
  words: wordings.optional(),
  figures: z.array(figure).min(1).optional(),
  allows: z
    .array(z.enum(["possible", "historical"]))
    .min(1)
    .optional()
}
const saysSomething = (s: { codes?: unknown; words?: unknown; figures?: unknown }) =>
  s.codes !== undefined || s.words !== undefined || s.figures !== undefined
const signs = z.strictObject(signsShape).refine(saysSomething, "codes, words or figures are needed")
const opening = z
  .strictObject({ ...signsShape, where: z.enum(["assessed", "anywhere"]).optional() })
  .refine(saysSomething, "codes, words or figures are needed")

const exceptions = z
  .strictObject({ codes: patterns.optional(), near: wordings.optional(), chart: wordings.optional() })
  .refine((e) => Object.keys(e).length > 0, "an empty exception is none")

const value = z.strictObject({
  value: neutral,
  code: code.optional(),
  byWords: z.literal(true).optional(),
  codes: patterns.optional(),
  words: wordings.optional(),
  denied: z.literal(true).optional()
})

const axis = z.strictObject({
  id: kebab,
  name: neutral,
  level: level.optional(),
  severity: severity.optional(),
  severityIn: z
    .strictObject({
      outpatient: severity.optional(),
      inpatient: severity.optional(),
      professional: severity.optional()
    })
    .optional(),
  when: signs.optional(),
  answeredBy: patterns.optional(),
  elsewhere: z.enum(["named", "anywhere", "never"]).optional(),
  settles: z.literal(true).optional(),
  values: z.array(value).min(1)
})

const indicators = z.strictObject({
  title: neutral,
  severity,
  opens: opening,
  needs: z.array(signs).min(1).optional(),
  care: wordings,
  unless: exceptions,
  named: wordings,
  why: neutral,
  question: neutral,
  template: z.enum(QUERY_TEMPLATES)
})

const note = z.string().min(1).max(1500)
const example = z.strictObject({
  text: note,
  axis: kebab.optional(),
  elsewhere: text.optional(),
  setting: setting.optional(),
  cdi: z.literal(true).optional(),
  age: z.number().min(0).max(120).optional(),
  sex: z.enum(["female", "male"]).optional()
})

/** Ids of the axes that may fire. */
function axesOf(rule: { axes: { id: string }[]; indicators?: unknown }): (string | undefined)[] {
  return [...rule.axes.map(({ id }) => id), ...(rule.indicators ? ["diagnosis"] : [])]
}

export const documentationRule = z
  .strictObject({
    id: kebab,
    title: neutral,
    level,
    severity,
    settings: z.array(setting).min(1).optional(),
    guideline: text,
    age: z.strictObject({ from: z.number().optional(), to: z.number().optional() }).optional(),
    sex: z.enum(["female", "male"]).optional(),
    opens: opening,
    needs: z.array(signs).min(1).optional(),
    care: wordings.optional(),
    unless: exceptions.optional(),
    per: z.enum(["category", "code", "rule"]).optional(),
    axes: z.array(axis).min(1),
    missing: code.optional(),
    why: neutral,
    question: neutral.optional(),
    template: z.enum(QUERY_TEMPLATES),
    safety: z.literal(true).optional(),
    indicators: indicators.optional(),
    examples: z.strictObject({ fires: z.array(example).min(3), quiet: z.array(example).min(3) })
  })
  .refine((r) => new Set(r.axes.map((a) => a.id)).size === r.axes.length, "an axis id stands twice")
  .refine(
    (r) => !r.indicators || (r.level !== "diagnosis" && r.axes.every(({ id }) => id !== "diagnosis")),
    "indicators are the level diagnosis of a rule of another level"
  )
  .refine(
    (r) => !r.indicators || r.examples.fires.filter((e) => e.axis === "diagnosis").length >= 2,
    "indicators need two examples that fire for the axis diagnosis"
  )
  .refine(
    (r) => r.level !== "diagnosis" || r.care !== undefined,
    "level diagnosis needs care: evaluation or treatment in the same encounter"
  )
  .refine(
    (r) => r.axes.every((a) => (a.level ?? r.level) !== "diagnosis" || a.values.every((v) => !v.code)),
    "level diagnosis offers no code, only the question"
  )
  .refine(
    (r) => r.level === "diagnosis" || (r.opens.figures === undefined && r.care === undefined),
    "figures and care open level diagnosis only"
  )
  .refine(
    (r) => r.examples.fires.every((e) => axesOf(r).includes(e.axis)),
    "a fires example must name an axis of the rule"
  )
  .refine(
    (r) => r.examples.quiet.every((e) => e.axis === undefined || axesOf(r).includes(e.axis)),
    "a quiet example names an axis the rule has not"
  )

export const documentationWords = z.strictObject({
  id: z.string().regex(/^docw\.[a-z0-9]+(-[a-z0-9]+)*$/),
  says: z.enum(["undetermined", "unknown"]),
  words: z.array(phrase).min(1)
})

// The hand-written types and the schemas must say the same; a difference is a compile error here.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const typesAgree: [
  Same<z.infer<typeof documentationRule>, t.DocumentationRule>,
  Same<z.infer<typeof documentationWords>, t.DocumentationWords>
] = [true, true]
void typesAgree
