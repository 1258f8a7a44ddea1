/** A wheel from the Python package index, by the ordinary client. Its code is never run: only data is read. */
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import type { PypiSource } from "./catalogue"
import { type FoundFiles, type SourceContext, SourceUnavailable, takeMembers, verified } from "./found"

/** pip has its own timeouts below; this ends whatever they do not. */
const TOTAL_MS = 120_000

/** @throws SourceUnavailable when Python, pip or the index is not there, or the wheel is another */
export async function fromPypi(source: PypiSource, context: SourceContext): Promise<FoundFiles> {
  const folder = join(context.cache, "pypi")
  const path = join(folder, source.wheel)
  let wheel: ReturnType<typeof verified>
  try {
    wheel = verified(source.wheel, readFileSync(path), source.sha256)
  } catch {
    mkdirSync(folder, { recursive: true })
    const fresh = mkdtempSync(join(folder, "get-"))
    try {
      await pipDownload(source.requirement, fresh)
      wheel = verified(source.wheel, readWheel(join(fresh, source.wheel)), source.sha256)
      renameSync(join(fresh, source.wheel), path)
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  return takeMembers(wheel, source.members)
}

function readWheel(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw new SourceUnavailable("pip fetched another file than the expected wheel")
  }
}

/** `--only-binary` keeps pip from running any setup script. */
function pipDownload(requirement: string, folder: string): Promise<void> {
  const options = "download --no-deps --only-binary=:all: --quiet --disable-pip-version-check --no-input"
  const limits = "--timeout 10 --retries 1"
  const args = ["-m", "pip", ...options.split(" "), ...limits.split(" "), "-d", folder, requirement]
  return new Promise((resolve, reject) => {
    const python = spawn("python3", args, { stdio: ["ignore", "ignore", "pipe"] })
    let said = ""
    const timer = setTimeout(() => python.kill("SIGKILL"), TOTAL_MS)
    python.stderr.setEncoding("utf8")
    python.stderr.on("data", (text: string) => {
      said = (said + text).slice(-4000)
    })
    python.on("error", () => {
      clearTimeout(timer)
      reject(new SourceUnavailable("python3 is not installed"))
    })
    python.on("close", (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else if (signal) reject(new SourceUnavailable(`pip gave no result within ${TOTAL_MS / 1000} s`))
      else reject(new SourceUnavailable(`pip could not fetch ${requirement} (${lastError(said)})`))
    })
  })
}

function lastError(said: string): string {
  const lines = said.split("\n").map((line) => line.trim())
  const line = lines.filter((each) => /^ERROR:|No module named/.test(each)).pop() ?? "no reason given"
  return line.replace(/^ERROR:\s*/, "").slice(0, 120)
}
