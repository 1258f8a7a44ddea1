import { describe, expect, it } from "vitest"
import {
  bootstrap,
  countAt,
  countCategories,
  countFull,
  meets,
  percentile,
  scoresOf
} from "@/cli/eval/figures"

describe("figures of the evaluation", () => {
  it("lets a gold header be met by any of its children, a code only by itself", () => {
    expect(meets("R51.9", "R51")).toBe(true)
    expect(meets("R51", "R51.9")).toBe(false)
  })

  it("counts each gold once", () => {
    expect(countFull(["R51.9", "I10"], ["R51", "E11.9"])).toEqual({ truePositives: 1, predicted: 2, gold: 2 })
    expect(countFull(["D05.10", "D05.11"], ["D05.1"])).toEqual({ truePositives: 1, predicted: 1, gold: 1 })
    expect(countFull(["I10", "I10"], ["I10", "I10"])).toEqual({ truePositives: 1, predicted: 1, gold: 1 })
    expect(countCategories(["M25.561", "M25.562"], ["M25.511"])).toEqual({
      truePositives: 1,
      predicted: 1,
      gold: 1
    })
  })

  it("looks only at the first k of the ranking", () => {
    expect(countAt(["A00", "I10"], ["I10"], 1, false).truePositives).toBe(0)
    expect(countAt(["A00", "I10"], ["I10"], 2, false).truePositives).toBe(1)
    expect(countAt(["I11.0", "I11.9", "E11.9"], ["E11.65"], 2, true).truePositives).toBe(1)
  })

  it("adds up before dividing and survives nothing", () => {
    const { precision, recall, f1 } = scoresOf([
      { truePositives: 1, predicted: 1, gold: 4 },
      { truePositives: 1, predicted: 3, gold: 1 }
    ])
    expect([precision, recall]).toEqual([0.5, 0.4])
    expect(f1).toBeCloseTo(0.4444, 3)
    expect(scoresOf([])).toEqual({ precision: 0, recall: 0, f1: 0 })
  })

  it("draws the same interval on every run, around the figure", () => {
    const notes = Array.from({ length: 40 }, (_, i) => i % 2)
    const mean = (drawn: readonly number[]) => drawn.reduce((a, b) => a + b, 0) / drawn.length
    const first = bootstrap(notes, mean)
    expect(bootstrap(notes, mean)).toEqual(first)
    expect(first[0]).toBeLessThan(0.5)
    expect(first[1]).toBeGreaterThan(0.5)
    expect(percentile([3, 1, 2], 0.5)).toBe(2)
  })
})
