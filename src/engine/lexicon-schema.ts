/** Checks lexicon files (codesets/lexicon) before anything uses them. Build time and pack import only. */
import * as z from "zod"
import type { AxisEntry } from "./axes/words"
import { worksheetRule } from "./checks/schema"
import type { RuleEntry } from "./checks/types"
import * as em from "./em/schema"
import type { EmCondition, EmPhrase, EmTest, EmVisit } from "./em/types"
import * as derived from "./gaps/derived-schema"
import type * as d from "./gaps/derived-types"
import { documentationRule, documentationWords } from "./gaps/rules-schema"
import type * as t from "./lexicon-types"
import * as procedures from "./procedures/schema"
import type * as p from "./procedures/types"
import { queryIndicators, queryTemplate, queryWording } from "./provider-query/composer-schema"
import type { IndicatorEntry, QueryTemplate, QueryWording } from "./provider-query/composer-types"
import { queryCheck } from "./provider-query/schema"
import type { QueryCheck } from "./provider-query/types"

/** A lexicon file that cannot be used; names the file, the entry and what is wrong with it. */
export class LexiconError extends Error {
  constructor(
    readonly file: string,
    /** Id of the entry, its position ("entries[3]") when it has none, or "" for the file itself. */
    readonly entry: string,
    readonly problem: string
  ) {
    super(`${file}${entry ? `, ${entry}` : ""}: ${problem}`)
    this.name = "LexiconError"
  }
}

