/**
 * The engine over the whole ICD-10-CM of a release, when its pack has been built on this machine; tests that need it
 * skip otherwise and say so. The lexicon is the repository's, read from its files.
 */
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { openPack } from "@/classification/pack/open"
import type { CodePack } from "@/classification/pack-api"
import { createEngine, type Engine } from "@/engine/index"
import { repositoryLexicon } from "../lexicon/read-files"

const FILE = fileURLToPath(new URL("../../../assets/packs/icd10cm-FY2026.bin", import.meta.url))

function wholePack(): CodePack | string {
  if (!existsSync(FILE)) return "assets/packs/icd10cm-FY2026.bin is not built"
  try {
    const pack = openPack(new Uint8Array(readFileSync(FILE)))
    if (!pack.info.complete) return "assets/packs holds the starter set only"
    // The package of the Python index carries no Alphabetic Index; what these tests ask rests on it.
    const lines = pack.indexBook?.sources().reduce((sum, each) => sum + each.mainTerms, 0) ?? 0
    return lines > 0 ? pack : "assets/packs/icd10cm-FY2026.bin has no Alphabetic Index"
  } catch {
    return "assets/packs/icd10cm-FY2026.bin is of another format"
  }
}

const opened = wholePack()
export const whole: CodePack | undefined = typeof opened === "string" ? undefined : opened

let engine: Engine | undefined

/** @throws when the pack is not there: only call where `whole` is */
export function wholeEngine(): Engine {
  if (!whole) throw new Error("no whole code set here")
  engine ??= createEngine({ packs: [whole], lexicon: repositoryLexicon() })
  return engine
}

if (typeof opened === "string")
  process.stdout.write(`Tests over the whole code set are skipped: ${opened}.\n`)
