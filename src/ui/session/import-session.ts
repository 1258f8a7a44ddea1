/**
 * One import of the options page: files are compiled, what would be replaced is asked about, then all sets
 * are installed at once. Until the last step nothing changes, so it can be cancelled at any moment.
 */
import {
  type CompiledEdits,
  type CompiledSet,
  ImportError,
  type ImportProgress,
  type ImportTerms
} from "@/classification/import/compiled-set"
import type { PackInfo } from "@/classification/pack-api"
import type { ImportRun, OptionsServices } from "../services"
import { Watched } from "./state"
import { explain } from "./wording"

export type ImportState =
  | { phase: "idle" }
  | { phase: "working"; progress: ImportProgress | undefined }
  /** Waits for a yes: `replaced` holds what counts now under the same names. */
  | { phase: "ready"; sets: CompiledSet[]; edits?: CompiledEdits[]; replaced: PackInfo[]; unused: string[] }
  | { phase: "storing"; sets: CompiledSet[]; edits?: CompiledEdits[] }
  /** `ms` is the time of the work, without that of the question. */
  | { phase: "done"; sets: CompiledSet[]; edits?: CompiledEdits[]; unused: string[]; ms: number }
  | { phase: "cancelled" }
  | { phase: "failed"; sentence: string }

export class ImportSession {
  readonly state = new Watched<ImportState>({ phase: "idle" })
  #run: ImportRun | undefined
  #took = 0

  constructor(readonly services: OptionsServices) {}

  /** Takes files; does nothing while another import is under way. */
  async start(files: readonly File[], terms: ImportTerms): Promise<void> {
    const { phase } = this.state.get()
    if (files.length === 0 || phase === "working" || phase === "storing") return
    const started = performance.now()
    this.state.set({ phase: "working", progress: undefined })
    let run: ImportRun | undefined
    try {
      run = this.services.codeSets.compile(files, terms, (progress) => {
        if (this.#run === run) this.state.set({ phase: "working", progress })
      })
      this.#run = run
      const { sets, edits, unused } = await run.outcome
      this.#took = performance.now() - started
      const { packs } = await this.services.ask("packs/status", {})
      if (this.#run !== run) return
      const replaced = packs.filter(({ id, sha256 }) =>
        sets.some(({ info }) => info.id === id && info.sha256 !== sha256)
      )
      if (replaced.length > 0)
        this.state.set({ phase: "ready", sets, ...(edits ? { edits } : {}), replaced, unused })
      else await this.#install(sets, unused, edits)
    } catch (error) {
      if (this.#run === run) this.#fail(error)
    }
  }

  /** The yes to what was asked. */
  async install(): Promise<void> {
    const state = this.state.get()
    if (state.phase === "ready") await this.#install(state.sets, state.unused, state.edits)
  }

  /** Ends what is under way, or the no to what was asked. The installed sets are untouched. */
  cancel(): void {
    const { phase } = this.state.get()
    if (phase !== "working" && phase !== "ready") return
    this.#run?.cancel()
    this.#run = undefined
    this.state.set({ phase: "cancelled" })
  }

  async #install(sets: CompiledSet[], unused: string[], edits?: CompiledEdits[]): Promise<void> {
    this.#run = undefined
    const all = { sets, ...(edits ? { edits } : {}) }
    this.state.set({ phase: "storing", ...all })
    const started = performance.now()
    try {
      await this.services.codeSets.install(sets, edits)
      this.state.set({ phase: "done", ...all, unused, ms: this.#took + performance.now() - started })
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#run = undefined
    this.state.set({
      phase: "failed",
      sentence: error instanceof ImportError ? error.message : explain(error)
    })
  }
}
