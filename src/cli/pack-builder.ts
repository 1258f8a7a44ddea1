/** Builds the packs of a folder: code sets from the first source that gives them, guidelines, and the lexicon. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { basename, join, relative } from "node:path"
import type { CodeSetModel } from "@/classification/model"
import { compilePack, PACK_FORMAT_VERSION } from "@/classification/pack/compile"
import { LexiconError, parseLexicon } from "@/engine/lexicon-schema"
import type { LexiconFile } from "@/engine/lexicon-types"
import { withFolderLock } from "./folder-lock"
import {
  compilerHash,
  guidelinesHash,
  LEXICON_DIR,
  lexiconFiles,
  lexiconRecipe,
  packRecipe
} from "./pack-recipe"
import { type PackEntry, type PacksManifest, readPacksManifest } from "./packs-manifest"
import { CACHE_DIR, CODESETS_DIR, PACKS_DIR } from "./paths"
import type { CatalogueGuidelines, CataloguePack, CatalogueStarter } from "./sources/catalogue"
import { readCatalogue } from "./sources/catalogue"
import { type SourceContext, sha256Of, verified } from "./sources/found"
import { guidelineBook } from "./sources/guidelines-pdf"
import type { ResolvedExtra } from "./sources/release-extras"
import { needed, releaseModel, starterModel } from "./sources/release-model"
import {
  type ResolvedSource,
  resolvePack,
  type SourceSettings,
  sourceContext,
  sourceSettings
} from "./sources/resolve"

export interface BuildOptions {
  /** Default: assets/packs of the repository. */
  dir?: string
  /** Default: .cache of the repository. */
  cache?: string
  settings?: SourceSettings
  /** Builds even what did not change. */
  force?: boolean
  log(line: string): void
}

/** A full pack or a lexicon that was made or kept in this run. */
interface Built {
  entry: PackEntry
  kept: boolean
}

class PackBuilder {
  private readonly before: Map<string, PackEntry>
  /** Source and model of each pack of this run, for those that borrow from it; models only when needed. */
  private readonly lenders = new Map<string, { recipe: string; model(): CodeSetModel }>()

  constructor(
    private readonly dir: string,
    private readonly options: BuildOptions
  ) {
    this.before = new Map(options.force ? [] : installed(dir).map((entry) => [entry.id, entry]))
  }

  async run(): Promise<PacksManifest> {
    const { log } = this.options
    const catalogue = readCatalogue(join(CODESETS_DIR, "sources.json"))
    const settings = this.options.settings ?? sourceSettings()
    const context = sourceContext(settings, this.options.cache ?? CACHE_DIR)
    const built: Built[] = []
    for (const [at, pack] of catalogue.packs.entries()) {
      const extras = await this.extras(pack, settings, context)
      const made = await resolvePack(pack, settings, context, log, (source) =>
        this.full(pack, source, extras)
      )
      if (made) {
        built.push(made)
        this.forgetLenders(catalogue.packs.slice(at + 1))
        continue
      }
      const fallsBack = pack.borrowFrom && this.lenders.has(pack.borrowFrom)
      log(
        `${pack.id}: no source gives it: not built${fallsBack ? `; ${pack.borrowFrom} is used for its dates, with a notice` : ""}`
      )
    }
    for (const starter of catalogue.starter) {
      if (built.some(({ entry }) => entry.system === starter.system)) continue
      const made = this.starter(starter)
      built.push(made)
      log(
        `No full ${starter.system} source was reached: the starter set is used (${made.entry.billable} codes, not complete).`
      )
    }
    for (const wanted of catalogue.guidelines ?? []) {
      const made = await resolvePack(wanted, settings, context, log, (source) =>
        this.guidelines(wanted, source)
      )
      if (made) built.push(made)
      else log(`${wanted.id}: no source gives it: no guidelines are shown`)
    }
    built.push(this.lexicon())
    const manifest = built.map(({ entry }) => entry)
    writeAtomically(join(this.dir, "packs.json"), `${JSON.stringify(manifest, null, 2)}\n`)
    this.removeOthers(manifest)
    const kept = built.filter((each) => each.kept).length
    log(`${manifest.length} packs in ${this.dir}: ${manifest.length - kept} built, ${kept} unchanged`)
    return manifest
  }

