import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ReaderError } from "@/classification/readers/reader-error"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { tabularXml } from "./layouts"

const EYE = `
<chapter>
  <name>7</name>
  <desc>Diseases of the eye and adnexa (H00-H59)</desc>
  <excludes2><note>injury (trauma) of eye and orbit (S05.-)</note></excludes2>
  <sectionIndex><sectionRef first="H30" last="H36" id="H30-H36">Disorders of choroid and retina</sectionRef></sectionIndex>
  <section id="H30-H36">
    <desc>Disorders of choroid and retina (H30-H36)</desc>
    <notes><note>about this block</note></notes>
    <diag>
      <name>H34</name>
      <desc>Retinal vascular occlusions</desc>
      <useAdditionalCode><note>code, if applicable, to identify:</note><note>exposure to tobacco smoke</note></useAdditionalCode>
      <excludes1><note>amaurosis fugax (G45.3)</note></excludes1>
      <useAdditionalCode><note>hypertension (I10-I1A)</note></useAdditionalCode>
      <diag>
        <name>H34.81</name>
        <desc>Central retinal vein occlusion</desc>
        <sevenChrNote><note>One of the following 7th characters is to be assigned</note></sevenChrNote>
        <sevenChrDef>
          <extension char="0">with macular edema</extension>
          <extension char="2">stable</extension>
          <note>Old central retinal vein occlusion</note>
        </sevenChrDef>
        <diag><name>H34.811</name><desc>Central retinal vein occlusion, right eye</desc>
          <inclusionTerm><note>CRVO of the
            right eye</note></inclusionTerm></diag>
      </diag>
    </diag>
  </section>
</chapter>`

const read = (chapters: string, version?: string) =>
  readTabularXml({ name: "tabular.xml", content: tabularXml(chapters, version) })

