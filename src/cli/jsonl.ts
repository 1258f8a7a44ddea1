/**
 * JSON lines in, JSON lines out: what every command that reads charts or search texts shares.
 * A bad line answers `{"id": ..., "line": ..., "error": "..."}` and the run goes on; the exit code is then 1.
 * Error sentences never repeat what stood in the line: it may be note text.
 */
import type { Readable, Writable } from "node:stream"
import { TextDecoder } from "node:util"
import { isIsoDate } from "@/classification/releases"
import type { Setting } from "@/engine/types"
import { PackFileError } from "./packs-manifest"

/** Wrong options on the command line: the message is shown with the usage, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError"
}

/** A record that cannot be answered. The message is printed: plain words, no note text in it. */
export class InputError extends Error {
  override name = "InputError"
}

export interface CommandOptions {
  setting: Setting
  /** ISO date that picks the release, missing when not given. */
  date?: string
  /** Folder with packs.json; missing: the packs of the repository. */
  packs?: string
  limit?: number
  /** Switches that were given, without the dashes: "all-mentions". */
  switches: ReadonlySet<string>
  /** Further options with a value, by name without the dashes. */
  values: ReadonlyMap<string, string>
  /** Words that are no options. */
  words: string[]
}

const SETTINGS: readonly string[] = ["outpatient", "inpatient", "professional"]

export function isSetting(value: unknown): value is Setting {
  return typeof value === "string" && SETTINGS.includes(value)
}

/**
 * Reads the options all commands share, and those a command adds.
 * @param extra names without dashes: `switches` stand alone, `values` take the next word (or `--name=value`)
 * @throws UsageError for an unknown option, a missing or a wrong value
 */
export function parseOptions(
  args: readonly string[],
  extra: { switches?: readonly string[]; values?: readonly string[] } = {}
): CommandOptions {
  const withValue = new Set(["setting", "date", "packs", "limit", ...(extra.values ?? [])])
  const alone = new Set(extra.switches ?? [])
  const switches = new Set<string>()
  const given = new Map<string, string>()
  const words: string[] = []
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (!word.startsWith("--")) {
      words.push(word)
      continue
    }
    const equals = word.indexOf("=")
    const name = word.slice(2, equals < 0 ? undefined : equals)
    if (alone.has(name) && equals < 0) {
      switches.add(name)
    } else if (withValue.has(name)) {
      const value = equals < 0 ? args[++at] : word.slice(equals + 1)
      if (value === undefined || value === "") throw new UsageError(`--${name} needs a value`)
      given.set(name, value)
    } else {
      throw new UsageError(`unknown option ${word}`)
    }
  }
  const setting = given.get("setting") ?? "outpatient"
  if (!isSetting(setting)) {
    throw new UsageError(`--setting must be one of ${SETTINGS.join(", ")}, not "${setting}"`)
  }
  const date = given.get("date")
  if (date !== undefined && !isIsoDate(date)) {
    throw new UsageError(`--date must be a day such as 2026-01-15, not "${date}"`)
  }
  const limitText = given.get("limit")
  if (limitText !== undefined && !/^[1-9]\d{0,5}$/.test(limitText)) {
    throw new UsageError(`--limit must be a whole number from 1, not "${limitText}"`)
  }
  return {
    setting,
    date,
    packs: given.get("packs"),
    limit: limitText === undefined ? undefined : Number(limitText),
    switches,
    values: given,
    words
  }
}

export type JsonRecord = Record<string, unknown>

/** Longest line accepted, in bytes: a chart is at most 1 MB of text; escapes can make it several times that. */
const MAX_LINE_BYTES = 64 * 1024 * 1024

/** Marks a line that was too long to keep. */
const TOO_LONG = Symbol("too long")

async function* lines(
  input: AsyncIterable<Uint8Array | string>
): AsyncGenerator<Uint8Array | typeof TOO_LONG> {
  let parts: Uint8Array[] = []
  let size = 0
  let tooLong = false
  const add = (part: Uint8Array) => {
    size += part.length
    if (size > MAX_LINE_BYTES) {
      tooLong = true
      parts = []
    } else if (part.length > 0) {
      parts.push(part)
    }
  }
  const take = (): Uint8Array | typeof TOO_LONG => {
    const line = tooLong ? TOO_LONG : parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    parts = []
    size = 0
    tooLong = false
    return line
  }
  for await (const piece of input) {
    const chunk = typeof piece === "string" ? Buffer.from(piece, "utf8") : piece
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      add(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    add(chunk.subarray(from))
  }
  if (size > 0) yield take()
}

function parseRecord(line: Uint8Array | typeof TOO_LONG, decoder: TextDecoder): JsonRecord | undefined {
  if (line === TOO_LONG) throw new InputError(`longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`)
  let text: string
  try {
    text = decoder.decode(line).trim()
  } catch {
    throw new InputError("not valid UTF-8")
  }
  if (text === "") return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The message of JSON.parse quotes the line, so it is not passed on.
    throw new InputError("not valid JSON")
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError("not a JSON object")
  }
  return value as JsonRecord
}

function idOf(record: JsonRecord | undefined): string | number | null {
  const id = record?.id
  return typeof id === "string" || typeof id === "number" ? id : null
}

function sentence(error: unknown): string {
  if (error instanceof InputError || error instanceof PackFileError) return error.message
  // Unknown errors may quote the text they choked on: only their kind is told.
  return `could not be answered (${error instanceof Error ? error.name : typeof error})`
}

async function write(output: Writable, line: string): Promise<void> {
  if (output.write(line)) return
  await new Promise<void>((resolve, reject) => {
    const done = () => {
      output.off("drain", drained)
      output.off("close", drained)
      output.off("error", failed)
    }
    const drained = () => {
      done()
      resolve()
    }
    const failed = (error: Error) => {
      done()
      reject(error)
    }
    output.on("drain", drained)
    output.on("close", drained)
    output.on("error", failed)
  })
}

/**
 * Answers each JSON line of `input` with one JSON line on `output`, in order, without reading ahead.
 * The answer gets the record's `id` in front unless it carries one. Blank lines are skipped.
 * @returns exit code: 0, or 1 when a line could not be answered
 */
export async function answerJsonLines(
  answer: (record: JsonRecord, line: number) => object | Promise<object>,
  io: { input: Readable | AsyncIterable<Uint8Array | string>; output: Writable } = {
    input: process.stdin,
    output: process.stdout
  }
): Promise<number> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let closed = false
  // `chartside suggest | head -1` closes our output early: that is no failure.
  const onError = (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error
    closed = true
  }
  io.output.on("error", onError)
  let exitCode = 0
  let number = 0
  try {
    for await (const line of lines(io.input)) {
      number++
      let record: JsonRecord | undefined
      let out: object
      try {
        record = parseRecord(line, decoder)
        if (!record) continue
        out = { id: idOf(record), ...(await answer(record, number)) }
      } catch (error) {
        exitCode = 1
        out = { id: idOf(record), line: number, error: `line ${number}: ${sentence(error)}` }
      }
      if (closed) break
      await write(io.output, `${JSON.stringify(out)}\n`)
      if (closed) break
    }
  } finally {
    io.output.off("error", onError)
  }
  return exitCode
}
