/** A small code set and lexicon for the engine's tests: a few codes typed by hand, wordings of our own. */
import type { CodeSetModel, ModelCode, ModelIndexEntry } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import type { AxisEntry } from "@/engine/axes"
import { createEngine, type Engine } from "@/engine/index"
import type { AssertionCategory, Heading, Lexicon, Section, Trigger } from "@/engine/lexicon-types"
import { repositoryLexicon } from "../lexicon/read-files"

const LINES = `
E11|-|Type 2 diabetes mellitus
E114|-|Type 2 diabetes mellitus with neurological complications
E1140|+|Type 2 diabetes mellitus with diabetic neuropathy, unspecified
E118|+|Type 2 diabetes mellitus with unspecified complications
E119|+|Type 2 diabetes mellitus without complications
F32|-|Depressive episode
F32A|+|Depression, unspecified
I10|+|Essential (primary) hypertension
I11|-|Hypertensive heart disease
I110|+|Hypertensive heart disease with heart failure
I119|+|Hypertensive heart disease without heart failure
I50|-|Heart failure
I502|-|Systolic (congestive) heart failure
I5021|+|Acute systolic (congestive) heart failure
I509|+|Heart failure, unspecified
J06|-|Acute upper respiratory infections of multiple and unspecified sites
J069|+|Acute upper respiratory infection, unspecified
J18|-|Pneumonia, unspecified organism
J189|+|Pneumonia, unspecified organism
M25|-|Other joint disorder, not elsewhere classified
M255|-|Pain in joint
M2556|-|Pain in knee
M25561|+|Pain in right knee
M25562|+|Pain in left knee
M25569|+|Pain in unspecified knee
N18|-|Chronic kidney disease (CKD)
N183|-|Chronic kidney disease, stage 3 (moderate)
N1830|+|Chronic kidney disease, stage 3 unspecified
N1832|+|Chronic kidney disease, stage 3b
N189|+|Chronic kidney disease, unspecified
R05|-|Cough
R059|+|Cough, unspecified
R52|+|Pain, unspecified
I26|-|Pulmonary embolism
I269|-|Pulmonary embolism without acute cor pulmonale
I2692|+|Saddle embolus of pulmonary artery without acute cor pulmonale
I2699|+|Other pulmonary embolism without acute cor pulmonale
J44|-|Other chronic obstructive pulmonary disease
J449|+|Chronic obstructive pulmonary disease, unspecified
J69|-|Pneumonitis due to solids and liquids
J690|+|Aspiration pneumonia
J81|-|Pulmonary edema
J810|+|Acute pulmonary edema
K21|-|Gastro-esophageal reflux disease
K219|+|Gastro-esophageal reflux disease without esophagitis
K22|-|Other diseases of esophagus
K222|+|Esophageal obstruction
K229|+|Disease of esophagus, unspecified
K42|-|Umbilical hernia
K420|+|Umbilical hernia with obstruction, without gangrene
K421|+|Umbilical hernia with gangrene
K429|+|Umbilical hernia without obstruction or gangrene
K80|-|Cholelithiasis
K801|-|Calculus of gallbladder with other cholecystitis
K8010|+|Calculus of gallbladder with chronic cholecystitis
K802|-|Calculus of gallbladder without cholecystitis
K8020|+|Calculus of gallbladder without cholecystitis without obstruction
G47|-|Sleep disorders
G4733|+|Obstructive sleep apnea
I47|-|Paroxysmal tachycardia
I4719|+|Other supraventricular tachycardia
L97|-|Non-pressure chronic ulcer of lower limb
L975|+|Ulcer of foot
L98|-|Other disorders of skin
L984|+|Chronic ulcer of skin
R053|+|Chronic cough
S52|-|Fracture of forearm
S525|-|Fracture of lower end of radius
S5250|-|Unspecified fracture of the lower end of radius
S52502|-|Unspecified fracture of the lower end of left radius
S52502A|+|Unspecified fracture of the lower end of left radius, initial encounter for closed fracture
S52502D|+|Unspecified fracture of the lower end of left radius, subsequent encounter for closed fracture with routine healing
S52509|-|Unspecified fracture of the lower end of unspecified radius
S52509A|+|Unspecified fracture of the lower end of unspecified radius, initial encounter for closed fracture
Z94|-|Transplanted organ and tissue status
Z940|+|Kidney transplant status
`

const NOTES: Record<string, ModelCode["notes"]> = {
  J81: [{ kind: "excludes1", text: "pulmonary edema with heart failure (I50.1)" }]
}

