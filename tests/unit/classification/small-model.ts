/** A small code set typed by hand for tests: real codes, few of them, every kind of note and index line. */
import type { CodeSetModel, ModelCode, ModelIndexEntry, ModelNote, NoteKind } from "@/classification/model"

type Line = [code: string, title: string, billable?: boolean, notes?: [NoteKind, string][]]

const INITIAL = [
  {
    character: "A",
    text: "initial encounter for closed fracture",
    includes: ["initial encounter for fracture NOS"]
  },
  { character: "B", text: "initial encounter for open fracture type I or II" },
  { character: "D", text: "subsequent encounter for fracture with routine healing" },
  { character: "S", text: "sequela" }
]

const LINES: Line[] = [
  [
    "E11",
    "Type 2 diabetes mellitus",
    false,
    [
      ["includes", "diabetes NOS"],
      ["useAdditional", "insulin (Z79.4)"]
    ]
  ],
  ["E112", "Type 2 diabetes mellitus with kidney complications", false],
  ["E1121", "Type 2 diabetes mellitus with diabetic nephropathy"],
  [
    "E1122",
    "Type 2 diabetes mellitus with diabetic chronic kidney disease",
    true,
    [["useAdditional", "Use code for stage of chronic kidney disease (N18.1-N18.6)"]]
  ],
  ["E116", "Type 2 diabetes mellitus with other specified complications", false],
  ["E1165", "Type 2 diabetes mellitus with hyperglycemia"],
  ["E119", "Type 2 diabetes mellitus without complications"],
  [
    "H66",
    "Suppurative and unspecified otitis media",
    false,
    [["excludes1", "otitis media in influenza (J11.83)"]]
  ],
  [
    "H669",
    "Otitis media, unspecified",
    false,
    [
      ["inclusion", "Otitis media NOS"],
      ["inclusion", "Acute otitis media NOS"]
    ]
  ],
  ["H6690", "Otitis media, unspecified, unspecified ear"],
  ["H6691", "Otitis media, unspecified, right ear"],
  ["H6692", "Otitis media, unspecified, left ear"],
  ["H6693", "Otitis media, unspecified, bilateral"],
  ["I10", "Essential (primary) hypertension", true, [["includes", "high blood pressure"]]],
  ["J18", "Pneumonia, unspecified organism", false],
  ["J189", "Pneumonia, unspecified organism"],
  ["J44", "Other chronic obstructive pulmonary disease", false],
  ["J441", "Chronic obstructive pulmonary disease with (acute) exacerbation"],
  ["J449", "Chronic obstructive pulmonary disease, unspecified"],
  [
    "N18",
    "Chronic kidney disease (CKD)",
    false,
    [["codeFirst", "diabetic chronic kidney disease (E08.22, E11.22)"]]
  ],
  ["N183", "Chronic kidney disease, stage 3 (moderate)", false],
  ["N1830", "Chronic kidney disease, stage 3 unspecified"],
  ["N1832", "Chronic kidney disease, stage 3b"],
  [
    "S52",
    "Fracture of forearm",
    false,
    [["note", "A fracture not indicated as displaced or nondisplaced is coded to displaced"]]
  ],
  ["S525", "Fracture of lower end of radius", false],
  ["S5250", "Unspecified fracture of the lower end of radius", false],
  ["S52501", "Unspecified fracture of the lower end of right radius", false],
  ["S52501A", "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"],
  [
    "S52501D",
    "Unspecified fracture of the lower end of right radius, subsequent encounter for closed fracture with routine healing"
  ],
  ["S52502", "Unspecified fracture of the lower end of left radius", false],
  ["S52502A", "Unspecified fracture of the lower end of left radius, initial encounter for closed fracture"],
  [
    "S52502D",
    "Unspecified fracture of the lower end of left radius, subsequent encounter for closed fracture with routine healing"
  ],
  ["S52502S", "Unspecified fracture of the lower end of left radius, sequela"]
]

