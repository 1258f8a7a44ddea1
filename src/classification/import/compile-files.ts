/**
 * Official files in, verified packs out: the same readers and the same compiler as the command line, run by
 * the Worker of the options page. Nothing is stored here; an error means that nothing was made.
 */
import { compileEdits, openEdits } from "../edits/table"
import { editsName } from "../edits/types"
import type { CodeSetModel } from "../model"
import { compilePack } from "../pack/compile"
import { MAGIC } from "../pack/format"
import { openPack, PackDamaged } from "../pack/open"
import { packId } from "../pack/pack-id"
import { readWhole } from "../pack/read-whole"
import { verifyPack } from "../pack/verify"
import type { PackInfo } from "../pack-api"
import { type Opened, openAll, readParts, recognise, releaseOfParts } from "../readers/detect-release"
import { type EditsPart, groupEdits, readEdits, recogniseEdits } from "../readers/ncci-files"
import { carryOver } from "./carry-over"
import {
  type CompiledEdits,
  type CompiledSet,
  ImportError,
  type ImportOutcome,
  type ImportProgress,
  type ImportTerms
} from "./compiled-set"
import { expectRelease, groupParts, type PartGroup } from "./group-parts"
import { counted, megabytes, Steps } from "./steps"

export interface CompileOptions {
  terms: ImportTerms
  onProgress?: (progress: ImportProgress) => void
  /** The installed pack of this id: what the files do not hold is taken over from the same release. */
  installed?: (id: string) => Promise<Uint8Array | undefined>
}

/** Steps behind the reading of a code set: compile, check. */
const STEPS_EACH = 2

/** All official files of all systems together unpack to some 200 MB; each archive has its own limit besides. */
const MOST_OPENED_BYTES = 1_000_000_000
const TOO_MUCH =
  "Unpacked, these files have more than 1 GB, far more than any code set. Add only its official files."

const NO_LISTS =
  "Lists beside the classification (HCC, POA exempt, MCE, CC and MCC) are not among these files: they are not shown for an imported release."

const baseName = (name: string) => name.slice(name.lastIndexOf("/") + 1)

/**
 * @param files as dropped: zip archives or plain files, official files or exported packs, in any order
 * @throws ReaderError, ImportError, ModelError: all with a sentence for the screen
 */
export async function compileFiles(
  files: readonly { name: string; read: () => Promise<Uint8Array> }[],
  { terms, onProgress = () => {}, installed = async () => undefined }: CompileOptions
): Promise<ImportOutcome> {
  if (files.length === 0) throw new ImportError("No file was given.")
  const steps = new Steps(onProgress)
  steps.expect(files.length)
  const opened: Opened[] = []
  let bytes = 0
  for (const { name, read } of files) {
    const inside = await steps.soon(
      `Opening ${name}`,
      async () => openAll([{ name, bytes: await read() }]),
      (found) => (found.length === 1 ? undefined : `${name}: ${found.length} files`)
    )
    opened.push(...inside)
    bytes += inside.reduce((sum, { content }) => sum + content.length, 0)
    if (bytes > MOST_OPENED_BYTES) throw new ImportError(TOO_MUCH)
  }
  const packs = opened.filter(isPack)
  const parts = opened.filter((file) => !isPack(file)).flatMap((file) => recognise(file) ?? [])
  const others = opened.filter((file) => !packs.includes(file) && !parts.some((part) => part.file === file))
  const editParts = others.flatMap((file) => recogniseEdits(file) ?? [])
  const unused = others.filter((file) => !editParts.some((part) => part.file === file))
  if (packs.length + parts.length + editParts.length === 0) throw new ImportError(nothingFound(unused))
  const groups = groupParts(parts)
  const editGroups = groupEdits(editParts)
  steps.expect(packs.length + parts.length + groups.length * STEPS_EACH + editGroups.length)

  const sets: CompiledSet[] = []
  for (const pack of packs) sets.push(await takePack(pack, terms, steps))
  let lender: CodeSetModel | undefined
  for (const group of groups) {
    expectTerms(group.system, terms)
    expectRelease(group)
    const { model, missing } = readGroup(group, terms, steps, lender)
    const names = group.parts.map(({ file }) => file.name)
    if (model.complete) await takeOver(model, installed)
    if (model.system === "ICD-10-CM" && !model.lists) missing.push(NO_LISTS)
    sets.push(await compiled(model, names, missing, steps))
    if (model.system === "ICD-10-CM" && model.sections.length > 0) lender = model
  }
  expectEachOnce(sets)
  const edits: CompiledEdits[] = []
  for (const group of editGroups) edits.push(await compiledEdits(group, steps))
  return { sets, ...(edits.length > 0 ? { edits } : {}), unused: unused.map(({ name }) => name) }
}

async function compiledEdits(group: readonly EditsPart[], steps: Steps): Promise<CompiledEdits> {
  const files = group.map(({ file }) => file.name)
  return await steps.soon(
    `Reading ${files.map(baseName).join(", ")}`,
    async () => {
      const { facts, edits } = readEdits(group)
      const bytes = compileEdits(facts, edits)
      const sha256 = await sha256Of(bytes)
      return { facts: openEdits(bytes).facts, bytes: bytes.length, sha256, blob: new Blob([bytes]), files }
    },
    ({ facts, bytes }) => `${editsName(facts)}: ${counted(facts.rows)} edits, ${megabytes(bytes)}`
  )
}