const INDEX: [title: string, code: string | undefined, parent?: string][] = [
  ["Diabetes, diabetic", "E119"],
  ["type 2", "E119", "Diabetes, diabetic"],
  ["with", undefined, "type 2"],
  ["neuropathy", "E1140", "with"],
  ["Depression", "F32A"],
  ["Hypertension, hypertensive", "I10"],
  ["Failure, failed", undefined],
  ["heart", "I509", "Failure, failed"],
  ["Pneumonia", "J189"],
  ["Pain", "R52"],
  ["joint", "M255", "Pain"],
  ["knee", "M2556", "joint"],
  ["Fracture, traumatic", undefined],
  ["radius", undefined, "Fracture, traumatic"],
  ["lower end", "S5250", "radius"],
  ["Transplant", undefined],
  ["kidney", "Z940", "Transplant"],
  ["Embolism", undefined],
  ["pulmonary", "I2699", "Embolism"],
  ["Hernia", undefined],
  ["umbilical", "K429", "Hernia"],
  ["with obstruction", "K420", "umbilical"],
  ["Cholelithiasis", "K8020"],
  ["Obstruction", undefined],
  ["esophagus", "K222", "Obstruction"],
  ["PAT", "I4719"],
  ["Ulcer", "L984"],
  ["Edema, pulmonary", "J810"],
  ["Cough", "R059"]
]

function smallModel(release: string, from: string, to?: string): CodeSetModel {
  const codes: ModelCode[] = LINES.trim()
    .split("\n")
    .map((line) => {
      const [code = "", billable, title = ""] = line.split("|")
      return { code, title, billable: billable === "+", notes: NOTES[code] ?? [] }
    })
  const index: ModelIndexEntry[] = []
  for (const [title, code, parent] of INDEX) {
    const above = parent === undefined ? -1 : index.map((each) => each.title).lastIndexOf(parent)
    index.push({ source: "disease", parent: above, title, nonessential: [], ...(code ? { code } : {}) })
  }
  return {
    system: "ICD-10-CM",
    release,
    effective: { from, ...(to ? { to } : {}) },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes,
    sections: [],
    index
  }
}

export function smallPack(release = "FY2026", from = "2025-10-01", to?: string): CodePack {
  return openPack(compilePack(smallModel(release, from, to)))
}

const section = (id: string, role: Section["role"]): Section => ({ id, title: id, role, supports: "test" })
const heading = (text: string, to: string, needs?: Heading["needs"]): Heading => ({
  id: `head.${text.replaceAll(/[ /]/g, "-")}`,
  text,
  section: to,
  ...(needs ? { needs } : {})
})
const trigger = (
  text: string,
  category: Trigger["category"],
  direction: Trigger["direction"],
  more: Partial<Trigger> = {}
): Trigger => ({
  id: `trig.${text.replaceAll(/[^a-z]+/g, "-")}`,
  text,
  category,
  direction,
  examples: { fires: [], quiet: [] },
  ...more
})
const axis = (name: string, values: Record<string, string[]>): AxisEntry => ({
  id: `axis.${name.replace(" ", "-")}`,
  axis: name,
  name,
  values,
  nouns: [],
  ...(name === "type" ? {} : { severity: "medium" }),
  examples: { fires: [], quiet: [] }
})
const everything: AssertionCategory[] = ["negated", "possible", "historical", "hypothetical", "family"]

