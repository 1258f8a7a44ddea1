import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, normalize, relative } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { describe, expect, it } from "vitest"

const ROOT = fileURLToPath(new URL("../..", import.meta.url))

/**
 * The walls of the house (design.md 2, ARCHITECTURE.md): which room may import which rooms and packages.
 * `types` are rooms of which only types may be taken (`import type`).
 */
const ROOMS: Record<
  string,
  { rooms: string[]; packages: string[]; types?: string[]; chrome?: true; node?: true }
> = {
  "src/classification": { rooms: [], packages: ["saxes", "fflate", "fuse.js", "zod"] },
  "src/engine": { rooms: ["src/classification"], packages: ["zod"] },
  "src/worksheet": { rooms: ["src/engine", "src/classification"], packages: ["zod"] },
  "src/chart": { rooms: [], packages: [], types: ["src/messages", "src/engine"] },
  "src/form": { rooms: [], packages: [], types: ["src/messages"] },
  "src/store": { rooms: ["src/classification"], packages: ["dexie", "zod"] },
  "src/sync": {
    rooms: ["src/store", "src/classification", "src/engine", "src/messages"],
    packages: ["zod"]
  },
  "src/messages": { rooms: ["src/classification", "src/engine"], packages: ["zod"] },
  "src/platform": { rooms: ["src/messages"], packages: [], chrome: true },
  "src/ui": {
    rooms: ["src/classification", "src/engine", "src/worksheet", "src/messages", "src/store", "src/platform"],
    packages: ["react", "react-dom"]
  },
  "src/cli": {
    rooms: ["src/classification", "src/engine", "src/worksheet", "src/sync"],
    // The bench holds its rivals against our look-up; the completeness command reads the XML by itself.
    packages: ["zod", "fflate", "unpdf", "saxes", "fuse.js", "minisearch", "flexsearch"],
    node: true
  },
  contents: { rooms: ["src/chart", "src/form", "src/messages", "src/platform"], packages: [], chrome: true }
}

const files = (dir: string): string[] =>
  readdirSync(join(ROOT, dir), { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && /\.tsx?$/.test(e.name))
    .map((e) => relative(ROOT, join(e.parentPath, e.name)))

/** Comments and strings out, so that a word in a sentence is no call. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1")

interface Import {
  from: string
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = code(readFileSync(join(ROOT, file), "utf8"))
  const found: Import[] = []
  const statement = /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/g
  for (const m of text.matchAll(statement)) {
    if (m[1] === "export" && !m[0].includes(" from ")) continue
    found.push({ from: m[3] ?? "", typeOnly: Boolean(m[2]) })
  }
  for (const m of text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g))
    found.push({ from: m[1] ?? "", typeOnly: false })
  return found
}

/** Folder-qualified path of what is imported, or a package name. */
function target(file: string, from: string): { path?: string; pack?: string } {
  if (from.startsWith("@/")) return { path: `src/${from.slice(2)}` }
  // A url: import brings in the name of a built file, no code.
  if (from.startsWith("url:")) return {}
  if (from.startsWith("~")) return { path: from.slice(1) }
  if (from.startsWith(".")) return { path: normalize(join(dirname(file), from)) }
  return { pack: from }
}

const inside = (path: string, room: string) => path === room || path.startsWith(`${room}/`)
const packageOf = (name: string) =>
  (name.startsWith("@") ? name.split("/").slice(0, 2) : name.split("/").slice(0, 1)).join("/")

/** Globals of the DOM's library of types that Node and workers have too. */
const EVERYWHERE = new Set([
  "AbortController",
  "AbortSignal",
  "Blob",
  "DOMException",
  "File",
  "TextDecoder",
  "TextEncoder",
  "URL",
  "console",
  "crypto",
  "performance",
  "structuredClone"
])

/** "file: name" for every name that the compiler finds in the DOM's library and nowhere of ours. */
function domNames(sources: string[]): string[] {
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT)
  const program = ts.createProgram(
    sources.map((file) => join(ROOT, file)),
    { ...options, noEmit: true, incremental: false, types: [] }
  )
  const checker = program.getTypeChecker()
  const isDom = (declaration: ts.Declaration) =>
    /\/lib\.dom[^/]*\.d\.ts$/.test(declaration.getSourceFile().fileName)
  const found = new Set<string>()
  for (const file of sources) {
    const source = program.getSourceFile(join(ROOT, file))
    if (!source) throw new Error(`${file} was not read`)
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit)
      if (!ts.isIdentifier(node)) return
      // "x.window" is a property of something that was looked at by itself.
      if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return
      const declared = checker.getSymbolAtLocation(node)?.declarations ?? []
      const global = declared.some(isDom)
      if (global && !EVERYWHERE.has(node.text)) found.add(`${file}: ${node.text}`)
    }
    visit(source)
  }
  return [...found]
}

