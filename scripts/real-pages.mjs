/**
 * The pages of tests/pages/real: the real editors and code widgets that EHRs embed. Some 1.2 GB of packages, so only
 * the long tests install and build them, and only when something changed since.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { ROOT, run } from "./run.mjs"

export const REAL_PAGES = `${ROOT}tests/pages/real`
/** What `vite build` leaves: files for any web server. */
export const REAL_PAGES_BUILT = `${REAL_PAGES}/dist`

const hash = (files) => {
  const sum = createHash("sha256")
  for (const file of files) sum.update(file).update(readFileSync(`${REAL_PAGES}/${file}`))
  return sum.digest("hex")
}

const stampOf = (file) => (existsSync(file) ? readFileSync(file, "utf8") : "")

async function step(what, command, args, env = {}) {
  const { code, output } = await run(command, args, { quiet: true, env })
  if (code !== 0) throw new Error(`The pages of real editors and widgets: ${what} failed.\n${output}`)
}

/** Installs and builds what is not there yet. Throws an Error whose message is fit for the terminal. */
export async function ensureRealPages() {
  const sources = readdirSync(`${REAL_PAGES}/src`).map((name) => `src/${name}`)
  const pages = readdirSync(REAL_PAGES).filter((name) => /\.(html|mjs|json)$/.test(name))
  const packages = hash(["package-lock.json"])
  const whole = hash([...pages, ...sources].sort())
  const installed = `${REAL_PAGES}/node_modules/.chartside`
  const built = `${REAL_PAGES_BUILT}/.chartside`
  if (stampOf(installed) !== packages) {
    // Widgets of several generations of React stand side by side. Carbon's installer would report home: no scripts.
    const flags = ["--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]
    await step("npm ci", "npm", ["ci", "--prefix", REAL_PAGES, ...flags])
    writeFileSync(installed, packages)
    rmSync(`${REAL_PAGES}/public/vendor`, { recursive: true, force: true })
  }
  if (stampOf(built) !== whole) {
    await step("vite build", "npm", ["run", "--prefix", REAL_PAGES, "build"], {
      IBM_TELEMETRY_DISABLED: "true"
    })
    writeFileSync(built, whole)
  }
}

if (process.argv[1]?.endsWith("real-pages.mjs")) {
  ensureRealPages()
    .then(() => console.log(`Built: ${REAL_PAGES_BUILT}`))
    .catch((error) => {
      console.error(error.message)
      process.exit(1)
    })
}
