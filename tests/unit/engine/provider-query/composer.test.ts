/** Queries drafted from gaps: every example of the data, and the promises of D1 and D2 on any chart. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { compileHeadings } from "@/engine/lexicon/headings"
import type { QueryMaterial } from "@/engine/provider-query/composer-types"
import { collectIndicators } from "@/engine/provider-query/indicators"
import { LONGEST_QUOTE, oneLine } from "@/engine/provider-query/quote"
import { asPlainText, firstChoice, optionsFor, writeQuery } from "@/engine/provider-query/write"
import { readDocument } from "@/engine/text/document"
import { type Gap, QUERY_TEMPLATES } from "@/engine/types"
import { DATE, desk, gapOf, indicators, lexicon, said, templates } from "./desk"

const headings = compileHeadings(lexicon)
const written = (material: QueryMaterial) => writeQuery(material, firstChoice(material))
const optionsOf = (material: QueryMaterial) =>
  optionsFor(material, firstChoice(material)).map(({ text }) => text)
const prepare = (note: string, gap: Gap) => desk.prepare({ documents: [{ doc: "", text: note }], gap })
/** What the linter objects to once a person has read the text. */
const failures = (material: QueryMaterial) =>
  desk
    .lint({ ...written(material), reviewed: true })
    .filter(({ level }) => level === "F")
    .map(({ id, text }) => `${id}: ${text}`)

describe.each(templates)("template $template", ({ template, examples }) => {
  it.each(examples.map((each) => [each.note, each] as const))("%s", (note, example) => {
    const gap = gapOf(note, example.statements, {
      template,
      axis: example.axis,
      options: (example.values ?? []).map((value) => ({ value })),
      code: { system: "ICD-10-CM", code: template === "specificity" ? "I50.9" : "S62.90XA" }
    })
    const material = prepare(note, gap)
    expect(material.title).toBe(example.title)
    expect(optionsOf(material)).toEqual(example.options)
    expect(failures(material)).toEqual([])
  })
})

describe.each(indicators)("indicators: $id", (entry) => {
  const { examples } = entry
  const found = (text: string) =>
    collectIndicators({
      charts: [{ doc: "", read: readDocument(text, headings) }],
      entries: [entry],
      about: [],
      words: new Set(),
      forbidden: () => false
    })
  it("quotes what it must and leaves the rest", () => {
    expect(examples.fires.filter((text) => found(text).length === 0)).toEqual([])
    expect(examples.quiet.filter((text) => found(text).length > 0)).toEqual([])
  })
})

const NOTE = `Date of service: 01/15/2026

HPI
Shortness of breath for a week. Father had heart failure, EF 20 %.

Results
Echo today: EF 25 %.
NT-proBNP 4,200 pg/mL.
Hemoglobin 13.1.

Medications
Furosemide 40 mg daily.

Assessment and plan
1. CHF, volume overloaded. Increase furosemide, daily weights.
2. Left knee pain. X-ray ordered.

Instructions
Call if the EF clinic has not rung by Friday.
`

describe("a query on heart failure", () => {
  const gap = gapOf(NOTE, ["CHF"], {
    rule: "heart-failure",
    axis: "type",
    title: "Heart failure: type",
    code: { system: "ICD-10-CM", code: "I50.9" },
    options: [
      { value: "systolic", code: "I50.20" },
      { value: "diastolic", code: "I50.30" },
      { value: "unspecified" }
    ]
  })
  const material = desk.prepare({
    documents: [{ doc: "n1", text: NOTE, date: DATE }],
    gap,
    setting: "outpatient",
    date: DATE,
    labels: { n1: "DOE, JANE - Progress Note" }
  })

  it("reads as a coder would send it", () => {
    expect(asPlainText(written(material))).toBe(`Subject: Further detail requested: heart failure

Outpatient encounter, date of service 01/15/2026

Documentation:
- "CHF, volume overloaded." (Assessment and plan, progress note, 01/15/2026)

Clinical indicators from the record:
- "Echo today: EF 25 %." (Results, progress note, 01/15/2026)
- "NT-proBNP 4,200 pg/mL." (Results, progress note, 01/15/2026)
- "Furosemide 40 mg daily." (Medications, progress note, 01/15/2026)
- "Increase furosemide, daily weights." (Assessment and plan, progress note, 01/15/2026)

Question:
Based on your clinical judgement, can the documented heart failure be further specified (type)?

- Heart failure, diastolic
- Heart failure, systolic
- Other (please specify)
- Unable to determine

Please answer in the medical record, in your own independent clinical judgement. No particular answer is expected.
`)
  })

  it("names no patient, and quotes neither family nor instructions", () => {
    const text = asPlainText(written(material))
    expect(text).not.toMatch(/DOE|JANE|Father|EF clinic/)
  })

  it("has no finding once it was read, and is not to be copied before", () => {
    const draft = written(material)
    expect(desk.lint({ ...draft, reviewed: true })).toEqual([])
    expect(desk.lint(draft).map(({ id }) => id)).toEqual(["q.ai-label"])
  })

  it("asks openly as soon as nothing quoted supports the options", () => {
    const none = writeQuery(material, { indicators: [] })
    expect(none.text).not.toContain("- Heart failure, systolic")
    expect(none.text).not.toContain("Unable to determine")
    expect(writeQuery(material, { ...firstChoice(material), open: true }).text).not.toContain("- Other")
  })
})

