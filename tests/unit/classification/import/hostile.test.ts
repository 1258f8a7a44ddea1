/** Files that mean harm: they are refused with a sentence, or what comes of them can be read whole. */
import fc from "fast-check"
import { strToU8 } from "fflate"
import { describe, expect, it } from "vitest"
import { compileFiles } from "@/classification/import/compile-files"
import { ImportError } from "@/classification/import/compiled-set"
import { compilePack } from "@/classification/pack/compile"
import { crc32, SECTION, type SectionName } from "@/classification/pack/format"
import { openPack } from "@/classification/pack/open"
import { readWhole } from "@/classification/pack/read-whole"
import { verifyPack } from "@/classification/pack/verify"
import { openArchive } from "@/classification/readers/archive"
import { parseXml } from "@/classification/readers/xml"
import { withInfo, withSection } from "../pack/forged"
import { richModel } from "../pack/rich-model"
import { smallHcpcs } from "../small-model"

const pack = compilePack({ ...richModel(), remarks: ["x".repeat(2000)] })
const compile = (bytes: Uint8Array) =>
  compileFiles([{ name: "p.bin", read: async () => bytes }], { terms: { cptLicence: false } })

describe("a pack whose checksums are right", () => {
  it("is taken when what it says is true", async () => {
    readWhole(openPack(pack))
    readWhole(openPack(compilePack(smallHcpcs())))
    const same = withInfo(pack, { remarks: ["shorter"] })
    verifyPack(same)
    expect((await compile(same)).sets[0]?.info.remarks).toEqual(["shorter"])
  })

  it.each<[string, Record<string, unknown>]>([
    ["takes the name of the lexicon", { id: "lexicon" }],
    ["takes the name of another release", { id: "icd10cm-FY2031" }],
    ["has a name that is a path", { id: "../../x", release: "../x" }],
    ["is of no known system", { system: "LOINC", id: "undefined-FY2026" }],
    ["is of a system from the prototype", { system: "constructor" }],
    ["begins on no day", { effective: { from: "whenever" } }],
    ["ends before it begins", { effective: { from: "2025-10-01", to: "2024-09-30" } }],
    ["ends on something else", { effective: { from: "2025-10-01", to: 5 } }],
    ["has remarks that are no texts", { remarks: [{ toString: "x" }] }],
    ["counts less than nothing", { billable: -1 }],
    ["counts halves", { billable: 0.5 }],
    ["claims billable codes", { billable: 1 }],
    ["claims more codes than there are", { codes: 4_000_000_000 }],
    ["is complete in another way", { complete: "yes" }],
    ["borrows from an object", { borrowedFrom: {} }]
  ])("but %s is refused", async (_, change) => {
    const forged = withInfo(pack, change)
    await expect(compile(forged)).rejects.toThrow(ImportError)
    await expect(compile(forged)).rejects.toThrow(/^p\.bin is no whole pack: /)
  })

  it("but holds keys of the prototype changes no object", async () => {
    const forged = withInfo(pack, JSON.parse('{"__proto__":{"polluted":true},"remarks":[]}'))
    const { sets } = await compile(forged)
    expect(sets[0]?.info).not.toHaveProperty("polluted")
    expect({}).not.toHaveProperty("polluted")
  })

  it("but says that it is CPT is refused without a licence", async () => {
    const forged = withInfo(pack, { system: "CPT", id: "cpt-FY2026" })
    await expect(compile(forged)).rejects.toThrow(/American Medical Association|no whole pack/)
  })

  it.each<[SectionName, number]>([
    ["codes", 0],
    ["titleBytes", 255],
    ["up", 1],
    ["span", 255],
    ["codeOrder", 255],
    ["textBytes", 255],
    ["tokenBytes", 255],
    ["wordOrder", 0],
    ["termSource", 255],
    ["noteKind", 255],
    ["rowFlags", 0]
  ])("but has the section %s full of %i is refused", async (name, byte) => {
    const forged = withSection(pack, name, (section) => section.fill(byte))
    verifyPack(withSection(pack, name, () => {}))
    await expect(compile(forged)).rejects.toThrow(/^p\.bin is no whole pack: /)
  })

  it("but lies anywhere is refused, or can be read whole", async () => {
    const names = (Object.keys(SECTION) as SectionName[]).filter((name) => {
      try {
        withSection(pack, name, () => {})
        return true
      } catch {
        return false
      }
    })
    expect(names.length).toBeGreaterThan(40)
    const lie = fc.record({ name: fc.constantFrom(...names), at: fc.nat(), to: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(fc.array(lie, { minLength: 1, maxLength: 4 }), async (lies) => {
        let forged = pack
        for (const { name, at, to } of lies) {
          forged = withSection(forged, name, (section) => {
            if (section.length > 0) section[at % section.length] = to
          })
        }
        try {
          const { sets } = await compile(forged)
          readWhole(openPack(new Uint8Array(await sets[0]!.blob.arrayBuffer())))
        } catch (error) {
          expect(error).toBeInstanceOf(ImportError)
        }
      }),
      { numRuns: 60 }
    )
  })
})

describe("an archive", () => {
  /** One stored body, and as many names for it as wanted; each claims to be empty. */
  function manyNames(count: number, body: Uint8Array): Uint8Array {
    const local = new Uint8Array(31 + body.length)
    const head = new DataView(local.buffer)
    head.setUint32(0, 0x04034b50, true)
    head.setUint16(26, 1, true)
    local[30] = 97
    local.set(body, 31)
    const directory = new Uint8Array(count * 50 + 22)
    const view = new DataView(directory.buffer)
    for (let n = 0; n < count; n++) {
      const at = n * 50
      view.setUint32(at, 0x02014b50, true)
      view.setUint32(at + 16, crc32(body), true)
      view.setUint32(at + 20, body.length, true)
      view.setUint16(at + 28, 4, true)
      directory.set(strToU8(String(1000 + n)), at + 46)
    }
    view.setUint32(count * 50, 0x06054b50, true)
    view.setUint16(count * 50 + 8, count, true)
    view.setUint16(count * 50 + 10, count, true)
    view.setUint32(count * 50 + 12, count * 50, true)
    view.setUint32(count * 50 + 16, local.length, true)
    const bytes = new Uint8Array(local.length + directory.length)
    bytes.set(local)
    bytes.set(directory, local.length)
    return bytes
  }

  it("in which many names share one body is counted by what it would take", () => {
    const small = openArchive({ name: "a.zip", content: manyNames(3, strToU8("body")) })
    expect([...small.values()].map(({ content }) => content.length)).toEqual([4, 4, 4])
    const large = manyNames(900, new Uint8Array(400_000))
    expect(() => openArchive({ name: "a.zip", content: large })).toThrow("at most 256 MB unpacked")
  })

  it("that claims 4 GB is refused before anything is unpacked", () => {
    const bytes = manyNames(1, strToU8("body"))
    new DataView(bytes.buffer).setUint32(35 + 24, 0xfffffff0, true)
    expect(() => openArchive({ name: "a.zip", content: bytes })).toThrow("at most 256 MB unpacked")
  })
})

describe("XML", () => {
  const parse = (text: string) => parseXml({ name: "t.xml", content: strToU8(text) })

  it("with entities that grow or name a file is refused", () => {
    const laughs = `<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;"><!ENTITY d "&c;&c;&c;">]><a>&d;</a>`
    expect(() => parse(laughs)).toThrow(/t\.xml, line 1: expected well-formed XML/)
    const outside = `<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>`
    expect(() => parse(outside)).toThrow(/expected well-formed XML/)
  })

  it("with keys of the prototype and markup in its texts is only text", () => {
    const root = parse('<a __proto__="x" constructor="y"><t>&lt;img src=x onerror=alert(1)&gt;</t></a>')
    expect(Object.keys(root.attributes).sort()).toEqual(["__proto__", "constructor"])
    expect(root.content).toMatchObject([{ content: ["<img src=x onerror=alert(1)>"] }])
    expect({}).not.toHaveProperty("x")
  })

  it("nested without end is refused", () => {
    expect(() => parse("<a>".repeat(100_000))).toThrow("at most 64 levels")
  })
})
