/** Long work in short pieces, so that the page stays responsive (design.md 4: no task over 50 ms). */

/** Longest stretch of work at a time. Leaves room for one slow step and for the page's own work in a frame. */
export const SLICE_MS = 10

/** Resolves in a task of its own, after whatever the page had waiting at the same priority. */
function breathe(): Promise<void> {
  const scheduler = (globalThis as { scheduler?: { postTask?: (f: () => void) => Promise<void> } }).scheduler
  if (scheduler?.postTask) return scheduler.postTask(() => undefined)
  return new Promise((resolve) => setTimeout(resolve, 0))
}

/**
 * Runs a generator that yields after every small step, letting the page work in between.
 * @throws the signal's reason when it was aborted, and whatever the work throws
 */
export async function inSlices<T>(
  work: Generator<void, T>,
  signal: AbortSignal,
  sliceMs = SLICE_MS
): Promise<T> {
  let end = performance.now() + sliceMs
  for (;;) {
    signal.throwIfAborted()
    const step = work.next()
    if (step.done) return step.value
    if (performance.now() < end) continue
    await breathe()
    end = performance.now() + sliceMs
  }
}