describe("what a query never does", () => {
  it("names no diagnosis in the title that nobody documented", () => {
    const note = "Exam: lactate 4.1, temperature 39.2. Assessment: cough."
    const material = prepare(
      note,
      gapOf(note, ["lactate 4.1"], {
        level: "diagnosis",
        axis: "diagnosis",
        title: "Sepsis: diagnosis",
        options: [{ value: "sepsis", code: "A41.9" }]
      })
    )
    expect(`${material.title} ${material.question}`).not.toMatch(/sepsis/i)
    expect(optionsOf(material)).toEqual([])
    expect(material.remarks.join()).toMatch(/at least 3 indicators/)
  })

  it("does not quote words about payment or scores, but leaves the provider's own statement", () => {
    const note = "Results: HCC 18 review, EF 25 %, BNP 900.\nEcho today: EF 30 %.\nAssessment: heart failure."
    const material = prepare(note, gapOf(note, ["heart failure"], { rule: "heart-failure" }))
    expect(material.indicators.map(({ quote }) => quote)).toEqual(["Echo today: EF 30 %."])
  })

  it("takes the question of a rule only when it is one and leads nobody", () => {
    const note = "Assessment: heart failure. EF 25 %."
    const ask = (question: string) =>
      prepare(note, gapOf(note, ["heart failure"], { rule: "heart-failure", question })).question
    expect(ask("Which type and acuity of the heart failure, if known, is being treated?")).toMatch(
      /^Which type/
    )
    expect(ask("Would you agree that the heart failure is systolic?")).toMatch(/^Based on your/)
    expect(ask("Based on [EF], please document type.")).toMatch(/^Based on your clinical/)
    expect(ask("Is this sepsis?")).toMatch(/^Based on your clinical/)
  })

  it("labels what comes from an earlier day and leaves it out of the first draft", () => {
    const gap = gapOf("Assessment: heart failure.", ["heart failure"], { rule: "heart-failure" })
    gap.evidence = gap.evidence.map((each) => ({ ...each, doc: "now" }))
    const material = desk.prepare({
      documents: [
        { doc: "now", text: "Assessment: heart failure.", date: "2026-01-15" },
        { doc: "old", text: "Echo: EF 30 %.", date: "2024-03-02" }
      ],
      gap,
      date: "2026-01-15"
    })
    expect(material.indicators).toMatchObject([{ doc: "old", earlier: true, preset: false }])
    const text = writeQuery(material, { indicators: [0] }).text
    expect(text).toContain('"Echo: EF 30 %." (')
    expect(text).toContain("03/02/2024)")
  })

  it("offers a side only when a quoted place says it", () => {
    const note = "HPI: pain in the left knee.\nExam: right knee without effusion.\nAssessment: knee pain."
    const options = [{ value: "left" }, { value: "right" }, { value: "unspecified" }]
    const gap = gapOf(note, ["knee pain"], {
      axis: "laterality",
      code: { system: "ICD-10-CM", code: "M25.569" },
      options
    })
    expect(optionsOf(prepare(note, gap))).toEqual(["Knee pain, left", "Knee pain, right"])
    const one = "HPI: pain in the left knee.\nAssessment: knee pain."
    const only = {
      ...gapOf(one, ["knee pain"], { axis: "laterality", code: gap.code!, options }),
      foundElsewhere: { start: 16, end: 25, quote: "left knee", section: "hpi", value: "left" }
    }
    expect(optionsOf(prepare(one, only))).toEqual([])
    expect(prepare(one, only).indicators[0]).toMatchObject({ kind: "answer", preset: true })
  })
})

