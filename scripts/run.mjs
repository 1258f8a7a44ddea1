/** Small helpers of the scripts: run a command to its end, say what takes how long. */
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

export const ROOT = fileURLToPath(new URL("..", import.meta.url))

/**
 * Runs a program in the project's folder. Resolves with its exit code; output goes straight through,
 * or into `output` with `quiet`.
 */
export function run(program, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      env: { ...process.env, ...env }
    })
    let output = ""
    child.stdout?.on("data", (chunk) => (output += chunk))
    child.stderr?.on("data", (chunk) => (output += chunk))
    child.on("error", reject)
    child.on("close", (code, signal) => resolve({ code: signal ? 1 : (code ?? 1), output }))
  })
}

/** Path of a program of node_modules/.bin. */
export const bin = (name) => `${ROOT}node_modules/.bin/${name}`
