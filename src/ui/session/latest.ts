/**
 * Runs a job so that at most one is under way, starts are at least `gap` ms apart, and of several wishes
 * that came meanwhile only the newest is carried out. Results of a job that was dropped are never delivered.
 */
export class LatestWins<In, Out> {
  #wish: { input: In } | undefined
  #running = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastStart = Number.NEGATIVE_INFINITY
  #round = 0

  constructor(
    private readonly job: (input: In) => Promise<Out>,
    private readonly deliver: (
      result: { ok: true; value: Out } | { ok: false; error: unknown },
      input: In
    ) => void,
    private readonly gap: number
  ) {}

  /** True from the first wish until nothing is left to do. */
  get busy(): boolean {
    return this.#running || this.#wish !== undefined
  }

  want(input: In): void {
    this.#wish = { input }
    this.#next()
  }

  /** Forgets wishes and results on their way. */
  drop(): void {
    this.#wish = undefined
    this.#round++
    this.#running = false
    this.#lastStart = Number.NEGATIVE_INFINITY
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #next(): void {
    if (this.#running || this.#timer !== undefined || !this.#wish) return
    const wait = this.#lastStart + this.gap - Date.now()
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#next()
      }, wait)
      return
    }
    const { input } = this.#wish
    this.#wish = undefined
    this.#running = true
    this.#lastStart = Date.now()
    const round = this.#round
    const settle = (result: { ok: true; value: Out } | { ok: false; error: unknown }) => {
      if (round !== this.#round) return
      this.#running = false
      // A newer wish is waiting: this answer would only flash by.
      if (!this.#wish) this.deliver(result, input)
      if (round === this.#round) this.#next()
    }
    this.job(input).then(
      (value) => settle({ ok: true, value }),
      (error: unknown) => settle({ ok: false, error })
    )
  }
}
