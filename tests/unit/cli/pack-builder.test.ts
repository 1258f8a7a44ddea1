import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { withFolderLock } from "@/cli/folder-lock"
import { loadPacks } from "@/cli/load-packs"
import { buildPacks, ensurePacks } from "@/cli/pack-builder"
import { PackFileError, PacksManifestError, readPacksManifest } from "@/cli/packs-manifest"
import { REPOSITORY } from "@/cli/paths"
import { sourceSettings } from "@/cli/sources/resolve"

let dir = ""
let lines: string[] = []
const starterOnly = () => ({
  dir,
  cache: join(dir, "cache"),
  settings: sourceSettings({ CHARTSIDE_SOURCES: "starter" }),
  log: (line: string) => void lines.push(line)
})

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "chartside-packs-"))
  await buildPacks(starterOnly())
})
afterAll(() => {
  rmSync(dir, { recursive: true, force: true })
})

const summary = () => lines[lines.length - 1]

describe("a build that reaches no source", () => {
  it("ends with the starter sets and says so in one clear line each", () => {
    expect(lines.filter((line) => line.startsWith("No full "))).toEqual([
      expect.stringMatching(
        /^No full ICD-10-CM source was reached: the starter set is used \(\d+ codes, not complete\)\.$/
      ),
      expect.stringMatching(
        /^No full HCPCS source was reached: the starter set is used \(\d+ codes, not complete\)\.$/
      )
    ])
    const manifest = readPacksManifest(dir)
    expect(manifest.map(({ id, complete }) => [id, complete])).toEqual([
      ["icd10cm-starter", false],
      ["hcpcs-starter", false],
      ["lexicon", undefined]
    ])
    expect(readdirSync(dir).sort()).toEqual([
      "hcpcs-starter.bin",
      "icd10cm-starter.bin",
      "lexicon.json",
      "packs.json"
    ])
  })

  it("builds nothing again that did not change, the same bytes when forced", async () => {
    const before = readPacksManifest(dir)
    await buildPacks(starterOnly())
    expect(summary()).toContain("0 built, 3 unchanged")
    await buildPacks({ ...starterOnly(), force: true })
    expect(summary()).toContain("3 built, 0 unchanged")
    expect(readPacksManifest(dir)).toEqual(before)
  })

  it.each([
    ["a damaged pack", () => writeFileSync(join(dir, "hcpcs-starter.bin"), "broken"), "1 built, 2 unchanged"],
    ["a missing lexicon", () => rmSync(join(dir, "lexicon.json")), "1 built, 2 unchanged"],
    ["a damaged list", () => writeFileSync(join(dir, "packs.json"), "[{"), "3 built, 0 unchanged"],
    [
      "a list of another shape",
      () => writeFileSync(join(dir, "packs.json"), '[{"id":"../x"}]'),
      "3 built, 0 unchanged"
    ],
    [
      "a pack made by another compiler",
      () => {
        const text = readFileSync(join(dir, "packs.json"), "utf8")
        writeFileSync(
          join(dir, "packs.json"),
          text
            .replace(/("id": "icd10cm-starter"[\s\S]*?"inputs": ")[0-9a-f]{8}/, "$100000000")
            .replace(/"compiler": "[0-9a-f]{8}/, '"compiler": "00000000')
        )
      },
      "1 built, 2 unchanged"
    ]
  ])("mends %s on the next use", async (_, damage, expected) => {
    damage()
    const manifest = await ensurePacks(starterOnly())
    expect(summary()).toContain(expected)
    expect(manifest).toEqual(readPacksManifest(dir))
    lines = []
    await ensurePacks(starterOnly())
    expect(lines).toEqual([])
  })

  it("removes packs that are no longer named", async () => {
    writeFileSync(join(dir, "icd10cm-FY2019.bin"), "old")
    writeFileSync(join(dir, "packs.json.1.partial"), "half")
    await buildPacks(starterOnly())
    expect(readdirSync(dir)).not.toContain("icd10cm-FY2019.bin")
    expect(readdirSync(dir)).not.toContain("packs.json.1.partial")
  })
})

describe("packs of a folder", () => {
  it("are opened, picked by date, and say what they are not", async () => {
    const shelf = await loadPacks(dir)
    const picked = shelf.pick("2025-11-03")
    expect(picked.packs.map((pack) => pack.info.system)).toEqual(["ICD-10-CM", "HCPCS"])
    expect(picked.exact).toBe(true)
    expect(picked.notices).toHaveLength(2)
    expect(picked.notices[0]).toMatch(/^Starter set: ICD-10-CM, \d+ codes, not complete\.$/)
    expect(picked.packs[0]?.info.sha256).toBe(shelf.codeSets[0]?.sha256)
    expect(shelf.pick("2025-11-03").packs[0]).toBe(picked.packs[0])
    const row = picked.packs[0]!.find("E11.9")
    expect(picked.packs[0]!.title(row)).toBe("Type 2 diabetes mellitus without complications")
  })

  it("say that the newest was used without a date, or an earlier one for a later date", async () => {
    const shelf = await loadPacks(dir)
    expect(shelf.pick()).toMatchObject({ exact: false })
    expect(shelf.pick().notices[0]).toContain("No date was given")
    expect(shelf.pick("2027-01-01").exact).toBe(false)
    expect(shelf.pick("2027-01-01").notices[0]).toContain("No ICD-10-CM release for 2027-01-01")
  })

  it("carry the lexicon", async () => {
    const lexicon = (await loadPacks(dir)).lexicon()
    expect(lexicon.sections.length).toBeGreaterThan(0)
    // From a folder below codesets/lexicon.
    expect(lexicon.triggers.length).toBeGreaterThan(0)
  })

  it("refuse a folder without list and a damaged file, in plain words", async () => {
    await expect(loadPacks(join(dir, "nowhere"))).rejects.toThrow(PacksManifestError)
    const copy = mkdtempSync(join(tmpdir(), "chartside-damaged-"))
    for (const name of readdirSync(dir)) writeFileSync(join(copy, name), readFileSync(join(dir, name)))
    writeFileSync(join(copy, "icd10cm-starter.bin"), "broken")
    const shelf = await loadPacks(copy)
    expect(() => shelf.pick("2025-11-03")).toThrow(PackFileError)
    expect(() => shelf.pick("2025-11-03")).toThrow("npm run packs")
    rmSync(copy, { recursive: true })
  })
})

describe("lock of a folder", () => {
  it("lets one builder in at a time, and frees what a killed one left", async () => {
    const gone = spawnSync(process.execPath, ["-e", "console.log(process.pid)"]).stdout.toString().trim()
    writeFileSync(join(dir, ".lock"), gone)
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside--
    }
    await Promise.all([withFolderLock(dir, work), withFolderLock(dir, work), withFolderLock(dir, work)])
    expect(most).toBe(1)
    expect(readdirSync(dir)).not.toContain(".lock")
    await expect(withFolderLock(dir, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed")
    expect(readdirSync(dir)).not.toContain(".lock")
  })
})

describe("command line", () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(REPOSITORY, "scripts", "chartside.mjs"), ...args], {
      encoding: "utf8",
      input: ""
    })

  it("lists the installed packs, one JSON line each", () => {
    const { status, stdout } = run("packs", "--packs", dir)
    expect(status).toBe(0)
    const told = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(told.map(({ id }) => id)).toEqual(["icd10cm-starter", "hcpcs-starter", "lexicon"])
    expect(told[0]).toMatchObject({ system: "ICD-10-CM", complete: false, source: "starter" })
    expect(told[0]).not.toHaveProperty("inputs")
  })

  it.each([
    ["no command", [], 2, "usage:"],
    ["an unknown command", ["frobnicate"], 2, 'unknown command "frobnicate"'],
    ["a name of every object", ["constructor"], 2, 'unknown command "constructor"'],
    ["a wrong option", ["packs", "--colour"], 2, "unknown option --colour"],
    ["a folder without packs", ["packs", "--packs", "/nonexistent"], 1, "there is no /nonexistent/packs.json"]
  ])("exits with its code for %s", (_, args, status, message) => {
    const result = run(...args)
    expect(result.status).toBe(status)
    expect(result.stderr).toContain(message)
    expect(result.stdout).toBe("")
  })
})
