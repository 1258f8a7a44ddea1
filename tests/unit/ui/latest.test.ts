import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { LatestWins } from "@/ui/session/latest"

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function world(gap = 300) {
  const running: { input: string; finish: (value: string) => void; fail: (error: Error) => void }[] = []
  const delivered: string[] = []
  const failed: unknown[] = []
  const jobs = new LatestWins<string, string>(
    (input) => new Promise((finish, fail) => running.push({ input, finish, fail })),
    (result) => (result.ok ? delivered.push(result.value) : failed.push(result.error)),
    gap
  )
  return { jobs, running, delivered, failed, settle: () => vi.advanceTimersByTimeAsync(gap) }
}

describe("the newest wish wins", () => {
  it("runs the first at once, and of those that come meanwhile only the last", async () => {
    const { jobs, running, delivered, settle } = world()
    for (const wish of ["a", "b", "c"]) jobs.want(wish)
    expect(running.map(({ input }) => input)).toEqual(["a"])
    running[0]!.finish("A")
    await settle()
    expect(running.map(({ input }) => input)).toEqual(["a", "c"])
    running[1]!.finish("C")
    await settle()
    expect(delivered).toEqual(["C"])
    expect(jobs.busy).toBe(false)
  })

  it("leaves time between two starts", async () => {
    const { jobs, running } = world(300)
    jobs.want("a")
    running[0]!.finish("A")
    await vi.advanceTimersByTimeAsync(0)
    jobs.want("b")
    await vi.advanceTimersByTimeAsync(299)
    expect(running).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(running).toHaveLength(2)
  })

  it("delivers failures, and goes on after them", async () => {
    const { jobs, running, failed, delivered, settle } = world()
    jobs.want("a")
    running[0]!.fail(new Error("no"))
    await settle()
    expect(failed).toHaveLength(1)
    jobs.want("b")
    running[1]!.finish("B")
    await settle()
    expect(delivered).toEqual(["B"])
  })

  it("delivers nothing of what was dropped, and starts the next wish at once", async () => {
    const { jobs, running, delivered, settle } = world()
    jobs.want("old")
    jobs.want("older wish")
    jobs.drop()
    jobs.want("new")
    expect(running.map(({ input }) => input)).toEqual(["old", "new"])
    running[0]!.finish("OLD")
    running[1]!.finish("NEW")
    await settle()
    expect(delivered).toEqual(["NEW"])
  })
})
