/**
 * Official files in, verified packs out: the same readers and the same compiler as the command line, run by
 * the Worker of the options page. Nothing is stored here; an error means that nothing was made.
 */
import type { CodeSetModel } from "../model"
import { compilePack } from "../pack/compile"
import { openPack, PackDamaged } from "../pack/open"
import { verifyPack } from "../pack/verify"
import type { PackInfo } from "../pack-api"
import { openArchive } from "../readers/archive"
import { buildModels } from "./build-models"
import {
  type CompiledSet,
  ImportError,
  type ImportOutcome,
  type ImportProgress,
  type ImportTerms
} from "./compiled-set"
import { type Member, type Recognised, recognise } from "./recognise"
import { counted, megabytes, Steps } from "./steps"

export interface CompileOptions {
  terms: ImportTerms
  onProgress?: (progress: ImportProgress) => void
}

/** Steps behind the reading of a code set: compile, check. */
const STEPS_EACH = 2

/**
 * @param files as dropped: zip archives or plain files, official files or exported packs, in any order
 * @throws ReaderError, ImportError, ModelError: all with a sentence for the screen
 */
export async function compileFiles(
  files: readonly { name: string; read: () => Promise<Uint8Array> }[],
  { terms, onProgress = () => {} }: CompileOptions
): Promise<ImportOutcome> {
  if (files.length === 0) throw new ImportError("No file was given.")
  const steps = new Steps(onProgress)
  steps.expect(files.length)
  const members: Member[] = []
  for (const file of files) {
    members.push(
      ...(await steps.run(
        `Opening ${file.name}`,
        async () => unpacked(file.name, await file.read()),
        (found) => `${file.name}: ${found.length === 1 ? "1 file" : `${found.length} files`}`
      ))
    )
  }
  const known = members.map(recognise)
  const wanted = known.filter(({ role }) => role !== "unused")
  const unused = known.flatMap(({ member, why }) => (why === undefined ? [] : [`${member.name}: ${why}`]))
  if (wanted.length === 0) throw new ImportError(nothingFound(unused))
  steps.expect(wanted.length)
  const sets: CompiledSet[] = []
  for (const { member } of wanted.filter(({ role }) => role === "pack")) {
    sets.push(await takePack(member, terms, steps))
  }
  const { models, unused: superseded } = await buildModels(withoutPacks(wanted), steps)
  steps.expect(models.length * STEPS_EACH)
  for (const { model, files: names } of models) {
    expectTerms(model.system, terms)
    sets.push(await compiled(model, names, steps))
  }
  expectEachOnce(sets)
  return { sets, unused: [...superseded, ...unused] }
}

const withoutPacks = (wanted: readonly Recognised[]) => wanted.filter(({ role }) => role !== "pack")

function unpacked(name: string, content: Uint8Array): Member[] {
  return [...openArchive({ name, content }).values()].map((file) => ({
    name: file.name,
    content: file.content
  }))
}

function nothingFound(unused: readonly string[]): string {
  const listed = unused.slice(0, 4).join("; ")
  return `None of these files is a code set that Chartside can read (${listed}). Expected: the ICD-10-CM order file with the Tabular List and Index XML, the ICD-10-PCS files, the HCPCS Level II record layout, or an exported Chartside pack; zipped or plain.`
}

async function compiled(model: CodeSetModel, files: string[], steps: Steps): Promise<CompiledSet> {
  const name = `${model.system} ${model.release}`
  const bytes = await steps.run(`Compiling ${name}`, () => compilePack(model) as Uint8Array<ArrayBuffer>)
  return await steps.run(
    `Checking ${name}`,
    async () => {
      verifyPack(bytes)
      return { info: await infoOf(bytes), blob: new Blob([bytes]), files }
    },
    ({ info }) =>
      `${name}: ${counted(info.codes)} codes, ${counted(info.billable)} of them billable, ${megabytes(info.bytes)}`
  )
}

/** An exported pack: checked whole, byte by byte, before it may count. */
async function takePack(member: Member, terms: ImportTerms, steps: Steps): Promise<CompiledSet> {
  return await steps.run(
    `Checking ${member.name}`,
    async () => {
      const bytes = new Uint8Array(member.content)
      let info: PackInfo
      try {
        verifyPack(bytes)
        info = await infoOf(bytes)
      } catch (error) {
        if (!(error instanceof PackDamaged)) throw error
        throw new ImportError(`${member.name} is no whole pack: ${error.message}. Export it again.`)
      }
      expectTerms(info.system, terms)
      return { info, blob: new Blob([bytes]), files: [member.name] }
    },
    ({ info }) => `${info.system} ${info.release}: a compiled pack, ${megabytes(info.bytes)}`
  )
}

async function infoOf(bytes: Uint8Array<ArrayBuffer>): Promise<PackInfo> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return { ...openPack(bytes).info, bytes: bytes.length, sha256 }
}

/** @throws ImportError when CPT came without the confirmation of a licence */
function expectTerms(system: CodeSetModel["system"], { cptLicence }: ImportTerms): void {
  if (system === "CPT" && !cptLicence) {
    throw new ImportError(
      "These files hold CPT, which belongs to the American Medical Association. Confirm your own licence first (“CPT licence” beside the button), then add them again."
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
