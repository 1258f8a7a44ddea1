import fc from "fast-check"
import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { openArchive } from "@/classification/readers/archive"
import { readCodeList } from "@/classification/readers/code-list"
import { readHcpcs } from "@/classification/readers/hcpcs-anweb"
import { ReaderError } from "@/classification/readers/reader-error"
import { readStarterTsv } from "@/classification/readers/starter-tsv"
import { hcpcsRecord } from "./layouts"

describe("HCPCS ANWEB", () => {
  const records = [
    hcpcsRecord("LT", 1, "7", "Left side (used to identify procedures performed on the left side of the"),
    hcpcsRecord("LT", 2, "8", "body)"),
    hcpcsRecord("E0143", 1, "3", "Walker, folding, wheeled, adjustable or fixed height"),
    hcpcsRecord("J9999", 1, "3", "Not otherwise classified, antineoplastic drugs", {
      added: "20010101",
      ended: "20241231"
    })
  ]
  const read = (lines: string[]) => readHcpcs({ name: "anweb.txt", content: lines.join("\r\n") })

  it("joins the parts of a description, keeps modifiers apart and reads the dates", () => {
    const edition = read(records)
    expect(edition.modifiers).toMatchObject([
      {
        code: "LT",
        title: "Left side (used to identify procedures performed on the left side of the body)",
        billable: false
      }
    ])
    expect(edition.codes).toMatchObject([
      { code: "E0143", billable: true, added: "2002-07-01" },
      { code: "J9999", added: "2001-01-01", ended: "2024-12-31" }
    ])
    expect(edition.codes[0]).not.toHaveProperty("ended")
  })

  it("keeps coverage, pricing and type of service under names of their own", () => {
    const record = [...records[2]!]
    const put = (column: number, text: string) => {
      for (const [at, character] of [...text].entries()) record[column - 1 + at] = character
    }
    put(120, "3251")
    put(128, "A")
    put(230, "D")
    put(233, "20080101")
    put(257, "D1E")
    put(261, "P")
    put(262, "R")
    put(266, "  0")
    expect(read([record.join("")]).attributes.get("E0143")).toEqual({
      hcpcs: {
        short: "Walker, folding, wheeled, ad",
        pricing: "32, 51",
        multiplePricing: "A",
        coverage: "D",
        ascDate: "2008-01-01",
        betos: "D1E",
        typeOfService: "PR",
        actionEffective: "2002-07-01"
      }
    })
  })

  it("passes over the disclaimers of older, wider files", () => {
    const wide = hcpcsRecord("A0425", 1, "3", "Ground mileage, per statute mile", {}, 320)
    expect(read(["***Disclaimers\t\t", "*Inclusion does not imply coverage", "", wide]).codes).toHaveLength(1)
  })

  it.each([
    ["a record cut off", [records[2]!.slice(0, 200)], "at least 293 columns"],
    ["a continuation alone", [records[2]!, hcpcsRecord("E0144", 2, "4", "x")], "a first line of E0144"],
    ["a foreign line between", [records[2]!, "12345 hello"], "a HCPCS record"],
    ["a code twice", [records[2]!, records[2]!], "each code once"],
    ["a date that is none", [hcpcsRecord("E0143", 1, "3", "Walker", { added: "20251332" })], "as YYYYMMDD"],
    ["a type that does not fit", [hcpcsRecord("E0143", 1, "7", "Walker")], "record type 7 or 8"],
    ["no records", ["<html>"], "records of the HCPCS ANWEB layout"]
  ])("refuses %s", (_, lines, message) => {
    expect(() => read(lines)).toThrow(ReaderError)
    expect(() => read(lines)).toThrow(message)
  })
})

