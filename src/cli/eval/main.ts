/**
 * `npm run eval [-- set ...]`: the figures of the evaluation sets that are on this machine
 * (acibench, codiesp, negex, syngp, lookups, gaps), of the derived axes (axes) and of the Excludes notes of the release
 * (excludes), always for service on 15 January 2026. With `--ablate`: the figures
 * of acibench and codiesp without one component of the engine at a time.
 */
import type { Lexicon } from "@/engine/lexicon-types"
import { EngineShelf } from "../engine-shelf"
import { loadPacks, type PackShelf } from "../load-packs"
import { ABLATED, ablate } from "./ablate"
import { evalAxes } from "./axes"
import { evalExcludes } from "./excludes"
import { evalGaps } from "./gaps"
import { evalLookups } from "./lookups"
import { evalNegex } from "./negex"
import { EVAL_DATE, evalAcibench, evalCodiesp, evalSyngp, type Line } from "./note-sets"
import { EVAL_DIR } from "./sets"

type Run = (parts: {
  engines: EngineShelf
  shelf: PackShelf
}) => Line[] | undefined | Promise<Line[] | undefined>

const SETS: Record<string, Run> = {
  acibench: ({ engines }) => evalAcibench(engines.forDate(EVAL_DATE).engine),
  codiesp: ({ engines }) => evalCodiesp(engines.forDate(EVAL_DATE).engine),
  negex: ({ engines }) => evalNegex(engines.forDate(EVAL_DATE).engine),
  syngp: ({ engines }) => evalSyngp(engines.forDate(EVAL_DATE).engine),
  lookups: evalLookups,
  axes: ({ shelf }) => evalAxes(shelf.pick(EVAL_DATE).packs, shelf.lexicon() as Lexicon),
  gaps: ({ engines, shelf }) =>
    evalGaps(engines.forDate(EVAL_DATE).engine, shelf.pick(EVAL_DATE).packs, shelf.lexicon() as Lexicon),
  excludes: ({ shelf }) => evalExcludes(shelf)
}

async function main(args: readonly string[]): Promise<number> {
  const ablating = args.includes("--ablate")
  const names = args.filter((arg) => arg !== "--ablate")
  const sets: Record<string, unknown> = ablating ? ABLATED : SETS
  const wanted = names.length > 0 ? names : Object.keys(sets)
  const unknown = wanted.find((name) => !(name in sets))
  if (unknown !== undefined) {
    process.stderr.write(`There is no set "${unknown}"; known: ${Object.keys(sets).join(", ")}.\n`)
    return 2
  }
  const shelf = await loadPacks()
  const engines = new EngineShelf(shelf)
  const used = shelf.pick(EVAL_DATE)
  process.stdout.write(`${used.packs.map((pack) => pack.info.id).join(", ")}; service on ${EVAL_DATE}\n`)
  for (const name of wanted) {
    const lines = ablating ? ablate(shelf, name) : await SETS[name]?.({ engines, shelf })
    process.stdout.write(`\n${name}\n`)
    if (!lines) process.stdout.write(`  not on this machine (looked in ${EVAL_DIR})\n`)
    else for (const [label, value] of lines) process.stdout.write(`  ${label.padEnd(30)} ${value}\n`)
  }
  return 0
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
