import { describe, expect, it } from "vitest"
import * as z from "zod"
import { fieldsIn } from "@/chart/identity"
import {
  isNoteHeading,
  isPatientColumn,
  noteScore,
  saysApplication,
  saysBanner,
  saysHiddenText,
  saysOtherPatients,
  settingIn
} from "@/chart/page-words"
import examples from "~codesets/page/words.examples.json"
import words from "~codesets/page/words.json"

const list = z
  .array(
    z
      .string()
      .min(1)
      .regex(/^[a-z0-9/&.#' -]+$/)
  )
  .min(1)
const FIELDS = ["mrn", "account", "born", "dateOfService", "admitted", "discharged", "sex", "name"] as const
const WORDS = z.strictObject({
  kind: z.literal("page-words"),
  version: z.literal(1),
  about: z.string(),
  identity: z.array(
    z.strictObject({ field: z.enum(FIELDS), value: z.enum(["number", "date", "sex", "name"]), labels: list })
  ),
  urlParts: z.array(z.string().regex(/^[a-z]+$/)),
  settings: z.array(
    z.strictObject({
      setting: z.enum(["inpatient", "outpatient"]),
      sure: z.literal(true).optional(),
      words: list
    })
  ),
  noteHeadings: list,
  clinical: list,
  application: list,
  otherPatients: list,
  otherPatientsColumns: list,
  banner: list,
  hiddenText: list
})

describe("words of pages", () => {
  it("have the shape that the reader expects, nothing twice", () => {
    const parsed = WORDS.parse(words)
    for (const key of ["noteHeadings", "clinical", "application", "banner", "urlParts"] as const)
      expect(new Set(parsed[key]).size).toBe(parsed[key].length)
    expect(parsed.identity.map(({ field }) => field).sort()).toEqual([...FIELDS].sort())
  })

  it("come with examples for every identity field", () => {
    expect(examples.identity.map(({ field }) => field).sort()).toEqual([...FIELDS].sort())
  })

  for (const { field, fires, quiet } of examples.identity) {
    it(`find ${field} beside its labels and nowhere else`, () => {
      const found = (text: string) => fieldsIn(text)[field as (typeof FIELDS)[number]]
      expect(fires.map(([text]) => [text, found(text as string)])).toEqual(fires)
      expect(quiet.map((text) => [text, found(text)])).toEqual(quiet.map((text) => [text, undefined]))
    })
  }

  it("tell the setting, and nothing where the words contradict", () => {
    for (const text of examples.settings.inpatient)
      expect([text, settingIn(text)]).toEqual([text, "inpatient"])
    for (const text of examples.settings.outpatient)
      expect([text, settingIn(text)]).toEqual([text, "outpatient"])
    for (const text of examples.settings.none) expect([text, settingIn(text)]).toEqual([text, undefined])
  })

  const tests = {
    noteHeadings: isNoteHeading,
    application: saysApplication,
    otherPatients: saysOtherPatients,
    banner: saysBanner,
    hiddenText: saysHiddenText,
    otherPatientsColumns: isPatientColumn,
    notes: (text: string) => noteScore(text) >= 4
  }
  for (const [name, holds] of Object.entries(tests)) {
    it(`${name}: fire and stay quiet as the examples say`, () => {
      const { fires, quiet } = examples[name as keyof typeof tests]
      expect(fires.filter((text) => !holds(text))).toEqual([])
      expect(quiet.filter(holds)).toEqual([])
    })
  }

  it("score a page without any clinical word with nothing", () => {
    for (const text of examples.notes.quiet) expect([text, noteScore(text)]).toEqual([text, 0])
  })
})
