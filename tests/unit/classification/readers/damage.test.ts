/**
 * Damage: a file that is cut, altered, or of another kind gives its model or a ReaderError that names it;
 * never another exception, never a hang. Zipped, where checksums tell, it gives the right model or an error.
 */
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { openArchive } from "@/classification/readers/archive"
import { assembleIcd10cm } from "@/classification/readers/assemble"
import { borrowFrom } from "@/classification/readers/borrow"
import { readCcList } from "@/classification/readers/cc-list"
import { readCodeList } from "@/classification/readers/code-list"
import { readConversionTable } from "@/classification/readers/conversion-table"
import { readHccFormat, readHccLabels } from "@/classification/readers/hcc-format"
import { readHccMappings } from "@/classification/readers/hcc-mappings"
import { readHcpcs } from "@/classification/readers/hcpcs-anweb"
import { readIndexXml } from "@/classification/readers/index-xml"
import { readMceAges, readMceFlags } from "@/classification/readers/mce-flags"
import { readOrderAddenda } from "@/classification/readers/order-addenda"
import { readOrderFile } from "@/classification/readers/order-file"
import { readPoaExempt } from "@/classification/readers/poa-exempt"
import { ReaderError } from "@/classification/readers/reader-error"
import { readTabularXml } from "@/classification/readers/tabular-xml"
import { CODESETS_DIR } from "@/cli/paths"
import { readCatalogue } from "@/cli/sources/catalogue"
import { takeMembers } from "@/cli/sources/found"
import { sourceSettings } from "@/cli/sources/resolve"
import { hcpcsRecord, indexXml, orderText, tableXml, tabularXml } from "./layouts"
import { addendaLine, addendaText, conversionWorkbook, hccCsv, poaText } from "./minis"

interface Kind {
  content: Uint8Array
  read(file: { name: string; content: Uint8Array }): unknown
  /** Cutting it anywhere, or losing any line, is always noticed: it has an end or a count. */
  closed?: boolean
}

const DAY = "2026-04-01"
const CHAPTERS = Array.from({ length: 22 }, (_, at) => String(at + 1))
const KINDS: Record<string, Kind> = {
  "order file": {
    content: strToU8(
      orderText([
        ["E11", false, "Type 2 diabetes mellitus"],
        ["E119", true, "Type 2 diabetes mellitus without complications"],
        ["I10", true, "Essential (primary) hypertension"]
      ])
    ),
    read: readOrderFile
  },
  "order addenda": {
    content: strToU8(
      addendaText(
        [
          addendaLine("Delete:", "G35", true, "Multiple sclerosis"),
          addendaLine("Add:", "G35", false, "Multiple sclerosis"),
          addendaLine("Add:", "G35D", true, "Multiple sclerosis, unspecified")
        ],
        { headers: 1, billable: 1 }
      )
    ),
    read: readOrderAddenda,
    closed: true
  },
  "tabular list": {
    content: strToU8(
      tabularXml(
        '<chapter><name>4</name><desc>Endocrine (E00-E89)</desc><section id="E08-E13"><desc>Diabetes (E08-E13)</desc>' +
          "<diag><name>E11</name><desc>Type 2</desc><excludes1><note>gestational</note></excludes1>" +
          '<sevenChrDef><extension char="A">initial</extension></sevenChrDef>' +
          "<diag><name>E11.9</name><desc>Type 2 without complications</desc></diag></diag></section></chapter>"
      )
    ),
    read: readTabularXml,
    closed: true
  },
  "alphabetic index": {
    content: strToU8(
      indexXml("<mainTerm><title>Diabetes<nemod>(mellitus)</nemod></title><code>E11.9</code></mainTerm>")
    ),
    read: readIndexXml,
    closed: true
  },
  "drug table": {
    content: strToU8(
      tableXml(
        "Substance",
        ["Poisoning"],
        '<mainTerm><title>Aspirin</title><cell col="2">T39.011</cell></mainTerm>'
      )
    ),
    read: readIndexXml,
    closed: true
  },
  "code list": { content: strToU8([...CHAPTERS, "E08-E13", "E11", "E119"].join("\n")), read: readCodeList },
  HCPCS: {
    content: strToU8(
      [hcpcsRecord("E0143", 1, "3", "Walker"), hcpcsRecord("E0143", 2, "4", "folding")].join("\r\n")
    ),
    read: readHcpcs
  },
  "POA-exempt list": {
    content: strToU8(poaText([[4, "B90.0", "Sequelae of tuberculosis"]])),
    read: (file) => readPoaExempt(file, { name: "readme.txt", content: "exempt codes, for FY2026 (1 codes)" })
  },
  "HCC mappings": {
    content: strToU8(hccCsv([["E1140", "Diabetes, with neuropathy", "18", "37", "30", "Yes", "Yes", "Yes"]])),
    read: readHccMappings,
    closed: true
  },
  "HCC format file": { content: strToU8("E1140\t37\t\r\nB377\t6\tD\r\n"), read: readHccFormat },
  "HCC labels": { content: strToU8('hcc,label\n37,"Diabetes, chronic"\n38,Other\n'), read: readHccLabels },
  "MCE flags": {
    content: strToU8("code,start_date,end_date,flags\nE1140,20151001,,\nO80,20151001,,maternity|adult\n"),
    read: (file) => readMceFlags(file, DAY)
  },
  "MCE ages": {
    content: strToU8("group,start_age,end_age,start_date,end_date\nAdult,15,124,19840301,\n"),
    read: (file) => readMceAges(file, DAY)
  },
  "CC list": {
    content: strToU8("code,mdc,severity,pdx_exclusion_group\nE1140,1,CC,3\nI10,5,,\n"),
    read: readCcList
  },
  "conversion table": {
    content: conversionWorkbook([
      ["M54.50", 2021, "M54.5"],
      ["C56.3", 2021, "C56.1 and C56.2"]
    ]),
    read: readConversionTable,
    closed: true
  }
}