describe("walls of the house", () => {
  for (const [room, may] of Object.entries(ROOMS)) {
    it(`${room} imports only what it may`, () => {
      const wrong: string[] = []
      for (const file of files(room)) {
        for (const { from, typeOnly } of importsOf(file)) {
          const { path, pack } = target(file, from)
          if (path) {
            const data = path.startsWith("codesets/") || path.endsWith(".css") || path.startsWith("assets/")
            const allowed = [room, ...may.rooms, ...(typeOnly ? (may.types ?? []) : [])]
            if (!data && !allowed.some((r) => inside(path, r))) wrong.push(`${file} -> ${from}`)
          } else if (pack) {
            const node = pack.startsWith("node:")
            if (node ? !may.node : !may.packages.includes(packageOf(pack))) wrong.push(`${file} -> ${from}`)
          }
        }
      }
      expect(wrong).toEqual([])
    })
  }

  it("says chrome. only in platform and the entry folders", () => {
    const wrong = Object.entries(ROOMS)
      .filter(([, may]) => !may.chrome)
      .flatMap(([room]) => files(room))
      .filter((file) =>
        /(^|[^.\w"'-])(chrome|browser)\s*\??\.\s*[a-z]/m.test(code(readFileSync(join(ROOT, file), "utf8")))
      )
    expect(wrong).toEqual([])
  })

  it("keeps the DOM out of the pure rooms, however its names are written", { timeout: 120_000 }, () => {
    const pure = ["src/classification", "src/engine", "src/worksheet"].flatMap(files)
    expect(domNames(pure)).toEqual([])
  })

  it("would notice the DOM, and no local variable of the same name", { timeout: 120_000 }, () => {
    expect(domNames(["tests/unit/dom-in-a-pure-room.ts"])).toEqual([
      "tests/unit/dom-in-a-pure-room.ts: document",
      "tests/unit/dom-in-a-pure-room.ts: HTMLElement",
      "tests/unit/dom-in-a-pure-room.ts: localStorage"
    ])
  })

  it("uses no HTML sink anywhere in the product", () => {
    const all = [...Object.keys(ROOMS), "background", "popup", "sidepanel", "options"]
    const wrong = all
      .flatMap(files)
      .filter((file) =>
        /\.(innerHTML|outerHTML|srcdoc)\s*=|\b(?:setHTMLUnsafe|createContextualFragment|parseFromString)\b|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function\(/.test(
          code(readFileSync(join(ROOT, file), "utf8"))
        )
      )
    expect(wrong).toEqual([])
  })

  /** "file: what" for every place outside `may` where the product's code matches. */
  const places = (pattern: RegExp, may: string[]) =>
    [...Object.keys(ROOMS), "background", "popup", "sidepanel", "options"]
      .filter((room) => !ROOMS[room]?.node)
      .flatMap(files)
      .filter((file) => !may.includes(file))
      .flatMap((file) => {
        const found = pattern.exec(code(readFileSync(join(ROOT, file), "utf8")))
        return found ? [`${file}: ${found[0]}`] : []
      })

  /** Without `[.\w]` before it: `shelf.fetch(` would be ours. */
  const NETWORK =
    /(?<![.\w])(?:fetch|importScripts)\s*\(|\b(?:globalThis|self|window)\.fetch\b|\bnew\s+(?:XMLHttpRequest|WebSocket|EventSource|RTCPeerConnection|WebTransport|SharedWorker)\b|\bsendBeacon\b|\bwindow\.open\s*\(|\blocation\.(?:href\s*=[^=]|assign|replace)|\bchrome\.(?:downloads|tabs\.(?:create|update)|windows\.create|cookies|history|webRequest|identity)\b/

  it("asks for files of the package in one place, and nothing goes out anywhere", () => {
    expect(places(NETWORK, ["src/platform/runtime.ts"])).toEqual([])
    expect(NETWORK.test('const a = await fetch("x")')).toBe(true)
    expect(NETWORK.test("navigator.sendBeacon(url)")).toBe(true)
    expect(NETWORK.test("options.fetchFile(path)")).toBe(false)
  })

  it("writes to the console only kinds and names of errors, in two places", () => {
    expect(places(/\bconsole\b/, ["background/index.ts", "popup/index.tsx"])).toEqual([])
  })

  it("keeps nothing in web storage, and shares a channel in one place", () => {
    expect(places(/\b(?:localStorage|sessionStorage|caches\.open|document\.cookie)\b/, [])).toEqual([])
    expect(places(/\bBroadcastChannel\b/, ["src/ui/wiring/page-news.ts"])).toEqual([])
    expect(places(/\bchrome\.storage\.(?:local|sync)\b/, [])).toEqual([])
  })

  it("knows every room", () => {
    const rooms = readdirSync(join(ROOT, "src"), { withFileTypes: true })
      .filter((e) => e.isDirectory() && e.name !== "types")
      .map((e) => `src/${e.name}`)
    expect(rooms.filter((r) => !(r in ROOMS))).toEqual([])
  })

  it("would notice a wall that is broken", () => {
    expect(importsOf("tests/unit/walls.test.ts").map((i) => i.from)).toContain("vitest")
    expect(target("src/engine/a.ts", "../store/b")).toEqual({ path: "src/store/b" })
  })
})
