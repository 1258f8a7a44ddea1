/** Tells the screen how far an import is, in steps with figures. */
import type { ImportProgress } from "./compiled-set"

export class Steps {
  private step = 0
  private steps = 0
  private readonly done: string[] = []

  constructor(private readonly tell: (progress: ImportProgress) => void) {}

  /** More steps are known now. */
  expect(more: number): void {
    this.steps += more
  }

  /** Runs one step; what `say` makes of its result is kept for the screen. */
  now<T>(label: string, work: () => T, say?: (result: T) => string | undefined): T {
    this.begin(label)
    return this.end(work(), say)
  }

  /** The same for work that takes its time. */
  async soon<T>(label: string, work: () => Promise<T>, say?: (result: T) => string | undefined): Promise<T> {
    this.begin(label)
    return this.end(await work(), say)
  }

  private begin(label: string): void {
    this.step++
    this.steps = Math.max(this.steps, this.step)
    this.tell({ step: this.step, steps: this.steps, label, done: [...this.done] })
  }

  private end<T>(result: T, say?: (result: T) => string | undefined): T {
    const line = say?.(result)
    if (line !== undefined) this.done.push(line)
    return result
  }
}

/** "98,186" */
export const counted = (count: number): string => count.toLocaleString("en-US")

/** "9.3 MB", "3 KB" */
export const megabytes = (bytes: number): string =>
  bytes < 100_000 ? `${Math.ceil(bytes / 1_000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
