/**
 * Finds a Chromium that loads unpacked extensions, and installs Debian's when there is none. Branded Chrome
 * and Edge no longer accept --load-extension, so they are not looked for.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { accessSync, constants } from "node:fs"
import { pathToFileURL } from "node:url"

const PLACES = [
  process.env.CHARTSIDE_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/opt/homebrew/bin/chromium"
]

function runs(path) {
  if (!path) return false
  try {
    accessSync(path, constants.X_OK)
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 })
    return true
  } catch {
    // Not there, not executable or broken: each means "look further", which is this function's answer.
    return false
  }
}

/** Path of a working Chromium, or undefined. */
export function findBrowser() {
  return PLACES.find(runs)
}

/** Runs apt-get as root or through sudo without asking; false where neither is possible. */
function aptGet(args) {
  const root = process.getuid?.() === 0
  const command = root ? ["apt-get", ...args] : ["sudo", "-n", "apt-get", ...args]
  const run = spawnSync(command[0], command.slice(1), {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    timeout: 9 * 60_000
  })
  return run.status === 0
}

/** Path of a working Chromium; installs one where a Debian-like system lets us. Throws with advice otherwise. */
export function ensureBrowser() {
  const found = findBrowser()
  if (found) return found
  console.log("No Chromium found: installing Debian's package chromium (this takes a minute) ...")
  const packages = ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"]
  if (aptGet(["update", "-qq"])) aptGet(packages)
  const installed = findBrowser()
  if (installed) return installed
  throw new Error(
    "Chromium is needed and could not be installed here. Install it (Debian: apt-get install chromium) " +
      "or name one in CHARTSIDE_CHROMIUM."
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    console.log(ensureBrowser())
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
