/** Notes of every shape, written for this test, read with the lexicon that is shipped. */
import { describe, expect, it } from "vitest"
import { compileHeadings } from "@/engine/lexicon/headings"
import { readDocument, type Sentence } from "@/engine/text/document"
import { repositoryLexicon } from "../lexicon/read-files"

const headings = compileHeadings(repositoryLexicon())

function read(text: string): { text: string; section: string; part: string; sentence: Sentence }[] {
  const document = readDocument(text, headings)
  return document.sentences.map((sentence) => ({
    text: text.slice(document.atoms.start[sentence.first], document.atoms.end[sentence.last - 1]),
    section: sentence.section,
    part: sentence.part,
    sentence
  }))
}

const sections = (text: string) => read(text).map((each) => each.section)
const texts = (text: string) => read(text).map((each) => each.text)

describe("headings", () => {
  it("reads single letters as SOAP, and leaves a pulse alone", () => {
    expect(
      sections("S: Sore throat for 2 d\nO: T 101, tonsils red\nA: Strep pharyngitis\nP: amoxicillin")
    ).toEqual(["subjective", "objective", "assessment", "plan"])
    expect(sections("O: T 98.6\nP: 72")).toEqual(["objective", "objective"])
  })

  it("reads single letters alone on their lines", () => {
    expect(sections("S\nItchy rash for a week\n\nO\nRed plaques\n\nA\nEczema\n\nP\nCream")).toEqual([
      "subjective",
      "objective",
      "assessment",
      "plan"
    ])
  })

  it("finds inline headings of a shorthand note", () => {
    expect(
      sections(
        "CC: cough HPI: 45 yo with cough. PMH: asthma. FH: mother with DM. SH: smoker. A: asthma flare."
      )
    ).toEqual(["chief-complaint", "hpi", "pmh", "family-history", "social-history", "assessment"])
  })

  it("finds headings of dictated capitals without a colon", () => {
    expect(
      sections(
        "PAST MEDICAL HISTORY SIGNIFICANT FOR ASTHMA.\nFAMILY HISTORY NONCONTRIBUTORY.\nPHYSICAL EXAMINATION LUNGS CLEAR.\nIMPRESSION\nACUTE BRONCHITIS."
      )
    ).toEqual(["pmh", "family-history", "exam", "impression"])
    expect(sections("The lungs are clear. IMPRESSION Acute bronchitis. PLAN Rest.")).toEqual([
      "",
      "impression",
      "plan"
    ])
    expect(sections("The PLAN was made with her. MRI of the brain was normal.")).toEqual(["", ""])
  })

  it("reads a title by its head, and an entry of a list as an entry", () => {
    expect(sections("Current Outpatient Medications on File Prior to Visit\nmetformin 500 mg")).toEqual([
      "medications"
    ])
    expect(sections("CHIEF COMPLAINT\n• Follow-up\n• Diabetes")).toEqual([
      "chief-complaint",
      "chief-complaint"
    ])
    expect(sections("PLAN\n1. Physical therapy\n2. Echocardiogram\n3. Follow-up")).toEqual([
      "plan",
      "plan",
      "plan"
    ])
  })

  it("takes body systems as labels under an assessment, a history, an examination", () => {
    expect(sections("A/P:\nNeuro: stroke\nCV: hypertension\nGI: reflux")).toEqual(
      Array(3).fill("assessment-plan")
    )
    expect(sections("PMH:\nCardiac: CAD\nGI: reflux")).toEqual(["pmh", "pmh"])
    expect(sections("Physical Exam\nConstitutional: No distress.\nPsych: calm")).toEqual(
      Array(2).fill("exam")
    )
    expect(sections("Review of Systems\nConstitutional: Negative for fever.\nGI: no pain")).toEqual(
      Array(2).fill("ros")
    )
  })

  it("reads operations as procedures once the report has stated its diagnoses", () => {
    expect(sections("PREOPERATIVE DIAGNOSIS: Phimosis.\nOPERATIONS: Circumcision.")).toEqual([
      "preop-diagnosis",
      "procedure"
    ])
    expect(sections("OPERATIONS: Circumcision.")).toEqual(["psh"])
  })

  it("forgets one note before the next", () => {
    const note = "Lungs clear, no cough"
    const before = read(note)
    read("a: ".repeat(50))
    expect(read(note)).toEqual(before)
  })
})

describe("lists", () => {
  it("keeps amounts at the start of a wrapped line in their sentence", () => {
    expect(texts("He was started on oxygen in the emergency room and received\n2 L of fluid.")).toHaveLength(
      1
    )
    expect(texts("A/P\n1 Hypertension\n2 Gout")).toEqual(["Hypertension", "Gout"])
    expect(texts("A1c was 6.5. Increase the dose. BMI 30-39.9) noted.")[0]).toBe("A1c was 6.5.")
  })

  it("counts on inside a line", () => {
    expect(texts("A: 1) HTN 2) DM2 3) gout")).toEqual(["HTN", "DM2", "gout"])
  })

  it("tells the name of a problem from what is said of it", () => {
    const parts = (text: string) => read(text).map((each) => `${each.part} ${each.text}`)
    expect(parts("A/P\n1. Hypertension\n   At goal.\n   - continue lisinopril\n2. Gout")).toEqual([
      "problem Hypertension",
      "body At goal.",
      "body continue lisinopril",
      "problem Gout"
    ])
    expect(parts("A:\n1) COPD\na. inhaler\n2) Gout")).toEqual([
      "problem COPD",
      "body inhaler",
      "problem Gout"
    ])
    expect(parts("Assessment and Plan\nProblem #1: Gout\nFlare.\nProblem #2: Neck pain")).toEqual([
      "problem Gout",
      "body Flare.",
      "problem Neck pain"
    ])
    expect(parts("Assessment and Plan\nObesity\nAssessment & Plan: Discussed diet.")).toEqual([
      "problem Obesity",
      "body Discussed diet."
    ])
  })

  it("joins lines wrapped in mid-sentence and leaves entries apart", () => {
    expect(texts("She has no\ndiabetes and no\nstroke.")).toHaveLength(1)
    expect(texts("Hypertension\nGout")).toHaveLength(2)
    expect(texts("Denies   any headaches.")).toHaveLength(1)
  })
})

describe("tables and boxes", () => {
  it("reads cells each for itself, with the answers of their row", () => {
    const [name, , , gout] = read("PROBLEM LIST\nHypertension\t2010\tActive\nGout\t2015\tResolved")
    expect(name?.text).toBe("Hypertension")
    expect(gout?.text).toBe("Gout")
    expect(gout?.sentence.answers).toHaveLength(2)
    expect(texts("Hypertension      2010     Active")).toEqual(["Hypertension", "2010", "Active"])
  })

  it("tells ticked boxes from open ones, in front and behind", () => {
    const boxes = (text: string) => read(text).map((each) => `${each.text} ${each.sentence.box ?? ""}`)
    expect(boxes("[ ] chest pain [x] palpitations")).toEqual(["chest pain open", "palpitations ticked"])
    expect(boxes("☐ nausea ☒ vomiting")).toEqual(["nausea open", "vomiting ticked"])
    expect(boxes("fever [ ] cough [X]")).toEqual(["fever open", "cough ticked"])
  })
})
