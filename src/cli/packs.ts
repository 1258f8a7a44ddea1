/** `chartside packs`: one JSON line for each installed pack. */
import { parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const shelf = await loadPacks(options.packs)
  for (const entry of shelf.manifest) {
    const { inputs: _inputs, compiler: _compiler, format: _format, ...told } = entry
    process.stdout.write(`${JSON.stringify(told)}\n`)
  }
  return 0
}
