/** The evaluation sets as files. They belong to others and never enter the repository. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { REPOSITORY } from "../paths"

export const EVAL_DIR = process.env.CHARTSIDE_EVAL ?? join(REPOSITORY, "..", "shared", "eval", "dev")
const ERRORS_DIR = join(REPOSITORY, "test-results", "eval")

/** @returns undefined when the set is not on this machine */
export function readSet<T>(path: string): T[] | undefined {
  const file = join(EVAL_DIR, path)
  if (!existsSync(file)) return undefined
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as T)
}

/** Errors note by note, for study; git-ignored. */
export function writeErrors(name: string, rows: readonly object[]): void {
  mkdirSync(ERRORS_DIR, { recursive: true })
  writeFileSync(join(ERRORS_DIR, `${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(""))
}

/** A search text with the codes that answer it. */
export interface GoldQuery {
  id: string
  query: string
  codes: string[]
}
