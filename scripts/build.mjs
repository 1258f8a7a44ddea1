/**
 * The whole build: code sets and lexicon into assets/packs (only what is missing or changed), then the
 * extension with Plasmo, then the guards against Plasmo's silent failures.
 */
import { existsSync } from "node:fs"
import { checkBuild } from "./check-build.mjs"
import { bin, ROOT, run } from "./run.mjs"

export const EXTENSION = `${ROOT}build/chrome-mv3-prod`

/** Builds; throws an Error whose message is fit for the terminal. */
export async function build() {
  const packs = await run(bin("tsx"), ["src/cli/build-packs.ts"])
  if (packs.code !== 0) throw new Error("The code sets could not be built; see above.")
  const plasmo = await run(bin("plasmo"), ["build", "--hoist"], { quiet: true })
  // Offline, Plasmo logs an ERROR for its version check and still succeeds: the exit code and the guards count.
  if (plasmo.code !== 0 || !existsSync(`${EXTENSION}/manifest.json`)) {
    throw new Error(`Plasmo could not build the extension:\n${plasmo.output}`)
  }
  const problems = checkBuild(EXTENSION)
  if (problems.length) throw new Error(`The built extension is not as it must be:\n${problems.join("\n")}`)
  console.log(`Extension built and checked: ${EXTENSION}`)
}

if (process.argv[1]?.endsWith("build.mjs")) {
  build().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}
