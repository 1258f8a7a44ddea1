import fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
  contentWords,
  foldWord,
  forgetWords,
  isFunctionWord,
  tokenize,
  tokenizeSlowly,
  UNSPECIFIC_WORDS
} from "@/classification/words"

const texts = (text: string): string[] => tokenize(text).map((t) => t.text)

describe("tokenize", () => {
  it("gives words with offsets over the text as given", () => {
    const text = "Pt c/o Crohn\u2019s flare, T2DM (E11.9)."
    const tokens = tokenize(text)
    expect(tokens.map((t) => t.text)).toEqual(["Pt", "c/o", "Crohn\u2019s", "flare", "T2DM", "E11.9"])
    for (const t of tokens) expect(text.slice(t.start, t.end)).toBe(t.text)
  })

  it.each([
    ["CKD stage 3b", ["CKD", "stage", "3b"]],
    ["24w3d, BMI 31.4", ["24w3d", "BMI", "31.4"]],
    ["BMI 40.0-44.9", ["BMI", "40.0", "44.9"]],
    ["platelets 1,200 K", ["platelets", "1,200", "K"]],
    ["s/p CABG w/o angina", ["s/p", "CABG", "w/o", "angina"]],
    ["and/or HTN/DM", ["and", "or", "HTN", "DM"]],
    ["C.O.P.D. exacerbation", ["C.O.P.D", "exacerbation"]],
    ["non-displaced fx", ["non-displaced", "fx"]],
    ["non ST elevation", ["non ST", "elevation"]],
    ["Post-traumatic arthritis", ["Post-traumatic", "arthritis"]],
    ["post-op day 2", ["post", "op", "day", "2"]],
    ["A1c.The patient", ["A1c", "The", "patient"]],
    ["S52.502A, E11.A", ["S52.502A", "E11.A"]],
    ["L4-L5 x-ray", ["L4", "L5", "x", "ray"]],
    ["  \n\t--- ...", []]
  ])("%s", (text, expected) => {
    expect(texts(text)).toEqual(expected)
  })

  it("holds its offsets on any string", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        let last = 0
        for (const t of tokenize(text)) {
          expect(t.start).toBeGreaterThanOrEqual(last)
          expect(t.end).toBeGreaterThan(t.start)
          expect(text.slice(t.start, t.end)).toBe(t.text)
          last = t.end
        }
      })
    )
  })

  it("does not slow down on long runs of one character", () => {
    for (const unit of ["a", "1,", "1.", "a/", "a.", "non-", "-", "'a"]) {
      const began = performance.now()
      tokenize(unit.repeat(50_000))
      expect(performance.now() - began).toBeLessThan(2_000)
    }
  })
})

describe("tokenize by the short way", () => {
  const pieces = [
    "non",
    "Non",
    "displaced",
    "a",
    "I",
    "E11",
    "9",
    "1",
    "200",
    "post",
    "Sub",
    "s",
    "p",
    "x2",
    "é",
    "covid"
  ]
  const between = [
    " ",
    ", ",
    ",",
    "; ",
    "(",
    ") ",
    "  ",
    "[",
    ":",
    "",
    "+",
    "_",
    ".",
    "-",
    "/",
    "'",
    "\u2019",
    "\u2010",
    "\u0301"
  ]
  const drawn = fc
    .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(...between)), { maxLength: 12 })
    .map((parts) => parts.flat().join(""))

  it("cuts as the expression does", () => {
    const ascii = fc.string({ unit: "binary-ascii", maxLength: 40 })
    const anything = fc.string({ unit: "binary", maxLength: 40 })
    fc.assert(
      fc.property(fc.oneof(drawn, ascii, anything), (text) => {
        expect(tokenize(text)).toEqual(tokenizeSlowly(text))
      }),
      { numRuns: 1000 }
    )
  })

  it("leaves numbers with commas, non- and codes to the expression", () => {
    for (const text of ["1,200 units", "non displaced fracture", "type E11.9", "x non"]) {
      expect(tokenize(text)).toEqual(tokenizeSlowly(text))
    }
  })
})

