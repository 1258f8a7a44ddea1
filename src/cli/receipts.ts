/** `chartside receipts verify`: is an exported chain of receipts whole and unchanged? */
import { verifyExport } from "@/worksheet/receipts"
import { UsageError } from "./jsonl"

/** A file of receipts is small: more is something else. */
const MOST_BYTES = 64 * 1024 * 1024

export async function run(args: string[]): Promise<number> {
  if (args.length !== 1 || args[0] !== "verify")
    throw new UsageError('the command is "receipts verify < file"')
  const answer = await verifyExport(await readInput(process.stdin))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
  return answer.ok ? 0 : 1
}

async function readInput(input: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of input) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > MOST_BYTES) throw new UsageError("the input is larger than any file of receipts")
    chunks.push(piece)
  }
  return Buffer.concat(chunks).toString("utf8")
}
