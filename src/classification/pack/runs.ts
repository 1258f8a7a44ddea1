/** A list of numbers of which long stretches are the same, as the starts of the stretches and their numbers. */
import { type Numbers, PackDamaged } from "./format"

export function runsOf(values: ArrayLike<number>): { starts: number[]; values: number[] } {
  const runs: { starts: number[]; values: number[] } = { starts: [], values: [] }
  for (let i = 0; i < values.length; i++) {
    if (i > 0 && values[i] === values[i - 1]) continue
    runs.starts.push(i)
    runs.values.push(values[i]!)
  }
  return runs
}

export class RunReader {
  /** @throws PackDamaged when the two do not belong together */
  constructor(
    private readonly starts: Numbers,
    private readonly values: Numbers
  ) {
    if (starts.length !== values.length) throw new PackDamaged("a list of runs has a wrong length")
  }

  get empty(): boolean {
    return this.starts.length === 0
  }

  /** @throws PackDamaged before the first stretch */
  at(index: number): number {
    let low = 0
    let high = this.starts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.starts[middle]! <= index) low = middle + 1
      else high = middle
    }
    const value = this.values[low - 1]
    if (value === undefined) throw new PackDamaged("a list of runs does not begin at its beginning")
    return value
  }
}