describe("foldWord", () => {
  it.each([
    ["Anaemia", "anemia"],
    ["haemorrhages", "hemorrhage"],
    ["oedema", "edema"],
    ["oesophageal", "esophageal"],
    ["tumours", "tumor"],
    ["fibre", "fiber"],
    ["diarrhoea", "diarrhea"],
    ["dyspnoea", "dyspnea"],
    ["leukaemia", "leukemia"],
    ["paediatric", "pediatric"],
    ["paraesthesia", "paresthesia"],
    ["septicaemia", "septicemia"],
    ["immunised", "immunized"],
    ["sensitisation", "sensitization"],
    ["catheterised", "catheterized"],
    ["ischaemic", "ischemic"],
    ["Sjögren's", "sjogren"],
    ["Ménière’s", "meniere"],
    ["Crohn's", "crohn"],
    ["Graves'", "grave"],
    ["fractures", "fracture"],
    ["allergies", "allergy"],
    ["abscesses", "abscess"],
    ["viruses", "virus"],
    ["diagnoses", "diagnosis"],
    ["metastases", "metastasis"],
    ["thromboses", "thrombosis"],
    ["prostheses", "prosthesis"],
    ["diseases", "disease"],
    ["headaches", "headache"],
    ["toes", "toe"],
    ["varices", "varix"],
    ["vertebrae", "vertebra"],
    ["emboli", "embolus"],
    ["carcinomata", "carcinoma"],
    ["C.O.P.D.", "copd"],
    ["non-displaced", "nondisplaced"],
    ["non ST", "nonst"],
    ["1,200", "1200"],
    ["31.4", "31.4"],
    ["E11.9", "e11.9"],
    ["s/p", "s/p"]
  ])("%s -> %s", (word, folded) => {
    expect(foldWord(word)).toBe(folded)
  })

  it.each(
    (
      "diabetes pancreatitis thrombosis pelvis lens pancreas biceps ascites herpes rabies caries series pus " +
      "uterus status mellitus virus abscess process axis iris testis penis ii iii iv vii viii xii bruise exercise " +
      "otherwise precise concise disease aerobic pneumoniae influenzae bacteria four toe shoe noise malaise " +
      "circumcise supervise advise hives mumps measles aids"
    ).split(" ")
  )("leaves %s alone", (word) => {
    expect(foldWord(word)).toBe(word)
  })

  it("is idempotent and safe on any string, with or without its memo", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
        for (const t of tokenize(text)) {
          const folded = foldWord(t.text)
          forgetWords()
          expect(foldWord(t.text)).toBe(folded)
        }
      })
    )
    for (const word of ["fibres", "haematomata", "sulphates", "leucocytes", "classes", "glasses", "buses"]) {
      expect(foldWord(foldWord(word))).toBe(foldWord(word))
    }
  })
})

describe("function words", () => {
  it("drops articles and prepositions, never negation", () => {
    for (const w of ["the", "of", "with", "due"]) expect(isFunctionWord(w)).toBe(true)
    for (const w of ["without", "no", "not", "other", "left", "never"]) expect(isFunctionWord(w)).toBe(false)
    for (const w of ["nos", "nec", "unspecified"]) expect(UNSPECIFIC_WORDS.has(w)).toBe(true)
  })

  it("tells the letter from the article and the numeral from the pronoun", () => {
    expect(contentWords("Acute hepatitis A without hepatic coma")).toEqual([
      "acute",
      "hepatitis",
      "A",
      "without",
      "hepatic",
      "coma"
    ])
    expect(contentWords("a fracture of a rib, I believe")).toEqual(["fracture", "rib", "believe"])
    expect(contentWords("Bipolar I disorder, unspecified")).toEqual(["bipolar", "I", "disorder"])
    expect(contentWords("Deficiency, vitamin, A")).toEqual(["deficiency", "vitamin", "A"])
  })
})
