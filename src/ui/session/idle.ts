/** Small jobs for moments in which nobody types. */

/** Calls `slice` whenever the page is idle until it says that nothing is left. @returns stops it */
export function whenIdle(slice: () => boolean): () => void {
  let stopped = false
  const later = (job: () => void) => {
    if (typeof requestIdleCallback === "function") requestIdleCallback(job)
    else setTimeout(job, 20)
  }
  const step = () => {
    if (!stopped && slice()) later(step)
  }
  later(step)
  return () => {
    stopped = true
  }
}
