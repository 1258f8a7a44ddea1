import fc from "fast-check"
import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { openEdits } from "@/classification/edits/table"
import { compileFiles } from "@/classification/import/compile-files"
import type { ImportProgress } from "@/classification/import/compiled-set"
import type { CodeSetModel } from "@/classification/model"
import { compilePack } from "@/classification/pack/compile"
import { openPack } from "@/classification/pack/open"
import { model } from "../../sync/world"
import { hcpcsRecord, indexXml, orderText, tabularXml } from "../readers/layouts"
import { mueCsv, ptpText } from "../readers/ncci"

const ORDER = orderText([
  ["E11", false, "Type 2 diabetes mellitus"],
  ["E114", false, "Type 2 diabetes mellitus with neurological complications"],
  ["E1140", true, "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"]
])
const TABULAR = tabularXml(`<chapter><name>4</name><desc>Endocrine (E00-E89)</desc>
<section id="E08-E13"><desc>Diabetes mellitus (E08-E13)</desc>
<diag><name>E11</name><desc>Type 2 diabetes mellitus</desc>
<excludes1><note>gestational diabetes (O24.4-)</note></excludes1>
<diag><name>E11.4</name><desc>Type 2 diabetes mellitus with neurological complications</desc>
<diag><name>E11.40</name><desc>Type 2 diabetes mellitus with diabetic neuropathy, unspecified</desc></diag></diag></diag>
</section></chapter>`)
const INDEX = indexXml("<mainTerm><title>Acromelalgia</title><code>E11.40</code></mainTerm>")
const HCPCS = [
  hcpcsRecord("E0110", 10, "3", "Crutches, forearm"),
  hcpcsRecord("LT", 20, "7", "Left side")
].join("\r\n")

const bytesOf = (content: string | Uint8Array) => (typeof content === "string" ? strToU8(content) : content)
const files = (named: Record<string, string | Uint8Array>) =>
  Object.entries(named).map(([name, content]) => ({ name, read: async () => bytesOf(content) }))
const zip = (named: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(named).map(([name, text]) => [name, strToU8(text)])))
const NO_LICENCE = { terms: { cptLicence: false } }
const compile = (named: Record<string, string | Uint8Array>) => compileFiles(files(named), NO_LICENCE)
const open = async (set: { blob: Blob } | undefined) => {
  if (!set) throw new Error("no set was made")
  return openPack(new Uint8Array(await set.blob.arrayBuffer()))
}

describe("official files, several at once", () => {
  it("make one set a release, zipped or plain, with figures on the way", async () => {
    const told: ImportProgress[] = []
    const { sets, unused } = await compileFiles(
      files({
        "2026-code-descriptions-tabular-order (1).zip": zip({
          "icd10cm_order_2026.txt": ORDER,
          "icd10cm_codes_2026.txt":
            "E1140   Type 2 diabetes mellitus with diabetic neuropathy, unspecified\r\n",
          "icd10OrderFiles.pdf": "%PDF"
        }),
        "tabular.xml": TABULAR,
        "XML.zip": zip({ "some folder/index.xml": INDEX }),
        "HCPC2026_JAN_ANWEB.txt": HCPCS
      }),
      { ...NO_LICENCE, onProgress: (progress) => told.push(progress) }
    )
    expect(sets.map(({ info }) => [info.id, info.effective.from, info.effective.to])).toEqual([
      ["hcpcs-2026-01", "2026-01-01", "2026-03-31"],
      ["icd10cm-FY2026", "2025-10-01", "2026-09-30"]
    ])
    const pack = await open(sets[1])
    const row = pack.find("E11.40")
    expect(pack.notes(row, true)).toMatchObject([{ kind: "excludes1", at: "E11" }])
    expect(pack.indexPaths(row)).toContain("Acromelalgia")
    expect(unused.map((name) => name.split("/").at(-1))).toEqual([
      "icd10cm_codes_2026.txt",
      "icd10OrderFiles.pdf"
    ])
    expect(told.at(-1)?.done.join("\n")).toContain("icd10cm_order_2026.txt: 3 codes and headers")
    expect(sets[1]?.missing.join(" ")).toMatch(/External Cause Index is missing.*Neoplasms.*Drugs.*HCC/)
    // Steps go up one by one and never pass their number.
    expect(told.map(({ step }) => step)).toEqual(told.map((_, at) => at + 1))
    for (const { step, steps } of told) expect(step).toBeLessThanOrEqual(steps)
    const totals = told.map(({ steps }) => steps)
    expect(totals).toEqual([...totals].sort((a, b) => a - b))
  })

  it("a release without XML borrows from the one beside it, and says so", async () => {
    const { sets } = await compile({
      "icd10cm_order_2026.txt": ORDER,
      "icd10cm_order_2027.txt": ORDER,
      "tabular.xml": TABULAR,
      "index.xml": INDEX
    })
    expect(sets.map(({ info }) => [info.release, info.borrowedFrom])).toEqual([
      ["FY2026", undefined],
      ["FY2027", "FY2026"]
    ])
  })

  it("an order file alone gives a set that says what it lacks", async () => {
    const { sets } = await compile({ "icd10cm_order_2026.txt": ORDER })
    expect(sets[0]?.info.remarks.join(" ")).toMatch(/No Tabular List.*No Alphabetic Index/)
  })

  it("an exported pack is taken as it is", async () => {
    const bytes = compilePack(model("FY2025"))
    const { sets } = await compile({ "icd10cm-FY2025-abc.bin": bytes })
    expect(sets).toHaveLength(1)
    expect(sets[0]?.info).toMatchObject({ id: "icd10cm-FY2025", bytes: bytes.length })
    expect(new Uint8Array(await sets[0]!.blob.arrayBuffer())).toEqual(new Uint8Array(bytes))
  })
})

