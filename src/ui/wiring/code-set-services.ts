/** Import and export of code sets: a Worker of the page compiles, the store keeps, the service worker decides. */
import {
  type CompiledEdits,
  type CompiledSet,
  ImportError,
  type ImportMessage,
  type ImportOrder
} from "@/classification/import/compiled-set"
import { PACK_FORMAT_VERSION } from "@/classification/pack/format"
import { openPack } from "@/classification/pack/open"
import { verifyPack } from "@/classification/pack/verify"
import { AskError } from "@/messages/client"
import { CodeDatabase, type StoredPack } from "@/store/code-database"
import { StoreError } from "@/store/errors"
import { createPacksRepository, type PacksRepository, packKey } from "@/store/packs-repository"
import { DamagedPackError, packBytes } from "@/store/stored-packs"
import type { CodeSetServices, ImportRun, SiteServices } from "../services"
import { asAskError } from "./errors"

const BROKE_OFF =
  "The import broke off: the browser gave up on it, perhaps for want of memory. Nothing was changed. Close other pages and try again."

const CPT_STAYS = "CPT belongs to the American Medical Association: it stays on this machine."

/** @param ask of the same page */
export function codeSetServices(ask: SiteServices["ask"]): CodeSetServices {
  const repository = createPacksRepository(new CodeDatabase())
  return {
    compile: (files, terms, onProgress) =>
      runImport(
        installedOf(repository).then((installed) => ({ files: [...files], terms, installed })),
        onProgress
      ),

    async install(sets, edits = []) {
      try {
        const rows = [...sets.map(storedOf), ...edits.map(storedEdits)]
        await repository.stage(rows)
        await ask("packs/activate", { keys: rows.map(({ key }) => key) })
      } catch (error) {
        throw asAskError(error)
      }
    },

    async exportPack({ id, system, release }) {
      if (system === "CPT") throw new AskError("not-allowed", CPT_STAYS)
      try {
        const stored = await repository.read(id)
        if (stored?.kind !== "codes") {
          throw new AskError("no-pack", `${system} ${release} is not installed any more.`)
        }
        // What lies there counts, not what the list of a page said that was opened some time ago.
        if (stored.info.system === "CPT") throw new AskError("not-allowed", CPT_STAYS)
        const bytes = await packBytes(stored)
        try {
          verifyPack(bytes)
        } catch (error) {
          throw new DamagedPackError(id, stored.key, error)
        }
        if (openPack(bytes).info.system === "CPT") throw new AskError("not-allowed", CPT_STAYS)
        const name = `${id}-${stored.sha256.slice(0, 12)}.bin`
        return { name, sha256: stored.sha256, blob: new Blob([bytes], { type: "application/octet-stream" }) }
      } catch (error) {
        // The worker checks the whole file, and puts Chartside's own copy in its place.
        if (error instanceof DamagedPackError) await ask("packs/report-damage", { id })
        throw asAskError(error)
      }
    },

    save({ name, blob }) {
      const url = URL.createObjectURL(blob)
      const link = document.createElement("a")
      link.href = url
      link.download = name
      link.click()
      // The download has its own hold on the bytes once it began.
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    }
  }
}

function storedOf({ info, blob }: CompiledSet): StoredPack {
  return {
    key: packKey(info.id, info.sha256),
    id: info.id,
    release: info.release,
    effectiveFrom: info.effective.from,
    bytes: info.bytes,
    sha256: info.sha256,
    source: info.source,
    channel: "file",
    complete: info.complete,
    importedAt: Date.now(),
    format: PACK_FORMAT_VERSION,
    blob,
    kind: "codes",
    info
  }
}

function storedEdits({ facts, bytes, sha256, blob }: CompiledEdits): StoredPack {
  return {
    key: packKey(facts.id, sha256),
    id: facts.id,
    release: facts.release,
    effectiveFrom: facts.effective.from,
    bytes,
    sha256,
    source: "imported",
    channel: "file",
    complete: true,
    importedAt: Date.now(),
    blob,
    kind: "edits",
    facts
  }
}

/** Handles of what is installed. Without them an import works too: it only takes nothing over. */
async function installedOf(repository: PacksRepository): Promise<NonNullable<ImportOrder["installed"]>> {
  try {
    const codeSets = (await repository.active()).filter(({ kind }) => kind === "codes")
    const stored = await Promise.all(codeSets.map(({ id }) => repository.read(id)))
    return stored.flatMap((each) => (each ? [{ id: each.id, blob: each.blob }] : []))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return []
  }
}

function runImport(
  order: Promise<ImportOrder>,
  onProgress: Parameters<CodeSetServices["compile"]>[2]
): ImportRun {
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), { type: "module" })
  const outcome = new Promise<Awaited<ImportRun["outcome"]>>((resolve, reject) => {
    const end = () => worker.terminate()
    worker.onmessage = ({ data }: MessageEvent<ImportMessage>) => {
      if (data.kind === "progress") return onProgress(data.progress)
      end()
      if (data.kind === "outcome") resolve(data.outcome)
      else reject(new ImportError(data.sentence))
    }
    worker.onerror = (event) => {
      // Said on the screen; without this Chrome logs it as an error of the page too.
      event.preventDefault()
      end()
      reject(new ImportError(BROKE_OFF))
    }
  })
  let cancelled = false
  void order.then((given) => {
    if (!cancelled) worker.postMessage(given)
  })
  const cancel = () => {
    cancelled = true
    worker.terminate()
  }
  return { outcome, cancel }
}
