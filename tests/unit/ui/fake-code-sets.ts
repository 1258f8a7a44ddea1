/** Imports that a test moves on by hand. */
import type {
  CompiledSet,
  ImportOutcome,
  ImportProgress,
  ImportTerms
} from "@/classification/import/compiled-set"
import type { PackInfo } from "@/classification/pack-api"
import type { CodeSetServices, ExportedPack, ImportRun } from "@/ui/services"

export interface FakeRun {
  files: readonly File[]
  terms: ImportTerms
  tell: (progress: ImportProgress) => void
  end: (outcome: ImportOutcome) => void
  fail: (error: unknown) => void
  cancelled: boolean
}

export class FakeCodeSets implements CodeSetServices {
  runs: FakeRun[] = []
  installed: (readonly CompiledSet[])[] = []
  saved: ExportedPack[] = []
  /** Thrown by the next `install`. */
  installFails: unknown

  get run(): FakeRun {
    const last = this.runs.at(-1)
    if (!last) throw new Error("no import was started")
    return last
  }

  compile(files: readonly File[], terms: ImportTerms, tell: FakeRun["tell"]): ImportRun {
    let run: FakeRun | undefined
    const outcome = new Promise<ImportOutcome>((end, fail) => {
      run = { files, terms, tell, end, fail, cancelled: false }
      this.runs.push(run)
    })
    return {
      outcome,
      cancel: () => {
        if (run) run.cancelled = true
      }
    }
  }

  async install(sets: readonly CompiledSet[]): Promise<void> {
    if (this.installFails) throw this.installFails
    this.installed.push(sets)
  }

  async exportPack({ id, sha256 }: PackInfo): Promise<ExportedPack> {
    return { name: `${id}.bin`, sha256, blob: new Blob(["pack"]) }
  }

  save(file: ExportedPack): void {
    this.saved.push(file)
  }
}
