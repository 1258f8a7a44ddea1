import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { strToU8, zipSync } from "fflate"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { ReaderError } from "@/classification/readers/reader-error"
import { CODESETS_DIR } from "@/cli/paths"
import { type CataloguePack, parseCatalogue, readCatalogue } from "@/cli/sources/catalogue"
import { type SourceContext, SourceUnavailable, sha256Of, takeMembers } from "@/cli/sources/found"
import { download, fromOfficial } from "@/cli/sources/official"
import { fromPypi } from "@/cli/sources/pypi"
import { resolvePack, SourceSettingError, sourceContext, sourceSettings } from "@/cli/sources/resolve"

const LIMITS = { connectMs: 300, stallMs: 300, maxBytes: 10_000 }
let folder = ""

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chartside-sources-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const context = (): SourceContext => ({
  cache: join(folder, "cache"),
  releases: folder,
  deadHosts: new Map()
})
const bytes = (text: string) => strToU8(text)

describe("sources.json", () => {
  const catalogue = readCatalogue(join(CODESETS_DIR, "sources.json"))

  it("keeps to its schema and to the order local, official, package index", () => {
    expect(catalogue.packs.map(({ id }) => id)).toEqual([
      "icd10cm-FY2026",
      "icd10cm-FY2027",
      "hcpcs-2025-10",
      "icd10pcs-FY2026"
    ])
    for (const { sources } of catalogue.packs) {
      const order = ["local", "official", "pypi"]
      const ranks = sources.map(({ kind }) => order.indexOf(kind))
      expect(ranks).toEqual([...ranks].sort())
    }
    expect(catalogue.starter.map(({ system }) => system)).toEqual(["ICD-10-CM", "HCPCS"])
  })

  it.each([
    [
      "a path that leaves its folder",
      (text: string) => text.replace("starter/hcpcs.tsv", "../../etc/passwd")
    ],
    ["a download without TLS", (text: string) => text.replace("https://www.cms.gov", "http://www.cms.gov")],
    ["an unpinned package", (text: string) => text.replace("simple-icd-10-cm==1.5.0", "simple-icd-10-cm")],
    ["a short checksum", (text: string) => text.replace("6d461d71dc26", "")],
    ["a broken pattern", (text: string) => text.replace("^icd10cm_order_2026", "^icd10cm_(order_2026")],
    [
      "a lender that comes later",
      (text: string) => text.replace('"borrowFrom":"icd10cm-FY2026"', '"borrowFrom":"hcpcs-2025-10"')
    ],
    ["a field nobody knows", (text: string) => text.replace('"version":1', '"version":1,"mirror":"x"')]
  ])("refuses %s", (_, change) => {
    const text = JSON.stringify(catalogue)
    const changed = change(text)
    expect(changed).not.toBe(text)
    expect(() => parseCatalogue(JSON.parse(changed), "sources.json")).toThrow("sources.json")
  })
})

describe("settings of the environment", () => {
  it("reads kinds and folder, and refuses an unknown kind", () => {
    expect([...sourceSettings({ CHARTSIDE_SOURCES: "pypi, local" }).kinds]).toEqual(["pypi", "local"])
    expect([...sourceSettings({}).kinds]).toEqual(["local", "official", "pypi", "starter"])
    expect(sourceSettings({ CHARTSIDE_RELEASES: "/x" }).releases).toBe("/x")
    expect(sourceSettings({ CHARTSIDE_RELEASES: "" })).not.toHaveProperty("releases")
    expect(() => sourceSettings({ CHARTSIDE_SOURCES: "local,ftp" })).toThrow(SourceSettingError)
  })
})

function packWith(sources: CataloguePack["sources"]): CataloguePack {
  return { id: "hcpcs-test", system: "HCPCS", release: "test", effective: { from: "2025-10-01" }, sources }
}

const localFile = (path: string, content: string): CataloguePack["sources"][number] => ({
  kind: "local",
  name: `local-${path}`,
  files: [{ role: "hcpcs", path, sha256: sha256Of(bytes(content)) }]
})

