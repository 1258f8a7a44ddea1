/** Notes a coder meets every day, over the whole classification: texts written for the test, codes as the Index leads. */
import { describe, expect, it } from "vitest"
import { whole, wholeEngine } from "./whole-set"

function codesOf(text: string): string[] {
  return wholeEngine()
    .suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
    .suggestions.filter((each) => each.tier === "code")
    .map((each) => each.code)
    .sort()
}

const assessed = (problems: string) =>
  `ASSESSMENT\n${problems
    .split("; ")
    .map((each, i) => `${i + 1}. ${each}.`)
    .join("\n")}`

const says = (rows: readonly [string, string][]) => {
  it.each(rows)("%s: %s", (problems, codes) => {
    expect(codesOf(assessed(problems))).toEqual(codes.split(" ").filter(Boolean).sort())
  })
}

describe.skipIf(!whole)("cancer and its spread (I.C.2)", () => {
  says([
    ["Breast cancer with bone mets", "C50.919 C79.51"],
    ["Prostate cancer metastatic to bone", "C61 C79.51"],
    ["Colon cancer with mets to liver and lung", "C18.9 C78.7 C78.00"],
    ["Colon cancer with liver and lung metastases", "C18.9 C78.7 C78.00"],
    ["Metastatic breast cancer", "C50.919 C79.9"],
    ["Metastatic lung cancer to the brain", "C34.90 C79.31"],
    ["Liver metastases from colon cancer", "C18.9 C78.7"],
    ["Metastatic disease to the spine", "C79.51"],
    ["Breast cancer with axillary lymph node metastasis", "C50.919 C77.3"],
    ["Ovarian cancer with peritoneal carcinomatosis", "C56.9 C78.6"],
    ["Metastatic calcification", "E83.59"],
    ["DCIS of the right breast", "D05.11"],
    ["Neoplasm of uncertain behavior of skin", "D48.5"],
    ["Left breast cancer, upper outer quadrant", "C50.412"]
  ])
})

describe.skipIf(!whole)("specificity", () => {
  says([
    ["Right and left knee OA", "M17.0"],
    ["OA of the right knee", "M17.11"],
    ["Acute otitis media, right", "H66.91"],
    ["Undescended left testicle", "Q53.10"],
    ["Cellulitis of the left leg", "L03.116"],
    ["Chronic kidney disease, stage IV", "N18.4"],
    ["Lumbar radiculopathy", "M54.16"],
    ["L4-L5 disc herniation", "M51.26"],
    ["Oropharyngeal dysphagia", "R13.12"],
    ["Pressure ulcer of sacrum, stage 3", "L89.153"],
    ["Epidermoid cyst of the back", "L72.0"],
    ["Screening mammogram", "Z12.31"],
    ["Uterine fibroid", "D25.9"],
    ["Rheumatoid arthritis", "M06.9"],
    ["Postmenopausal bleeding", "N95.0"]
  ])
})

describe.skipIf(!whole)("one condition told twice", () => {
  says([
    ["Aspiration pneumonia; Pneumonia", "J69.0"],
    ["Carcinoid tumor of the small bowel", "D3A.019"],
    ["Chronic systolic heart failure; Acute on chronic systolic heart failure", "I50.23"],
    ["Alcohol abuse; Alcohol dependence", "F10.20"],
    ["Type 2 diabetes with neuropathy and retinopathy", "E11.319 E11.40"]
  ])
})

describe.skipIf(!whole)("words of one concept", () => {
  says([
    ["Seizure disorder", "G40.909"],
    ["Afib with RVR", "I48.91"],
    ["ESRD on HD", "N18.6 Z99.2"],
    ["CKD stage 3a and hypertension", "I12.9 N18.31"]
  ])
})

describe.skipIf(!whole)("lists share their head (I.B.13)", () => {
  says([
    ["Type 2 diabetes with neuropathy, retinopathy and nephropathy", "E11.21 E11.319 E11.40"],
    ["DMII w/ neuropathy", "E11.40"],
    ["Right shoulder and left hip pain", "M25.511 M25.552"],
    ["Left shoulder and right hip pain", "M25.512 M25.551"],
    ["Right and left shoulder pain", "M25.511 M25.512"],
    ["Acute maxillary and frontal sinusitis", "J01.00 J01.10"],
    ["Right hip and knee osteoarthritis", "M16.11 M17.11"],
    ["Cellulitis, right lower leg", "L03.115"],
    ["Hypertension and ischemic heart disease", "I10 I25.9"]
  ])
})

