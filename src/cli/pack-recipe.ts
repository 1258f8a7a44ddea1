/**
 * What a pack was made from, as one checksum: source files, and the code that reads and compiles them. Same
 * recipe, same pack: then nothing is built.
 */
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
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

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(folder, entry.name))
    .sort()
}

let compiler: string | undefined

/** The compiler and all it rests on, by content: a change of `foldWord` changes every pack. */
export function compilerHash(): string {
  const classification = join(REPOSITORY, "src", "classification")
  compiler ??= hashFiles([
    ...filesIn(classification, ".ts"),
    ...filesIn(join(classification, "readers"), ".ts"),
    ...filesIn(join(classification, "pack"), ".ts")
  ])
  return compiler
}

/** Recipe of a code set. `sources`: SHA-256 of what goes in, in a fixed order. */
export function packRecipe(sources: readonly string[]): string {
  return createHash("sha256")
    .update([String(PACK_FORMAT_VERSION), compilerHash(), ...sources].join("\n"))
    .digest("hex")
}

export const LEXICON_DIR = join(CODESETS_DIR, "lexicon")

/** All lexicon files, those in folders too. */
export function lexiconFiles(): string[] {
  return readdirSync(LEXICON_DIR, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(LEXICON_DIR, name))
    .sort()
}

/** Recipe of the lexicon: its files and the schema that checks them. */
export function lexiconRecipe(): string {
  const makers = ["src/engine/lexicon-schema.ts", "src/cli/pack-builder.ts"].map((file) =>
    join(REPOSITORY, file)
  )
  return hashFiles([...lexiconFiles(), ...makers])
}
