/** `npm run packs [-- --out DIR] [--force]`: builds what is missing or changed. `ensurePacks` is for the commands. */
import { parseOptions, UsageError } from "./jsonl"
import { buildPacks } from "./pack-builder"

async function main(args: string[]): Promise<number> {
  const options = parseOptions(args, { switches: ["force"], values: ["out"] })
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const dir = options.values.get("out")
  await buildPacks({
    ...(dir ? { dir } : {}),
    force: options.switches.has("force"),
    log: (line) => console.log(line)
  })
  return 0
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    // All input here is our own data: messages may be told in full.
    console.error(error instanceof Error ? `packs: ${error.message}` : error)
    process.exitCode = error instanceof UsageError ? 2 : 1
  }
)