const text = z.string().min(1).max(300)
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}\\.[a-z0-9]+([.-][a-z0-9]+)*$`))
const lower = text.refine((s) => s === s.toLowerCase() && s === s.trim(), "must be lower case and trimmed")

/** ICD-10-CM and HCPCS shapes in lower case; the vitamin B12 and the vertebrae T10 to T12 are words. */
const codeLike =
  /(?<![a-z0-9])(?:[a-z]\d[0-9a-z]\.[0-9a-z]{1,4}|[a-z]\d{4}|(?!(?:b12|t1[0-2])\b)[a-z]\d{2})(?![a-z0-9])/
const words = lower.refine((s) => !codeLike.test(s), "must be words, not a code")

const section = z.string().regex(/^[a-z]+(-[a-z]+)*$/)
const phrases = z.array(lower).min(1)
const condition = z
  .strictObject({
    sections: z.array(section).min(1).optional(),
    notSections: z.array(section).min(1).optional(),
    near: phrases.optional(),
    notNear: phrases.optional(),
    before: phrases.optional(),
    notBefore: phrases.optional(),
    after: phrases.optional(),
    notAfter: phrases.optional()
  })
  .refine((c) => Object.keys(c).length > 0, "an empty condition is no condition")

const wordingExamples = z.strictObject({
  fires: z.array(z.strictObject({ text, words, section: section.optional() })).min(1),
  quiet: z.array(text)
})

export const abbreviation = z
  .strictObject({
    id: id("abbr"),
    abbr: text,
    also: z.array(text).min(1).optional(),
    expansions: z.array(z.strictObject({ words, when: condition.optional() })).min(1),
    ambiguous: z.boolean().optional(),
    caseSensitive: z.boolean().optional(),
    examples: wordingExamples
  })
  .refine(
    (a) => a.caseSensitive || [a.abbr, ...(a.also ?? [])].every((s) => s === s.toLowerCase()),
    "abbr and also must be lower case unless caseSensitive"
  )
  .refine((a) => a.expansions.filter((e) => !e.when).length <= 1, "only one expansion may be the default")
  .refine((a) => a.expansions.slice(0, -1).every((e) => e.when), "the default expansion comes last")
  .refine((a) => !a.ambiguous || a.expansions.some((e) => e.when), "ambiguous needs a conditional expansion")
  .refine(
    (a) => !(a.caseSensitive || a.expansions.every((e) => e.when)) || a.examples.quiet.length > 0,
    "case-sensitive or conditional abbreviations need a quiet example"
  )
  .refine(
    (a) => a.examples.fires.every((f) => a.expansions.some((e) => e.words === f.words)),
    "a fires example names words that are no expansion"
  )

export const synonym = z
  .strictObject({
    id: id("syn"),
    term: lower,
    words,
    oneWay: z.literal(true).optional(),
    when: condition.optional(),
    examples: wordingExamples
  })
  .refine((s) => s.term !== s.words, "term and words are the same")
  .refine((s) => !s.when || s.examples.quiet.length > 0, "a conditional synonym needs a quiet example")
  .refine((s) => s.examples.fires.every((f) => f.words === s.words), "a fires example names other words")

const role = z.enum([
  "assessed",
  "plan",
  "narrative",
  "symptom",
  "history",
  "family",
  "social",
  "medications",
  "allergies",
  "ros",
  "findings",
  "procedure",
  "orders",
  "instructions",
  "nursing",
  "administrative"
])

export const sectionEntry = z.strictObject({
  id: section,
  title: text,
  role,
  supports: text,
  tells: phrases.optional()
})

export const heading = z.strictObject({
  id: id("head"),
  text: lower,
  section,
  needs: z.enum(["colon", "line"]).optional(),
  system: z.literal(true).optional(),
  operative: section.optional()
})

const assertionCategory = z.enum([
  "negated",
  "possible",
  "ruled-out",
  "historical",
  "family",
  "other-person",
  "hypothetical",
  "planned",
  "allergy",
  "screening"
])
const outcome = z.enum(["affirmed", ...assertionCategory.options])
const triggerExample = z
  .strictObject({ text, target: text, as: outcome })
  .refine((e) => e.text.includes(e.target), "the example's text does not contain its target")
const quietExample = z
  .strictObject({ text, target: text, as: outcome.optional() })
  .refine((e) => e.text.includes(e.target), "the example's text does not contain its target")

export const trigger = z
  .strictObject({
    id: id("trig"),
    text: lower,
    category: z.enum([...assertionCategory.options, "pseudo", "terminate"]),
    direction: z.enum(["forward", "backward", "both"]),
    maxScope: z.int().min(1).max(50).optional(),
    closes: z.literal(true).optional(),
    opens: z.literal(true).optional(),
    glued: z.literal(true).optional(),
    apartAtEnd: z.literal(true).optional(),
    unlinks: z.literal(true).optional(),
    behindDash: z.literal(true).optional(),
    sections: z.array(section).min(1).optional(),
    notSections: z.array(section).min(1).optional(),
    shields: z.array(assertionCategory).min(1).optional(),
    ends: z.array(assertionCategory).min(1).optional(),
    examples: z.strictObject({ fires: z.array(triggerExample).min(1), quiet: z.array(quietExample).min(1) })
  })
  .refine(
    (r) => (r.category === "pseudo") === Boolean(r.shields),
    "pseudo, and only pseudo, shields categories"
  )
  .refine(
    (r) => (r.category === "terminate") === Boolean(r.ends),
    "terminate, and only terminate, ends categories"
  )
  .refine(
    (r) =>
      r.category === "pseudo" ||
      r.category === "terminate" ||
      r.examples.fires.some((e) => e.as === r.category),
    "one fires example must come to the trigger's own category"
  )

export const genericTerm = z.strictObject({
  id: id("gen"),
  term: lower,
  reason: text,
  condition: z.literal(true).optional()
})

const codePattern = z
  .string()
  .regex(
    /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?(-[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?)?$/,
    "must be a code prefix or range"
  )
const patterns = z.array(codePattern)

export const integralSymptoms = z.strictObject({
  id: id("int"),
  diagnosis: patterns.min(1),
  symptoms: patterns.min(1),
  why: text
})

export const combination = z.strictObject({
  id: id("comb"),
  all: z.array(patterns.min(1)).min(2),
  gives: z.string().regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/),
  drops: patterns,
  keeps: patterns,
  link: z.enum(["presumed", "documented"]),
  unless: phrases.optional(),
  guideline: text
})

export const modifier = z
  .strictObject({
    id: id("mod"),
    axis: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    value: lower,
    words: z.array(text).min(1),
    caseSensitive: z.literal(true).optional(),
    when: condition.optional()
  })
  .refine((m) => m.caseSensitive || m.words.every((w) => w === w.toLowerCase()), "words must be lower case")

export const optionalWord = z.strictObject({
  id: id("opt"),
  term: lower,
  reason: text,
  codes: z.array(codePattern).min(1).optional()
})

export const defaultWord = z.strictObject({
  id: id("def"),
  term: lower,
  reason: text,
  codes: z.array(codePattern).min(1).optional()
})

export const supportPhrase = z.strictObject({
  id: id("sup"),
  text: lower,
  shows: z.enum(["diagnosed", "treated", "evaluated", "monitored", "status"])
})

const wholeCode = z.string().regex(/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/, "must be a code")

export const codeGroup = z.strictObject({
  id: id("group"),
  group: z.enum([
    "family-history",
    "history",
    "status",
    "allergy",
    "external-cause",
    "encounter",
    "symptom",
    "injury",
    "confirmed-only",
    "chronic",
    "acute-event",
    "of-operation"
  ]),
  codes: patterns.min(1),
  why: text,
  examples: z.strictObject({ in: z.array(wholeCode).min(1), out: z.array(wholeCode).min(1) })
})

export const bodySite = z.strictObject({ id: id("part"), term: lower })

export const searchWord = z.strictObject({
  id: id("look"),
  text: lower,
  also: z.array(lower).min(1).optional(),
  words: z.array(words),
  examples: z.record(text, z.string().regex(/^[A-Z][0-9A-Z.]{2,7}$/))
})

/** kind of a file -> the shape of its entries and the list of the lexicon they go to. */
const kinds = {
  abbreviations: { entry: abbreviation, list: "abbreviations" },
  synonyms: { entry: synonym, list: "synonyms" },
  sections: { entry: sectionEntry, list: "sections" },
  headings: { entry: heading, list: "headings" },
  triggers: { entry: trigger, list: "triggers" },
  "generic-terms": { entry: genericTerm, list: "genericTerms" },
  "integral-symptoms": { entry: integralSymptoms, list: "integralSymptoms" },
  combinations: { entry: combination, list: "combinations" },
  modifiers: { entry: modifier, list: "modifiers" },
  "optional-words": { entry: optionalWord, list: "optionalWords" },
  "default-words": { entry: defaultWord, list: "defaultWords" },
  "support-phrases": { entry: supportPhrase, list: "supportPhrases" },
  "drug-brands": { entry: procedures.drugBrand, list: "drugBrands" },
  "service-phrases": { entry: procedures.servicePhrase, list: "servicePhrases" },
  supplies: { entry: procedures.supply, list: "supplies" },
  "pcs-procedures": { entry: procedures.pcsProcedure, list: "pcsProcedures" },
  "pcs-words": { entry: procedures.pcsWord, list: "pcsWords" },
  "code-groups": { entry: codeGroup, list: "codeGroups" },
  "body-sites": { entry: bodySite, list: "bodySites" },
  "search-words": { entry: searchWord, list: "searchWords" },
  "worksheet-checks": { entry: worksheetRule, list: "worksheetChecks" },
  "em-phrases": { entry: em.emPhrase, list: "emPhrases" },
  "em-tests": { entry: em.emTest, list: "emTests" },
  "em-conditions": { entry: em.emCondition, list: "emConditions" },
  "em-times": { entry: em.emVisit, list: "emVisits" },
  axes: { entry: derived.axisEntry, list: "axes" },
  "gap-groups": { entry: derived.gapGroup, list: "gapGroups" },
  "gap-phrases": { entry: derived.gapPhrase, list: "gapPhrases" },
  "gap-sites": { entry: derived.gapSite, list: "gapSites" },
  "documentation-rules": { entry: documentationRule, list: "documentationRules" },
  "documentation-words": { entry: documentationWords, list: "documentationWords" },
  "query-checks": { entry: queryCheck, list: "queryChecks" },
  "query-templates": { entry: queryTemplate, list: "queryTemplates" },
  "query-indicators": { entry: queryIndicators, list: "queryIndicators" },
  "query-wording": { entry: queryWording, list: "queryWording" }
} as const satisfies Record<string, { entry: z.ZodType; list: keyof t.Lexicon }>

type Kind = keyof typeof kinds

const envelope = z.strictObject({
  kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
  version: z.literal(1),
  about: text,
  entries: z.array(z.unknown())
})

// The hand-written types and the schemas must say the same; a difference is a compile error here.
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const proceduresAgree: [
  Same<z.infer<typeof procedures.drugBrand>, p.DrugBrand>,
  Same<z.infer<typeof procedures.servicePhrase>, p.ServicePhrase>,
  Same<z.infer<typeof procedures.supply>, p.Supply>,
  Same<z.infer<typeof procedures.pcsProcedure>, p.PcsProcedure>,
  Same<z.infer<typeof procedures.pcsWord>, p.PcsWord>
] = [true, true, true, true, true]
void proceduresAgree
const estimateAgrees: [
  Same<z.infer<typeof em.emPhrase>, EmPhrase>,
  Same<z.infer<typeof em.emTest>, EmTest>,
  Same<z.infer<typeof em.emCondition>, EmCondition>,
  Same<z.infer<typeof em.emVisit>, EmVisit>
] = [true, true, true, true]
void estimateAgrees
const typesAgree: [
  Same<z.infer<typeof abbreviation>, t.Abbreviation>,
  Same<z.infer<typeof synonym>, t.Synonym>,
  Same<z.infer<typeof sectionEntry>, t.Section>,
  Same<z.infer<typeof heading>, t.Heading>,
  Same<z.infer<typeof trigger>, t.Trigger>,
  Same<z.infer<typeof genericTerm>, t.GenericTerm>,
  Same<z.infer<typeof integralSymptoms>, t.IntegralSymptoms>,
  Same<z.infer<typeof combination>, t.Combination>,
  Same<z.infer<typeof modifier>, t.Modifier>,
  Same<z.infer<typeof optionalWord>, t.OptionalWord>,
  Same<z.infer<typeof defaultWord>, t.DefaultWord>,
  Same<z.infer<typeof supportPhrase>, t.SupportPhrase>,
  Same<z.infer<typeof codeGroup>, t.CodeGroup>,
  Same<z.infer<typeof bodySite>, t.BodySite>,
  Same<z.infer<typeof searchWord>, t.SearchWord>,
  Same<z.infer<typeof worksheetRule>, RuleEntry>
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true]
void typesAgree
const queriesAgree: [
  // Examples of checks are read only there, so one direction must do.
  z.infer<typeof queryCheck> extends QueryCheck ? true : never,
  Same<z.infer<typeof queryTemplate>, QueryTemplate>,
  Same<z.infer<typeof queryIndicators>, IndicatorEntry>,
  Same<z.infer<typeof queryWording>, QueryWording>
] = [true, true, true, true]
void queriesAgree
const gapsAgree: [
  Same<z.infer<typeof derived.axisEntry>, AxisEntry>,
  Same<z.infer<typeof derived.gapGroup>, d.GapGroup>,
  Same<z.infer<typeof derived.gapPhrase>, d.GapPhrase>,
  Same<z.infer<typeof derived.gapSite>, d.GapSite>
] = [true, true, true, true]
void gapsAgree

function describe(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return "not valid"
  const path = issue.path.map(String).join(".")
  return path ? `${path}: ${issue.message}` : issue.message
}

function entryName(entry: unknown, position: number): string {
  if (typeof entry === "object" && entry !== null && "id" in entry && typeof entry.id === "string")
    return entry.id
  return `entries[${position}]`
}

interface PointsToSections {
  id: string
  section?: t.SectionId
  sections?: t.SectionId[]
  notSections?: t.SectionId[]
  when?: t.Condition
  expansions?: { when?: t.Condition }[]
}

/** Sections an entry points to, wherever it does. */
function sectionsNamed(entry: PointsToSections): string[] {
  const conditions = [entry.when, ...(entry.expansions ?? []).map((e) => e.when)]
  return [
    ...(entry.section ? [entry.section] : []),
    ...(entry.sections ?? []),
    ...(entry.notSections ?? []),
    ...conditions.flatMap((c) => [...(c?.sections ?? []), ...(c?.notSections ?? [])])
  ]
}

/**
 * All files together, checked: shapes, ids unique over the whole lexicon, sections that exist.
 * Files may come in any order and several may have the same kind.
 * @throws LexiconError at the first problem.
 */
export function parseLexicon(files: readonly t.LexiconFile[]): t.Lexicon {
  const lexicon: t.Lexicon = {
    abbreviations: [],
    synonyms: [],
    sections: [],
    headings: [],
    triggers: [],
    genericTerms: [],
    integralSymptoms: [],
    combinations: [],
    modifiers: [],
    optionalWords: [],
    defaultWords: [],
    supportPhrases: [],
    codeGroups: [],
    bodySites: [],
    drugBrands: [],
    servicePhrases: [],
    supplies: [],
    pcsProcedures: [],
    pcsWords: [],
    searchWords: [],
    worksheetChecks: [],
    emPhrases: [],
    emTests: [],
    emConditions: [],
    emVisits: [],
    axes: [],
    gapGroups: [],
    gapPhrases: [],
    gapSites: [],
    documentationRules: [],
    documentationWords: [],
    queryChecks: [],
    queryTemplates: [],
    queryIndicators: [],
    queryWording: []
  }
  const seen = new Map<string, string>()
  const references: { file: string; entry: string; sections: string[] }[] = []
  for (const file of files) {
    const head = envelope.safeParse(file.data)
    if (!head.success) throw new LexiconError(file.name, "", describe(head.error))
    const kind = kinds[head.data.kind]
    head.data.entries.forEach((raw, position) => {
      const name = entryName(raw, position)
      const parsed = kind.entry.safeParse(raw)
      if (!parsed.success) throw new LexiconError(file.name, name, describe(parsed.error))
      // Rules have the ids of the knowledge file, among themselves: "family-history" is a section, too.
      const id = kind.list === "documentationRules" ? `gap.${name}` : name
      const before = seen.get(id)
      if (before !== undefined) throw new LexiconError(file.name, name, `id already used in ${before}`)
      seen.set(id, file.name)
      references.push({ file: file.name, entry: name, sections: sectionsNamed(parsed.data) })
      const list: unknown[] | undefined = lexicon[kind.list]
      list?.push(parsed.data)
    })
  }
  const known = new Set(lexicon.sections.map((s) => s.id))
  for (const r of references) {
    const missing = r.sections.find((s) => !known.has(s))
    if (missing !== undefined) throw new LexiconError(r.file, r.entry, `no section "${missing}"`)
  }
  return lexicon
}
