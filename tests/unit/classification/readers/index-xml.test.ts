import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { codeInTitle, readIndexTitle } from "@/classification/readers/index-title"
import { readIndexXml } from "@/classification/readers/index-xml"
import { ReaderError } from "@/classification/readers/reader-error"
import { indexXml, tableXml } from "./layouts"

const read = (content: string) => readIndexXml({ name: "index.xml", content })

describe("title of an index line", () => {
  it.each([
    ["Diabetes, diabetic (mellitus) (sugar)", "Diabetes, diabetic", ["mellitus", "sugar"]],
    [
      "Abandonment(causing exposure to weather conditions) NEC",
      "Abandonment NEC",
      ["causing exposure to weather conditions"]
    ],
    ["Amnes(t)ic syndrome (post-traumatic)", "Amnestic syndrome", ["post-traumatic"]],
    ["Becker(-Kiener) disease", "Becker disease", ["Kiener"]],
    ["lead(s) (electrode(s))", "lead", ["electrode"]],
    ["hemorrhage (acute (over 28 days old))", "hemorrhage", ["acute (over 28 days old)"]],
    ["open (never closed", "open", ["never closed"]],
    ["finger, (thumb), toe", "finger, toe", ["thumb"]]
  ])("%s", (text, title, nonessential) => {
    expect(readIndexTitle(text)).toEqual({ title, nonessential })
  })

  it("takes an instruction in parentheses as a reference", () => {
    expect(readIndexTitle("lung (see Pneumonia, in (due to))")).toEqual({
      title: "lung",
      nonessential: [],
      see: "Pneumonia, in (due to)"
    })
  })

  it("leaves a title without parentheses alone, and takes any other text", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,30}[A-Za-z]$/), (text) => {
        expect(readIndexTitle(text)).toEqual({ title: text.replace(/ +/g, " "), nonessential: [] })
      })
    )
    fc.assert(fc.property(fc.string(), (text) => void readIndexTitle(text)))
  })
})

