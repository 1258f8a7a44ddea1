/** `npm run -s chartside -- <command>` */
import { dispatch } from "./commands"

// `chartside packs | head -1` closes our output early: the rest is not wanted, and that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit()
})

// Not process.exit(): output that is still in the pipe would be lost.
void dispatch(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const name = error instanceof Error ? error.name : typeof error
    const frames =
      error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : []
    // Stack frames only: the message of an unforeseen error may quote the text it choked on.
    process.stderr.write(`chartside: unexpected ${name}\n${frames.slice(0, 8).join("\n")}\n`)
    process.exitCode = 1
  }
)