  /** What can be had beside the classification; what cannot is told in the log and does no harm. */
  private async extras(
    pack: CataloguePack,
    settings: SourceSettings,
    context: SourceContext
  ): Promise<ResolvedExtra[]> {
    const found: ResolvedExtra[] = []
    for (const extra of pack.extras ?? []) {
      const named = { id: `${pack.id} ${extra.id}`, sources: extra.sources }
      const resolved = await resolvePack(named, settings, context, this.options.log, (source) => ({
        extra,
        source
      }))
      if (resolved) found.push(resolved)
    }
    return found
  }

  private full(pack: CataloguePack, source: ResolvedSource, extras: readonly ResolvedExtra[]): Built {
    const lender = pack.borrowFrom ? this.lenders.get(pack.borrowFrom) : undefined
    const recipe = packRecipe([
      pack.id,
      JSON.stringify([pack.effective, source.provenance.source]),
      ...[...source.files].map(([role, file]) => `${role} ${file.sha256}`),
      ...extras.map(({ extra }) => JSON.stringify([extra.id, extra.list])),
      ...extras.flatMap((extra) => [...extra.source.files].map(([role, file]) => `${role} ${file.sha256}`)),
      lender?.recipe ?? ""
    ])
    let read: CodeSetModel | undefined
    const model = () => {
      read ??= releaseModel(pack, source, lender?.model, extras, this.options.log)
      return read
    }
    const built = this.codeSet(pack.id, recipe, model)
    this.lenders.set(pack.id, { recipe, model })
    return built
  }

  /** A model of 98,000 codes is only kept while a later pack may borrow from it. */
  private forgetLenders(later: readonly CataloguePack[]): void {
    for (const id of this.lenders.keys()) {
      if (!later.some(({ borrowFrom }) => borrowFrom === id)) this.lenders.delete(id)
    }
  }

  private starter(starter: CatalogueStarter): Built {
    const content = readFileSync(join(CODESETS_DIR, starter.path))
    const file = verified(basename(starter.path), content, undefined)
    const recipe = packRecipe([starter.id, JSON.stringify(starter.effective), file.sha256])
    return this.codeSet(starter.id, recipe, () => starterModel(starter, file))
  }

  private codeSet(id: string, recipe: string, model: () => CodeSetModel): Built {
    const known = this.unchanged(id, recipe)
    if (known) return { entry: known, kept: true }
    const codeSet = model()
    const bytes = compilePack(codeSet)
    const file = `${id}.bin`
    writeAtomically(join(this.dir, file), bytes)
    const entry: PackEntry = {
      id,
      kind: "codes",
      system: codeSet.system,
      release: codeSet.release,
      effective: codeSet.effective,
      file,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
      codes: codeSet.codes.length,
      billable: codeSet.codes.filter((code) => code.billable).length,
      complete: codeSet.complete,
      remarks: codeSet.remarks,
      ...(codeSet.borrowedFrom ? { borrowedFrom: codeSet.borrowedFrom } : {}),
      source: codeSet.provenance.source,
      inputs: recipe,
      compiler: compilerHash(),
      format: PACK_FORMAT_VERSION
    }
    return { entry, kept: false }
  }

  /** The Official Guidelines as one JSON file. @throws ReaderError */
  private async guidelines(
    wanted: CatalogueGuidelines,
    { provenance, files }: ResolvedSource
  ): Promise<Built> {
    const pdf = needed(files, "guidelines", wanted.id)
    const recipe = packRecipe([
      guidelinesHash(),
      JSON.stringify(wanted.effective),
      provenance.source,
      pdf.sha256
    ])
    const known = this.unchanged(wanted.id, recipe)
    if (known) return { entry: known, kept: true }
    const book = await guidelineBook(pdf, wanted.release, provenance.source)
    const bytes = Buffer.from(JSON.stringify(book), "utf8")
    const file = `${wanted.id}.json`
    writeAtomically(join(this.dir, file), bytes)
    const entry: PackEntry = {
      id: wanted.id,
      kind: "guidelines",
      system: book.system,
      release: book.release,
      effective: book.effective,
      file,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
      source: book.source,
      inputs: recipe,
      compiler: guidelinesHash()
    }
    return { entry, kept: false }
  }