describe("Tabular List", () => {
  it("reads chapters, blocks and codes with all their notes in printed order", () => {
    const list = read(EYE)
    expect(list.version).toBe("2026")
    expect(list.sections.map(({ kind, id, title, first, last }) => [kind, id, title, first, last])).toEqual([
      ["chapter", "7", "Diseases of the eye and adnexa", "H34", "H34"],
      ["block", "H30-H36", "Disorders of choroid and retina", "H34", "H34"]
    ])
    expect(list.sections[0]?.notes).toEqual([
      { kind: "excludes2", text: "injury (trauma) of eye and orbit (S05.-)" }
    ])
    expect(list.diagnoses.map(({ code }) => code)).toEqual(["H34", "H3481", "H34811"])
    expect(list.diagnoses[0]?.notes).toEqual([
      { kind: "useAdditional", text: "code, if applicable, to identify:" },
      { kind: "useAdditional", text: "exposure to tobacco smoke" },
      { kind: "excludes1", text: "amaurosis fugax (G45.3)" },
      { kind: "useAdditional", text: "hypertension (I10-I1A)" }
    ])
    expect(list.diagnoses[2]?.notes).toEqual([{ kind: "inclusion", text: "CRVO of the right eye" }])
  })

  it("puts a note between 7th characters below the character before it", () => {
    const retina = read(EYE).diagnoses[1]
    expect(retina?.seventh).toEqual([
      { character: "0", text: "with macular edema" },
      { character: "2", text: "stable", includes: ["Old central retinal vein occlusion"] }
    ])
    expect(retina?.notes.map(({ kind }) => kind)).toEqual(["seventhNote", "seventhNote"])
  })

  it("keeps the range of a block that holds nothing, and marks placeholders", () => {
    const list = read(`<chapter><name>2</name><desc>Neoplasms (C00-D49)</desc>
      <section id="C00-C96"><desc>Malignant neoplasms (C00-C96)</desc></section>
      <section id="C50"><desc>Malignant neoplasms of breast (C50)</desc>
        <diag><name>C50</name><desc>Malignant neoplasm of breast</desc>
          <diag placeholder="true"><name>C50.X</name><desc>held</desc></diag></diag></section></chapter>`)
    expect(list.sections.map(({ id, first, last }) => `${id} ${first} ${last}`)).toEqual([
      "2 C50 C50",
      "C00-C96 C00 C96",
      "C50 C50 C50"
    ])
    expect(list.diagnoses.map(({ placeholder }) => placeholder)).toEqual([false, true])
  })

  it("reads the table of visual impairment as notes", () => {
    const list =
      read(`<chapter><name>7</name><desc>Eye (H00-H59)</desc><section id="H53-H54"><desc>Blindness (H53-H54)</desc>
      <diag><name>H54</name><desc>Blindness and low vision</desc><visualImpairment>
        <visCategory><heading>Category</heading></visCategory>
        <visCategory><value>1</value>
          <visRange><visMax><value>6/18</value></visMax><visMin><value>6/60</value></visMin></visRange>
          <visRange><visMax><value>20/70</value></visMax></visRange></visCategory>
        <visCategory><value>5</value><visRange><visMax><value>No light perception</value></visMax></visRange></visCategory>
      </visualImpairment></diag></section></chapter>`)
    expect(list.diagnoses[0]?.notes.map(({ text }) => text)).toEqual([
      "Category of visual impairment 1: visual acuity with best possible correction less than 6/18, 20/70; equal to or better than 6/60",
      "Category of visual impairment 5: visual acuity with best possible correction No light perception"
    ])
  })

  it.each([
    ["a file cut in the middle", tabularXml(EYE).slice(0, 900), "well-formed XML"],
    ["another root", "<ICD10PCS.tabular/>", "<ICD10CM.tabular> as root"],
    [
      "addenda",
      tabularXml(EYE).replace("<ICD10CM.tabular>", '<ICD10CM.tabular isAddenda="true">'),
      "a whole edition"
    ],
    ["no version", tabularXml(EYE).replace(/<version>.*<\/version>/, ""), "<version> that is a year"],
    ["an unknown version", tabularXml(EYE, "ICD-11"), "<version> that is a year"],
    ["an unknown note", tabularXml(EYE.replaceAll("excludes1", "excludes3")), "<excludes3>"],
    ["a code outside its category", tabularXml(EYE.replace("H34.811<", "H35.811<")), "a code below H34"],
    ["a code twice", tabularXml(EYE.replace("H34.811<", "H34.81<")), "each code once"],
    ["no code", tabularXml(EYE.replace("H34.811<", "H34_811<")), "an ICD-10-CM code"],
    [
      "a code without title",
      tabularXml(EYE.replace("<desc>Retinal vascular occlusions</desc>", "")),
      "<desc>"
    ],
    ["a 7th character of two", tabularXml(EYE.replace('char="2"', 'char="2A"')), "one 7th character"],
    ["no codes", tabularXml(""), "chapters with codes"],
    [
      "an entity bomb",
      `<!DOCTYPE x [<!ENTITY a "aaaa">]>${tabularXml(EYE).replace(/^.*\n/, "").replace("eye and orbit", "&a;")}`,
      "well-formed XML"
    ]
  ])("refuses %s", (_, content, message) => {
    const attempt = () => readTabularXml({ name: "tabular.xml", content })
    expect(attempt).toThrow(ReaderError)
    expect(attempt).toThrow(message)
  })

  it("refuses bytes that are not of the encoding the file names", () => {
    const content = new Uint8Array([...new TextEncoder().encode(tabularXml(EYE)), 0xff, 0xfe])
    expect(() => readTabularXml({ name: "tabular.xml", content })).toThrow("XML in utf-8")
  })

  it("never throws anything but a ReaderError, wherever the file is cut", () => {
    const whole = tabularXml(EYE)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(200), (from, length) => {
        try {
          readTabularXml({ name: "tabular.xml", content: whole.slice(0, from) + whole.slice(from + length) })
        } catch (error) {
          expect(error).toBeInstanceOf(ReaderError)
        }
      })
    )
  })
})