describe("Alphabetic Index", () => {
  it("reads the tree depth first with codes, references and modifiers", () => {
    const index = read(
      indexXml(`
      <mainTerm><title>Diabetes, diabetic<nemod>(mellitus) (sugar)</nemod></title><code>E11.9</code>
        <term level="1"><title>type 2</title><code>E11.9</code>
          <term level="2"><title>with</title>
            <term level="3"><title>polyneuropathy</title><code>E11.42</code></term></term></term>
        <term level="1"><title>with osteomyelitis</title><code>E08.69</code><manif>M90.8-</manif></term></mainTerm>
      <mainTerm><title>Diabetes insipidus NOS</title><see>Diabetes, insipidus</see><seeAlso>Polyuria</seeAlso></mainTerm>
      <mainTerm><title>Deafness</title><subcat>H91.9</subcat></mainTerm>
      <mainTerm><title>Failure, heart</title><seecat>I50</seecat></mainTerm>
      <mainTerm><title>Fracture</title><code>T14.8-</code></mainTerm>`)
    )
    expect(index).toMatchObject({ version: "2026", source: "disease" })
    expect(index.entries.map(({ parent, title, code }) => [parent, title, code])).toEqual([
      [-1, "Diabetes, diabetic", "E119"],
      [0, "type 2", "E119"],
      [1, "with", undefined],
      [2, "polyneuropathy", "E1142"],
      [0, "with osteomyelitis", "E0869"],
      [-1, "Diabetes insipidus NOS", undefined],
      [-1, "Deafness", "H919"],
      [-1, "Failure, heart", "I50"],
      [-1, "Fracture", "T148"]
    ])
    expect(index.entries[0]?.nonessential).toEqual(["mellitus", "sugar"])
    expect(index.entries[4]?.manifestation).toBe("M908")
    expect(index.entries[5]).toMatchObject({ see: "Diabetes, insipidus", seeAlso: "Polyuria" })
    expect(index.entries.map((entry) => entry.incomplete ?? false).slice(-3)).toEqual([true, true, true])
  })

  it("tells the external cause index by its title", () => {
    const index = read(
      indexXml(
        "<mainTerm><title>Abuse</title><code>X58</code></mainTerm>",
        "ICD-10-CM EXTERNAL CAUSE of INJURIES INDEX"
      )
    )
    expect(index.source).toBe("external")
  })

  it("gives each cell of a table an entry of its own behind its row", () => {
    const table = read(
      tableXml(
        "Neoplasm",
        ["Malignant Primary", "Malignant Secondary"],
        `<mainTerm><title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell><cell col="3">C79.9</cell>
          <term level="1"><title>larynx</title><manif>voice box</manif><cell col="2">C32.9</cell><cell col="3">-</cell>
            <term level="2"><title>glottis</title><cell col="2">C32.0</cell></term></term></mainTerm>`
      )
    )
    expect(table.source).toBe("neoplasm")
    expect(table.entries.map(({ parent, title, column, code }) => [parent, title, column, code])).toEqual([
      [-1, "Neoplasm, neoplastic", undefined, undefined],
      [0, "", "Malignant Primary", "C801"],
      [0, "", "Malignant Secondary", "C799"],
      [0, "larynx", undefined, undefined],
      [3, "", "Malignant Primary", "C329"],
      [3, "glottis", undefined, undefined],
      [5, "", "Malignant Primary", "C320"]
    ])
    // Words in brackets explain the row.
    expect(table.entries[3]?.nonessential).toEqual(["voice box"])
    expect(
      read(
        tableXml(
          "Substance",
          ["Poisoning"],
          '<mainTerm><title>Ethanol</title><cell col="2">T51.0X1</cell></mainTerm>'
        )
      ).source
    ).toBe("drug")
  })

  it.each([
    [
      "a code that is none",
      indexXml("<mainTerm><title>A</title><code>see below</code></mainTerm>"),
      "a code in <code>"
    ],
    [
      "a cell that is no code",
      tableXml("Neoplasm", ["x"], '<mainTerm><title>N</title><cell col="2">?</cell></mainTerm>'),
      "a code or -"
    ],
    [
      "a cell without heading",
      tableXml("Neoplasm", ["x"], '<mainTerm><title>N</title><cell col="9">C80.1</cell></mainTerm>'),
      "a column with a heading"
    ],
    [
      "an unknown table",
      tableXml("Allergen", ["x"], "<mainTerm><title>N</title></mainTerm>"),
      '"Neoplasm" or "Substance"'
    ],
    [
      "an unknown index",
      indexXml("<mainTerm><title>A</title></mainTerm>", "ICD-10-PCS INDEX"),
      "the title of the disease"
    ],
    ["an unknown element", indexXml("<mainTerm><title>A</title><codes>A00</codes></mainTerm>"), "<codes>"],
    [
      "a main term without title",
      indexXml("<mainTerm><code>A00.0</code></mainTerm>"),
      "a title of the main term"
    ],
    ["nothing in it", indexXml(""), "main terms"],
    ["the Tabular List", "<ICD10CM.tabular/>", "<ICD10CM.index> as root"]
  ])("refuses %s", (_, content, message) => {
    expect(() => read(content)).toThrow(ReaderError)
    expect(() => read(content)).toThrow(message)
  })
})

describe("a code that stands in the title", () => {
  it.each([
    ["during procedureT88.53", "during procedure", "T8853"],
    ["outdoor, specified NEC Y93.L9", "outdoor, specified NEC", "Y93L9"],
    [
      "with any infestation classifiable to B85.0-B85.2 B85.4",
      "with any infestation classifiable to B85.0-B85.2",
      "B854"
    ]
  ])("%s", (text, title, code) => expect(codeInTitle(text)).toEqual({ title, code }))

  it.each([
    "classifiable to B85.0-B85.2",
    "multiple sites in categories C77.0 - C77.5",
    "due to E11.9",
    "Grade 2.5",
    "vitamin B12",
    "E11.9",
    ""
  ])("is none in %j", (text) => expect(codeInTitle(text)).toBeUndefined())
})