export const HAND_INDEX: ModelIndexEntry[] = [
  { source: "disease", parent: -1, title: "Abdominalgia", nonessential: [], see: "Pain, abdominal" },
  { source: "disease", parent: -1, title: "COPD", nonessential: [], see: "Disease, lung, obstructive" },
  {
    source: "disease",
    parent: -1,
    title: "Diabetes, diabetic",
    nonessential: ["mellitus", "sugar"],
    code: "E119"
  },
  { source: "disease", parent: 2, title: "with", nonessential: [] },
  { source: "disease", parent: 3, title: "hyperglycemia", nonessential: [], code: "E1165" },
  {
    source: "disease",
    parent: 3,
    title: "chronic kidney disease",
    nonessential: [],
    code: "E1122",
    manifestation: "N18"
  },
  { source: "disease", parent: -1, title: "Disease, diseased", nonessential: [] },
  { source: "disease", parent: 6, title: "lung", nonessential: [] },
  { source: "disease", parent: 7, title: "obstructive", nonessential: ["chronic"], code: "J449" },
  { source: "disease", parent: 8, title: "with acute exacerbation NEC", nonessential: [], code: "J441" },
  {
    source: "disease",
    parent: -1,
    title: "Fracture, burst",
    nonessential: [],
    see: "Fracture, traumatic, by site"
  },
  {
    source: "disease",
    parent: -1,
    title: "Fracture, traumatic",
    nonessential: ["abduction", "separation"],
    code: "T148"
  },
  { source: "disease", parent: 11, title: "radius", nonessential: [], code: "S52", incomplete: true },
  { source: "disease", parent: 12, title: "lower end", nonessential: [], code: "S5250", incomplete: true },
  { source: "disease", parent: -1, title: "Otitis", nonessential: ["acute"], code: "H6690" },
  {
    source: "disease",
    parent: 14,
    title: "media",
    nonessential: ["hemorrhagic"],
    code: "H669",
    incomplete: true
  },
  {
    source: "disease",
    parent: 15,
    title: "acute or subacute",
    nonessential: [],
    code: "H669",
    incomplete: true
  },
  { source: "disease", parent: -1, title: "Pain", nonessential: ["see also Painful"], code: "R52" },
  { source: "disease", parent: 17, title: "abdominal", nonessential: [], code: "R109" },
  {
    source: "disease",
    parent: -1,
    title: "Adenocarcinoma",
    nonessential: [],
    seeAlso: "Neoplasm, malignant, by site"
  },
  {
    source: "disease",
    parent: -1,
    title: "Chondrosarcoma",
    nonessential: [],
    see: "Neoplasm, lung, malignant"
  },
  { source: "neoplasm", parent: -1, title: "Neoplasm, neoplastic", nonessential: [] },
  { source: "neoplasm", parent: 21, title: "", nonessential: [], code: "C801", column: "Malignant Primary" },
  { source: "neoplasm", parent: 21, title: "lung", nonessential: [] },
  { source: "neoplasm", parent: 23, title: "", nonessential: [], code: "C3490", column: "Malignant Primary" },
  { source: "neoplasm", parent: 23, title: "", nonessential: [], code: "D1430", column: "Benign" },
  { source: "drug", parent: -1, title: "Aspirin", nonessential: ["aluminum", "soluble"] },
  {
    source: "drug",
    parent: 26,
    title: "",
    nonessential: [],
    code: "T39011A",
    column: "Poisoning Accidental (unintentional)"
  },
  { source: "drug", parent: 26, title: "", nonessential: [], code: "T39015A", column: "Adverse effect" },
  { source: "external", parent: -1, title: "Bite, bitten by", nonessential: [] },
  { source: "external", parent: 29, title: "dog", nonessential: [], code: "W540XXA" },
  { source: "disease", parent: -1, title: "Fasciitis", nonessential: [], outdated: "M722" }
]

const MORE: Line[] = [
  ["C34", "Malignant neoplasm of bronchus and lung", false],
  ["C349", "Malignant neoplasm of unspecified part of bronchus or lung", false],
  ["C3490", "Malignant neoplasm of unspecified part of unspecified bronchus or lung"],
  ["D143", "Benign neoplasm of bronchus and lung", false],
  ["D1430", "Benign neoplasm of unspecified bronchus and lung"],
  ["R109", "Unspecified abdominal pain"],
  ["R52", "Pain, unspecified"],
  ["T39011A", "Poisoning by aspirin, accidental (unintentional), initial encounter"],
  ["T39015A", "Adverse effect of aspirin, initial encounter"],
  ["W540XXA", "Bitten by dog, initial encounter"]
]

function asCode([code, title, billable = true, notes = []]: Line): ModelCode {
  const made: ModelCode = {
    code,
    title,
    billable,
    notes: notes.map(([kind, text]): ModelNote => ({ kind, text }))
  }
  if (code === "S52") made.seventh = INITIAL
  return made
}

export function smallModel(): CodeSetModel {
  return {
    system: "ICD-10-CM",
    release: "FY2026",
    effective: { from: "2025-10-01", to: "2026-09-30" },
    complete: true,
    remarks: ["For tests."],
    provenance: { source: "test", files: [] },
    codes: [...MORE.slice(0, 5), ...LINES, ...MORE.slice(5)].map(asCode),
    sections: [
      {
        kind: "chapter",
        id: "4",
        title: "Endocrine, nutritional and metabolic diseases",
        first: "E00",
        last: "E89",
        notes: [{ kind: "excludes1", text: "transitory endocrine disorders of newborn (P70-P74)" }]
      },
      { kind: "block", id: "E08-E13", title: "Diabetes mellitus", first: "E08", last: "E13", notes: [] },
      {
        kind: "block",
        id: "E15-E16",
        title: "Other disorders of glucose regulation",
        first: "E15",
        last: "E16",
        notes: []
      },
      { kind: "chapter", id: "19", title: "Injury, poisoning", first: "S00", last: "T88", notes: [] },
      {
        kind: "block",
        id: "S50-S59",
        title: "Injuries to the elbow and forearm",
        first: "S50",
        last: "S59",
        notes: [{ kind: "excludes2", text: "burns and corrosions (T20-T32)" }]
      }
    ],
    index: HAND_INDEX
  }
}

/** HCPCS in small: no levels, dates, modifiers. */
export function smallHcpcs(): CodeSetModel {
  return {
    system: "HCPCS",
    release: "2025-10",
    effective: { from: "2025-10-01" },
    complete: true,
    remarks: [],
    provenance: { source: "test", files: [] },
    codes: [
      {
        code: "A4253",
        title: "Blood glucose test or reagent strips, per 50 strips",
        billable: true,
        notes: [],
        added: "1990-01-01"
      },
      {
        code: "E0110",
        title: "Crutches, forearm, adjustable or fixed, pair",
        billable: true,
        notes: [],
        added: "1986-01-01"
      },
      {
        code: "J0120",
        title: "Injection, tetracycline, up to 250 mg",
        billable: true,
        notes: [],
        added: "1982-01-01",
        ended: "2019-12-31"
      },
      {
        code: "J1885",
        title: "Injection, ketorolac tromethamine, per 15 mg",
        billable: true,
        notes: [],
        added: "1995-01-01"
      }
    ],
    sections: [],
    index: [],
    modifiers: [{ code: "LT", title: "Left side", billable: false, notes: [], added: "1984-01-01" }]
  }
}
