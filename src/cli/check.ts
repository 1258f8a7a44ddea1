/** `chartside check`: a list of codes in, what the classification says of it out (design.md 3.1). */
import type { CodeRef, System } from "@/classification/model"
import { isIsoDate } from "@/classification/releases"
import { type Checker, type CheckRequest, createChecker } from "@/engine/checks/index"
import type { Lexicon } from "@/engine/lexicon-types"
import {
  answerJsonLines,
  type CommandOptions,
  InputError,
  isSetting,
  type JsonRecord,
  parseOptions,
  UsageError
} from "./jsonl"
import { loadPacks, type PackShelf } from "./load-packs"

const SYSTEMS: readonly string[] = ["ICD-10-CM", "HCPCS", "ICD-10-PCS", "CPT"]

export async function run(args: string[]): Promise<number> {
  const options = parseOptions(args)
  if (options.words.length > 0) throw new UsageError(`"${options.words[0]}" is not expected here`)
  const checkers = new Checkers(await loadPacks(options.packs))
  return answerJsonLines((record) => {
    const request = readRequest(record, options)
    return { checks: checkers.forDate(request.date).check(request) }
  })
}

/** One checker for each choice of releases. */
class Checkers {
  private readonly known = new Map<string, Checker>()
  private readonly lexicon: Lexicon

  constructor(private readonly shelf: PackShelf) {
    this.lexicon = shelf.lexicon() as Lexicon
  }

  forDate(date: string | undefined): Checker {
    const { packs } = this.shelf.pick(date)
    const key = packs.map((pack) => pack.info.id).join(" ")
    let checker = this.known.get(key)
    if (!checker) {
      checker = createChecker({ packs, lexicon: this.lexicon })
      this.known.set(key, checker)
    }
    return checker
  }
}

/** @throws InputError in plain words */
function readRequest(record: JsonRecord, options: CommandOptions): CheckRequest {
  const { codes, setting, age, sex } = record
  const date = record.date ?? options.date
  if (!Array.isArray(codes)) throw new InputError('no list "codes"')
  if (setting !== undefined && !isSetting(setting))
    throw new InputError('"setting" must be outpatient, inpatient or professional')
  if (date !== undefined && !isIsoDate(date)) throw new InputError('"date" must be a day such as 2026-01-15')
  if (age !== undefined && !(typeof age === "number" && age >= 0 && age < 150))
    throw new InputError('"age" must be a number of years')
  if (sex !== undefined && sex !== "female" && sex !== "male")
    throw new InputError('"sex" must be female or male')
  return {
    codes: codes.map(readCode),
    setting: isSetting(setting) ? setting : options.setting,
    ...(isIsoDate(date) ? { date } : {}),
    ...(typeof age === "number" ? { age } : {}),
    ...(sex === "female" || sex === "male" ? { sex } : {})
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
