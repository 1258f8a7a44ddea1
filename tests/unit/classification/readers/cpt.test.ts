/**
 * CPT from licensed files. CPT is the AMA's: every code and wording in here is made up for the test, none of
 * them is from CPT (the numbers 0001x are of our own choosing).
 */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cptModel } from "@/classification/readers/cpt-model"
import { ReaderError } from "@/classification/readers/reader-error"

const file = (content: string | Uint8Array, name = "LONGULT.txt") => ({ name, content })
const LONG = `Licence banner of the publisher, 2026\r
All rights reserved.\r
\r
00011\tMade-up walk around the block, first mile\r
00012\tMade-up walk around the block, each further mile\r
0001T\tMade-up flight of a kite\r
`
const titles = (content: string | Uint8Array, name?: string) =>
  cptModel([file(content, name)], "2026").codes.map(({ code, title }) => `${code} ${title}`)

describe("CPT", () => {
  it("reads a list with a banner, between tabs or blanks, closing remark and all", () => {
    const expected = [
      "00011 Made-up walk around the block, first mile",
      "00012 Made-up walk around the block, each further mile",
      "0001T Made-up flight of a kite"
    ]
    expect(titles(LONG)).toEqual(expected)
    expect(titles(LONG.replaceAll("\t", " "))).toEqual(expected)
    expect(titles(`${LONG}\r\nEnd of the list, made up.\r\n`)).toEqual(expected)
  })

  it("takes the year of the release as its dates and knows no headers", () => {
    const model = cptModel([file(LONG)], "2026")
    expect(model).toMatchObject({
      system: "CPT",
      effective: { from: "2026-01-01", to: "2026-12-31" },
      complete: true,
      remarks: []
    })
    expect(model.codes.every(({ billable }) => billable)).toBe(true)
  })

  it("reads UTF-8 with mark, UTF-16 in both orders, and Windows-1252", () => {
    const text = "00011\tMade-up café visit, first\r\n00012\tMade-up second\r\n00013\tMade-up third\r\n"
    const utf16 = (little: boolean) => {
      const bytes = new Uint8Array(2 + text.length * 2)
      const view = new DataView(bytes.buffer)
      view.setUint16(0, 0xfeff, little)
      for (let at = 0; at < text.length; at++) view.setUint16(2 + at * 2, text.charCodeAt(at), little)
      return bytes
    }
    const latin = Uint8Array.from([...text].map((c) => c.charCodeAt(0)))
    const marked = new TextEncoder().encode(`\uFEFF${text}`)
    for (const bytes of [marked, utf16(true), utf16(false), latin]) {
      expect(titles(bytes)[0]).toBe("00011 Made-up café visit, first")
    }
  })

  it("reads the consolidated list by its headings, wherever the columns stand", () => {
    const list = `Banner\r\nConcept Id\tCPT Code\tLong\tMedium\tShort\r
77\t00011\tMade-up long one\tMade-up medium one\tMADE-UP 1\r
78\t00012\tMade-up long two\tMade-up medium two\tMADE-UP 2\r
`
    expect(titles(list, "list.txt")).toEqual(["00011 Made-up long one", "00012 Made-up long two"])
    expect(() => titles(list.replace("\tMADE-UP 2", "\tMADE-UP 2\textra"), "list.txt")).toThrow(
      "list.txt, line 4: expected 5 columns as in line 2, found 6 columns"
    )
    expect(() => titles(list.replace("Made-up long two", ""), "list.txt")).toThrow("a long descriptor")
  })

  it("takes the longest descriptors and says so when there are only shorter ones", () => {
    const short = "00011\tWALK FIRST\r\n00012\tWALK MORE\r\n0001T\tKITE\r\n"
    const both = cptModel([file(short, "SHORTU.txt"), file(LONG)], "2026")
    expect(both.codes[0]?.title).toBe("Made-up walk around the block, first mile")
    expect(both.remarks).toEqual([])
    const alone = cptModel([file(short, "unnamed.txt")], "2026")
    expect(alone.remarks).toEqual([
      "There are no long descriptors in these files: titles are the short ones."
    ])
  })

  it.each([
    ["a code twice", "00011\ta\r\n00012\tb\r\n00011\tc\r\n", "line 3: expected each code once"],
    ["a foreign line between codes", "00011\ta\r\nHello\r\n00012\tb\r\n", "line 2: expected a CPT code"],
    [
      "columns without headings",
      "00011\ta\tb\r\n",
      "line 1: expected two columns, or a line of column headings"
    ],
    ["another code system", "A0425\tb\r\n", "lines of a CPT code"],
    ["an empty file", "", "lines of a CPT code"]
  ])("refuses %s, naming file and line", (_, content, message) => {
    expect(() => titles(content)).toThrow(ReaderError)
    expect(() => titles(content)).toThrow(`LONGULT.txt`)
    expect(() => titles(content)).toThrow(message)
  })

  it("refuses lists of different years, and a year that is none", () => {
    const other = "00021\tWALK\r\n00022\tRUN\r\n"
    expect(() => cptModel([file(LONG), file(other, "SHORTU.txt")], "2026")).toThrow("codes of the same year")
    expect(() => cptModel([file(LONG), file(LONG.replace("kite", "dragon"), "LONG2.txt")], "2026")).toThrow(
      "0001T as in LONGULT.txt"
    )
    expect(() => cptModel([file(LONG)], "FY2026")).toThrow("a year such as 2026")
    expect(() => cptModel([], "2026")).toThrow("a file of descriptors")
  })

  it("never throws anything but a ReaderError, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        try {
          cptModel([file(bytes)], "2026")
        } catch (error) {
          expect(error).toBeInstanceOf(ReaderError)
        }
      })
    )
  })
})