/** Notes put together of sections and sentences, and gaps on words that stand in them. */
const sentence = fc.constantFrom(
  "EF 25 % on echo.",
  "BNP 1,240.",
  "Lasix 40 mg IV given.",
  "A1c 9.2, eGFR 41.",
  "left knee swelling",
  "right wrist x-ray: displaced fracture.",
  'Patient says "I am fine".',
  "? gout, ? sepsis",
  "No evidence of pneumonia.",
  "Hgb 7.1\nwas 11.8",
  "Sacral wound 3 x 4 cm, full thickness",
  "This is a CC. Capture the HCC.",
  "MRN 123456, would you agree?",
  "Please document severe malnutrition.",
  "Medications reviewed; metformin 1,000 mg; insulin glargine 20 units at night; lisinopril 10 mg; and many others that make this a long sentence without any end in sight for anybody who reads it to the last word"
)
const condition = fc.constantFrom(
  "heart failure",
  "CHF",
  "type 2 diabetes mellitus",
  "chronic kidney disease",
  "knee pain",
  "distal radius fracture",
  "anemia",
  "pressure ulcer",
  "pneumonia",
  "cellulitis of the leg",
  "depression",
  "low sodium",
  "HCC",
  'so-called "flu"'
)
const code = fc.constantFrom(
  "I50.9",
  "E11.9",
  "N18.9",
  "M25.569",
  "S52.509A",
  "D64.9",
  "L89.159",
  "J18.9",
  "L03.119",
  "F32.A",
  "E87.1"
)
const section = fc.constantFrom(
  "HPI",
  "PMH",
  "Results",
  "Exam",
  "Medications",
  "Family history",
  "Assessment",
  "Plan",
  ""
)

describe("on any chart and gap", () => {
  it("every draft passes its own linter, quotes to the letter, and ends with two ways out when it has options", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(section, fc.array(sentence, { maxLength: 5 })), { maxLength: 5 }),
        fc.uniqueArray(condition, { minLength: 1, maxLength: 2 }),
        code,
        fc.constantFrom(...QUERY_TEMPLATES, undefined),
        fc.constantFrom("specificity", "diagnosis", "link" as const),
        fc.constantFrom(
          "type",
          "laterality",
          "stage",
          "acuity",
          "organism",
          "7th character",
          "present-on-admission"
        ),
        fc.uniqueArray(
          fc.constantFrom(
            "left",
            "right",
            "systolic",
            "diastolic",
            "stage 3b",
            "acute",
            "unspecified",
            "other",
            "MSSA"
          ),
          { maxLength: 6 }
        ),
        fc.constantFrom("outpatient", "inpatient", "professional" as const),
        fc.boolean(),
        (parts, conditions, codeOf, template, level, axis, values, setting, dated) => {
          const note = `${parts.map(([head, all]) => `${head}\n${all.join(" ")}`).join("\n\n")}\n\nAssessment\n${conditions.join(". ")}.`
          const gap = gapOf(note, conditions, {
            level: level as Gap["level"],
            axis,
            code: { system: "ICD-10-CM", code: codeOf },
            options: values.map((value) => ({ value })),
            ...(template === undefined ? {} : { template })
          })
          const material = desk.prepare({
            documents: [{ doc: "", text: note, ...(dated ? { date: DATE } : {}) }],
            gap,
            setting: setting as "outpatient",
            date: DATE
          })
          expect(failures(material)).toEqual([])
          const flat = oneLine(note)
          for (const { quote, start, end } of [...material.statements, ...material.indicators]) {
            expect(note.slice(start, end)).toBe(quote)
            expect(flat).toContain(oneLine(quote))
            expect(quote.length).toBeLessThanOrEqual(LONGEST_QUOTE + 20)
          }
          const draft = written(material)
          const listed = draft.text.split("\n\n").find((block) => block.startsWith("- ")) ?? ""
          if (listed !== "")
            expect(listed.split("\n").slice(-2)).toEqual(material.ways.map((way) => `- ${way}`))
          expect(draft.text).not.toMatch(/\b(?:HCC 18|DRG|MCC)\b|\[x\]/)
        }
      ),
      { numRuns: 60 }
    )
  }, 60_000)

  it("never throws on any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
        fc.nat(199),
        fc.nat(40),
        (text, from, length) => {
          const start = Math.min(from, text.length - 1)
          const quote = text.slice(start, start + Math.max(1, length))
          const gap = gapOf("x", ["x"], {
            evidence: [{ ...said("x", "x"), start, end: start + quote.length, quote }]
          })
          const material = prepare(text, gap)
          expect(typeof written(material).text).toBe("string")
        }
      ),
      { numRuns: 40 }
    )
  })
})
