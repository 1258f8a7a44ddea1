/** One builder at a time in a folder: tests, a build and the command line may all find packs missing at once. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"

const POLL_MS = 100

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs under another user.
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
  let holder = Number.NaN
  try {
    holder = Number(readFileSync(path, "utf8"))
  } catch {
    return false // Released in between: the next try takes it.
  }
  // A holder that is gone was killed in the middle; an empty file is one that is just being written.
  if (holder > 0 && !isAlive(holder)) rmSync(path, { force: true })
  return false
}

/** Runs `work` while no other process runs some in the same folder; waits for its turn. */
export async function withFolderLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dir, { recursive: true })
  const path = join(dir, ".lock")
  while (!take(path)) await pause(POLL_MS)
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}
