/** The lexicon of the repository, with the rules for gaps, read once for the tests. */
import { readFileSync } from "node:fs"
import { relative } from "node:path"
import { LEXICON_DIR, lexiconFiles } from "@/cli/pack-recipe"
import { parseLexicon } from "@/engine/lexicon-schema"
import type { Lexicon, LexiconFile } from "@/engine/lexicon-types"

export function readFiles(): LexiconFile[] {
  return lexiconFiles().map((path) => ({
    name: relative(LEXICON_DIR, path),
    data: JSON.parse(readFileSync(path, "utf8")) as unknown
  }))
}

let parsed: Lexicon | undefined

export function repositoryLexicon(): Lexicon {
  parsed ??= parseLexicon(readFiles())
  return parsed
}
