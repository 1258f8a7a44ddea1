/** The lexicon of the repository, read once for the tests of this folder. */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { parseLexicon } from "@/engine/lexicon-schema"
import type { Lexicon, LexiconFile } from "@/engine/lexicon-types"

const ROOT = fileURLToPath(new URL("../../../codesets/lexicon/", import.meta.url))

export function readFiles(): LexiconFile[] {
  return readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({
      name: relative(ROOT, join(ROOT, name)),
      data: JSON.parse(readFileSync(join(ROOT, name), "utf8")) as unknown
    }))
}

let parsed: Lexicon | undefined

export function repositoryLexicon(): Lexicon {
  parsed ??= parseLexicon(readFiles())
  return parsed
}
