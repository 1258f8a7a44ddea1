/**
 * `chartside packs`: one JSON line for each installed pack. `chartside packs check`: the packs held against
 * the full official files, row by row and note by note. `chartside packs diff OLDER NEWER`: what changed.
 */
import { checkPacks } from "./check/run"
import { parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"
import { diffPacks } from "./packs-diff"
import { sourceSettings } from "./sources/resolve"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { values: ["releases"] })
  const [command, ...more] = options.words
  if (command === "diff") {
    const [older, newer, extra] = more
    if (older === undefined || newer === undefined || extra !== undefined) {
      throw new UsageError("diff needs the ids of two packs: packs diff icd10cm-FY2026 icd10cm-FY2027")
    }
    diffPacks(await loadPacks(options.packs), older, newer, (line) => process.stdout.write(`${line}\n`))
    return 0
  }
  if (more.length > 0 || (command !== undefined && command !== "check")) {
    throw new UsageError(`"${more[0] ?? command}" is not expected here`)
  }
  if (command === "check") return check(options.packs, options.values.get("releases"))
  if (options.values.has("releases")) throw new UsageError("--releases goes with check")
  const shelf = await loadPacks(options.packs)
  for (const entry of shelf.manifest) {
    const { inputs: _inputs, compiler: _compiler, format: _format, ...told } = entry
    process.stdout.write(`${JSON.stringify(told)}\n`)
  }
  return 0
}

/** @returns 1 when something differs and nothing explains it, or the releases are not there */
async function check(packs: string | undefined, folder: string | undefined): Promise<number> {
  // Packs that have to be built first are built from the same files.
  if (folder !== undefined) process.env.CHARTSIDE_RELEASES = folder
  const { releases } = sourceSettings()
  const shelf = await loadPacks(packs)
  const unexplained = checkPacks(releases, shelf, (line) => process.stdout.write(`${line}\n`))
  if (unexplained === undefined) {
    process.stderr.write(
      "chartside packs: there are no official releases to check against (--releases DIR or CHARTSIDE_RELEASES)\n"
    )
    return 1
  }
  process.stdout.write(
    unexplained === 0
      ? "packs check: everything is there; every exception has its reason\n"
      : `packs check: ${unexplained} differences without a reason\n`
  )
  return unexplained === 0 ? 0 : 1
}