  /** All lexicon files, checked, as one JSON file. @throws LexiconError */
  private lexicon(): Built {
    const recipe = lexiconRecipe()
    const known = this.unchanged("lexicon", recipe)
    if (known) return { entry: known, kept: true }
    const lexicon = parseLexicon(lexiconFiles().map(lexiconFile))
    const bytes = Buffer.from(JSON.stringify(lexicon, withoutExamples), "utf8")
    writeAtomically(join(this.dir, "lexicon.json"), bytes)
    const entry: PackEntry = {
      id: "lexicon",
      kind: "lexicon",
      // The lexicon has no releases of its own: its content names it.
      release: recipe.slice(0, 12),
      effective: { from: "2025-10-01" },
      file: "lexicon.json",
      bytes: bytes.length,
      sha256: sha256Of(bytes),
      source: "codesets/lexicon",
      inputs: recipe
    }
    return { entry, kept: false }
  }

  private unchanged(id: string, recipe: string): PackEntry | undefined {
    const entry = this.before.get(id)
    return entry?.inputs === recipe && isWhole(this.dir, entry) ? entry : undefined
  }

  /** What an earlier build left and the new list does not name: a starter set, a half-written file. */
  private removeOthers(manifest: PacksManifest): void {
    const named = new Set(["packs.json", ".lock", ...manifest.map((entry) => entry.file)])
    for (const name of readdirSync(this.dir)) {
      if (!named.has(name) && /\.(?:bin|partial)$|^guidelines-.*\.json$/.test(name))
        rmSync(join(this.dir, name), { force: true })
    }
  }
}

/** Examples are for the tests, which read the files themselves; in the pack they would double its size. */
function withoutExamples(key: string, value: unknown): unknown {
  return key === "examples" ? { fires: [], quiet: [] } : value
}

/** @throws LexiconError when it is no JSON */
function lexiconFile(path: string): LexiconFile {
  const name = relative(LEXICON_DIR, path)
  try {
    return { name, data: JSON.parse(readFileSync(path, "utf8")) as unknown }
  } catch {
    throw new LexiconError(name, "", "not valid JSON")
  }
}

function writeAtomically(path: string, content: Uint8Array | string): void {
  const partial = `${path}.${process.pid}.partial`
  writeFileSync(partial, content)
  renameSync(partial, path)
}

/** The file is there, of the right size and content. */
function isWhole(dir: string, entry: PackEntry): boolean {
  try {
    return sha256Of(readFileSync(join(dir, entry.file))) === entry.sha256
  } catch {
    return false
  }
}

function installed(dir: string): PacksManifest {
  try {
    return readPacksManifest(dir)
  } catch {
    return [] // Missing or damaged: everything is built.
  }
}

/**
 * Tries every source and builds what is missing or changed.
 * @throws LexiconError, CatalogueError, SourceSettingError: mistakes of the repository or the environment
 */
export async function buildPacks(options: BuildOptions): Promise<PacksManifest> {
  const dir = options.dir ?? PACKS_DIR
  mkdirSync(dir, { recursive: true })
  return withFolderLock(dir, () => new PackBuilder(dir, options).run())
}

/** Nothing is missing and nothing was made by another compiler or from another lexicon. No source is asked. */
function isCurrent(dir: string, manifest: PacksManifest): boolean {
  const sizes = manifest.every((entry) => {
    try {
      return statSync(join(dir, entry.file)).size === entry.bytes
    } catch {
      return false
    }
  })
  const lexicon = manifest.find((entry) => entry.kind === "lexicon")
  return (
    sizes &&
    manifest.some((entry) => entry.kind === "codes") &&
    manifest.every((entry) => entry.kind !== "codes" || entry.compiler === compilerHash()) &&
    manifest.every((entry) => entry.kind !== "guidelines" || entry.compiler === guidelinesHash()) &&
    lexicon?.inputs === lexiconRecipe()
  )
}

/**
 * The packs of a folder, built when they are missing or out of date. Quick when they are not: a full pack is
 * not asked for again, so a machine that only had the starter set needs `npm run packs` to look for more.
 */
export async function ensurePacks(options: BuildOptions): Promise<PacksManifest> {
  const dir = options.dir ?? PACKS_DIR
  const manifest = installed(dir)
  return isCurrent(dir, manifest) ? manifest : buildPacks(options)
}