const kinds = Object.entries(KINDS)
const NAME = "damaged-file"

/** The model, or "refused" for a ReaderError that names the file and says what was expected. */
function outcome(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    expect(error).toBeInstanceOf(ReaderError)
    const { message, file, expected } = error as ReaderError
    expect(`${file} ${message}`).toMatch(/damaged-file|readme\.txt/)
    expect(expected).not.toBe("")
    return "refused"
  }
}

function flipped(content: Uint8Array, at: number, change: number): Uint8Array {
  const damaged = content.slice()
  damaged[at] = damaged[at]! ^ change
  return damaged
}

describe("damage", () => {
  it.each(kinds)("%s: read whole, it gives a model", (_, { content, read }) => {
    expect(outcome(() => read({ name: NAME, content }))).not.toBe("refused")
  })

  it.each(kinds)("%s: cut anywhere, it is read up to a whole line or refused", (_, {
    content,
    read,
    closed
  }) => {
    for (let length = 0; length < content.length; length++) {
      const result = outcome(() => read({ name: NAME, content: content.slice(0, length) }))
      // What has an end of its own is never taken for whole without it; a line end behind it may be missing.
      const rest = new TextDecoder("latin1").decode(content.slice(length))
      if (closed && /\S/.test(rest) && !/^\D*revisions\s*$/.test(rest)) {
        if (result !== "refused") expect(result).toEqual(read({ name: NAME, content }))
      }
    }
  })

  it.each(kinds)("%s: with a byte altered, it is read or refused", (_, { content, read }) => {
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        outcome(() => read({ name: NAME, content: flipped(content, at, change) }))
      }),
      { numRuns: 300 }
    )
  })

  it.each(kinds)("%s: zipped, any damage gives the right model or is refused", (_, { content, read }) => {
    const zip = zipSync({ "folder/member.dat": content, "other.pdf": strToU8("%PDF-1.6 something else") })
    const right = read({ name: NAME, content })
    const unzipped = (damaged: Uint8Array) => () => {
      const members = openArchive({ name: NAME, content: damaged }, (name) => name.endsWith("member.dat"))
      const [member] = members.values()
      return read({ name: NAME, content: member!.content })
    }
    fc.assert(
      fc.property(
        fc.nat(zip.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, change, cut) => {
          const result = outcome(unzipped(cut ? zip.slice(0, at) : flipped(zip, at, change)))
          if (result !== "refused") expect(result).toEqual(right)
        }
      ),
      { numRuns: 300 }
    )
  })

  it.each(kinds)("%s: is no other kind of file, plain or zipped", (name, { content }) => {
    for (const [other, { read }] of kinds) {
      // Index and tables have one layout, and tell which they are.
      if (other === name || KINDS[other]!.read === KINDS[name]!.read) continue
      expect([other, outcome(() => read({ name: NAME, content }))]).toEqual([other, "refused"])
      const zip = zipSync({ [NAME]: content })
      const members = openArchive({ name: NAME, content: zip })
      expect(outcome(() => read({ name: NAME, content: members.get(NAME)!.content }))).toBe("refused")
    }
  })

  it.each(kinds)("%s: refuses what is no such file at all", (_, { read }) => {
    const strange = [
      new Uint8Array(),
      new Uint8Array(3000),
      strToU8("<!doctype html><html><title>Access denied</title></html>"),
      strToU8("\uFEFF\n\n\n"),
      new Uint8Array([0xff, 0xfe, 0x3c, 0, 0x61, 0]),
      strToU8("%PDF-1.7\n%\u00E2\u00E3\n1 0 obj\n"),
      strToU8('<?xml version="1.0" encoding="klingon"?><a/>'),
      strToU8(`<a>${"<b>".repeat(5000)}`),
      Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251)
    ]
    for (const content of strange) expect(outcome(() => read({ name: NAME, content }))).toBe("refused")
  })
})