describe.skipIf(!whole)("one type of diabetes a chart (I.C.4.a), etiology and manifestation (I.A.13)", () => {
  says([
    ["Type 1 diabetes; Diabetic neuropathy; Diabetic foot ulcer", "E10.40 E10.621"],
    ["Type 1 diabetes; Type 2 diabetes with neuropathy", "E11.40"],
    ["COVID-19 pneumonia", "J12.82 U07.1"],
    ["Opioid use disorder on Suboxone", ""],
    ["Alcohol use disorder", ""],
    ["Alcohol use disorder, severe, in early remission", "F10.21"],
    ["Old stroke with residual deficits", ""],
    ["Failed right total knee arthroplasty", ""],
    ["Status asthmaticus", "J45.902"],
    ["Traumatic cerebral edema", "S06.1XA"],
    ["Open fracture of left tibial shaft, initial encounter", "S82.202B"],
    ["Malunion of left tibial shaft fracture, subsequent encounter", "S82.202P"],
    ["Pes anserinus bursitis, right", "M70.51"]
  ])
  it("is read in dictated capitals without colons", () => {
    expect(
      codesOf(
        "FOLLOW UP. HE DENIES CHEST PAIN. ASSESSMENT DIABETES MELLITUS TYPE 2 WITH HYPERGLYCEMIA. PLAN INCREASE METFORMIN."
      )
    ).toEqual(["E11.65"])
  })
  it("counts what a stay treated though it is resolved (Section III), not what is over at a visit", () => {
    const of = (setting: "inpatient" | "outpatient") =>
      wholeEngine()
        .suggest({
          documents: [{ doc: "", text: "DISCHARGE DIAGNOSES:\n1. AKI, resolved.\n2. Hypertension." }],
          date: "2026-01-15",
          setting
        })
        .suggestions.filter(({ tier }) => tier === "code")
        .map(({ code }) => code)
        .sort()
    expect(of("inpatient")).toEqual(["I10", "N17.9"])
    expect(of("outpatient")).toEqual(["I10"])
  })
})

describe.skipIf(!whole)("what is said to be unrelated", () => {
  says([
    ["CKD stage 3 not due to diabetes; Type 2 diabetes", "E11.9 N18.30"],
    ["Anemia unrelated to chronic kidney disease", "D64.9 N18.9"]
  ])
})

describe.skipIf(!whole)("numbers and ordinals", () => {
  says([
    ["28 y/o G2P1 at 30w2d", "Z3A.30"],
    ["Right 5th rib fracture", "S22.31"],
    ["Left 4th and 5th rib fractures", "S22.42"],
    ["Fracture of base of right 3rd metacarpal", "S62.312"],
    ["3rd degree burn of right hand", "T23.301"],
    ["2nd degree AV block", "I44.1"]
  ])
})

describe.skipIf(!whole)("strokes of the past (I.C.9.d, I.C.6.a)", () => {
  says([
    ["Hx of CVA", "Z86.73"],
    ["h/o DVT", "Z86.718"],
    ["Left hemiparesis", "G81.94"],
    ["Right hemiplegia after stroke", "I69.351"],
    ["Residual left hemiparesis from prior CVA", "I69.354"],
    ["Glasgow coma scale 15", ""],
    ["Lumbar spondylosis", "M47.816"],
    ["Left ankle fracture", "S82.892"],
    ["Chronic pancreatitis due to alcohol", "K86.0"]
  ])
})

describe.skipIf(!whole)("how an injury came about (I.C.20)", () => {
  const causes = (text: string) =>
    wholeEngine()
      .suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
      .suggestions.filter((each) => each.lane === "external")
      .map(({ code, tier }) => `${code} ${tier}`)
  it.each([
    ["He slipped on ice and fell on his hand.", "Fracture of the left distal radius", "W00.0XXA consider"],
    ["He fell from ladder.", "Contusion of left hand", "W11.XXXA consider"],
    ["Fell down the stairs yesterday.", "Left ankle sprain", "W10.9XXA consider"],
    ["Dog bite this morning.", "Open bite of right hand", "W54.0XXA consider"],
    ["Assault by fist to the face.", "Nasal fracture", "Y04.0XXA consider"],
    ["Burned by hot water.", "Burn of left hand, second degree", "X11.8XXA consider"],
    ["She tripped over a rug and fell.", "Right hip fracture", "W18.09XA consider"],
    ["MVC, restrained driver.", "Neck strain", "V49.40XA consider"]
  ])("%s %s: %s", (told, injury, cause) => {
    expect(causes(`EMERGENCY DEPARTMENT NOTE\nHPI: ${told}\n${assessed(injury)}`)).toEqual([cause])
  })
  it("is not read where no injury is told", () => {
    expect(causes(`HPI: Fell asleep with the dog on the stairs.\n${assessed("Hypertension")}`)).toEqual([])
    expect(causes(`HPI: He denies that he fell.\n${assessed("Hypertension")}`)).toEqual([])
  })
})

describe.skipIf(!whole)("weeks of gestation (I.C.21.c.11)", () => {
  says([
    ["Pregnancy at 32 weeks gestation", "Z3A.32"],
    ["IUP at 20w3d", "Z3A.20"],
    ["Intrauterine pregnancy of 39 weeks", "Z3A.39"],
    ["Gravida 2 at 28-1 weeks", "Z3A.28"],
    ["Hypertension, recheck in 12 weeks", "I10"]
  ])
})

describe.skipIf(!whole)("weeks of gestation tell the trimester (chapter 15)", () => {
  says([
    ["UTI in pregnancy, 20w3d", "O23.42 Z3A.20"],
    ["UTI in pregnancy at 13 weeks", "O23.41 Z3A.13"],
    ["UTI in pregnancy at 28 weeks", "O23.43 Z3A.28"]
  ])
})