const isPack = ({ content }: Opened) => MAGIC === String.fromCharCode(...content.subarray(0, MAGIC.length))

function nothingFound(unused: readonly Opened[]): string {
  const listed = unused.slice(0, 4).map(({ name }) => name)
  return `None of these files is a code set that Chartside can read (${listed.join(", ")}). Expected: the ICD-10-CM order file with the Tabular List and Index XML, the ICD-10-PCS files, the HCPCS Level II file, your licensed CPT files, or an exported Chartside pack; zipped or plain.`
}

function readGroup(
  { system, parts }: PartGroup,
  { cptYear }: ImportTerms,
  steps: Steps,
  lender: CodeSetModel | undefined
): { model: CodeSetModel; missing: string[] } {
  const names = parts.map(({ file }) => file.name).join(", ")
  const detected = releaseOfParts(system, parts, names, system === "CPT" ? cptYear : undefined)
  const model = readParts(detected, {
    ...(system === "CPT" ? {} : { source: "imported" }),
    ...(lender ? { lender } : {}),
    read: (file, reader) =>
      steps.now(
        `Reading ${baseName(file.name)}`,
        () => reader(file),
        (result) => `${baseName(file.name)}: ${figureOf(result) ?? megabytes(file.content.length)}`
      )
  })
  return { model, missing: model.borrowedFrom ? [] : [...detected.missing] }
}

/** A damaged pack gives nothing: what was installed must not keep its replacement away. */
async function takeOver(
  model: CodeSetModel,
  installed: NonNullable<CompileOptions["installed"]>
): Promise<void> {
  const bytes = await installed(packId(model))
  if (!bytes) return
  try {
    verifyPack(bytes)
    carryOver(model, openPack(bytes))
  } catch (error) {
    if (!(error instanceof PackDamaged)) throw error
  }
}

/** How much a reader found, for the screen. */
function figureOf(result: unknown): string | undefined {
  const of = (value: unknown, what: string) =>
    Array.isArray(value) ? `${counted(value.length)} ${what}` : undefined
  if (Array.isArray(result)) return of(result, "codes and headers")
  if (typeof result !== "object" || result === null) return undefined
  const { diagnoses, entries, codes, tables } = result as Record<string, unknown>
  return (
    of(diagnoses, "codes with their notes") ??
    of(entries, "entries") ??
    of(codes, "codes") ??
    of(tables, "tables")
  )
}

async function compiled(
  model: CodeSetModel,
  files: string[],
  missing: string[],
  steps: Steps
): Promise<CompiledSet> {
  const name = `${model.system} ${model.release}`
  const bytes = steps.now(`Compiling ${name}`, () => compilePack(model) as Uint8Array<ArrayBuffer>)
  return await steps.soon(
    `Checking ${name}`,
    async () => {
      verifyPack(bytes)
      return { info: await infoOf(bytes), blob: new Blob([bytes]), files, missing }
    },
    ({ info }) =>
      `${name}: ${counted(info.codes)} codes, ${counted(info.billable)} of them billable, ${megabytes(info.bytes)}`
  )
}

/** An exported pack: its bytes are checked, and all that it holds is read once, before it may count. */
async function takePack({ name, content }: Opened, terms: ImportTerms, steps: Steps): Promise<CompiledSet> {
  return await steps.soon(
    `Checking ${baseName(name)}`,
    async () => {
      const bytes = new Uint8Array(content)
      let info: PackInfo
      try {
        verifyPack(bytes)
        readWhole(openPack(bytes))
        info = await infoOf(bytes)
      } catch (error) {
        if (!(error instanceof PackDamaged)) throw error
        throw new ImportError(`${name} is no whole pack: ${error.message}. Export it again.`)
      }
      expectTerms(info.system, terms)
      return { info, blob: new Blob([bytes]), files: [name], missing: [] }
    },
    ({ info }) => `${info.system} ${info.release}: a compiled pack, ${megabytes(info.bytes)}`
  )
}

async function infoOf(bytes: Uint8Array<ArrayBuffer>): Promise<PackInfo> {
  return { ...openPack(bytes).info, bytes: bytes.length, sha256: await sha256Of(bytes) }
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** @throws ImportError when CPT came without the confirmation of a licence */
function expectTerms(system: CodeSetModel["system"], { cptLicence }: ImportTerms): void {
  if (system === "CPT" && !cptLicence) {
    throw new ImportError(
      "These files hold CPT, which belongs to the American Medical Association. Confirm your own licence first (“CPT licence”), then add them again."
    )
  }
}

function expectEachOnce(sets: readonly CompiledSet[]): void {
  const seen = new Map<string, string>()
  for (const { info, files } of sets) {
    const before = seen.get(info.id)
    if (before !== undefined) {
      throw new ImportError(
        `${info.system} ${info.release} came twice (${before}; ${files.join(", ")}). Add one of them only.`
      )
    }
    seen.set(info.id, files.join(", "))
  }
}