describe("what the installed pack of the same release knows", () => {
  const E1140 = "Type 2 diabetes mellitus with diabetic neuropathy, unspecified"
  const installedPack = (changes: Partial<CodeSetModel> = {}) =>
    compilePack(
      model("FY2026", {
        codes: [
          { code: "E11", title: "Type 2 diabetes mellitus", billable: false, notes: [] },
          { code: "E114", title: "Type 2 diabetes with another title", billable: false, notes: [] },
          { code: "E1140", title: E1140, billable: true, notes: [] },
          { code: "I10", title: "Essential (primary) hypertension", billable: true, notes: [] }
        ],
        attributes: new Map([
          ["E1140", { hcc: { V28: "37" }, cc: "CC" as const }],
          ["I10", { poaExempt: true }]
        ]),
        lists: [
          { kind: "hcc", name: "CMS-HCC PY2026", borrowed: true, knowsUntil: "2025-09-30" },
          { kind: "cc", name: "MS-DRG 43.1" }
        ],
        history: new Map([
          ["E11", { headerSince: "2015-10-01" }],
          ["E114", { addedSince: "2015-10-01" }]
        ]),
        retired: [{ code: "E113", title: "Gone", since: "2016-10-01", successors: ["E11.40"] }],
        ...changes
      })
    )
  const importOver = async (bytes: Uint8Array | undefined, named: Record<string, string> = {}) => {
    const asked: string[] = []
    const { sets } = await compileFiles(files({ "icd10cm_order_2026.txt": ORDER, ...named }), {
      ...NO_LICENCE,
      installed: async (id) => {
        asked.push(id)
        return bytes
      }
    })
    return { asked, set: sets[0]!, pack: await open(sets[0]) }
  }

  it("is taken over for codes of the same title and flag, and said", async () => {
    const { asked, set, pack } = await importOver(installedPack())
    expect(asked).toEqual(["icd10cm-FY2026"])
    expect(pack.attributes(pack.find("E11.40"))).toEqual({ hcc: { V28: "37" }, cc: "CC" })
    expect(pack.lists()).toEqual([
      { kind: "hcc", name: "CMS-HCC PY2026", borrowed: true, knowsUntil: "2025-09-30" },
      { kind: "cc", name: "MS-DRG 43.1" }
    ])
    expect(pack.history(pack.find("E11"))).toEqual({ headerSince: "2015-10-01" })
    expect(pack.history(pack.find("E11.4"))).toEqual({})
    expect(pack.allRetired().map(({ code }) => code)).toEqual(["E113"])
    expect(pack.info.remarks.join(" ")).toContain("CMS-HCC PY2026; MS-DRG 43.1; history.")
    expect(set.missing.join(" ")).not.toMatch(/HCC/)
  })

  it("gives nothing when it is another release, damaged, or has no lists", async () => {
    for (const bytes of [
      undefined,
      installedPack().slice(0, -8),
      compilePack(model("FY2026")),
      installedPack({ release: "FY2025" })
    ]) {
      const { set, pack } = await importOver(bytes)
      expect(pack.lists()).toEqual([])
      expect(pack.allRetired()).toEqual([])
      expect(set.missing.join(" ")).toMatch(/HCC/)
    }
  })
})

