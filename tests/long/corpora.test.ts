import { existsSync, readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { loadPacks } from "@/cli/load-packs"
import { createEngine } from "@/engine"
import { ROOT } from "../../scripts/run.mjs"

const RAW = `${ROOT}../shared/eval/raw`
const SETS = ["transcriptions", "case_reports"]

describe("documents nobody wrote for this engine", () => {
  for (const set of SETS) {
    const file = `${RAW}/${set}.jsonl`
    it.skipIf(!existsSync(file))(
      `${set}: no exception, and every quote is the text at its place`,
      async () => {
        const shelf = await loadPacks()
        const engine = createEngine({ packs: shelf.pick("2026-01-15").packs, lexicon: shelf.lexicon() })
        let documents = 0
        let quotes = 0
        for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
          const { text } = JSON.parse(line) as { text: string }
          const findings = engine.suggest({ documents: [{ doc: "", text }], date: "2026-01-15" })
          const evidence = [...findings.suggestions, ...findings.suppressed].flatMap((s) => s.evidence)
          for (const { start, end, quote } of evidence) {
            expect(text.slice(start, end) === quote).toBe(true)
            quotes++
          }
          documents++
        }
        console.log(`${set}: ${documents} documents, ${quotes} quotes`)
        expect(documents).toBeGreaterThan(0)
      }
    )
  }
})
