/** Abbreviations of several meanings (rules.md C2): section and neighbours decide; unresolved, they give no code. */
import { describe, expect, it } from "vitest"
import { whole, wholeEngine } from "./whole-set"

function said(text: string): string[] {
  const { suggestions, suppressed } = wholeEngine().suggest({
    documents: [{ doc: "", text }],
    date: "2026-01-15"
  })
  return [...suggestions, ...suppressed].map((each) => each.code)
}

/** Abbreviation, text, beginning of the code that it stands for there, beginnings of codes it must not give. */
const ROWS: [string, string, string | undefined, string[]][] = [
  ["PE", "ASSESSMENT\n1. Acute PE, on heparin", "I26", []],
  ["PE", "PE: HEENT normal, lungs clear, no edema", undefined, ["I26"]],
  ["PE", "PLAN\nPE tubes were placed.", undefined, ["I26"]],
  ["RA", "ASSESSMENT\n1. RA on methotrexate", "M06.9", []],
  ["RA", "VITALS\nSpO2 97% on RA", undefined, ["M06"]],
  ["MS", "ASSESSMENT\n1. Relapsing MS on ocrelizumab", "G35", []],
  ["MS", "EXAM\nMS: alert and oriented", undefined, ["G35"]],
  ["MS", "PLAN\nMS 4 mg IV for pain", undefined, ["G35"]],
  ["CP", "HPI\nCP on exertion", "R07", ["G80"]],
  ["CP", "ASSESSMENT\n1. Spastic CP, in a wheelchair", "G80", ["R07"]],
  ["ROM", "EXAM\nKnee with full ROM", undefined, ["O42"]],
  ["BPPV", "ASSESSMENT\n1. BPPV", "H81.1", []],
  ["BP", "VITALS\nBP 142/90", undefined, ["L12", "H81", "I10"]],
  ["CVA", "EXAM\nNo CVA tenderness", undefined, ["I63"]],
  ["CVA", "ASSESSMENT\n1. Acute CVA", "I63.9", []],
  ["DM", "ASSESSMENT\n1. DM on insulin", "E11", []],
  ["DM", "MEDICATIONS\nRobitussin DM as needed", undefined, ["E11"]],
  ["PNA", "ASSESSMENT\n1. RLL PNA", "J18.9", []],
  ["CRF", "ASSESSMENT\n1. CRF", "N18.9", []],
  ["CRF", "PLAN\nCRF form for the study was signed.", undefined, ["N18"]],
  ["RF", "LABS\nRF negative, anti-CCP negative", undefined, ["J96", "M06"]],
  ["RF", "PLAN\nRF ablation of the facet joints", undefined, ["J96"]],
  ["IBS", "ASSESSMENT\n1. IBS with bloating", "K58", ["K50", "K51"]],
  ["IBD", "ASSESSMENT\n1. IBD on azathioprine", "K", ["K58"]],
  ["CHF", "ASSESSMENT\n1. CHF, euvolemic", "I50.9", ["E84"]],
  ["CF", "ASSESSMENT\n1. CF with bronchiectasis, on ivacaftor", "E84", ["I50"]],
  ["OD", "EXAM\nVision OD 20/20, OS 20/25", undefined, ["T50", "T40", "M92"]],
  ["OS", "EXAM\nOS: lens clear", undefined, ["M92"]],
  ["AS", "ASSESSMENT\n1. Severe AS, valve area 0.7", "I35.0", []],
  ["AS", "EXAM\nAS: tympanic membrane clear, ear canal clean", undefined, ["I35", "M45"]],
  ["pt", "PLAN\nRefer to PT. Pt agrees.", undefined, ["Z51", "D68"]],
  ["PT", "LABS\nPT 12.1, INR 1.0", undefined, ["D68", "R79"]]
]

describe.skipIf(!whole)("abbreviations in their place", () => {
  it.each(ROWS)("%s in %j", (_, text, code, never) => {
    const codes = said(text)
    if (code !== undefined)
      expect(codes).toContainEqual(expect.stringMatching(new RegExp(`^${code.replace(".", "\\.")}`)))
    expect(codes.filter((each) => never.some((start) => each.startsWith(start)))).toEqual([])
  })
})