describe("sources in order", () => {
  const settings = () => sourceSettings({ CHARTSIDE_RELEASES: folder })

  async function resolved(sources: CataloguePack["sources"], accept = (text: string) => text) {
    const lines: string[] = []
    const result = await resolvePack(
      packWith(sources),
      settings(),
      sourceContext(settings(), context().cache),
      (line) => lines.push(line),
      ({ files, provenance }) => ({
        source: provenance.source,
        text: accept(Buffer.from(files.get("hcpcs")!.content).toString())
      })
    )
    return { result, lines }
  }

  it("passes a missing file and a wrong checksum, with one line each, and takes the first whole source", async () => {
    writeFileSync(join(folder, "altered.txt"), "ALTERED")
    writeFileSync(join(folder, "good.txt"), "good")
    const { result, lines } = await resolved([
      localFile("missing.txt", "x"),
      localFile("altered.txt", "original"),
      localFile("good.txt", "good")
    ])
    expect(result).toEqual({ source: "local-good.txt", text: "good" })
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain("missing.txt is not in")
    expect(lines[1]).toMatch(/altered\.txt has SHA-256 [0-9a-f]{12}\.\.\., expected [0-9a-f]{12}\.\.\./)
    expect(lines[2]).toBe("hcpcs-test: local-good.txt: 1 file, SHA-256 right")
  })

  it("passes a source whose files cannot be read, and gives nothing when none is left", async () => {
    writeFileSync(join(folder, "good.txt"), "good")
    const { result, lines } = await resolved([localFile("good.txt", "good")], () => {
      throw new ReaderError("good.txt", 3, "a record", "soup")
    })
    expect(result).toBeUndefined()
    expect(lines).toEqual(["hcpcs-test: local-good.txt: good.txt, line 3: expected a record, found soup"])
  })

  it("does not hide mistakes of our own", async () => {
    writeFileSync(join(folder, "good.txt"), "good")
    await expect(
      resolved([localFile("good.txt", "good")], () => {
        throw new TypeError("ours")
      })
    ).rejects.toThrow("ours")
  })
})

describe("members of an archive", () => {
  const archive = {
    name: "x.zip",
    content: zipSync({ "dir/Order_2026.txt": bytes("order"), "other.txt": bytes("other") })
  }

  it("are found by name without folder and held against their checksum", () => {
    const found = takeMembers(archive, [
      { role: "order", pattern: "^order_2026\\.txt$", sha256: sha256Of(bytes("order")) }
    ])
    expect(Buffer.from(found.get("order")!.content).toString()).toBe("order")
    expect(() =>
      takeMembers(archive, [{ role: "order", pattern: "^order_2026\\.txt$", sha256: sha256Of(bytes("x")) }])
    ).toThrow(SourceUnavailable)
  })

  it("must be there, and once", () => {
    expect(() => takeMembers(archive, [{ role: "order", pattern: "^order_2027" }])).toThrow(
      "the files this release needs"
    )
    expect(() => takeMembers(archive, [{ role: "order", pattern: "\\.txt$" }])).toThrow("holds 2 files")
  })
})

describe("official download", () => {
  const GOOD = zipSync({ "order.txt": bytes("order") })
  let server: Server
  let base = ""
  const asked: string[] = []

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? "")
      switch (request.url) {
        case "/good.zip":
          response.end(Buffer.from(GOOD))
          break
        case "/huge":
          response.end(Buffer.alloc(20_000))
          break
        case "/stalls":
          response.writeHead(200)
          response.write("begin")
          break
        case "/silent":
          break
        default:
          response.writeHead(404)
          response.end("<html>not found</html>")
      }
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    asked.length = 0
  })

  const source = (path: string, sha256?: string) => ({
    kind: "official" as const,
    name: "official-download",
    downloads: [
      {
        url: `${base}${path}`,
        ...(sha256 ? { sha256 } : {}),
        members: [{ role: "order" as const, pattern: "^order\\.txt$" }]
      }
    ]
  })

  it("takes members out of the archive and asks the network only once", async () => {
    const shared = context()
    for (let round = 0; round < 2; round++) {
      const files = await fromOfficial(source("/good.zip"), shared, LIMITS)
      expect(Buffer.from(files.get("order")!.content).toString()).toBe("order")
    }
    expect(asked).toEqual(["/good.zip"])
    expect(readdirSync(join(shared.cache, "official")).every((name) => !name.includes("partial"))).toBe(true)
  })

  it("fetches again what was damaged in the cache", async () => {
    const shared = context()
    const right = sha256Of(GOOD)
    await fromOfficial(source("/good.zip", right), shared, LIMITS)
    const cached = join(shared.cache, "official", readdirSync(join(shared.cache, "official"))[0]!)
    writeFileSync(cached, "damaged")
    await fromOfficial(source("/good.zip", right), shared, LIMITS)
    expect(asked).toHaveLength(2)
    expect(sha256Of(readFileSync(cached))).toBe(right)
  })

  it("keeps nothing that has the wrong checksum", async () => {
    const shared = context()
    await expect(fromOfficial(source("/good.zip", "0".repeat(64)), shared, LIMITS)).rejects.toThrow(
      "expected 000000000000"
    )
    await expect(fromOfficial(source("/good.zip", "0".repeat(64)), shared, LIMITS)).rejects.toThrow(
      SourceUnavailable
    )
    expect(asked).toHaveLength(2)
  })

  it.each([
    ["/missing", "answered 404"],
    ["/huge", "larger than"],
    ["/stalls", "no answer within 0.3 s"],
    ["/silent", "no answer within 0.3 s"]
  ])("gives up on %s with a plain reason", async (path, reason) => {
    await expect(download(`${base}${path}`, context(), LIMITS)).rejects.toThrow(reason)
  })

  it("does not ask a host again that did not answer", async () => {
    const shared = context()
    // Port 1 of the loopback refuses at once.
    await expect(download("http://127.0.0.1:1/a", shared, LIMITS)).rejects.toThrow(
      "127.0.0.1:1 is not reachable"
    )
    await expect(download("http://127.0.0.1:1/b", shared, LIMITS)).rejects.toThrow("not asked again")
    // A host that answers "not found" is alive.
    await expect(download(`${base}/missing`, shared, LIMITS)).rejects.toThrow("404")
    await expect(download(`${base}/missing`, shared, LIMITS)).rejects.toThrow("404")
  })
})

