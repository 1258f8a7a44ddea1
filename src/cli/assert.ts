/** `chartside assert`: a text and a span in, what the text says of it out (design.md 3.1). */
import { EngineShelf } from "./engine-shelf"
import { answerJsonLines, InputError, parseOptions, UsageError } from "./jsonl"
import { loadPacks } from "./load-packs"

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const { engine } = new EngineShelf(await loadPacks(options.packs)).forDate(options.date)
  return answerJsonLines((record) => {
    const { text, span, section } = record
    if (typeof text !== "string") throw new InputError('no "text"')
    if (!Array.isArray(span) || span.length !== 2) throw new InputError('"span" must be [start, end]')
    const [start, end] = span as unknown[]
    if (typeof start !== "number" || typeof end !== "number")
      throw new InputError('"span" must be [start, end]')
    if (section !== undefined && typeof section !== "string") throw new InputError('"section" must be a text')
    try {
      return engine.assert({ text, span: [start, end], ...(section === undefined ? {} : { section }) })
    } catch (error) {
      if (error instanceof RangeError) throw new InputError('"span" does not lie inside the text')
      throw error
    }
  })
}
