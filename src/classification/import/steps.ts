/** Tells the screen how far an import is, in steps with figures. */
import type { ImportProgress } from "./compiled-set"

export class Steps {
  private step = 0
  private steps = 1
  private readonly done: string[] = []

  constructor(private readonly tell: (progress: ImportProgress) => void) {}

  /** More steps are known now. */
  expect(more: number): void {
    this.steps += more
  }

  /** Runs one step; what `say` makes of its result is kept for the screen. */
  async run<T>(label: string, work: () => T | Promise<T>, say?: (result: T) => string): Promise<T> {
    this.step++
    this.steps = Math.max(this.steps, this.step)
    this.tell({ step: this.step, steps: this.steps, label, done: [...this.done] })
    const result = await work()
    if (say) this.done.push(say(result))
    return result
  }
}

/** "98,186" */
export const counted = (count: number): string => count.toLocaleString("en-US")

/** "9.3 MB" */
export const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`