describe("what cannot be taken, in words that name file, line and what was expected", () => {
  const noXml = TABULAR.replace("</chapter>", "")
  it.each<[string, Record<string, string | Uint8Array>, RegExp]>([
    ["no files", {}, /No file was given/],
    [
      "a picture",
      { "cat.png": "\u0089PNG" },
      /None of these files is a code set.*cat\.png.*Expected: the ICD-10-CM order file/
    ],
    [
      "a broken line",
      { "o_2026.txt": ORDER.replace("E114    0", "E114    7") },
      /o_2026\.txt, line 2: expected 0 \(header\)/
    ],
    [
      "a broken line inside a zip",
      { "a.zip": zip({ "icd10cm_order_2026.txt": ORDER.replace("00002", "00009") }) },
      /a\.zip\/icd10cm_order_2026\.txt, line 2: expected order number 00002/
    ],
    [
      "an order file without a year",
      { "order.txt": ORDER },
      /order\.txt does not say of which release it is.*icd10cm_order_2026\.txt/
    ],
    [
      "XML without its order file",
      { "t.xml": TABULAR },
      /The order file of ICD-10-CM FY2026 \(icd10cm_order_2026\.txt\) is missing\. Add it together with t\.xml/
    ],
    [
      "XML that is cut off",
      { "icd10cm_order_2026.txt": ORDER, "t.xml": noXml },
      /t\.xml, line \d+: expected well-formed XML/
    ],
    [
      "XML of another year alone",
      { "icd10cm_order_2026.txt": ORDER, "t.xml": TABULAR.replace("<version>2026", "<version>2024") },
      /The order file of ICD-10-CM FY2024 \(icd10cm_order_2024\.txt\) is missing/
    ],
    [
      "a year that is none",
      { "t.xml": TABULAR.replace("<version>2026", "<version>draft") },
      /t\.xml: expected a <version> that is a year/
    ],
    [
      "two order files of one release",
      { "icd10cm_order_2026.txt": ORDER, "copy_2026.txt": ORDER },
      /copy_2026\.txt: expected the files of one release, found two of the same kind/
    ],
    [
      "two indexes",
      { "order_2026.txt": ORDER, "a.xml": INDEX, "b.xml": INDEX },
      /b\.xml: expected the files of one release, found two of the same kind \(a\.xml too\)/
    ],
    [
      "a damaged zip",
      { "a.zip": zip({ "x_2026.txt": ORDER }).subarray(0, 40) },
      /a\.zip: expected a whole zip archive/
    ],
    [
      "a quarter nobody knows",
      { "hcpcs.txt": HCPCS },
      /hcpcs\.txt does not say of which release it is.*HCPC2026_JAN_ANWEB/
    ],
    [
      "the same release as pack and as files",
      { "p.bin": compilePack(model("FY2026")), "icd10cm_order_2026.txt": ORDER },
      /ICD-10-CM FY2026 came twice/
    ],
    [
      "a pack that is cut off",
      { "p.bin": compilePack(model("FY2026")).subarray(0, 900) },
      /p\.bin is no whole pack/
    ],
    [
      "CPT without a licence",
      { "p.bin": compilePack(model("2026", { system: "CPT" })) },
      /American Medical Association/
    ]
  ])("%s", async (_, named, sentence) => {
    await expect(compile(named)).rejects.toThrow(sentence)
  })

  it("CPT files with a licence make the year that was said", async () => {
    const list = [
      "00001\tAnaesthesia of a made-up kind",
      "00002\tAnother made-up service",
      "00003\tA third one"
    ]
    const given = files({ "LONGULT.txt": list.join("\r\n") })
    const { sets } = await compileFiles(given, { terms: { cptLicence: true, cptYear: "2026" } })
    expect(sets[0]?.info).toMatchObject({ id: "cpt-2026", system: "CPT", codes: 3 })
    await expect(compileFiles(given, { terms: { cptLicence: true, cptYear: "" } })).rejects.toThrow(
      /a release such as 2026/
    )
    await expect(compileFiles(given, { terms: { cptLicence: false } })).rejects.toThrow(/own licence/)
  })

  it("CPT with a licence is taken", async () => {
    const cpt = compilePack(model("2026", { system: "CPT" }))
    const { sets } = await compileFiles(files({ "p.bin": cpt }), { terms: { cptLicence: true } })
    expect(sets[0]?.info.system).toBe("CPT")
  })

  it("any flipped byte of an exported pack is noticed", async () => {
    const bytes = compilePack(model("FY2026"))
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = bytes.slice()
        damaged[at] = damaged[at]! ^ flip
        await expect(compile({ "p.bin": damaged })).rejects.toThrow(/no whole pack|None of these files/)
      })
    )
  })
})

describe("claim edits of CMS", () => {
  it("come in parts, beside code sets, and are told apart by their content", async () => {
    const { sets, edits, unused } = await compileFiles(
      files({
        "ncci.zip": zip({
          "ccipra-v320r0-f1.txt": ptpText([["G0101", "G0102", "20100101", "*", "1", "Misuse"]]),
          "ccipra-v320r0-f2.txt": ptpText([["J1100", "G0101", "20200101", "*", "0", "Exclusive"]])
        }),
        "MCR_MUE_PractitionerServices_Eff_01-01-2026.csv": mueCsv([["G0101", 1, "2 Policy", "Policy"]]),
        "HCPC2026_JAN_ANWEB.txt": HCPCS,
        "readme.txt": "nothing"
      }),
      NO_LICENCE
    )
    expect(sets.map(({ info }) => info.id)).toEqual(["hcpcs-2026-01"])
    expect(edits?.map(({ facts }) => [facts.id, facts.rows])).toEqual([
      ["ncci-ptp-practitioner-2026-01", 2],
      ["ncci-mue-practitioner-2026-01", 1]
    ])
    const table = openEdits(new Uint8Array(await edits![0]!.blob.arrayBuffer()))
    expect(table.pairs("J1100", "G0101")).toHaveLength(1)
    expect(unused).toEqual(["readme.txt"])
  })

  it("are taken without any code set", async () => {
    const { sets, edits } = await compile({
      "MCR_MUE_DMESupplier_Eff_04-01-2026.csv": mueCsv([["E0110", 2, "1 Line Edit", "x"]], "supplier")
    })
    expect(sets).toEqual([])
    expect(edits).toHaveLength(1)
  })
})
