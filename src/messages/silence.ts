/**
 * Notices a connection that has gone dead without a word: a worker that is stopped in the very moment in which it is
 * being started can leave a port open that nobody serves and that is never cut.
 */

/** A busy worker answers a ping within moments; checking the largest code set takes it two seconds. */
export const QUIET_MS = 8_000

export interface SilenceOptions {
  /** Asked for a sign of life after `quietMs` without a word. */
  probe: () => void
  /** The sign did not come within as long again. */
  dead: () => void
  quietMs?: number
}

export interface Silence {
  /** Something is waited for: the clock runs, if it did not yet. */
  waiting(): void
  /** Anything came: the clock begins anew. */
  heard(stillWaiting: boolean): void
  /** Nothing is waited for any more, so there is no timer either. */
  stop(): void
}

export function createSilence({ probe, dead, quietMs = QUIET_MS }: SilenceOptions): Silence {
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(timer)
    timer = undefined
  }

  function start(): void {
    timer = setTimeout(() => {
      timer = setTimeout(() => {
        timer = undefined
        dead()
      }, quietMs)
      probe()
    }, quietMs)
  }

  return {
    waiting() {
      if (timer === undefined) start()
    },
    heard(stillWaiting) {
      stop()
      if (stillWaiting) start()
    },
    stop
  }
}