describe("starter set", () => {
  const header = "code\tbillable\ttitle\n"

  it("reads codes without their dot", () => {
    const content = `${header}I10\t1\tEssential (primary) hypertension\nE11\t0\tType 2 diabetes mellitus\nE11.9\t1\tType 2 diabetes mellitus without complications\n`
    expect(readStarterTsv({ name: "starter.tsv", content }, "ICD-10-CM")).toEqual([
      { code: "I10", title: "Essential (primary) hypertension", billable: true, notes: [] },
      { code: "E11", title: "Type 2 diabetes mellitus", billable: false, notes: [] },
      { code: "E119", title: "Type 2 diabetes mellitus without complications", billable: true, notes: [] }
    ])
    const hcpcs = readStarterTsv({ name: "h.tsv", content: `${header}J1885\t1\tKetorolac\n` }, "HCPCS")
    expect(hcpcs[0]?.code).toBe("J1885")
  })

  it.each([
    ["another header", "code,billable,title\n", "the columns"],
    ["a row of two columns", `${header}I10\t1\n`, "three columns"],
    ["another flag", `${header}I10\tyes\tHypertension\n`, "0 or 1"],
    ["a code that is none", `${header}I-10\t1\tHypertension\n`, "a code of ICD-10-CM"],
    ["a code twice", `${header}I10\t1\tHypertension\nI10\t1\tHypertension\n`, "each code once"],
    ["no rows", header, "at least one code"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readStarterTsv({ name: "starter.tsv", content }, "ICD-10-CM")).toThrow(message)
  })
})

describe("code list", () => {
  const chapters = Array.from({ length: 22 }, (_, at) => String(at + 1)).join("\r\n")

  it("keeps codes in order and drops chapters, blocks and the block of one category", () => {
    const content = `${chapters}\r\nB15-B19\r\nB15\r\nB20\r\nB20\r\nS52\r\nS52501A`
    expect(readCodeList({ name: "list.txt", content })).toEqual(["B15", "B20", "S52", "S52501A"])
  })

  it.each([
    ["a line that is none of the three", `${chapters}\nB20.1`, "a chapter number, a block or a code"],
    ["a code twice", `${chapters}\nB201\nB201`, "each code once"],
    ["no chapters", "B20\nB201", "the chapters 1 to 22"]
  ])("refuses %s", (_, content, message) => {
    expect(() => readCodeList({ name: "list.txt", content })).toThrow(message)
  })
})

describe("archive", () => {
  const zipped = zipSync({
    "folder/a.txt": strToU8("alpha".repeat(500)),
    "b.xml": strToU8("<b/>"),
    "empty/": new Uint8Array()
  })
  const textOf = (bytes?: Uint8Array) => new TextDecoder().decode(bytes)

  it("gives the wanted members of a zip, and a plain file as its own member", () => {
    const all = openArchive({ name: "x.zip", content: zipped })
    expect([...all.keys()]).toEqual(["folder/a.txt", "b.xml"])
    expect(all.get("b.xml")?.name).toBe("x.zip/b.xml")
    expect(
      textOf(
        openArchive({ name: "x.zip", content: zipped }, (name) => name.endsWith("a.txt")).get("folder/a.txt")
          ?.content
      )
    ).toBe("alpha".repeat(500))
    expect([...openArchive({ name: "plain.txt", content: strToU8("00001") }).keys()]).toEqual(["plain.txt"])
  })

  it("refuses an archive that holds nothing of what is wanted", () => {
    expect(() => openArchive({ name: "x.zip", content: zipped }, () => false)).toThrow(
      "the files this release needs"
    )
  })

  it("refuses a cut or altered archive with a ReaderError, or reads it the same", () => {
    expect(() => openArchive({ name: "x.zip", content: zipped.slice(0, 60) })).toThrow(ReaderError)
    fc.assert(
      fc.property(fc.nat(zipped.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = zipped.slice()
        damaged[at] = damaged[at]! ^ change
        try {
          openArchive({ name: "x.zip", content: damaged })
        } catch (error) {
          expect(error).toBeInstanceOf(ReaderError)
        }
      })
    )
  })

  it("refuses what would unpack to more than any official archive holds", () => {
    const bomb = zipSync({ "bomb.txt": strToU8("x") })
    // Uncompressed size in the central directory: 300 MB.
    const view = new DataView(bomb.buffer)
    for (let at = 0; at < bomb.length - 4; at++) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 300 * 1024 * 1024, true)
    }
    expect(() => openArchive({ name: "bomb.zip", content: bomb })).toThrow("at most 256 MB")
  })
})
