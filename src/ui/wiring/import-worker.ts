/** The Worker of the options page that compiles code sets, so that the page stays responsive and can end it. */
import { compileFiles } from "@/classification/import/compile-files"
import { ImportError, type ImportMessage, type ImportOrder } from "@/classification/import/compiled-set"
import { ModelError } from "@/classification/pack/compile"
import { ReaderError } from "@/classification/readers/reader-error"

/** The little of `DedicatedWorkerGlobalScope` that is used here (the library of types is that of pages). */
interface Scope {
  onmessage: ((event: MessageEvent<ImportOrder>) => void) | null
  postMessage(message: ImportMessage): void
}

/** All official files of all systems together hold some 100 MB; what is far beyond would only exhaust memory. */
const MOST_BYTES = 1_000_000_000

const scope = self as unknown as Scope

function sentenceOf(error: unknown): string {
  if (error instanceof ImportError || error instanceof ReaderError) return error.message
  if (error instanceof ModelError) return `These files do not make one code set: ${error.message}.`
  if (error instanceof DOMException && error.name === "NotReadableError") {
    return "A file could not be read. It was moved, changed or deleted meanwhile. Add the files again."
  }
  return "Something went wrong while these files were read. Nothing was changed."
}

async function run({ files, terms, installed = [] }: ImportOrder): Promise<void> {
  try {
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    if (bytes > MOST_BYTES) {
      throw new ImportError(
        "These files have more than 1 GB, far more than any code set. Add only its official files."
      )
    }
    const outcome = await compileFiles(
      files.map((file) => ({
        name: file.name,
        read: async () => new Uint8Array(await file.arrayBuffer())
      })),
      {
        terms,
        onProgress: (progress) => scope.postMessage({ kind: "progress", progress }),
        installed: async (id) => {
          const blob = installed.find((each) => each.id === id)?.blob
          // A file that is gone from the disk is as good as none: the import puts a new one in its place.
          const bytes = await blob?.arrayBuffer().catch(() => undefined)
          return bytes && new Uint8Array(bytes)
        }
      }
    )
    scope.postMessage({ kind: "outcome", outcome })
  } catch (error) {
    scope.postMessage({ kind: "error", sentence: sentenceOf(error) })
  }
}

scope.onmessage = ({ data }) => void run(data)
