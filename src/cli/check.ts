/** `chartside check`: a list of codes in, what the classification says of it out (design.md 3.1). */
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { compileEdits, openEdits } from "@/classification/edits/table"
import type { EditTable } from "@/classification/edits/types"
import type { CodeRef, System } from "@/classification/model"
import { openAll } from "@/classification/readers/detect-release"
import { groupEdits, readEdits, recogniseEdits } from "@/classification/readers/ncci-files"
import { ReaderError } from "@/classification/readers/reader-error"
import { createChecker } from "@/engine/checks"
import { type CheckedCode, type Override, POA_VALUES, type WorksheetRequest } from "@/engine/checks/types"
import type { Lexicon } from "@/engine/lexicon-types"
import { answerWorksheet, type WorksheetParts } from "@/engine/support/worksheet"
import { readEncounter } from "./chart-record"
import { EngineShelf } from "./engine-shelf"
import {
  answerJsonLines,
  type CommandOptions,
  InputError,
  type JsonRecord,
  parseOptions,
  UsageError
} from "./jsonl"
import { loadPacks, type PackShelf } from "./load-packs"

const SYSTEMS: readonly string[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args, { values: ["edits"] })
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const desks = new Desks(await loadPacks(options.packs), readEditFiles(options.values.get("edits")))
  return answerJsonLines((record) => {
    const request = readRequest(record, options)
    return answerWorksheet(desks.forDate(request.date), request)
  })
}

/**
 * Claim edits of CMS from a file or a folder of files, zipped or plain.
 * @throws UsageError when they cannot be read, or are none
 */
function readEditFiles(path: string | undefined): EditTable[] {
  if (path === undefined) return []
  try {
    const paths = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]
    const files = paths.map((each) => ({ name: each, bytes: new Uint8Array(readFileSync(each)) }))
    const parts = openAll(files).flatMap((file) => recogniseEdits(file) ?? [])
    if (parts.length === 0) throw new UsageError(`${path} holds no NCCI or MUE file of CMS`)
    return groupEdits(parts).map((group) => {
      const { facts, edits } = readEdits(group)
      return openEdits(compileEdits(facts, edits))
    })
  } catch (error) {
    if (error instanceof ReaderError) throw new UsageError(error.message)
    if (error instanceof Error && "code" in error) throw new UsageError(`${path} cannot be read`)
    throw error
  }
}

/** One checker and one engine for each choice of releases. */
class Desks {
  private readonly known = new Map<string, WorksheetParts>()
  private readonly engines: EngineShelf

  constructor(
    private readonly shelf: PackShelf,
    private readonly edits: readonly EditTable[]
  ) {
    this.engines = new EngineShelf(shelf)
  }

  forDate(date: string | undefined): WorksheetParts {
    const { packs } = this.shelf.pick(date)
    const key = packs.map((pack) => pack.info.id).join(" ")
    let parts = this.known.get(key)
    if (!parts) {
      const lexicon = this.shelf.lexicon() as Lexicon
      const { engine } = this.engines.forDate(date)
      parts = { engine, checker: createChecker({ packs, lexicon, edits: this.edits }), packs, lexicon }
      this.known.set(key, parts)
    }
    return parts
  }
}

/** @throws InputError in plain words */
function readRequest(record: JsonRecord, options: CommandOptions): WorksheetRequest {
  const { codes, billed, overrides } = record
  if (!Array.isArray(codes)) throw new InputError('no list "codes"')
  if (billed !== undefined && !Array.isArray(billed)) throw new InputError('"billed" must be a list of codes')
  if (overrides !== undefined && !Array.isArray(overrides)) throw new InputError('"overrides" must be a list')
  const { documents, ...encounter } = readEncounter(record)
  const date = encounter.date ?? options.date
  return {
    codes: codes.map(readCheckedCode),
    ...encounter,
    setting: encounter.setting ?? options.setting,
    ...(date === undefined ? {} : { date }),
    ...(documents ? { documents } : {}),
    ...(billed ? { billed: billed.map(readCode) } : {}),
    ...(overrides ? { overrides: overrides.map(readOverride) } : {})
  }
}

/** `{system, code}`, or a text alone, which is an ICD-10-CM code. */
function readCode(value: unknown): CodeRef {
  if (typeof value === "string") return { system: "ICD-10-CM", code: value }
  const ref = value as Partial<CodeRef> | null
  if (typeof ref !== "object" || ref === null || typeof ref.code !== "string")
    throw new InputError('each of "codes" must be a code or have "system" and "code"')
  const system = ref.system ?? "ICD-10-CM"
  if (!SYSTEMS.includes(system)) throw new InputError(`"system" must be one of ${SYSTEMS.join(", ")}`)
  return { system: system as System, code: ref.code }
}

/** With `poa`, `modifiers` and `units`, where they are given. */
function readCheckedCode(value: unknown): CheckedCode {
  const code = readCode(value)
  if (typeof value === "string") return code
  const { poa, modifiers, units } = value as Partial<CheckedCode>
  if (poa !== undefined && !POA_VALUES.includes(poa))
    throw new InputError(`"poa" must be one of ${POA_VALUES.join(", ")}`)
  if (
    modifiers !== undefined &&
    !(Array.isArray(modifiers) && modifiers.every((each) => typeof each === "string"))
  )
    throw new InputError('"modifiers" must be a list of texts')
  if (units !== undefined && !(typeof units === "number" && units >= 0))
    throw new InputError('"units" must be a number')
  return {
    ...code,
    ...(poa === undefined ? {} : { poa }),
    ...(modifiers === undefined ? {} : { modifiers }),
    ...(units === undefined ? {} : { units })
  }
}

function readOverride(value: unknown): Override {
  const { id, codes, reason } = (value ?? {}) as Partial<Override>
  if (typeof id !== "string" || !Array.isArray(codes) || typeof reason !== "string")
    throw new InputError('each of "overrides" must have "id", "codes" and "reason"')
  return { id, codes: codes.map(readCode), reason }
}
