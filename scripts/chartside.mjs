// Thin launcher of the command line: runs src/cli/main.ts with tsx, same stdio, same exit code.
import { spawn } from "node:child_process"
import { createRequire } from "node:module"
import { fileURLToPath, pathToFileURL } from "node:url"

const root = fileURLToPath(new URL("../", import.meta.url))
const main = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url))
// The loader itself instead of the tsx command: one process less, and npx is slow.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

const child = spawn(process.execPath, ["--import", tsx, main, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.json` }
})
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal))
child.on("error", (error) => {
  console.error(`chartside: cannot start Node: ${error.message}`)
  process.exitCode = 1
})
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1)
})
