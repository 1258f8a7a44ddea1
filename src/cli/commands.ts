/** The commands of `chartside`, and the way from a command line to an exit code. */
import { UsageError } from "./jsonl"
import { PackFileError, PacksManifestError } from "./packs-manifest"

interface Command {
  usage: string
  does: string
  /** Loaded only when asked for, so that one command does not pay for the others. */
  load(): Promise<(args: string[]) => Promise<number>>
}

const COMMANDS: Record<string, Command> = {
  suggest: {
    usage:
      "suggest [--setting S] [--date D] [--packs DIR] [--limit N] [--all-mentions] [--cdi] [--vocabulary FILE] < charts.jsonl",
    does: "suggest codes for chart notes, each with its evidence",
    load: async () => (await import("./suggest")).run
  },
  assert: {
    usage: "assert < spans.jsonl",
    does: "say of a span whether it is negated, past, or about somebody else",
    load: async () => (await import("./assert")).run
  },
  lookup: {
    usage: "lookup [--date D] [--packs DIR] [--limit N] < searches.jsonl",
    does: "look codes up by number or words",
    load: async () => (await import("./lookup")).run
  },
  check: {
    usage: "check [--setting S] [--date D] [--packs DIR] < worksheets.jsonl",
    does: "check a list of codes as the classification demands: notes, sequence, validity, edits",
    load: async () => (await import("./check")).run
  },
  query: {
    usage: "query [--setting S] [--date D] [--packs DIR] < charts.jsonl",
    does: 'draft queries to the provider for the gaps of a chart, or for the one named by "gap"',
    load: async () => (await import("./query")).run
  },
  "query-lint": {
    usage: "query-lint [--date D] [--packs DIR] < queries.jsonl",
    does: "say what is wrong with a drafted query to the provider, and where",
    load: async () => (await import("./query-lint")).run
  },
  packs: {
    usage: "packs [check] [--packs DIR] [--releases DIR] | packs diff OLDER NEWER",
    does: "list the installed code sets; check: hold them against the full official files",
    load: async () => (await import("./packs")).run
  },
  receipts: {
    usage: "receipts verify < receipts.json",
    does: "say whether an exported history of decisions is whole and unchanged",
    load: async () => (await import("./receipts")).run
  },
  starter: {
    usage: "starter check [--strict]",
    does: "compare the starter set with the official releases that are here",
    load: async () => (await import("./starter")).run
  }
}

function usage(): string {
  const lines = Object.values(COMMANDS).map((command) => `  ${command.usage}\n      ${command.does}`)
  return [
    "usage: npm run -s chartside -- <command> [options]",
    "",
    ...lines,
    "",
    "  --setting outpatient|inpatient|professional   default outpatient",
    "  --date YYYY-MM-DD    day that picks the code-set release; default: newest, and the answer says so",
    "  --packs DIR          folder with packs.json; default: the repository's own, built on first use",
    ""
  ].join("\n")
}

/** @returns exit code: 0 done, 1 something could not be answered, 2 wrong use */
export async function dispatch(args: string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(usage())
    return 0
  }
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(name === undefined ? usage() : `chartside: unknown command "${name}"\n\n${usage()}`)
    return 2
  }
  try {
    const run = await command.load()
    return await run(rest)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`chartside ${name}: ${error.message}\nusage: chartside ${command.usage}\n`)
      return 2
    }
    if (error instanceof PacksManifestError || error instanceof PackFileError) {
      process.stderr.write(`chartside ${name}: ${error.message}\n`)
      return 1
    }
    throw error
  }
}