describe("files that do not belong together", () => {
  const order = readOrderFile({ name: "order", content: KINDS["order file"]!.content })
  const tabular = readTabularXml({ name: "tabular", content: KINDS["tabular list"]!.content })
  const identity = {
    release: "FY2026",
    effective: { from: "2025-10-01" },
    provenance: { source: "test", files: [] }
  }

  it("notices an order file that was cut off before the last code of the Tabular List", () => {
    expect(() => assembleIcd10cm({ ...identity, order, tabular, indexes: [] })).not.toThrow()
    const code = (at: number) => `${at < 100 ? "T" : "U"}${String(at % 100).padStart(2, "0")}`
    const later = tabularXml(
      '<chapter><name>22</name><desc>Special (U00-U85)</desc><section id="U07-U07"><desc>New</desc>' +
        Array.from({ length: 150 }, (_, at) => `<diag><name>${code(at)}</name><desc>x</desc></diag>`).join(
          ""
        ) +
        "</section></chapter>"
    )
    const codes = Array.from({ length: 149 }, (_, at): [string, boolean, string] => [code(at), true, "x"])
    const parts = {
      ...identity,
      tabular: readTabularXml({ name: "tabular", content: later }),
      indexes: []
    }
    expect(() =>
      assembleIcd10cm({ ...parts, order: readOrderFile({ name: "order", content: orderText(codes) }) })
    ).toThrow("FY2026: expected an order file up to U49, the last code of the Tabular List, found U48")
    const lender = assembleIcd10cm({
      ...parts,
      order: readOrderFile({ name: "order", content: orderText([...codes, ["U49", true, "x"]]) })
    })
    const cut = readOrderFile({ name: "order", content: orderText(codes) })
    expect(() => borrowFrom(lender, { ...identity, release: "FY2027", order: cut })).toThrow(
      "up to U49, the last category of FY2026"
    )
  })
})

describe("archives", () => {
  const inner = zipSync({ "a/order.txt": strToU8("order"), "notes.pdf": strToU8("pdf") })
  const outer = zipSync({ "2026/codes.zip": inner, "readme.txt": strToU8("read me") })

  it("opens a zip within a zip, and names its members behind it", () => {
    const all = openArchive({ name: "outer.zip", content: outer })
    expect([...all.keys()]).toEqual(["2026/codes.zip/a/order.txt", "2026/codes.zip/notes.pdf", "readme.txt"])
    expect(all.get("2026/codes.zip/a/order.txt")?.name).toBe("outer.zip/2026/codes.zip/a/order.txt")
    const wanted = openArchive({ name: "outer.zip", content: outer }, (name) => name.endsWith("order.txt"))
    expect([...wanted.keys()]).toEqual(["2026/codes.zip/a/order.txt"])
    const members = [{ role: "order" as const, pattern: "^order\\.txt$" }]
    expect(takeMembers({ name: "outer.zip", content: outer }, members).get("order")?.name).toBe("order.txt")
  })

  it("refuses archives that go deeper, or hold more members than any official one", () => {
    let deep = inner
    for (let level = 0; level < 4; level++) deep = zipSync({ "deeper.zip": deep })
    expect(() => openArchive({ name: "deep.zip", content: deep })).toThrow("at most 3 deep")
    const many = zipSync(
      Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`${at}.txt`, strToU8("x")]))
    )
    expect(() => openArchive({ name: "many.zip", content: many })).toThrow("at most 1000 members")
  })

  it("refuses a damaged zip inside a whole one", () => {
    const damaged = zipSync({ "codes.zip": flipped(inner, 45, 1) })
    expect(() => openArchive({ name: "outer.zip", content: damaged })).toThrow(ReaderError)
    expect(() => openArchive({ name: "outer.zip", content: damaged })).toThrow("outer.zip/codes.zip")
  })
})

