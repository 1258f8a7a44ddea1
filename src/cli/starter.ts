/** `chartside starter check`: the hand-typed starter set against the official releases that are here. */
import { UsageError } from "./jsonl"
import { runStarterCheck } from "./starter-check"

export async function run(args: string[]): Promise<number> {
  const [command, ...rest] = args
  if (command !== "check")
    throw new UsageError(command ? `unknown command "starter ${command}"` : "what of it?")
  const unknown = rest.find((word) => word !== "--strict")
  if (unknown !== undefined) throw new UsageError(`unknown option ${unknown}`)
  return runStarterCheck(rest)
}