describe("wheel of the package index", () => {
  const wheel = zipSync({ "pkg/data/list.txt": bytes("codes") })
  const source = {
    kind: "pypi" as const,
    name: "pypi:example",
    requirement: "example==1.0",
    wheel: "example-1.0-py3-none-any.whl",
    sha256: sha256Of(wheel),
    members: [{ role: "codeList" as const, pattern: "^list\\.txt$" }]
  }

  /** A python3 of our own in front of the real one: what pip does is not under test, what we make of it is. */
  function fakePython(script: string): void {
    const bin = join(folder, "bin")
    mkdirSync(bin, { recursive: true })
    writeFileSync(join(folder, "fake.whl"), wheel)
    writeFileSync(join(bin, "python3"), `#!/bin/sh\necho "$@" >> "${folder}/calls"\n${script}\n`)
    chmodSync(join(bin, "python3"), 0o755)
    vi.stubEnv("PATH", `${bin}${delimiter}${process.env.PATH}`)
  }
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  const COPY =
    'while [ "$1" != "-d" ]; do shift; done; cp "$(dirname "$0")/../fake.whl" "$2/example-1.0-py3-none-any.whl"'

  it("is fetched once without running its code, verified, and read as a zip", async () => {
    fakePython(COPY)
    const shared = context()
    for (let round = 0; round < 2; round++) {
      const files = await fromPypi(source, shared)
      expect(Buffer.from(files.get("codeList")!.content).toString()).toBe("codes")
    }
    expect(readdirSync(join(shared.cache, "pypi"))).toEqual([source.wheel])
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n")
    expect(calls).toHaveLength(1)
    expect(calls[0]).toContain("-m pip download --no-deps --only-binary=:all:")
  })

  it.each([
    [
      "pip that fails",
      'echo "ERROR: No matching distribution found for example==1.0" >&2; exit 1',
      "No matching distribution"
    ],
    ["no pip", 'echo "/usr/bin/python3: No module named pip" >&2; exit 1', "No module named pip"],
    ["another file", "exit 0", "another file than the expected wheel"]
  ])("tells in a few words: %s", async (_, script, reason) => {
    fakePython(script)
    await expect(fromPypi(source, context())).rejects.toThrow(reason)
    expect(readdirSync(join(folder, "cache", "pypi"))).toEqual([])
  })

  it("refuses another wheel and does not keep it", async () => {
    fakePython(COPY)
    await expect(fromPypi({ ...source, sha256: "0".repeat(64) }, context())).rejects.toThrow(
      "expected 000000000000"
    )
    expect(readdirSync(join(folder, "cache", "pypi"))).toEqual([])
  })

  it("says when there is no Python", async () => {
    vi.stubEnv("PATH", folder)
    await expect(fromPypi(source, context())).rejects.toThrow("python3 is not installed")
  })
})