const releases = sourceSettings({ CHARTSIDE_RELEASES: process.env.CHARTSIDE_RELEASES }).releases ?? ""
const here = releases !== "" && existsSync(join(releases, "icd10cm"))
if (!here) console.log("official releases are not on this machine: the official zips are not opened")

describe.skipIf(!here)("official zips", () => {
  const zip = (path: string) => ({ name: path, content: new Uint8Array(readFileSync(join(releases, path))) })
  const patterns = (id: string) => {
    const pack = readCatalogue(join(CODESETS_DIR, "sources.json")).packs.find((each) => each.id === id)!
    return pack.sources.flatMap((source) =>
      source.kind === "official" ? source.downloads.flatMap(({ members }) => members) : []
    )
  }
  const order = (year: string) => [{ role: "order" as const, pattern: `^icd10cm_order_${year}\\.txt$` }]

  it("give their order files by the names of their year", () => {
    const files = takeMembers(zip("icd10cm/2025-10/2026-code-descriptions-tabular-order.zip"), order("2026"))
    expect(files.get("order")?.sha256).toBe(
      patterns("icd10cm-FY2026").find(({ role }) => role === "order")?.sha256
    )
    const older = takeMembers(zip("icd10cm/2024-10/2025-code-descriptions-tabular-order.zip"), order("2025"))
    expect(readOrderFile(older.get("order")!)).toHaveLength(97_584)
  })

  it("of the year 2017 (underscores) and of 2026 (dashes) are found by the same patterns", () => {
    const wanted = patterns("icd10cm-FY2026").filter(({ role }) => role !== "order")
    expect(wanted.map(({ role }) => role)).toEqual(["tabular", "index", "external", "neoplasm", "drug"])
    const files = takeMembers(
      zip("icd10cm/2016-10/ICD10CM_FY2017_Full_XML.zip"),
      wanted.map(({ role, pattern }) => ({ role, pattern }))
    )
    expect(readTabularXml(files.get("tabular")!).version).toBe("2017")
    for (const role of ["index", "external", "neoplasm", "drug"] as const) {
      expect(readIndexXml(files.get(role)!).source).toBe(role === "index" ? "disease" : role)
    }
    // The names of the April 2026 posting, without the files.
    for (const [role, name] of [
      ["tabular", "icd10cm-tabular-April-1-2026-XML.xml"],
      ["index", "icd10cm-index-April-1-2026-XML.xml"],
      ["external", "icd10cm-eindex-April-1-2026-XML.xml"],
      ["neoplasm", "icd10cm-neoplasm-April-1-2026-XML.xml"],
      ["drug", "icd-10-cm-drug-2025.xml"]
    ]) {
      const hits = wanted.filter(({ pattern }) => new RegExp(pattern, "i").test(name!))
      expect(hits.map((each) => each.role)).toEqual([role])
    }
  })

  it("of addenda hold PDFs only, and say that nothing of what is needed is in them", () => {
    for (const path of [
      "icd10cm/2025-10/icd10cm-addenda-2026.zip",
      "icd10cm/2025-04/icd10cm-addendum-April-2025.zip",
      "icd10cm/2024-10/ICD10cm-addendum-2025.zip"
    ]) {
      expect([...openArchive(zip(path)).keys()].every((name) => name.endsWith(".pdf"))).toBe(true)
      expect(() => takeMembers(zip(path), order("2026"))).toThrow(ReaderError)
      expect(() => takeMembers(zip(path), order("2026"))).toThrow("the files this release needs")
    }
  })

  it("are refused when a byte of a packed member is altered", () => {
    const path = "icd10cm/2021-01/icd10cm_tabular_2021.xml.zip"
    const { content } = zip(path)
    for (const at of [2000, content.length >> 1, content.length - 2000]) {
      expect(() => openArchive({ name: path, content: flipped(content, at, 64) })).toThrow(ReaderError)
    }
  })
})
