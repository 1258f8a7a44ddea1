/**
 * What a pack was made from, as one checksum: source files, and the code that reads and compiles them. Same
 * recipe, same pack: then nothing is built.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { PACK_FORMAT_VERSION } from "@/classification/pack/compile"
import { CODESETS_DIR, REPOSITORY } from "./paths"

function hashFiles(paths: readonly string[]): string {
  const hash = createHash("sha256")
  for (const path of paths) {
    hash.update(`${path.slice(REPOSITORY.length)}\0`)
    hash.update(readFileSync(path))
  }
  return hash.digest("hex")
}

/** Files and all that they import inside the repository; a type alone does nothing. */
function withImports(roots: readonly string[]): string[] {
  const found = new Set<string>()
  const open = [...roots]
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue
    found.add(path)
    const text = readFileSync(path, "utf8")
    for (const [, from] of text.matchAll(
      /^(?:import|export)(?! type\b)\b[^"]*?\bfrom "((?:\.|@\/)[^"]*)"/gm
    )) {
      const base = from!.startsWith("@/")
        ? join(REPOSITORY, "src", from!.slice(2))
        : join(dirname(path), from!)
      const file = [`${base}.ts`, join(base, "index.ts")].find(existsSync)
      if (file === undefined) throw new Error(`${path} imports ${from}, which is not there`)
      open.push(file)
    }
  }
  return [...found].sort()
}

let compiler: string | undefined
let guidelines: string | undefined

/** Where the way from official files to packs begins. */
const COMPILER_ROOTS = ["src/classification/pack/compile.ts", "src/cli/sources/release-model.ts"]

/**
 * The readers and the compiler and all they rest on, by content: a change of `foldWord` changes every pack, a
 * change of what only opens packs changes none.
 */
export function compilerHash(): string {
  compiler ??= hashFiles(withImports(COMPILER_ROOTS.map((root) => join(REPOSITORY, root))))
  return compiler
}

/** The code that makes guideline books. */
export function guidelinesHash(): string {
  guidelines ??= hashFiles(withImports([join(REPOSITORY, "src/cli/sources/guidelines-pdf.ts")]))
  return guidelines
}

/** Recipe of a code set. `sources`: SHA-256 of what goes in, in a fixed order. */
export function packRecipe(sources: readonly string[]): string {
  return createHash("sha256")
    .update([String(PACK_FORMAT_VERSION), compilerHash(), ...sources].join("\n"))
    .digest("hex")
}

export const LEXICON_DIR = join(CODESETS_DIR, "lexicon")

/** Rules for gaps, worksheet checks, queries and the E/M estimate are packed with the lexicon: all are read together. */
const PACKED_RULES = /^(?:gap-[^/\\]*|worksheet-checks|em-[^/\\]*|query-[^/\\]*|documentation[/\\].*)\.json$/

/** All lexicon files, those in folders too, and the rules packed with them. */
export function lexiconFiles(): string[] {
  const filesIn = (dir: string, wanted: RegExp) =>
    readdirSync(dir, { recursive: true, encoding: "utf8" })
      .filter((name) => wanted.test(name))
      .map((name) => join(dir, name))
  return [...filesIn(LEXICON_DIR, /\.json$/), ...filesIn(join(CODESETS_DIR, "rules"), PACKED_RULES)].sort()
}

/** Recipe of the lexicon: its files and the schema that checks them. */
export function lexiconRecipe(): string {
  const makers = ["src/engine/lexicon-schema.ts", "src/cli/pack-builder.ts"].map((file) =>
    join(REPOSITORY, file)
  )
  return hashFiles([...lexiconFiles(), ...makers])
}