export const smallLexicon: Lexicon = {
  abbreviations: [
    {
      id: "abbr.htn",
      abbr: "htn",
      expansions: [{ words: "hypertension" }],
      examples: { fires: [], quiet: [] }
    },
    {
      id: "abbr.ckd",
      abbr: "ckd",
      expansions: [{ words: "chronic kidney disease" }],
      examples: { fires: [], quiet: [] }
    },
    {
      id: "abbr.pna",
      abbr: "pna",
      ambiguous: true,
      expansions: [{ words: "pneumonia", when: { near: ["lung", "lobar"] } }],
      examples: { fires: [], quiet: [] }
    }
  ],
  synonyms: [
    { id: "syn.distal", term: "distal", words: "lower end", examples: { fires: [], quiet: [] } },
    { id: "syn.renal", term: "renal", words: "kidney", examples: { fires: [], quiet: [] } }
  ],
  sections: [
    section("chief-complaint", "symptom"),
    section("hpi", "narrative"),
    section("pmh", "history"),
    section("family-history", "family"),
    section("ros", "ros"),
    section("exam", "findings"),
    section("assessment", "assessed"),
    section("assessment-plan", "assessed"),
    section("plan", "plan"),
    section("discharge-diagnosis", "assessed"),
    section("hospital-course", "narrative"),
    section("preop-diagnosis", "assessed"),
    section("postop-diagnosis", "assessed"),
    section("discharge-instructions", "instructions")
  ],
  headings: [
    heading("chief complaint", "chief-complaint"),
    heading("history of present illness", "hpi"),
    heading("hpi", "hpi"),
    heading("past medical history", "pmh"),
    heading("family history", "family-history"),
    heading("review of systems", "ros"),
    heading("physical examination", "exam"),
    heading("exam", "exam", "line"),
    heading("assessment", "assessment"),
    heading("assessment and plan", "assessment-plan"),
    heading("a/p", "assessment-plan"),
    heading("plan", "plan"),
    heading("discharge diagnosis", "discharge-diagnosis"),
    heading("hospital course", "hospital-course"),
    heading("preoperative diagnosis", "preop-diagnosis"),
    heading("postoperative diagnosis", "postop-diagnosis"),
    heading("instructions", "discharge-instructions")
  ],
  triggers: [
    trigger("no", "negated", "forward"),
    trigger("denies", "negated", "forward"),
    trigger("negative for", "negated", "forward"),
    trigger("was ruled out", "ruled-out", "backward"),
    trigger("likely", "possible", "forward"),
    trigger("without", "negated", "forward"),
    trigger("probable", "possible", "forward"),
    trigger("rule out", "possible", "forward"),
    trigger("?", "possible", "forward", { glued: true }),
    trigger("history of", "historical", "forward"),
    trigger("<number> <unit> ago", "historical", "backward", { maxScope: 6 }),
    trigger("mother", "family", "forward"),
    trigger("if", "hypothetical", "forward"),
    trigger("no increase in", "pseudo", "forward", { shields: ["negated"] }),
    trigger("but", "terminate", "forward", { ends: everything }),
    trigger("presents with", "terminate", "forward", { ends: everything })
  ],
  genericTerms: [{ id: "gen.pain", term: "pain", reason: "says little", condition: true }],
  integralSymptoms: [{ id: "int.cough", diagnosis: ["J00-J99"], symptoms: ["R05"], why: "part of it" }],
  combinations: [
    {
      id: "comb.hypertension-heart-failure",
      all: [["I10"], ["I50"]],
      gives: "I11.0",
      drops: ["I10"],
      keeps: ["I50"],
      link: "presumed",
      unless: ["not due to hypertension"],
      guideline: "I.C.9.a.1"
    },
    {
      id: "comb.pneumonia-cough",
      all: [["J18"], ["R05"]],
      gives: "J06.9",
      drops: ["J18", "R05"],
      keeps: [],
      link: "documented",
      guideline: "made up for the test"
    }
  ],
  modifiers: [
    { id: "mod.left", axis: "laterality", value: "left", words: ["lt"] },
    { id: "mod.left-l", axis: "laterality", value: "left", words: ["L"], caseSensitive: true },
    { id: "mod.right", axis: "laterality", value: "right", words: ["rt"] },
    { id: "mod.initial", axis: "encounter", value: "initial encounter", words: ["new injury"] },
    { id: "mod.recent", axis: "onset", value: "recent", words: ["yesterday", "splint applied"] },
    { id: "mod.subsequent", axis: "encounter", value: "subsequent", words: ["healing", "cast removal"] }
  ],
  optionalWords: [
    { id: "opt.stage", term: "stage", reason: "left out" },
    { id: "opt.mellitus", term: "mellitus", reason: "left out" }
  ],
  searchWords: [],
  defaultWords: ["closed", "displaced", "initial", "encounter", "fracture", "uncomplicated"].map((term) => ({
    id: `def.${term}`,
    term,
    reason: "silence means it"
  })),
  axes: [
    axis("laterality", { right: ["right"], left: ["left"] }),
    axis("7th character", {
      "initial encounter": ["initial encounter"],
      "subsequent encounter": ["subsequent encounter"]
    }),
    axis("type", {})
  ],
  supportPhrases: [{ id: "sup.treated", text: "treated for", shows: "treated" }],
  codeGroups: repositoryLexicon().codeGroups,
  bodySites: repositoryLexicon().bodySites
}

export function smallEngine(): Engine {
  return createEngine({ packs: [smallPack()], lexicon: smallLexicon })
}
