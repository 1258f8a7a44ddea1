/** What can go wrong with the store, as few kinds as the coder can do something different about. */

export type StoreErrorKind = "full" | "closed" | "blocked" | "damaged" | "failed"

const SENTENCE: Record<StoreErrorKind, string> = {
  full: "The disk is full or cannot be written. Free some space and try again; what was saved before is still there.",
  closed: "Chartside's store was closed under this page. Close the page and open it again.",
  blocked: "Chartside was updated while other pages of it are open. Close them and try again.",
  damaged: "Chartside's store cannot be opened. Restart the browser; if it stays, reinstall Chartside.",
  failed: "Chartside could not read or write its store. Try again."
}

/** `message` is a plain sentence; the browser's own error is in `cause`. */
export class StoreError extends Error {
  override readonly name = "StoreError"
  constructor(
    readonly kind: StoreErrorKind,
    cause?: unknown
  ) {
    super(SENTENCE[kind], { cause })
  }
}

/**
 * Names of the browser and of Dexie. A full disk shows in three ways: with `unlimitedStorage` there is no
 * quota to exceed, and a Blob that cannot be written ends as DataError or UnknownError.
 */
const KIND_BY_NAME: Record<string, StoreErrorKind> = {
  QuotaExceededError: "full",
  DataError: "full",
  UnknownError: "full",
  DatabaseClosedError: "closed",
  InvalidStateError: "closed",
  VersionError: "blocked",
  NotFoundError: "damaged",
  MissingAPIError: "damaged",
  InvalidTableError: "damaged",
  UpgradeError: "damaged"
}

/** Dexie wraps: OpenFailedError and AbortError carry the browser's error in `inner`. */
function* chain(error: unknown): Generator<{ name: string }> {
  for (let at = error, depth = 0; at instanceof Object && depth < 5; depth++) {
    if ("name" in at && typeof at.name === "string") yield { name: at.name }
    at = "inner" in at ? at.inner : undefined
  }
}

/** Any error as a StoreError; the innermost name that says something decides. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error
  const kinds = [...chain(error)].map(({ name }) => KIND_BY_NAME[name]).filter((kind) => kind !== undefined)
  const fallback = [...chain(error)].some(({ name }) => name === "OpenFailedError") ? "damaged" : "failed"
  return new StoreError(kinds.at(-1) ?? fallback, error)
}

/** Runs work on the store. @throws StoreError and nothing else */
export async function inStore<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toStoreError(error)
  }
}
